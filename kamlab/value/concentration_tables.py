"""Tables of concentration as people read them: names, heads and formats."""

from collections.abc import Mapping

import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError, did_you_mean
from kamlab.style.formats import format_value
from kamlab.value.concentration import ConcentrationSummary, concentration_summary

#: The measures as they are called in print, with their unit, by field of the summary.
_MEASURES = {
    "accounts": ("count", "Accounts with revenue", "有收入的客户数"),
    "top_1_share": ("share", "Largest account", "最大客户收入占比"),
    "top_5_share": ("share", "Five largest", "前五大客户收入占比"),
    "top_20_percent_share": ("share", "Top 20 %", "前20%客户收入占比"),
    "accounts_for_80_percent": ("share", "Accounts for 80 %", "贡献80%收入的客户占比"),
    "gini": ("number", "Gini coefficient", "基尼系数"),
    "gini_corrected": ("number", "Gini, corrected", "基尼系数（校正）"),
    "herfindahl": ("number", "Herfindahl index", "赫芬达尔指数"),
    "effective_number": ("number", "Effective number", "有效客户数"),
}
_LANGUAGES = ("en", "zh")
_HEADS = {
    "largest_account": "Largest is",
    "top_1_share": "Largest account",
    "top_5_share": "Five largest",
    "top_20_percent_share": "Top 20 %",
    "index": "Per customer",
    "cumulative_customers": "Customers, added up",
    "cumulative_value": "Value, added up",
}


def measures_table(
    books: Mapping[str, ArrayLike], language: str = "en"
) -> pd.DataFrame:
    """Put the measures of one or several books side by side, ready to print.

    Parameters
    ----------
    books : mapping of str to Series of shape (n_accounts,)
        Money by account, by the head of its column, such as "by account".
    language : {"en", "zh"}
        Language of the measures' names.

    Returns
    -------
    DataFrame of str of shape (9, n_books)
        Indexed by `measure`; shares as per cent.

    Raises
    ------
    UsageError, DataError
        If the language is another, or the amounts of a book cannot be used.

    Examples
    --------
    >>> book = [70, 10, 10, 5, 5]
    >>> measures_table({"by account": book}).loc["Top 20 %"].tolist()
    ['70.0 %']
    >>> measures_table({"by account": book}, "zh").index[0]
    '有收入的客户数'
    """
    if language not in _LANGUAGES:
        raise UsageError(
            f"language = {language!r}: {did_you_mean(language, _LANGUAGES)}"
        )
    word = 1 + _LANGUAGES.index(language)
    columns = {
        head: _printed(concentration_summary(each)) for head, each in books.items()
    }
    names = [each[word] for each in _MEASURES.values()]
    return pd.DataFrame(columns, index=pd.Index(names, name="measure"))


def _printed(summary: ConcentrationSummary) -> list[str]:
    return [
        format_value(getattr(summary, measure), unit)
        for measure, (unit, *_) in _MEASURES.items()
    ]


def how_to_print(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return formats and heads for the columns of this chapter's tables.

    Parameters
    ----------
    table : DataFrame
        Any table of concentration, groups or losses.

    Returns
    -------
    dict
        With `formats` and `labels`, as `kamlab.report.present` takes them.

    Examples
    --------
    >>> how_to_print(pd.DataFrame({"top_1_share": [0.17], "accounts": [236]}))
    {'formats': {'top_1_share': 'share'}, 'labels': {'top_1_share': 'Largest account'}}
    """
    shares = [name for name in table if "share" in str(name) or "cumul" in str(name)]
    formats = dict.fromkeys(shares, "share")
    labels = {name: head for name, head in _HEADS.items() if name in table}
    return {"formats": formats, "labels": labels}

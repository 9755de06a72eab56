"""Tables of concentration as people read them: names, heads and formats."""

from collections.abc import Mapping

import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError, did_you_mean
from kamlab.style.formats import format_value
from kamlab.value.concentration import ConcentrationSummary, concentration_summary
from kamlab.value.concentration_words import one_of

#: The measures as they are called in print, with their unit, by field of the summary.
_MEASURES = {
    "accounts": ("count", "Customers with revenue", "有收入的客户数"),
    "top_1_share": ("share", "Largest customer", "最大客户收入占比"),
    "top_5_share": ("share", "Five largest", "前五大客户收入占比"),
    "top_20_percent_share": ("share", "Top 20 %", "前20%客户收入占比"),
    "accounts_for_80_percent": ("share", "Customers for 80 %", "贡献80%收入的客户占比"),
    "gini": ("number", "Gini coefficient", "基尼系数"),
    "gini_corrected": ("number", "Gini, corrected", "基尼系数（校正）"),
    "herfindahl": ("number", "Herfindahl index", "赫芬达尔指数"),
    "effective_number": ("number", "Effective number", "有效客户数"),
}
_LANGUAGES = ("en", "zh")
_HEADS = {
    "largest_account": "Largest is",
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
        _one_decimal(getattr(summary, measure))
        if measure == "effective_number"
        else format_value(getattr(summary, measure), unit)
        for measure, (unit, *_) in _MEASURES.items()
    ]


def _one_decimal(number: float) -> str:
    """Write an effective number, of which more decimals would be idle."""
    return f"{number:,.1f}"


def how_to_print(
    table: pd.DataFrame, of: str = "accounts"
) -> dict[str, dict[str, str]]:
    """Return formats and heads for tables of concentration, groups and losses.

    Parameters
    ----------
    table : DataFrame
        Any table of concentration, groups or losses.
    of : {"accounts", "groups"}
        What a row of revenue is.

    Returns
    -------
    dict
        With `formats` and `labels`, as `kamlab.report.present` takes them.

    Examples
    --------
    >>> how_to_print(pd.DataFrame({"top_1_share": [0.17], "accounts": [236]}))
    {'formats': {'top_1_share': 'share'}, 'labels': {'accounts': 'Accounts',
    'top_1_share': 'Largest account'}}
    """
    shares = [name for name in table if "share" in str(name) or "cumul" in str(name)]
    formats = dict.fromkeys(shares, "share")
    if "effective_number" in table:
        formats["effective_number"] = "count"  # which keeps one decimal
    heads = _HEADS | {
        "accounts": of.capitalize(),
        "top_1_share": f"Largest {one_of(of)}",
    }
    labels = {name: head for name, head in heads.items() if name in table}
    return {"formats": formats, "labels": labels}

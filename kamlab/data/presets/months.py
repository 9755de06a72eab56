"""Recognise months: in headers (a column for each month) and in the cells of a column.

A month without a year, such as 3月, is known as a month; which year it is of has to be
told by a title, or by the person who decides.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

import duckdb

from kamlab.data.reading.date_advice import working_format

#: Ways to write a month; what they name is its last day.
MONTH_FORMATS = (
    "YYYY-MM",
    "YYYY年MM月",
    "YYYY年 / MM月",
    "YYYY / MM月",
    "YYYY/MM",
    "YYYY.MM",
    "YYYYMM",
    "MM/YYYY",
    "MM.YYYY",
    "MM-YYYY",
    "%b %Y",
    "%B %Y",
    "%b-%y",
)

_WORDS = (
    "jan(uary|uar)?|feb(ruary|ruar)?|mar(ch)?|märz?|apr(il)?|may|mai|june?|juni|july?|"
    "juli|aug(ust)?|sept?(ember)?|oct(ober)?|okt(ober)?|nov(ember)?|dec(ember)?|"
    "dez(ember)?"
)
_WITH_YEAR = re.compile(
    r"(19|20)\d{2}([-/.年 ]|年? / )?(0?[1-9]|1[0-2])月?|"
    r"(0?[1-9]|1[0-2])[-/.](19|20)\d{2}|"
    rf"({_WORDS})[ -](19|20)?\d{{2}}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(0?[1-9]|1[0-2])月(份)?|[一二三四五六七八九十]{{1,2}}月(份)?|({_WORDS})\.?",
    re.IGNORECASE,
)
_NAMES = (
    "jan", "feb", "m[aä]r", "apr", "ma[iy]", "jun",
    "jul", "aug", "sep", "o[ck]t", "nov", "de[cz]",
)  # fmt: skip
_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_YEAR = re.compile(r"(?<!\d)(19|20)\d{2}(?!\d)")


def month_of_header(name: str) -> str:
    """Return whether a name is a month: "year", "alone" without one, "" for neither.

    Examples
    --------
    >>> [month_of_header(each) for each in ("2025-01", "2025年1月", "3月", "Betrag")]
    ['year', 'year', 'alone', '']
    """
    text = unicodedata.normalize("NFKC", name).strip()
    if _WITH_YEAR.fullmatch(text):
        return "year"
    return "alone" if _ALONE.fullmatch(text) else ""


def months_of(names: Iterable[str]) -> list[str]:
    """Return the names that are months, if there are at least two.

    Examples
    --------
    >>> months_of(["客户", "1月", "2月", "合计"]), months_of(["Kunde", "Mai"])
    (['1月', '2月'], [])
    """
    found = [name for name in names if month_of_header(name)]
    return found if len(found) > 1 else []


def month_number(name: str) -> int:
    """Return which month a name without a year is, 1 to 12.

    Examples
    --------
    >>> month_number("3月"), month_number("十一月"), month_number("Dezember")
    (3, 11, 12)
    """
    text = unicodedata.normalize("NFKC", name).strip().lower()
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    chinese = text.partition("月")[0]
    if chinese in _CHINESE:
        return _CHINESE.index(chinese) + 1
    return next(i for i, each in enumerate(_NAMES, 1) if re.match(each, text))


def month_formats(texts: Sequence[str]) -> tuple[str, ...]:
    """Return how months are written in a column, empty where they are none.

    Parameters
    ----------
    texts : sequence of str
        Texts that are not blank.

    Examples
    --------
    >>> month_formats(["2025-01", "2025-02"]), month_formats(["2025年1月"])
    (('YYYY-MM',), ('YYYY年MM月',))
    >>> month_formats(["hello"])
    ()
    """
    few = list(dict.fromkeys(texts))[:200]
    if not few or not all(_WITH_YEAR.fullmatch(text.strip()) for text in few):
        return ()
    with duckdb.connect() as connection:
        for form in MONTH_FORMATS:
            if working_format(connection, form, few) == form:
                return (form,)
    return ()


def year_in(texts: Iterable[str]) -> str:
    """Return the one year of which titles or names speak, empty where it is open.

    Examples
    --------
    >>> year_in(["2025年销售统计"]), year_in(["2024 vs 2025"]), year_in(["Sales"])
    ('2025', '', '')
    """
    years = {found[0] for text in texts for found in _YEAR.finditer(text)}
    return years.pop() if len(years) == 1 else ""

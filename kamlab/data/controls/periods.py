"""Understand the periods in a list of totals, however finance writes them."""

import re
from datetime import date

#: Ways to write a period, and how a mapping writes it.
_WRITTEN = (
    (re.compile(r"(?:FY|GJ) ?(\d{4})|(\d{4})(?:年度?|[.]0)"), "{}"),
    (re.compile(r"(\d{4})[-./ ]?Q([1-4])|(\d{4})年第?([1-4])季度?"), "{}Q{}"),
    (re.compile(r"Q([1-4])[-./ ]?(\d{4})"), "{1}Q{0}"),
    (re.compile(r"(\d{4})[./年 ]?(\d{1,2})月?"), "{}-{:0>2}"),
    (re.compile(r"(\d{1,2})[-./ ](\d{4})"), "{1}-{0:0>2}"),
    (re.compile(r"\d{1,2}\.(\d{1,2})\.(\d{4})"), "{1}-{0:0>2}"),
)


def period_in(text: str) -> str:
    """Return a period as a mapping writes it, however a list of totals does.

    A day stands for its month: such lists name months by their first or last day.
    What is not understood comes back as it is.

    Examples
    --------
    >>> [period_in(each) for each in ("03/2024", "2024年3月", "202403", "2024-03-31")]
    ['2024-03', '2024-03', '2024-03', '2024-03']
    >>> period_in("Q1 2024"), period_in("FY2024"), period_in("2024-01 to 2024-03")
    ('2024Q1', '2024', '2024-01 to 2024-03')
    """
    text = text.strip()
    if month := _month_of_day(text):
        return month
    for pattern, form in _WRITTEN:
        if match := pattern.fullmatch(text):
            return form.format(*(each for each in match.groups() if each))
    return text


def _month_of_day(text: str) -> str:
    """Return the month of a day such as 2024-03-31, with or without a time."""
    try:
        return f"{date.fromisoformat(text[:10]):%Y-%m}" if "-" in text else ""
    except ValueError:
        return ""

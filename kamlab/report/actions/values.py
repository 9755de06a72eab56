"""What people write into a list of actions: days in any form, states in any words."""

import re
from datetime import date, datetime, timedelta

from kamlab.report.actions.columns import plain

STATUSES = ("open", "in progress", "done", "dropped")

_WORDS = {
    "open": ("", "open", "new", "to do", "todo", "待办", "未开始", "未完成"),
    "in progress": ("in progress", "started", "doing", "ongoing", "进行中", "处理中"),
    "done": (
        "done",
        "complete",
        "completed",
        "closed",
        "yes",
        "已完成",
        "完成",
        "✓",
        "✔",
    ),
    "dropped": ("dropped", "cancelled", "canceled", "已取消", "取消", "放弃"),
}

_YEAR_FIRST = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")

#: Days of a spreadsheet that lost their format: counted from the end of 1899.
_SERIAL_ORIGIN = date(1899, 12, 30)
_SERIALS = range(36_526, 73_051)  # the years 2000 to 2099


def status_of(value: object) -> str | None:
    """Return the state that a cell means, or None if nobody can tell.

    Parameters
    ----------
    value : object
        As the spreadsheet holds it; an empty cell means open.

    Examples
    --------
    >>> status_of("Completed"), status_of("进行中"), status_of(""), status_of("hm")
    ('done', 'in progress', 'open', None)
    """
    if value is True:
        return "done"
    word = plain(value if value is not None else "")
    return next((status for status, words in _WORDS.items() if word in words), None)


def day_of(value: object) -> date | None:
    """Return the day that a cell means, or None if it means none, or two.

    Parameters
    ----------
    value : object
        A date, the number of one, or a text such as 2025-12-31, 31.12.2025 or
        2025年12月31日. Of 03/04/2025 nobody knows the month.

    Examples
    --------
    >>> day_of("31.12.2025"), day_of("2025年3月5日"), day_of("03/04/2025")
    (datetime.date(2025, 12, 31), datetime.date(2025, 3, 5), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_serial = value == int(value) and int(value) in _SERIALS
        return _SERIAL_ORIGIN + timedelta(days=int(value)) if is_serial else None
    text = "".join(str(value or "").split()).removesuffix("T00:00:00")
    try:
        return _written(text.removesuffix("00:00:00"))
    except ValueError:
        return None


def _written(text: str) -> date | None:
    """Return the day of a text; slashes between small numbers tell no month."""
    if found := _YEAR_FIRST.fullmatch(text):
        return date(*map(int, found.groups()))
    if not (found := _DAY_FIRST.fullmatch(text)):
        return None
    first, sign, second, year = found.groups()
    one, two = int(first), int(second)
    if sign == "." or one > 12 or one == two:
        return date(int(year), two, one)
    return date(int(year), one, two) if two > 12 else None

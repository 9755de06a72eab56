"""Recognise rows below a list that are no lines: who made it, who checked it, when.

Such a row, as 制表人：王丽, has neither a number nor a day nor an amount.
"""

from collections.abc import Sequence

from kamlab.data.presets.preset import GROSS
from kamlab.data.presets.profile import names_a_sum
from kamlab.data.presets.recognition import ORDERS, Recognised
from kamlab.data.presets.suggestion import Entry

#: What a line has, one of each at least.
_PARTS = (("order_id",), ("order_date",), ("net_amount", GROSS))


def no_lines(lines: Recognised) -> list[Entry]:
    """Return the rule that leaves out rows without a number, a day and an amount.

    Parameters
    ----------
    lines : Recognised
        Rows of any table.

    Returns
    -------
    list of Entry
        One at most; none where some row without a number has a day or an amount, for
        it may be a line.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("客户", "单号", "日期", "金额")
    >>> rows = (("A", "X1", "2025-01-31", "9.50"), ("制表人：王丽", "", "", ""))
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> no_lines(found)[0].value, no_lines(found)[0].why
    ({'column': '单号', 'is': 'blank'}, "'制表人：王丽' has no number, day and amount")
    """
    number = lines.header("order_id")
    if lines.table != ORDERS or not _are_all_there(lines):
        return []
    place = lines.excerpt.header.index(number)
    blank = [row for row in lines.excerpt.rows if _is_blank(row, place)]
    blank = [row for row in blank if not any(map(_is_sum, row))]
    if not blank or not all(is_no_line(lines, row) for row in blank):
        return []
    shown = next(str(cell).strip() for cell in blank[0] if str(cell or "").strip())
    why = f"{shown!r} has no number, day and amount"
    return [Entry("no line", {"column": number, "is": "blank"}, why)]


def is_no_line(lines: Recognised, row: Sequence[object]) -> bool:
    """Whether a row has neither a number nor a day nor an amount.

    Parameters
    ----------
    lines : Recognised
        Rows of any table.
    row : sequence
        One of them.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("客户", "单号", "日期", "金额")
    >>> rows = (("A", "X", "2025-01-31", "9"),)
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> is_no_line(found, ("审核：", "", "", "")), is_no_line(found, rows[0])
    (True, False)
    """
    header = lines.excerpt.header
    names = [
        name for part in _PARTS for column in part if (name := lines.header(column))
    ]
    return _are_all_there(lines) and all(
        _is_blank(row, header.index(name)) for name in names
    )


def _are_all_there(lines: Recognised) -> bool:
    """Whether the columns are there by which a line is known, none of them merged."""
    merged = lines.excerpt.merged
    return all(
        any((name := lines.header(each)) and name not in merged for each in part)
        for part in _PARTS
    )


def _is_blank(row: Sequence[object], place: int) -> bool:
    return len(row) <= place or not str(row[place] or "").strip()


def _is_sum(cell: object) -> bool:
    return isinstance(cell, str) and names_a_sum(cell)

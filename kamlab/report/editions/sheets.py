"""Sheets of the report's workbook: columns with heads, formats and widths."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kamlab.data.findings.sheets import clean_text
from kamlab.language import _
from kamlab.report.formats import decimals_for
from kamlab.style import UNITS

_WIDEST, _NARROWEST = 60, 8

#: Rows by which the width of columns is measured.
_MEASURED = 200


@dataclass(frozen=True)
class Looks:
    """How cells look; a format of numbers is made once.

    Examples
    --------
    >>> import io
    >>> looks = Looks.of(Workbook(io.BytesIO()))
    >>> looks.number("0.0%") is looks.number("0.0%")
    True
    """

    book: Workbook
    head: Format
    text: Format
    made: dict[str, Format]

    @classmethod
    def of(cls, book: Workbook) -> "Looks":
        """Make what the sheets of a workbook need."""
        head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        text = book.add_format({"valign": "top", "text_wrap": True})
        return cls(book, book.add_format(head), text, {})

    def number(self, pattern: str) -> Format:
        """Return how a number is written, such as "0.0%"."""
        if pattern not in self.made:
            look = {"num_format": pattern, "valign": "top"}
            self.made[pattern] = self.book.add_format(look)
        return self.made[pattern]


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its head, how it is written, its values.

    Examples
    --------
    >>> Column("Share", "share", [0.5]).head
    'Share'
    """

    head: str
    format: str
    values: Sequence[object]


def fill_columns(sheet: Worksheet, columns: Sequence[Column], looks: Looks) -> None:
    """Write columns under heads that stay, with filters, wide enough to be read.

    Parameters
    ----------
    sheet : Worksheet
        Empty.
    columns : sequence of Column
        From left to right, of equal length.
    looks : Looks
        How cells look.

    Examples
    --------
    >>> import io
    >>> book = Workbook(io.BytesIO())
    >>> sheet = book.add_worksheet()
    >>> fill_columns(sheet, [Column("Share", "share", [0.5])], Looks.of(book))
    >>> sheet.dim_rowmax
    1
    """
    rows = max((len(column.values) for column in columns), default=0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, clean_text(column.head), looks.head)
        look = _look_of(column, looks)
        for row, value in enumerate(column.values, start=1):
            write_value(sheet, (row, place), value, column.format, look)
        sheet.set_column(place, place, _width(column))
    sheet.freeze_panes(1, 1 if len(columns) > 1 else 0)
    if columns:
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)


def _look_of(column: Column, looks: Looks) -> Format:
    if column.format in UNITS:
        numbers = [each for each in column.values if isinstance(each, int | float)]
        return looks.number(number_pattern(numbers, column.format))
    days = {"date": "yyyy-mm-dd", "month": "yyyy-mm"}
    is_day = column.format in days
    return looks.number(days[column.format]) if is_day else looks.text


def number_pattern(numbers: Sequence[float], unit: str) -> str:
    """Return how Excel writes a column of figures: as the page does.

    Parameters
    ----------
    numbers : sequence of float
        The column; missing values left out.
    unit : str
        One of `kamlab.style.UNITS`.

    Examples
    --------
    >>> number_pattern([1_250_000.0], "money"), number_pattern([0.775], "share")
    ('#,##0', '0.0%')
    """
    if unit == "share":
        return "0.0%"
    if unit == "points":
        return "+0.0%;-0.0%;0.0%"
    decimals = decimals_for(numbers, unit)
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def write_value(
    sheet: Worksheet, at: tuple[int, int], value: object, format_: str, look: Format
) -> None:
    """Write a value as what it is; a text is never taken for a formula or a link.

    Parameters
    ----------
    sheet : Worksheet
        Where it goes.
    at : (int, int)
        Row and column, counted from 0.
    value : object
        Nothing is written for None.
    format_ : str
        One of `kamlab.report.tables.FORMATS`.
    look : Format
        How the cell looks.

    Examples
    --------
    >>> import io
    >>> book = Workbook(io.BytesIO())
    >>> write_value(book.add_worksheet(), (0, 0), "=1+1", "text", Looks.of(book).text)
    """
    if value is None:
        return
    if format_ in UNITS:
        sheet.write_number(*at, float(value), look)
    elif format_ == "flag":
        sheet.write_string(*at, _("yes") if value else _("no"), look)
    elif format_ in ("date", "month") and (day := _day(str(value))):
        sheet.write_datetime(*at, day, look)
    else:
        sheet.write_string(*at, clean_text(str(value)), look)


def _day(text: str) -> datetime | None:
    """Return a day that a spreadsheet knows; before 1900 it knows none."""
    day = date.fromisoformat(text)
    return datetime(day.year, day.month, day.day) if day.year >= 1900 else None


def _width(column: Column) -> int:
    """Return a width in characters, wide ones counted twice."""
    if column.format in UNITS:
        most = max((abs(x) for x in column.values if x is not None), default=0)
        texts = [column.head[:16], f"{most:,.2f} "]
    else:
        texts = [column.head, *(str(x or "") for x in column.values[:_MEASURED])]
    widest = max(len(x) + sum(ord(each) > 0x2E7F for each in x) for x in texts)
    return min(max(widest + 2, _NARROWEST), _WIDEST)

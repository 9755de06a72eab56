"""Write sheets of a workbook row by row: texts as texts, numbers, days, widths.

Nothing that comes from an export is ever taken for a formula or a link.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

#: Longer texts are cut; Excel itself holds 32,767 characters.
LONGEST_TEXT = 2_000

#: Whole numbers that a spreadsheet still holds exactly.
_EXACT = 2**53

_WIDEST, _NARROWEST = 70, 6

#: Rows by which the width of columns is measured.
_MEASURED = 500

_NOT_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")
_NOT_A_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Styles:
    """How cells of a workbook look.

    Examples
    --------
    >>> import io
    >>> book = Workbook(io.BytesIO())
    >>> Styles.of(book).day.num_format
    'yyyy-mm-dd'
    """

    head: Format
    text: Format
    whole: Format
    money: Format
    share: Format
    day: Format

    @classmethod
    def of(cls, book: Workbook) -> "Styles":
        """Make the styles of a workbook.

        Examples
        --------
        >>> import io
        >>> Styles.of(Workbook(io.BytesIO())).share.num_format
        '0.0%'
        """
        top = {"valign": "top"}
        return cls(
            head=book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            text=book.add_format({**top, "text_wrap": True}),
            whole=book.add_format({**top, "num_format": "#,##0"}),
            money=book.add_format({**top, "num_format": "#,##0.00"}),
            share=book.add_format({**top, "num_format": "0.0%"}),
            day=book.add_format({**top, "num_format": "yyyy-mm-dd"}),
        )


@dataclass(frozen=True)
class Link:
    """A text that leads to another sheet of the workbook.

    Examples
    --------
    >>> str(Link("blank_id", "1 blank_id"))
    'blank_id'
    """

    text: str
    sheet: str

    def __str__(self) -> str:
        return self.text


def sheet_name(text: str) -> str:
    """Return a text as the name of a sheet: 31 characters, without what Excel refuses.

    Examples
    --------
    >>> sheet_name("12 amount_not_price_times_quantity")
    '12 amount_not_price_times_quant'
    """
    return _NOT_A_NAME.sub(" ", text)[:31]


def fill_sheet(
    sheet: Worksheet,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    styles: Styles,
    shares: Sequence[str] = (),
) -> int:
    """Write a table with a header that stays, filters, and columns wide enough.

    Parameters
    ----------
    sheet : Worksheet
        Empty.
    header : sequence of str
        Names of the columns.
    rows : iterable of sequences
        Texts, numbers, days, None; floats are shown with two decimals.
    styles : Styles
        How cells look.
    shares : sequence of str
        Columns that are shown in per cent.

    Returns
    -------
    int
        Rows that were written.

    Examples
    --------
    >>> import io
    >>> book = Workbook(io.BytesIO())
    >>> fill_sheet(book.add_worksheet(), ["file", "row"], [("a", 7)], Styles.of(book))
    1
    """
    for column, name in enumerate(header):
        sheet.write_string(0, column, clean_text(name), styles.head)
    widths, written = [len(name) for name in header], 0
    in_per_cent = [name in shares for name in header]
    for written, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            write_cell(sheet, written, column, value, styles, in_per_cent[column])
        if written <= _MEASURED:
            widths = [max(w, _width(v)) for w, v in zip(widths, row, strict=True)]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 0)
    if header:
        sheet.autofilter(0, 0, max(written, 1), len(header) - 1)
    return written


def write_cell(
    sheet: Worksheet,
    row: int,
    column: int,
    value: object,
    styles: Styles,
    is_share: bool = False,
) -> None:
    """Write a value as what it is: a number, a day, or a text that is never a formula.

    Parameters
    ----------
    sheet : Worksheet
        Where it goes.
    row, column : int
        Counted from 0.
    value : object
        Nothing is written for None.
    styles : Styles
        How cells look.
    is_share : bool
        Whether a number is shown in per cent.

    Examples
    --------
    >>> import io
    >>> book = Workbook(io.BytesIO())
    >>> write_cell(book.add_worksheet(), 0, 0, "=1+1", Styles.of(book))
    """
    if value is None:
        return
    if isinstance(value, Link):
        sheet.write_url(row, column, f"internal:'{value.sheet}'!A1", None, value.text)
        return
    if isinstance(value, date):
        day = datetime(value.year, value.month, value.day)
        if day.year >= 1900:  # earlier days are none to a spreadsheet
            sheet.write_datetime(row, column, day, styles.day)
            return
    if _is_number(value):
        fractional = styles.share if is_share else styles.money
        style = styles.whole if isinstance(value, int) else fractional
        sheet.write_number(row, column, value, style)
        return
    sheet.write_string(row, column, clean_text(str(value)), styles.text)


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) < _EXACT


def clean_text(text: str) -> str:
    """Return a text that a workbook can hold.

    Examples
    --------
    >>> clean_text("x" * 3_000)[-25:]
    'xxxxx… (3,000 characters)'
    """
    if len(text) > LONGEST_TEXT:
        text = f"{text[:LONGEST_TEXT]}… ({len(text):,} characters)"
    return text if text.isascii() else _NOT_XML.sub("\ufffd", text)


def _width(value: object) -> int:
    """Characters that a value takes, wide ones twice."""
    text = f"{value:,.2f}" if isinstance(value, float) else str(value or "")
    first = text[:_WIDEST].partition("\n")[0]
    return len(first) + sum(ord(each) > 0x2E7F for each in first)

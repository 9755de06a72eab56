"""Write the cells of workbooks and databases down as the text a mapping expects.

A cell that holds a number or a day has no decimal comma and no order of day and month.
It is written with the marks that the mapping declares for text, so that one column may
hold both: numbers, and the text ``1.234,56-`` that somebody pasted.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.reading.dates import EXCEL, strptime_pattern

_EXACT = 1e15
_FIRST_DAY = date(1899, 12, 30)


@dataclass(frozen=True)
class CellStyle:
    """How the numbers and days of one column are written down.

    Parameters
    ----------
    decimal : str
        The mark of decimals.
    pattern : str
        Of days, for strftime; "excel" for the days that a spreadsheet counts, empty
        for YYYY-MM-DD.

    Examples
    --------
    >>> CellStyle(",").decimal
    ','
    """

    decimal: str = "."
    pattern: str = ""


def cell_styles(mapping: TableMapping, header: tuple[str, ...]) -> list[CellStyle]:
    """Return how each column of an export is written down, as its mapping declares.

    Examples
    --------
    >>> from kamlab.data.mapping.mapping import ColumnSource
    >>> source = ColumnSource(("Netto",), decimal=",")
    >>> cell_styles(TableMapping((), {"net_amount": source}), ("Nr", "Netto"))[1]
    CellStyle(decimal=',', pattern='')
    """
    own = {
        name: source
        for source in reversed(mapping.columns.values())
        for name in source.columns
    }
    form, styles = mapping.format, []
    for name in header:
        if mapping.unpivot is not None and mapping.unpivot.takes(name):
            name = mapping.unpivot.value
        source = own.get(name)
        decimal = (source.decimal if source else None) or form.decimal
        dates = source.dates if source and source.dates is not None else form.dates
        pattern = strptime_pattern(dates[0]) if dates else ""
        styles.append(CellStyle(decimal, pattern))
    return styles


def column_texts(values: list[object], style: CellStyle) -> list[str | None]:
    """Return a column of cells as texts; blank cells are None.

    Examples
    --------
    >>> column_texts([10023.0, 0.1 + 0.2, True, None, " x "], CellStyle(","))
    ['10023', '0,3', 'true', None, ' x ']
    """
    if set(map(type, values)) == {str}:  # the most common by far
        return [value or None for value in values]
    return [cell_text(value, style) for value in values]


def cell_text(value: object, style: CellStyle = CellStyle()) -> str | None:
    """Return a cell as text, numbers without the noise of binary fractions.

    Examples
    --------
    >>> cell_text(date(2025, 1, 31), CellStyle(",", "%d.%m.%Y"))
    '31.01.2025'
    >>> cell_text(Decimal("12800.00"))
    '12800.00'
    """
    if value is None or value == "":
        return None
    return _WRITERS.get(type(value), _written)(value, style)


def _written(value: object, style: CellStyle) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _number(value: float, style: CellStyle) -> str:
    """Fifteen digits are what a spreadsheet shows, and what it computes with."""
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if not math.isfinite(value):
        return str(value)
    return repr(float(f"{value:.15g}")).replace(".", style.decimal)


def _decimal(value: Decimal, style: CellStyle) -> str:
    return f"{value:f}".replace(".", style.decimal)


def _truth(value: bool, style: CellStyle) -> str:
    return "true" if value else "false"


def _day(value: date, style: CellStyle) -> str:
    if style.pattern == EXCEL:
        return str((value - _FIRST_DAY).days)
    return value.strftime(style.pattern) if style.pattern else value.isoformat()


def _moment(value: datetime, style: CellStyle) -> str:
    if value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    if style.pattern == EXCEL or value.time() == time.min:
        return _day(value.date(), style)
    return value.strftime(style.pattern) if style.pattern else value.isoformat(" ")


_WRITERS: dict[type, Callable[[object, CellStyle], str]] = {
    str: lambda value, style: value,
    bool: _truth,
    int: _written,
    float: _number,
    Decimal: _decimal,
    date: _day,
    datetime: _moment,
}

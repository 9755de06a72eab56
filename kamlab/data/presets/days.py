"""Say how the days of an export are read; what is open is asked, never guessed."""

from datetime import date

from kamlab.data.mapping.mapping import SHEET
from kamlab.data.presets.layout import days_of, table_days
from kamlab.data.presets.months import (
    month_formats,
    month_number,
    year_in,
)
from kamlab.data.presets.names import normalised
from kamlab.data.presets.preset import Preset
from kamlab.data.presets.recognition import MONTH, ORDERS, Recognised, date_header
from kamlab.data.presets.registry import PRESETS
from kamlab.data.presets.suggestion import Entry
from kamlab.data.presets.years import year_of_sheet_format


def order_day(lines: Recognised, tables: tuple[str, ...]) -> Entry:
    """Return how the day of an order line is read.

    Parameters
    ----------
    lines : Recognised
        Order lines.
    tables : tuple of str
        The tables of the contract that are made of them; they share a format.

    Returns
    -------
    Entry
        Open where a day may be read in two ways, or where a month has no year.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> rows = (("1", "03/04/2021", "9.50"),)
    >>> lines = Excerpt(("a.csv",), "text", ("KUNAG", "FKDAT", "NETWR"), rows)
    >>> found = order_day(recognise([lines])[1][0], ("orders",))
    >>> found.options[0], found.question[:30]
    ({'from': 'FKDAT', 'format': 'DD/MM/YYYY'}, "how is 'FKDAT' written? '03/04")
    """
    if lines.months:
        return _of_months(lines, MONTH, list(lines.months))
    if date_header(lines) == SHEET:
        return _of_months(lines, SHEET, list(lines.excerpt.sheets))
    return day_column(lines, ORDERS, "order_date", tables)


def day_column(
    lines: Recognised, table: str, column: str, tables: tuple[str, ...]
) -> Entry:
    """Return how a column of days is read.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> rows = (("1", "31.01.2025", "9.50"),)
    >>> lines = Excerpt(("a.csv",), "text", ("KUNAG", "FKDAT", "NETWR"), rows)
    >>> day_column(recognise([lines])[1][0], "orders", "order_date", ("orders",)).value
    'FKDAT'
    """
    header = lines.header(column, table)
    profile = lines.profiles[header]
    if profile.ways:
        return _asked(lines, column, header)
    if profile.is_typed and days_of(profile) != "excel":
        return Entry(column, header, "days of the workbook or database")
    if len(profile.dates) > 1:
        told = {"from": header, "format": list(profile.dates)}
        return Entry(column, told, "written in more than one way")
    written = days_of(profile)
    shared = table_days(lines, tables)
    why = f"read as {written}"
    if written == shared or (written == "YYYY-MM-DD" and not shared):
        return Entry(column, header, why)
    return Entry(column, {"from": header, "format": written}, why)


def _asked(lines: Recognised, column: str, header: str) -> Entry:
    profile = lines.profiles[header]
    ways = " or ".join(profile.ways)
    question = f"how is {header!r} written? {profile.texts[0]!r} may be {ways}"
    others = {
        each.dates[0]: name
        for name, each in lines.profiles.items()
        if each.dates and not each.ways
    }
    for written, name in others.items():
        question += f"; {name!r} of the same file is {written}"
    options = tuple({"from": header, "format": each} for each in profile.ways)
    return Entry(column, options=options, question=question)


def _of_months(lines: Recognised, header: str, names: list[str]) -> Entry:
    """Read months that are names of columns or sheets."""
    if formats := month_formats(names):
        value = {"from": header, "format": formats[0]}
        return Entry("order_date", value, "the last day of the month")
    if header == MONTH and (written := year_of_sheet_format(lines)):
        value = {"from": header, "format": written}
        return Entry("order_date", value, "the year is told by the sheet")
    where = [*lines.excerpt.titles, *lines.excerpt.files]
    year = year_in(where)
    years = [int(year)] if year else [date.today().year - 1, date.today().year]
    options = tuple(_with_year(header, names, each) for each in years)
    if year:
        told = next(text for text in where if year in text)
        return Entry("order_date", options[0], f"the year is told by {told!r}")
    question = f"of which year are {', '.join(names[:3])}, …?"
    return Entry("order_date", options=options, question=question)


def _with_year(header: str, names: list[str], year: int) -> dict[str, object]:
    values = {name: f"{year}-{month_number(name):02d}" for name in names}
    return {"from": header, "values": values, "format": "YYYY-MM"}


def is_invoice_day(header: str, preset: Preset) -> bool:
    """Whether a column holds the day of the invoice, by its name.

    Examples
    --------
    >>> from kamlab.data.presets.registry import preset
    >>> is_invoice_day("FKDAT", preset("sap_billing"))
    True
    """
    known = (*preset.invoice_days, *PRESETS["generic"].invoice_days)
    return normalised(header) in map(normalised, known)

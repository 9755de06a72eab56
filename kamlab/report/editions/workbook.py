"""The workbook report.xlsx: the figures, and every table of the report on a sheet."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kamlab.data.findings.sheets import clean_text, sheet_name
from kamlab.language import _, in_language
from kamlab.report.editions.recorded import RecordedTable, recorded_tables
from kamlab.report.editions.sheets import (
    Column,
    Looks,
    fill_columns,
    number_pattern,
    write_value,
)
from kamlab.report.page import About, Page
from kamlab.report.pages import wording_of
from kamlab.report.results import Result

#: A sheet's name holds so many characters.
_LONGEST_NAME = 31


def write_workbook(pages: Sequence[Page], about: About, path: Path) -> None:
    """Write figures and tables into one workbook; the same report gives the same bytes.

    Parameters
    ----------
    pages : sequence of Page
        Of the report.
    about : About
        Whose data it shows; its last day is the day the workbook says it was made.
    path : Path
        The file to make.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_workbook([], about, Path(folder) / "report.xlsx")
    ...     [file.name for file in Path(folder).iterdir()]
    ['report.xlsx']
    """
    options = {
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with in_language(*wording_of(pages)), Workbook(str(path), options) as book:
        made = datetime.combine(about.as_of, time(), UTC)
        book.set_properties({"title": about.company, "created": made})
        _fill(book, pages, about)


def _fill(book: Workbook, pages: Sequence[Page], about: About) -> None:
    looks, tables = Looks.of(book), recorded_tables(pages)
    taken = {_("Figures"), _("Tables")}
    figures = book.add_worksheet(_("Figures"))
    _fill_figures(figures, pages, about, looks)
    listed = book.add_worksheet(_("Tables")) if tables else None
    names = []
    for number, table in enumerate(tables, start=1):
        names.append(_free_name(f"{number} {table.title}", taken))
        sheet = book.add_worksheet(names[-1])
        fill_columns(sheet, _columns_of(table), looks)
    if listed:
        _list_tables(listed, tables, names, looks)


def _free_name(text: str, taken: set[str]) -> str:
    """Return a name that no other sheet has; Excel takes capitals for the same."""
    whole = " ".join(sheet_name(text).split()) or "-"
    name = whole
    number = 2
    while name.casefold() in {each.casefold() for each in taken}:
        end = f" ({number})"
        name = f"{whole[: _LONGEST_NAME - len(end)].strip()}{end}"
        number += 1
    taken.add(name)
    return name


def _columns_of(table: RecordedTable) -> list[Column]:
    data = table.data
    typed = zip(table.heads, data.formats, data.columns, strict=True)
    return [Column(*each) for each in typed]


def _list_tables(
    sheet: Worksheet,
    tables: Sequence[RecordedTable],
    names: Sequence[str],
    looks: Looks,
) -> None:
    """Write which sheet holds what; a click leads there."""
    columns = [
        Column(_("Table"), "text", [table.title for table in tables]),
        Column(_("Page"), "text", [table.page_title for table in tables]),
        Column(_("Rows"), "count", [table.data.rows for table in tables]),
        Column(_("Rows listed"), "count", [_listed(table) for table in tables]),
    ]
    fill_columns(sheet, columns, looks)
    for row, (name, table) in enumerate(zip(names, tables, strict=True), start=1):
        address = "internal:'{}'!A1".format(name.replace("'", "''"))
        sheet.write_url(row, 0, address, looks.text, clean_text(table.title))


def _listed(table: RecordedTable) -> int:
    return len(table.data.columns[0]) if table.data.columns else 0


def _fill_figures(
    sheet: Worksheet, pages: Sequence[Page], about: About, looks: Looks
) -> None:
    """Write the recorded figures, each in its own unit, with its interval."""
    told = [(page, result) for page in pages for result in page.results]
    texts = [
        Column(_("Page"), "text", [page.title for page, _result in told]),
        Column(_("Figure"), "text", [result.label for _page, result in told]),
    ]
    numbers = [_("Value"), _("Lower end"), _("Upper end")]
    rest = [
        Column(_("Level"), "share", [result.level for _page, result in told]),
        Column("n", "count", [result.n for _page, result in told]),
        Column(_("Kind"), "text", [_kind(result) for _page, result in told]),
        Column(_("Unit"), "text", [_unit(result, about) for _page, result in told]),
        Column(_("Remark"), "text", [result.reason for _page, result in told]),
        Column(_("Name"), "text", [result.name for _page, result in told]),
    ]
    blank = [Column(head, "text", [None] * len(told)) for head in numbers]
    fill_columns(sheet, [*texts, *blank, *rest], looks)
    sheet.set_column(2, 4, 16)
    for row, (_page, result) in enumerate(told, start=1):
        ends = (result.value, result.low, result.high)
        for place, value in enumerate(ends, start=2):
            look = looks.number(number_pattern([value or 0.0], result.unit))
            write_value(sheet, (row, place), value, result.unit, look)


def _kind(result: Result) -> str:
    return _("estimate") if result.kind == "estimate" else _("booked")


def _unit(result: Result, about: About) -> str:
    """Return what the figure counts: money by its currency."""
    return (
        (result.currency or about.currency) if result.unit == "money" else result.unit
    )

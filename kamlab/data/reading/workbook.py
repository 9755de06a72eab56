"""Read the sheets of a workbook: xlsx, xls, xlsb and ods."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.reading.formula_errors import formula_errors
from kamlab.data.reading.headings import Span, asked_of_files
from kamlab.data.reading.pages import Grid, Page, page_of
from kamlab.data.reading.parquetfile import unreadable
from kamlab.data.reading.workbook_limits import too_large
from kamlab.errors import did_you_mean


@dataclass(frozen=True)
class _Sheet:
    """A sheet that holds something: whether it is hidden, its first column from 0."""

    name: str
    is_hidden: bool
    page: Page
    left: int


def workbook_pages(
    path: Path, shown: str, mapping: TableMapping, table: str
) -> tuple[list[Page], list[Finding]]:
    """Return the sheets that a mapping means, or what keeps them from being read.

    A mapping names sheets or patterns of names. Where it does not, the one sheet is
    meant in which all columns of the mapping stand.

    Parameters
    ----------
    path : Path
        The workbook.
    shown : str
        What findings call it.
    mapping : TableMapping
        Its sheets and columns.
    table : str
        The contract's table.
    """
    if reason := too_large(path):
        place = [Sample(shown, None, "")]
        return [], [
            make_finding("workbook_too_large", table, samples=place, why=reason)
        ]
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            sheets = list(_sheets(book, path, shown, mapping))
            names = book.sheet_names
    except (CalamineError, OSError) as error:
        return [], [unreadable(shown, table, _reason(error))]
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the library's own making
            raise
        return [], [unreadable(shown, table, "the workbook is damaged")]
    if mapping.place.sheets:
        pages, faults = _named(sheets, names, shown, mapping.place.sheets, table)
    else:
        pages, faults = _only(sheets, shown, mapping, table)
    placed = [(each.page, each.left) for each in sheets if each.page in pages]
    return pages, faults + formula_errors(path, placed, mapping, table)


def _reason(error: Exception) -> str:
    if "password" in type(error).__name__.lower():
        return "it is protected by a password; save it without"
    return (str(error) or type(error).__name__).splitlines()[0]


def _sheets(
    book: CalamineWorkbook, path: Path, shown: str, mapping: TableMapping
) -> Iterator[_Sheet]:
    """Yield the sheets that are tables and hold something."""
    for told in book.sheets_metadata:
        if str(told.typ).rpartition(".")[2] != "WorkSheet":
            continue
        if not _may_be_meant(told.name, mapping.place.sheets):
            continue
        sheet = book.get_sheet_by_name(told.name)
        if sheet.start is None:
            continue
        left = sheet.start[1]
        merged = tuple(
            Span(top, start - left, bottom, end - left)
            for (top, start), (bottom, end) in sheet.merged_cell_ranges or ()
            if left <= start <= end <= sheet.end[1]
        )
        name = f"{shown} [{told.name}]"
        grid = Grid(path, name, told.name, sheet.iter_rows(), merged)
        page = page_of(grid, mapping)
        if page is not None:
            is_hidden = told.visible != SheetVisibleEnum.Visible
            yield _Sheet(told.name, is_hidden, page, left)


def _may_be_meant(name: str, patterns: tuple[str, ...]) -> bool:
    return not patterns or name in patterns or _matches(name, patterns)


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _named(
    sheets: list[_Sheet],
    names: list[str],
    shown: str,
    patterns: tuple[str, ...],
    table: str,
) -> tuple[list[Page], list[Finding]]:
    """Return the sheets that are named; hidden ones only by their full name."""
    findings = [
        make_finding(
            "missing_sheet",
            table,
            samples=[Sample(shown, None, pattern)],
            hint=did_you_mean(pattern, names),
        )
        for pattern in patterns
        if pattern not in names and not any(fnmatchcase(n, pattern) for n in names)
    ]
    hidden = [s for s in sheets if s.is_hidden and s.name not in patterns]
    meant = [each for each in sheets if each not in hidden]
    return [s.page for s in meant], findings + _left(hidden, shown, table)


def _only(
    sheets: list[_Sheet], shown: str, mapping: TableMapping, table: str
) -> tuple[list[Page], list[Finding]]:
    """Return the one sheet that has the columns; several are a question."""
    seen = [each for each in sheets if not each.is_hidden]
    asked = asked_of_files(mapping)
    fit = [each for each in seen if asked <= set(each.page.header)]
    if len(seen) > 1 and len(fit) != 1:
        names = ", ".join(repr(each.name) for each in seen)
        place = [Sample(shown, None, names)]
        return [], [make_finding("which_sheet", table, samples=place, sheets=names)]
    meant = fit or seen
    if not meant:
        return [], [
            make_finding("empty_file", table, samples=[Sample(shown, None, "")])
        ]
    others = [each for each in sheets if each is not meant[0]]
    return [meant[0].page], _left(others, shown, table)


def _left(sheets: list[_Sheet], shown: str, table: str) -> list[Finding]:
    names = ", ".join(repr(each.name) for each in sheets)
    place = [Sample(shown, None, names)]
    told = make_finding("sheets_not_read", table, "", 0, place, sheets=names)
    return [told] if sheets else []

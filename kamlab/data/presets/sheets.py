"""Read the beginnings of a workbook's sheets, each from its header on.

The header is the line on which most names are known; titles above it are kept, for they
may tell the unit.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from kamlab.data.mapping.mapping import Format, TableMapping
from kamlab.data.presets.excerpt import ROWS, Excerpt
from kamlab.data.presets.generic import GENERIC
from kamlab.data.presets.months import month_of_header
from kamlab.data.presets.registry import PRESETS
from kamlab.data.reading.filekind import WORKBOOK
from kamlab.data.reading.headings import Heading, Span, find_heading, titles_above
from kamlab.data.reading.pages import BrokenPage, is_blank
from kamlab.data.reading.raw import SourceFile
from kamlab.data.reading.workbook_limits import too_large

_STARTS = 30
_DEPTHS = (1, 2)


def workbook_excerpts(path: Path, name: str) -> list[Excerpt]:
    """Return the beginning of each visible sheet that holds a table.

    Parameters
    ----------
    path : Path
        The workbook.
    name : str
        What it is called in the export.

    Raises
    ------
    BrokenPage
        If it cannot be read.
    """
    if reason := too_large(path):
        raise BrokenPage(reason)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return list(_excerpts(book, name))
    except CalamineError as error:
        raise BrokenPage(str(error) or "the workbook is damaged") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the library's own making
            raise
        raise BrokenPage("the workbook is damaged") from None


def _excerpts(book: CalamineWorkbook, name: str) -> Iterator[Excerpt]:
    for told in book.sheets_metadata:
        if str(told.typ).rpartition(".")[2] != "WorkSheet":
            continue
        if told.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(told.name)
        if sheet.start is None:
            continue
        left = sheet.start[1]
        merged = [
            Span(top, start - left, bottom, end - left)
            for (top, start), (bottom, end) in sheet.merged_cell_ranges or ()
            if left <= start <= end <= sheet.end[1]
        ]
        rows = list(islice(sheet.iter_rows(), ROWS))
        found = sheet_excerpt(rows, merged, name, told.name)
        if found is not None:
            yield found


def sheet_excerpt(
    rows: Sequence[Sequence[object]], merged: list[Span], file: str, sheet: str
) -> Excerpt | None:
    """Return the beginning of a sheet, None where there is no table in it.

    Parameters
    ----------
    rows : sequence of sequences
        Its cells, titles included.
    merged : list of Span
        Cells that were merged.
    file, sheet : str
        What both are called.

    Examples
    --------
    >>> rows = [["2025年销售（万元）", ""], ["客户", "金额"], ["A", 9.5]]
    >>> found = sheet_excerpt(rows, [], "book.xlsx", "1月")
    >>> found.header, found.rows, found.titles
    (('客户', '金额'), (['A', 9.5],), ('2025年销售（万元）',))
    """
    if not rows or all(map(is_blank, rows)):
        return None
    heading = max(_headings(rows, merged), key=_known, default=None)
    if heading is None or sum(map(bool, heading.names)) < 2:
        return None
    below = [row for row in rows[heading.below :] if not is_blank(row)]
    down = {
        heading.names[span.left]
        for span in merged
        if span.top >= heading.below and span.bottom > span.top
    }
    return Excerpt(
        (file,),
        WORKBOOK,
        heading.names,
        tuple(below),
        sheets=(sheet,),
        titles=(titles := titles_above(rows, heading)),
        merged=tuple(each for each in heading.names if each and each in down),
        pages=(SourceFile(None, file, len(below), sheet, titles, 0, heading.names),),
    )


def _headings(
    rows: Sequence[Sequence[object]], merged: list[Span]
) -> Iterator[Heading]:
    """Yield what may be the header: the first wide line, and every line below it."""
    head = rows[: _STARTS + 2]
    for lines in _DEPTHS:
        for skipped in range(min(_STARTS, len(head))):
            form = Format(skip_lines=skipped, header_lines=lines)
            found = find_heading(head, merged, TableMapping((), {}, form))
            if found.lines == lines and (skipped or not found.first):
                yield found


def _known(heading: Heading) -> tuple[int, int, int]:
    """How many names of a header are known; fewer lines, and earlier ones, win."""
    # Months of two years are told apart by the line above them only.
    known = len({name for name in heading.names if is_known(name)})
    return (known, -heading.lines, -heading.first)


def is_known(name: str) -> bool:
    """Whether any preset knows the name of a column, or it is a month.

    Examples
    --------
    >>> is_known("FKDAT"), is_known("2025年1月"), is_known("Hello")
    (True, True, False)
    """
    if not name:
        return False
    if month_of_header(name):
        return True
    return bool(GENERIC.place(name)) or any(
        each.place(name) or each.leaves(name) for each in PRESETS.values()
    )

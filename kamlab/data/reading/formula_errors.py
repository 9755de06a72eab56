"""Find the cells of a workbook whose formula failed, such as #N/A.

A reader of workbooks gives them as blank, as if nobody had ever filled them in.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.reading.failed_cells import FailedCell
from kamlab.data.reading.failed_ods import failed_in_ods
from kamlab.data.reading.failed_xls import failed_in_xls
from kamlab.data.reading.failed_xlsb import failed_in_xlsb
from kamlab.data.reading.failed_xlsx import failed_in_xlsx
from kamlab.data.reading.pages import Page

#: By the part of an archive that tells which workbook it is, who finds failed cells.
_IN_ARCHIVES = {
    "xl/workbook.xml": failed_in_xlsx,
    "xl/workbook.bin": failed_in_xlsb,
    "content.xml": failed_in_ods,
}
_DAMAGED = (
    ParseError,
    struct.error,
    IndexError,
    KeyError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def formula_errors(
    path: Path, pages: list[tuple[Page, int]], mapping: TableMapping, table: str
) -> list[Finding]:
    """Return a finding for each column that was read as blank where a formula failed.

    Parameters
    ----------
    path : Path
        The workbook: xlsx, xlsb, ods or xls.
    pages : list of (Page, int)
        The sheets that were read, each with the number of its first column, from 0.
    mapping : TableMapping
        What it asks for; an error listed under ``blank`` may be read as blank.
    table : str
        The contract's table.

    Examples
    --------
    >>> mapping = TableMapping((), {})
    >>> formula_errors(Path("data/demo/orders.csv"), [], mapping, "orders")
    []
    """
    return [
        finding
        for page, left in pages
        for finding in _of_page(_failed(path, page.label), page, left, mapping, table)
    ]


def _failed(path: Path, sheet: str) -> Iterator[FailedCell]:
    """Yield the failed cells of a sheet, as far as a damaged workbook tells them."""
    try:
        if not zipfile.is_zipfile(path):
            yield from failed_in_xls(path.read_bytes(), sheet)
            return
        with zipfile.ZipFile(path) as archive:
            parts = set(archive.namelist())
            ways = [way for part, way in _IN_ARCHIVES.items() if part in parts]
            for way in ways[:1]:
                yield from way(archive, sheet)
    except _DAMAGED:
        return  # its cells were read all the same


def _of_page(
    cells: Iterable[FailedCell],
    page: Page,
    left: int,
    mapping: TableMapping,
    table: str,
) -> Iterator[Finding]:
    """Yield a finding for each column of a sheet with failed formulas."""
    places: dict[str, list[Sample]] = {}
    for cell in cells:
        position = cell.column - left
        is_below = cell.row > page.header_row and 0 <= position < len(page.header)
        if is_below and cell.error not in mapping.format.blank:
            sample = Sample(page.name, cell.row, cell.error)
            places.setdefault(page.header[position], []).append(sample)
    for name, column in mapping.asked.items():
        if samples := places.get(name):
            rows = len(samples)
            yield make_finding("formula_error", table, column, rows, samples)

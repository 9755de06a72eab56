"""Find the cells of a workbook whose formula failed, such as #N/A.

A reader of workbooks gives them as blank, as if nobody had ever filled them in.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.reading.pages import Page

_PIECE = 1 << 20
_LONGEST_CELL = 40_000
_LETTERS = 26
_FAILED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"[^>]*>'
    rb"(?:<f[^>]*/>|<f.*?</f>)?<v>([^<]{1,20})</v>",
    re.DOTALL,
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def formula_errors(
    path: Path, pages: list[tuple[Page, int]], mapping: TableMapping, table: str
) -> list[Finding]:
    """Return a finding for each column that was read as blank where a formula failed.

    Only xlsx files tell; of xls, xlsb and ods nothing is found.

    Parameters
    ----------
    path : Path
        The workbook.
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
    if not pages or not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        members = _members(archive)
        return [
            finding
            for page, left in pages
            if page.label in members
            for finding in _of_page(
                archive, members[page.label], page, left, mapping, table
            )
        ]


def _of_page(
    archive: zipfile.ZipFile,
    member: str,
    page: Page,
    left: int,
    mapping: TableMapping,
    table: str,
) -> Iterator[Finding]:
    """Yield a finding for each column of a sheet with failed formulas."""
    places: dict[str, list[Sample]] = {}
    for letters, row, error in _failed(archive, member):
        position = _position(letters) - left
        is_below = row > page.header_row and 0 <= position < len(page.header)
        if is_below and error not in mapping.format.blank:
            sample = Sample(page.name, row, error)
            places.setdefault(page.header[position], []).append(sample)
    for name, column in mapping.asked.items():
        if samples := places.get(name):
            rows = len(samples)
            yield make_finding("formula_error", table, column, rows, samples)


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return where in the archive each sheet stands, by its name."""
    if "xl/workbook.xml" not in archive.namelist():
        return {}
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in links}
    sheets = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    found = {
        sheet.get("name", ""): targets.get(sheet.get(_LINK), "")
        for sheet in sheets.iter(f"{_MAIN}sheet")
    }
    whole = {
        name: target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        for name, target in found.items()
    }
    there = set(archive.namelist())
    return {name: target for name, target in whole.items() if target in there}


def _failed(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[bytes, int, str]]:
    """Yield column letters, row and error of each failed formula of a sheet."""
    rest = b""
    with archive.open(member) as sheet:
        while piece := sheet.read(_PIECE):
            text, end = rest + piece, 0
            if b't="e"' in text:
                for found in _FAILED.finditer(text):
                    yield found[1], int(found[2]), found[3].decode()
                    end = found.end()
            rest = text[max(end, len(text) - _LONGEST_CELL) :]


def _position(letters: bytes) -> int:
    """Return the number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number - 1

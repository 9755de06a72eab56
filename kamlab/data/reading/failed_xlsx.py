"""Find the cells of a workbook of today (xlsx) whose formula failed."""

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from kamlab.data.reading.failed_cells import FailedCell

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


def failed_in_xlsx(archive: zipfile.ZipFile, sheet: str) -> Iterator[FailedCell]:
    """Yield the cells of a sheet whose formula failed.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The workbook.
    sheet : str
        The sheet's name.

    Examples
    --------
    >>> import io, xlsxwriter
    >>> with xlsxwriter.Workbook(file := io.BytesIO()) as book:
    ...     _ = book.add_worksheet("March").write_formula("B3", "=1/0", None, "#DIV/0!")
    >>> list(failed_in_xlsx(zipfile.ZipFile(file), "March"))
    [FailedCell(row=3, column=1, error='#DIV/0!')]
    """
    member = _members(archive).get(sheet)
    if member is None:
        return
    rest = b""
    with archive.open(member) as cells:
        while piece := cells.read(_PIECE):
            text, end = rest + piece, 0
            if b't="e"' in text:
                for found in _FAILED.finditer(text):
                    error = found[3].decode()
                    yield FailedCell(int(found[2]), _position(found[1]), error)
                    end = found.end()
            rest = text[max(end, len(text) - _LONGEST_CELL) :]


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return where in the archive each sheet stands, by its name."""
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in links}
    sheets = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    found = {
        sheet.get("name", ""): targets.get(sheet.get(_LINK), "")
        for sheet in sheets.iter(f"{_MAIN}sheet")
    }
    whole = {name: member_of(target) for name, target in found.items()}
    there = set(archive.namelist())
    return {name: target for name, target in whole.items() if target in there}


def member_of(target: str) -> str:
    """Return the member of the archive that a link of the workbook names.

    Examples
    --------
    >>> member_of("worksheets/sheet1.xml"), member_of("/xl/a.xml")
    ('xl/worksheets/sheet1.xml', 'xl/a.xml')
    """
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _position(letters: bytes) -> int:
    """Return the number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number - 1

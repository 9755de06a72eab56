"""Find the cells of an OpenDocument sheet (ods) whose formula failed."""

import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from kamlab.data.reading.failed_cells import FailedCell

_PIECE = 1 << 20
_LONGEST_ERROR = 60
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_KIND = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
#: Programs write errors in the language of their user: #NV is the German #N/A.
_ERROR = re.compile(r"#\S{1,15}[!?]|#N/A|#NV|#N/D|Err:\d+")
_MARK = re.compile(rb'calcext:value-type="error"|<text:p>(#|Err:)')


def failed_in_ods(archive: zipfile.ZipFile, sheet: str) -> Iterator[FailedCell]:
    """Yield the cells of a sheet whose formula failed.

    Parameters
    ----------
    archive : zipfile.ZipFile
        The workbook.
    sheet : str
        The sheet's name.

    Examples
    --------
    >>> import io
    >>> with zipfile.ZipFile(io.BytesIO(), "w") as archive:
    ...     archive.writestr("content.xml", "<document/>")
    ...     list(failed_in_ods(archive, "March"))
    []
    """
    with archive.open("content.xml") as content:
        if not _may_have_failed(content):
            return
    with archive.open("content.xml") as content:
        yield from _of_sheet(content, sheet)


def _may_have_failed(content: IO[bytes]) -> bool:
    """Whether a document speaks of an error; most do not, and are not parsed."""
    rest = b""
    while piece := content.read(_PIECE):
        if _MARK.search(rest + piece):
            return True
        rest = piece[-_LONGEST_ERROR:]
    return False


def _of_sheet(content: IO[bytes], sheet: str) -> Iterator[FailedCell]:
    is_meant, number = False, 1
    for event, element in ElementTree.iterparse(content, ("start", "end")):
        if event == "start" and element.tag == f"{_TABLE}table":
            is_meant, number = element.get(f"{_TABLE}name") == sheet, 1
        elif event == "end" and element.tag == f"{_TABLE}table-row":
            repeated = int(element.get(f"{_TABLE}number-rows-repeated", 1))
            if is_meant:
                yield from _of_row(element, range(number, number + repeated))
            number += repeated
            element.clear()


def _of_row(row: ElementTree.Element, numbers: range) -> Iterator[FailedCell]:
    """Yield the failed cells of a row that may stand for several equal ones."""
    column = 0
    for cell in row:
        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        if error := _error(cell):
            for number in numbers:
                for place in range(column, column + repeated):
                    yield FailedCell(number, place, error)
        column += repeated


def _error(cell: ElementTree.Element) -> str:
    """Return the error that a cell shows, nothing where it shows none."""
    text = "".join(cell.findtext(_TEXT) or "").strip()
    if cell.get(f"{_KIND}value-type") == "error":
        return text or "error"
    has_formula = cell.get(f"{_TABLE}formula") is not None
    return text if has_formula and _ERROR.fullmatch(text) else ""

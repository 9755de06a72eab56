"""Refuse workbooks that would not fit into memory, before anything is unpacked."""

import re
import zipfile
from pathlib import Path

_MOST_BYTES = 4_000_000_000
_MOST_CELLS = 40_000_000
_PIECE = 1 << 20
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,7})"')
_COLUMN = re.compile(rb'<c\b[^>]*?\br="([A-Z]{2,3})\d')
_LETTERS = 26


def too_large(path: Path) -> str:
    """Return why a workbook is too large to be read, nothing where it is not.

    A single cell in the last corner of a sheet makes a reader ask for memory for all
    cells before it.

    Examples
    --------
    >>> too_large(Path("data/demo/orders.csv"))
    ''
    """
    if not zipfile.is_zipfile(path):
        return ""
    with zipfile.ZipFile(path) as archive:
        size = sum(member.file_size for member in archive.infolist())
        if size > _MOST_BYTES:
            return f"it unpacks to {size / 1e9:,.1f} GB"
        for member in archive.namelist():
            if member.startswith("xl/worksheets/") and member.endswith(".xml"):
                rows, columns = _extent(archive, member)
                if rows * columns > _MOST_CELLS:
                    return (
                        f"a sheet reaches to row {rows:,} and column {columns:,}, "
                        f"{rows * columns:,} cells"
                    )
    return ""


def _extent(archive: zipfile.ZipFile, member: str) -> tuple[int, int]:
    """Return the last row and the last column of a sheet, from its cells' names."""
    rows, columns, rest = 0, _LETTERS, b""
    with archive.open(member) as sheet:
        while piece := sheet.read(_PIECE):
            text = rest + piece
            rows = max([rows, *map(int, _ROW.findall(text))])
            columns = max([columns, *map(_number, set(_COLUMN.findall(text)))])
            rest = text[-200:]
    return rows, columns


def _number(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number

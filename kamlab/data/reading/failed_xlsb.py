"""Find the cells of a binary workbook (xlsb) whose formula failed.

Its parts are records: a kind, a size and data. Kinds are numbered as in [MS-XLSB].
"""

import struct
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from kamlab.data.reading.failed_cells import ERROR_NAMES, FailedCell
from kamlab.data.reading.failed_xlsx import member_of

_PIECE = 1 << 20
_SHEET, _ROW, _ERROR, _FAILED_FORMULA = 0x9C, 0, 3, 11


def failed_in_xlsb(archive: zipfile.ZipFile, sheet: str) -> Iterator[FailedCell]:
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
    ...     archive.writestr("xl/_rels/workbook.bin.rels", "<Relationships/>")
    ...     archive.writestr("xl/workbook.bin", b"")
    ...     list(failed_in_xlsb(archive, "March"))
    []
    """
    member = _members(archive).get(sheet)
    if member not in archive.namelist():
        return
    row = 0
    for kind, data in _records(archive, member):
        if kind == _ROW:
            row = struct.unpack_from("<I", data)[0] + 1
        elif kind in (_ERROR, _FAILED_FORMULA):
            column, error = struct.unpack_from("<I4xB", data)
            yield FailedCell(row, column, ERROR_NAMES.get(error, f"error {error}"))


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return where in the archive each sheet stands, by its name."""
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.bin.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in links}
    found = {}
    for kind, data in _records(archive, "xl/workbook.bin"):
        if kind == _SHEET:
            link, behind = _text(data, 8)
            name, _ = _text(data, behind)
            found[name] = member_of(targets.get(link, ""))
    return found


def _text(data: bytes, start: int) -> tuple[str, int]:
    """Return a text of a record, and where it ends."""
    (length,) = struct.unpack_from("<I", data, start)
    end = start + 4 + 2 * length
    return data[start + 4 : end].decode("utf-16-le", errors="replace"), end


def _records(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[int, bytes]]:
    """Yield kind and data of each record of a part, read piece by piece."""
    held = b""
    with archive.open(member) as part:
        while piece := part.read(_PIECE):
            held += piece
            position = 0
            while (record := _record(held, position)) is not None:
                kind, data, position = record
                yield kind, data
            held = held[position:]


def _record(held: bytes, start: int) -> tuple[int, bytes, int] | None:
    """Return the record that begins at a place and its end, None where it is cut."""
    kind, place = _packed(held, start)
    size, place = _packed(held, place)
    end = place + size
    return None if place < 0 or end > len(held) else (kind, held[place:end], end)


def _packed(held: bytes, place: int) -> tuple[int, int]:
    """Return a number in groups of seven bits and its end, -1 where it is cut."""
    number = 0
    for i in range(4):
        if not 0 <= place + i < len(held):
            return 0, -1
        byte = held[place + i]
        number |= (byte & 0x7F) << 7 * i
        if byte < 0x80:
            return number, place + i + 1
    return number, place + 4

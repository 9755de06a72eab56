"""Find the cells of a workbook of Excel 97 (xls) whose formula failed.

Its stream is a row of records: a kind, a size and data. Kinds as in [MS-XLS].
"""

import re
import struct
from collections.abc import Iterator

from kamlab.data.reading.compound import stream_of
from kamlab.data.reading.failed_cells import ERROR_NAMES, FailedCell

_SHEET, _CODE_PAGE, _END = 0x85, 0x42, 0x0A
_FORMULA, _ERROR = 0x06, 0x0205
_NEW = 0x0600  # Excel 97 and later
_CODES = re.escape(bytes(ERROR_NAMES))
#: A failed cell has one of these; a workbook without them is not walked through.
_MARK = re.compile(
    b"\x05\x02\x08\x00.{6}[" + _CODES + b"]\x01|\x02.[" + _CODES + b"].{3}\xff\xff",
    re.DOTALL,
)


def failed_in_xls(data: bytes, sheet: str) -> Iterator[FailedCell]:
    """Yield the cells of a sheet whose formula failed.

    Parameters
    ----------
    data : bytes
        The whole file.
    sheet : str
        The sheet's name.

    Examples
    --------
    >>> list(failed_in_xls(b"no workbook", "March"))
    []
    """
    stream = stream_of(data, ["Workbook", "Book"])
    if not _MARK.search(stream):
        return
    start = _sheets(stream).get(sheet)
    if start is None:
        return
    for kind, record in _records(stream, start):
        if kind in (_FORMULA, _ERROR) and (error := _error(kind, record)):
            row, column = struct.unpack_from("<HH", record)
            yield FailedCell(row + 1, column, error)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and data of each record up to the end of a sheet or of the globals."""
    while start + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, start)
        if kind == _END:
            return
        start += 4 + size
        yield kind, stream[start - size : start]


def _sheets(stream: bytes) -> dict[str, int]:
    """Return where in the stream each sheet begins, by its name."""
    found, codec, is_new = {}, "cp1252", True
    for position, (kind, record) in enumerate(_records(stream, 0)):
        if position == 0:
            is_new = struct.unpack_from("<H", record)[0] >= _NEW
        elif kind == _CODE_PAGE and not is_new:
            codec = f"cp{struct.unpack_from('<H', record)[0]}"
        elif kind == _SHEET:
            (start,) = struct.unpack_from("<I", record)
            found[_name(record[6:], is_new, codec)] = start
    return found


def _name(data: bytes, is_new: bool, codec: str) -> str:
    length = data[0]
    if not is_new:
        return _decoded(data[1 : 1 + length], codec)
    if data[1] & 1:
        return data[2 : 2 + 2 * length].decode("utf-16-le", errors="replace")
    return data[2 : 2 + length].decode("latin-1")


def _decoded(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec, errors="replace")
    except LookupError:  # a code page that Python has no name for
        return data.decode("latin-1")


def _error(kind: int, record: bytes) -> str:
    """Return the error that a cell holds, nothing where it holds another value."""
    if kind == _ERROR:
        code, is_error = record[6], record[7]
        return ERROR_NAMES.get(code, f"error {code}") if is_error else ""
    is_number = record[12:14] != b"\xff\xff"
    if is_number or record[6] != 2:
        return ""
    return ERROR_NAMES.get(record[8], f"error {record[8]}")

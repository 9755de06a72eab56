"""Read a stream out of a compound file, the container of workbooks of Excel 97 (xls).

It is a small file system: sectors that a table chains, and a directory of streams;
those under 4,096 bytes lie in a stream of their own. Layout as in [MS-CFB].
"""

import struct
from collections.abc import Sequence

_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_LAST = 0xFFFFFFFA  # numbers from here on are no sectors
_HEADER, _ENTRY, _MINI = 512, 128, 64
_IN_HEADER = 109


def stream_of(data: bytes, names: Sequence[str]) -> bytes:
    """Return the first stream with one of some names, nothing where there is none.

    Parameters
    ----------
    data : bytes
        The whole file.
    names : sequence of str
        Names of streams.

    Examples
    --------
    >>> stream_of(b"no compound file", ["Workbook"])
    b''
    """
    if not data.startswith(_MAGIC):
        return b""
    try:
        return _stream(data, names)
    except (struct.error, IndexError):  # it is cut off
        return b""


def _stream(data: bytes, names: Sequence[str]) -> bytes:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    table = _table(data, size)
    (directory,) = struct.unpack_from("<I", data, 48)
    least, mini_table = struct.unpack_from("<II", data, 56)
    entries = _chained(data, directory, table, size, _HEADER)
    streams = {
        name: (start, length) for name, start, length in map(_entry, _cut(entries))
    }
    start, length = next((streams[n] for n in names if n in streams), (_LAST, 0))
    if length >= least:
        return _chained(data, start, table, size, _HEADER)[:length]
    root, _ = streams.get("Root Entry", (_LAST, 0))
    minis = _chained(data, root, table, size, _HEADER)
    chain = _numbers(_chained(data, mini_table, table, size, _HEADER))
    return _chained(minis, start, chain, _MINI, 0)[:length]


def _table(data: bytes, size: int) -> list[int]:
    """Return the table that names the sector behind each sector."""
    sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    more, _ = struct.unpack_from("<II", data, 68)
    while more < _LAST and len(sectors) * size < len(data):
        listed = _numbers(_sector(data, more, size, _HEADER))
        sectors += listed[:-1]
        more = listed[-1]
    pieces = [_sector(data, each, size, _HEADER) for each in sectors if each < _LAST]
    return _numbers(b"".join(pieces))


def _chained(
    data: bytes, start: int, table: Sequence[int], size: int, before: int
) -> bytes:
    """Return the sectors of a chain, one behind the other."""
    pieces, sector = [], start
    # A damaged chain may run in a circle.
    while sector < _LAST and len(pieces) <= len(table):
        pieces.append(_sector(data, sector, size, before))
        sector = table[sector]
    return b"".join(pieces)


def _sector(data: bytes, number: int, size: int, before: int) -> bytes:
    # In files with sectors of 4,096 bytes the header takes a whole one.
    first = max(before, size) if before else 0
    return data[first + number * size :][:size]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack_from(f"<{len(data) // 4}I", data))


def _cut(entries: bytes) -> list[bytes]:
    ends = range(0, len(entries) - _ENTRY + 1, _ENTRY)
    return [entries[start : start + _ENTRY] for start in ends]


def _entry(entry: bytes) -> tuple[str, int, int]:
    """Return name, first sector and length of an entry of the directory."""
    (length,) = struct.unpack_from("<H", entry, 64)
    name = entry[: max(0, length - 2)].decode("utf-16-le", errors="replace")
    return name, *struct.unpack_from("<II", entry, 116)

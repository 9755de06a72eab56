"""Look at a text file before it is read: its bytes, its header, its line ends.

What DuckDB would pass over in silence is found here: bytes of another encoding, NUL
bytes, a second byte order mark, a header that names a column twice. A file in another
encoding, compressed, or with mixed line ends is copied as plain UTF-8 first.
"""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import Format
from kamlab.data.reading.bytes_seen import BytesSeen
from kamlab.data.reading.footer import cut_footer, footer_told
from kamlab.data.reading.linecount import LineCount
from kamlab.data.reading.misread import EncodingDoubt
from kamlab.data.reading.textlines import blank_rows, records, title_above

#: What is raised while a file is read or unpacked.
UNREADABLE = (OSError, EOFError, zlib.error)

_PIECE = 1 << 20
_LONGEST_LINE = 2_000_000
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class TextFile:
    """A text file that is ready to be read as UTF-8, and the names in its header.

    Parameters
    ----------
    path : Path
        The file, or its copy without the lines above the header.
    header : tuple of str
        The names.
    blank : tuple of int
        Rows of the file, from 1, that are blank and so are passed over.
    seen : BytesSeen, optional
        What its bytes prove about its cells.

    Examples
    --------
    >>> TextFile(Path("june.csv"), ("Nr", "Betrag")).header[1]
    'Betrag'
    """

    path: Path
    header: tuple[str, ...]
    blank: tuple[int, ...] = ()
    seen: BytesSeen | None = None


def inspect_text(
    path: Path, shown: str, form: Format, table: str, work: Path
) -> tuple[TextFile | None, list[Finding]]:
    """Return the file ready for reading, or the findings that keep it from that.

    Parameters
    ----------
    path : Path
        The file; ``.gz`` is unpacked.
    shown : str
        What findings call it.
    form : Format
        How it is written, as declared.
    table : str
        The table it belongs to.
    work : Path
        A folder for a copy, where one is needed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "june.csv"
    ...     _ = path.write_bytes(b"Nr,Ort\\n1,K\\xf6ln\\n")
    ...     text, found = inspect_text(
    ...         path, "june.csv", Format(), "orders", Path(folder)
    ...     )
    >>> print(found[0].message)
    june.csv row 2: the bytes '0xF6' are not utf-8
    """
    try:
        scan = _scan(path, shown, form, table)
        fault = scan.fault
        if fault is None:
            header, fault = _header(path, shown, form, table)
        if fault is not None:
            return None, [fault]
        plain = _is_plain(path, form) and not isinstance(scan.line_ends, tuple)
        ready = path if plain else _copy(path, form, work)
        footer = cut_footer(ready, form) if form.footer and len(header) > 1 else []
        blank = blank_rows(ready, form) if scan.has_blank and len(header) > 1 else ()
        text = TextFile(ready, header, blank, scan.seen)
        return text, footer_told(footer, shown, table)
    except UNREADABLE as error:
        reason = getattr(error, "strerror", None) or str(error)
        sample = [Sample(shown, None, "")]
        found = make_finding(
            "unreadable_file", table, samples=sample, reason=reason.lower()
        )
        return None, [found]


def open_packed(path: Path) -> BinaryIO:
    """Open a file, unpacked where its name ends in ``.gz``, to read its bytes.

    Examples
    --------
    >>> with open_packed(Path("data/demo/orders.csv")) as file:
    ...     file.read(8)
    b'order_id'
    """
    return gzip.open(path) if path.suffix == ".gz" else open(path, "rb")


def _codec(form: Format) -> str:
    """The codec to decode with; a byte order mark in UTF-8 is taken off."""
    return "utf-8-sig" if form.encoding == "utf-8" else form.encoding


def _is_plain(path: Path, form: Format) -> bool:
    glob_marks = set("*?[]") & set(str(path))
    return (
        form.encoding in ("utf-8", "ascii")
        and path.suffix != ".gz"
        and not form.skip_lines
        and not form.footer
        and (not glob_marks)
    )


@dataclass(frozen=True)
class _Scan:
    """What one pass over a file's text met: a fault, line ends, blank lines, bytes."""

    fault: Finding | None = None
    line_ends: object = None
    has_blank: bool = False
    seen: BytesSeen | None = None


def _scan(path: Path, shown: str, form: Format, table: str) -> _Scan:
    """Decode the whole file once, until the first fault."""
    decoder = _Decoder(form)
    lines, doubt = LineCount(), EncodingDoubt(form.encoding)
    seen = BytesSeen(form.encoding, 1 + form.skip_lines)
    with open_packed(path) as file:
        try:
            for piece in _pieces(file):
                doubt.hear(piece)
                seen.take(piece)
                if decoder.is_plain(piece):
                    lines.take_plain(piece)
                    continue
                text = decoder.decode(piece)
                if "\0" in text:
                    return _Scan(_nul_byte(text, lines.current, shown, table))
                lines.take(text)
        except UnicodeDecodeError as error:
            line = lines.current + error.object[: error.start].count(b"\n")
            return _Scan(_wrong_bytes(error, line, shown, form, table))
        if file.tell() == 0:
            nothing = [Sample(shown, None, "")]
            return _Scan(make_finding("empty_file", table, samples=nothing))
    fault = doubt.finding(shown, table)
    return _Scan(fault, decoder.line_ends, lines.has_blank, seen)


class _Decoder:
    """Turns the pieces of a file into text with one kind of line end."""

    def __init__(self, form: Format) -> None:
        plain = codecs.getincrementaldecoder(_codec(form))("strict")
        self._decoder = io.IncrementalNewlineDecoder(plain, translate=True)
        self._knows_ascii = form.encoding in ("utf-8", "ascii")

    @property
    def line_ends(self) -> object:
        """The kinds of line ends met so far, a tuple where there are several."""
        return self._decoder.newlines

    def decode(self, piece: bytes) -> str:
        """Return the text of the next piece; an empty one means the end."""
        return self._decoder.decode(piece, final=not piece)

    def is_plain(self, piece: bytes) -> bool:
        """Whether there is nothing to decode, as in nearly all of a long file."""
        is_plain = (
            self._knows_ascii
            and self._decoder.getstate() == (b"", 0)
            and piece.isascii()
            and b"\r" not in piece
            and b"\0" not in piece
            and b"\n" in piece
        )
        if is_plain:
            self._decoder.decode(b"\n")  # so that this kind of line end is known
        return is_plain


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield the file piece by piece, and an empty piece at its end."""
    while piece := file.read(_PIECE):
        yield piece
    yield b""


def _wrong_bytes(
    error: UnicodeDecodeError, line: int, shown: str, form: Format, table: str
) -> Finding:
    wrong = error.object[error.start : error.end].hex(" ").upper()
    found = [Sample(shown, line, f"0x{wrong}")]
    return make_finding("wrong_encoding", table, samples=found, encoding=form.encoding)


def _nul_byte(text: str, lines: int, shown: str, table: str) -> Finding:
    position = text.index("\0")
    lines += text.count("\n", 0, position)
    around = text[max(0, position - 20) : position + 20]
    line = next(each for each in around.splitlines() if "\0" in each)
    return make_finding("nul_byte", table, samples=[Sample(shown, lines, line)])


def _header(
    path: Path, shown: str, form: Format, table: str
) -> tuple[tuple[str, ...], Finding | None]:
    """Return the names in the first record, and what is wrong with them."""
    with open_packed(path) as raw:
        lines = io.TextIOWrapper(raw, encoding=_codec(form), newline="")
        for _ in range(form.skip_lines):
            lines.readline(_LONGEST_LINE)
        first = lines.readline(_LONGEST_LINE)
        try:
            names = tuple(next(records([first], form), ()))
            fault = title_above(names, first, lines, form, shown, table)
        except csv.Error:
            found = [Sample(shown, 1 + form.skip_lines, first)]
            return (), make_finding("line_too_long", table, samples=found)
    if fault is not None:
        return (), fault
    if names and names[0].startswith(_BYTE_ORDER_MARK):
        found = [Sample(shown, 1, ascii(names[0]).strip("'"))]
        return (), make_finding("byte_order_mark", table, samples=found)
    return names, repeated_name(names, shown, table, 1 + form.skip_lines)


def repeated_name(
    names: tuple[str, ...], shown: str, table: str, row: int = 1
) -> Finding | None:
    """Return a finding when a header names a column twice; nameless ones may repeat.

    Examples
    --------
    >>> repeated_name(("Nr", "Betrag", "Nr"), "june.csv", "orders").message
    "june.csv row 1: the header names 'Nr' twice"
    """
    for position, name in enumerate(names):
        if name and name in names[:position]:
            found = [Sample(shown, row, name)]
            return make_finding("duplicate_header", table, samples=found)
    return None


def _copy(path: Path, form: Format, work: Path) -> Path:
    """Write the text again from its header on, as UTF-8 with one kind of line end."""
    target = work / f"text_{len(list(work.iterdir()))}.csv"
    with (
        open_packed(path) as raw,
        io.TextIOWrapper(raw, encoding=_codec(form), newline=None) as source,
        open(target, "w", encoding="utf-8", newline="\n") as copy,
    ):
        for _ in range(form.skip_lines):
            source.readline()
        while piece := source.read(_PIECE):
            copy.write(piece)
    return target

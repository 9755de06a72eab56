"""Find out how a text file is written, and propose it for the mapping, with reasons.

What the file leaves open is a question, never a guess: 03/04/2021 is two days, 1.234
two numbers, and bytes that are Chinese may be read as Latin by mistake.

Glossary
--------
encoding
    Which bytes stand for which characters: UTF-8, GB18030 (Chinese), cp1252 (Western).
"""

import codecs
import csv
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from kamlab.data.mapping.mapping import Format
from kamlab.data.reading.chinese_text import count_characters
from kamlab.data.reading.detected_values import date_formats_of, number_marks_of
from kamlab.data.reading.textfile import UNREADABLE, open_packed
from kamlab.data.reading.textlines import records

_LOOKED_AT = 4_000_000
_LINES = 2_000
_DELIMITERS = (",", ";", "\t", "|")
_MOST_TITLES = 60
_SHOWN = 40


@dataclass(frozen=True)
class Proposal:
    """How a text file seems to be written, why, and what has to be asked.

    Parameters
    ----------
    format : Format
        As far as it is certain.
    reasons : tuple of str
        What each part of it was told by, with a value of the file.
    questions : tuple of str
        What the file leaves open, each with what to declare.
    header : tuple of str
        Names of the columns.
    samples : tuple of tuple of str
        The first rows below the header, as read.

    Examples
    --------
    >>> told = Proposal(Format("cp1252", ";", decimal=","), (), (), ("Nr",))
    >>> print(told.as_mapping())
    format: {encoding: cp1252, delimiter: ";", decimal: ","}
    """

    format: Format
    reasons: tuple[str, ...]
    questions: tuple[str, ...]
    header: tuple[str, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()

    def as_mapping(self) -> str:
        """Return the line that declares the format in a mapping.

        Examples
        --------
        >>> Proposal(Format(), (), ()).as_mapping()
        'format: {encoding: utf-8}'
        """
        form, usual = self.format, Format()
        told = [f"encoding: {form.encoding}"]
        for key in ("delimiter", "decimal", "thousands"):
            value = getattr(form, key)
            if value != getattr(usual, key):
                told.append(f'{key}: "{value}"' if value != "\t" else f"{key}: tab")
        if form.dates:
            dates = ", ".join(f'"{each}"' for each in form.dates)
            told.append(f"dates: [{dates}]")
        if form.skip_lines:
            told.append(f"skip_lines: {form.skip_lines}")
        return f"format: {{{', '.join(told)}}}"


def propose_format(path: Path) -> Proposal:
    """Return how a text file is written: encoding, separator, numbers and days.

    Parameters
    ----------
    path : Path
        A text file; ``.gz`` is unpacked.

    Returns
    -------
    Proposal
        To be shown and confirmed in the mapping. Its questions are what the file
        leaves open.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "june.csv"
    ...     text = "Nr;Tag;Netto\\n1;31.01.2025;1.234,50\\n2;01.02.2025;9,99\\n"
    ...     _ = path.write_text(text)
    ...     print(propose_format(path).as_mapping())
    format: {encoding: utf-8, delimiter: ";", decimal: ",", thousands: ".", dates:
    ["DD.MM.YYYY"]}
    """
    data = _beginning(path)
    encoding, reasons, questions = encoding_of(data)
    if not encoding:
        return Proposal(Format(), reasons, questions)
    lines = data.decode(encoding, errors="replace").splitlines()[:_LINES]
    form, layout = _layout(lines, replace(Format(), encoding=encoding))
    table = [row for row in records(lines[form.skip_lines :], form) if row]
    header, rows = tuple(table[0]) if table else (), table[1:]
    columns = {
        name: [row[i].strip() for row in rows if len(row) > i and row[i].strip()]
        for i, name in enumerate(header)
    }
    dates, day_reasons, day_questions = date_formats_of(columns)
    numbers = {name: texts for name, texts in columns.items() if name not in dates}
    marks, number_reasons, number_questions = number_marks_of(numbers, form.delimiter)
    formats = tuple(dict.fromkeys(each for found in dates.values() for each in found))
    return Proposal(
        replace(form, dates=formats, **marks),
        (*reasons, *layout, *day_reasons, *number_reasons),
        (*questions, *day_questions, *number_questions),
        header,
        tuple(map(tuple, rows[:3])),
    )


def _beginning(path: Path) -> bytes:
    """Return the beginning of a file, up to the end of a line."""
    try:
        with open_packed(path) as file:
            data = file.read(_LOOKED_AT)
    except UNREADABLE:
        return b""  # whoever reads the whole file tells what is broken
    if len(data) < _LOOKED_AT:
        return data
    return data[: data.rfind(b"\n") + 1]


def encoding_of(data: bytes) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the encoding of bytes, why, and what has to be asked.

    Bytes that are valid GB18030 are never taken for Latin, and where they do not look
    like Chinese either, both readings are shown and asked about.

    Examples
    --------
    >>> encoding_of("客户,金额".encode("gb18030"))[0]
    'gb18030'
    >>> encoding_of("Café;Köln".encode("cp1252"))[0]
    'cp1252'
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return name, (f"{name}: it begins with the byte order mark of it",), ()
    if b"\0" in data[:1_000]:
        name = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
        return name, (f"{name}: every other byte is zero",), ()
    if _decodes(data, "utf-8"):
        told = "all bytes are ASCII" if data.isascii() else _shown(data, "utf-8")
        return "utf-8", (f"utf-8: {told}",), ()
    if not _decodes(data, "gb18030"):
        return "cp1252", (f"cp1252: {_shown(data, 'cp1252')}",), ()
    chinese = _shown(data, "gb18030")
    if count_characters(data.decode("gb18030", errors="ignore")).looks_chinese():
        return "gb18030", (f"gb18030: {chinese}",), ()
    question = (
        f"which encoding? gb18030 (Chinese) {chinese}; cp1252 (Western) "
        f"{_shown(data, 'cp1252')}; declare format.encoding"
    )
    return "", (), (question,)


def _decodes(data: bytes, encoding: str) -> bool:
    """Whether bytes are text of an encoding; the last character may be cut."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        decoder.decode(data, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _shown(data: bytes, encoding: str) -> str:
    """Show a word of a file as an encoding reads it."""
    text = data.decode(encoding, errors="replace")
    position = next(i for i, each in enumerate(text) if not each.isascii())
    start = max(0, position - 10)
    word = text[start : position + _SHOWN - 10].split("\n")
    line = next(piece for piece in word if not piece.isascii())
    return f"reads {line.strip()!r}"


def _layout(lines: list[str], form: Format) -> tuple[Format, tuple[str, ...]]:
    """Find the separator that cuts most lines into the same number of fields."""
    scored = []
    for delimiter in _DELIMITERS:
        tried = replace(form, delimiter=delimiter)
        try:
            widths = [len(row) for row in records(lines, tried)]
        except csv.Error:
            continue
        (width, times), *_ = Counter(w for w in widths if w > 1).most_common(1) or [
            (1, 0)
        ]
        scored.append((times, width, tried))
    times, width, best = max(scored, key=lambda each: each[:2], default=(0, 0, form))
    if not times:  # no separator cuts anything, or a quotation mark never ends
        return form, ()
    shown = "tab" if best.delimiter == "\t" else repr(best.delimiter)
    reason = f"separator {shown}: it cuts {times:,} rows into {width} fields"
    above = _lines_above(lines, best, width)
    if not above:
        return best, (reason,)
    title = f"{above} lines above the header, such as {lines[0].strip()!r}"
    return replace(best, skip_lines=above), (reason, title)


def _lines_above(lines: list[str], form: Format, width: int) -> int:
    """Count the lines above the first that is as wide as the table."""
    for number, line in enumerate(lines[:_MOST_TITLES]):
        row = next(records([line], form), [])
        if len(row) == width and sum(bool(cell.strip()) for cell in row) > 1:
            return number
    return 0

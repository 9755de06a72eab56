"""Say where the rows of a table stand and how they are written."""

import glob
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from kamlab.data.checking.number_suffixes import number_and_unit, worth_of
from kamlab.data.mapping.mapping import Format
from kamlab.data.presets.amounts import number_columns
from kamlab.data.presets.excerpt import ROWS, Excerpt
from kamlab.data.presets.profile import DATE, Profile, is_serial
from kamlab.data.presets.recognition import AMOUNT, MONTH, Recognised
from kamlab.data.presets.suggestion import Entry
from kamlab.data.presets.years import year_of_sheet_format
from kamlab.data.reading.dates import EXCEL, ISO
from kamlab.data.reading.detected_values import number_marks_of
from kamlab.data.reading.filekind import TEXT, WORKBOOK

_MOST_LISTED = 3
_DASHES = ("-", "--", "—", "–", "/")


def place_keys(lines: Recognised, excerpts: Sequence[Excerpt]) -> list[Entry]:
    """Return the files of a table, its sheets, or its table of a database.

    Parameters
    ----------
    lines : Recognised
        What is read.
    excerpts : sequence of Excerpt
        All of the export, so that no pattern takes a file of another table.

    Examples
    --------
    >>> from kamlab.data.presets.recognition import recognise
    >>> one = Excerpt(("book.xlsx",), "workbook", ("KUNAG", "NETWR"), (), sheets=("a",))
    >>> other = Excerpt(("book.xlsx",), "workbook", ("x",), (), sheets=("b",))
    >>> found = recognise([one])[1][0]
    >>> [(each.key, each.value) for each in place_keys(found, [one, other])]
    [('files', 'book.xlsx'), ('sheet', 'a')]
    """
    mine = lines.excerpt
    every = [name for each in excerpts for name in each.files]
    every += mine.heads.files if mine.heads else ()
    keys = [Entry("files", _files(mine.files, set(every)))]
    if mine.database:
        keys = [Entry("database", f"${{{mine.database}}}")]
    if mine.table:
        keys.append(Entry("table", mine.table))
    if mine.kind == WORKBOOK:
        there = {
            s for e in excerpts if set(e.files) & set(mine.files) for s in e.sheets
        }
        there |= set(mine.heads.sheets) if mine.heads else set()
        if len(there) > 1:
            keys.append(_sheets(mine.sheets, there))
    return [*keys, *_join(mine, set(every))]


def _join(mine: Excerpt, every: set[str]) -> list[Entry]:
    """Return where the heads of documents stand, if these are lines without them."""
    if mine.heads is None:
        return []
    value: dict[str, object] = {}
    if not mine.database:
        value["files"] = _files(mine.heads.files, every)
    if mine.heads.table:
        value["table"] = mine.heads.table
    if mine.heads.sheets:
        value["sheet"] = list(map(glob.escape, mine.heads.sheets))
    value["by"] = mine.on
    return [Entry("join", value, "its documents have their heads there")]


def _files(names: Sequence[str], every: set[str]) -> object:
    """Return a name, a few names, or a pattern that takes these and no others."""
    if len(names) == 1:
        return glob.escape(names[0])
    if len(names) <= _MOST_LISTED:
        return [glob.escape(name) for name in names]
    pattern = f"{glob.escape(_front(names))}*{glob.escape(_end(names))}"
    taken = {name for name in every if fnmatchcase(name, pattern)}
    is_flat = not any("/" in name for name in names)
    if taken == set(names) and is_flat:
        return pattern
    return [glob.escape(name) for name in names]


def _front(names: Sequence[str]) -> str:
    first, last = min(names), max(names)
    same = 0
    while same < min(len(first), len(last)) and first[same] == last[same]:
        same += 1
    return first[:same]


def _end(names: Sequence[str]) -> str:
    return _front([name[::-1] for name in names])[::-1]


def _sheets(mine: Sequence[str], there: set[str]) -> Entry:
    if set(mine) == there:
        return Entry("sheet", "*", "every sheet that is not hidden")
    named = list(map(glob.escape, mine))
    return Entry("sheet", named[0] if len(named) == 1 else named)


def format_key(lines: Recognised, tables: Sequence[str]) -> list[Entry]:
    """Return how the texts of a table are written, if it has to be declared.

    Parameters
    ----------
    lines : Recognised
        What is read.
    tables : sequence of str
        The tables of the contract that are made of it.

    Returns
    -------
    list of Entry
        One at most. It is open where numbers may be read in two ways.

    Examples
    --------
    >>> from kamlab.data.presets.recognition import recognise
    >>> rows = (("1", "31.01.2025", "1.234,50"),)
    >>> lines = Excerpt(("a.csv",), "text", ("KUNAG", "FKDAT", "NETWR"), rows)
    >>> found = recognise([lines])[1][0]
    >>> format_key(found, ["orders"])[0].value
    {'decimal': ',', 'thousands': '.', 'dates': 'DD.MM.YYYY'}
    """
    mine = lines.excerpt
    told = _of_text(mine.format) if mine.kind == TEXT else {}
    if mine.kind != TEXT and mine.format.encoding != "utf-8":
        told["encoding"] = mine.format.encoding
    marks, _, questions = number_marks_of(
        _written(lines, tables), mine.format.delimiter
    )
    rest = {"dates": days} if (days := table_days(lines, tables)) else {}
    rest |= _nothing_and_signs(lines, tables)
    # Of a long file the end was not seen.
    if lines.preset.footer and (mine.has_footer or len(mine.rows) >= ROWS):
        rest["footer"] = lines.preset.footer
    if questions:
        ways = tuple(
            {"decimal": d, "thousands": t} for d, t in ((".", ","), (",", "."))
        )
        options = tuple({**told, **way, **rest} for way in ways)
        return [Entry("format", options=options, question=questions[0])]
    usual = Format()
    told |= {k: v for k, v in marks.items() if v != getattr(usual, k)}
    value = {**told, **rest}
    if mine.encodings:
        return [_open_encoding(lines, value)]
    return [Entry("format", value)] if value else []


def _open_encoding(lines: Recognised, value: dict[str, object]) -> Entry:
    """Ask which encoding it is, with a word as it reads in the one that was tried."""
    cells = (cell for row in lines.excerpt.rows for cell in row)
    word = next((c for c in cells if not str(c).isascii()), "")
    question = f"which encoding? {word!r} is how cp1252 (Western) reads it"
    options = tuple({**value, "encoding": each} for each in lines.excerpt.encodings)
    return Entry("format", options=options, question=question)


def _of_text(form: Format) -> dict[str, object]:
    usual, told = Format(), {}
    if form.encoding != usual.encoding:
        told["encoding"] = form.encoding
    if form.delimiter != usual.delimiter:
        told["delimiter"] = "tab" if form.delimiter == "\t" else form.delimiter
    if form.skip_lines:
        told["skip_lines"] = form.skip_lines
    return told


def _written(lines: Recognised, tables: Sequence[str]) -> dict[str, list[str]]:
    """Return the numbers that are written as text, by column."""
    found = {}
    for name in number_columns(lines, tables):
        profile, kept = lines.profiles[name], set(lines.profiles[name].texts)
        cells = [cell for cell in lines.excerpt.column(name) if isinstance(cell, str)]
        texts = [_bare(cell, profile) for cell in cells if cell.strip() in kept]
        if texts and not profile.is_typed:
            found[name] = texts
    return found


def _bare(text: str, profile: Profile) -> str:
    for sign in profile.symbols:
        text = text.replace(sign, "")
    return number_and_unit(text.strip())[0]


def _used(lines: Recognised, tables: Sequence[str]) -> Iterable[Profile]:
    for (table, _), match in lines.matches.items():
        if table in tables:
            yield lines.profiles[match.header]


def _nothing_and_signs(lines: Recognised, tables: Sequence[str]) -> dict[str, object]:
    used = [*_used(lines, tables), *(lines.profiles[name] for name in lines.months)]
    nothing = dict.fromkeys(text for each in used for text in each.nothing)
    # In a grid of months a dash is no sale; in a list of lines it may be a zero.
    months = (text for name in lines.months for text in lines.profiles[name].texts)
    nothing |= dict.fromkeys(text for text in months if text in _DASHES)
    signs = dict.fromkeys(text for each in used for text in each.symbols)
    names = number_columns(lines, tables)
    units = dict.fromkeys(u for name in names for u in lines.profiles[name].suffixes)
    told: dict[str, object] = {"blank": list(nothing), "symbols": list(signs)}
    told["suffixes"] = {unit: worth_of(unit) for unit in units}
    return {key: value for key, value in told.items() if value}


def table_days(lines: Recognised, tables: Sequence[str]) -> str:
    """Return how the days of most columns are written, "" for YYYY-MM-DD.

    Examples
    --------
    >>> from kamlab.data.presets.recognition import recognise
    >>> rows = (("1", "31.01.2025", "9"),)
    >>> lines = Excerpt(("a.csv",), "text", ("KUNAG", "FKDAT", "NETWR"), rows)
    >>> table_days(recognise([lines])[1][0], ["orders"])
    'DD.MM.YYYY'
    """
    days = [
        days_of(each)
        for each in _used(lines, tables)
        if each.kind == DATE and not each.is_typed and not each.ways
    ]
    days = [each for each in days if each != ISO]
    return max(days, key=days.count, default="")


def days_of(profile: Profile) -> str:
    """Return how the days of a column are written.

    Examples
    --------
    >>> days_of(Profile("Tag", "number", ("45688",)))
    'excel'
    """
    if is_serial(profile):
        return EXCEL
    return profile.dates[0] if profile.dates else ISO


def unpivot_key(lines: Recognised) -> list[Entry]:
    """Return which columns become rows, where there is one for each month.

    Examples
    --------
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("客户", "2025-01", "2025-02")
    >>> lines = Excerpt(("a.csv",), "text", header, (("A", "1", "2"),))
    >>> unpivot_key(recognise([lines])[1][0])[0].value["columns"]
    ['2025-01', '2025-02']
    """
    if not lines.months:
        return []
    value: dict[str, object] = {"columns": list(lines.months)}
    value |= {"name": MONTH, "value": AMOUNT}
    if year_of_sheet_format(lines):
        value["year_of_sheet"] = True
    return [Entry("unpivot", value, "a row for each month")]

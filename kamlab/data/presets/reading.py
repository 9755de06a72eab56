"""Read the beginnings of all files of an export, whatever they are."""

import csv
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import duckdb

from kamlab.data.mapping.mapping import Place, TableMapping
from kamlab.data.presets.excerpt import ROWS, Excerpt, without_headers
from kamlab.data.presets.registry import PRESETS
from kamlab.data.presets.sheets import is_known, workbook_excerpts
from kamlab.data.reading.detection import Proposal, propose_format
from kamlab.data.reading.export_files import find_files
from kamlab.data.reading.filekind import (
    DUCKDB,
    HTML,
    PARQUET,
    SQLITE,
    TEXT,
    WORKBOOK,
    kind_of,
)
from kamlab.data.reading.footer import footer_length
from kamlab.data.reading.pages import BrokenPage, Page
from kamlab.data.reading.queries import file_page
from kamlab.data.reading.textfile import open_packed
from kamlab.data.reading.textlines import records

#: Files that are looked into; those of one export mostly have the same header.
MOST_FILES = 60

_BYTES = 4_000_000
#: What readers raise for a file that is not what it seems to be.
_UNREADABLE = (
    BrokenPage,
    OSError,
    EOFError,
    zlib.error,
    duckdb.Error,
    sqlite3.Error,
)
_OPEN_ENCODINGS = ("gb18030", "cp1252")
_NO_DATA = {".md", ".yml", ".yaml", ".json", ".py", ".sql", ".pdf", ".rda", ".log"}


def read_excerpts(source: Path) -> tuple[list[Excerpt], list[str]]:
    """Return the beginning of each file of an export, and what could not be read.

    Parameters
    ----------
    source : Path
        A file, or a folder of files.

    Returns
    -------
    list of Excerpt
        One for each file, sheet, or table of a database.
    list of str
        A sentence for each file that was left.

    Raises
    ------
    UsageError
        If there is no file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "june.csv").write_text("Nr;Net\\n1;9,50\\n")
    ...     excerpts, left = read_excerpts(Path(folder))
    >>> excerpts[0].header, excerpts[0].rows
    (('Nr', 'Net'), (('1', '9,50'),))
    """
    files = [path for path in _files_of(source) if path.is_file()]
    excerpts, left = [], []
    for path in files[:MOST_FILES]:
        name = path.name if source.is_file() else path.relative_to(source).as_posix()
        try:
            read = _READERS.get(kind_of(path), _unknown)(path, name)
            excerpts += [without_headers(_above_footer(each)) for each in read]
        except csv.Error:
            left.append(f"{name}: look for a quotation mark that is never closed")
        except _UNREADABLE as error:
            left.append(f"{name}: {_first_line(error)}")
    if len(files) > MOST_FILES:
        left.append(f"{len(files) - MOST_FILES} more files were not looked into")
    return excerpts, left


def _above_footer(excerpt: Excerpt) -> Excerpt:
    """Leave out the footer that some system writes below its reports."""
    for each in PRESETS.values():
        if length := footer_length(excerpt.rows, each.footer):
            return replace(excerpt, rows=excerpt.rows[:-length], has_footer=True)
    return excerpt


def _files_of(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    # Patterns reach into folders only where the folder itself holds no data.
    found = find_files(source, ("*",), "orders")
    flat = [each for each in found if each.suffix.lower() not in _NO_DATA]
    if any(path.is_file() for path in flat):
        return flat
    return find_files(source, ("*/*",), "orders")


def _first_line(error: Exception) -> str:
    text = str(error) or type(error).__name__
    return text.splitlines()[0]


def _unknown(path: Path, name: str) -> list[Excerpt]:
    raise BrokenPage("this kind of file is not read; unpack it or save it as xlsx")


def _text(path: Path, name: str) -> list[Excerpt]:
    found = _as_text(path, name, propose_format(path))
    if sum(map(bool, found.header)) < 2:
        raise BrokenPage("it is no table: it has a single column")
    return [found]


def _as_text(path: Path, name: str, told: Proposal) -> Excerpt:
    """Read a text file as it seems to be written."""
    if not told.header and told.questions:
        return _in_known_words(path, name)
    if not told.header:
        raise BrokenPage("it is empty")
    form = told.format
    with open_packed(path) as file:
        data = file.read(_BYTES)
    text = data.decode(form.encoding, errors="replace")
    if len(data) == _BYTES:  # the last line is cut
        text = text[: text.rfind("\n") + 1]
    lines = text.removeprefix("\ufeff").splitlines()[form.skip_lines :]
    table = [tuple(row) for row in records(lines[: ROWS + 1], form) if row]
    header = tuple(table[0]) if table else ()
    return Excerpt((name,), TEXT, header, tuple(table[1:]), form)


def _in_known_words(path: Path, name: str) -> Excerpt:
    """Read a file in the one encoding in which names of columns are known.

    Its bytes may be Chinese or Western. A header that reads Währung in one of them and
    nothing in the other tells which; where that does not tell, it is left open.
    """
    with open_packed(path) as file:
        data = file.read(_BYTES)
    read = []
    for encoding in _OPEN_ENCODINGS:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.txt"
            text = data.decode(encoding, errors="replace")
            copy.write_text(text, encoding="utf-8", newline="")
            told = propose_format(copy)
            found = _as_text(copy, name, told)
        form = replace(found.format, encoding=encoding)
        known = sum(map(is_known, found.header))
        read.append((known, replace(found, format=form)))
    (least, _), (most, best) = sorted(read, key=lambda each: each[0])
    return replace(best, encodings=_OPEN_ENCODINGS if most == least else ())


def _parquet(path: Path, name: str) -> list[Excerpt]:
    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT * FROM read_parquet($path) LIMIT {ROWS:d}", {"path": str(path)}
        )
        header = tuple(column[0] for column in found.description)
        return [Excerpt((name,), PARQUET, header, tuple(found.fetchall()))]


def _workbook(path: Path, name: str) -> list[Excerpt]:
    return workbook_excerpts(path, name)


def _html(path: Path, name: str) -> list[Excerpt]:
    # Most exports hold no pages.
    from kamlab.data.reading.htmlfile import html_pages

    pages, faults = html_pages(path, name, TableMapping((), {}), "orders")
    if faults:
        raise BrokenPage(faults[0].message)
    page = max(pages, key=lambda each: sum(map(bool, each.header)))
    return [_of_page(page, name, HTML)]


def _of_page(page: Page, name: str, kind: str, table: str = "") -> Excerpt:
    try:
        rows = tuple(tuple(cells) for _, cells in islice(page.rows, ROWS))
    finally:
        page.close()
    titles = page.titles
    return Excerpt((name,), kind, page.header, rows, table=table, titles=titles)


def _database(path: Path, name: str) -> list[Excerpt]:
    kind = kind_of(path)
    tables = list(_tables(path, kind))
    return [
        _of_page(file_page(path, name, kind, Place(table=each)), name, kind, each)
        for each in tables
    ]


def _tables(path: Path, kind: str) -> Iterator[str]:
    """Yield the names of the tables of a database file."""
    if kind == SQLITE:
        uri = f"{path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            sql = (
                "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND "
                "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
            )
            yield from (name for (name,) in connection.execute(sql).fetchall())
        return
    with duckdb.connect(str(path), read_only=True) as connection:
        sql = "SELECT table_name FROM information_schema.tables ORDER BY 1"
        yield from (name for (name,) in connection.execute(sql).fetchall())


_READERS = {
    TEXT: _text,
    PARQUET: _parquet,
    WORKBOOK: _workbook,
    HTML: _html,
    SQLITE: _database,
    DUCKDB: _database,
}

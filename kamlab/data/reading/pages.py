"""Put the rows of a sheet, of a page's table or of a query into the raw table as text.

Glossary
--------
grid
    All rows of a sheet as they stand there, titles and blank rows included.
page
    The rows below its header, each with its number.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

import duckdb
import pyarrow as pa

from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.reading.cells import cell_styles, column_texts
from kamlab.data.reading.footer import above_footer
from kamlab.data.reading.headings import (
    LOOKED_AT,
    Heading,
    Span,
    find_heading,
    titles_above,
)
from kamlab.data.reading.other_names import under_first_names
from kamlab.data.reading.parts import as_table
from kamlab.data.reading.raw import RawTable, SourceFile, content_sql

_BATCH = 20_000
_TOLD_EVERY = 200_000


class BrokenPage(Exception):
    """A page that cannot be read on; its text is the reason that a finding gives."""


@dataclass(frozen=True)
class Grid:
    """All rows of a sheet, all of the same width.

    Parameters
    ----------
    path : Path
        The file.
    name, label : str
        What findings call it, and its own name within the file.
    rows : iterable of sequences
        Cells, row by row.
    merged : tuple of Span
        Cells that were merged.

    Examples
    --------
    >>> Grid(Path("book.xlsx"), "book.xlsx [March]", "March", [["Nr"], [1]]).merged
    ()
    """

    path: Path
    name: str
    label: str
    rows: Iterable[Sequence[object]]
    merged: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Page:
    """The rows below a header, each with the number that a person sees.

    Parameters
    ----------
    path : Path or None
        The file; None where there is none.
    name, label : str
        What findings call it, and its own name within the file.
    header : tuple of str
        Its column names, as the mapping calls them first.
    rows : iterator of (int, sequence)
        Number and cells of each row that is not blank.
    header_row : int
        Number of the header's last line.
    titles : tuple of str
        What stands above it.
    merged : tuple of Span
        Cells below the header that were merged.
    zoned : frozenset of str
        Columns of times that had a time zone and are given in UTC.
    footer : list of str
        Receives the lines of a footer that was left out, when its rows have been read.
    close : callable
        Called when no more rows are wanted.
    written : tuple of str
        Its column names as they are written there, where these are others.

    Examples
    --------
    >>> page = Page(None, "shop", "orders", ("Nr",), iter([(1, [7])]))
    >>> page.header_row
    0
    """

    path: Path | None
    name: str
    label: str
    header: tuple[str, ...]
    rows: Iterator[tuple[int, Sequence[object]]]
    header_row: int = 0
    titles: tuple[str, ...] = ()
    merged: tuple[Span, ...] = ()
    zoned: frozenset[str] = frozenset()
    footer: list[str] = field(default_factory=list, compare=False)
    close: Callable[[], None] = lambda: None
    written: tuple[str, ...] = ()


def page_of(grid: Grid, mapping: TableMapping) -> Page | None:
    """Return the page of a grid, None where there is nothing in it.

    Examples
    --------
    >>> from kamlab.data.mapping.mapping import ColumnSource
    >>> mapping = TableMapping((), {"order_id": ColumnSource(("Nr",))})
    >>> rows = [["Sales", ""], ["Nr", "Net"], ["", ""], [1.0, 9.5]]
    >>> page = page_of(Grid(Path("a.xlsx"), "a.xlsx", "a", rows), mapping)
    >>> page.header, list(page.rows)
    (('Nr', 'Net'), [(4, [1.0, 9.5])])
    """
    rows = iter(grid.rows)
    wanted = max(LOOKED_AT, mapping.format.skip_lines + LOOKED_AT)
    head = list(islice(rows, wanted))
    if all(is_blank(row) for row in head):
        return None
    found = find_heading(head, grid.merged, mapping)
    below = chain(head[found.below :], rows)
    footer: list[str] = []
    every = enumerate(below, found.below + 1)
    numbered = above_footer(every, mapping.format.footer, footer)
    filled = ((number, row) for number, row in numbered if not is_blank(row))
    return Page(
        path=grid.path,
        name=grid.name,
        label=grid.label,
        header=under_first_names(found.names, mapping),
        rows=filled,
        header_row=found.below,
        titles=titles_above(head, found),
        merged=_merged_below(grid.merged, found),
        footer=footer,
        written=found.names,
    )


def is_blank(row: Sequence[object]) -> bool:
    """Whether nothing can be seen in a row.

    Examples
    --------
    >>> is_blank(["", None, " "]), is_blank(["", 0])
    (True, False)
    """
    return all(
        cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row
    )


def _merged_below(merged: Iterable[Span], heading: Heading) -> tuple[Span, ...]:
    return tuple(
        span for span in merged if span.top >= heading.below and span.bottom > span.top
    )


@dataclass
class _Kinds:
    """Which columns of a page hold texts, and which hold times with a time zone."""

    spelt: set[str] = field(default_factory=set)
    zoned: set[str] = field(default_factory=set)

    def look_at(self, name: str, values: Sequence[object]) -> None:
        """Note what the cells of a column are."""
        kinds = set(map(type, values))
        if str in kinds and any(isinstance(v, str) and v.strip() for v in values):
            self.spelt.add(name)
        if datetime in kinds and any(
            isinstance(v, datetime) and v.tzinfo is not None for v in values
        ):
            self.zoned.add(name)


def append_page(
    connection: duckdb.DuckDBPyConnection,
    page: Page,
    raw: RawTable,
    mapping: TableMapping,
    progress: Callable[[str], None],
) -> RawTable:
    """Append the rows of a page to the raw table, and return what is known of it then.

    Columns go by their names; one that the raw table does not have is added to it.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the raw table.
    page : Page
        The rows.
    raw : RawTable
        What was read so far.
    mapping : TableMapping
        How numbers and days are written down.
    progress : callable
        Called now and then with a line that says how far it is.

    Raises
    ------
    BrokenPage
        If its rows cannot be read to the end.
    """
    as_table(connection, raw)
    places, raw = _placed(connection, page, raw)
    styles = cell_styles(mapping, page.header)
    rows, before, kinds = 0, raw.rows, _Kinds()
    for batch in _batches(page.rows):
        numbers, cells = zip(*batch, strict=True)
        texts = {}
        for i, values in enumerate(zip(*cells, strict=True)):
            kinds.look_at(page.header[i], values)
            texts[places[i]] = column_texts(values, styles[i])
        _insert(connection, raw, numbers, texts, before + rows)
        rows += len(numbers)
        if rows % _TOLD_EVERY == 0:
            progress(f"{page.name}: {rows:,} rows so far")
    file = SourceFile(
        page.path,
        page.name,
        rows,
        page.label,
        page.titles,
        page.header_row,
        page.written or page.header,
    )
    spelt = kinds.spelt | (set(raw.header) - raw.measured if raw.files else set())
    return replace(
        raw,
        files=[*raw.files, file],
        measured=frozenset(raw.header) - spelt,
        zoned=raw.zoned | page.zoned | kinds.zoned,
    )


def _batches(
    rows: Iterator[tuple[int, Sequence[object]]],
) -> Iterator[list[tuple[int, Sequence[object]]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _placed(
    connection: duckdb.DuckDBPyConnection, page: Page, raw: RawTable
) -> tuple[list[str], RawTable]:
    """Return the raw table's column for each of the page's, new ones added to it."""
    header, free, places = list(raw.header), list(raw.cells), []
    taken: set[int] = set()
    for name in page.header:
        same = [i for i, each in enumerate(header) if each == name and i not in taken]
        if not same:
            same = [len(header)]
            header.append(name)
            connection.execute(f"ALTER TABLE {raw.name} ADD COLUMN c{same[0]} VARCHAR")
            free.append(f"c{same[0]}")
        taken.add(same[0])
        places.append(free[same[0]])
    measured = raw.measured | (set(header) - set(raw.header))
    return places, replace(raw, header=tuple(header), measured=frozenset(measured))


def _insert(
    connection: duckdb.DuckDBPyConnection,
    raw: RawTable,
    numbers: Sequence[int],
    texts: dict[str, list[str | None]],
    before: int,
) -> None:
    columns = {"row": pa.array(numbers, pa.int64())}
    columns |= {cell: pa.array(each, pa.string()) for cell, each in texts.items()}
    columns["seq"] = pa.array(range(before + 1, before + 1 + len(numbers)), pa.int64())
    cells = ", ".join(texts)
    connection.register("page_batch", pa.table(columns))
    connection.execute(
        f"INSERT INTO {raw.name} (file, row, seq, content, {cells}) SELECT $file, row, "
        f"seq, {content_sql(list(texts))}, {cells} FROM page_batch",
        {"file": len(raw.files)},
    )
    connection.unregister("page_batch")

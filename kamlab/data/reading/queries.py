"""Read a table or a query of a SQLite or DuckDB file, which is opened read-only."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb

from kamlab.data.cleaning.parsing import quoted
from kamlab.data.mapping.mapping import Place
from kamlab.data.reading.filekind import SQLITE
from kamlab.data.reading.pages import BrokenPage, Page
from kamlab.data.reading.parquetfile import ZONED, reason_of
from kamlab.errors import did_you_mean

_BATCH = 5_000

Rows = Iterator[tuple[int, Sequence[object]]]

#: What is read, names and types of its columns, its rows, and how it is closed.
_Opened = tuple[str, list[tuple[str, str]], Rows, Callable[[], None]]


def file_page(path: Path, shown: str, kind: str, place: Place) -> Page:
    """Return a table or a query of a database file.

    Parameters
    ----------
    path : Path
        The file.
    shown : str
        What findings call it.
    kind : {"sqlite", "duckdb"}
        What it is.
    place : Place
        The table or the query; neither where there is only one table.

    Raises
    ------
    BrokenPage
        If it cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "shop.db"
    ...     with duckdb.connect(path) as shop:
    ...         _ = shop.execute("CREATE TABLE orders AS SELECT 7 AS nr")
    ...     page = file_page(path, "shop.db", "duckdb", Place())
    ...     print(page.name, page.header, list(page.rows))
    ...     page.close()
    shop.db [orders] ('nr',) [(1, (7,))]
    """
    read = _sqlite if kind == SQLITE else _duckdb
    try:
        label, columns, rows, close = read(path, place)
    except (sqlite3.Error, duckdb.Error) as error:
        raise BrokenPage(reason_of(error, path, path.name)) from error
    zoned = frozenset(name for name, kind in columns if kind == ZONED)
    name, header = f"{shown} [{label}]", tuple(name for name, _ in columns)
    return Page(path, name, label, header, rows, zoned=zoned, close=close)


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]


def selected(place: Place, tables: Sequence[str]) -> tuple[str, str]:
    """Return what is read of a database, and the SQL that reads it.

    Raises
    ------
    BrokenPage
        If the table is not there, or if it is not said which of several is meant.

    Examples
    --------
    >>> selected(Place(), ["orders"])
    ('orders', 'SELECT * FROM "orders"')
    """
    if place.query:
        return "query", place.query
    if not place.table and len(tables) == 1:
        return tables[0], f"SELECT * FROM {quoted(tables[0])}"
    if place.table in tables:
        return place.table, f"SELECT * FROM {quoted(place.table)}"
    names = ", ".join(tables) or "none"
    if not place.table:
        raise BrokenPage(f"it has {len(tables)} tables ({names}); name one by table:")
    hint = did_you_mean(place.table, tables)
    raise BrokenPage(f"it has no table {place.table!r}: {hint}")


def _sqlite(path: Path, place: Place) -> _Opened:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA query_only = ON")
        found = connection.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name "
            "NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        )
        label, sql = selected(place, [name for (name,) in found])
        cursor = connection.execute(sql)
    except BaseException:
        connection.close()
        raise
    columns = [(column[0], "") for column in cursor.description]
    return label, columns, fetched(cursor.fetchmany, sqlite3.Error), connection.close


def _duckdb(path: Path, place: Place) -> _Opened:
    config = {"enable_external_access": "false", "memory_limit": "500MB"}
    connection = duckdb.connect(str(path), read_only=True, config=config)
    try:
        found = connection.execute(
            "SELECT table_name FROM information_schema.tables ORDER BY 1"
        )
        label, sql = selected(place, [name for (name,) in found.fetchall()])
        connection.execute(f"SELECT * FROM ({sql}) LIMIT 0")
        columns = [(name, str(kind)) for name, kind, *_ in connection.description]
        connection.execute(_in_utc(sql, [kind for _, kind in columns]))
    except BaseException:
        connection.close()
        raise
    rows = fetched(connection.fetchmany, duckdb.Error)
    return label, columns, rows, connection.close


def _in_utc(sql: str, kinds: Sequence[str]) -> str:
    """SQL of the same rows with times that have a time zone as they are in UTC."""
    cells = [
        f"make_timestamp(epoch_us(c{i}))" if kind == ZONED else f"c{i}"
        for i, kind in enumerate(kinds)
    ]
    names = ", ".join(f"c{i}" for i in range(len(kinds)))
    return f"SELECT {', '.join(cells)} FROM ({sql}) AS rows({names})"


def fetched(
    fetch: Callable[[int], Sequence[Sequence[object]]],
    fault: type[Exception],
    reason: Callable[[Exception], str] = _first_line,
) -> Rows:
    """Yield numbered rows batch by batch.

    Parameters
    ----------
    fetch : callable
        Returns the next rows, at most as many as it is told; none at the end.
    fault : type
        What it raises when the database fails.
    reason : callable
        Says why, for the finding.

    Raises
    ------
    BrokenPage
        If the database fails on the way.

    Examples
    --------
    >>> batches = iter([[("A",), ("B",)], []])
    >>> list(fetched(lambda most: next(batches), sqlite3.Error))
    [(1, ('A',)), (2, ('B',))]
    """
    number = 0
    try:
        while batch := fetch(_BATCH):
            for row in batch:
                number += 1
                yield number, row
    except fault as error:
        raise BrokenPage(f"after row {number:,}: {reason(error)}") from error

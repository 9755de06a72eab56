"""Number the rows of files without reading them one after another.

A row's number is its place in the file. To count while reading, one processor would
have to read alone; so each file becomes a table in DuckDB, whose rows keep the file's
order, and a view numbers them by their place. Where typed rows were made while a file
was read, its text is not kept: the view reads the file again, until somebody asks for
much of it. Whoever changes the text makes the view a table before.
"""

from dataclasses import replace

import duckdb

from kamlab.data.reading.raw import FilePart, RawTable, content_sql, stamp_of
from kamlab.errors import DataError


def start_raw(connection: duckdb.DuckDBPyConnection, raw: RawTable) -> None:
    """Make the raw table, which has no rows yet.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Receives it.
    raw : RawTable
        Its name and header.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     start_raw(connection, RawTable("raw_orders", ("Nr",)))
    ...     connection.execute("SELECT count(*) FROM raw_orders").fetchone()
    (0,)
    """
    cells = "".join(f", {cell} VARCHAR" for cell in raw.cells)
    connection.execute(
        f"CREATE TABLE {raw.name} (file INTEGER, row BIGINT, seq BIGINT, "
        f"content UBIGINT{cells})"
    )


def append_part(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, part: FilePart
) -> None:
    """Append the rows of a file to the raw table.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the raw table, and the table of the file's rows.
    raw : RawTable
        What was read so far: nothing, or a view of files, or a table.
    part : FilePart
        The file's rows, which are in the file's order.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     raw = RawTable("raw_orders", ("Nr",))
    ...     start_raw(connection, raw)
    ...     _ = connection.execute("CREATE TABLE june AS SELECT 'A' AS c0")
    ...     append_part(connection, raw, FilePart("june", first_row=2))
    ...     connection.execute("SELECT file, row, seq, c0 FROM raw_orders").fetchall()
    [(0, 2, 1, 'A')]
    """
    if raw.files and not raw.parts:
        connection.execute(f"INSERT INTO {raw.name} {_rows_sql(raw, part)}")
        connection.execute(f"DROP TABLE {part.name}")
        return
    if not raw.parts:
        connection.execute(f"DROP TABLE {raw.name}")
    raw.parts.append(part)
    _see_parts(connection, raw)


def hold_text(connection: duckdb.DuckDBPyConnection, raw: RawTable) -> None:
    """Read the text of files again that was not kept, and keep it.

    Asking for single rows of a file that is not kept reads it to its end each time.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Receives the text.
    raw : RawTable
        Its files.

    Raises
    ------
    DataError
        If a file is not any more what it was when it was read before.

    Examples
    --------
    >>> hold_text(duckdb.connect(), RawTable("raw_orders", ("Nr",)))
    """
    if not any(part.reader for part in raw.parts):
        return
    for position, part in enumerate(raw.parts):
        if part.reader:
            _read_again(connection, raw, part)
            raw.parts[position] = replace(part, reader="")
    _see_parts(connection, raw)


def as_table(connection: duckdb.DuckDBPyConnection, raw: RawTable) -> None:
    """Make the rows a table of their own, if they are a view, so that they can change.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the rows.
    raw : RawTable
        They are its rows.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     raw = RawTable("raw_orders", ("Nr",))
    ...     start_raw(connection, raw)
    ...     _ = connection.execute("CREATE TABLE june AS SELECT 'A' AS c0")
    ...     append_part(connection, raw, FilePart("june", first_row=2))
    ...     as_table(connection, raw)
    ...     connection.execute("UPDATE raw_orders SET c0 = 'B'").fetchone()
    (1,)
    """
    if not raw.parts:
        return
    hold_text(connection, raw)
    connection.execute(f"ALTER VIEW {raw.name} RENAME TO {raw.name}_seen")
    start_raw(connection, raw)
    connection.execute(f"INSERT INTO {raw.name} FROM {raw.name}_seen")
    connection.execute(f"DROP VIEW {raw.name}_seen")
    for part in raw.parts:
        connection.execute(f"DROP TABLE {part.name}")
    raw.parts.clear()


def _see_parts(connection: duckdb.DuckDBPyConnection, raw: RawTable) -> None:
    rows = " UNION ALL ".join(_rows_sql(raw, part) for part in raw.parts)
    connection.execute(f"CREATE OR REPLACE VIEW {raw.name} AS {rows}")


def _rows_sql(raw: RawTable, part: FilePart) -> str:
    """SQL of the numbered rows of a file."""
    place, source = "rowid", part.name
    if part.reader:
        place, source = "row_number() OVER () - 1", part.reader
    cells = ", ".join(raw.cells)
    return (
        f"SELECT CAST({part.file:d} AS INTEGER) AS file, "
        f"place + {part.first_row:d} AS row, place + {part.before + 1:d} AS seq, "
        f"{content_sql(raw.cells)} AS content, {cells} "
        f"FROM (SELECT {place} AS place, {cells} FROM {source})"
    )


def _read_again(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, part: FilePart
) -> None:
    cells = ", ".join(raw.cells)
    sql = f"CREATE TABLE {part.name} AS SELECT {cells} FROM {part.reader}"
    try:
        rows = connection.execute(sql).fetchone()[0]
        is_same = stamp_of(part.path) == part.stamp and rows == part.rows
    except (OSError, duckdb.IOException):
        is_same = False
    if not is_same:
        name = raw.files[part.file].name
        raise DataError(f"{name} was changed while it was imported; import it again")

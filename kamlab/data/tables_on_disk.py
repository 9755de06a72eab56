"""The tables of a portfolio folder, read and checked once however often it is opened.

A notebook opens its portfolio in cell after cell, a report in step after step. While
somebody has it open, the next to open it is given the tables that were read already,
through a connection of its own: closing one ends nothing for the others. Files that
changed meanwhile are read anew, and what nobody has open is let go.
"""

import csv
import os
import tempfile
import threading
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import narwhals as nw

from kamlab.data.contract import Table, table
from kamlab.data.door import check_columns, check_values
from kamlab.data.folder import DESCRIPTION_FILE, Description
from kamlab.data.steady import SteadyFiles, mark_of
from kamlab.errors import DataError

#: DuckDB spills to disk beyond this, so that large books fit small machines.
MEMORY_LIMIT = "400MB"

#: How a portfolio's own CSV is written; nothing in it has to be found out.
_CSV = (
    "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
    "nullstr = '', dateformat = '%Y-%m-%d'"
)
_WIDER = {"DATE": "TIMESTAMP", "BIGINT": "DOUBLE"}


@dataclass(eq=False)
class _Tables:
    """The tables of one version of a folder, for as long as somebody reads them."""

    connection: duckdb.DuckDBPyConnection
    files: SteadyFiles
    names: tuple[str, ...]
    kept: dict[str, object] = field(default_factory=dict)
    readers: int = 0
    closed: bool = False

    def joined(self) -> bool:
        """Count one more who reads; False if the last had just left."""
        self.readers += 1
        return not self.closed

    def left(self) -> None:
        """Count one less; after the last, close the tables and their files."""
        self.readers -= 1
        if self.readers == 0:
            self.closed = True
            self.connection.close()
            self.files.let_go()


#: What is open: by process, for a forked one cannot use its parent's; and by version.
_OPEN: weakref.WeakValueDictionary[tuple[object, ...], _Tables]
_OPEN = weakref.WeakValueDictionary()
#: A finalizer may close a reader while the same thread holds it: it is reentrant.
_LOCK = threading.RLock()


class Reader:
    """One who has a folder's tables open, through a connection of its own.

    Examples
    --------
    >>> from kamlab.data.folder import read_description
    >>> folder = Path("data/demo")
    >>> reader = reader_of(folder, read_description(folder))
    >>> reader.lazy["products"].columns[:2]
    ['product_id', 'product_name']
    >>> reader.close()
    """

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables
        self._closed = False
        self.connection = tables.connection.cursor()
        self.lazy = {
            name: nw.from_native(self.connection.table(_stored(name)))
            for name in tables.names
        }

    @property
    def kept(self) -> dict[str, object]:
        """What was worked out of whole tables, by name, for all who read them."""
        return self._tables.kept

    def close(self) -> None:
        """Close the connection; the last to do so lets the tables go."""
        with _LOCK:
            if not self._closed:
                self._closed = True
                self.connection.close()
                self._tables.left()


def reader_of(folder: Path, description: Description) -> Reader:
    """Read and check a folder's tables, or take those that somebody has open.

    Parameters
    ----------
    folder : Path
        The portfolio's folder.
    description : Description
        What its portfolio.yml says.

    Raises
    ------
    DataError
        If a table's file is missing or damaged.

    Examples
    --------
    >>> from kamlab.data.folder import read_description
    >>> told = read_description(Path("data/demo"))
    >>> first, second = (reader_of(Path("data/demo"), told) for _ in range(2))
    >>> first.close()
    >>> second.lazy["orders"].columns[:2]
    ['order_id', 'line_id']
    >>> second.close()
    """
    version = _version(folder, description)
    with _LOCK:
        tables = _OPEN.get(version)
        if tables is not None and tables.joined():
            return Reader(tables)
    tables = _read(folder, description)
    with _LOCK:
        tables.joined()
        _OPEN[version] = tables
        return Reader(tables)


def _version(folder: Path, description: Description) -> tuple[object, ...]:
    """Return what tells this folder's files from all others, and from later ones."""
    files = (DESCRIPTION_FILE, *description.tables.values())
    return os.getpid(), folder.resolve(), *(mark_of(folder / file) for file in files)


def _read(folder: Path, description: Description) -> _Tables:
    """Read all tables with the contract's types, and check them."""
    connection, files = duckdb.connect(config=_settings()), SteadyFiles()
    try:
        for name, file in description.tables.items():
            _read_table(connection, table(name), folder / file, files)
    except BaseException:
        connection.close()
        files.let_go()
        raise
    return _Tables(connection, files, tuple(description.tables))


def _settings() -> dict[str, str]:
    """Return DuckDB's settings for books that may outgrow memory."""
    spill = Path(tempfile.gettempdir()) / f"kamlab-duckdb-{os.getpid()}"
    return {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(spill),  # else .tmp in the reader's own folder
        # Without insertion order large groups need far less memory.
        "preserve_insertion_order": "false",
    }


def _read_table(
    connection: duckdb.DuckDBPyConnection,
    declared: Table,
    path: Path,
    files: SteadyFiles,
) -> None:
    """Put one table's file into the database, or say why it cannot be used."""
    if not path.is_file():
        raise DataError(
            f"table {declared.name!r}: its file {path.name!r} is missing from "
            f"{str(path.parent)!r}. Put it back, or import the data again"
        )
    put = _put_parquet if path.suffix == ".parquet" else _put_csv
    try:
        put(connection, declared, path, files)
        relation = connection.table(_stored(declared.name))
    except (duckdb.Error, UnicodeDecodeError, csv.Error) as error:
        told = str(error).strip().splitlines()[0]
        raise DataError(
            f"table {declared.name!r}: {path.name!r} cannot be read ({told}). "
            "Restore the file, or import the data again"
        ) from error
    check_values(nw.from_native(relation), declared, relation.columns, path.name)


def _put_parquet(
    connection: duckdb.DuckDBPyConnection,
    declared: Table,
    path: Path,
    files: SteadyFiles,
) -> None:
    """Look at a Parquet file through a view: it is read at each query."""
    held = str(files.hold(path))
    found = connection.read_parquet(held).columns
    check_columns(declared, found, path.name)
    quoted = held.replace("'", "''")  # a view takes no parameters
    connection.execute(
        f"CREATE VIEW {_stored(declared.name)} AS "
        f"SELECT {_in_form(declared, found)} FROM read_parquet('{quoted}')"
    )


def _put_csv(
    connection: duckdb.DuckDBPyConnection, declared: Table, path: Path, _: SteadyFiles
) -> None:
    """Read a CSV file into memory: it is parsed once, not at each query."""
    with open(path, encoding="utf-8", newline="") as file:
        header = next(csv.reader(file), [])
    check_columns(declared, header, path.name)
    types = ", ".join(f"'{each}': '{_type(declared, each)}'" for each in header)
    connection.execute(
        f"CREATE TABLE {_stored(declared.name)} AS "
        f"SELECT {_in_form(declared, header)} "
        f"FROM read_csv($path, columns = {{{types}}}, {_CSV})",
        {"path": str(path)},
    )


def _stored(name: str) -> str:
    """Return the name of a table in the database, where no word is reserved."""
    return f"table_{name}"


def _type(declared: Table, name: str) -> str:
    return declared.column(name).sql_type


def _in_form(declared: Table, names: Sequence[str]) -> str:
    """SQL of columns in the types on which all views rely, as `admitted` gives them."""
    columns = []
    for name in names:
        kind = _type(declared, name)
        wider = _WIDER.get(kind, kind)
        columns.append(f'CAST(CAST("{name}" AS {kind}) AS {wider}) AS "{name}"')
    return ", ".join(columns)

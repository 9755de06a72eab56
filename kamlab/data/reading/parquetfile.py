"""Open Parquet files, and turn what is typed in them into text that says the same."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.reading.textfile import repeated_name

_EXACT = "9007199254740992"

#: DuckDB's name of times that have a time zone.
ZONED = "TIMESTAMP WITH TIME ZONE"


@dataclass(frozen=True)
class ParquetFile:
    """A Parquet file: the names of its columns and their types in DuckDB.

    Examples
    --------
    >>> file = ParquetFile({"Id": "VARCHAR", "Day": "TIMESTAMP WITH TIME ZONE"})
    >>> file.typed, file.zoned
    (frozenset({'Day'}), frozenset({'Day'}))
    """

    types: dict[str, str] = field(default_factory=dict)

    @property
    def typed(self) -> frozenset[str]:
        """Columns that are not text.

        Examples
        --------
        >>> ParquetFile({"Id": "BIGINT"}).typed
        frozenset({'Id'})
        """
        return frozenset(name for name, kind in self.types.items() if kind != "VARCHAR")

    @property
    def zoned(self) -> frozenset[str]:
        """Columns of times that have a time zone.

        Examples
        --------
        >>> ParquetFile({"Day": "TIMESTAMP"}).zoned
        frozenset()
        """
        return frozenset(name for name, kind in self.types.items() if kind == ZONED)

    @property
    def cells(self) -> str:
        """SQL of the columns as the texts c0, c1, ….

        Examples
        --------
        >>> ParquetFile({"Id": "BIGINT"}).cells
        'CAST("Id" AS VARCHAR) AS c0'
        """
        return ", ".join(
            f"{_text_sql(name, kind)} AS c{i}"
            for i, (name, kind) in enumerate(self.types.items())
        )


def inspect_parquet(
    connection: duckdb.DuckDBPyConnection, path: Path, shown: str, table: str
) -> tuple[ParquetFile | None, list[Finding]]:
    """Return the columns of a Parquet file, or the finding that keeps it from reading.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Reads the file.
    path : Path
        The file.
    shown, table : str
        What findings call it, and its table.
    """
    try:
        connection.execute("SELECT * FROM read_parquet($1) LIMIT 0", [str(path)])
    except duckdb.Error as error:
        return None, [unreadable(shown, table, reason_of(error, path, shown))]
    columns = connection.description
    names = tuple(column[0] for column in columns)
    if repeated := repeated_name(names, shown, table):
        return None, [repeated]
    return ParquetFile({name: str(kind) for name, kind, *_ in columns}), []


def _text_sql(name: str, kind: str) -> str:
    """SQL of a value as text: 10023.0 is 10023, and a time is what it is in UTC."""
    cell = '"' + name.replace('"', '""') + '"'
    if kind in ("FLOAT", "DOUBLE"):
        is_whole = f"{cell} = trunc({cell}) AND abs({cell}) < {_EXACT}"
        whole = f"CAST(CAST(if({is_whole}, {cell}, NULL) AS BIGINT) AS VARCHAR)"
        return f"coalesce({whole}, CAST({cell} AS VARCHAR))"
    if kind == ZONED:
        return f"CAST(make_timestamp(epoch_us({cell})) AS VARCHAR)"
    return f"CAST({cell} AS VARCHAR)"


def reason_of(error: Exception, path: Path, shown: str) -> str:
    """Return what DuckDB says about a file, without the name of its exception.

    Examples
    --------
    >>> error = duckdb.Error("Invalid Input Error: no magic in '/tmp/a.parquet'")
    >>> reason_of(error, Path("/tmp/a.parquet"), "a.parquet")
    "no magic in 'a.parquet'"
    """
    told = str(error).splitlines()[0].replace(str(path), shown)
    return re.sub("^[A-Z][A-Za-z ]*(Error|Exception): ", "", told)


def unreadable(shown: str, table: str, reason: str) -> Finding:
    """Return the finding for a file that cannot be read.

    Examples
    --------
    >>> print(unreadable("june.csv", "orders", "it is a folder").message)
    june.csv: cannot be read: it is a folder
    """
    place = [Sample(shown, None, "")]
    return make_finding("unreadable_file", table, samples=place, reason=reason)

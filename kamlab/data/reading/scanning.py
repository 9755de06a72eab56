"""Let DuckDB read a text or Parquet file into the raw table, and say what did not fit.

Nothing is converted here. A row that does not fit the header is a finding, never a
row with something missing.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.folder import sha256_of
from kamlab.data.mapping.mapping import Format
from kamlab.data.reading.bytes_seen import BytesSeen
from kamlab.data.reading.parquetfile import (
    ParquetFile,
    inspect_parquet,
    reason_of,
    unreadable,
)
from kamlab.data.reading.parts import append_part, as_table
from kamlab.data.reading.raw import FilePart, RawTable, SourceFile, stamp_of
from kamlab.data.reading.textfile import inspect_text
from kamlab.data.reading.textlines import first_rows
from kamlab.data.reading.typing_rows import CellTypes, Typed

#: The fault that DuckDB's reader names, and the rule it breaks here.
_FAULTS = {
    "TOO MANY COLUMNS": "ragged_row",
    "MISSING COLUMNS": "ragged_row",
    "UNQUOTED VALUE": "unclosed_quote",
    "LINE SIZE OVER MAXIMUM": "line_too_long",
}
_MOST_FAULTS_KEPT = 10_000


@dataclass(frozen=True)
class Scan:
    """A file whose header is known: how DuckDB reads it, and what it is called.

    Parameters
    ----------
    original, path : Path
        The file, and where it is read: itself, or a copy in plain UTF-8.
    name : str
        What findings call it.
    header : tuple of str
        Its column names.
    parquet : ParquetFile, optional
        Its types, where it has any.
    blank : tuple of int
        Rows that are passed over.
    seen : BytesSeen, optional
        What the bytes of a text file prove about its cells.
    sha256 : str
        Of a text file.

    Examples
    --------
    >>> june = Path("june.csv")
    >>> Scan(june, june, "june.csv", ("Nr", "Netto")).typed
    frozenset()
    """

    original: Path
    path: Path
    name: str
    header: tuple[str, ...]
    parquet: ParquetFile | None = None
    blank: tuple[int, ...] = ()
    seen: BytesSeen | None = None
    sha256: str = ""

    @property
    def typed(self) -> frozenset[str]:
        """Columns that are not text.

        Examples
        --------
        >>> file = ParquetFile({"Id": "BIGINT"})
        >>> Scan(Path("a"), Path("a"), "a", ("Id",), file).typed
        frozenset({'Id'})
        """
        return self.parquet.typed if self.parquet else frozenset()


def open_parquet(
    connection: duckdb.DuckDBPyConnection, path: Path, name: str, table: str
) -> tuple[Scan | None, list[Finding]]:
    """Return a Parquet file ready for reading, or what keeps it from that.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Reads it.
    path : Path
        The file.
    name, table : str
        What findings call it, and its table.
    """
    parquet, faults = inspect_parquet(connection, path, name, table)
    if parquet is None:
        return None, faults
    return Scan(path, path, name, tuple(parquet.types), parquet), []


def open_text(
    path: Path, name: str, form: Format, table: str, work: Path
) -> tuple[Scan | None, list[Finding]]:
    """Return a text file ready for reading, or what keeps it from that.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        What findings call it.
    form : Format
        How it is written.
    table : str
        The contract's table.
    work : Path
        A folder for a copy, where one is needed.
    """
    # One processor looks at the text while another works out the sum.
    with ThreadPoolExecutor(max_workers=1) as beside:
        summed = beside.submit(sha256_of, path)
        text, faults = inspect_text(path, name, form, table, work)
    if text is None:
        return None, faults
    scan = Scan(path, text.path, name, text.header, None, text.blank, text.seen)
    return replace(scan, sha256=summed.result()), faults


def scan_file(
    connection: duckdb.DuckDBPyConnection,
    opened: Scan,
    raw: RawTable,
    form: Format,
    table: str,
    typed: Typed | None = None,
) -> list[Finding]:
    """Append one file's rows to the raw table; return the rows that did not fit.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the raw table.
    opened : Scan
        The file.
    raw : RawTable
        What was read so far.
    form : Format
        How it is written.
    table : str
        The contract's table.
    typed : Typed, optional
        How rows are typed; then typed rows are made, and the text is not kept.
    """
    number = len(raw.files)
    first = 1 if opened.parquet else 2 + form.skip_lines
    part = FilePart(f"{raw.name}_{number:d}", first, number, raw.rows)
    _forget_rejected(connection)
    try:
        if typed is None:
            part = _keep_text(connection, opened, raw, form, part)
        else:
            part = _keep_typed(connection, opened, raw, form, part, typed)
    except (duckdb.Error, OSError) as error:
        reason = reason_of(error, opened.path, opened.name)
        return [unreadable(opened.name, table, reason)]
    append_part(connection, raw, part)
    told = SourceFile(opened.original, opened.name, part.rows, sha256=opened.sha256)
    raw.files.append(told)
    if opened.parquet or part.is_whole:
        return []
    if opened.blank:
        _count_blank(connection, opened, raw, number, form)
    return _rejected(connection, opened, form, table)


def _keep_text(
    connection: duckdb.DuckDBPyConnection,
    opened: Scan,
    raw: RawTable,
    form: Format,
    part: FilePart,
) -> FilePart:
    """Make a table of a file's cells, and return how many rows it has."""
    reader, values = _reader(opened, form)
    sql = f"CREATE TABLE {part.name} AS SELECT {', '.join(raw.cells)} FROM {reader}"
    return replace(part, rows=connection.execute(sql, values).fetchone()[0])


def _keep_typed(
    connection: duckdb.DuckDBPyConnection,
    opened: Scan,
    raw: RawTable,
    form: Format,
    part: FilePart,
    typed: Typed,
) -> FilePart:
    """Make a table of a file's typed rows, and return how its text is read again."""
    reader = _spelt_out(*_reader(opened, form))
    name, stamp = f"{part.name}_typed", stamp_of(opened.path)
    part = replace(part, typed=name, reader=reader, path=opened.path, stamp=stamp)
    read = _read_natively(connection, opened, raw, form, part, typed)
    if read is not None:
        return read
    typing = typed.by_text(raw)
    sql = f"CREATE TABLE {name} AS {typing.over(reader)}"
    rows = connection.execute(sql, typing.values).fetchone()[0]
    return replace(part, constants=typing.constants, rows=rows)


def _read_natively(
    connection: duckdb.DuckDBPyConnection,
    opened: Scan,
    raw: RawTable,
    form: Format,
    part: FilePart,
    typed: Typed,
) -> FilePart | None:
    """Make typed rows of cells that the reader types; None where that proves nothing.

    Nothing is lost then: whatever is wrong with the file, reading its text tells.
    """
    if opened.seen is None or not opened.seen.are_strict:
        return None
    typing = typed.by_reader(raw, opened.seen, first_rows(opened.path, form))
    if typing is None:
        return None
    reader = _spelt_out(*_reader(opened, form, typing.cells))
    sql = f"CREATE TABLE {part.typed} AS {typing.over(reader)}"
    try:
        rows = connection.execute(sql, typing.values).fetchone()[0]
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return None
    if rows != opened.seen.rows:  # a cell holds the end of a line
        connection.execute(f"DROP TABLE {part.typed}")
        return None
    return replace(part, constants=typing.constants, rows=rows, is_whole=True)


def _spelt_out(sql: str, values: dict[str, object]) -> str:
    """SQL with its values in place of their names, as a view needs it."""
    texts = {k: "'" + str(v).replace("'", "''") + "'" for k, v in values.items()}
    return re.sub(r"\$(\w+)", lambda name: texts[name[1]], sql)


def _count_blank(
    connection: duckdb.DuckDBPyConnection,
    opened: Scan,
    raw: RawTable,
    number: int,
    form: Format,
) -> None:
    """Let the numbers of a file's rows count the blank lines that were passed over."""
    as_table(connection, raw)
    shifts = range(1, len(opened.blank) + 1)
    # The i-th blank line moves the rows below it by i, counted without the others.
    starts = [
        blank + form.skip_lines - shift
        for blank, shift in zip(opened.blank, shifts, strict=True)
    ]
    connection.execute(
        f"UPDATE {raw.name} SET row = row + shift FROM (SELECT seq, shift FROM "
        f"{raw.name} ASOF JOIN (SELECT start, max(shift) AS shift FROM (SELECT "
        "unnest($starts) AS start, unnest($shifts) AS shift) GROUP BY 1) AS moved "
        f"ON {raw.name}.row > moved.start WHERE file = $file) AS moved "
        f"WHERE {raw.name}.seq = moved.seq",
        {"starts": starts, "shifts": list(shifts), "file": number},
    )


def _reader(
    opened: Scan, form: Format, cells: CellTypes | None = None
) -> tuple[str, dict[str, object]]:
    """Return the SQL that reads a file as columns c0, c1, …, and its values.

    They are texts, and rows that do not fit are kept apart; where the types of `cells`
    are told, the first row that does not fit ends the reading.
    """
    if opened.parquet:
        sql = f"(SELECT {opened.parquet.cells} FROM read_parquet($path))"
        return sql, {"path": str(opened.path)}
    told = cells or CellTypes()
    names = [f"c{i}" for i in range(len(opened.header))]
    columns = ", ".join(f"'{name}': '{told.of(name)}'" for name in names)
    faults = f"store_rejects=true, rejects_limit={_MOST_FAULTS_KEPT}"
    if cells:
        faults = "decimal_separator=$decimal, dateformat=$days"
    sql = (
        "read_csv($path, delim=$delimiter, quote=$quote, escape=$quote, header=true, "
        f"auto_detect=false, columns={{{columns}}}, strict_mode=true, "
        f"null_padding=false, {faults})"
    )
    values = {
        "path": str(opened.path),
        "delimiter": form.delimiter,
        "quote": form.quote,
    }
    typed = {"decimal": told.decimal, "days": told.days} if cells else {}
    return sql, values | typed


def _forget_rejected(connection: duckdb.DuckDBPyConnection) -> None:
    """DuckDB keeps the faults of all files in one place; each is asked by itself."""
    for name in ("reject_errors", "reject_scans"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")


def _rejected(
    connection: duckdb.DuckDBPyConnection, opened: Scan, form: Format, table: str
) -> list[Finding]:
    """Return a finding for each kind of structure fault in the file just read."""
    rejects = connection.execute(
        "SELECT line, any_value(error_type)::VARCHAR, any_value(csv_line[:80]), "
        "any_value(length(csv_line) > 80) FROM reject_errors GROUP BY line ORDER BY 1"
    ).fetchall()
    places: dict[str, list[Sample]] = {}
    for line, kind, text, is_cut in rejects:
        value = text[:79] + "…" if is_cut else text.strip("\r\n")
        rule = _FAULTS.get(kind, "ragged_row")
        places.setdefault(rule, []).append(
            Sample(opened.name, line + form.skip_lines, value)
        )
    return [
        make_finding(rule, table, rows=len(samples), samples=samples)
        for rule, samples in places.items()
    ]

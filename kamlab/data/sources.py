"""Read the files of an export as text, each row with its file and row number.

Nothing is converted here. A row that does not fit the header is a finding, never a
row with something missing.
"""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from kamlab.data.export_files import find_files
from kamlab.data.headers import missing_columns, nameless_columns
from kamlab.data.mapping import Format, TableMapping
from kamlab.data.parquetfile import (
    ParquetFile,
    inspect_parquet,
    reason_of,
    unreadable,
)
from kamlab.data.quality import Finding, Sample, make_finding
from kamlab.data.textfile import inspect_text

#: The fault that DuckDB's reader names, and the rule it breaks here.
_FAULTS = {
    "TOO MANY COLUMNS": "ragged_row",
    "MISSING COLUMNS": "ragged_row",
    "UNQUOTED VALUE": "unclosed_quote",
    "LINE SIZE OVER MAXIMUM": "line_too_long",
}
_MOST_FAULTS_KEPT = 10_000


@dataclass(frozen=True)
class SourceFile:
    """One file of the export: where it is, what findings call it, its rows.

    Examples
    --------
    >>> SourceFile(Path("export/june.csv"), "june.csv", 1_204).rows
    1204
    """

    path: Path
    name: str
    rows: int


@dataclass(frozen=True)
class RawTable:
    """The rows of a table as text in DuckDB, in the table `name`.

    Parameters
    ----------
    name : str
        Of the DuckDB table; its columns are file, row, seq, copy_of and c0, c1, ….
    header : tuple of str
        The export's column names; the i-th is the column ``c{i}``.
    typed : frozenset of str
        Columns that came typed from Parquet: their numbers have a decimal point and
        their days are ISO, whatever the mapping declares for text.
    zoned : frozenset of str
        Columns of times that came with a time zone; they are read in UTC.
    files : list of SourceFile
        In the order read.

    Examples
    --------
    >>> RawTable("raw_orders", ("Nr", "Betrag")).files
    []
    """

    name: str
    header: tuple[str, ...]
    typed: frozenset[str] = frozenset()
    zoned: frozenset[str] = frozenset()
    files: list[SourceFile] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows of all files together.

        Examples
        --------
        >>> june = SourceFile(Path("june.csv"), "june.csv", 1_204)
        >>> RawTable("raw_orders", ("Nr",), files=[june, june]).rows
        2408
        """
        return sum(file.rows for file in self.files)

    def reference(self, column: str) -> str:
        """Return the SQL name of a column of the export.

        Examples
        --------
        >>> RawTable("raw_orders", ("Nr", "Betrag")).reference("Betrag")
        'c1'
        """
        return f"c{self.header.index(column)}"


def read_table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    mapping: TableMapping,
    source: Path,
    work: Path,
) -> tuple[RawTable | None, list[Finding]]:
    """Read all files of a table as text; None when one of them cannot be read.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Where the text goes.
    table : str
        The contract's table.
    mapping : TableMapping
        Its files, how they are written, and which columns are needed.
    source, work : Path
        The export, and a folder for copies.

    Returns
    -------
    RawTable or None, and list of Finding

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name, duckdb.connect() as connection:
    ...     folder = Path(name)
    ...     _ = (folder / "june.csv").write_text("Nr,Betrag\\n1,9.50\\n2\\n")
    ...     mapping = TableMapping(("june.csv",), {})
    ...     raw, found = read_table(connection, "orders", mapping, folder, folder)
    >>> raw.rows, found[0].rule, found[0].samples[0].row
    (1, 'ragged_row', 3)
    """
    findings: list[Finding] = []
    raw: RawTable | None = None
    for number, path in enumerate(find_files(source, mapping.files, table)):
        name = path.name if source.is_file() else path.relative_to(source).as_posix()
        opened, faults = _open_file(connection, path, name, mapping.format, table, work)
        findings += faults
        if opened is None:
            continue
        if raw is None:
            raw = _new_raw_table(connection, table, opened)
        elif (opened.header, opened.typed) != (raw.header, raw.typed):
            findings.append(_header_differs(opened, raw, table))
            continue
        findings += _read_file(connection, opened, raw, number, mapping.format, table)
    if raw is None:
        return None, findings
    findings += missing_columns(raw.header, _shown(raw, table), mapping, table)
    return raw, findings + _remarks(connection, raw, mapping, table, bool(findings))


def _shown(raw: RawTable, table: str) -> str:
    return raw.files[0].name if raw.files else table


def _remarks(
    connection: duckdb.DuckDBPyConnection,
    raw: RawTable,
    mapping: TableMapping,
    table: str,
    is_broken: bool,
) -> list[Finding]:
    """Tell of files without rows, columns without a name, times with a time zone."""
    empty = [Sample(file.name, None, "") for file in raw.files if not file.rows]
    if not raw.rows:
        told = make_finding("header_only", table, rows=0, samples=empty)
        return [] if is_broken else [told]
    findings = [
        make_finding("file_without_rows", table, rows=0, samples=[place])
        for place in empty
    ]
    findings += nameless_columns(connection, raw, table)
    asked = {name for source in mapping.columns.values() for name in source.asked}
    for name in sorted(raw.zoned & asked):
        place = [Sample(raw.files[0].name, None, name)]
        findings.append(make_finding("time_zone_dropped", table, name, 0, place))
    return findings


@dataclass(frozen=True)
class _Opened:
    """A file whose header is known: how DuckDB reads it, and what it is called."""

    original: Path
    path: Path
    name: str
    header: tuple[str, ...]
    parquet: ParquetFile | None = None
    blank: tuple[int, ...] = ()

    @property
    def typed(self) -> frozenset[str]:
        return self.parquet.typed if self.parquet else frozenset()


def _open_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    name: str,
    form: Format,
    table: str,
    work: Path,
) -> tuple[_Opened | None, list[Finding]]:
    if path.is_dir():
        return None, [unreadable(name, table, "it is a folder")]
    if path.suffix.lower() in (".parquet", ".pq"):
        parquet, faults = inspect_parquet(connection, path, name, table)
        if parquet is None:
            return None, faults
        return _Opened(path, path, name, tuple(parquet.types), parquet), []
    text, faults = inspect_text(path, name, form, table, work)
    if text is None:
        return None, faults
    return _Opened(path, text.path, name, text.header, None, text.blank), []


def _header_differs(opened: _Opened, raw: RawTable, table: str) -> Finding:
    """Say which columns one header has and the other lacks."""
    extra = [f"+{name}" for name in opened.header if name not in raw.header]
    lacks = [f"-{name}" for name in raw.header if name not in opened.header]
    found = [Sample(opened.name, 1, ", ".join(opened.header))]
    return make_finding(
        "header_differs",
        table,
        samples=found,
        first=raw.files[0].name if raw.files else "the first file",
        difference=", ".join(extra + lacks) or "another order, or other types",
    )


def _new_raw_table(
    connection: duckdb.DuckDBPyConnection, table: str, opened: _Opened
) -> RawTable:
    name = f"raw_{table}"
    columns = "".join(f", c{i} VARCHAR" for i in range(len(opened.header)))
    connection.execute(
        f"CREATE TABLE {name} (file INTEGER, row BIGINT, seq BIGINT, "
        f"content UHUGEINT{columns})"
    )
    zoned = opened.parquet.zoned if opened.parquet else frozenset()
    return RawTable(name, opened.header, opened.typed, zoned)


def _read_file(
    connection: duckdb.DuckDBPyConnection,
    opened: _Opened,
    raw: RawTable,
    number: int,
    form: Format,
    table: str,
) -> list[Finding]:
    """Append one file's rows to the raw table; return the rows that did not fit."""
    first_row, before = (0 if opened.parquet else 1 + form.skip_lines), raw.rows
    reader, values = _reader(opened, form)
    whole_row = ", ".join(f"coalesce(c{i}, chr(30))" for i in range(len(opened.header)))
    cells = "".join(f", c{i}" for i in range(len(opened.header)))
    values |= {"file": number, "first_row": first_row, "before": before}
    _forget_rejected(connection)
    try:
        connection.execute(
            f"INSERT INTO {raw.name} SELECT $file, position + $first_row, "
            f"position + $before, md5_number(concat_ws(chr(31), {whole_row})){cells} "
            f"FROM (SELECT row_number() OVER () AS position{cells} FROM {reader})",
            values,
        )
        rows = connection.fetchone()[0]
    except duckdb.Error as error:
        reason = reason_of(error, opened.path, opened.name)
        return [unreadable(opened.name, table, reason)]
    raw.files.append(SourceFile(opened.original, opened.name, rows))
    if opened.parquet:
        return []
    if opened.blank:
        _count_blank(connection, opened, raw, number, form)
    return _rejected(connection, opened, form, table)


def _count_blank(
    connection: duckdb.DuckDBPyConnection,
    opened: _Opened,
    raw: RawTable,
    number: int,
    form: Format,
) -> None:
    """Let the numbers of a file's rows count the blank lines that were passed over."""
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


def _reader(opened: _Opened, form: Format) -> tuple[str, dict[str, object]]:
    """Return the SQL that reads a file as text columns c0, c1, …, and its values."""
    if opened.parquet:
        sql = f"(SELECT {opened.parquet.cells} FROM read_parquet($path))"
        return sql, {"path": str(opened.path)}
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(opened.header)))
    sql = (
        "read_csv($path, delim=$delimiter, quote=$quote, escape=$quote, header=true, "
        f"auto_detect=false, columns={{{columns}}}, strict_mode=true, "
        "null_padding=false, store_rejects=true, "
        f"rejects_limit={_MOST_FAULTS_KEPT})"
    )
    values = {
        "path": str(opened.path),
        "delimiter": form.delimiter,
        "quote": form.quote,
    }
    return sql, values


def _forget_rejected(connection: duckdb.DuckDBPyConnection) -> None:
    """DuckDB keeps the faults of all files in one place; each is asked by itself."""
    for name in ("reject_errors", "reject_scans"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")


def _rejected(
    connection: duckdb.DuckDBPyConnection, opened: _Opened, form: Format, table: str
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

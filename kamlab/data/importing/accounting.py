"""Account for every row of an export: read, dropped by which rule, added, written."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from kamlab import __version__
from kamlab.data.cleaning.cleaning import CleanTable, dropped_rows
from kamlab.data.controls.totals import ControlOutcome
from kamlab.data.findings.quality import Finding
from kamlab.data.folder import sha256_of
from kamlab.data.reading.raw import SourceFile
from kamlab.errors import DataError

if TYPE_CHECKING:
    from kamlab.data.findings.comparison import Comparison
    from kamlab.data.updates.updating import Update

LOG_FILE = "import_log.json"
FINDINGS_FILE = "findings.json"
WORKBOOK_FILE = "findings.xlsx"


@dataclass(frozen=True)
class DroppedRows:
    """What one rule took: rows, and the sum of their absolute net amounts.

    Examples
    --------
    >>> DroppedRows("no customer", 3, 12.5).rows
    3
    """

    rule: str
    rows: int
    money: float | None


@dataclass(frozen=True)
class FileCount:
    """Rows of one source: read, dropped by rule, kept, and what the kept rows hold.

    A database that is no file has neither hash nor bytes. `columns` are the names in
    its header, of which the mapping may use a few.

    Examples
    --------
    >>> file = FileCount("june.csv", "e3b0…", 98, 5, {"no customer": 3}, 2)
    >>> file.rows_in == file.rows_out + sum(file.dropped.values())
    True
    """

    name: str
    sha256: str
    bytes: int
    rows_in: int
    dropped: dict[str, int]
    rows_out: int
    net_amount: float | None = None
    first_day: str | None = None
    last_day: str | None = None
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TableCount:
    """Rows of one table: of each file, dropped by rule, added, and written.

    `added` rows come from no file: accounts that only the order lines know. Net
    amount, days and number of accounts are those of the kept rows; None where the
    table has none. `heads` are files of which columns were put beside the rows.

    Examples
    --------
    >>> count = TableCount("accounts", [], [], 2, rows_out=2, added=1, written=3)
    >>> count.written == count.rows_out + count.added
    True
    """

    table: str
    files: list[FileCount]
    dropped: list[DroppedRows]
    rows_in: int
    rows_out: int
    added: int = 0
    written: int = 0
    net_amount: float | None = None
    first_day: str | None = None
    last_day: str | None = None
    accounts: int | None = None
    heads: list[FileCount] = field(default_factory=list)


@dataclass(frozen=True)
class ImportResult:
    """What an import did: where the portfolio is, its rows, what was found.

    Parameters
    ----------
    out : Path
        The portfolio folder; it is not there when the import was blocked.
    tables : list of TableCount
        The rows of every table.
    findings : list of Finding
        Worst first.
    blocked : bool
        Whether a finding kept the portfolio from being written.
    findings_file : Path
        Where the findings stand as JSON: in the portfolio folder, or, when blocked,
        next to it as ``<out>.findings.json``.
    controls : list of ControlOutcome
        Totals of the books beside what was imported.
    update : Update, optional
        What became of the portfolio's rows, where it was updated.
    since : Comparison, optional
        What changed since the import before.

    Examples
    --------
    >>> file = Path("mine.findings.json")
    >>> ImportResult(Path("mine"), [], [], True, file).exit_code
    1
    """

    out: Path
    tables: list[TableCount]
    findings: list[Finding]
    blocked: bool
    findings_file: Path
    controls: list[ControlOutcome] = field(default_factory=list)
    update: "Update | None" = None
    since: "Comparison | None" = None

    @property
    def workbook(self) -> Path:
        """Where the findings stand with all their rows, to be mailed.

        Examples
        --------
        >>> file = Path("mine.findings.json")
        >>> ImportResult(Path("mine"), [], [], True, file).workbook.name
        'mine.findings.xlsx'
        """
        return self.findings_file.with_suffix(".xlsx")

    @property
    def rows_in(self) -> int:
        """Rows read from all files.

        Examples
        --------
        >>> counts = [TableCount("orders", [], [], rows_in=3, rows_out=2)]
        >>> ImportResult(Path("mine"), counts, [], False, Path("f")).rows_in
        3
        """
        return sum(count.rows_in for count in self.tables)

    @property
    def rows_out(self) -> int:
        """Rows of the files that were kept; rows that were added do not count.

        Examples
        --------
        >>> counts = [TableCount("orders", [], [], rows_in=3, rows_out=2, added=9)]
        >>> ImportResult(Path("mine"), counts, [], False, Path("f")).rows_out
        2
        """
        return sum(count.rows_out for count in self.tables)

    @property
    def dropped(self) -> dict[str, int]:
        """Rows that each rule took, over all tables.

        Examples
        --------
        >>> gone = [DroppedRows("blank", 3, None)]
        >>> counts = [TableCount(name, [], gone, 3, 0) for name in ("orders", "events")]
        >>> ImportResult(Path("mine"), counts, [], False, Path("f")).dropped
        {'blank': 6}
        """
        total: Counter[str] = Counter()
        for count in self.tables:
            for each in count.dropped:
                total[each.rule] += each.rows
        return dict(total)

    @property
    def exit_code(self) -> int:
        """What the command line returns: 1 where findings block, else 0.

        Examples
        --------
        >>> ImportResult(Path("mine"), [], [], False, Path("f")).exit_code
        0
        """
        return 1 if self.blocked else 0


def count_table(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> TableCount:
    """Count a table's rows by file and rule, from the rows that were read.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the typed rows.
    cleaned : CleanTable
        The typed rows.
    """
    counted = connection.execute(
        f"SELECT file, dropped, count(*) FROM {cleaned.name} GROUP BY ALL"
    ).fetchall()
    held = _held(connection, cleaned, "GROUP BY file")
    files = []
    for number, file in enumerate(cleaned.raw.files):
        rows = {rule: n for which, rule, n in counted if which == number}
        told = _count_file(file, rows, cleaned.rules)
        files.append(replace(told, **held.get(number, {})))
    everything = _held(connection, cleaned).get(None, {})
    return TableCount(
        table=cleaned.declared.name,
        files=files,
        dropped=[DroppedRows(*each) for each in dropped_rows(connection, cleaned)],
        rows_in=cleaned.raw.rows,
        rows_out=sum(file.rows_out for file in files),
        accounts=_accounts(connection, cleaned),
        heads=[_count_file(file, {None: file.rows}, []) for file in cleaned.raw.heads],
        **everything,
    )


def _held(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, by: str = ""
) -> dict[int | None, dict[str, object]]:
    """Return net amount, first and last day of the kept rows, by file or of all."""
    if not {"net_amount", "order_date"} <= set(cleaned.columns):
        return {}
    found = connection.execute(
        f"SELECT {'file' if by else 'NULL'}, sum(net_amount) FILTER (WHERE "
        "isfinite(net_amount)), CAST(min(order_date) AS VARCHAR), "
        f"CAST(max(order_date) AS VARCHAR) FROM {cleaned.name} "
        f"WHERE dropped IS NULL {by}"
    ).fetchall()
    return {
        file: {
            "net_amount": None if net is None else round(net, 2),
            "first_day": first,
            "last_day": last,
        }
        for file, net, first, last in found
    }


def _accounts(connection: duckdb.DuckDBPyConnection, cleaned: CleanTable) -> int | None:
    if "account_id" not in cleaned.columns:
        return None
    return connection.execute(
        f"SELECT count(DISTINCT account_id) FROM {cleaned.name} WHERE dropped IS NULL"
    ).fetchone()[0]


def _count_file(
    file: SourceFile, rows: dict[int | None, int], rules: list[str]
) -> FileCount:
    """Count a file's rows by the rule that took them; None stands for those kept."""
    return FileCount(
        name=file.name,
        sha256=file.sha256 or (sha256_of(file.path) if file.path else ""),
        bytes=file.path.stat().st_size if file.path else 0,
        rows_in=file.rows,
        dropped={name: rows[i] for i, name in enumerate(rules) if i in rows},
        rows_out=rows.get(None, 0),
        columns=[name for name in file.header if name],
    )


def check_accounts(count: TableCount) -> None:
    """Raise when the rows of a table or of one of its files do not add up.

    Raises
    ------
    DataError
        If rows in are not rows out plus rows dropped, or if the file written does not
        hold the rows kept plus those added. It would be a fault of the import.

    Examples
    --------
    >>> check_accounts(TableCount("orders", [], [], rows_in=3, rows_out=2))
    Traceback (most recent call last):
        ...
    kamlab.errors.DataError: orders: 3 rows were read, but 2 kept and 0 dropped; ...
    """
    dropped_by_rule = {each.rule: each.rows for each in count.dropped}
    _check_sum(count.table, count.rows_in, count.rows_out, dropped_by_rule)
    for file in count.files:
        _check_sum(file.name, file.rows_in, file.rows_out, file.dropped)
    if count.written != count.rows_out + count.added:
        raise DataError(
            f"{count.table}: {count.written:,} rows were written, but "
            f"{count.rows_out:,} kept and {count.added:,} added; the import is at "
            "fault, please report it"
        )


def _check_sum(
    name: str, rows_in: int, rows_out: int, dropped_by_rule: dict[str, int]
) -> None:
    dropped = sum(dropped_by_rule.values())
    if rows_in != rows_out + dropped:
        raise DataError(
            f"{name}: {rows_in:,} rows were read, but {rows_out:,} kept and "
            f"{dropped:,} dropped; the import is at fault, please report it"
        )


def write_log(
    tables: list[TableCount],
    mapping: Path,
    folder: Path,
    controls: Sequence[ControlOutcome] = (),
    further: dict[str, object] | None = None,
) -> None:
    """Write the log that accounts for every row of the export.

    Parameters
    ----------
    tables : list of TableCount
        The rows of every table.
    mapping : Path
        The mapping that was used; the log holds its SHA-256.
    folder : Path
        The portfolio folder.
    controls : sequence of ControlOutcome
        Totals of the books, and what was imported.
    further : dict, optional
        What else the log says, such as which import of the portfolio this was.
    """
    content = {
        "kamlab": __version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "mapping": {"file": mapping.name, "sha256": sha256_of(mapping)},
        "tables": [count_as_json(count) for count in tables],
        "controls": [each.as_json() for each in controls],
        **(further or {}),
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    (folder / LOG_FILE).write_text(text + "\n", encoding="utf-8")


def count_as_json(count: TableCount) -> dict[str, object]:
    """Return the rows of a table as the log holds them.

    Parameters
    ----------
    count : TableCount
        The rows of one table.

    Examples
    --------
    >>> count_as_json(TableCount("orders", [], [], 3, 3))["rows_in"]
    3
    """
    return {
        "table": count.table,
        "rows_in": count.rows_in,
        "dropped": [vars(each) for each in count.dropped],
        "rows_out": count.rows_out,
        "added": count.added,
        "written": count.written,
        "net_amount": count.net_amount,
        "first_day": count.first_day,
        "last_day": count.last_day,
        "accounts": count.accounts,
        "files": [vars(each) for each in count.files],
        "heads": [vars(each) for each in count.heads],
    }

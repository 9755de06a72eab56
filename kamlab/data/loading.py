"""Import an export into a portfolio folder: all of it, or nothing at all.

The export is read as text, cleaned by the rules of its mapping, checked against the
contract, and written aside; the folder gets its name only when all is there. Findings
that block are written next to the folder that was not made.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from shutil import rmtree

import duckdb

from kamlab.data.accounting import (
    FINDINGS_FILE,
    ImportResult,
    TableCount,
    check_accounts,
    count_table,
    write_log,
)
from kamlab.data.checks import LastDay, check_table
from kamlab.data.cleaning import CleanTable, clean_table
from kamlab.data.confirming import proposed_format, with_detected_format
from kamlab.data.controls import check_controls
from kamlab.data.currencies import check_currencies
from kamlab.data.folder import Description, new_folder, write_description
from kamlab.data.ids import check_ids
from kamlab.data.mapping import Mapping
from kamlab.data.mapping_file import read_mapping
from kamlab.data.marks import check_marks
from kamlab.data.overlaps import check_overlaps
from kamlab.data.quality import (
    Finding,
    Sample,
    make_finding,
    weighed,
    write_findings,
)
from kamlab.data.relations import (
    check_relations,
    mergers_not_applied,
    unknown_accounts,
)
from kamlab.data.signs import check_signs
from kamlab.data.sources import read_table
from kamlab.data.subtotals import check_subtotals
from kamlab.data.unmatched import check_unmatched
from kamlab.data.writing import derived_columns, write_accounts_of, write_table
from kamlab.errors import UsageError

#: Called with a line such as "orders: 541,909 rows read" after each step.
Progress = Callable[[str], None]

_MEMORY_LIMIT = "1GB"

#: What every table is checked for, beside the contract.
_CHECKS = (check_marks, check_ids, check_unmatched, check_subtotals)


class _Blocked(Exception):
    """Findings block; leaving by an exception lets the folder be thrown away."""


@dataclass
class _Work:
    """The order that an import works on, and what it has found and counted so far."""

    mapping: Mapping
    progress: Progress
    counts: list[TableCount] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def import_portfolio(
    source: Path,
    mapping: Path,
    out: Path,
    replace: bool = False,
    progress: Progress | None = None,
) -> ImportResult:
    """Turn a company's export into a portfolio folder, or say why not.

    Parameters
    ----------
    source : Path
        One file, or the folder that holds the files of the export.
    mapping : Path
        The YAML file that says what is what.
    out : Path
        The portfolio folder to make.
    replace : bool
        Whether a portfolio that is there already may be replaced.
    progress : callable, optional
        Called with a line such as "orders: 541,909 rows read" after each step.

    Returns
    -------
    ImportResult
        With `blocked` set, and no folder written, where findings block; they stand in
        ``<out>.findings.json`` then.

    Raises
    ------
    UsageError
        If the source is not there, the mapping is wrong, or `out` is taken.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     here = Path(folder)
    ...     lines = "Nr,Who,Day,Net\\n1,A,2025-01-31,9.5\\n"
    ...     _ = (here / "lines.csv").write_text(lines)
    ...     _ = (here / "mapping.yml").write_text(
    ...         "portfolio: {currency: EUR}\\n"
    ...         "tables: {orders: {files: lines.csv, columns: {order_id: Nr,"
    ...         " account_id: Who, order_date: Day, net_amount: Net}}}"
    ...     )
    ...     result = import_portfolio(here, here / "mapping.yml", here / "portfolio")
    ...     result.rows_in, result.rows_out, result.blocked
    (1, 1, False)
    """
    source, mapping, out = Path(source), Path(mapping), Path(out).absolute()
    if not source.exists():
        raise UsageError(
            f"source = {str(source)!r} does not exist; name a file or a folder"
        )
    if not (source.is_file() or source.is_dir()):
        raise UsageError(
            f"source = {str(source)!r} is a pipe or a device; name a file or a folder"
        )
    told = read_mapping(mapping)
    told = dataclasses.replace(told, name=told.name or out.name)
    work = _Work(told, progress or _silent)
    beside = out.with_name(f"{out.name}.{FINDINGS_FILE}")
    try:
        with new_folder(out, replace) as folder:
            _fill(work, source, folder)
            write_log(work.counts, mapping, folder)
    except _Blocked:
        write_findings(work.findings, beside)
        return ImportResult(out, work.counts, work.findings, True, beside)
    except RuntimeError as error:
        # So DuckDB tells an interrupt that reaches it within a query.
        if "interrupted" in str(error):
            raise KeyboardInterrupt from error
        raise
    beside.unlink(missing_ok=True)
    there = out / FINDINGS_FILE
    return ImportResult(out, work.counts, work.findings, False, there)


def _silent(line: str) -> None:
    """Tell nobody about the progress."""


def _fill(work: _Work, source: Path, folder: Path) -> None:
    """Write the tables into the new folder, unless findings block."""
    scratch = folder / ".work"
    scratch.mkdir()
    spill = {"memory_limit": _MEMORY_LIMIT, "temp_directory": str(scratch / "spill")}
    with duckdb.connect(config=spill) as connection:
        cleaned = _read_and_clean(connection, work, source, scratch)
        _check(connection, work, cleaned)
        work.findings = weighed(work.findings, work.mapping.limits)
        if any(finding.blocks for finding in work.findings):
            raise _Blocked
        tables = _write(connection, work, cleaned, folder)
        through = _data_through(connection, work, cleaned["orders"])
    rmtree(scratch)
    _describe(work.mapping, through, tables, folder)
    write_findings(work.findings, folder / FINDINGS_FILE)


def _read_and_clean(
    connection: duckdb.DuckDBPyConnection, work: _Work, source: Path, scratch: Path
) -> dict[str, CleanTable]:
    """Read and clean each table whose files are whole; the others are findings."""
    cleaned = {}
    for table, said in work.mapping.tables.items():
        mapping, shown = with_detected_format(table, said, source)
        raw, faults = read_table(
            connection, table, mapping, source, scratch, work.progress
        )
        faults += shown
        work.findings += faults + proposed_format(table, mapping, source, faults)
        if raw is None or any(fault.blocks for fault in faults):
            continue
        work.progress(f"{table}: {raw.rows:,} rows read")
        currency = work.mapping.currency
        cleaned[table] = clean_table(connection, table, mapping, raw, currency)
        count = count_table(connection, cleaned[table])
        work.counts.append(count)
        work.findings += _told_about(cleaned[table])
        work.progress(f"{table}: {count.rows_out:,} rows kept by the rules")
        if not count.rows_out:
            work.findings.append(_nothing_left(count))
    return cleaned


def _nothing_left(count: TableCount) -> Finding:
    most = max(count.dropped, key=lambda each: each.rows)
    place = [Sample(count.files[0].name, None, most.rule)]
    return make_finding("nothing_left", count.table, "", count.rows_in, place)


def _told_about(cleaned: CleanTable) -> list[Finding]:
    """Say which columns of the export were left, and which were derived."""
    mapping, table = cleaned.mapping, cleaned.declared.name
    used = {name for column in mapping.columns.values() for name in column.asked}
    used |= {rule.column for rule in mapping.drop}
    if mapping.currency:
        used.add(mapping.currency.column)
    left = ", ".join(name for name in cleaned.raw.header if name not in used)
    findings = [
        make_finding(
            "derived", table, name, 0, how=cleaned.declared.column(name).derived
        )
        for name in derived_columns(cleaned)
    ]
    if left:
        place = [Sample(cleaned.raw.files[0].name, None, left)]
        told = make_finding("not_imported", table, "", 0, place, columns=left)
        findings.append(told)
    return findings


def _check(
    connection: duckdb.DuckDBPyConnection,
    work: _Work,
    cleaned: dict[str, CleanTable],
) -> None:
    """Check each table by itself, and then against the others."""
    today = LastDay(date.today(), "today")
    through = today
    if work.mapping.data_through:
        through = LastDay(work.mapping.data_through, "data_through")
    last_days = {
        "order_date": through,
        "posted_on": through,
        "delivered_date": today,
    }
    for table, each in cleaned.items():
        work.findings += check_table(connection, each, last_days)
        work.findings += check_relations(connection, each)
        work.findings += check_currencies(connection, each, work.mapping.currency)
        for check in _CHECKS:
            work.findings += check(connection, each)
        work.progress(f"{table}: checked")
    _check_orders(connection, work, cleaned)
    if "accounts" in cleaned:
        work.findings += mergers_not_applied(
            connection, cleaned["accounts"], cleaned.get("account_history")
        )


def _check_orders(
    connection: duckdb.DuckDBPyConnection,
    work: _Work,
    cleaned: dict[str, CleanTable],
) -> None:
    """Check the order lines as a whole, and against the books and the master."""
    orders = cleaned.get("orders")
    if orders is None:
        return
    mapping = work.mapping
    work.findings += check_signs(connection, orders)
    work.findings += check_overlaps(connection, orders)
    work.findings += check_controls(
        connection, orders, mapping.controls, mapping.calendar
    )
    if "accounts" in cleaned:
        work.findings += unknown_accounts(connection, orders, cleaned["accounts"])


def _write(
    connection: duckdb.DuckDBPyConnection,
    work: _Work,
    cleaned: dict[str, CleanTable],
    folder: Path,
) -> dict[str, str]:
    """Write every table, check that its rows add up, and return the file names."""
    tables = {}
    for position, (table, each) in enumerate(cleaned.items()):
        orders = cleaned["orders"] if table == "accounts" else None
        tables[table], rows = write_table(connection, each, folder, orders)
        work.counts[position] = _with_written(work.counts[position], rows, orders)
        check_accounts(work.counts[position])
        work.progress(f"{table}: {rows:,} rows written")
    if "accounts" not in cleaned:
        file, rows = write_accounts_of(connection, cleaned["orders"], folder)
        tables["accounts"] = file
        work.findings.append(
            make_finding("derived", "accounts", "", rows, how="from the order lines")
        )
    return tables


def _with_written(
    count: TableCount, rows: int, orders: CleanTable | None
) -> TableCount:
    """Set what was written; only accounts that order lines name may be added."""
    added = 0 if orders is None else max(0, rows - count.rows_out)
    return dataclasses.replace(count, written=rows, added=added)


def _data_through(
    connection: duckdb.DuckDBPyConnection, work: _Work, orders: CleanTable
) -> date:
    """The last day the data cover: as declared, or the last day in the orders."""
    if work.mapping.data_through:
        return work.mapping.data_through
    days = [name for name in ("order_date", "posted_on") if name in orders.columns]
    last = ", ".join(f"max({name})" for name in days)
    sql = f"SELECT greatest({last}) FROM {orders.name} WHERE dropped IS NULL"
    day = connection.execute(sql).fetchone()[0]
    work.findings.append(make_finding("data_through_derived", "orders", "", 0, day=day))
    return day


def _describe(
    mapping: Mapping, through: date, tables: dict[str, str], folder: Path
) -> None:
    description = Description(
        name=mapping.name,
        currency=mapping.currency,
        data_through=through,
        calendar=mapping.calendar,
        order_date_is=mapping.order_date_is,
        account_level=mapping.account_level,
        tables=tables,
    )
    write_description(folder, description)

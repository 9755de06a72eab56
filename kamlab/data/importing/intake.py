"""Read and clean every table of an export, and say what was left of it."""

from pathlib import Path

import duckdb

from kamlab.data.checking.columns_left import columns_left
from kamlab.data.cleaning.at_once import TypedRows
from kamlab.data.cleaning.cleaning import CleanTable, clean_table
from kamlab.data.cleaning.writing import derived_columns
from kamlab.data.findings.quality import (
    Finding,
    Sample,
    make_finding,
)
from kamlab.data.hidden_ids import hide_ids_of_names
from kamlab.data.importing.accounting import (
    TableCount,
    count_table,
)
from kamlab.data.importing.work import Work
from kamlab.data.pseudonymising import hide_names
from kamlab.data.reading.confirming import proposed_format, with_detected_format
from kamlab.data.reading.footer import footers_as_one
from kamlab.data.reading.sources import read_table
from kamlab.data.updates.columns_gone import columns_gone


def read_and_clean(
    connection: duckdb.DuckDBPyConnection, work: Work, source: Path, scratch: Path
) -> dict[str, CleanTable]:
    """Read and clean each table whose files are whole; the others are findings.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the tables.
    work : Work
        Receives what is found and counted.
    source : Path
        The export.
    scratch : Path
        A folder for what is in work.
    """
    cleaned = {}
    for table, said in work.mapping.tables.items():
        mapping, shown = with_detected_format(table, said, source)
        currency = work.mapping.currency
        typed = None if work.privacy else TypedRows(table, mapping, currency)
        raw, faults = read_table(
            connection, table, mapping, source, scratch, work.progress, typed
        )
        faults = footers_as_one(faults + shown)
        work.findings += faults + proposed_format(table, mapping, source, faults)
        work.findings += columns_gone(raw, mapping, table, work.before)
        if raw is None or any(fault.blocks for fault in faults):
            continue
        work.progress(f"{table}: {raw.rows:,} rows read")
        cleaned[table] = clean_table(connection, table, mapping, raw, currency)
        if work.privacy:
            hide_names(connection, cleaned[table], work.privacy, work.hidden)
        count = count_table(connection, cleaned[table])
        work.counts.append(count)
        work.findings += _derived_told(cleaned[table])
        work.derived[table] = set(derived_columns(cleaned[table]))
        work.progress(f"{table}: {count.rows_out:,} rows kept by the rules")
        if not count.rows_out:
            work.findings.append(_nothing_left(count))
    if work.privacy:
        hide_ids_of_names(connection, cleaned, work.privacy, work.hidden)
    work.findings += columns_left(cleaned.values())
    return cleaned


def _nothing_left(count: TableCount) -> Finding:
    most = max(count.dropped, key=lambda each: each.rows)
    place = [Sample(count.files[0].name, None, most.rule)]
    return make_finding("nothing_left", count.table, "", count.rows_in, place)


def _derived_told(cleaned: CleanTable) -> list[Finding]:
    """Say which columns were derived."""
    table = cleaned.declared.name
    return [
        make_finding(
            "derived", table, name, 0, how=cleaned.declared.column(name).derived
        )
        for name in derived_columns(cleaned)
    ]

"""Write the tables of a portfolio, and the description of what they are."""

import dataclasses
from datetime import date
from pathlib import Path

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.writing import write_accounts_of, write_table
from kamlab.data.findings.quality import (
    make_finding,
)
from kamlab.data.folder import Description, write_description
from kamlab.data.importing.accounting import (
    TableCount,
    check_accounts,
)
from kamlab.data.importing.work import Work
from kamlab.data.mapping.mapping import Mapping
from kamlab.data.names.decisions import NAMES_FILE
from kamlab.data.names.sheet import write_names


def write_tables(
    connection: duckdb.DuckDBPyConnection,
    work: Work,
    cleaned: dict[str, CleanTable],
    folder: Path,
) -> dict[str, str]:
    """Write every table, check that its rows add up, and return the file names.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the tables.
    work : Work
        Receives what is found and counted.
    cleaned : dict of str to CleanTable
        The typed rows of every table.
    folder : Path
        The new folder.
    """
    tables = {}
    for position, (table, each) in enumerate(cleaned.items()):
        orders = cleaned["orders"] if table == "accounts" else None
        tables[table], rows = write_table(connection, each, folder, orders)
        work.counts[position] = _with_written(work.counts[position], rows, orders)
        check_accounts(work.counts[position])
        work.progress(f"{table}: {rows:,} rows written")
    if not work.privacy:
        write_names(connection, cleaned.values(), folder / NAMES_FILE)
    if "accounts" not in cleaned:
        file, rows = write_accounts_of(connection, cleaned["orders"], folder)
        tables["accounts"] = file
        told = work.before.description.tables if work.before else {}
        if "accounts" not in told:  # an update adds to the list that is there
            how = "from the order lines"
            work.findings.append(make_finding("derived", "accounts", "", rows, how=how))
    return tables


def _with_written(
    count: TableCount, rows: int, orders: CleanTable | None
) -> TableCount:
    """Set what was written; only accounts that order lines name may be added."""
    added = 0 if orders is None else max(0, rows - count.rows_out)
    return dataclasses.replace(count, written=rows, added=added)


def data_through(
    connection: duckdb.DuckDBPyConnection, work: Work, orders: CleanTable
) -> date:
    """The last day the data cover: as declared, or the last day in the orders.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the tables.
    work : Work
        Receives what is found and counted.
    orders : CleanTable
        The order lines.
    """
    if work.mapping.data_through:
        return work.mapping.data_through
    days = [name for name in ("order_date", "posted_on") if name in orders.columns]
    last = ", ".join(f"max({name})" for name in days)
    sql = f"SELECT greatest({last}) FROM {orders.name} WHERE dropped IS NULL"
    day = connection.execute(sql).fetchone()[0]
    work.findings.append(make_finding("data_through_derived", "orders", "", 0, day=day))
    return day


def describe(
    mapping: Mapping, through: date, tables: dict[str, str], folder: Path
) -> None:
    """Write what a portfolio is: its company, currency and calendar, its tables.

    Parameters
    ----------
    mapping : Mapping
        What the export was imported by.
    through : date
        Last day that the data cover.
    tables : dict of str to str
        File of each table.
    folder : Path
        The new folder.
    """
    description = Description(
        name=mapping.name,
        currency=mapping.currency,
        data_through=through,
        calendar=mapping.calendar,
        order_date_is=mapping.order_date_is,
        account_level=mapping.account_level,
        grain=mapping.grain,
        tables=tables,
    )
    write_description(folder, description)

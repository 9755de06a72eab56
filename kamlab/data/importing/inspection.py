"""Check every table of an export, by itself and against the others."""

from datetime import date

import duckdb

from kamlab.data.checking.business_checks import check_business
from kamlab.data.checking.checks import LastDay, check_table
from kamlab.data.checking.currencies import check_currencies
from kamlab.data.checking.ids import check_ids
from kamlab.data.checking.marks import check_marks
from kamlab.data.checking.namesakes import check_namesakes
from kamlab.data.checking.overlaps import check_overlaps
from kamlab.data.checking.references import check_references
from kamlab.data.checking.relations import (
    check_relations,
    mergers_not_applied,
    unknown_accounts,
)
from kamlab.data.checking.signs import check_signs
from kamlab.data.checking.subtotals import check_subtotals
from kamlab.data.checking.unmatched import check_unmatched
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.controls.controls import check_controls
from kamlab.data.controls.met_before import met_before
from kamlab.data.importing.work import Work

#: What every table is checked for, beside the contract.
_CHECKS = (check_marks, check_ids, check_unmatched, check_subtotals, check_business)


def check_all(
    connection: duckdb.DuckDBPyConnection,
    work: Work,
    cleaned: dict[str, CleanTable],
) -> None:
    """Check each table by itself, and then against the others.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the tables.
    work : Work
        Receives what is found and counted.
    cleaned : dict of str to CleanTable
        The typed rows of every table.
    """
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
        work.findings += check_namesakes(connection, cleaned["accounts"])
        work.findings += mergers_not_applied(
            connection, cleaned["accounts"], cleaned.get("account_history")
        )


def _check_orders(
    connection: duckdb.DuckDBPyConnection,
    work: Work,
    cleaned: dict[str, CleanTable],
) -> None:
    """Check the order lines as a whole, and against the books and the master."""
    orders = cleaned.get("orders")
    if orders is None:
        return
    work.findings += check_signs(connection, orders)
    work.findings += check_overlaps(connection, orders)
    work.findings += check_references(connection, orders)
    if not work.before:
        check_books(connection, work, orders, cleaned.get("accounts"))


def check_books(
    connection: duckdb.DuckDBPyConnection,
    work: Work,
    orders: CleanTable,
    accounts: CleanTable | None,
) -> None:
    """Check the order lines against the books and the master of the whole portfolio.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the tables.
    work : Work
        Receives what is found and counted.
    orders : CleanTable
        All order lines of the portfolio.
    accounts : CleanTable, optional
        Its master of accounts.
    """
    before = work.before
    known = met_before(before.log, before.description.data_through) if before else None
    told = (work.mapping, work.folders, known)
    log = before.log if before else None
    outcomes, found = check_controls(connection, orders, *told, log)
    work.controls += outcomes
    work.findings += found
    if accounts:
        work.findings += unknown_accounts(connection, orders, accounts)

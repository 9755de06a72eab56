"""Check whether the files of an export overlap: the same order twice, or nothing."""

import itertools
from collections.abc import Iterator

import duckdb

from kamlab.data.checking.weighing import finding_where
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.row_order import row_order
from kamlab.data.findings.quality import Finding

_SHOWN = "order_id"

#: What an order has one of, and the rule that is broken where it has two.
_ONE_PER_ORDER = {
    "account_id": "order_of_two_accounts",
    "order_date": "order_on_two_days",
}


def check_overlaps(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> list[Finding]:
    """Return orders that stand in two files, for two accounts or on two days.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the order lines.
    orders : CleanTable
        The typed rows.
    """
    findings: list[Finding] = []
    if len(orders.raw.files) > 1:
        findings += _in_two_files(connection, orders)
    for column in _changing(connection, orders):
        several = (
            f"order_id IN (SELECT order_id FROM {orders.name} WHERE dropped IS NULL "
            f"GROUP BY 1 HAVING min({column}) <> max({column}))"
        )
        rule = _ONE_PER_ORDER[column]
        findings += finding_where(connection, orders, rule, "order_id", several, _SHOWN)
    return findings


def _changing(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> Iterator[str]:
    """Yield the columns that differ within an order, found in one pass."""
    same = row_order(connection, orders).same
    open_still = [name for name in _ONE_PER_ORDER if name not in same]
    if not open_still:
        return
    differs = ", ".join(f"min({each}) <> max({each}) AS {each}" for each in open_still)
    somewhere = ", ".join(f"bool_or({each})" for each in open_still)
    found = connection.execute(
        f"SELECT {somewhere} FROM (SELECT {differs} FROM {orders.name} "
        "WHERE dropped IS NULL GROUP BY order_id)"
    ).fetchone()
    yield from itertools.compress(open_still, found)


def _in_two_files(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> list[Finding]:
    """Lines of orders that an earlier file holds as well."""
    later = (
        f"SELECT seq FROM (SELECT seq, file, min(file) OVER (PARTITION BY order_id) "
        f"AS first FROM {orders.name} WHERE dropped IS NULL AND order_id IS NOT NULL) "
        "WHERE file > first"
    )
    return finding_where(
        connection,
        orders,
        "order_in_two_files",
        "order_id",
        f"seq IN ({later})",
        _SHOWN,
    )

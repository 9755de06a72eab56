"""Tell which lines a total in a currency cannot count: their own amount is not known.

Where a portfolio was first imported without its currencies, its lines of then have the
converted amount alone.
"""

from collections.abc import Sequence

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.controls.totals import ControlOutcome
from kamlab.data.findings.quality import Finding, make_finding

#: The net amount in the currency of its document.
ORIGINAL = "net_amount_original"


def without_original_amount(
    connection: duckdb.DuckDBPyConnection,
    orders: CleanTable,
    outcomes: Sequence[ControlOutcome],
) -> list[Finding]:
    """Return whether totals in a currency lack lines of earlier imports.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the order lines.
    orders : CleanTable
        The typed rows, those of earlier imports among them.
    outcomes : sequence of ControlOutcome
        The totals.
    """
    asked = sorted({each.control.currency for each in outcomes} - {""})
    if not asked or not {ORIGINAL, "currency"} <= set(orders.columns):
        return []
    rows, money = connection.execute(
        f"SELECT count(*), sum(abs(net_amount)) FROM {orders.name} WHERE dropped IS "
        f"NULL AND file IS NULL AND (currency IS NULL OR {ORIGINAL} IS NULL)"
    ).fetchone()
    if not rows:
        return []
    told = {"money": round(money, 2), "currencies": " and ".join(asked)}
    return [make_finding("original_unknown", "orders", ORIGINAL, rows, **told)]

"""Find returns that do not say which order they take back."""

import duckdb

from kamlab.data.checking.weighing import finding_where
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.quality import Finding


def check_references(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> list[Finding]:
    """Return returns without the number of an order, where others bear one.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the order lines.
    orders : CleanTable
        The typed rows of the table ``orders``.
    """
    if not {"line_type", "ref_order_id"} <= set(orders.columns):
        return []
    # A system that never fills the column has no references to miss.
    filled = (
        f"SELECT 1 FROM {orders.name} WHERE dropped IS NULL "
        "AND line_type = 'return' AND ref_order_id IS NOT NULL"
    )
    return finding_where(
        connection,
        orders,
        "return_without_reference",
        "ref_order_id",
        f"line_type = 'return' AND ref_order_id IS NULL AND EXISTS ({filled})",
        "order_id",
    )

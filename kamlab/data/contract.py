"""The data contract: which tables and columns a portfolio may hold, and since when.

`kamlab contract` prints it. What a declaration means is told in `kamlab.data.columns`;
the tables stand in `kamlab.data.tables`.
"""

from kamlab.data.columns import EXTRACT, FIXED, ROW, Column, Table
from kamlab.data.tables.accounts import ACCOUNT_ALIASES, ACCOUNT_HISTORY, ACCOUNTS
from kamlab.data.tables.agreements import CONTRACTS, OPPORTUNITIES
from kamlab.data.tables.context import EVENTS, FX_RATES, PRODUCTS, TARGETS
from kamlab.data.tables.open_items import COLLECTIONS, OPEN_ORDERS, RECEIVABLES
from kamlab.data.tables.orders import ORDERS, SALES_MONTHLY
from kamlab.data.tables.serving import (
    ACCOUNT_COSTS,
    ACTIVITY_MINUTES,
    COSTS,
    INTERACTIONS,
    KAM_TEAM,
)
from kamlab.data.vocabulary import (
    ACTIVITIES,
    DATED_ATTRIBUTES,
    DEDUCTIONS,
    INTERACTION_TYPES,
    LINE_TYPES,
    OPPORTUNITY_STAGES,
    ORDER_ACTIVITIES,
    PURCHASES,
)
from kamlab.errors import UsageError, did_you_mean

__all__ = [
    "ACTIVITIES",
    "DATED_ATTRIBUTES",
    "DEDUCTIONS",
    "EXTRACT",
    "FIXED",
    "INTERACTION_TYPES",
    "LINE_TYPES",
    "OPPORTUNITY_STAGES",
    "ORDER_ACTIVITIES",
    "PURCHASES",
    "ROW",
    "TABLES",
    "Column",
    "Table",
    "table",
]

#: Every table a portfolio may hold, by name.
TABLES: dict[str, Table] = {
    each.name: each
    for each in (
        ORDERS,
        ACCOUNTS,
        ACCOUNT_HISTORY,
        ACCOUNT_ALIASES,
        PRODUCTS,
        EVENTS,
        TARGETS,
        INTERACTIONS,
        COSTS,
        ACTIVITY_MINUTES,
        ACCOUNT_COSTS,
        KAM_TEAM,
        CONTRACTS,
        OPPORTUNITIES,
        OPEN_ORDERS,
        RECEIVABLES,
        COLLECTIONS,
        FX_RATES,
        SALES_MONTHLY,
    )
}


def table(name: str) -> Table:
    """Return the declaration of the table called `name`.

    Raises
    ------
    UsageError
        If the contract has no such table; the message names the nearest one.

    Examples
    --------
    >>> table("orders").required
    ['order_id', 'account_id', 'order_date', 'net_amount']
    """
    if name not in TABLES:
        hint = did_you_mean(name, TABLES)
        raise UsageError(f"the data contract has no table {name!r}: {hint}")
    return TABLES[name]

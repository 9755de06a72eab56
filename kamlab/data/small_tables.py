"""Small tables as they were known at the end of a day."""

from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.data.contract import Table
from kamlab.data.store import Store
from kamlab.data.view import known_at, midnight


def small_table_at(store: Store, declared: Table, as_of: date) -> pd.DataFrame:
    """Return the rows of a small table that were known on a day, in order of its key.

    Parameters
    ----------
    store : Store
        The tables.
    declared : Table
        What the data contract says of the table; it is one that fits into memory.
    as_of : date
        The last day of the view.

    Returns
    -------
    DataFrame
        A row of a table without dates, such as products, counts as known once an
        order has named it, and a contract nobody noted the signing of once its term
        has begun. Of a list that is made anew each time, such as receivables,
        only the last one shows.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> from kamlab.data.folder import Description
    >>> from kamlab.data.store import store_from_frames
    >>> orders = pd.DataFrame({"order_id": ["1"], "account_id": ["A"],
    ...     "order_date": pd.to_datetime(["2025-05-02"]), "net_amount": [9.0],
    ...     "product_id": ["P2"]})
    >>> products = pd.DataFrame({"product_id": ["P1", "P2"]})
    >>> told = Description("Little", "EUR", date(2025, 12, 31))
    >>> store = store_from_frames({"orders": orders, "products": products}, told)
    >>> small_table_at(store, table("products"), date(2025, 6, 30))["product_id"][0]
    'P2'
    """
    rows = nw.from_native(store.small(declared.name))
    also = None
    if declared.else_first_order:
        also = _ordered_by_then(store, declared.key[0], as_of)
    elif declared.else_known_from:
        also = _begun_by_then(declared, rows.columns, as_of)
    known = known_at(rows, declared, as_of, also).to_native()
    if declared.snapshot:
        known = known[known[declared.snapshot] == known[declared.snapshot].max()]
    return known.sort_values(list(declared.key), ignore_index=True)


def _ordered_by_then(store: Store, key: str, as_of: date) -> nw.Expr | None:
    """Return the condition that an id has been seen in an order by a day."""
    first = store.first_known.get(key)
    if first is None:
        return None
    return nw.col(key).is_in(first.index[first <= midnight(as_of)].tolist())


def _begun_by_then(declared: Table, present: list[str], as_of: date) -> nw.Expr:
    """Return the condition that a row without its dates has begun by a day."""
    dates = [nw.col(name) for name in declared.known_from if name in present]
    begun = nw.col(declared.else_known_from) <= midnight(as_of)
    return nw.all_horizontal(
        *[each.is_null() for each in dates], begun, ignore_nulls=True
    )

"""What the order in which order lines come proves about them.

Systems export documents in the order of their numbers. Where each line's key is after
the key of the line above, no key stands twice; where the lines of an order follow each
other, neighbours tell whether they differ. One pass that compares each line with the
one above saves grouping and sorting all of them. Where it proves nothing, nothing is
known, and the lines have to be grouped.
"""

from dataclasses import dataclass

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable

#: Columns that are compared with the line above, those that a key needs among them.
_COMPARED = ("seq", "order_id", "line_id", "account_id", "order_date")


@dataclass(frozen=True)
class RowOrder:
    """What comparing each kept order line with the one above has proved.

    Parameters
    ----------
    has_unique_keys : bool
        No key of the contract stands twice.
    is_by_order : bool
        Lines come sorted by order number.
    is_by_day : bool
        Lines come sorted by day, those of one day by order number.
    same : frozenset of str
        Columns that hold one value in all lines of an order.

    Examples
    --------
    >>> RowOrder().has_unique_keys
    False
    """

    has_unique_keys: bool = False
    is_by_order: bool = False
    is_by_day: bool = False
    same: frozenset[str] = frozenset()


def row_order(connection: duckdb.DuckDBPyConnection, cleaned: CleanTable) -> RowOrder:
    """Return what the order of a table's kept rows proves; asked once, then known.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    cleaned : CleanTable
        The typed rows, of which none is dropped or changed any more.
    """
    if cleaned.declared.name != "orders":
        return RowOrder()
    if not cleaned.proved:
        cleaned.proved.append(_compared(connection, cleaned))
    return cleaned.proved[0]


def _compared(connection: duckdb.DuckDBPyConnection, cleaned: CleanTable) -> RowOrder:
    """Count the lines of which something holds; it has to be all but the first."""
    there = [name for name in _COMPARED if name in {*cleaned.columns, "seq"}]
    halves = _halves(connection, cleaned)
    if not halves:
        return RowOrder()
    sql = " UNION ALL ".join(_counts_sql(cleaned, there, half) for half in halves)
    counted = connection.execute(sql).fetchall()
    rows, ordered, by_day, grouped, *others = map(sum, zip(*counted, strict=True))
    # The count holds in whatever order the rows are visited: it is a proof.
    compared, (unique, account_differs, day_differs) = rows - len(halves), others
    same = {"account_id": account_differs, "order_date": day_differs}
    return RowOrder(
        unique == compared,
        ordered == compared,
        by_day == compared,
        frozenset(name for name in same if grouped == compared and not same[name]),
    )


def _halves(connection: duckdb.DuckDBPyConnection, cleaned: CleanTable) -> list[str]:
    """SQL of two halves of the kept lines, which share the line in the middle.

    One processor alone reads lines in their order; with two halves, two of them work.
    """
    kept = f"FROM {cleaned.name} WHERE dropped IS NULL"
    middle = f"(SELECT (min(seq) + max(seq)) // 2 {kept})"
    sql = f"SELECT min(seq) {kept} AND seq >= {middle}"
    shared = connection.execute(sql).fetchone()[0]
    return [] if shared is None else [f"seq {sign} {shared:d}" for sign in ("<=", ">=")]


def _counts_sql(cleaned: CleanTable, there: list[str], half: str) -> str:
    above = ", ".join(f"lag({name}) OVER () AS {name}_above" for name in there)
    asked = ", ".join(f"coalesce(count_if({x}), 0)" for x in _conditions(there))
    return (
        f"SELECT count(*), {asked} FROM (SELECT {', '.join(there)}, {above} "
        f"FROM {cleaned.name} WHERE dropped IS NULL AND {half})"
    )


def _conditions(there: list[str]) -> list[str]:
    """SQL of what is counted; a blank cell is never after another, nor the same."""
    later = "seq > seq_above"
    by_order = f"order_id >= order_id_above AND {later}"
    after = _after("order_id")
    again = "order_id = order_id_above"
    unique = f"{after} OR ({again} AND {_after('line_id')})"
    return [
        by_order,
        f"order_date > order_date_above OR (order_date = order_date_above AND "
        f"(order_id > order_id_above OR ({again} AND {later})))",
        f"{after} OR {again}",
        unique if "line_id" in there else "false",
        f"{again} AND account_id IS DISTINCT FROM account_id_above",
        f"{again} AND order_date IS DISTINCT FROM order_date_above",
    ]


def _after(name: str) -> str:
    """SQL of whether an id is after the one above: 9 before 10, whatever the text."""
    above = f"{name}_above"
    return (
        f"(strlen({name}) > strlen({above}) OR "
        f"(strlen({name}) = strlen({above}) AND {name} > {above}))"
    )

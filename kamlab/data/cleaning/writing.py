"""Write the kept rows of a table as Parquet, with what the contract derives."""

import itertools
from collections.abc import Collection
from pathlib import Path

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import quoted
from kamlab.data.cleaning.row_order import row_order
from kamlab.data.columns import Table
from kamlab.data.names.keys import named_accounts_sql

#: SQL of the columns that are derived where the export has none.
DERIVED = {
    ("orders", "line_id"): (
        "CAST(row_number() OVER (PARTITION BY order_id ORDER BY seq) AS VARCHAR)"
    ),
    ("orders", "line_type"): "CASE WHEN net_amount < 0 THEN 'return' ELSE 'sale' END",
    ("events", "event_id"): "CAST(row_number() OVER (ORDER BY date, seq) AS VARCHAR)",
    ("interactions", "interaction_id"): (
        "CAST(row_number() OVER (ORDER BY date, seq) AS VARCHAR)"
    ),
    ("account_costs", "cost_id"): (
        "CAST(row_number() OVER (ORDER BY date, seq) AS VARCHAR)"
    ),
    ("collections", "collection_id"): (
        "CAST(row_number() OVER (ORDER BY date, seq) AS VARCHAR)"
    ),
    ("open_orders", "line_id"): (
        "CAST(row_number() OVER (PARTITION BY order_id ORDER BY seq) AS VARCHAR)"
    ),
    ("contracts", "signed_on"): '"start"',
    ("events", "scope"): "'portfolio'",
    ("targets", "set_on"): "period_start",
}

#: How rows stand in the file, where that is not the order of their key.
_ORDER = {
    "orders": ("order_date", "order_id", "seq"),
    "interactions": ("date", "interaction_id", "seq"),
    "account_costs": ("date", "cost_id", "seq"),
}


#: Different values, and bytes, of a dictionary; columns whose values are nearly all
#: different are written faster without one, and the file is smaller.
_MOST_WORDS, _LARGEST_DICTIONARY = 4_096, 100_000


def derived_columns(cleaned: CleanTable) -> list[str]:
    """Return the columns that are written although the export does not have them.

    Parameters
    ----------
    cleaned : CleanTable
        The typed rows.
    """
    return [
        name
        for table, name in DERIVED
        if table == cleaned.declared.name and name not in cleaned.columns
    ]


def write_table(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    folder: Path,
    orders: CleanTable | None = None,
) -> tuple[str, int]:
    """Write a table's kept rows; return the file name and the rows in the file.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    cleaned : CleanTable
        The typed rows.
    folder : Path
        Where the file goes.
    orders : CleanTable, optional
        For the table of accounts: the order lines, whose unknown accounts are added
        with their number alone.
    """
    table = cleaned.declared.name
    derived = derived_columns(cleaned)
    written, gaps = {*cleaned.columns, *derived}, _with_gaps(connection, cleaned)
    columns = [name for name in cleaned.declared.column_names if name in written]
    selected = ", ".join(
        f"{_value(table, name, name in derived, name in gaps)} AS {quoted(name)}"
        for name in columns
    )
    rows = f"SELECT {selected}, seq FROM {cleaned.name} WHERE dropped IS NULL"
    if orders is not None:
        rows += f" UNION ALL BY NAME {_stubs(orders, cleaned)}"
    order = _order_by(connection, cleaned, (*columns, "seq"), "OVER (" in selected)
    sql = f"SELECT {quoted(*columns)} FROM ({rows}){order}"
    return _copy(connection, sql, table, folder)


def _order_by(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    there: tuple[str, ...],
    is_stirred: bool,
) -> str:
    """SQL that sorts the rows, by as little as the order they come in leaves open."""
    order, proved = order_of(cleaned.declared, there), row_order(connection, cleaned)
    # Lines that are numbered within their order come out of it in any order.
    if proved.is_by_day and not is_stirred:
        return ""
    if proved.is_by_order:
        order.remove("order_id")
    return f" ORDER BY {quoted(*order)}"


def order_of(declared: Table, there: Collection[str]) -> list[str]:
    """Return the columns by which the rows of a table's file are sorted.

    Parameters
    ----------
    declared : Table
        The contract's table.
    there : collection of str
        The columns that it has, and "seq", the order in which the rows came.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> order_of(table("orders"), ("order_date", "order_id", "net_amount", "seq"))
    ['order_date', 'order_id', 'seq']
    """
    order = _ORDER.get(declared.name, (*declared.key, "seq"))
    return [name for name in order if name in there]


def _with_gaps(connection: duckdb.DuckDBPyConnection, cleaned: CleanTable) -> list[str]:
    """Return the columns that are there, could be derived, and are blank somewhere."""
    table = cleaned.declared.name
    names = [name for name in cleaned.columns if (table, name) in DERIVED]
    if not names:
        return []
    blank = ", ".join(f"bool_or({quoted(name)} IS NULL)" for name in names)
    sql = f"SELECT {blank} FROM {cleaned.name} WHERE dropped IS NULL"
    return list(itertools.compress(names, connection.execute(sql).fetchone()))


def _value(table: str, name: str, is_derived: bool, has_gaps: bool) -> str:
    """SQL of a column, derived where it is not there or, row by row, blank."""
    if is_derived:
        return DERIVED[table, name]
    if has_gaps:
        return f"coalesce({quoted(name)}, {DERIVED[table, name]})"
    return quoted(name)


def _stubs(orders: CleanTable, accounts: CleanTable) -> str:
    """SQL of the account numbers that only the order lines know."""
    return (
        f"SELECT DISTINCT account_id FROM {orders.name} WHERE dropped IS NULL AND "
        f"account_id NOT IN (SELECT account_id FROM {accounts.name} "
        "WHERE dropped IS NULL)"
    )


def write_accounts_of(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, folder: Path
) -> tuple[str, int]:
    """Write the accounts that the order lines name, where there is no master.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the order lines.
    orders : CleanTable
        The typed rows.
    folder : Path
        Where the file goes.
    """
    sql = f"SELECT DISTINCT account_id FROM {orders.name} WHERE dropped IS NULL "
    if orders.mapping.columns["account_id"].by_name:
        sql = named_accounts_sql(orders.name)
    return _copy(connection, sql + "ORDER BY account_id", "accounts", folder)


def _copy(
    connection: duckdb.DuckDBPyConnection, sql: str, table: str, folder: Path
) -> tuple[str, int]:
    """Write the query's rows, and count them in the file that was written."""
    path = folder / f"{table}.parquet"
    connection.execute(
        f"COPY ({sql}) TO $path (FORMAT parquet, COMPRESSION zstd, "
        f"DICTIONARY_SIZE_LIMIT {_MOST_WORDS}, "
        f"STRING_DICTIONARY_PAGE_SIZE_LIMIT {_LARGEST_DICTIONARY})",
        {"path": str(path)},
    )
    rows = connection.execute(
        "SELECT count(*) FROM read_parquet($path)", {"path": str(path)}
    ).fetchone()[0]
    return path.name, rows

"""Write the kept rows of a table as Parquet, with what the contract derives."""

from pathlib import Path

import duckdb

from kamlab.data.cleaning import CleanTable
from kamlab.data.parsing import quoted

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
    ("events", "scope"): "'portfolio'",
    ("targets", "set_on"): "period_start",
}

#: How rows stand in the file, where that is not the order of their key.
_ORDER = {
    "orders": ("order_date", "order_id", "seq"),
    "interactions": ("date", "interaction_id", "seq"),
    "account_costs": ("date", "cost_id", "seq"),
}


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
    written = {*cleaned.columns, *derived_columns(cleaned)}
    columns = [name for name in cleaned.declared.column_names if name in written]
    selected = ", ".join(
        f"{_value(cleaned, name)} AS {quoted(name)}" for name in columns
    )
    order = _ORDER.get(table, (*cleaned.declared.key, "seq"))
    known = quoted(*(each for each in order if each in (*columns, "seq")))
    rows = f"SELECT {selected}, seq FROM {cleaned.name} WHERE dropped IS NULL"
    if orders is not None:
        rows += f" UNION ALL BY NAME {_stubs(orders, cleaned)}"
    sql = f"SELECT {quoted(*columns)} FROM ({rows}) ORDER BY {known}"
    return _copy(connection, sql, table, folder)


def _value(cleaned: CleanTable, name: str) -> str:
    derived = DERIVED.get((cleaned.declared.name, name))
    if derived is None:
        return quoted(name)
    return (
        f"coalesce({quoted(name)}, {derived})" if name in cleaned.columns else derived
    )


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
    return _copy(connection, sql + "ORDER BY account_id", "accounts", folder)


def _copy(
    connection: duckdb.DuckDBPyConnection, sql: str, table: str, folder: Path
) -> tuple[str, int]:
    """Write the query's rows, and count them in the file that was written."""
    path = folder / f"{table}.parquet"
    connection.execute(
        f"COPY ({sql}) TO $path (FORMAT parquet, COMPRESSION zstd)",
        {"path": str(path)},
    )
    rows = connection.execute(
        "SELECT count(*) FROM read_parquet($path)", {"path": str(path)}
    ).fetchone()[0]
    return path.name, rows

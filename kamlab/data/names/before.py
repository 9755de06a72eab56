"""The names that a portfolio knows, so that those of a new extract meet them too."""

import duckdb

from kamlab.data.mapping.mapping import Mapping
from kamlab.data.updates.before import Before

#: View with a row for every order line of the portfolio: how its account is called.
NAMES_BEFORE = "names_before"


def keep_names(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, before: Before | None
) -> None:
    """Let the names of a portfolio be compared with those of an extract.

    Nothing happens where accounts have numbers, or where names are hidden.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Receives the view.
    mapping : Mapping
        The update's.
    before : Before, optional
        The portfolio that is updated.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     keep_names(connection, Mapping("Mine", "EUR", {}), None)
    ...     knows_names(connection)
    False
    """
    lines = mapping.tables.get("orders")
    account = lines.columns.get("account_id") if lines else None
    if before is None or account is None or not account.by_name:
        return
    there = before.description.tables
    files = [before.folder / there.get(name, "") for name in ("orders", "accounts")]
    is_hidden = bool(before.log.get("pseudonyms"))
    if is_hidden or not all(each.suffix == ".parquet" for each in files):
        return
    # A view takes no parameters.
    orders, accounts = (str(each).replace("'", "''") for each in files)
    described = connection.execute(f"DESCRIBE FROM read_parquet('{accounts}')")
    if "account_name" in {each[0] for each in described.fetchall()}:
        connection.execute(
            f"CREATE OR REPLACE VIEW {NAMES_BEFORE} AS SELECT account_id AS own, "
            "account_name AS name, order_id, net_amount "
            f"FROM read_parquet('{orders}') AS lines "
            f"JOIN read_parquet('{accounts}') AS accounts "
            "USING (account_id) WHERE account_name IS NOT NULL"
        )


def knows_names(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether there are names of a portfolio to compare with.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of an import.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     knows_names(connection)
    False
    """
    sql = "SELECT count(*) FROM duckdb_views() WHERE view_name = $1"
    return bool(connection.execute(sql, [NAMES_BEFORE]).fetchone()[0])


def other_names(table: str) -> str:
    """Return SQL of the portfolio's names with lines and money, beside an extract's.

    Documents that the extract holds are left out, for it holds their names.

    Parameters
    ----------
    table : str
        Of the extract's typed order lines.

    Examples
    --------
    >>> other_names("clean_orders").startswith("SELECT name, own, count(*) AS n")
    True
    """
    return (
        "SELECT name, own, count(*) AS n, sum(net_amount) AS money FROM "
        f"{NAMES_BEFORE} WHERE order_id NOT IN (SELECT order_id FROM {table} WHERE "
        "dropped IS NULL AND order_id IS NOT NULL) GROUP BY ALL"
    )

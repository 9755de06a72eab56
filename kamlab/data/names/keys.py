"""Key the rows of a table by the normalised name of their account."""

import duckdb
import pyarrow as pa

from kamlab.data.names.account_names import legal_form, normalised_name
from kamlab.data.names.decisions import NameDecisions

#: Column of the typed rows with the name as it was written.
NAME_OF_ROW = "name_of_row"


def names_of(table: str) -> str:
    """Return the name of the DuckDB table with the names of a table of rows.

    Examples
    --------
    >>> names_of("clean_orders")
    'clean_orders_names'
    """
    return f"{table}_names"


def named_accounts_sql(table: str) -> str:
    """Return SQL of every account with the name that most of its rows write.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     _ = connection.execute(
    ...         "CREATE TABLE clean_orders AS SELECT 'adler' AS account_id, NULL AS "
    ...         "dropped, unnest(['Adler', 'ADLER', 'Adler']) AS name_of_row"
    ...     )
    ...     connection.execute(named_accounts_sql("clean_orders")).fetchall()
    [('adler', 'Adler')]
    """
    return (
        f"SELECT account_id, arg_max({NAME_OF_ROW}, (n, {NAME_OF_ROW})) AS "
        f"account_name FROM (SELECT account_id, {NAME_OF_ROW}, count(*) AS n "
        f"FROM {table} WHERE dropped IS NULL GROUP BY ALL) GROUP BY account_id "
    )


def key_by_name(
    connection: duckdb.DuckDBPyConnection, table: str, told: NameDecisions | None
) -> None:
    """Put the id made of its name in the place of each row's account.

    The names stand in a table of their own afterwards: as written (`name`), normalised
    (`own`), their legal form (`form`) and the account they belong to (`account_id`).

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the typed rows, with names for account_id.
    table : str
        Of the typed rows.
    told : NameDecisions or None
        Which names are one account.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     _ = connection.execute(
    ...         "CREATE TABLE clean_orders AS SELECT unnest(['Adler AG', 'ADLER']) "
    ...         "AS account_id"
    ...     )
    ...     key_by_name(connection, "clean_orders", None)
    ...     connection.execute("SELECT account_id FROM clean_orders").fetchall()
    [('adler',), ('adler',)]
    """
    told = told or NameDecisions("")
    found = connection.execute(
        f"SELECT DISTINCT account_id FROM {table} WHERE account_id IS NOT NULL "
        "ORDER BY 1"
    ).fetchall()
    names = [name for (name,) in found]
    own = [normalised_name(name) for name in names]
    columns = {
        "name": names,
        "own": own,
        "form": [legal_form(name) for name in names],
        "account_id": [told.account_of(each) for each in own],
    }
    texts = {head: pa.array(column, pa.string()) for head, column in columns.items()}
    connection.register("names_of_accounts", pa.table(texts))
    connection.execute(
        f"CREATE TABLE {names_of(table)} AS SELECT * FROM names_of_accounts"
    )
    connection.unregister("names_of_accounts")
    connection.execute(f"ALTER TABLE {table} ADD COLUMN {NAME_OF_ROW} VARCHAR")
    connection.execute(
        f"UPDATE {table} SET {NAME_OF_ROW} = names.name, account_id = "
        f"nullif(names.account_id, '') FROM {names_of(table)} AS names "
        f"WHERE names.name = {table}.account_id"
    )


def forget_names(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Take the names away, as when an import hides them: nothing is proposed then.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the typed rows and their names.
    table : str
        Of the typed rows.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     _ = connection.execute(
    ...         "CREATE TABLE clean_orders AS SELECT 'Adler AG' AS account_id"
    ...     )
    ...     key_by_name(connection, "clean_orders", None)
    ...     forget_names(connection, "clean_orders")
    ...     connection.execute("SELECT name_of_row FROM clean_orders").fetchall()
    [(None,)]
    """
    connection.execute(f"UPDATE {table} SET {NAME_OF_ROW} = NULL")
    connection.execute(f"DELETE FROM {names_of(table)}")

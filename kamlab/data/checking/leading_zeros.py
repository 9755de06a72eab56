"""Recognise numbers of accounts that differ from the master's in zeros at the front.

SAP keeps a number as 0000100200 and shows it as 100200; one file of an export has it
this way and another that.
"""

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable

_BARE = "regexp_replace(account_id, '^0+([0-9]+)$', '\\1')"
_MOST = 0.5


def zeros_advice(
    connection: duckdb.DuckDBPyConnection,
    orders: CleanTable,
    accounts: CleanTable,
    unknown: str,
) -> str:
    """Return how zeros are taken off, where most unknown numbers differ in them only.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds both tables.
    orders, accounts : CleanTable
        The typed rows.
    unknown : str
        SQL of order lines whose account the master does not have.

    Returns
    -------
    str
        What to write in the mapping; nothing where zeros are not what differs.
    """
    unknown_ids = (
        f"SELECT DISTINCT account_id FROM {orders.name} WHERE dropped IS NULL AND "
        f"account_id IS NOT NULL AND {unknown}"
    )
    master_ids = (
        f"SELECT DISTINCT account_id FROM {accounts.name} WHERE dropped IS NULL AND "
        "account_id IS NOT NULL"
    )
    of_lines, lines, alike = connection.execute(
        f"SELECT bool_or(bare <> account_id), count(*), count(*) FILTER (WHERE bare IN "
        f"(SELECT {_BARE} FROM ({master_ids}))) FROM "
        f"(SELECT *, {_BARE} AS bare FROM ({unknown_ids}))"
    ).fetchone()
    if not lines or alike < _MOST * lines:
        return ""
    (of_master,) = connection.execute(
        f"SELECT bool_or({_BARE} <> account_id) FROM ({master_ids})"
    ).fetchone()
    sides = [orders] * bool(of_lines) + [accounts] * bool(of_master)
    return _told(sides, alike, lines)


def _told(sides: list[CleanTable], alike: int, lines: int) -> str:
    rules = [
        f"tables.{side.declared.name}.columns.account_id: "
        f"{{from: {columns[0]}, strip_zeros: true}}"
        for side in sides
        if (columns := side.mapping.columns["account_id"].columns)
    ]
    number = "the master has them" if alike == lines else f"the master has {alike}"
    if not rules:
        return ""
    return f"{number} but for zeros in front: set {' and '.join(rules)}"

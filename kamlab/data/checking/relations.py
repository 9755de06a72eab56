"""Check what no single row shows: keys, repeats, masters, periods."""

from dataclasses import replace

import duckdb

from kamlab.data.checking.alias_checks import REPLACED, has_aliases
from kamlab.data.checking.leading_zeros import zeros_advice
from kamlab.data.checking.weighing import finding_where
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import quoted
from kamlab.data.cleaning.repeats import alike_contents, exact_repeats
from kamlab.data.cleaning.row_order import row_order
from kamlab.data.findings.quality import Finding
from kamlab.data.mapping.mapping import ONE_ROW_PER_KEY
from kamlab.data.reading.parts import hold_text


def check_relations(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return what is wrong between the kept rows of one table.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    cleaned : CleanTable
        The typed rows.
    """
    findings = _duplicate_keys(connection, cleaned)
    # Rows that are the same in every cell have the same key as well.
    if findings or not cleaned.has_whole_key:
        findings += _repeats(connection, cleaned)
    if cleaned.mapping.one_row_per_key:
        findings += _conflicts(connection, cleaned)
    if {"valid_from", "valid_to"} <= set(cleaned.columns):
        findings += _overlaps(connection, cleaned)
    return findings


def _duplicate_keys(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """A key that is there as a whole stands for one row only."""
    if not cleaned.has_whole_key or row_order(connection, cleaned).has_unique_keys:
        return []
    key = cleaned.declared.key
    again = (
        f"FROM {cleaned.name} WHERE dropped IS NULL "
        f"GROUP BY {quoted(*key)} HAVING count(*) > 1"
    )
    if not connection.execute(f"SELECT 1 {again} LIMIT 1").fetchone():
        return []
    listed, shown = (
        ", ".join(key),
        " || ', ' || ".join(
            f"coalesce(CAST({quoted(name)} AS VARCHAR), '')" for name in key
        ),
    )
    return finding_where(
        connection,
        cleaned,
        "duplicate_key",
        key[-1],
        f"seq IN (SELECT unnest(list(seq)) {again})",
        shown,
        key=listed,
    )


def _repeats(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Rows that repeat an earlier one in every column of the export, and were kept."""
    mapping = cleaned.mapping
    if mapping.exact_duplicates == "drop" or mapping.one_row_per_key:
        return []
    if cleaned.has_content and _are_all_different(connection, cleaned):
        return []
    hold_text(connection, cleaned.raw)
    rule = "duplicates_kept" if mapping.exact_duplicates else "exact_duplicates"
    later = f"seq IN ({exact_repeats(cleaned)})"
    return finding_where(connection, cleaned, rule, "", later, "''")


def _are_all_different(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> bool:
    """Whether already the numbers of the rows' cells are all different."""
    alike = f"{alike_contents(cleaned)} LIMIT 1"
    return connection.execute(alike).fetchone() is None


def _conflicts(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Keys whose rows, of which the first is kept, do not say the same."""
    keys = [key for key in cleaned.declared.key if key in cleaned.columns]
    others = [name for name in cleaned.columns if name not in keys]
    if not others:
        return []
    rule = cleaned.rules.index(ONE_ROW_PER_KEY)
    changing = (
        f"SELECT min(seq) FROM {cleaned.name} "
        f"WHERE dropped IS NULL OR dropped = {rule:d} GROUP BY {quoted(*keys)} "
        f"HAVING count(DISTINCT row({quoted(*others)})) > 1"
    )
    return finding_where(
        connection,
        cleaned,
        "conflicting_rows",
        keys[0],
        f"seq IN ({changing})",
        quoted(keys[0]),
    )


def _overlaps(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Values of one attribute that hold on the same day."""
    before = (
        "lag(coalesce(valid_to, DATE '9999-12-31')) OVER "
        "(PARTITION BY account_id, attribute ORDER BY valid_from, seq)"
    )
    overlapping = (
        f"SELECT seq FROM {cleaned.name} WHERE dropped IS NULL "
        f"QUALIFY valid_from <= {before}"
    )
    shown = "attribute || ' of ' || account_id || ' from ' || valid_from"
    return finding_where(
        connection,
        cleaned,
        "history_overlap",
        "valid_from",
        f"seq IN ({overlapping})",
        shown,
    )


def unknown_accounts(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, accounts: CleanTable
) -> list[Finding]:
    """Return a warning for order lines of accounts that the master does not have.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds both tables.
    orders, accounts : CleanTable
        The typed rows.
    """
    condition = (
        f"account_id NOT IN (SELECT account_id FROM {accounts.name} "
        "WHERE dropped IS NULL AND account_id IS NOT NULL)"
    )
    if has_aliases(connection):  # a number that was replaced is in no master any more
        condition += f" AND account_id NOT IN ({REPLACED})"
    found = finding_where(
        connection, orders, "unknown_account", "account_id", condition, "account_id"
    )
    advice = found and zeros_advice(connection, orders, accounts, condition)
    return [replace(found[0], remedy=advice)] if advice else found


def mergers_not_applied(
    connection: duckdb.DuckDBPyConnection,
    accounts: CleanTable,
    history: CleanTable | None = None,
) -> list[Finding]:
    """Tell of accounts that merged on a day that nobody wrote down.

    Without the day, a portfolio as of an earlier one would know of the merger too
    soon, so that it is not applied at all.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the tables.
    accounts : CleanTable
        The typed rows of the master.
    history : CleanTable, optional
        The typed rows of the dated attributes.
    """
    if "merged_into" not in accounts.columns:
        return []
    condition = "merged_into IS NOT NULL AND merged_into <> account_id"
    if history is not None:
        condition += (
            f" AND account_id NOT IN (SELECT account_id FROM {history.name} WHERE "
            "dropped IS NULL AND attribute = 'merged_into' AND account_id IS NOT NULL)"
        )
    shown = "account_id || ' into ' || merged_into"
    return finding_where(
        connection, accounts, "merger_not_applied", "merged_into", condition, shown
    )

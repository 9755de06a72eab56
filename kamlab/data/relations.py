"""Check what no single row shows: keys, repeats, masters, periods, currencies."""

import duckdb

from kamlab.data.cleaning import UNCONVERTED, CleanTable, later_rows
from kamlab.data.mapping import ONE_ROW_PER_KEY
from kamlab.data.parsing import quoted
from kamlab.data.plans import is_id
from kamlab.data.quality import Finding, Sample, make_finding
from kamlab.data.weighing import samples_where, weight


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
    findings += _repeats(connection, cleaned)
    findings += _missing_rates(connection, cleaned)
    findings += _trimmed_ids(connection, cleaned)
    if cleaned.mapping.one_row_per_key:
        findings += _conflicts(connection, cleaned)
    if {"valid_from", "valid_to"} <= set(cleaned.columns):
        findings += _overlaps(connection, cleaned)
    return findings


def _where(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    rule: str,
    column: str,
    condition: str,
    value: str,
    **details: object,
) -> list[Finding]:
    """Return a finding for the kept rows where `condition` holds, if there are any."""
    rows, money = connection.execute(
        f"SELECT count(*), sum({cleaned.money}) FROM {cleaned.name} "
        f"WHERE dropped IS NULL AND ({condition})"
    ).fetchone()
    if not rows:
        return []
    samples = samples_where(connection, cleaned, condition, value)
    weighs = weight(connection, cleaned, rows, money)
    table = cleaned.declared.name
    return [make_finding(rule, table, column, rows, samples, **weighs, **details)]


def _duplicate_keys(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """A key that is there as a whole stands for one row only."""
    key = cleaned.declared.key
    if not set(key) <= set(cleaned.columns):
        return []
    listed, shown = (
        ", ".join(key),
        " || ', ' || ".join(
            f"coalesce(CAST({quoted(name)} AS VARCHAR), '')" for name in key
        ),
    )
    repeated = (
        f"SELECT unnest(list(seq)) FROM {cleaned.name} WHERE dropped IS NULL "
        f"GROUP BY {quoted(*key)} HAVING count(*) > 1"
    )
    return _where(
        connection,
        cleaned,
        "duplicate_key",
        key[-1],
        f"seq IN ({repeated})",
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
    rule = "duplicates_kept" if mapping.exact_duplicates else "exact_duplicates"
    later = f"seq IN ({later_rows(cleaned, 'content')})"
    return _where(connection, cleaned, rule, "", later, "''")


def _missing_rates(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """A currency without a rate blocks, and says how much stands in it."""
    if not cleaned.currency_code:
        return []
    amount = UNCONVERTED if "net_amount" in cleaned.columns else "NULL"
    sql = (
        f"SELECT {cleaned.currency_code}, count(*), sum(abs({amount})), "
        f"arg_min(raw.file, seq), arg_min(raw.row, seq) FROM {cleaned.joined} "
        "AND NOT rate_is_known GROUP BY 1 ORDER BY 1"
    )
    found = connection.execute(sql, cleaned.values.used_in(sql)).fetchall()
    all_rows = cleaned.raw.rows
    return [
        make_finding(
            "currency_without_rate",
            cleaned.declared.name,
            cleaned.mapping.currency.column,
            rows,
            [Sample(cleaned.raw.files[file].name, row, name)],
            share=rows / all_rows,
            amount=f"{money or 0:,.2f}",
        )
        for name, rows, money, file, row in found
    ]


def _trimmed_ids(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Ids that came with spaces around them, which would be other accounts."""
    findings = []
    for plan in cleaned.plans:
        is_account = plan.name in cleaned.columns and is_id(
            cleaned.declared.column(plan.name)
        )
        for part in plan.parts if is_account else ():
            if part.source in cleaned.raw.header:
                text = f"raw.{cleaned.raw.reference(part.source)}"
                spaced = (
                    f"SELECT seq FROM {cleaned.joined} AND {text} <> trim({text}) "
                    f"AND trim({text}) <> ''"
                )
                findings += _where(
                    connection,
                    cleaned,
                    "spaces_trimmed",
                    plan.name,
                    f"seq IN ({spaced})",
                    quoted(plan.name),
                )
    return findings


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
    return _where(
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
    return _where(
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
    return _where(
        connection, orders, "unknown_account", "account_id", condition, "account_id"
    )

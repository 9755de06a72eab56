"""Check ids for what the eye does not see: blanks, invisible marks, look-alikes."""

import itertools

import duckdb

from kamlab.data.checking.weighing import finding_where
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import quoted
from kamlab.data.cleaning.plans import is_id
from kamlab.data.findings.quality import Finding

#: Control characters, and marks of the direction of writing.
_HIDDEN = r"[\x00-\x1f\x7f-\x9f\x{200e}\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]"

#: An id without what people and programs add to it or lose from it.
_BARE = (
    "regexp_replace(ltrim(regexp_replace(lower(nfc_normalize(account_id)), "
    "'[\\s\\p{Z}]', '', 'g'), '0'), '[.]0$', '')"
)


def check_ids(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return ids that were cleaned, and accounts that may be one and the same.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table and its text.
    cleaned : CleanTable
        The typed rows.
    """
    findings = _trimmed(connection, cleaned)
    if "account_id" in cleaned.columns:
        accounts = _accounts(connection, cleaned)
        findings += _look_alikes(connection, cleaned, accounts)
        findings += _hidden_characters(connection, cleaned, accounts)
    return findings


def _accounts(connection: duckdb.DuckDBPyConnection, cleaned: CleanTable) -> str:
    """Make a table of the accounts and their lines, and return its name.

    What is asked of accounts is asked of each of them, not of each line.
    """
    name = f"{cleaned.name}_accounts"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT account_id, count(*) AS lines "
        f"FROM {cleaned.name} WHERE dropped IS NULL AND account_id IS NOT NULL "
        "GROUP BY 1"
    )
    return name


def _hidden_characters(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, accounts: str
) -> list[Finding]:
    """Accounts whose ids hold control characters, or marks that turn letters round."""
    hiding = (
        f"SELECT account_id FROM {accounts} WHERE regexp_matches(account_id, "
        f"'{_HIDDEN}')"
    )
    if not connection.execute(f"{hiding} LIMIT 1").fetchone():
        return []
    return finding_where(
        connection,
        cleaned,
        "hidden_characters",
        "account_id",
        f"account_id IN ({hiding})",
        "account_id",
    )


def _trimmed(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Ids that came with spaces or invisible marks, which would be other accounts."""
    notes = [
        (plan.name, part.note)
        for plan in cleaned.plans
        if plan.name in cleaned.columns and is_id(cleaned.declared.column(plan.name))
        for part in plan.parts
        if part.noted
    ]
    if not notes:
        return []
    anywhere = ", ".join(f"bool_or({note})" for _, note in notes)
    sql = f"SELECT {anywhere} FROM {cleaned.name} WHERE dropped IS NULL"
    found = connection.execute(sql).fetchone()
    return [
        finding
        for name, note in itertools.compress(notes, found)
        for finding in finding_where(
            connection, cleaned, "spaces_trimmed", name, note, quoted(name)
        )
    ]


def _look_alikes(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, accounts: str
) -> list[Finding]:
    """Accounts of which another differs in nothing that a person would mean."""
    alike = (
        f"SELECT account_id, rank() OVER (PARTITION BY bare ORDER BY lines DESC, "
        f"account_id) AS place, first_value(account_id) OVER (PARTITION BY bare "
        f"ORDER BY lines DESC, account_id) AS other FROM (SELECT account_id, "
        f"{_BARE} AS bare, lines FROM {accounts})"
    )
    rarer = f"SELECT account_id, other FROM ({alike}) WHERE place > 1"
    pairs = connection.execute(f"{rarer} ORDER BY 1").fetchall()
    if not pairs:
        return []
    shown = ", ".join(f"{one!r} and {other!r}" for one, other in pairs[:3])
    return finding_where(
        connection,
        cleaned,
        "ids_look_alike",
        "account_id",
        f"account_id IN (SELECT account_id FROM ({rarer}))",
        "account_id",
        ids=f"{len(pairs):,} ids differ" if len(pairs) > 1 else "1 id differs",
        pairs=shown,
    )

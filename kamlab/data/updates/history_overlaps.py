"""Look in a history that an update has put together for values that hold at a time."""

from collections.abc import Iterable
from dataclasses import replace

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.quality import Finding, Sample, make_finding

HISTORY = "account_history"
_RULE = "history_overlap"

#: Where a row stands that an earlier import has brought.
_PORTFOLIO = "portfolio"


def overlaps_checked_anew(
    connection: duckdb.DuckDBPyConnection,
    findings: Iterable[Finding],
    updated: CleanTable | None,
) -> list[Finding]:
    """Return findings in which overlaps are those of old and new rows together.

    A value that the portfolio holds without an end overlaps with its successor in the
    new extract, where neither of the two does by itself.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    findings : iterable of Finding
        So far, with overlaps within the extract.
    updated : CleanTable or None
        The dated attributes of both; None leaves the findings as they are.
    """
    if updated is None or not {"valid_from", "valid_to"} <= set(updated.columns):
        return list(findings)
    kept = [each for each in findings if (each.table, each.rule) != (HISTORY, _RULE)]
    return kept + _overlaps(connection, updated)


def _overlaps(
    connection: duckdb.DuckDBPyConnection, updated: CleanTable
) -> list[Finding]:
    found = connection.execute(
        "SELECT file, row, attribute || ' of ' || account_id || ' from ' || valid_from "
        f"FROM {updated.name} WHERE dropped IS NULL QUALIFY valid_from <= "
        "lag(coalesce(valid_to, DATE '9999-12-31')) OVER (PARTITION BY account_id, "
        "attribute ORDER BY valid_from) ORDER BY account_id, attribute, valid_from"
    ).fetchall()
    if not found:
        return []
    (rows,) = connection.execute(
        f"SELECT count(*) FROM {updated.name} WHERE dropped IS NULL"
    ).fetchone()
    files = updated.raw.files
    samples = [
        Sample(_PORTFOLIO if file is None else files[file].name, row, told)
        for file, row, told in found
    ]
    told = make_finding(
        _RULE, HISTORY, "valid_from", len(found), samples, share=len(found) / rows
    )
    return [replace(told, places=tuple(samples))]

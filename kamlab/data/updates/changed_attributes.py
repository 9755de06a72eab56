"""Attributes without a date that a new extract changes: which, for how many."""

import duckdb

from kamlab.data.cleaning.parsing import quoted
from kamlab.data.columns import EXTRACT, FIXED
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.updates.merging import NEW, OLD, Merge


def changed_attributes(
    connection: duckdb.DuckDBPyConnection, merge: Merge
) -> list[Finding]:
    """Return a finding for each undated column whose values are others than before.

    Values of personal columns are not shown.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With both sides of the table.
    merge : Merge
        How its rows are recognised.
    """
    if merge.declared.lazy or merge.identity != merge.declared.key:
        return []
    findings = []
    for name in merge.common:
        column = merge.declared.column(name)
        if name not in merge.identity and column.known_from in (EXTRACT, FIXED):
            findings += _changed(connection, merge, name, column.personal)
    return findings


def _changed(
    connection: duckdb.DuckDBPyConnection, merge: Merge, name: str, is_personal: bool
) -> list[Finding]:
    old, new = f"{OLD}.{quoted(name)}", f"{NEW}.{quoted(name)}"
    key = " || ', ' || ".join(
        f"coalesce(CAST({NEW}.{quoted(each)} AS VARCHAR), '')"
        for each in merge.identity
    )
    changed = (
        f"FROM {OLD} JOIN {NEW} ON {merge.matched} WHERE {old} IS DISTINCT FROM {new}"
    )
    rows = connection.execute(f"SELECT count(*) {changed}").fetchone()[0]
    if not rows:
        return []
    values = ", ".join(
        f"coalesce(CAST({side} AS VARCHAR), 'nothing')" for side in (old, new)
    )
    shown = connection.execute(f"SELECT {key}, {values} {changed} ORDER BY 1 LIMIT 3")
    samples = [
        Sample("portfolio", None, who if is_personal else f"{who}: {was} → {now}")
        for who, was, now in shown.fetchall()
    ]
    noun = "row" if rows == 1 else "rows"
    told = {"counts": f"{rows:,} {noun}"}
    table = merge.declared.name
    return [make_finding("attribute_changed", table, name, rows, samples, **told)]

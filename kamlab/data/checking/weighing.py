"""How much a fault weighs, and where to see it: rows, money and samples."""

import math

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.quality import Finding, Sample, make_finding


def samples_where(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    condition: str,
    value: str,
) -> list[Sample]:
    """Return the first three kept rows for which an SQL condition holds.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    cleaned : CleanTable
        The typed rows.
    condition, value : str
        SQL over the table's columns: which rows, and what to show of them.
    """
    found = connection.execute(
        f"SELECT file, row, coalesce(CAST({value} AS VARCHAR), '') "
        f"FROM {cleaned.name} WHERE dropped IS NULL AND ({condition}) "
        "ORDER BY seq LIMIT 3"
    ).fetchall()
    files = cleaned.raw.files
    return [Sample(files[file].name, row, shown) for file, row, shown in found]


def weight(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    rows: int,
    money: float | None,
) -> dict[str, float | None]:
    """Return money and share of rows that break a rule, as a finding takes them."""
    all_rows, all_money = connection.execute(
        f"SELECT count(*), sum({cleaned.money}) FILTER (WHERE isfinite("
        f"CAST({cleaned.money} AS DOUBLE))) "
        f"FROM {cleaned.name} WHERE dropped IS NULL"
    ).fetchone()
    if money is None or not all_money or not math.isfinite(money):
        return {"money": None, "share": rows / all_rows}
    return {"money": round(money, 2), "share": min(money / all_money, 1.0)}


def finding_where(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    rule: str,
    column: str,
    condition: str,
    value: str,
    **details: object,
) -> list[Finding]:
    """Return a finding for the kept rows where a condition holds, if there are any.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    cleaned : CleanTable
        The typed rows.
    rule, column : str
        What the finding is, and in which column.
    condition, value : str
        SQL over the table's columns: which rows, and what to show of them.
    **details
        Further words that the rule's texts ask for.
    """
    rows, money = connection.execute(
        f"SELECT count(*), sum({cleaned.money}) FROM {cleaned.name} "
        f"WHERE dropped IS NULL AND ({condition})"
    ).fetchone()
    if not rows:
        return []
    samples = samples_where(connection, cleaned, condition, value)
    weighs = weight(connection, cleaned, rows, money)
    table = cleaned.declared.name
    affected = rows_where(cleaned, condition)
    told = {**weighs, **details, "affected": affected}
    return [make_finding(rule, table, column, rows, samples, **told)]


def rows_where(cleaned: CleanTable, condition: str) -> str:
    """Return SQL of the kept rows of a table for which a condition holds.

    Parameters
    ----------
    cleaned : CleanTable
        The typed rows.
    condition : str
        SQL over the table's columns.
    """
    return f"SELECT seq FROM {cleaned.name} WHERE dropped IS NULL AND ({condition})"

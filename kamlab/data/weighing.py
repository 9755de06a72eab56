"""How much a fault weighs, and where to see it: rows, money and samples."""

import math

import duckdb

from kamlab.data.cleaning import CleanTable
from kamlab.data.quality import Sample


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
    return {"money": round(money, 2), "share": money / all_money}

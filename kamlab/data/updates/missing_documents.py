"""Documents that a portfolio has and a new extract, which covers their days, has not.

Which days an extract covers is read off the data: a month counts where the extract
holds at least half of the documents that the portfolio has in it. So some lines posted
late to September do not make an extract of November one of September.
"""

from dataclasses import dataclass
from datetime import date

import duckdb

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.updates.merging import NEW, OLD, Merge

#: Share of a month's documents that an extract must hold to cover the month.
COVERED_SHARE = 0.5


@dataclass(frozen=True)
class CoveredDays:
    """Days of the portfolio that a new extract covers, as spans within months.

    Examples
    --------
    >>> january = (date(2025, 1, 1), date(2025, 1, 31))
    >>> CoveredDays((january,)).sql
    "(order_date BETWEEN DATE '2025-01-01' AND DATE '2025-01-31')"
    """

    spans: tuple[tuple[date, date], ...] = ()

    @property
    def sql(self) -> str:
        """SQL that holds for order lines of these days."""
        days = (
            f"(order_date BETWEEN DATE '{first}' AND DATE '{last}')"
            for first, last in self.spans
        )
        return " OR ".join(days) or "false"

    @property
    def last(self) -> date | None:
        """The last of the days, None where there is none."""
        return max((last for _, last in self.spans), default=None)


def covered_days(connection: duckdb.DuckDBPyConnection) -> CoveredDays:
    """Return the days that both the portfolio and the new extract are about.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With both sides of the order lines.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     for side in (OLD, NEW):
    ...         _ = connection.execute(
    ...             f"CREATE TABLE {side} AS SELECT '1' AS order_id, "
    ...             "DATE '2025-01-31' AS order_date"
    ...         )
    ...     covered_days(connection).last
    datetime.date(2025, 1, 31)
    """
    found = connection.execute(
        "WITH old_documents AS (SELECT date_trunc('month', order_date) AS month, "
        f"order_id FROM {OLD} GROUP BY ALL), new_documents AS (SELECT DISTINCT "
        f"order_id FROM {NEW}), covered AS (SELECT month FROM old_documents AS had "
        "LEFT JOIN new_documents AS has ON had.order_id = has.order_id GROUP BY month "
        "HAVING count(has.order_id) >= $share * count(*)) "
        f"SELECT min(order_date), max(order_date) FROM {NEW} "
        "JOIN covered ON date_trunc('month', order_date) = month "
        "GROUP BY month ORDER BY 1",
        {"share": COVERED_SHARE},
    ).fetchall()
    return CoveredDays(_joined(found))


def _joined(spans: list[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
    """Join spans of neighbouring months: only the ends of an extract cut a month."""
    joined: list[tuple[date, date]] = []
    for first, last in spans:
        if joined and _month(first) - _month(joined[-1][1]) == 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return tuple(joined)


def _month(day: date) -> int:
    return day.year * 12 + day.month


def documents_missing(
    connection: duckdb.DuckDBPyConnection,
    merge: Merge,
    covered: CoveredDays,
    is_removed: bool,
) -> list[Finding]:
    """Return a finding where order lines of the covered days are not in the extract.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With both sides of the order lines.
    merge : Merge
        How lines are recognised.
    covered : CoveredDays
        What `covered_days` returned.
    is_removed : bool
        Whether they are taken out of the portfolio.
    """
    missing = (
        f"FROM {OLD} WHERE ({covered.sql}) "
        f"AND NOT EXISTS (FROM {NEW} WHERE {merge.matched})"
    )
    rows, money = connection.execute(
        f"SELECT count(*), coalesce(sum(abs(net_amount)), 0) {missing}"
    ).fetchone()
    if not rows:
        return []
    everything = connection.execute(
        f"SELECT sum(abs(net_amount)) FROM {OLD} WHERE {covered.sql}"
    ).fetchone()[0]
    shown = connection.execute(
        f"SELECT DISTINCT order_id {missing} ORDER BY 1 LIMIT 3"
    ).fetchall()
    done = "they were removed, as the mapping says" if is_removed else "they were kept"
    return [
        make_finding(
            "documents_missing",
            "orders",
            "order_id",
            rows,
            [Sample("portfolio", None, document) for (document,) in shown],
            money=round(money, 2),
            share=money / everything if everything else 0.0,
            last=covered.last,
            done=done,
        )
    ]


def documents_moved(
    connection: duckdb.DuckDBPyConnection, merge: Merge
) -> list[Finding]:
    """Return a finding where documents belong to another account than before.

    Numbers that start again each year look like this: what is new would then take the
    place of what is old.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With both sides of the order lines.
    merge : Merge
        How lines are recognised.
    """
    moved = (
        f"FROM {OLD} WHERE EXISTS (FROM {NEW} WHERE {merge.matched}) AND NOT EXISTS "
        f"(FROM {NEW} WHERE {merge.matched} "
        f"AND {OLD}.account_id IS NOT DISTINCT FROM {NEW}.account_id)"
    )
    rows, money = connection.execute(
        f"SELECT count(*), coalesce(sum(abs(net_amount)), 0) {moved}"
    ).fetchone()
    if not rows:
        return []
    everything = connection.execute(f"SELECT sum(abs(net_amount)) FROM {OLD}")
    gross = everything.fetchone()[0]
    shown = connection.execute(
        f"SELECT DISTINCT order_id {moved} ORDER BY 1 LIMIT 3"
    ).fetchall()
    samples = [Sample("portfolio", None, document) for (document,) in shown]
    weighs = {"money": round(money, 2), "share": money / gross if gross else 0.0}
    rule = "document_of_another_account"
    return [make_finding(rule, "orders", "order_id", rows, samples, **weighs)]

"""What an update changed in periods that had been reported: quarter by quarter.

Glossary
--------
history
    The days that the portfolio covered before the update. What came after them is new,
    and restates nothing.
late line
    A line of the new extract that lies in the history and was not there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd

from kamlab.data.cleaning.parsing import quoted
from kamlab.data.findings.quality import Finding, make_finding
from kamlab.data.updates.merging import NEW, OLD, Merge, compared
from kamlab.fiscal import FiscalCalendar

RESTATEMENT_FILE = "restatement.csv"

_AMOUNTS = ("before", "late", "changed", "removed", "after", "change")
_LINES = ("late_lines", "changed_lines", "removed_lines")

#: Amounts are added exactly: converted ones have six decimals.
_EXACT = "CAST(net_amount AS DECIMAL(38, 6))"


@dataclass(frozen=True)
class Restatement:
    """The history by fiscal quarter, before and after, and what is new.

    Parameters
    ----------
    quarters : DataFrame
        Indexed by ``quarter``, only those that changed: ``before``, ``late``,
        ``changed``, ``removed``, ``after``, ``change`` (Decimal, reporting currency,
        net amounts of all lines), ``late_lines``, ``changed_lines``,
        ``removed_lines`` (counts).
    new_lines : int
        Lines of the extract after the last day of the history.
    new_amount : Decimal
        By how much the days after the history grew.
    gross : float
        Sum of the absolute amounts of the history, by which a change is weighed.

    Examples
    --------
    >>> nothing = Restatement(pd.DataFrame(columns=[*_AMOUNTS, *_LINES]), 0, Decimal(0))
    >>> nothing.change
    Decimal('0')
    """

    quarters: pd.DataFrame
    new_lines: int
    new_amount: Decimal
    gross: float = 0.0

    @property
    def change(self) -> Decimal:
        """By how much the history changed as a whole."""
        return sum(self.quarters["change"], Decimal(0))


def restatement(
    connection: duckdb.DuckDBPyConnection,
    merge: Merge,
    through: date,
    calendar: FiscalCalendar,
    gone: str = "false",
) -> Restatement:
    """Compare the order lines of the history before an update with those after it.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With both sides of the order lines.
    merge : Merge
        How they become one.
    through : date
        Last day of the history.
    calendar : FiscalCalendar
        How quarters are counted.
    gone : str
        SQL over the portfolio's lines: which are taken out.
    """
    days = connection.execute(_by_day(merge, gone)).df()
    days["day"] = pd.to_datetime(days["day"])
    is_history = days["day"] <= pd.Timestamp(through)
    later = days[~is_history]
    history = days[is_history].copy()
    history["quarter"] = [calendar.quarter_of(d.date()).label for d in history["day"]]
    by_quarter = _summed(history)
    touched = by_quarter[list(_LINES)].sum(axis="columns") > 0
    new_amount = sum((_decimal(x) for x in _net(later)), Decimal(0))
    return Restatement(
        by_quarter[touched | (by_quarter["change"] != 0)],
        int(later["late_lines"].sum()),
        new_amount,
        float(history["gross"].sum()),
    )


def _by_day(merge: Merge, gone: str) -> str:
    """SQL of the amounts and lines of each kind by day."""
    survives = f"NOT EXISTS (FROM {NEW} WHERE {merge.matched})"
    kinds = f"({compared(merge)}) AS kinds"
    on = " AND ".join(
        f"{NEW}.{quoted(k)} IS NOT DISTINCT FROM kinds.{quoted(k)}"
        for k in merge.identity
    )
    old = (
        f"SELECT order_date AS day, {_EXACT} AS amount, CASE WHEN NOT ({survives}) "
        f"THEN 'replaced' WHEN {gone} THEN 'removed' ELSE 'kept' END AS kind FROM {OLD}"
    )
    new = (
        f"SELECT {NEW}.order_date AS day, {_EXACT.replace('net', f'{NEW}.net')} "
        f"AS amount, kinds.kind FROM {NEW} JOIN {kinds} ON {on}"
    )
    of = "coalesce(sum(amount) FILTER (kind {}), 0)::VARCHAR AS {}"
    rows = "count(*) FILTER (kind = '{}') AS {}"
    shown = [
        of.format("IN ('kept', 'replaced', 'removed')", "before"),
        of.format("= 'new'", "late"),
        of.format("IN ('same', 'changed')", "matched"),
        of.format("= 'replaced'", "replaced"),
        of.format("= 'removed'", "removed"),
        rows.format("new", "late_lines"),
        rows.format("changed", "changed_lines"),
        rows.format("removed", "removed_lines"),
        "coalesce(sum(abs(amount)) FILTER (kind IN ('kept', 'replaced', 'removed')), 0)"
        "::DOUBLE AS gross",
    ]
    return f"SELECT day, {', '.join(shown)} FROM ({old} UNION ALL {new}) GROUP BY day"


def _decimal(text: str) -> Decimal:
    return Decimal(text)


def _net(days: pd.DataFrame) -> Iterable[str]:
    """Return the amounts, with their signs, by which days changed."""
    for sign, names in (("", ("late", "matched")), ("-", ("replaced", "removed"))):
        for name in names:
            yield from (str(Decimal(f"{sign}1") * Decimal(x)) for x in days[name])


def _summed(history: pd.DataFrame) -> pd.DataFrame:
    """Add days up to quarters, amounts exactly."""
    money = ["before", "late", "matched", "replaced", "removed"]
    exact = history.assign(**{name: history[name].map(Decimal) for name in money})
    sums = exact.groupby("quarter")[[*money, *_LINES]].agg("sum").sort_index()
    sums = sums.astype(dict.fromkeys(money, "object"))
    sums["changed"] = sums["matched"] - sums["replaced"]
    sums["removed"] = -sums["removed"]
    sums["change"] = sums["late"] + sums["changed"] + sums["removed"]
    sums["after"] = sums["before"] + sums["change"]
    return sums[[*_AMOUNTS, *_LINES]]


def write_restatement(told: Restatement, path: Path) -> None:
    """Write the quarters that changed as a CSV file, if there are any.

    Parameters
    ----------
    told : Restatement
        What `restatement` returned.
    path : Path
        The file to make; it is there as a whole, or not at all.

    Examples
    --------
    >>> nothing = pd.DataFrame(columns=[*_AMOUNTS, *_LINES])
    >>> write_restatement(Restatement(nothing, 0, Decimal(0)), Path("/nowhere/a.csv"))
    """
    if told.quarters.empty:
        return
    table = told.quarters.copy()
    table["change_share"] = [
        round(float(row["change"] / row["before"]), 6) if row["before"] else None
        for _, row in table.iterrows()
    ]
    for name in _AMOUNTS:
        table[name] = [f"{amount.normalize():f}" for amount in table[name]]
    aside = path.with_name(f"{path.name}.part")
    table.to_csv(aside, lineterminator="\n", encoding="utf-8")
    aside.replace(path)


def restated(told: Restatement) -> list[Finding]:
    """Return a finding for each quarter of the history that changed.

    Parameters
    ----------
    told : Restatement
        What `restatement` returned.

    Examples
    --------
    >>> sums = {name: Decimal(10) for name in _AMOUNTS}
    >>> lines = {"late_lines": 2, "changed_lines": 0, "removed_lines": 0}
    >>> quarters = pd.DataFrame([{**sums, **lines}], index=["2025Q3"])
    >>> print(restated(Restatement(quarters, 0, Decimal(0), 1000.0))[0].message)
    orders: 2 late lines restate 2025Q3 by +100.0 % (+10.00)
    """
    return [
        make_finding(
            "history_restated",
            "orders",
            rows=int(row[list(_LINES)].sum()),
            money=round(abs(float(row["change"])), 2),
            share=_share(row["change"], told.gross),
            counts=_lines_in_words(row),
            quarter=quarter,
            change=_change_in_words(row),
        )
        for quarter, row in told.quarters.iterrows()
    ]


def _lines_in_words(row: pd.Series) -> str:
    """Say how many lines of which kind: "212 late and 3 changed lines restate"."""
    kinds = [(int(row[name]), name.removesuffix("_lines")) for name in _LINES]
    told = [f"{count:,} {kind}" for count, kind in kinds if count]
    if not told:
        return "lines that moved to other days restate"
    is_one = len(told) == 1 and told[0].startswith("1 ")
    return f"{' and '.join(told)} {'line restates' if is_one else 'lines restate'}"


def _change_in_words(row: pd.Series) -> str:
    """Say a change as share and amount: "+0.3 % (+12,340.00)"."""
    amount = f"{row['change']:+,.2f}"
    if not row["before"]:
        return amount
    return f"{100 * float(row['change'] / row['before']):+.1f} % ({amount})"


def _share(change: Decimal, gross: float) -> float:
    """Return a change as a share of the history, at most all of it."""
    return min(abs(float(change)) / gross, 1.0) if gross else 1.0

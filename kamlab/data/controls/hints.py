"""Look for what explains the difference to a control total exactly: one cause, or two.

Sums of many sets of lines are compared with the difference, so that one may fit by
accident: what is told is a hint, to be looked at.
"""

from collections.abc import Iterable
from itertools import combinations

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.controls.causes import (
    Cause,
    causes_of,
    lines_told,
    undated,
    wide_causes,
)
from kamlab.data.controls.rounding import near_hints, rounding_hints, rounding_of
from kamlab.data.controls.totals import EVERYTHING, TO_THE_CENT, ControlOutcome

_MOST_HINTS = 3
_MOST_COMBINED = 60
_MOST_MONTHS = 6

#: What units, and VAT in per cent, make of a total.
_UNITS = {1_000.0: "thousands", 10_000.0: "万 (ten thousands)", 1e6: "millions"}
_VAT = (5, 6, 7, 7.7, 8, 8.1, 9, 10, 12, 13, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 27)

#: VAT is rounded on every document, so that its sum is only nearly a multiple.
_NEARLY = 2e-5


def explained(
    connection: duckdb.DuckDBPyConnection,
    orders: CleanTable,
    outcome: ControlOutcome,
    lines: str,
) -> tuple[str, ...]:
    """Return what would explain a difference, at most three hints.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the order lines.
    orders : CleanTable
        The typed rows.
    outcome : ControlOutcome
        A total that is missed.
    lines : str
        SQL of its lines, as `kamlab.data.controls.causes` describes them.
    """
    wanted = outcome.control.amount - outcome.computed
    values = orders.values.used_in(lines)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE control_lines AS {lines}", values)
    causes = list(causes_of(connection, orders, outcome))
    rounding = rounding_of(connection)
    found = (
        [*rounding_hints(rounding, wanted), *exact_hints(causes, wanted)]
        or exact_hints(wide_causes(connection, orders, outcome, wanted), wanted)
        or _single_lines(connection, orders, wanted)
        or pair_hints(causes, wanted)
        or near_hints(causes, wanted, rounding, outcome.control.allowed)
        or [
            *ratio_hints(outcome),
            *_empty_months(connection, outcome),
            *_unreadable(connection, orders, outcome),
        ]
    )
    connection.execute("DROP TABLE control_lines")
    return tuple(dict.fromkeys(found))[:_MOST_HINTS]


def exact_hints(causes: Iterable[Cause], wanted: float) -> list[str]:
    """Return the causes that are the difference to the cent.

    Parameters
    ----------
    causes : iterable of Cause
        What may be behind it.
    wanted : float
        What the books say more.

    Examples
    --------
    >>> causes = [Cause("dropped", "0", "14 lines dropped by rule 'samples'", 12.5)]
    >>> exact_hints(causes, 12.5)
    ["it is exactly 14 lines dropped by rule 'samples'"]
    """
    return [
        f"it is exactly {each.text}" for each in causes if _fits(each.change, wanted)
    ]


def pair_hints(causes: Iterable[Cause], wanted: float) -> list[str]:
    """Return pairs of causes without a common line that are the difference together.

    Parameters
    ----------
    causes : iterable of Cause
        What may be behind it; the first sixty are combined.
    wanted : float
        What the books say more.

    Examples
    --------
    >>> samples = Cause("dropped", "0", "14 lines dropped by rule 'samples'", 12.5)
    >>> june = Cause("file", "1", "9 lines of june.csv: may be there twice", -2.0)
    >>> pair_hints([samples, june], 10.5)[0][:47]
    "it is exactly 14 lines dropped by rule 'samples"
    """
    some = [each for each in causes if each.change][:_MOST_COMBINED]
    return [
        f"it is exactly {one.text}, and {other.text}"
        for one, other in combinations(some, 2)
        if one.is_apart_from(other) and _fits(one.change + other.change, wanted)
    ]


def _fits(change: float, wanted: float) -> bool:
    return abs(change - wanted) <= TO_THE_CENT


def _single_lines(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, wanted: float
) -> list[str]:
    """Name the line that the books lack, or that a rule dropped, if there is one."""
    found = connection.execute(
        "SELECT file, row, dropped FROM control_lines WHERE abs("
        "if(dropped IS NULL, -amount, amount) - $wanted) <= $most ORDER BY seq LIMIT 4",
        {"wanted": wanted, "most": TO_THE_CENT},
    ).fetchall()
    if len(found) > _MOST_HINTS:  # an amount of many lines tells nothing
        return []
    return [
        f"it is exactly the amount in {_place(orders, file, row)}"
        + ("" if rule is None else f", dropped by rule {orders.rules[rule]!r}")
        for file, row, rule in found
    ]


def _place(orders: CleanTable, file: int | None, row: int) -> str:
    """Say where a line stands; those of earlier imports are in no file of this one."""
    if file is None:
        return "a line of an earlier import"
    return f"{orders.raw.files[file].name} row {row:,}"


def ratio_hints(outcome: ControlOutcome) -> list[str]:
    """Return what the two figures are to each other: another unit, or VAT included.

    Parameters
    ----------
    outcome : ControlOutcome
        A total that is missed.

    Examples
    --------
    >>> from kamlab.data.controls.totals import Control
    >>> from kamlab.fiscal import FiscalCalendar
    >>> control = Control("books", "2024", 1_000.0)
    >>> period = FiscalCalendar().period("2024")
    >>> ratio_hints(ControlOutcome(control, period, 9, 1_190.0))[0][:42]
    "the import's total is 1.19 times the books"
    """
    books, imported = outcome.control.amount, outcome.computed
    if not books or not imported:
        return []
    ratio, more, less = imported / books, "the import's", "the books'"
    if abs(ratio) < 1:
        ratio, more, less = books / imported, less, more
    hints = [
        f"{more} total is {unit:,.0f} times {less}: one may count in {word}"
        for unit, word in _UNITS.items()
        if abs(ratio / unit - 1) <= _NEARLY
    ]
    return hints + [
        f"{more} total is {1 + rate / 100:g} times {less}: one may be with {rate:g} % "
        "VAT, the other without"
        for rate in _VAT
        if abs(ratio / (1 + rate / 100) - 1) <= _NEARLY
    ]


def _unreadable(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, outcome: ControlOutcome
) -> list[str]:
    """Name the lines that no total holds: without a day, without an amount."""
    hints = []
    if lines := undated(connection, orders, outcome):
        told = f"{lines_told(lines[0])} without a readable day ({lines[1]:,.2f})"
        hints.append(f"{told}, and in no period")
    rows = connection.execute(
        "SELECT count(*) FROM control_lines WHERE dropped IS NULL AND amount IS NULL"
    ).fetchone()[0]
    return [*hints, f"{lines_told(rows)} without a readable amount"] if rows else hints


def _empty_months(
    connection: duckdb.DuckDBPyConnection, outcome: ControlOutcome
) -> list[str]:
    """Name the months of the period in which there is no line."""
    if outcome.control.period == EVERYTHING or outcome.difference > 0:
        return []
    found = connection.execute(
        "SELECT strftime(month, '%Y-%m') FROM (SELECT unnest(generate_series("
        "date_trunc('month', $start::DATE), $end::DATE, INTERVAL 1 MONTH)) AS month) "
        "WHERE month NOT IN (SELECT date_trunc('month', day) FROM control_lines WHERE "
        "dropped IS NULL AND day IS NOT NULL) ORDER BY 1",
        {"start": outcome.period.start, "end": outcome.period.end},
    ).fetchall()
    months = [month for (month,) in found]
    if not months or len(months) > _MOST_MONTHS:
        return []
    return [f"there is no line in {', '.join(months)}"]

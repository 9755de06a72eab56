"""Compare what was imported with the totals that the books show.

A difference beyond its tolerance blocks, unless the mapping says otherwise; and what
would explain it to the cent is told as a hint.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import quoted
from kamlab.data.controls.causes import GROUPING
from kamlab.data.controls.file import read_control_file
from kamlab.data.controls.hints import explained
from kamlab.data.controls.kept import is_absent, kept_totals
from kamlab.data.controls.met_before import MetBefore, Subject, as_it_was_met
from kamlab.data.controls.original_amounts import ORIGINAL, without_original_amount
from kamlab.data.controls.totals import (
    COUNTS,
    EVERYTHING,
    Control,
    ControlOutcome,
    period_of,
)
from kamlab.data.findings.quality import Finding, make_finding, printable
from kamlab.data.mapping.mapping import Mapping
from kamlab.fiscal import FiscalCalendar, Period

#: Differences that are looked into; each costs some passes over the lines.
_MOST_EXPLAINED = 12

#: Totals that a message tells; the table on the screen and the log hold all of them.
_MOST_TOLD = 3

#: Totals that the import before met.
Known = MappingOf[Subject, MetBefore]


@dataclass(frozen=True)
class _Scope:
    """SQL of the lines a total is of: which of them, and their amount."""

    condition: str
    amount: str


def check_controls(
    connection: duckdb.DuckDBPyConnection,
    orders: CleanTable,
    mapping: Mapping,
    folders: tuple[Path, ...],
    known: Known | None = None,
    log: MappingOf[str, Any] | None = None,
) -> tuple[list[ControlOutcome], list[Finding]]:
    """Return the totals of the books beside the import's, and what is to be said.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the order lines.
    orders : CleanTable
        The typed rows.
    mapping : Mapping
        Names totals, and files of them.
    folders : tuple of Path
        Where such files are looked for, in this order.
    known : mapping, optional
        Totals that the portfolio met before it was updated, from `met_before`.
    log : mapping, optional
        The log of the portfolio that is updated, for totals that do not come again.
    """
    controls: list[Control] = []
    findings: list[Finding] = []
    for each in mapping.controls:
        if isinstance(each, Control):
            controls.append(each)
            continue
        if log is not None and is_absent(each, folders):
            kept, stays = kept_totals(each, log)
            controls += kept
            findings.append(stays)
            continue
        with TemporaryDirectory() as work:
            read, faults = read_control_file(each, folders, Path(work))
        controls += read
        findings += faults
    outcomes, early = compare_controls(
        connection, orders, controls, mapping.calendar, known
    )
    early += without_original_amount(connection, orders, outcomes)
    return outcomes, findings + early + control_findings(outcomes)


def compare_controls(
    connection: duckdb.DuckDBPyConnection,
    orders: CleanTable,
    controls: Sequence[Control],
    calendar: FiscalCalendar,
    known: Known | None = None,
) -> tuple[list[ControlOutcome], list[Finding]]:
    """Return for each control total what the kept order lines sum to.

    A total that the import before met holds for the lines of then: months that came
    since are none of it.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the order lines.
    orders : CleanTable
        The typed rows.
    controls : sequence of Control
        What the books say.
    calendar : FiscalCalendar
        What years and quarters mean.
    known : mapping, optional
        As in `check_controls`.

    Returns
    -------
    list of ControlOutcome, list of Finding
        In the order of the controls, where the largest differences carry hints; and
        which of them end before their period does.
    """
    compare = partial(_outcome, connection, orders, calendar)
    outcomes, early = as_it_was_met(list(map(compare, controls)), known or {}, compare)
    missed = [i for i, e in enumerate(outcomes) if not (e.is_met or e.hints)]
    missed.sort(key=lambda i: -abs(outcomes[i].difference))
    for i in missed[:_MOST_EXPLAINED]:
        hints = _hints(connection, orders, outcomes[i])
        outcomes[i] = replace(outcomes[i], hints=hints)
    return outcomes, early


def _outcome(
    connection: duckdb.DuckDBPyConnection,
    orders: CleanTable,
    calendar: FiscalCalendar,
    control: Control,
) -> ControlOutcome:
    period = period_of(control, calendar)
    scope = _scope(orders, control, period)
    totalled = f"fsum({scope.amount}) FILTER (WHERE isfinite({scope.amount}))"
    if control.measure == "documents":
        totalled = "count(DISTINCT order_id)"
    sql = (
        f"SELECT count(*), coalesce({totalled}, 0) FROM {orders.name} "
        f"WHERE dropped IS NULL AND {scope.condition}"
    )
    rows, computed = connection.execute(sql, orders.values.used_in(sql)).fetchone()
    return ControlOutcome(control, period, rows, float(computed))


def _scope(orders: CleanTable, control: Control, period: Period) -> _Scope:
    """Return the lines that a total is of, those that rules drop among them."""
    add, day = orders.values.add, control.dated_by
    conditions, amount = ["true"], control.measure
    if control.period != EVERYTHING or control.until:
        conditions = [f"{day} BETWEEN {add(period.start)} AND {add(period.end)}"]
    for name, held in control.where.items():
        conditions.append(f"{quoted(name)} IN ({', '.join(map(add, held))})")
    if control.currency:
        is_meant = f"upper(trim(currency)) = upper({add(control.currency)})"
        conditions.append(is_meant)
        if amount == "net_amount" and ORIGINAL in orders.columns:
            amount = ORIGINAL
    if control.measure in COUNTS:
        amount = "1.0"
    return _Scope(" AND ".join(conditions), amount)


def _hints(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, outcome: ControlOutcome
) -> tuple[str, ...]:
    """Return what would explain a difference; documents do not add up by parts."""
    if outcome.control.measure == "documents":
        return ()
    scope = _scope(orders, outcome.control, outcome.period)
    columns = [name for name in GROUPING if name in orders.columns]
    told = "".join(f"{quoted(name)}, " for name in columns)
    original = ORIGINAL if ORIGINAL in orders.columns else "NULL"
    lines = (
        f"SELECT seq, file, row, dropped, {told}{scope.amount} AS amount, "
        f"{outcome.control.dated_by} AS day, {original} AS unconverted "
        f"FROM {orders.name} WHERE {scope.condition}"
    )
    return explained(connection, orders, outcome, lines)


def control_findings(outcomes: Iterable[ControlOutcome]) -> list[Finding]:
    """Return what is to be said about control totals: those met, those missed.

    Parameters
    ----------
    outcomes : iterable of ControlOutcome
        From `compare_controls`.

    Returns
    -------
    list of Finding
        For each name at most one of those met, and one of those missed.

    Examples
    --------
    >>> period = FiscalCalendar().period("2024")
    >>> met = ControlOutcome(Control("books", "2024", 9.5), period, 1, 9.5)
    >>> print(control_findings([met])[0].message.partition(": ")[2])
    books: the lines of 2024 (2024-01-01 to 2024-12-31) sum to 9.50, as the books say
    """
    findings = []
    by_name = sorted(outcomes, key=lambda each: each.control.name)
    for _, group in groupby(by_name, key=lambda each: each.control.name):
        of_name = list(group)
        findings += _met([each for each in of_name if each.is_met])
        findings += _missed([each for each in of_name if not each.is_met])
    return findings


def _met(outcomes: list[ControlOutcome]) -> list[Finding]:
    if not outcomes:
        return []
    first = outcomes[0]
    told = f"{_summed(first)}, as the books say"
    if len(outcomes) > 1:
        exact = sum(each.is_exact for each in outcomes)
        told = f"{exact:,} of {len(outcomes):,} totals agree with the books exactly"
        if exact < len(outcomes):
            told += ", the others within their tolerance"
    elif not first.is_exact:
        told = (
            f"{_summed(first)}, the books say {_figure(first, first.control.amount)}; "
            f"{_signed(first)} is within the tolerance"
        )
    return [_finding("control_met", outcomes, counts=told)]


def _missed(outcomes: list[ControlOutcome]) -> list[Finding]:
    """One finding for the totals of a name that are missed, the largest first."""
    if not outcomes:
        return []
    worst = sorted(outcomes, key=lambda each: -abs(each.difference))
    more = len(worst) - _MOST_TOLD
    weighed = [each for each in worst if each.control.measure not in COUNTS]
    money = sum(abs(each.difference) for each in weighed)
    return [
        _finding(
            "control_missed",
            worst,
            counts="; ".join(_difference(each) for each in worst[:_MOST_TOLD]),
            more=f"; and {more:,} more totals differ" if more > 0 else "",
            money=round(money, 2) if weighed else None,
            share=_share(worst),
        )
    ]


def _share(outcomes: list[ControlOutcome]) -> float:
    """Share of the books' totals that the worst of the differences is."""
    return max(
        abs(each.difference) / abs(each.control.amount) if each.control.amount else 1.0
        for each in outcomes
    )


def _finding(rule: str, outcomes: list[ControlOutcome], **details: object) -> Finding:
    control, totals = outcomes[0].control, len(outcomes)
    column = "" if control.measure in COUNTS else control.measure
    return make_finding(rule, "orders", column, totals, name=control.name, **details)


def _summed(outcome: ControlOutcome) -> str:
    control, period = outcome.control, outcome.period
    days = f"{control.period} ({period.start} to {period.end})"
    if control.until or period.label == EVERYTHING or " to " in control.period:
        days = control.when
    which = "" if control.what == "net_amount" else f" [{printable(control.what)}]"
    verb = "number" if control.measure in COUNTS else "sum to"
    return f"the lines of {days}{which} {verb} {_figure(outcome, outcome.computed)}"


def _difference(outcome: ControlOutcome) -> str:
    hint = f" (hint: {' – or '.join(outcome.hints)})" if outcome.hints else ""
    return (
        f"{_summed(outcome)}, the books say "
        f"{_figure(outcome, outcome.control.amount)}, a difference of "
        f"{_signed(outcome)}{hint}"
    )


def _figure(outcome: ControlOutcome, value: float) -> str:
    return f"{value:,.{0 if outcome.control.measure in COUNTS else 2}f}"


def _signed(outcome: ControlOutcome) -> str:
    return f"{outcome.difference:+,.{0 if outcome.control.measure in COUNTS else 2}f}"

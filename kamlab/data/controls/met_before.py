"""Compare a total that was met once with the lines it was met by, once months follow.

Glossary
--------
year to date 年初至今
    A total of a year that has not ended yet: it goes until the last day that the books
    held when it was taken from them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kamlab.data.controls.totals import COUNTS, Control, ControlOutcome
from kamlab.data.findings.quality import Finding, counted, make_finding

#: What makes a total of the log the same as one of the mapping.
Subject = tuple[object, ...]


@dataclass(frozen=True)
class MetBefore:
    """A total that the import before met.

    Parameters
    ----------
    until : date
        Last day that its lines had then.
    imported : float
        What they summed to.

    Examples
    --------
    >>> MetBefore(date(2025, 11, 30), 9.5).imported
    9.5
    """

    until: date
    imported: float


def met_before(
    log: Mapping[str, Any], through: date | None
) -> dict[Subject, MetBefore]:
    """Return the totals of the books that a portfolio meets, by what they are.

    Parameters
    ----------
    log : mapping
        The portfolio's import_log.json.
    through : date or None
        Last day of its data.

    Examples
    --------
    >>> told = {"name": "books", "period": "2025", "measure": "lines", "books": 9.0,
    ...         "currency": "", "where": {}, "dated_by": "order_date", "met": True,
    ...         "last_day": "2025-12-31", "imported": 9.0}
    >>> met = met_before({"controls": [told]}, date(2025, 11, 30))
    >>> met[subject_of(Control("books", "2025", 9.0, "lines"))].until.isoformat()
    '2025-11-30'
    """
    if through is None:
        return {}
    return {
        _subject(told, told["books"]): MetBefore(
            min(through, date.fromisoformat(told["last_day"])), told["imported"]
        )
        for told in log.get("controls", ())
        if told["met"]
    }


def subject_of(control: Control) -> Subject:
    """Return what makes a total the same as one of an earlier import.

    Parameters
    ----------
    control : Control
        What the books say.

    Examples
    --------
    >>> one, other = (Control("books", "2025", amount) for amount in (9.0, 9.5))
    >>> subject_of(one) == subject_of(other)
    False
    """
    return _subject(vars(control), control.amount)


def _subject(told: Mapping[str, Any], amount: float) -> Subject:
    where = sorted((name, tuple(held)) for name, held in told["where"].items())
    named = ("name", "period", "measure", "currency", "dated_by")
    return (*(told[each] for each in named), tuple(where), amount)


def as_it_was_met(
    outcomes: Sequence[ControlOutcome],
    known: Mapping[Subject, MetBefore],
    compare: Callable[[Control], ControlOutcome],
) -> tuple[list[ControlOutcome], list[Finding]]:
    """Compare totals that are missed now with the lines of the time they were met.

    Parameters
    ----------
    outcomes : sequence of ControlOutcome
        Of this import.
    known : mapping
        From `met_before`.
    compare : callable
        Returns the outcome of a total.

    Returns
    -------
    list of ControlOutcome, list of Finding
        The outcomes that hold, and what is told of those that end early.
    """
    held: list[ControlOutcome] = []
    early: list[tuple[ControlOutcome, ControlOutcome]] = []
    for each in outcomes:
        before = known.get(subject_of(each.control))
        if each.is_met or before is None:
            held.append(each)
            continue
        if before.until < each.period.end:
            then = compare(replace(each.control, until=before.until))
            if then.rows < each.rows:
                early.append((then, each))
                each = then
        held.append(_with_change(each, before))
    return held, [_told(*pair) for pair in early]


def _with_change(outcome: ControlOutcome, before: MetBefore) -> ControlOutcome:
    """Say by how much this import changed lines by which a total was met."""
    change = outcome.computed - before.imported
    if outcome.is_met or not round(change, 2):
        return outcome
    digits = 0 if outcome.control.measure in COUNTS else 2
    hint = (
        f"the import before met it; this one changes lines of the time until "
        f"{before.until} by {change:+,.{digits}f}"
    )
    return replace(outcome, hints=(hint,))


def _told(then: ControlOutcome, now: ControlOutcome) -> Finding:
    control, digits = then.control, 0 if then.control.measure in COUNTS else 2
    column = "" if control.measure in COUNTS else control.measure
    return make_finding(
        "control_ends_early",
        "orders",
        column,
        1,
        name=control.name,
        period=control.period,
        day=control.until,
        lines=counted(now.rows - then.rows, "line"),
        amount=f"{now.computed - then.computed:,.{digits}f}",
    )

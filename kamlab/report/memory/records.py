"""Predictions and warnings that a notebook leaves behind for the next report.

Glossary
--------
prediction 预测
    A figure with its interval and the day on which it can be compared.
warning 预警
    An account that may be leaving, with the rule that said so and what was at stake.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from kamlab.errors import NotebookError, UsageError
from kamlab.estimates import checked_level
from kamlab.fiscal import as_date
from kamlab.style.formats import format_value
from kamlab.value.windows import key_name

#: Media types under which both lie in the output of an executed notebook.
PREDICTION_TYPE = "application/vnd.kamlab.prediction+json"
WARNING_TYPE = "application/vnd.kamlab.warning+json"


@dataclass(frozen=True)
class Prediction:
    """One figure that a report expects, as `record_prediction` describes it.

    Reports of earlier versions do not say `by`: whether the number is an account's or a
    group's.

    Examples
    --------
    >>> print(Prediction("net_revenue", "", 15e6, 14e6, 16e6, .9, "2026-01-01",
    ...                  "2026-03-31", "money", "same period last year"))
    net_revenue, 2026-01-01 to 2026-03-31: 15.0 M (90 % interval 14.0 M to 16.0 M)
    """

    name: str
    account: str
    value: float
    low: float
    high: float
    level: float
    start: str
    due: str
    unit: str
    source: str
    by: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """What two pages that predict the same have in common.

        Examples
        --------
        >>> days = ("2026-01-01", "2026-03-31")
        >>> Prediction("net_revenue", "", 2, 1, 3, 0.9, *days, "money", "").identity
        ('net_revenue', '', '', '2026-01-01', '2026-03-31', '')
        """
        return self.name, self.account, self.by, self.start, self.due, self.source

    def is_about(self, by: str) -> bool:
        """Tell whether it is about accounts, or groups, or the whole portfolio.

        Parameters
        ----------
        by : {"account", "parent"}
            Accounts, or groups under their parents.

        Examples
        --------
        >>> days = ("2026-01-01", "2026-03-31")
        >>> one = Prediction("x", "A", 2, 1, 3, 0.9, *days, "money", "", by="account")
        >>> one.is_about("account"), one.is_about("parent")
        (True, False)
        """
        return not self.account or self.by in ("", by)

    def __str__(self) -> str:
        whose = f" of {self.account}" if self.account else ""
        ends = [format_value(each, self.unit) for each in (self.low, self.high)]
        return (
            f"{self.name}{whose}, {self.start} to {self.due}: "
            f"{format_value(self.value, self.unit)} "
            f"({self.level:.0%} interval {ends[0]} to {ends[1]})".replace("%", " %")
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {PREDICTION_TYPE: asdict(self), "text/plain": str(self)}


@dataclass(frozen=True)
class Predictions:
    """Many predictions, stored as one output of the notebook.

    Examples
    --------
    >>> print(Predictions(()))
    0 predictions
    """

    all: tuple[Prediction, ...]

    def __str__(self) -> str:
        return f"{len(self.all)} predictions"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            PREDICTION_TYPE: [asdict(each) for each in self.all],
            "text/plain": str(self),
        }


@dataclass(frozen=True)
class Warned:
    """One warning of a report, as `record_warning` describes it.

    Examples
    --------
    >>> print(Warned("A01", "silence", 5200.0, "2025-06-11", "No order for 54 days."))
    A01, silence since 2025-06-11: No order for 54 days.
    """

    account: str
    rule: str
    at_stake: float | None
    since: str
    why: str
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def identity(self) -> tuple[str, ...]:
        """What two pages that warn of the same have in common.

        Examples
        --------
        >>> Warned("A01", "silence", 5200.0, "2025-06-11", "").identity
        ('A01', 'silence')
        """
        return self.account, self.rule

    def __str__(self) -> str:
        return f"{self.account}, {self.rule} since {self.since}: {self.why}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {WARNING_TYPE: asdict(self), "text/plain": str(self)}


def record_prediction(
    name: str,
    account: str | None,
    value: float,
    low: float,
    high: float,
    level: float,
    start: str | date,
    due: str | date,
    unit: str = "money",
    source: str = "",
    by: str = "",
) -> None:
    """Store a prediction in the notebook; the next report says whether it came true.

    Parameters
    ----------
    name : str
        What is predicted; "net_revenue" is looked up by `kept_word`.
    account : str or None
        Account, or parent, whose figure it is; None for the whole portfolio.
    value, low, high : float
        The figure and the ends of its interval.
    level : float
        Level of the interval, as a share.
    start, due : str or date
        First and last day of what is predicted.
    unit : str
        As for `kamlab.report.record`.
    source : str
        The method, in words.
    by : {"", "account", "parent"}
        Whether `account` is the number of an account or of a group; the same number
        may be both.

    Raises
    ------
    UsageError
        If a number is none, the interval or the days are not in order, or `by` is
        something else.

    Examples
    --------
    >>> record_prediction("net_revenue", None, 15e6, 14e6, 16e6, 0.9,
    ...                   "2026-01-01", "2026-03-31")
    net_revenue, 2026-01-01 to 2026-03-31: 15.0 M (90 % interval 14.0 M to 16.0 M)
    """
    given = Prediction(
        name, account or "", value, low, high, level, start, due, unit, source, by
    )
    _display(_checked(given))


def record_predictions(predictions: Iterable[Prediction]) -> None:
    """Store many predictions at once, such as one for every account.

    Parameters
    ----------
    predictions : iterable of Prediction
        As `record_prediction` would take them one by one.

    Raises
    ------
    UsageError
        If a number is none, or an interval or its days are not in order.

    Examples
    --------
    >>> days = ("2026-01-01", "2026-03-31")
    >>> figures = 2.0, 1.0, 3.0, 0.9
    >>> record_predictions(
    ...     Prediction("net_revenue", account, *figures, *days, "money", "")
    ...     for account in ("A01", "A02")
    ... )
    2 predictions
    """
    checked = tuple(map(_checked, predictions))
    if checked:
        _display(Predictions(checked))


def record_warning(
    account: str,
    rule: str,
    at_stake: float | None,
    since: str | date,
    why: str,
    figures: Mapping[str, float] | None = None,
) -> None:
    """Store a warning in the notebook; the next report says whether it was right.

    Parameters
    ----------
    account : str
        Account, or parent, that may be leaving.
    rule : str
        What said so, as in the watch list: "silence", "fading: gearboxes".
    at_stake : float or None
        Money of twelve months, reporting currency; None where a cost is missing.
    since : str or date
        Day from which the rule speaks.
    why : str
        The reason in words.
    figures : mapping of str to float, optional
        What the next report needs to judge it, such as ``usual_gap``,
        ``share_before``; gaps are left out.

    Raises
    ------
    UsageError
        If the day is none, or `at_stake` no number.

    Examples
    --------
    >>> record_warning("A01", "silence", 5200.0, "2025-06-11", "No order for 54 days.")
    A01, silence since 2025-06-11: No order for 54 days.
    """
    known = at_stake is not None and at_stake == at_stake
    amount = _finite("at_stake", account, at_stake) if known else None
    day = as_date(since, "since").isoformat()
    given = {key: float(each) for key, each in (figures or {}).items()}
    finite = {key: each for key, each in given.items() if math.isfinite(each)}
    _display(Warned(str(account), str(rule), amount, day, str(why), finite))


def read_predictions(notebook: Mapping[str, Any]) -> list[Prediction]:
    """Return the predictions that an executed notebook recorded, in its order.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.

    Raises
    ------
    NotebookError
        If one figure of one account and period was predicted twice in the same way.

    Examples
    --------
    >>> read_predictions({"cells": [{"outputs": []}]})
    []
    """
    found = [Prediction(**each) for each in _payloads(notebook, PREDICTION_TYPE)]
    _check_once([each.identity for each in found], "prediction")
    return found


def read_warnings(notebook: Mapping[str, Any]) -> list[Warned]:
    """Return the warnings that an executed notebook recorded, in its order.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.

    Raises
    ------
    NotebookError
        If one rule warned of one account twice.

    Examples
    --------
    >>> read_warnings({"cells": [{"outputs": []}]})
    []
    """
    found = [Warned(**each) for each in _payloads(notebook, WARNING_TYPE)]
    _check_once([(each.account, each.rule) for each in found], "warning")
    return found


def _payloads(notebook: Mapping[str, Any], media_type: str) -> list[dict[str, Any]]:
    outputs = [o for cell in notebook["cells"] for o in cell.get("outputs", [])]
    data = [output.get("data", {}).get(media_type) for output in outputs]
    several = [each if isinstance(each, list) else [each] for each in data if each]
    return [dict(each) for group in several for each in group]


def _checked(given: Prediction) -> Prediction:
    """Return a prediction as it is stored, with plain numbers and days."""
    name = given.name
    low, high = _finite("low", name, given.low), _finite("high", name, given.high)
    if low > high:
        raise UsageError(
            f"low = {given.low!r} of prediction {name!r} is above high = "
            f"{given.high!r}: swap them"
        )
    if given.by:
        key_name(given.by)
    first, last = as_date(given.start, "start"), as_date(given.due, "due")
    if first > last:
        raise UsageError(
            f"start = {first} of prediction {name!r} is after due = {last}: swap them"
        )
    return replace(
        given,
        name=str(name),
        account=str(given.account),
        value=_finite("value", name, given.value),
        low=low,
        high=high,
        level=float(checked_level(given.level)),
        start=first.isoformat(),
        due=last.isoformat(),
    )


def _check_once(keys: list[tuple[str, ...]], what: str) -> None:
    counted = Counter(keys)
    twice = [key for key, times in counted.items() if times > 1]
    if twice:
        raise NotebookError(
            f"{what} {twice[0]!r} is recorded twice in the notebook: record it once"
        )


def _finite(argument: str, name: str, value: object) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"{argument} of {name!r} is {value!r}: give a finite number")
    return number


def _display(record: Prediction | Warned) -> None:
    from IPython.display import display  # a third of a second, only kernels need it

    display(record)

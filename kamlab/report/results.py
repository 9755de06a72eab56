"""Headline figures that a notebook leaves behind for the report that reads it.

Glossary
--------
ledger figure
    Booked, and therefore exact: revenue, orders, days late. It carries no interval.
estimate
    Says something about what was not observed; it carries an interval and its n, or
    says why it cannot be told.
headline
    A figure marked for the report's front page; see also `say`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kamlab.errors import NotebookError, UsageError, did_you_mean
from kamlab.estimates import Estimate
from kamlab.language import _, plural
from kamlab.style import UNITS, format_share, format_value

#: Media type under which a figure lies in the output of an executed notebook.
MIME_TYPE = "application/vnd.kamlab.result+json"

KINDS = ("ledger", "estimate")
DIRECTIONS = ("higher", "lower")


@dataclass(frozen=True)
class Result:
    """One recorded figure: what it is called, what it is, and how sure it is.

    Examples
    --------
    >>> print(Result("accounts", 180.0, "Accounts with revenue", unit="count"))
    Accounts with revenue: 180
    """

    name: str
    value: float | None
    label: str
    unit: str = "number"
    kind: str = "ledger"
    better: str | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    reason: str = ""
    currency: str = ""
    of: str = ""
    headline: bool = False

    def quantity(self, currency: str = "") -> str:
        """Return the figure in words, or "cannot tell".

        Examples
        --------
        >>> Result("top", 0.775, "Share of the top 20 %", unit="share").quantity()
        '77.5 %'
        """
        if self.value is None:
            return _("cannot tell")
        return format_value(self.value, self.unit, self.currency or currency)

    def certainty(self) -> str:
        """Return how sure the figure is: its reason, its interval, its n.

        Examples
        --------
        >>> Result("x", 2.0, "X", low=1.0, high=3.0, level=0.9, n=40).certainty()
        '90 % interval 1.00 to 3.00, n = 40'
        """
        parts = [self.reason] if self.reason else []
        if self.low is not None and self.high is not None:
            ends = [format_value(end, self.unit) for end in (self.low, self.high)]
            told = _("{level} interval {low} to {high}")
            level = format_share(self.level or 0.95, 0)
            parts.append(told.format(level=level, low=ends[0], high=ends[1]))
        if self.n is not None:
            parts.append(f"n = {self.n:,}")
        return ", ".join(parts)

    def basis(self) -> str:
        """Return what a manager reads below the figure.

        A booked figure is exact, so "n" would tell nothing; it names what it counts,
        if the notebook said what that is. An estimate says how sure it is.

        Examples
        --------
        >>> Result("top", 0.775, "Share of the top 20 %", n=180, of="accounts").basis()
        '180 accounts'
        >>> Result("top", 0.775, "Share of the top 20 %", n=180).basis()
        ''
        """
        if self.kind == "estimate":
            return self.certainty()
        if self.n is None or not self.of:
            return ""
        return _counted(self.n, self.of)

    def __str__(self) -> str:
        certainty = self.certainty()
        return f"{self.label}: {self.quantity()}" + (
            f" ({certainty})" if certainty else ""
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {MIME_TYPE: asdict(self), "text/plain": str(self)}


def record(
    name: str,
    value: float | Estimate,
    *,
    label: str,
    unit: str | None = None,
    kind: str | None = None,
    better: str | None = None,
    n: int | None = None,
    interval: Sequence[float] | None = None,
    level: float | None = None,
    currency: str = "",
    of: str = "",
    headline: bool = False,
) -> None:
    """Store a figure in the notebook, for the report's front page and the next period.

    Parameters
    ----------
    name : str
        What the figure is called from one period to the next, such as
        ``"top20_revenue_share"``: a Python identifier, used once in a notebook.
    value : float or Estimate
        The figure; shares as 0–1, money in the reporting currency. An estimate brings
        its own unit, interval and n.
    label : str
        What a manager reads, such as ``"Revenue share of the top 20 %"``.
    unit : {"share", "points", "money", "count", "days", "number"}, optional
        What the number counts; "number" if neither it nor the estimate says so.
    kind : {"ledger", "estimate"}, optional
        Booked and exact, or estimated. Known from the value if not given.
    better : {"higher", "lower"}, optional
        Which direction is good news, if one is.
    n : int, optional
        How many accounts (or orders, or answers) the figure rests on.
    interval : (float, float), optional
        Lower and upper end; an estimate must have one, a ledger figure must not.
    level : float, optional
        Confidence level of the interval, 0–1; 0.95 if not given.
    currency : str, optional
        Currency of a money figure, if it is not the portfolio's own.
    of : str, optional
        What `n` counts, in the plural: ``"accounts"``, ``"groups"``, ``"orders"``. The
        page then writes "180 accounts" below a booked figure.
    headline : bool
        Whether the report's front page shows the figure. Where a notebook marks
        nothing, its first four figures stand there.

    Raises
    ------
    UsageError
        If a word is not one of those above, or the value is no number, or an estimate
        comes without its interval and n.

    Examples
    --------
    >>> record("top20", 0.775, label="Revenue share of the top 20 %", unit="share",
    ...        n=180)
    Revenue share of the top 20 %: 77.5 % (n = 180)
    """
    estimated = isinstance(value, Estimate)
    given = _from_estimate(value) if estimated else {"value": value}
    own = {"n": n, "level": level, "unit": unit, **_ends(name, interval)}
    given |= {key: each for key, each in own.items() if each is not None}
    given["kind"] = kind or ("estimate" if estimated else "ledger")
    if currency:
        given["currency"] = currency
    given |= {"of": of, "headline": headline}
    _display(_checked(Result(name=name, label=label, better=better, **given)))


def _counted(n: int, of: str) -> str:
    """Return how many of something a figure counts."""
    known = {
        "accounts": plural("{n} account", "{n} accounts", n),
        "groups": plural("{n} group", "{n} groups", n),
        "orders": plural("{n} order", "{n} orders", n),
    }
    return known.get(of, f"{n:,} {of.removesuffix('s') if n == 1 else of}")


def _display(result: Result) -> None:
    from IPython.display import display  # a third of a second, only kernels need it

    display(result)


def _from_estimate(estimate: Estimate) -> dict[str, Any]:
    """Take what an estimate says about itself; without a value there is no interval."""
    about = {"n": estimate.n, "unit": estimate.unit, "currency": estimate.currency}
    if estimate.cannot_tell:
        return {**about, "value": None, "reason": estimate.reason}
    low, high = estimate.interval or (None, None)
    return {
        **about,
        "value": estimate.value,
        "low": low,
        "high": high,
        "level": estimate.level,
    }


def _ends(name: str, interval: Sequence[float] | None) -> dict[str, float | None]:
    if interval is None:
        return {}
    if len(interval) != 2:
        raise UsageError(
            f"interval of result {name!r} is {interval!r}: give its lower and upper end"
        )
    return {"low": interval[0], "high": interval[1]}


def _checked(result: Result) -> Result:
    """Refuse a figure that a reader could not trust; return it with plain floats."""
    if not isinstance(result.name, str) or not result.name.isidentifier():
        raise UsageError(
            f"name of a result is {result.name!r}: give a Python identifier, such as "
            "'top20_revenue_share'"
        )
    _check_word("unit", result.unit, UNITS, result.name)
    _check_word("kind", result.kind, KINDS, result.name)
    if result.better is not None:
        _check_word("better", result.better, DIRECTIONS, result.name)
    _check_certainty(result)
    numbers = ("value", "low", "high", "level")
    plain = {each: _number(result, each) for each in numbers}
    count = None if result.n is None else int(result.n)
    return Result(**{**asdict(result), **plain, "n": count})


def _check_word(argument: str, word: str, known: Sequence[str], name: str) -> None:
    if word not in known:
        raise UsageError(
            f"{argument} of result {name!r} is {word!r}: {did_you_mean(word, known)}"
        )


def _check_certainty(result: Result) -> None:
    if result.kind == "ledger" and (result.low is not None or result.reason):
        raise UsageError(
            f"result {result.name!r} is a ledger figure with an interval: a booked "
            "figure is exact; record it with kind='estimate' if it is not booked"
        )
    bare = result.low is None or result.high is None or result.n is None
    if result.kind == "estimate" and bare and not result.reason:
        raise UsageError(
            f"result {result.name!r} is an estimate without interval or n: give both, "
            "or an estimate that says why it cannot be told"
        )


def _number(result: Result, field: str) -> float | None:
    value = getattr(result, field)
    if value is None and (field != "value" or result.reason):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(
            f"{field} of result {result.name!r} is {value!r}: give a finite number, or "
            "an estimate that says why it cannot be told"
        )
    return number


def read_results(notebook: Mapping[str, Any]) -> list[Result]:
    """Return the figures that an executed notebook recorded, in its order.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.

    Returns
    -------
    list of Result
        Empty if the notebook recorded nothing.

    Raises
    ------
    NotebookError
        If one name was recorded twice.

    Examples
    --------
    >>> output = {"data": {MIME_TYPE: {"name": "n", "value": 3.0, "label": "N"}}}
    >>> read_results({"cells": [{"outputs": [output]}]})[0].value
    3.0
    """
    found: dict[str, Result] = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            payload = output.get("data", {}).get(MIME_TYPE)
            if payload is None:
                continue
            if payload["name"] in found:
                raise NotebookError(
                    f"result {payload['name']!r} is recorded twice in the notebook: "
                    "give each figure its own name"
                )
            found[payload["name"]] = Result(**payload)
    return list(found.values())

"""Is a figure inside its usual variation, or has something changed?

Booked figures are exact, and still no two quarters are alike. A control chart asks how
far they usually lie apart, and marks only what lies outside of that.

Glossary
--------
individuals chart, XmR chart (单值移动极差控制图)
    Limits around the mean of earlier periods, as wide as the ranges between neighbours.
moving range (移动极差)
    Difference between one period and the one before, without its sign.
inside its usual variation
    Between the limits: no reason to look for a cause.
"""

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from numbers import Real

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.language import _
from kamlab.style.formats import format_value

#: Limits lie this many mean moving ranges from the mean: 3 ÷ 1.128, where 1.128 is the
#: expected range of two values of a normal distribution with standard deviation 1.
LIMIT_FACTOR = 2.66
#: Changes against the year before that it takes to judge by them.
FEWEST_CHANGES = 8
#: Values that it takes to judge at all.
FEWEST_VALUES = 6

_LABEL = re.compile(r"(\d{4})(?:Q([1-4])|-(\d{2}))")
_ROUNDING = 1e-9


@dataclass(frozen=True)
class UsualVariation:
    """Between which limits a figure usually lies, and whether it does now.

    Parameters
    ----------
    low, high : float
        Limits for the figure of this period; NaN where nobody can tell.
    centre : float
        Where the figure was to be expected.
    inside : bool or None
        Whether it lies between the limits; None where nobody can tell.
    n : int
        Number of values, or of changes against the year before, behind the limits.
    basis : {"level", "change", ""}
        Whether the limits come from the values themselves, or from their changes
        against the same period of the year before.
    reason : str
        Why nobody can tell, in the current language; empty where one can.

    Examples
    --------
    >>> UsualVariation(90.0, 110.0, 100.0, True, 12, "level").inside
    True
    """

    low: float
    high: float
    centre: float
    inside: bool | None
    n: int
    basis: str = ""
    reason: str = ""


def usual_variation(
    history: pd.Series, now: float, season: int | None = None, most: int = 12
) -> UsualVariation:
    """Say whether this period's figure is inside its usual variation.

    Parameters
    ----------
    history : Series of shape (n_periods,)
        The figure in the periods before this one, the earliest first; periods are
        consecutive. Labels such as "2025Q3" or "2025-11" tell the season.
    now : float
        The figure of the period after the last one of `history`.
    season : int, optional
        Periods a year: 4 for quarters, 12 for months, 1 for none; by default what the
        labels say, and none if they say nothing.
    most : int
        How many values, or changes, at most make the limits; the latest are taken.

    Returns
    -------
    UsualVariation
        Where the seasons repeat often enough, the limits of the change against the
        same period of the year before, added to that period's figure.

    Raises
    ------
    UsageError
        If the history is no series of numbers, or `season` or `most` cannot be right.

    Notes
    -----
    limits = mean ± 2.66 × mean moving range, over the values x, or over the changes
    x − x of a year before where there are at least 8. Only neighbours make a range; a
    gap in the history ends it. Of steady figures about three in a thousand lie outside
    if they are normally distributed and the limits rest on many values; with twelve,
    somewhat more.

    References
    ----------
    Shewhart, W. A. (1931). Economic Control of Quality of Manufactured Product. Van
    Nostrand, New York.
    Wheeler, D. J. (1993). Understanding Variation: The Key to Managing Chaos. SPC
    Press, Knoxville.

    Examples
    --------
    >>> history = pd.Series([100.0, 104, 98, 102, 97, 101, 103, 99])
    >>> usual_variation(history, 103.0).inside
    True
    >>> usual_variation(history, 130.0).inside
    False
    >>> usual_variation(history[:3], 130.0).reason
    'only 3 earlier periods'
    """
    values = _checked(history)
    season = _checked_season(season, history)
    if isinstance(most, bool) or not isinstance(most, int) or most < FEWEST_VALUES:
        raise UsageError(
            f"most = {most!r}: give a whole number from {FEWEST_VALUES} on"
        )
    if not isinstance(now, Real) or not math.isfinite(now):
        return _unknown(len(values), _("the figure of this period is not known"))
    changes = values[season:] - values[:-season] if season > 1 else values[:0]
    if len(changes) >= FEWEST_CHANGES:
        return _judged(float(now), changes[-most:], "change", float(values[-season]))
    if len(values) >= FEWEST_VALUES:
        return _judged(float(now), values[-most:], "level", 0.0)
    text = _("only {n} earlier periods").format(n=len(values))
    return _unknown(len(values), text)


def variation_words(
    variation: UsualVariation, unit: str = "money", currency: str = ""
) -> str:
    """Say whether a figure is inside its usual variation, with the limits.

    Parameters
    ----------
    variation : UsualVariation
        From `usual_variation`.
    unit : {"money", "share", "points", "count", "days", "number"}
        What the figure is.
    currency : str
        Code of the currency, for money.

    Returns
    -------
    str
        In the current language.

    Examples
    --------
    >>> usual = UsualVariation(90.0, 110.0, 100.0, False, 12, "level")
    >>> variation_words(usual, currency="EUR")
    'outside its usual variation, EUR 90 to EUR 110'
    """
    if variation.inside is None:
        text = _("usual variation not known: {reason}")
        return text.format(reason=variation.reason)
    text = (
        _("inside its usual variation, {low} to {high}")
        if variation.inside
        else _("outside its usual variation, {low} to {high}")
    )
    low, high = (
        format_value(each, unit, currency) for each in (variation.low, variation.high)
    )
    return text.format(low=low, high=high)


def _checked(history: pd.Series) -> np.ndarray:
    """Return the latest values without a gap among them."""
    if not isinstance(history, pd.Series):
        raise UsageError(
            f"history is {type(history).__name__}: give a Series, one value a period"
        )
    if not (history.empty or pd.api.types.is_numeric_dtype(history)):
        raise UsageError(f"history holds {history.iloc[0]!r}: give numbers")
    values = history.to_numpy(dtype="float64", na_value=np.nan)
    is_break = ~np.isfinite(values) | _follows_a_gap(history)
    breaks = np.flatnonzero(is_break)
    if not len(breaks):
        return values
    # What follows a gap is whole; a missing value itself is not.
    start = breaks[-1] + int(not np.isfinite(values[breaks[-1]]))
    return values[start:]


def _follows_a_gap(history: pd.Series) -> np.ndarray:
    """Tell which values come after a period that the labels skip."""
    places = [_place(label) for label in history.index]
    steps = [None not in (one, two) and two - one != 1 for one, two in pairwise(places)]
    return np.array([False, *steps][: len(places)], dtype=bool)


def _place(label: object) -> int | None:
    """Return the number of a quarter or month in time, from its label."""
    match = _LABEL.fullmatch(str(label))
    if match is None:
        return None
    year, quarter, month = match.groups()
    return int(year) * 4 + int(quarter) if quarter else int(year) * 12 + int(month)


def _checked_season(season: int | None, history: pd.Series) -> int:
    if season is not None:
        if isinstance(season, bool) or not isinstance(season, int) or season < 1:
            raise UsageError(
                f"season = {season!r}: give periods a year, such as 4 for quarters"
            )
        return season
    match = _LABEL.fullmatch(str(history.index[-1])) if len(history) else None
    if match is None:
        return 1
    return 4 if match.group(2) else 12


def _judged(now: float, values: np.ndarray, basis: str, base: float) -> UsualVariation:
    """Set limits by neighbours' ranges; `base` is what the changes are added to."""
    centre = base + float(values.mean())
    reach = LIMIT_FACTOR * float(np.abs(np.diff(values)).mean())
    low, high = centre - reach, centre + reach
    slack = _ROUNDING * max(abs(low), abs(high), 1.0)
    inside = low - slack <= now <= high + slack
    return UsualVariation(low, high, centre, inside, len(values), basis)


def _unknown(n: int, reason: str) -> UsualVariation:
    nothing = float("nan")
    return UsualVariation(nothing, nothing, nothing, None, n, reason=reason)

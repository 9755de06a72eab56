"""Orders to come, discounted to today: rates and the integral over a horizon.

Glossary
--------
continuous rate
    δ per unit of time: money after t units counts e^(−δt). A yearly rate d is
    δ = ln(1 + d) a year.
"""

import math
from collections.abc import Callable
from itertools import pairwise
from numbers import Real

import numpy as np

from kamlab.errors import UsageError
from kamlab.value.lifetime.units import DAYS_A_YEAR, DAYS_IN, checked_unit

#: Ends of the panels as shares of the horizon: most happens early.
_PANELS = (0.0, 1 / 16, 1 / 4, 1.0)
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(16)


def continuous_rate(yearly: float, unit: str = "W") -> float:
    """Return the continuous discount rate for one unit of time from a yearly rate.

    Parameters
    ----------
    yearly : float
        Effective rate a year as a share: 0.15 for 15 %.
    unit : {"D", "W", "M", "Q"}
        The model's unit of time.

    Returns
    -------
    float
        δ = ln(1 + yearly) × days of the unit / 365.25.

    Raises
    ------
    UsageError
        If the rate is not above −1, or the unit unknown.

    Examples
    --------
    >>> round(continuous_rate(0.15, "W"), 4)
    0.0027
    """
    if not isinstance(yearly, Real) or not -1 < yearly < math.inf:
        raise UsageError(f"yearly = {yearly!r}: give a share such as 0.1 for 10 %")
    return math.log1p(yearly) * DAYS_IN[checked_unit(unit)] / DAYS_A_YEAR


def checked_rate(discount_rate: float, zero: bool = False) -> float:
    """Return a continuous discount rate, or say what was given instead.

    Parameters
    ----------
    discount_rate : float
        Rate for one unit of time.
    zero : bool
        Whether 0 is allowed: over an endless future it is not.

    Returns
    -------
    float
        The rate.

    Raises
    ------
    UsageError
        If it is no number, or too small.

    Examples
    --------
    >>> checked_rate(0.0027)
    0.0027
    """
    known = isinstance(discount_rate, Real) and not isinstance(discount_rate, bool)
    enough = known and (discount_rate > 0 or (zero and discount_rate == 0))
    if not enough or not math.isfinite(discount_rate):
        least = "0 or more" if zero else "above 0"
        raise UsageError(
            f"discount_rate = {discount_rate!r}: give a continuous rate for one unit "
            f"of time, {least}, such as 0.0027 a week"
        )
    return float(discount_rate)


def discounted_integral(
    expected: Callable[[float], np.ndarray], horizon: float, rate: float
) -> np.ndarray:
    """Return the orders up to a horizon, each discounted to today.

    Parameters
    ----------
    expected : callable
        Returns the expected orders up to a time, one number for each account.
    horizon : float
        How far ahead.
    rate : float
        Continuous discount rate for one unit of time.

    Returns
    -------
    array
        ∫ e^(−δs) dE(s) = e^(−δh) E(h) + δ ∫ e^(−δs) E(s) ds.

    Examples
    --------
    One order a unit of time, for ten units:

    >>> found = discounted_integral(lambda span: np.array([span]), 10.0, 0.1)
    >>> bool(abs(found[0] - (1 - np.exp(-1)) / 0.1) < 1e-12)
    True
    """
    total = math.exp(-rate * horizon) * expected(horizon)
    if rate == 0:
        return total
    for first, last in pairwise(_PANELS):
        half = (last - first) / 2 * horizon
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            span = first * horizon + half * (node + 1)
            share = rate * half * weight * math.exp(-rate * span)
            total = total + share * expected(span)
    return total

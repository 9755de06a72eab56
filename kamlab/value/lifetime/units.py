"""Units of time: in what a purchase model counts, and horizons given with their unit.

Glossary
--------
unit
    What recency, T and horizons are measured in: ``"D"`` days, ``"W"`` weeks, ``"M"``
    months, ``"Q"`` quarters. A month has 365.25 / 12 days, a quarter three months.
"""

import math
import re
from numbers import Real

import numpy as np

from kamlab.errors import UsageError, did_you_mean

DAYS_A_YEAR = 365.25
#: Days of each unit.
DAYS_IN = {"D": 1.0, "W": 7.0, "M": DAYS_A_YEAR / 12, "Q": DAYS_A_YEAR / 4}

#: What each unit is called in a sentence.
UNIT_NAMES = {"D": "days", "W": "weeks", "M": "months", "Q": "quarters"}

_TEXT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*")


def checked_unit(unit: str) -> str:
    """Return the unit, or say which ones there are.

    Parameters
    ----------
    unit : {"D", "W", "M", "Q"}
        Days, weeks, months or quarters.

    Returns
    -------
    str
        The unit as given.

    Raises
    ------
    UsageError
        If it is none of these.

    Examples
    --------
    >>> checked_unit("W")
    'W'
    """
    if unit not in DAYS_IN:
        hint = did_you_mean(str(unit), DAYS_IN)
        raise UsageError(f"unit = {unit!r}: {hint} (days, weeks, months, quarters)")
    return unit


def days_to_units(days: float | np.ndarray, unit: str) -> float | np.ndarray:
    """Return a number of days in another unit of time.

    Parameters
    ----------
    days : float or array
        Days.
    unit : {"D", "W", "M", "Q"}
        What to count in.

    Returns
    -------
    float or array
        The same time in the unit.

    Raises
    ------
    UsageError
        If the unit is unknown.

    Examples
    --------
    >>> days_to_units(273, "W")
    39.0
    """
    return days / DAYS_IN[checked_unit(unit)]


def checked_horizon(horizon: float | str, unit: str) -> float:
    """Return how far ahead to look, in the model's own unit.

    Parameters
    ----------
    horizon : float or str
        A number in the model's unit, or a text with its unit such as ``"52W"``.
    unit : {"D", "W", "M", "Q"}
        The model's unit.

    Returns
    -------
    float
        The horizon in the model's unit.

    Raises
    ------
    UsageError
        If it is negative or no number, or if its unit is not the model's.

    Examples
    --------
    >>> checked_horizon("52W", "W")
    52.0
    >>> checked_horizon("12M", "W")
    Traceback (most recent call last):
    kamlab.errors.UsageError: horizon = '12M' is in months, but this model counts in
    weeks: give '52.18W'
    """
    if isinstance(horizon, str):
        horizon = _from_text(horizon, unit)
    known = isinstance(horizon, Real) and not isinstance(horizon, bool)
    if not known or not math.isfinite(horizon) or horizon < 0:
        raise UsageError(
            f"horizon = {horizon!r}: give a number of {UNIT_NAMES[unit]}, 0 or more"
        )
    return float(horizon)


def _from_text(text: str, unit: str) -> float:
    match = _TEXT.fullmatch(text)
    if match is None or match[2].upper() not in DAYS_IN:
        raise UsageError(
            f"horizon = {text!r}: give a number of {UNIT_NAMES[unit]}, such as "
            f"13 or '13{unit}'"
        )
    number, given = float(match[1]), match[2].upper()
    if given != unit:
        right = f"{number * DAYS_IN[given] / DAYS_IN[unit]:.2f}".rstrip("0").rstrip(".")
        raise UsageError(
            f"horizon = {text!r} is in {UNIT_NAMES[given]}, but this model counts in "
            f"{UNIT_NAMES[unit]}: give '{right}{unit}'"
        )
    return number

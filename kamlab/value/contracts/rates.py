"""Retention, discount and periods, checked once: what is no share is refused."""

from numbers import Integral

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.value.profit_parts import is_number


def checked_shares(shares: ArrayLike, name: str) -> np.ndarray:
    """Return shares as numbers from 0 to 1, or name the first that is none.

    Parameters
    ----------
    shares : float, array-like or Series
        One share, or several; a Series names its accounts.
    name : str
        How error messages call them.

    Returns
    -------
    array of float
        Without dimension if one number was given.

    Raises
    ------
    UsageError
        If one is missing, no number, or outside of 0–1.

    Examples
    --------
    >>> checked_shares([0.7, 0.9], "retention").tolist()
    [0.7, 0.9]
    >>> checked_shares(80, "retention")
    Traceback (most recent call last):
    kamlab.errors.UsageError: retention = 80: give a share from 0 to 1, such as 0.8
    """
    values = np.asarray(shares, dtype=object)
    good = np.array([is_number(v) and 0 <= v <= 1 for v in values.ravel()], dtype=bool)
    if not good.all():
        place = int(np.argmin(good))
        raise UsageError(
            f"{_at(shares, name, place)} = {values.ravel()[place]!r}: give a share "
            "from 0 to 1, such as 0.8"
        )
    return values.astype(float)


def checked_discount(rate: float, name: str = "discount_rate") -> float:
    """Return a discount rate above 0, or say what was given instead.

    Parameters
    ----------
    rate : float
        A period's discount as a share.
    name : str
        How the error message calls it.

    Returns
    -------
    float

    Raises
    ------
    UsageError
        If it is no number above 0, or so large that per cent must have been meant.

    Examples
    --------
    >>> checked_discount(0.1)
    0.1
    >>> checked_discount(10)
    Traceback (most recent call last):
    kamlab.errors.UsageError: discount_rate = 10: give a share above 0 and below 1,
    such as 0.1 for ten per cent a period
    """
    if not is_number(rate) or not 0 < rate < 1:
        raise UsageError(
            f"{name} = {rate!r}: give a share above 0 and below 1, such as 0.1 for "
            "ten per cent a period"
        )
    return float(rate)


def checked_number(value: float, name: str, above: float = -np.inf) -> float:
    """Return a finite number above a limit, or say what was given instead.

    Parameters
    ----------
    value : float
        Any number.
    name : str
        How the error message calls it.
    above : float
        It has to be larger than this.

    Returns
    -------
    float

    Raises
    ------
    UsageError
        If it is none.

    Examples
    --------
    >>> checked_number(0.03, "growth", above=-1)
    0.03
    """
    if not is_number(value) or not above < value < np.inf:
        limit = "a finite number" if above == -np.inf else f"a number above {above:g}"
        raise UsageError(f"{name} = {value!r}: give {limit}")
    return float(value)


def checked_count(value: int, name: str, least: int = 1) -> int:
    """Return a whole number, or say what was given instead.

    Parameters
    ----------
    value : int
        A number of periods, customers or draws.
    name : str
        How the error message calls it.
    least : int
        The smallest that makes sense.

    Returns
    -------
    int

    Raises
    ------
    UsageError
        If it is no whole number, or smaller.

    Examples
    --------
    >>> checked_count(10, "periods")
    10
    """
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not whole or value < least:
        raise UsageError(f"{name} = {value!r}: give a whole number from {least} on")
    return int(value)


def _at(shares: ArrayLike, name: str, place: int) -> str:
    """Name an entry: by its account, by its position, or not at all if it is alone."""
    if isinstance(shares, pd.Series):
        return f"{name} of account {shares.index[place]!r}"
    return f"{name}[{place}]" if np.ndim(shares) else name

"""How many more renewals to expect of an account, discounted: DEL and DERL.

Renewal rates of a cohort rise as the fickle leave. So an account that has renewed
often is worth more than a fresh one, and a constant rate undervalues the base.

Glossary
--------
DEL, discounted expected lifetime (贴现期望寿命)
    Periods that a new account will be there, each worth less the later it comes.
DERL, discounted expected residual lifetime (贴现期望剩余寿命)
    The same from the next renewal on, for an account that has renewed so far.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.value.contracts.rates import checked_discount, checked_number
from kamlab.value.lifetime.discounted_occasions import discounted_occasions
from kamlab.value.profit_parts import is_number

#: A direct sum ends where what is left is below this share of one period.
_LEFT_OUT = 1e-12
#: Terms of a direct sum that are taken at a time.
_BLOCK = 4096


def discounted_lifetime(alpha: float, beta: float, discount_rate: float) -> float:
    """Say how many periods a new account is worth, under beta-distributed churn.

    Parameters
    ----------
    alpha, beta : float
        Parameters of the shifted-beta-geometric model, above 0.
    discount_rate : float
        A period's discount, as a share.

    Returns
    -------
    float
        Periods of today's worth; times the margin of a period it is a value.

    Raises
    ------
    UsageError
        If an argument cannot be right.

    Notes
    -----
    DEL = Σ_{t≥0} S(t) / (1 + d)^t = 2F1(1, β; α + β; 1 / (1 + d)), by a continued
    fraction, since scipy's `hyp2f1` fails where accounts are nearly alike (large α, β).

    References
    ----------
    Fader, P. S., & Hardie, B. G. S. (2010). Customer-base valuation in a contractual
    setting: The perils of ignoring heterogeneity. Marketing Science 29(1), 85–93.

    Examples
    --------
    >>> round(discounted_lifetime(0.668, 3.806, 0.1), 2)
    5.92
    """
    _check_beta(alpha, beta)
    rate = checked_discount(discount_rate)
    return 1.0 + float(discounted_occasions(alpha, [beta], rate)[0])


def discounted_residual_lifetime(
    alpha: float, beta: float, discount_rate: float, period: ArrayLike
) -> np.ndarray | float:
    """Say how many more periods an account is worth that has renewed so far.

    Parameters
    ----------
    alpha, beta : float
        Parameters of the shifted-beta-geometric model, above 0.
    discount_rate : float
        A period's discount, as a share.
    period : int or array-like of int
        The period the account is in, from 1 on: it has renewed ``period − 1`` times and
        decides next.

    Returns
    -------
    float or array of float
        Periods from the next renewal on, in worth of the moment of that renewal; 0 if
        it does not renew.

    Raises
    ------
    UsageError
        If an argument cannot be right.

    Notes
    -----
    DERL(d, n) = Σ_{t≥n} [S(t) / S(n − 1)] / (1 + d)^{t − n} =
    (β + n − 1) / (α + β + n − 1) · 2F1(1, β + n; α + β + n; 1 / (1 + d)).

    References
    ----------
    Fader, P. S., & Hardie, B. G. S. (2010), as `discounted_lifetime`, equation 6.

    Examples
    --------
    >>> discounted_residual_lifetime(0.704, 1.182, 0.1, [1, 5]).round(2).tolist()
    [2.96, 5.89]
    """
    _check_beta(alpha, beta)
    rate = checked_discount(discount_rate)
    # Many accounts are in the same period.
    n, back = np.unique(checked_periods(period), return_inverse=True)
    # Occasions are discounted to today, DERL to the renewal that comes first.
    residual = (1 + rate) * discounted_occasions(alpha, beta + n - 1.0, rate)
    return _plain(residual[back].reshape(np.shape(period)))


def summed_residual_lifetime(
    survival: Callable[[np.ndarray], np.ndarray],
    discount_rate: float,
    period: ArrayLike,
) -> np.ndarray | float:
    """Add up residual lifetime period by period, for any survival curve.

    Parameters
    ----------
    survival : callable
        Takes an array of periods 0, 1, … and returns the share still there, falling
        from 1.
    discount_rate : float
        A period's discount, as a share.
    period : int or array-like of int
        The period the account is in, from 1 on.

    Returns
    -------
    float or array of float
        As `discounted_residual_lifetime`.

    Raises
    ------
    UsageError
        If an argument cannot be right.

    Examples
    --------
    >>> round(summed_residual_lifetime(lambda t: 0.8**t, 0.1, 3), 3)  # .8 × 1.1 / .3
    2.933
    """
    rate = checked_discount(discount_rate)
    n = np.atleast_1d(checked_periods(period))
    unique, back = np.unique(n, return_inverse=True)
    sums = np.array([_residual_sum(survival, rate, int(each)) for each in unique])
    return _plain(sums[back].reshape(np.shape(period)))


def checked_periods(period: ArrayLike, least: int = 1) -> np.ndarray:
    """Return numbers of periods, or name the first that is none.

    Parameters
    ----------
    period : int or array-like of int
        Numbers of periods.
    least : int
        The smallest that makes sense.

    Returns
    -------
    array of int

    Raises
    ------
    UsageError
        If one is no whole number, or smaller.

    Examples
    --------
    >>> checked_periods([1, 5]).tolist()
    [1, 5]
    """
    values = np.asarray(period)
    numbers = values
    if values.dtype.kind not in "iuf":
        plain = [each if is_number(each) else np.nan for each in values.ravel()]
        numbers = np.array(plain, dtype=float).reshape(values.shape)
    wrong = ~((numbers >= least) & (numbers % 1 == 0))
    if wrong.any():
        first = values.ravel().tolist()[int(np.argmax(wrong))]
        raise UsageError(f"period = {first!r}: give a whole number from {least} on")
    return numbers.astype(np.int64)


def _residual_sum(
    survival: Callable[[np.ndarray], np.ndarray], rate: float, n: int
) -> float:
    """Sum S(t) / S(n − 1) / (1 + d)^(t − n) until what is left cannot matter."""
    base = float(survival(np.array([n - 1]))[0])
    if base <= 0:
        return 0.0
    terms = int(np.ceil(np.log(rate * _LEFT_OUT) / -np.log1p(rate))) + 1
    total = 0.0
    for start in range(0, terms, _BLOCK):
        later = np.arange(start, min(start + _BLOCK, terms))
        kept = survival(n + later) / base
        total += float((kept / (1 + rate) ** later.astype(float)).sum())
    return total


def _check_beta(alpha: float, beta: float) -> None:
    for name, value in (("alpha", alpha), ("beta", beta)):
        checked_number(value, name, above=0.0)


def _plain(values: np.ndarray) -> np.ndarray | float:
    return float(values) if np.ndim(values) == 0 else values

"""How much to spend on keeping an account: retention against its cost.

Two judgements of somebody who knows the accounts make the curve: which share stays with
what is spent now, and which share would stay if money were no matter. It is a judgement
to discuss, not an estimate; what spending really does takes an experiment.

Glossary
--------
retention spending (维系投入)
    Money a period on keeping an account: visits, service, bonuses.
ceiling (留存上限)
    Share that would stay whatever is spent; the others leave for reasons of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar

from kamlab.errors import UsageError
from kamlab.value.contracts.rates import (
    checked_discount,
    checked_number,
    checked_shares,
)

#: Points of the table around the best spending.
_POINTS = 21


@dataclass(frozen=True)
class RetentionCurve:
    """Which share of accounts stays, by what is spent on each.

    Parameters
    ----------
    ceiling : float
        Share that stays if money is no matter.
    speed : float
        How fast spending brings retention near the ceiling, per unit of money.

    Examples
    --------
    >>> curve = RetentionCurve(ceiling=0.9, speed=0.02)
    >>> curve.at([0, 50, 1000]).round(2).tolist()
    [0.0, 0.57, 0.9]
    """

    ceiling: float
    speed: float

    def at(self, spending: ArrayLike) -> np.ndarray:
        """Return retention by spending.

        Parameters
        ----------
        spending : array-like
            Money a period and account, 0 or more.

        Returns
        -------
        array of float
            Shares of accounts that stay.

        Examples
        --------
        >>> float(RetentionCurve(0.9, 0.02).at(0.0))
        0.0
        """
        money = np.asarray(spending, dtype=float)
        return -self.ceiling * np.expm1(-self.speed * money)


@dataclass(frozen=True, eq=False)
class BestSpending:
    """The spending at which an account is worth most.

    Parameters
    ----------
    spending : float
        Money a period and account; 0 if nothing that is spent comes back.
    retention : float
        Share that stays with it.
    value : float
        Worth of a present account, money of today.
    compared : DataFrame
        By spending: `retention` and `value`, around the best.

    Examples
    --------
    >>> curve = retention_curve(spending=100, retention=0.6, ceiling=0.8)
    >>> best_retention_spending(curve, margin=500, discount_rate=0.1).value > 0
    True
    """

    spending: float
    retention: float
    value: float
    compared: pd.DataFrame


def retention_curve(
    spending: float, retention: float, ceiling: float
) -> RetentionCurve:
    """Draw the curve of retention through what is spent and seen now.

    Parameters
    ----------
    spending : float
        What is spent a period and account now, money.
    retention : float
        Share that stays with it, 0–1.
    ceiling : float
        Share that would stay if money were no matter, above `retention`.

    Returns
    -------
    RetentionCurve

    Raises
    ------
    UsageError
        If money or shares cannot be.

    Notes
    -----
    r(R) = c (1 − e^{−k R}), with k so that the curve goes through the present point:
    k = −ln(1 − r / c) / R. Without spending nobody stays: what is spent has to contain
    all that keeps accounts, not a campaign on top.

    References
    ----------
    Blattberg, R. C., & Deighton, J. (1996). Manage marketing by the customer equity
    test. Harvard Business Review 74(4), 136–144.

    Examples
    --------
    >>> curve = retention_curve(spending=100, retention=0.6, ceiling=0.8)
    >>> curve.at([100, 200]).round(2).tolist()
    [0.6, 0.75]
    """
    checked_number(spending, "spending", above=0.0)
    for name, share in (("retention", retention), ("ceiling", ceiling)):
        checked_number(share, name, above=0.0)
        checked_shares(share, name)
    if ceiling <= retention:
        raise UsageError(
            f"ceiling = {ceiling!r} is not above retention = {retention!r}: give the "
            "share that would stay if money were no matter"
        )
    speed = -np.log1p(-retention / ceiling) / spending
    return RetentionCurve(float(ceiling), float(speed))


def best_retention_spending(
    curve: RetentionCurve, margin: float, discount_rate: float
) -> BestSpending:
    """Find the spending at which an account is worth most.

    Parameters
    ----------
    curve : RetentionCurve
        From `retention_curve`.
    margin : float
        Margin a period of an account that stays, before that spending, money.
    discount_rate : float
        A period's discount, as a share.

    Returns
    -------
    BestSpending

    Raises
    ------
    UsageError
        If an argument cannot be.

    Notes
    -----
    A present account is worth (m − R / r) r′ / (1 − r′) with r′ = r / (1 + d), which is
    (m r − R) / (1 + d − r): beyond the best spending another unit of money brings back
    less than it costs.

    References
    ----------
    Blattberg, R. C., & Deighton, J. (1996), as `retention_curve`.

    Examples
    --------
    >>> curve = retention_curve(spending=100, retention=0.6, ceiling=0.8)
    >>> best = best_retention_spending(curve, margin=500, discount_rate=0.1)
    >>> round(best.spending), round(best.retention, 2), round(best.value)
    (174, 0.73, 512)
    """
    checked_number(margin, "margin")
    checked_discount(discount_rate)

    def value(spending: ArrayLike) -> np.ndarray:
        kept = curve.at(spending)
        return (margin * kept - spending) / (1 + discount_rate - kept)

    # Beyond margin × ceiling more is spent than can ever come back.
    most = max(margin * curve.ceiling, 0.0)
    spending = 0.0
    if most > 0:
        tolerance = {"xatol": 1e-9 * most}
        found = minimize_scalar(
            lambda money: -value(money), bounds=(0, most), options=tolerance
        )
        spending = float(found.x) if value(found.x) > 0 else 0.0
    return BestSpending(
        spending,
        float(curve.at(spending)),
        float(value(spending)),
        _table(curve, value, 2 * spending or most or 1.0),
    )


def _table(
    curve: RetentionCurve, value: Callable[[np.ndarray], np.ndarray], up_to: float
) -> pd.DataFrame:
    money = np.linspace(0, up_to, _POINTS)
    index = pd.Index(money, name="spending")
    return pd.DataFrame({"retention": curve.at(money), "value": value(money)}, index)

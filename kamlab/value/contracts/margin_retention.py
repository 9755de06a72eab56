"""What a steady relationship is worth: yearly margin times a multiple.

The shortest way from a margin to a value. It needs no data but a margin, a retention
rate and a discount rate, so that anybody can redo it with a pocket calculator; what
it leaves out (accounts differ, and loyal ones are loyal) is what the models add.

Glossary
--------
retention rate (留存率)
    Share of the accounts of one period that are still there in the next.
margin multiple (利润倍数)
    Value of a relationship in yearly margins.
discount rate (贴现率)
    What a year of waiting costs, as a share.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError, did_you_mean
from kamlab.value.contracts.rates import (
    checked_count,
    checked_discount,
    checked_number,
    checked_shares,
)

#: When the first margin comes, with the number of periods it has to wait.
FIRST_MARGINS = {"after a period": 1, "at once": 0}


def margin_multiple(
    retention: ArrayLike,
    discount_rate: float,
    growth: float = 0.0,
    periods: int | None = None,
    first: str = "after a period",
) -> float | np.ndarray | pd.Series:
    """Say how many yearly margins a relationship is worth.

    Parameters
    ----------
    retention : float, array-like or Series
        Share of accounts kept from one period to the next, 0–1; one, or one for each
        account.
    discount_rate : float
        A period's discount, 0.1 for ten per cent.
    growth : float
        Growth of the margin from one period to the next, as a share.
    periods : int, optional
        Count only so many margins; by default all that ever come.
    first : {"after a period", "at once"}
        Whether the first margin comes at the end of the first period, from those that
        are still there, or is certain and comes now.

    Returns
    -------
    float, array or Series
        As `retention` came.

    Raises
    ------
    UsageError
        If a retention rate is not from 0 to 1, another argument cannot be right, or
        the sum has no end: (1 + growth) × retention must stay below 1 + discount_rate.

    Notes
    -----
    With r retention, i discount, g growth and q = r (1 + g) / (1 + i), margins that
    come after a period are worth Σ_{t≥1} (1 + g)^{t−1} r^t / (1 + i)^t =
    r / (1 + i − r (1 + g)); the first n of them that times 1 − q^n. Margins that begin
    at once are worth Σ_{t≥0} q^t = 1 / (1 − q); the first n of them that times
    1 − q^n.

    References
    ----------
    Gupta, S., & Lehmann, D. R. (2003). Customers as assets. Journal of Interactive
    Marketing 17(1), 9–24.
    Gupta, S., & Lehmann, D. R. (2005). Managing Customers as Investments. Wharton
    School Publishing, Upper Saddle River.

    Examples
    --------
    >>> round(margin_multiple(0.8, 0.12), 2)
    2.5
    >>> margin_multiple([0.6, 0.7, 0.8, 0.9], 0.10).round(2).tolist()
    [1.2, 1.75, 2.67, 4.5]
    >>> round(margin_multiple(0.8, 0.12, growth=0.03, periods=5), 2)
    2.12
    """
    kept = checked_shares(retention, "retention")
    checked_discount(discount_rate)
    checked_number(growth, "growth", above=-1.0)
    wait = _waiting(first)
    step = kept * (1 + growth) / (1 + discount_rate)
    # The first margin has not grown yet when it comes after a period.
    start = (kept / (1 + discount_rate)) ** wait
    total = start * _geometric_sum(step, periods)
    return _as_it_came(total, retention)


def retention_elasticity(
    retention: ArrayLike, discount_rate: float, growth: float = 0.0
) -> float | np.ndarray | pd.Series:
    """Say by how many per cent the value rises if retention rises by one per cent.

    Parameters
    ----------
    retention : float, array-like or Series
        Share of accounts kept from one period to the next, 0–1.
    discount_rate : float
        A period's discount, as a share.
    growth : float
        Growth of the margin from one period to the next, as a share.

    Returns
    -------
    float, array or Series
        As `retention` came. Of the margin itself the elasticity is 1.

    Raises
    ------
    UsageError
        As `margin_multiple`.

    Notes
    -----
    d ln(r / (1 + i − r (1 + g))) / d ln r = (1 + i) / (1 + i − r (1 + g)). Retention
    from 80 % to 80.8 % is one *per cent*, not one point.

    References
    ----------
    Gupta, S., Lehmann, D. R., & Stuart, J. A. (2004). Valuing customers. Journal of
    Marketing Research 41(1), 7–18.

    Examples
    --------
    >>> round(retention_elasticity(0.8, 0.12), 1)
    3.5
    """
    return margin_multiple(retention, discount_rate, growth, first="at once")


def _waiting(first: str) -> int:
    if first not in FIRST_MARGINS:
        raise UsageError(f"first = {first!r}: {did_you_mean(first, FIRST_MARGINS)}")
    return FIRST_MARGINS[first]


def _geometric_sum(step: np.ndarray, periods: int | None) -> np.ndarray:
    """Return Σ step^t over t = 0 … periods − 1, or without end."""
    if periods is None:
        if (step >= 1).any():
            raise UsageError(
                f"a margin that grows by {step.max() - 1:.1%} a period after retention "
                "and discount has no finite value: lower growth, raise discount_rate, "
                "or give periods"
            )
        return 1 / (1 - step)
    checked_count(periods, "periods")
    level = np.isclose(step, 1.0, rtol=0, atol=1e-9)
    safe = np.where(level, 0.0, step)
    return np.where(level, float(periods), (1 - safe**periods) / (1 - safe))


def _as_it_came(values: np.ndarray, like: ArrayLike) -> float | np.ndarray | pd.Series:
    """Hand a result back in the form of the argument it belongs to."""
    if isinstance(like, pd.Series):
        return pd.Series(values, like.index, name="multiple")
    return float(values) if np.ndim(values) == 0 else values

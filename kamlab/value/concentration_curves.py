"""The curves behind every measure of concentration: accounts lined up by revenue.

Glossary
--------
Lorenz curve
    Accounts in line from the smallest to the largest, and the share of revenue that
    the first p of them bring.
concentration curve
    The same line-up from the largest account: the top 20 % of accounts bring 80 %.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.value.revenue import positive_amounts


def lorenz_curve(revenue: ArrayLike) -> pd.DataFrame:
    """Trace which share of revenue the smallest accounts bring, up to all of them.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.

    Returns
    -------
    DataFrame of shape (n_positive + 1, 2)
        `share_of_accounts` and `share_of_revenue`, both from 0 to 1.

    Raises
    ------
    UsageError, DataError
        If the amounts are not one finite number per account, or none is positive.

    Notes
    -----
    L(k/n) = sum of the k smallest amounts ÷ sum of all.

    References
    ----------
    Lorenz, M. O. (1905). Methods of measuring the concentration of wealth.
    Publications of the American Statistical Association 9, 209–219.

    Examples
    --------
    >>> lorenz_curve([1, 1, 2])
       share_of_accounts  share_of_revenue
    0           0.000000              0.00
    1           0.333333              0.25
    2           0.666667              0.50
    3           1.000000              1.00
    """
    return _curve(positive_amounts(revenue).to_numpy()[::-1])


def concentration_curve(revenue: ArrayLike) -> pd.DataFrame:
    """Trace which share of revenue the largest accounts bring, down to all of them.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.

    Returns
    -------
    DataFrame of shape (n_positive + 1, 2)
        `share_of_accounts` and `share_of_revenue`, both from 0 to 1.

    Raises
    ------
    UsageError, DataError
        If the amounts are not one finite number per account, or none is positive.

    Notes
    -----
    C(p) = 1 − L(1 − p), the Lorenz curve read from its other end.

    Examples
    --------
    >>> concentration_curve([1, 1, 2])["share_of_revenue"].tolist()
    [0.0, 0.5, 0.75, 1.0]
    """
    return _curve(positive_amounts(revenue).to_numpy())


def _curve(amounts: np.ndarray) -> pd.DataFrame:
    sums = np.concatenate([[0.0], np.cumsum(amounts)])
    return pd.DataFrame(
        {
            "share_of_accounts": np.arange(len(sums)) / len(amounts),
            "share_of_revenue": sums / sums[-1],
        }
    )

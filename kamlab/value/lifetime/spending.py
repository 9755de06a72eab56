"""Order values of accounts, checked once: counts of orders, and money above 0.

Glossary
--------
spending (消费)
    How many orders an account placed, and what they brought on average.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import norm

from kamlab.errors import DataError, UsageError
from kamlab.estimates import Estimate
from kamlab.value.lifetime.counts import CannotTellError

#: With fewer accounts that have orders, the model is not fitted.
FEWEST_ACCOUNTS = 10
_REMEDIES = {
    "frequency": "count orders, 0, 1, 2, …",
    "mean_value": "the model holds for positive values only; net returns against their "
    "orders first, or leave the account out",
}


class Spending(NamedTuple):
    """Accounts with an order value: how many orders, and their mean.

    Parameters
    ----------
    x : array of float, shape (n_accounts,)
        Orders, 1 or more.
    mean : array of float, shape (n_accounts,)
        Money an order, above 0.
    n_without : int
        Accounts without an order, which are not among them.

    Examples
    --------
    >>> checked_spending([2, 0], [30.0, 0.0]).n_without
    1
    """

    x: np.ndarray
    mean: np.ndarray
    n_without: int


def checked_spending(frequency: ArrayLike, mean_value: ArrayLike) -> Spending:
    """Return the accounts that have orders, and how many have none.

    Parameters
    ----------
    frequency : Series or array-like of int, shape (n_accounts,)
        Orders of each account.
    mean_value : Series or array-like of shape (n_accounts,)
        Money an order; ignored where there is none.

    Returns
    -------
    Spending

    Raises
    ------
    UsageError
        If the two differ in length or name different accounts.
    DataError
        If a frequency is no count, or a mean value not above 0.

    Examples
    --------
    >>> checked_spending(pd.Series([2], ["Nordal"]), pd.Series([-5.0], ["Nordal"]))
    Traceback (most recent call last):
    kamlab.errors.DataError: account 'Nordal': mean_value = -5; the model holds for
    positive values only; net returns against their orders first, or leave the account
    out
    """
    x, mean, _index = spending_columns(frequency, mean_value)
    some = x > 0
    return Spending(x[some], mean[some], int((~some).sum()))


def spending_columns(
    frequency: ArrayLike, mean_value: ArrayLike
) -> tuple[np.ndarray, np.ndarray, pd.Index]:
    """Check both columns, and name the first account that is impossible.

    Parameters
    ----------
    frequency, mean_value
        As `checked_spending`.

    Returns
    -------
    frequency, mean_value : arrays of float, shape (n_accounts,)
        The mean value is 0 where there is no order.
    index : Index
        Names of the accounts.

    Raises
    ------
    UsageError, DataError
        As `checked_spending`.

    Examples
    --------
    >>> spending_columns(3, 35.0)[:2]
    (array([3.]), array([35.]))
    """
    given = {"frequency": frequency, "mean_value": mean_value}
    x, mean = (_numbers(name, each) for name, each in given.items())
    if x.shape != mean.shape or x.ndim > 1:
        raise UsageError(
            f"rows: frequency {x.shape}, mean_value {mean.shape}; give one of each for "
            "every account"
        )
    names = [each.index for each in given.values() if isinstance(each, pd.Series)]
    if len(names) == 2 and not names[0].equals(names[1]):
        raise UsageError(
            "frequency and mean_value name different accounts: give them one index in "
            "the same order"
        )
    index = names[0] if names else pd.RangeIndex(len(x))
    _refuse(~(np.isfinite(x) & (x >= 0) & (x % 1 == 0)), index, "frequency", x)
    spends = np.isfinite(mean) & (mean > 0)
    _refuse((x > 0) & ~spends, index, "mean_value", mean)
    return x, np.where(x > 0, mean, 0.0), index


def refuse_too_few_spenders(spending: Spending) -> None:
    """Say what is lacking where order values cannot be learnt from.

    Parameters
    ----------
    spending : Spending
        From `checked_spending`.

    Raises
    ------
    CannotTellError
        If fewer than 10 accounts have orders, or all spend the same.

    Examples
    --------
    >>> refuse_too_few_spenders(checked_spending([2, 3], [30.0, 40.0]))
    Traceback (most recent call last):
    kamlab.value.lifetime.counts.CannotTellError: cannot tell from these data: 2
    accounts have orders to average; 10 are needed: use the mean order value of all
    """
    n = len(spending.x)
    if n < FEWEST_ACCOUNTS:
        raise CannotTellError(
            f"{n} accounts have orders to average; {FEWEST_ACCOUNTS} are needed: use "
            "the mean order value of all"
        )
    if spending.mean.min() == spending.mean.max():
        raise CannotTellError(
            f"all {n} accounts spend {spending.mean[0]:g} an order; nothing varies: "
            "use this value"
        )


def spending_correlation(spending: Spending, level: float = 0.95) -> Estimate:
    """Return how far accounts that order more often also spend more an order.

    Parameters
    ----------
    spending : Spending
        From `checked_spending`.
    level : float
        Level of the interval, as a share.

    Returns
    -------
    Estimate
        Pearson's correlation with Fisher's interval, tanh(artanh r ± z / √(n − 3)).

    References
    ----------
    Fisher, R. A. (1915). Frequency distribution of the values of the correlation
    coefficient in samples from an indefinitely large population. Biometrika 10(4),
    507–521.

    Examples
    --------
    >>> print(spending_correlation(checked_spending([1, 2, 3, 4], [1, 3, 2, 4])))
    0.800 (95 % interval −0.697 to 0.996, n = 4)
    """
    n, method = len(spending.x), "Pearson, Fisher's z"
    if n < 4 or spending.x.min() == spending.x.max():
        reason = f"{n} accounts, {spending.x[0]:g} orders each"
        return Estimate.unknown(reason, n, method=method)
    found = float(np.corrcoef(spending.x, spending.mean)[0, 1])
    reach = norm.ppf((1 + level) / 2) / np.sqrt(n - 3)
    # A perfect correlation has no width, and no inverse tangent.
    middle = np.arctanh(np.clip(found, -0.9999, 0.9999))
    low, high = np.tanh(middle - reach), np.tanh(middle + reach)
    return Estimate(
        found, min(low, found), max(high, found), n, level=level, method=method
    )


def _numbers(name: str, values: ArrayLike) -> np.ndarray:
    try:
        return np.atleast_1d(np.asarray(values, dtype=float))
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name}: give numbers ({error})") from error


def _refuse(wrong: np.ndarray, index: pd.Index, name: str, values: np.ndarray) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        more = int(wrong.sum()) - 1
        others = f" ({more} more accounts alike)" if more else ""
        raise DataError(
            f"account {index[row]!r}: {name} = {values[row]:g}; "
            f"{_REMEDIES[name]}{others}"
        )

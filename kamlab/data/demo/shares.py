"""Groups of customers that hold exact shares of a total, customer by customer."""

from collections.abc import Sequence

import numpy as np

from kamlab.errors import UsageError


def group_sizes(accounts: int, percents: Sequence[int], whose: str) -> list[int]:
    """Return how many customers each group has, when its per cent leaves no rest.

    Parameters
    ----------
    accounts : int
        Customers in all.
    percents : sequence of int
        Per cent of the customers in each group.
    whose : str
        Who has these groups, for the message.

    Raises
    ------
    UsageError
        If some group would not be a whole number of customers.

    Examples
    --------
    >>> group_sizes(50, (10, 30, 60), "the bank's")
    [5, 15, 30]
    """
    step = 100 // np.gcd.reduce([100, *percents])
    if accounts % step:
        told = ", ".join(f"{percent} %" for percent in percents)
        raise UsageError(
            f"accounts = {accounts}: {whose} groups are {told} of its customers; "
            f"give a multiple of {step}"
        )
    return [accounts * percent // 100 for percent in percents]


def apportion(total: int, weights: np.ndarray) -> np.ndarray:
    """Cut a whole number into whole numbers in proportion to weights.

    What rounding down leaves goes to those who lost most by it.

    Examples
    --------
    >>> apportion(10, np.array([1.0, 1.0, 1.0]))
    array([4, 3, 3])
    """
    exact = total * weights / weights.sum()
    parts = np.floor(exact).astype(np.int64)
    rest = total - int(parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:rest]] += 1
    return parts


def meet_total(parts: np.ndarray, total: int) -> np.ndarray:
    """Shift whole numbers of either sign evenly, so that they sum to a total.

    Examples
    --------
    >>> meet_total(np.array([-5, 10, 0]), 2)
    array([-6,  9, -1])
    """
    missing = total - int(parts.sum())
    each, rest = divmod(missing, len(parts))
    return parts + each + (np.arange(len(parts)) < rest)

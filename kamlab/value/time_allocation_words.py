"""What time against profit amounts to, in sentences written from the numbers."""

from math import isnan

import pandas as pd

from kamlab.style.formats import format_share
from kamlab.value.time_allocation import TimeAllocation

#: Within this part of each other, two figures per customer count as the same.
_ABOUT_EQUAL = 0.10


def group_in_words(row: pd.Series, named: str = "") -> str:
    """Say which share of customers, time and profit one group has.

    Parameters
    ----------
    row : Series
        A row of a `TimeAllocation`'s table, named by its group.
    named : str
        What stands before the group's label, such as "decile".

    Returns
    -------
    str

    Examples
    --------
    >>> shares = {"share_of_customers": 0.1, "share_of_time": 0.2}
    >>> group_in_words(pd.Series(shares | {"share_of_profit": 0.9}, name=1), "decile")
    'decile 1: 10.0 % of customers, 20.0 % of time, 90.0 % of profit'
    """
    profit = (
        "no profit to take a share of"
        if isnan(row["share_of_profit"])
        else f"{format_share(row['share_of_profit'])} of profit"
    )
    return (
        f"{f'{named} {row.name}'.strip()}: "
        f"{format_share(row['share_of_customers'])} of customers, "
        f"{format_share(row['share_of_time'])} of time, {profit}"
    )


def per_head_sentence(found: TimeAllocation) -> str:
    """Say how far the best group's head start in profit shows in its time.

    Parameters
    ----------
    found : TimeAllocation
        From `kamlab.value.time_allocation`.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.time_allocation import grouped_time_allocation
    >>> bank = grouped_time_allocation(
    ...     [0.10, 0.30, 0.60], [0.18, 0.28, 0.54], [0.93, 0.17, -0.10]
    ... )
    >>> print(per_head_sentence(bank))
    Per head, the best group brings 9.3 times the average profit and gets 1.8 times the
    average time.
    """
    best = found.table.iloc[0]
    if isnan(best["profit_index"]):
        return "There is no profit to compare with time."
    return (
        f"Per head, the best group brings {best['profit_index']:.1f} times the average "
        f"profit and gets {best['time_index']:.1f} times the average time."
    )


def inequality_sentence(found: TimeAllocation) -> str:
    """Say how unequally profit and time are spread, as Gini coefficients.

    Parameters
    ----------
    found : TimeAllocation
        From `kamlab.value.time_allocation`.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.time_allocation import grouped_time_allocation
    >>> bank = grouped_time_allocation(
    ...     [0.10, 0.30, 0.60], [0.18, 0.28, 0.54], [0.93, 0.17, -0.10]
    ... )
    >>> print(inequality_sentence(bank))
    Gini coefficients: 0.962 of profit, 0.086 of time.
    """
    if isnan(found.profit_gini):
        return f"The Gini coefficient of time is {found.time_gini:.3f}."
    return (
        f"Gini coefficients: {found.profit_gini:.3f} of profit, "
        f"{found.time_gini:.3f} of time."
    )


def mismatch_sentence(found: TimeAllocation) -> str:
    """Say how much time stands elsewhere than the profit, and what that is not.

    Parameters
    ----------
    found : TimeAllocation
        From `kamlab.value.time_allocation`.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.time_allocation import grouped_time_allocation
    >>> bank = grouped_time_allocation(
    ...     [0.10, 0.30, 0.60], [0.18, 0.28, 0.54], [0.93, 0.17, -0.10]
    ... )
    >>> print(mismatch_sentence(bank))
    66.5 % of the time would have to move to stand where the profit is. That is a
    distance, not an aim: what one more hour would bring, nobody has measured here.
    """
    if isnan(found.mismatch):
        return "No group makes money, so time has no profit to follow."
    return (
        f"{format_share(found.mismatch)} of the time would have to move to stand where "
        "the profit is. That is a distance, not an aim: what one more hour would "
        "bring, nobody has measured here."
    )


def evenness_sentence(found: TimeAllocation) -> str:
    """Say whether time is spread over heads, as at the bank, or follows the profit.

    Parameters
    ----------
    found : TimeAllocation
        From `kamlab.value.time_allocation`.

    Returns
    -------
    str
        Time counts as spread over heads if it is less than half as unequal as profit.

    Examples
    --------
    >>> from kamlab.value.time_allocation import grouped_time_allocation
    >>> even = grouped_time_allocation([0.5, 0.5], [0.5, 0.5], [0.9, 0.1])
    >>> evenness_sentence(even)
    'Time is spread over heads: every group gets about the same time per customer.'
    """
    index = found.table["time_index"]
    if index.max() - index.min() <= _ABOUT_EQUAL:
        return (
            "Time is spread over heads: every group gets about the same time per "
            "customer."
        )
    spread = f"from {index.min():.1f} to {index.max():.1f} times the average"
    if isnan(found.profit_gini) or found.time_gini < found.profit_gini / 2:
        return (
            f"Time is spread over heads rather than over profit: per customer it runs "
            f"{spread}."
        )
    return f"Time differs between groups as profit does: per customer it runs {spread}."

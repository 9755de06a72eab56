"""Concentration from a printed table of customer groups: 10 % of customers, 93 %.

Published tables rarely give single accounts. Two that every course uses: a bank whose
top 10 % of customers bring 93 % of profit and take 18 % of management time
(客户管理时间), and a retailer whose top 4 % bring 37 %. Neither names source or year.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError

_ROUNDING = 0.005


def grouped_concentration(
    share_of_customers: ArrayLike, share_of_value: ArrayLike, rest: str | None = None
) -> pd.DataFrame:
    """Rank customer groups by what each customer in them brings.

    Parameters
    ----------
    share_of_customers : Series or array-like of shape (n_groups,)
        Share of all customers in each group, 0–1.
    share_of_value : Series or array-like of shape (n_groups,)
        Share of profit, revenue or time of each group; may be negative.
    rest : str, optional
        Name of a group that takes what is missing to 1 in both columns.

    Returns
    -------
    DataFrame of shape (n_groups, 5)
        By group, the best first: `share_of_customers`, `share_of_value`, `index` per
        customer (1 is the average customer), `cumulative_customers` and
        `cumulative_value` (the points of the whale curve).

    Raises
    ------
    UsageError
        If the columns differ in length, hold something that is not a number, or do
        not sum to 1, or if a group has no customers.

    Notes
    -----
    index = share of value ÷ share of customers.

    Examples
    --------
    >>> bank = grouped_concentration([0.10, 0.30, 0.60], [0.93, 0.17, -0.10])
    >>> bank["index"].round(3).tolist()
    [9.3, 0.567, -0.167]
    >>> bank["cumulative_value"].round(2).tolist()
    [0.93, 1.1, 1.0]
    """
    groups = _groups(share_of_customers, share_of_value)
    if rest is not None:
        groups.loc[rest] = 1 - groups.sum()
    _check_groups(groups)
    groups["index"] = groups["share_of_value"] / groups["share_of_customers"]
    groups = groups.sort_values("index", ascending=False, kind="stable")
    groups["cumulative_customers"] = groups["share_of_customers"].cumsum()
    groups["cumulative_value"] = groups["share_of_value"].cumsum()
    return groups


def grouped_gini(
    share_of_customers: ArrayLike, share_of_value: ArrayLike, rest: str | None = None
) -> float:
    """Measure how unequally groups of customers bring value or take time.

    Parameters
    ----------
    share_of_customers, share_of_value : Series or array-like of shape (n_groups,)
        Shares of each group, 0–1.
    rest : str, optional
        Name of a group that takes what is missing to 1 in both columns.

    Returns
    -------
    float
        A lower bound of the Gini coefficient of single customers, because customers
        within a group count as equal. With losses it can exceed 1; the whale curve
        says more then.

    Raises
    ------
    UsageError
        As `grouped_concentration`.

    Notes
    -----
    G = Σ pₖ (Lₖ + Lₖ₋₁) taken from 1 over groups from worst to best, by trapezoids.

    Examples
    --------
    >>> round(grouped_gini([0.10, 0.30, 0.60], [0.93, 0.17, -0.10]), 3)
    0.962
    >>> round(grouped_gini([0.10, 0.30, 0.60], [0.18, 0.28, 0.54]), 3)
    0.086
    """
    groups = grouped_concentration(share_of_customers, share_of_value, rest)
    up = groups.iloc[::-1]
    lorenz = np.concatenate([[0.0], up["share_of_value"].cumsum()])
    return float(1 - np.sum(up["share_of_customers"] * (lorenz[1:] + lorenz[:-1])))


def _groups(share_of_customers: ArrayLike, share_of_value: ArrayLike) -> pd.DataFrame:
    customers, value = np.shape(share_of_customers), np.shape(share_of_value)
    if customers != value or len(customers) != 1:
        raise UsageError(
            f"share_of_customers has shape {customers} and share_of_value {value}: "
            "give one number per group in both"
        )
    columns = {
        "share_of_customers": share_of_customers,
        "share_of_value": share_of_value,
    }
    named = [column.index for column in columns.values() if hasattr(column, "loc")]
    index = named[0] if named else pd.RangeIndex(*customers)
    # A list takes the names of the other column; two named columns are aligned.
    groups = {name: pd.Series(column, index) for name, column in columns.items()}
    return pd.DataFrame(groups).apply(pd.to_numeric, errors="coerce")


def _check_groups(groups: pd.DataFrame) -> None:
    missing = groups.index[groups.isna().any(axis=1)]
    if len(missing):
        raise UsageError(
            f"group {missing[0]!r} has {groups.loc[missing[0]].to_dict()}: give a "
            "number for every group in both columns"
        )
    for column, total in groups.sum().items():
        if not abs(total - 1) <= _ROUNDING:
            raise UsageError(
                f"{column} sums to {total:g}, not to 1: give all groups as shares, or "
                "name the missing one, such as rest='all others'"
            )
    empty = groups.index[~(groups["share_of_customers"] > 0)]
    if len(empty):
        share = groups.loc[empty[0], "share_of_customers"]
        raise UsageError(
            f"group {empty[0]!r} has {share:g} of the customers: give a share above 0"
        )

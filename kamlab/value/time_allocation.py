"""Whether management time (客户管理时间) goes where the profit comes from.

Glossary
--------
time index, profit index
    A group's time (or profit) per customer, where 1 is the average customer.
profit per time
    A group's share of profit ÷ its share of time: above 1 its hours bring more than
    the average hour, below 0 they bring losses.
time mismatch
    The share of all time that stands with another group than its profit.

The lesson of the bank every course quotes is here, not in its 10/93: time is spread
almost evenly over heads, while profit is not.
"""

from dataclasses import dataclass, field, replace
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import DataError, UsageError
from kamlab.value.grouped_concentration import grouped_concentration, grouped_gini
from kamlab.value.profit_parts import known_amounts
from kamlab.value.revenue import checked_amounts

_MINUTES = 60.0


@dataclass(frozen=True, eq=False)
class TimeAllocation:
    """Profit against time, by group of customers.

    Parameters
    ----------
    table : DataFrame
        By group: `share_of_customers`, `share_of_time`, `share_of_profit`,
        `time_index`, `profit_index`, `profit_per_time`; from accounts also `accounts`,
        `hours`, `profit` and `profit_per_hour`. Shares of profit are NaN if there is
        none.
    mismatch : float
        Share of time that would have to move for time to follow profit, 0–1.
    time_gini, profit_gini : float
        How unequal customers are in time and in profit, as far as groups show it.
    unknown : Index
        Accounts left out because their profit is not known.

    Examples
    --------
    >>> bank = grouped_time_allocation(
    ...     [0.10, 0.30, 0.60], [0.18, 0.28, 0.54], [0.93, 0.17, -0.10]
    ... )
    >>> round(bank.time_gini, 3), round(bank.profit_gini, 3)
    (0.086, 0.962)
    """

    table: pd.DataFrame
    mismatch: float
    time_gini: float
    profit_gini: float
    unknown: pd.Index = field(default_factory=lambda: pd.Index([]))


def grouped_time_allocation(
    share_of_customers: ArrayLike,
    share_of_time: ArrayLike,
    share_of_profit: ArrayLike,
    rest: str | None = None,
) -> TimeAllocation:
    """Compare time and profit of customer groups from a printed table.

    Parameters
    ----------
    share_of_customers, share_of_time, share_of_profit : Series or array-like
        One share for each of n_groups, 0–1; those of profit may be negative.
    rest : str, optional
        Name of a group that takes what is missing to 1 in all columns.

    Returns
    -------
    TimeAllocation
        The group with most profit per customer first.

    Raises
    ------
    UsageError
        As `kamlab.value.grouped_concentration.grouped_concentration`, or if a share
        of time is negative.

    Notes
    -----
    index = share ÷ share of customers; profit per time = share of profit ÷ share of
    time = profit index ÷ time index.

    Examples
    --------
    >>> bank = grouped_time_allocation(
    ...     [0.10, 0.30, 0.60], [0.18, 0.28, 0.54], [0.93, 0.17, -0.10]
    ... )
    >>> columns = ["time_index", "profit_index", "profit_per_time"]
    >>> bank.table[columns].round(3).values.tolist()
    [[1.8, 9.3, 5.167], [0.933, 0.567, 0.607], [0.9, -0.167, -0.185]]
    """
    by_profit = grouped_concentration(share_of_customers, share_of_profit, rest)
    by_time = grouped_concentration(share_of_customers, share_of_time, rest)
    shares = pd.DataFrame(
        {
            "share_of_customers": by_profit["share_of_customers"],
            "share_of_time": by_time["share_of_value"].reindex(by_profit.index),
            "share_of_profit": by_profit["share_of_value"],
        }
    )
    return _allocation(shares)


def time_allocation(
    contribution: ArrayLike, minutes: ArrayLike, groups: pd.Series | None = None
) -> TimeAllocation:
    """Compare time and profit of your own accounts, by decile of profit or by group.

    Parameters
    ----------
    contribution, minutes : Series of shape (n_accounts,)
        Profit in money, and minutes of work, by account. An account that only one of
        them lists counts 0 in the other; one whose profit is missing is left out.
    groups : Series, optional
        Group by account, such as its tier; otherwise `profit_deciles`.

    Returns
    -------
    TimeAllocation

    Raises
    ------
    UsageError
        If the amounts are not one finite number per account, minutes are negative, or
        an account has no group.
    DataError
        If nobody has spent any time.

    Notes
    -----
    Take the contribution *before* the cost of the time itself (gross margin less
    direct costs) to see what an hour works with; after it, an account can look bad
    only because it takes time. Say which one you took. `profit_per_hour` is an
    average: it is not what one more hour would bring.

    Examples
    --------
    >>> profit, minutes = {"A": 90, "B": 20, "C": -10}, {"A": 60, "B": 60, "C": 120}
    >>> tier = pd.Series({"A": "key", "B": "other", "C": "other"})
    >>> found = time_allocation(profit, minutes, tier)
    >>> found.table["profit_per_hour"].round(2).to_dict()
    {'key': 90.0, 'other': 3.33}
    """
    profit, unknown = known_amounts(contribution, "contribution")
    time = _checked_minutes(minutes).drop(unknown, errors="ignore")
    profit, time = profit.align(time, fill_value=0.0)
    of = profit_deciles(profit) if groups is None else _grouped(profit, groups)
    sums = pd.DataFrame({"profit": profit, "minutes": time}).groupby(of, sort=False)
    table = sums.sum().assign(accounts=sums.size())
    shares = pd.DataFrame(
        {
            "share_of_customers": table["accounts"] / len(profit),
            "share_of_time": table["minutes"] / time.sum(),
            "share_of_profit": _shares_of_profit(table["profit"]),
        }
    )
    amounts = {
        "accounts": table["accounts"],
        "hours": table["minutes"] / _MINUTES,
        "profit": table["profit"],
        "profit_per_hour": _ratio(table["profit"], table["minutes"] / _MINUTES),
    }
    found = _allocation(shares, profit=table["profit"])
    ordered = pd.DataFrame(amounts).reindex(found.table.index).join(found.table)
    if groups is None:
        ordered = ordered.sort_index()
    return replace(found, table=ordered, unknown=unknown)


def profit_deciles(contribution: ArrayLike, parts: int = 10) -> pd.Series:
    """Number accounts from 1, the most profitable tenth, to 10, the least profitable.

    Parameters
    ----------
    contribution : Series or array-like of shape (n_accounts,)
        Profit by account.
    parts : int
        Number of groups; fewer accounts than that make one group each.

    Returns
    -------
    Series of int of shape (n_accounts,)
        Named `decile`. Groups differ by one account at most; equal profits keep the
        order in which they came.

    Raises
    ------
    UsageError
        If the amounts are not one finite number per account, or there are no parts.

    Examples
    --------
    >>> profit_deciles({"A": 5, "B": 9, "C": -1, "D": 2}, parts=2).to_dict()
    {'A': 1, 'B': 1, 'C': 2, 'D': 2}
    """
    if parts < 1 or parts != int(parts):
        raise UsageError(f"parts = {parts!r}: give a number of groups such as 10")
    amounts = checked_amounts(contribution, "contribution")
    ranked = amounts.sort_values(ascending=False, kind="stable").index
    place = np.arange(len(ranked)) * min(int(parts), len(ranked)) // len(ranked) + 1
    return pd.Series(place, ranked, name="decile").reindex(amounts.index)


def time_mismatch(share_of_time: ArrayLike, share_of_profit: ArrayLike) -> float:
    """Say which share of all time would have to move for time to follow profit.

    Parameters
    ----------
    share_of_time, share_of_profit : array-like of shape (n_groups,)
        Shares of each group or account, or any amounts in proportion to them.

    Returns
    -------
    float
        From 0, time is in proportion to profit, to 1, all of it stands where no
        profit is; NaN if no group makes money.

    Raises
    ------
    UsageError
        If the two are not numbers of the same length, or time is negative or nothing.

    Notes
    -----
    ½ Σ |sᵢ − tᵢ| with shares of time t and shares s of the profit of those that make
    any: no group can be given less than no time, so a loss counts as 0. It is the
    index of dissimilarity. Fine groups show more of it than coarse ones.

    It measures a distance and sets no aim. Time in proportion to profit is no optimum:
    that would need to know what one more hour brings, and a customer who earns much
    may need little.

    References
    ----------
    Duncan, O. D. and Duncan, B. (1955). A methodological analysis of segregation
    indexes. American Sociological Review 20, 210–217.

    Examples
    --------
    >>> round(time_mismatch([0.18, 0.28, 0.54], [0.93, 0.17, -0.10]), 3)
    0.665
    """
    time = np.asarray(share_of_time, dtype=float)
    profit = np.maximum(np.asarray(share_of_profit, dtype=float), 0.0)
    if time.ndim != 1 or time.shape != profit.shape:
        raise UsageError(
            f"share_of_time has shape {time.shape} and share_of_profit {profit.shape}: "
            "give one number per group in both"
        )
    if not (np.isfinite(time).all() and time.min(initial=0) >= 0 and time.sum() > 0):
        raise UsageError(
            f"share_of_time = {time.tolist()[:5]}: give shares of 0 or more, not all 0"
        )
    if not profit.sum() > 0:
        return nan
    return float(np.abs(profit / profit.sum() - time / time.sum()).sum() / 2)


def _allocation(
    shares: pd.DataFrame, profit: pd.Series | None = None
) -> TimeAllocation:
    """Take the indices of groups, the most profitable per customer first."""
    by_customer = shares["share_of_profit"] if profit is None else profit
    order = (by_customer / shares["share_of_customers"]).sort_values(
        ascending=False, kind="stable"
    )
    customers, time, of_profit = (shares[name] for name in shares)
    table = shares.assign(
        time_index=time / customers,
        profit_index=of_profit / customers,
        profit_per_time=_ratio(of_profit, time),
    ).loc[order.index]
    has_profit = bool(of_profit.notna().all())
    return TimeAllocation(
        table=table,
        mismatch=time_mismatch(time, by_customer),
        time_gini=grouped_gini(customers, time),
        profit_gini=grouped_gini(customers, of_profit) if has_profit else nan,
    )


def _checked_minutes(minutes: ArrayLike) -> pd.Series:
    time = checked_amounts(minutes, "minutes")
    if (time < 0).any():
        account = time.idxmin()
        raise UsageError(
            f"minutes of account {account!r} are {time[account]:g}: give 0 or more"
        )
    if not time.sum() > 0:
        raise DataError(
            f"minutes of all {len(time)} accounts are 0: check the period and whether "
            "activities have standard minutes"
        )
    return time


def _grouped(profit: pd.Series, groups: pd.Series) -> pd.Series:
    of = pd.Series(groups).reindex(profit.index)
    lacking = of.index[of.isna()]
    if len(lacking):
        raise UsageError(
            f"account {lacking[0]!r} has no group ({len(lacking)} such accounts): name "
            "one for every account, such as groups.fillna('other')"
        )
    return of


def _shares_of_profit(profit: pd.Series) -> pd.Series:
    total = profit.sum()
    return profit / total if total > 0 else profit * nan


def _ratio(above: pd.Series, below: pd.Series) -> pd.Series:
    """Divide, with a gap where there is nothing to divide by."""
    return above / below.where(below > 0)

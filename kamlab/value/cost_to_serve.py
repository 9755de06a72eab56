"""Time-driven activity-based costing: what the time that accounts take costs.

Glossary
--------
time-driven activity-based costing (时间驱动作业成本法)
    Cost of a minute of each pool, times the minutes that each account takes.
practical capacity
    The minutes really to be had for customers: paid time less breaks, training and
    meetings, commonly 80 to 85 % of it.
capacity rate (产能成本率)
    Cost of a pool divided by its practical capacity.
unused capacity (闲置产能)
    Minutes paid for that no account took. Their cost belongs to no account; spread
    over accounts it would make each look dearer in a slack year.
cost to serve (服务成本)
    What an account's orders, returns and contacts cost, at capacity rates.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamlab.errors import UsageError, did_you_mean


@dataclass(frozen=True)
class CostToServe:
    """What serving every account cost, and what capacity was left over.

    Parameters
    ----------
    by_activity : DataFrame of shape (n_accounts, n_activities)
        Money, positive.
    minutes : DataFrame of shape (n_accounts, n_activities)
        Time of all pools.
    by_pool : DataFrame of shape (n_accounts, n_pools)
        Time of each pool, minutes.
    pools : DataFrame
        By pool: ``cost``, ``capacity_minutes``, ``rate``, ``used_minutes``,
        ``used_cost``, ``unused_minutes``, ``unused_cost``, ``utilisation`` (share).
        Unused is negative where more was used than there is.

    Examples
    --------
    >>> rates = capacity_rates(pd.DataFrame({
    ...     "pool": ["desk"], "cost": [1000.0], "capacity_minutes": [500.0]}))
    >>> work = pd.DataFrame({"account_id": ["A"], "activity": ["call"],
    ...     "pool": ["desk"], "minutes": [100.0]})
    >>> served = cost_to_serve(work, rates)
    >>> served.total.to_dict(), float(served.unused_cost)
    ({'A': 200.0}, 800.0)
    """

    by_activity: pd.DataFrame
    minutes: pd.DataFrame
    by_pool: pd.DataFrame
    pools: pd.DataFrame

    @property
    def total(self) -> pd.Series:
        """Cost to serve of every account, money.

        Examples
        --------
        >>> none = pd.DataFrame()
        >>> costs = pd.DataFrame({"call": [20.0], "visit": [90.0]}, index=["A"])
        >>> CostToServe(costs, none, none, none).total.to_dict()
        {'A': 110.0}
        """
        return self.by_activity.sum(axis=1).rename("cost_to_serve")

    @property
    def unused_cost(self) -> float:
        """Cost of the capacity that no account took, all pools together.

        Examples
        --------
        >>> none, pools = pd.DataFrame(), pd.DataFrame({"unused_cost": [800.0, -50.0]})
        >>> CostToServe(none, none, none, pools).unused_cost
        750.0
        """
        return float(self.pools["unused_cost"].sum())


def capacity_rates(costs: pd.DataFrame) -> pd.DataFrame:
    """Return what a minute of each pool costs at practical capacity.

    Parameters
    ----------
    costs : DataFrame
        Columns ``pool``, ``cost`` (money) and ``capacity_minutes``; several periods of
        a pool are added up.

    Returns
    -------
    DataFrame
        Indexed by pool, sorted: ``cost``, ``capacity_minutes``, ``rate`` (money a
        minute).

    Raises
    ------
    UsageError
        If a column is missing, or a pool has costs but no capacity.

    Notes
    -----
    rate = Σ cost ÷ Σ practical capacity, over the periods given. Practical capacity,
    not the minutes that happened to be used: otherwise rates rise when orders fall.

    References
    ----------
    Kaplan, R. S. and Anderson, S. R. (2004). Time-driven activity-based costing.
    Harvard Business Review 82(11), 131–138.

    Examples
    --------
    The customer service of Kaplan and Anderson's example:

    >>> capacity_rates(pd.DataFrame({
    ...     "pool": ["service"], "cost": [560_000], "capacity_minutes": [700_000]}))
             cost  capacity_minutes  rate
    pool
    service  560000.0          700000.0   0.8
    """
    _check_columns(costs, ("pool", "cost", "capacity_minutes"), "costs")
    sums = costs.groupby("pool")[["cost", "capacity_minutes"]].sum().astype("float64")
    lacking = sums[(sums["capacity_minutes"] <= 0) & (sums["cost"] != 0)]
    if len(lacking):
        raise UsageError(
            f"pool {lacking.index[0]!r} costs {lacking['cost'].iloc[0]:,.2f}, but its "
            f"capacity_minutes are {lacking['capacity_minutes'].iloc[0]:g}: give the "
            "minutes that are really to be had for customers"
        )
    rate = sums["cost"] / sums["capacity_minutes"].where(sums["capacity_minutes"] > 0)
    return sums.assign(rate=rate.fillna(0.0))


def cost_to_serve(workload: pd.DataFrame, rates: pd.DataFrame) -> CostToServe:
    """Charge every account with the time it took, and show what capacity is left.

    Parameters
    ----------
    workload : DataFrame
        One row for each account, activity and pool: account_id or parent_id first,
        then ``activity``, ``pool`` and ``minutes`` among its columns, as
        `kamlab.value.serving.account_workload` returns it. Rows without a pool have no
        standard minutes; they cost nothing here.
    rates : DataFrame
        From `capacity_rates`.

    Returns
    -------
    CostToServe

    Raises
    ------
    UsageError
        If a column is missing, a pool has no rate, or minutes are negative.

    Notes
    -----
    cost of account i = Σ_p rate_p × minutes_ip. For every pool, used cost + unused
    cost = cost. A pool used beyond its capacity is not cut: its unused minutes are
    negative, and either the standards are too long or people work overtime.

    References
    ----------
    Kaplan, R. S. and Anderson, S. R. (2004). Time-driven activity-based costing.
    Harvard Business Review 82(11), 131–138.

    Examples
    --------
    49,000 orders of 8 minutes, 1,400 inquiries of 44, 2,500 credit checks of 50:

    >>> rates = capacity_rates(pd.DataFrame({
    ...     "pool": ["service"], "cost": [560_000], "capacity_minutes": [700_000]}))
    >>> work = pd.DataFrame({"account_id": "all", "pool": "service",
    ...     "activity": ["order", "inquiry", "credit check"],
    ...     "minutes": [49_000 * 8, 1_400 * 44, 2_500 * 50]})
    >>> cost_to_serve(work, rates).pools.loc["service"].round(2).to_dict()
    {'cost': 560000.0, 'capacity_minutes': 700000.0, 'rate': 0.8, 'used_minutes':
    578600.0, 'used_cost': 462880.0, 'unused_minutes': 121400.0, 'unused_cost': 97120.0,
    'utilisation': 0.83}
    """
    _check_columns(workload, ("activity", "pool", "minutes"), "workload")
    work = workload[workload["pool"].notna()]
    _check_work(work, rates)
    account = workload.columns[0]
    rate = work["pool"].map(rates["rate"]).astype("float64")
    everybody = pd.Index(sorted(workload[account].unique()), name=account)
    costed = work.assign(cost=work["minutes"].astype("float64") * rate)
    return CostToServe(
        by_activity=_spread(costed, "cost", "activity", everybody),
        minutes=_spread(costed, "minutes", "activity", everybody),
        by_pool=_spread(costed, "minutes", "pool", everybody, rates.index),
        pools=_capacity_used(rates, work.groupby("pool")["minutes"].sum()),
    )


def _check_columns(frame: pd.DataFrame, needed: tuple[str, ...], name: str) -> None:
    for column in needed:
        if column not in frame.columns:
            hint = did_you_mean(column, map(str, frame.columns))
            raise UsageError(f"{name} has no column {column!r}: {hint}")


def _check_work(work: pd.DataFrame, rates: pd.DataFrame) -> None:
    unknown = work.loc[~work["pool"].isin(rates.index), "pool"]
    if len(unknown):
        hint = did_you_mean(str(unknown.iloc[0]), map(str, rates.index))
        raise UsageError(
            f"workload takes time of pool {unknown.iloc[0]!r}, which is not in "
            f"rates: {hint}"
        )
    wrong = work[~(work["minutes"] >= 0)]
    if len(wrong):
        row = wrong.iloc[0]
        raise UsageError(
            f"minutes of {row.iloc[0]!r} for {row['activity']!r} are {row['minutes']}: "
            "time taken is a number from 0 on"
        )


def _spread(
    work: pd.DataFrame,
    value: str,
    across: str,
    accounts: pd.Index,
    columns: pd.Index | None = None,
) -> pd.DataFrame:
    """Return one row per account and one column per activity or pool."""
    wide = work.pivot_table(
        value, accounts.name, across, aggfunc="sum", fill_value=0.0
    ).astype("float64")
    wide = wide.reindex(accounts, columns=columns, fill_value=0.0)
    return wide.rename_axis(columns=None)


def _capacity_used(rates: pd.DataFrame, used: pd.Series) -> pd.DataFrame:
    """Set what was used against what there is, pool by pool."""
    minutes = used.reindex(rates.index, fill_value=0.0).astype("float64")
    capacity = rates["capacity_minutes"]
    return rates.assign(
        used_minutes=minutes,
        used_cost=minutes * rates["rate"],
        unused_minutes=capacity - minutes,
        unused_cost=rates["cost"] - minutes * rates["rate"],
        utilisation=minutes / capacity.where(capacity > 0, np.nan),
    )

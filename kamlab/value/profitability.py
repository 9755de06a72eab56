"""Profit by account: the price waterfall carried on to what serving the account costs.

Glossary
--------
contribution (客户贡献)
    Net revenue less cost of goods, direct costs and cost to serve: what an account
    leaves for all that does not depend on it.
contribution rate (客户贡献率)
    An account's contribution as a share of the contribution of all.
contribution margin
    An account's contribution as a share of its own net revenue.
basis
    How far down the figures reach: without capacity and standard minutes they end at
    the margin after direct costs, without direct costs at the gross margin.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import narwhals as nw
import pandas as pd

from kamlab.data.vocabulary import INTERACTION_TYPES
from kamlab.errors import DataError, UsageError, did_you_mean
from kamlab.portfolio import Portfolio
from kamlab.value.cost_to_serve import CostToServe, capacity_rates, cost_to_serve
from kamlab.value.pool_costs import PoolCosts, pool_costs
from kamlab.value.serving import account_workload, direct_costs
from kamlab.value.trailing import trailing_window
from kamlab.value.waterfall import account_waterfall
from kamlab.value.windows import checked_window

#: What `contribution` means, from the deepest to the shallowest.
BASES = ("contribution", "margin after direct costs", "gross margin")

_DECIMALS = 4
_GRACE = timedelta(days=10)


@dataclass(frozen=True, eq=False)
class AccountProfit:
    """What every account earned in a window, and how much of it is known.

    Parameters
    ----------
    table : DataFrame of shape (n_accounts, n_columns)
        Steps and totals of `account_profit`.
    start, end : date
        First and last day of the window.
    basis : {"contribution", "margin after direct costs", "gross margin"}
        How far down the column ``contribution`` reaches.
    direct : DataFrame or None
        Direct costs by account and kind, positive.
    served : CostToServe or None
        Cost to serve by account and activity, and use of the pools.
    recorded : float
        Share of the contacts whose duration somebody entered; NaN without contacts.
    contacts_from : date or None
        Day of the first contact of all, where it lies well after the window's first
        day: the time of earlier contacts is not known.
    untimed : tuple of str
        Activities that occurred, but have no standard minutes.
    days_carried : int
        Days for which costs of a pool are not booked yet and were carried on.
    costs_from : date or None
        Day on which the costs of the pools begin, where that is too late for the
        window: then cost to serve is left out.

    Examples
    --------
    >>> table = pd.DataFrame({"contribution": [40.0, -10.0]}, index=["A", "B"])
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "gross margin")
    >>> profit.contribution.to_dict(), profit.pools is None
    ({'A': 40.0, 'B': -10.0}, True)
    """

    table: pd.DataFrame
    start: date
    end: date
    basis: str
    direct: pd.DataFrame | None = None
    served: CostToServe | None = None
    recorded: float = float("nan")
    contacts_from: date | None = None
    untimed: tuple[str, ...] = ()
    days_carried: int = 0
    costs_from: date | None = None

    @property
    def contribution(self) -> pd.Series:
        """Contribution of every account; missing where a cost of goods is.

        Examples
        --------
        >>> table = pd.DataFrame({"contribution": [40.0]}, index=["A"])
        >>> day = date(2025, 12, 31)
        >>> float(AccountProfit(table, day, day, "contribution").contribution["A"])
        40.0
        """
        return self.table["contribution"]

    @property
    def label(self) -> str:
        """What the window is called: its year, or its first and last day.

        Examples
        --------
        >>> table = pd.DataFrame()
        >>> year = date(2025, 1, 1), date(2025, 12, 31)
        >>> AccountProfit(table, *year, "gross margin").label
        '2025'
        >>> AccountProfit(table, date(2025, 4, 1), year[1], "gross margin").label
        '1 Apr 2025 to 31 Dec 2025'
        """
        first, last = self.start, self.end
        ends = (first.month, first.day, last.month, last.day)
        if first.year == last.year and ends == (1, 1, 12, 31):
            return str(first.year)
        return f"{first.day} {first:%b %Y} to {last.day} {last:%b %Y}"

    @property
    def pools(self) -> pd.DataFrame | None:
        """Cost, capacity and use of every pool; None without capacity and standards.

        Examples
        --------
        >>> day = date(2025, 12, 31)
        >>> AccountProfit(pd.DataFrame(), day, day, "gross margin").pools is None
        True
        """
        return None if self.served is None else self.served.pools


def account_profit(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str = "account",
    booked_by: str | date | None = None,
    with_time: bool = True,
) -> AccountProfit:
    """Show what every account really earns, after all that serving it costs.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with the cost of goods on order lines. `account_costs`,
        and `costs` with `activity_minutes`, take the figures further down.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.
    by : {"account", "parent"}
        One row for each account, or for each group under its parent.
    booked_by : str or date, optional
        Leave out what was booked after this day, so that years compare.
    with_time : bool
        Whether the time of the pools counts, where its costs are known.

    Returns
    -------
    AccountProfit
        Its table is indexed by account_id (or parent_id), sorted, one row for each
        account with a line, a cost or a contact: the columns of `account_waterfall`
        down to ``margin``, then ``direct_costs`` and ``cost_to_serve`` (negative; 0
        where the tables for them are missing, as `basis` says), total
        ``contribution``, ``minutes`` (time of all pools), ``contribution_rate`` (share
        of the sum; missing if that is not positive) and ``contribution_margin`` (share
        of the account's revenue; missing if that is not positive).

    Raises
    ------
    MissingDataError
        If order lines have no cost of goods.
    UsageError
        If the days are not in order, the costs of the pools do not cover them, or `by`
        is something else.
    DataError
        If standard minutes take time of a pool that has no costs in the window, or
        if two periods of a pool overlap.

    Notes
    -----
    contribution = revenue − cost of goods − direct costs − Σ minutes × capacity rate.
    The cost of unused capacity is charged to no account; it stands in `pools`.

    References
    ----------
    Kaplan, R. S. and Anderson, S. R. (2004). Time-driven activity-based costing.
    Harvard Business Review 82(11), 131–138.
    Mulhern, F. J. (1999). Customer profitability analysis: measurement, concentration,
    and research directions. Journal of Interactive Marketing 13(1), 25–40.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     profit = account_profit(portfolio, "2025-01-01", "2025-12-31")
    >>> table = profit.table
    >>> costs = table["direct_costs"] + table["cost_to_serve"]
    >>> bool(((table["margin"] + costs - table["contribution"]).abs() < 0.001).all())
    True
    """
    portfolio.require("orders.cogs", purpose="Profit by account")
    first, last = checked_window(portfolio, start, end)
    window = {"start": first, "end": last, "by": by, "booked_by": booked_by}
    steps = account_waterfall(portfolio, **window)
    direct = None
    if portfolio.has("account_costs"):
        direct = direct_costs(portfolio, **window)
    has_capacity = _has_capacity(portfolio)
    if not (has_capacity and with_time):
        basis = BASES[2] if direct is None else BASES[1]
        table = _profit_table(steps, direct, None)
        begin = _costs_from(portfolio) if has_capacity else None
        return AccountProfit(table, first, last, basis, direct, costs_from=begin)
    work = account_workload(portfolio, **window)
    costs = pool_costs(portfolio, first, last)
    _check_pools(work, costs, first, last)
    served = cost_to_serve(work, capacity_rates(costs.table))
    table = _profit_table(steps, direct, served)
    known = _how_well_known(portfolio, first, last, work, costs)
    return AccountProfit(table, first, last, BASES[0], direct, served, **known)


def trailing_profits(
    portfolio: Portfolio,
    months: int = 12,
    by: str = "account",
    most: int | None = None,
) -> dict[date, AccountProfit]:
    """Return every account's profit in each full window, the earliest first.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    months : int
        Length of a window.
    by : {"account", "parent"}
        Accounts, or groups under their parents, as they are on the view's day.
    most : int, optional
        How many windows at most; the latest are taken.

    Returns
    -------
    dict of date to AccountProfit
        By the window's last day. Windows do not overlap. Each shows what was booked by
        its own last day, so that rebates that are still open in the last window are
        left out in all. Where the costs of the pools cover not even one window, all
        windows of the orders are taken, without cost to serve.

    Raises
    ------
    UsageError
        If not even one window is full, or `most` is below 1.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     [end.year for end in trailing_profits(portfolio, most=2)]
    [2024, 2025]
    """
    if most is not None and most < 1:
        raise UsageError(f"most = {most!r}: give a number of windows from 1 on")
    latest, _ = trailing_window(portfolio.as_of, months)
    since = _covered_from(portfolio)
    with_time = since <= latest + _GRACE
    since = since if with_time else portfolio.first_day
    profits: dict[date, AccountProfit] = {}
    while most is None or len(profits) < most:
        start, end = trailing_window(portfolio.as_of, months, len(profits))
        if start + _GRACE < since:
            break
        profits[end] = account_profit(portfolio, start, end, by, end, with_time)
    if not profits:
        raise UsageError(
            f"months = {months}: the window would begin on {start}, but orders begin "
            f"on {since}; take a shorter one"
        )
    return dict(reversed(profits.items()))


def totals_by_window(profits: Mapping[object, AccountProfit]) -> pd.DataFrame:
    """Add every window up over its accounts, so that windows stand side by side.

    Parameters
    ----------
    profits : mapping of object to AccountProfit
        By what each window is called, such as its last day.

    Returns
    -------
    DataFrame of shape (n_windows, n_columns)
        The money columns of the windows' tables, ``minutes``, ``unused_cost`` (of
        capacity that no account took; negative) and ``contribution_margin`` (share of
        revenue).

    Notes
    -----
    An account whose cost of goods is not known takes part in no sum, so that every
    column adds up to the contribution.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     totals = totals_by_window(trailing_profits(portfolio, most=2))
    >>> bool((totals["contribution"] < totals["revenue"]).all())
    True
    """
    rows = {}
    for name, profit in profits.items():
        shares = ["contribution_rate", "contribution_margin"]
        known = profit.table.dropna(subset="contribution")
        sums = known.drop(columns=shares).sum()
        unused = 0.0 if profit.served is None else profit.served.unused_cost
        rows[name] = {**sums, "unused_cost": -unused}
    table = pd.DataFrame(rows).T
    return table.assign(contribution_margin=table["contribution"] / table["revenue"])


def _has_capacity(portfolio: Portfolio) -> bool:
    """Whether standards, and costs of a period that has ended, are known by now."""
    needs = ("costs", "activity_minutes")
    return all(portfolio.has(each) and len(portfolio.table(each)) for each in needs)


def _check_pools(work: pd.DataFrame, costs: PoolCosts, first: date, last: date) -> None:
    """Refuse work of a pool of which nobody knows what it costs."""
    known = costs.table["pool"].tolist()
    unknown = [pool for pool in work["pool"].dropna().unique() if pool not in known]
    if unknown:
        raise DataError(
            f"table activity_minutes takes time of pool {unknown[0]!r}, but table "
            f"costs has no costs of it from {first} to {last}: "
            f"{did_you_mean(unknown[0], known)}"
        )


def _profit_table(
    steps: pd.DataFrame, direct: pd.DataFrame | None, served: CostToServe | None
) -> pd.DataFrame:
    """Carry the waterfall on to the contribution; costs without revenue stay."""
    booked = pd.Series(dtype=float) if direct is None else -direct.sum(axis=1)
    charged = pd.Series(dtype=float) if served is None else -served.total
    spent = pd.Series(dtype=float) if served is None else served.minutes.sum(axis=1)
    everybody = steps.index.union(booked.index).union(charged.index)
    table = steps.reindex(everybody.rename(steps.index.name), fill_value=0.0)
    for name, costs in {"direct_costs": booked, "cost_to_serve": charged}.items():
        table[name] = costs.reindex(table.index, fill_value=0.0).round(_DECIMALS) + 0.0
    costs = table["direct_costs"] + table["cost_to_serve"]
    contribution = (table["margin"] + costs).round(_DECIMALS)
    total, revenue = contribution.sum(), table["revenue"]
    return table.assign(
        contribution=contribution,
        minutes=spent.reindex(table.index, fill_value=0.0),
        contribution_rate=contribution / (total if total > 0 else float("nan")),
        contribution_margin=contribution / revenue.where(revenue > 0),
    )


def _how_well_known(
    portfolio: Portfolio, first: date, last: date, work: pd.DataFrame, costs: PoolCosts
) -> dict[str, object]:
    """Return what a reader has to know about the cost to serve."""
    contacts = work[work["activity"].isin(INTERACTION_TYPES)]
    counted = contacts.drop_duplicates([work.columns[0], "activity"])
    number = counted["count"].sum()
    timed = (counted["count"] * counted["recorded"]).sum()
    untimed = work.loc[work["pool"].isna(), "activity"]
    begin = _first_contact(portfolio)
    is_late = begin is not None and begin > first + _GRACE
    return {
        "recorded": float(timed / number) if number else float("nan"),
        "contacts_from": begin if is_late else None,
        "untimed": tuple(sorted(untimed.unique())),
        "days_carried": costs.days_carried,
    }


def _first_contact(portfolio: Portfolio) -> date | None:
    if not portfolio.has("interactions"):
        return None
    first = portfolio.table("interactions").select(nw.col("date").min())
    day = first.collect("pandas").to_native()["date"].iloc[0]
    return None if pd.isna(day) else pd.Timestamp(day).date()


def _covered_from(portfolio: Portfolio) -> date:
    """Return the first day of which both orders and costs of the pools are known."""
    if not _has_capacity(portfolio):
        return portfolio.first_day
    return max(portfolio.first_day, _costs_from(portfolio))


def _costs_from(portfolio: Portfolio) -> date:
    return portfolio.table("costs")["period_start"].min().date()

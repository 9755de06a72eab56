"""Profit by account, put together: waterfall, direct costs, and time at capacity rates.

Glossary
--------
parts
    What the tables say of a window before time is priced: the steps down to the margin,
    the direct costs, and the work of every pool.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import narwhals as nw
import pandas as pd

from kamlab.data.vocabulary import INTERACTION_TYPES
from kamlab.errors import DataError, did_you_mean
from kamlab.portfolio import Portfolio
from kamlab.value.cost_to_serve import CostToServe, capacity_rates, cost_to_serve
from kamlab.value.pool_costs import PoolCosts, pool_costs

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


@dataclass(frozen=True, eq=False)
class ProfitParts:
    """What is known of a window before the time of the pools is priced.

    Parameters
    ----------
    steps : DataFrame
        From `kamlab.value.waterfall.account_waterfall`.
    direct : DataFrame, optional
        From `kamlab.value.serving.direct_costs`.
    work : DataFrame, optional
        From `kamlab.value.serving.account_workload`; None leaves time out.
    contacts_from : date, optional
        From `first_contact`.

    Examples
    --------
    >>> ProfitParts(pd.DataFrame({"margin": [40.0]}, index=["A"])).work is None
    True
    """

    steps: pd.DataFrame
    direct: pd.DataFrame | None = None
    work: pd.DataFrame | None = None
    contacts_from: date | None = None


def assembled_profit(
    parts: ProfitParts, portfolio: Portfolio, first: date, last: date
) -> AccountProfit:
    """Carry the steps of a window on to what every account leaves.

    Parameters
    ----------
    parts : ProfitParts
        What the tables say of the window.
    portfolio : Portfolio
        The tables at a date: what the pools cost.
    first, last : date
        First and last day of the window.

    Returns
    -------
    AccountProfit

    Raises
    ------
    UsageError
        If the costs of the pools do not cover the window.
    DataError
        If time is taken of a pool that has no costs in the window, or if two periods
        of a pool overlap.

    Examples
    --------
    >>> import kamlab
    >>> steps = pd.DataFrame({"revenue": [90.0], "margin": [40.0]}, index=["A"])
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     year = date(2025, 1, 1), date(2025, 12, 31)
    ...     profit = assembled_profit(ProfitParts(steps), portfolio, *year)
    >>> profit.basis, profit.contribution.to_dict()
    ('gross margin', {'A': 40.0})
    """
    steps, direct, work = parts.steps, parts.direct, parts.work
    if work is None:
        basis = BASES[2] if direct is None else BASES[1]
        table = _profit_table(steps, direct, None)
        begin = costs_from(portfolio) if has_capacity(portfolio) else None
        return AccountProfit(table, first, last, basis, direct, costs_from=begin)
    costs = pool_costs(portfolio, first, last)
    _check_pools(work, costs, first, last)
    served = cost_to_serve(work, capacity_rates(costs.table))
    table = _profit_table(steps, direct, served)
    known = _how_well_known(parts.contacts_from, first, work, costs)
    return AccountProfit(table, first, last, BASES[0], direct, served, **known)


def has_capacity(portfolio: Portfolio) -> bool:
    """Say whether standards, and costs of a period that has ended, are known by now.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     has_capacity(portfolio)
    True
    """
    needs = ("costs", "activity_minutes")
    return all(portfolio.has(each) and len(portfolio.table(each)) for each in needs)


def costs_from(portfolio: Portfolio) -> date:
    """Return the day on which the costs of the pools begin.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with costs.

    Raises
    ------
    MissingDataError
        If there is no table of costs.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(costs_from(portfolio))
    2022-01-01
    """
    return portfolio.table("costs")["period_start"].min().date()


def first_contact(portfolio: Portfolio) -> date | None:
    """Return the day of the first contact of all; None without contacts.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     first_contact(portfolio) < portfolio.as_of
    True
    """
    if not portfolio.has("interactions"):
        return None
    first = portfolio.table("interactions").select(nw.col("date").min())
    day = first.collect("pandas").to_native()["date"].iloc[0]
    return None if pd.isna(day) else pd.Timestamp(day).date()


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
    begin: date | None, first: date, work: pd.DataFrame, costs: PoolCosts
) -> dict[str, object]:
    """Return what a reader has to know about the cost to serve."""
    contacts = work[work["activity"].isin(INTERACTION_TYPES)]
    counted = contacts.drop_duplicates([work.columns[0], "activity"])
    number = counted["count"].sum()
    timed = (counted["count"] * counted["recorded"]).sum()
    untimed = work.loc[work["pool"].isna(), "activity"]
    is_late = begin is not None and begin > first + _GRACE
    return {
        "recorded": float(timed / number) if number else float("nan"),
        "contacts_from": begin if is_late else None,
        "untimed": tuple(sorted(untimed.unique())),
        "days_carried": costs.days_carried,
    }

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
from datetime import date, timedelta

import pandas as pd

from kamlab.errors import UsageError
from kamlab.portfolio import Portfolio
from kamlab.value.profit_assembly import (
    AccountProfit,
    ProfitParts,
    assembled_profit,
    costs_from,
    first_contact,
    has_capacity,
)
from kamlab.value.serving import account_workload, direct_costs
from kamlab.value.trailing import trailing_window
from kamlab.value.waterfall import account_waterfall
from kamlab.value.windows import checked_window

_GRACE = timedelta(days=10)


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
    direct = work = begin = None
    if portfolio.has("account_costs"):
        direct = direct_costs(portfolio, **window)
    if with_time and has_capacity(portfolio):
        work = account_workload(portfolio, **window)
        begin = first_contact(portfolio)
    parts = ProfitParts(steps, direct, work, begin)
    return assembled_profit(parts, portfolio, first, last)


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


def _covered_from(portfolio: Portfolio) -> date:
    """Return the first day of which both orders and costs of the pools are known."""
    if not has_capacity(portfolio):
        return portfolio.first_day
    return max(portfolio.first_day, costs_from(portfolio))

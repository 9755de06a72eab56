"""Two periods of profit by account, side by side, with the sales behind them."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kamlab.errors import UsageError
from kamlab.portfolio import Portfolio
from kamlab.value.profitability import (
    AccountProfit,
    account_profit,
    trailing_profits,
)
from kamlab.value.trailing import months_covered, trailing_window
from kamlab.value.waterfall import account_sales


@dataclass(frozen=True, eq=False)
class ProfitPeriod:
    """Profit by account in a window, and what was sold to whom at which price.

    Parameters
    ----------
    profit : AccountProfit
        Steps, totals and cost to serve by account.
    sales : DataFrame
        Quantity, goods, cost and, where known, list value by account and product, as
        `kamlab.value.waterfall.account_sales` returns them.

    Examples
    --------
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(pd.DataFrame(), day, day, "gross margin")
    >>> ProfitPeriod(profit, pd.DataFrame()).profit.basis
    'gross margin'
    """

    profit: AccountProfit
    sales: pd.DataFrame


def profit_period(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str = "account",
    booked_by: str | date | None = None,
) -> ProfitPeriod:
    """Return what a bridge between two periods needs to know of one of them.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with product, quantity and cost on order lines.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    booked_by : str or date, optional
        Leave out what was booked after this day, so that years compare.

    Returns
    -------
    ProfitPeriod

    Raises
    ------
    MissingDataError
        If the order lines have no product, quantity or cost.
    UsageError
        If the days are not in order, or `by` is something else.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     period = profit_period(portfolio, "2025-01-01", "2025-12-31")
    >>> period.profit.label, period.sales.index.names
    ('2025', FrozenList(['account_id', 'product_id']))
    """
    sales = account_sales(portfolio, start, end, by, booked_by)
    return ProfitPeriod(account_profit(portfolio, start, end, by, booked_by), sales)


def compared_periods(
    portfolio: Portfolio, months: int = 12, by: str = "account"
) -> tuple[ProfitPeriod, ProfitPeriod]:
    """Return the last full window and the one before, known equally well.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    months : int
        Length of each window.
    by : {"account", "parent"}
        Accounts, or groups under their parents, as they are on the view's day.

    Returns
    -------
    before, after : ProfitPeriod
        Each with what was booked by its own last day. Year-end rebates and late bills
        that are still open in the later window are left out of the earlier one too;
        otherwise they would pass for a change of profit.

    Raises
    ------
    UsageError
        If orders, or the costs of the pools, cover the later window alone.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     before, after = compared_periods(portfolio)
    >>> before.profit.label, after.profit.label
    ('2024', '2025')
    """
    if months_covered(portfolio, 2 * months) < 2 * months:
        raise UsageError(
            f"months = {months}: two windows begin on "
            f"{trailing_window(portfolio.as_of, months, 1)[0]}, but the data begin on "
            f"{portfolio.first_day}; take shorter ones"
        )
    profits = trailing_profits(portfolio, months, by, most=2)
    if len(profits) < 2:
        raise UsageError(
            f"months = {months}: the costs of the pools cover the last window alone; "
            "take shorter windows, or import earlier costs"
        )
    before, after = (
        ProfitPeriod(each, account_sales(portfolio, each.start, end, by, end))
        for end, each in profits.items()
    )
    return before, after

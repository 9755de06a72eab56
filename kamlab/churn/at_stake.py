"""What an account brought in a year: what is lost if it goes."""

from dataclasses import dataclass

import pandas as pd

from kamlab.portfolio import Portfolio
from kamlab.value.activity import account_revenue
from kamlab.value.profitability import trailing_profits
from kamlab.value.trailing import months_covered, trailing_window
from kamlab.value.windows import key_name

#: Months of which the money counts.
MONTHS = 12


@dataclass(frozen=True, eq=False)
class AtStake:
    """Money of the last twelve months by account, and which money it is.

    Parameters
    ----------
    amounts : Series of float
        Reporting currency, by account_id (or parent_id); *not* times a probability.
    revenue : Series of float
        Net revenue of the same months.
    basis : str
        "contribution", "margin after direct costs", "gross margin" or "revenue".

    Examples
    --------
    >>> AtStake(pd.Series({"A": 40.0}), pd.Series({"A": 90.0}), "gross margin").basis
    'gross margin'
    """

    amounts: pd.Series
    revenue: pd.Series
    basis: str


def at_stake(portfolio: Portfolio, by: str = "account") -> AtStake:
    """Return what each account brought in the last twelve months.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    AtStake
        Contribution as far down as the data reach: after cost to serve, after direct
        costs, gross margin; net revenue where order lines have no cost of goods, or do
        not cover twelve months. An account of which a cost is missing has no amount.

    Raises
    ------
    UsageError
        If `by` is something else.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     at_stake(portfolio).basis
    'contribution'
    """
    key_name(by)
    start, end = trailing_window(portfolio.as_of, MONTHS)
    first = max(start, portfolio.first_day)
    revenue = account_revenue(portfolio, first, end, by=by)
    full = months_covered(portfolio, MONTHS) >= MONTHS
    if not (full and portfolio.has("orders.cogs")):
        return AtStake(revenue, revenue, "revenue")
    profit = next(iter(trailing_profits(portfolio, MONTHS, by, most=1).values()))
    return AtStake(profit.contribution, revenue, profit.basis)

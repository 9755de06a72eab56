"""How key-account business differs from selling to consumers, in five figures.

Glossary
--------
order day
    A day on which a customer bought; several orders of a day count once.
"""

import math
from dataclasses import dataclass

import pandas as pd

from kamlab.portfolio import Portfolio
from kamlab.style.formats import format_count, format_money, format_share
from kamlab.value.activity import account_activity
from kamlab.value.concentration import top_share
from kamlab.value.trailing import months_covered, trailing_window


@dataclass(frozen=True)
class BuyingProfile:
    """Who buys, how often, how much, and how far it hangs on few.

    Parameters
    ----------
    customers : int
        Customers with an order in the twelve months.
    order_days : float
        Order days of a customer, mean; NaN where the portfolio has months only.
    order_value : float
        Value of an order day, median of customers' means; NaN as above.
    revenue : float
        Net revenue of a customer, mean.
    largest_share, top_20_share : float
        Share of revenue of the largest one, and of the top 20 %.
    came_back : float
        Share of earlier customers who bought in the twelve months; NaN where there is
        no earlier window.
    currency : str
        Of all money.

    Examples
    --------
    >>> CDNOW.customers
    8332
    """

    customers: int
    order_days: float
    order_value: float
    revenue: float
    largest_share: float
    top_20_share: float
    came_back: float
    currency: str


#: Consumers of a real shop for music, CDNOW: all 23,570 who first bought in the first
#: quarter of 1997, over the twelve months to June 1998. Computed from the file that
#: Fader and Hardie (2001) published; "came back" is of those who had bought by June
#: 1997, which is all of them.
CDNOW = BuyingProfile(
    customers=8332,
    order_days=3.237758,
    order_value=28.5575,
    revenue=128.343315,
    largest_share=0.006516,
    top_20_share=0.635383,
    came_back=0.353500,
    currency="USD",
)


def buying_profile(portfolio: Portfolio, months: int = 12) -> BuyingProfile:
    """Return how the customers of a portfolio buy.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    months : int
        Length of the window; cut to what the data cover.

    Returns
    -------
    BuyingProfile

    References
    ----------
    Webster, F. E. and Wind, Y. (1972). A general model for understanding
    organizational buying behavior. Journal of Marketing 36(2), 12–19.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     profile = buying_profile(portfolio)
    >>> profile.order_value > 100 * CDNOW.order_value
    True
    """
    months = months_covered(portfolio, months)
    start, _ = trailing_window(portfolio.as_of, months)
    activity = account_activity(portfolio, start)
    bought = activity[_has_bought(activity)]
    revenue = bought["revenue"][bought["revenue"] > 0]
    return BuyingProfile(
        customers=len(bought),
        order_days=float(bought["order_days"].mean()),
        order_value=float(bought["monetary_value_with_first"].median()),
        revenue=float(bought["revenue"].mean()),
        largest_share=float(revenue.max() / revenue.sum()),
        top_20_share=float(top_share(revenue, 0.2)),
        came_back=_came_back(portfolio, months, bought.index),
        currency=portfolio.currency,
    )


def profiles_table(profiles: dict[str, BuyingProfile]) -> pd.DataFrame:
    """Put profiles side by side, ready to print.

    Parameters
    ----------
    profiles : dict of str to BuyingProfile
        By the head of their column.

    Returns
    -------
    pandas.DataFrame of str
        One row a figure.

    Examples
    --------
    >>> table = profiles_table({"consumers": CDNOW})
    >>> table.loc["order days of a customer, mean"].tolist()
    ['3.2']
    """
    return pd.DataFrame({head: _printed(each) for head, each in profiles.items()})


def _came_back(portfolio: Portfolio, months: int, bought: pd.Index) -> float:
    if months_covered(portfolio, 2 * months) < 2 * months:
        return float("nan")
    start, end = trailing_window(portfolio.as_of, months, back=1)
    before = account_activity(portfolio, start, end)
    earlier = before.index[_has_bought(before)]
    return float(earlier.isin(bought).mean())


def _has_bought(activity: pd.DataFrame) -> pd.Series:
    """Whether an account has an order day or, where only months are known, sales."""
    days = activity["order_days"]
    return days.where(days.notna(), activity["gross_revenue"]) > 0


def _printed(profile: BuyingProfile) -> pd.Series:
    currency = profile.currency
    return pd.Series(
        {
            "customers who bought": format_count(profile.customers),
            "order days of a customer, mean": _days(profile.order_days),
            "value of an order day, median customer": format_money(
                profile.order_value, currency
            ),
            "revenue of a customer, mean": format_money(profile.revenue, currency),
            "largest customer": format_share(profile.largest_share),
            "top 20 % of customers": format_share(profile.top_20_share),
            "earlier customers who came back": format_share(profile.came_back),
        }
    )


def _days(order_days: float) -> str:
    return "n/a" if math.isnan(order_days) else f"{order_days:.1f}"

"""What accounts pay and what they take: net price against cost to serve.

Glossary
--------
price realisation
    Net price ÷ list price: what is left of the list after discounts, rebates and
    credits.
service rate
    Cost to serve and direct costs ÷ revenue.
carriage trade (高价高服务)
    Pays much and takes much.
passive (高价低服务)
    Pays much and takes little: often earns most, and is easily forgotten.
economy (低价低服务)
    Pays little and takes little; its authors called it "bargain basement", which no
    customer would like to read.
aggressive (低价高服务)
    Pays little and takes much, because it can.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import DataError, MissingDataError, UsageError
from kamlab.value.profit_parts import known_amounts
from kamlab.value.revenue import checked_amounts

#: The four kinds of account, by whether price and cost to serve are high.
QUADRANTS = {
    (True, True): "carriage trade",
    (True, False): "passive",
    (False, False): "economy",
    (False, True): "aggressive",
}
_COSTS = ("direct_costs", "cost_to_serve")


@dataclass(frozen=True, eq=False)
class PriceAndService:
    """Accounts by what they pay and what they take.

    Parameters
    ----------
    accounts : DataFrame
        By account: `price`, `service_rate`, `quadrant`, `revenue`, `contribution`.
    quadrants : DataFrame of shape (4, 6)
        By quadrant: `accounts`, `revenue`, `share_of_revenue`, `contribution`,
        `contribution_margin` (of its revenue) and `loss_makers`.
    price_cut, service_cut : float
        From here on a price, or a service rate, counts as high.
    left_out : Index
        Accounts without positive revenue, a price or a known contribution: no place
        in the grid can be found for them.
    price_is : {"share of list price", "given"}
        What `price` is.

    Examples
    --------
    >>> columns = {"list_revenue": [100, 100], "revenue": [90, 60]}
    >>> columns |= {"cost_to_serve": [-5, -20], "contribution": [30, -5]}
    >>> found = price_and_service(pd.DataFrame(columns, index=["A", "B"]))
    >>> found.price_cut, found.quadrants.loc["aggressive", "loss_makers"].item()
    (0.75, 1)
    """

    accounts: pd.DataFrame
    quadrants: pd.DataFrame
    price_cut: float
    service_cut: float
    left_out: pd.Index
    price_is: str


def paid_for_goods(profit: pd.DataFrame) -> pd.Series:
    """Say what every account really paid for the goods it bought.

    Parameters
    ----------
    profit : DataFrame
        Money by account with column `revenue` and, where known, `returns` (negative)
        and `charges`.

    Returns
    -------
    Series
        Net revenue before returns and without charges.

    Raises
    ------
    UsageError
        If there is no revenue, or amounts are missing.

    Notes
    -----
    Returned goods are added back, because sending goods back is no discount. Freight
    and surcharges on the invoice are no part of the goods' price: with them, who pays
    much freight would seem to pay a good price.

    Examples
    --------
    >>> columns = {"revenue": [75.0], "returns": [-10.0], "charges": [5.0]}
    >>> paid_for_goods(pd.DataFrame(columns, index=["A"])).to_dict()
    {'A': 80.0}
    """
    paid = _column(profit, "revenue")
    for apart in ("returns", "charges"):
        if apart in profit:
            paid = paid - _column(profit, apart)
    return paid


def price_realisation(profit: pd.DataFrame) -> pd.Series:
    """Say which part of the list price every account really pays.

    Parameters
    ----------
    profit : DataFrame
        Money by account with columns `revenue`, `list_revenue` and, where known,
        `returns` (negative) and `charges`, as `kamlab.value.profitability` gives them.

    Returns
    -------
    Series
        Named `price`; NaN where an account has no list revenue.

    Raises
    ------
    MissingDataError
        If list prices are missing.

    Notes
    -----
    `paid_for_goods` = net revenue − returns − charges, ÷ list revenue. What returns
    cost is in the cost to serve.

    References
    ----------
    Marn, M. V. and Rosiello, R. L. (1992). Managing price, gaining profit. Harvard
    Business Review 70 (5), 84–94.

    Examples
    --------
    >>> columns = {"revenue": [70.0], "list_revenue": [100.0], "returns": [-10.0]}
    >>> price_realisation(pd.DataFrame(columns, index=["A"])).to_dict()
    {'A': 0.8}
    """
    if "list_revenue" not in profit:
        raise MissingDataError(
            f"the profit table has columns {', '.join(map(str, profit))}, but no "
            "list_revenue: import list prices with the order lines, or give another "
            "measure of price, such as price=table['margin'] / table['revenue']"
        )
    at_list = _column(profit, "list_revenue")
    return (paid_for_goods(profit) / at_list.where(at_list > 0)).rename("price")


def service_rate(profit: pd.DataFrame) -> pd.Series:
    """Say which part of its revenue it takes to serve every account.

    Parameters
    ----------
    profit : DataFrame
        Money by account with columns `revenue`, `cost_to_serve` and, where known,
        `direct_costs`; costs are negative.

    Returns
    -------
    Series
        Named `service_rate`; NaN where an account has no positive revenue.

    Raises
    ------
    UsageError
        If a column is missing or costs are positive.

    Examples
    --------
    >>> columns = {"revenue": [100.0], "cost_to_serve": [-12.0], "direct_costs": [-3]}
    >>> service_rate(pd.DataFrame(columns, index=["A"])).to_dict()
    {'A': 0.15}
    """
    revenue = _column(profit, "revenue")
    costs = sum(
        _cost(profit, name) for name in _COSTS if name == _COSTS[1] or name in profit
    )
    return (-costs / revenue.where(revenue > 0)).rename("service_rate")


def price_and_service(
    profit: pd.DataFrame,
    price: ArrayLike | None = None,
    price_cut: float | None = None,
    service_cut: float | None = None,
) -> PriceAndService:
    """Sort accounts into those that pay much or little, and take much or little.

    Parameters
    ----------
    profit : DataFrame
        Money by account with columns `revenue`, `contribution`, `cost_to_serve` and,
        where known, `direct_costs`, `list_revenue`, `returns`; costs are negative.
    price : Series of shape (n_accounts,), optional
        Another measure of price, higher for those who pay more; otherwise
        `price_realisation`.
    price_cut, service_cut : float, optional
        From here on a price or a service rate counts as high; otherwise the median of
        the accounts, so that halves are compared and nobody is judged against a norm.

    Returns
    -------
    PriceAndService

    Raises
    ------
    UsageError, MissingDataError
        If a column is missing, or costs are positive.
    DataError
        If no account has a price, positive revenue and a known contribution.

    Notes
    -----
    A place in the grid is no verdict. "Aggressive" accounts may well earn money, by
    their volume; look at the contribution beside it. Cost to serve as a share of
    revenue is high for small accounts by arithmetic alone.

    References
    ----------
    Shapiro, B. P., Rangan, V. K., Moriarty, R. T. and Ross, E. B. (1987). Manage
    customers for profits (not just sales). Harvard Business Review 65 (5), 101–108.

    Examples
    --------
    >>> profit = pd.DataFrame(
    ...     {
    ...         "list_revenue": [100.0, 100.0],
    ...         "revenue": [90.0, 60.0],
    ...         "cost_to_serve": [-5.0, -20.0],
    ...         "contribution": [30.0, -5.0],
    ...     },
    ...     index=["A", "B"],
    ... )
    >>> price_and_service(profit).accounts["quadrant"].to_dict()
    {'A': 'passive', 'B': 'aggressive'}
    """
    accounts, price_is = _rates(profit, price)
    rated = accounts.dropna()
    if rated.empty:
        raise DataError(
            f"none of {len(accounts)} accounts has a price, positive revenue and a "
            "known contribution: check the period and the list prices"
        )
    medians = rated[["price", "service_rate"]].median()
    price_cut = float(medians["price"]) if price_cut is None else price_cut
    service_cut = float(medians["service_rate"]) if service_cut is None else service_cut
    rated = rated.assign(quadrant=_quadrants(rated, price_cut, service_cut))
    left_out = accounts.index.difference(rated.index, sort=False)
    return PriceAndService(
        rated, _summary(rated), price_cut, service_cut, left_out, price_is
    )


def _rates(profit: pd.DataFrame, price: ArrayLike | None) -> tuple[pd.DataFrame, str]:
    """Price, service rate and profit by account, with gaps, and what the price is."""
    _refuse_missing(profit, "contribution")
    if price is None:
        prices, price_is = price_realisation(profit), "share of list price"
    else:
        prices, price_is = checked_amounts(price, "price"), "given"
    columns = {
        "price": prices.reindex(profit.index),
        "service_rate": service_rate(profit),
        "revenue": _column(profit, "revenue"),
        "contribution": known_amounts(profit["contribution"], "contribution")[0],
    }
    return pd.DataFrame(columns), price_is


def _quadrants(rated: pd.DataFrame, price_cut: float, service_cut: float) -> list[str]:
    high = zip(
        rated["price"] >= price_cut, rated["service_rate"] >= service_cut, strict=True
    )
    return [QUADRANTS[bool(dear), bool(costly)] for dear, costly in high]


def _summary(rated: pd.DataFrame) -> pd.DataFrame:
    groups = rated.assign(loses=rated["contribution"] < 0).groupby("quadrant")
    table = pd.DataFrame(
        {
            "accounts": groups.size(),
            "revenue": groups["revenue"].sum(),
            "contribution": groups["contribution"].sum(),
            "loss_makers": groups["loses"].sum(),
        }
    ).reindex(pd.Index(list(QUADRANTS.values()), name="quadrant"), fill_value=0)
    revenue = table["revenue"]
    table["contribution_margin"] = table["contribution"] / revenue.where(revenue > 0)
    table["share_of_revenue"] = revenue / revenue.sum()
    columns = ["accounts", "revenue", "share_of_revenue"]
    return table[[*columns, "contribution", "contribution_margin", "loss_makers"]]


def _refuse_missing(profit: pd.DataFrame, name: str) -> None:
    if name not in profit:
        raise UsageError(
            f"the profit table has no column {name!r}, only "
            f"{', '.join(map(str, profit))}: take it from account_profit"
        )


def _column(profit: pd.DataFrame, name: str) -> pd.Series:
    _refuse_missing(profit, name)
    return checked_amounts(profit[name], name)


def _cost(profit: pd.DataFrame, name: str) -> pd.Series:
    costs = _column(profit, name)
    if costs.sum() > 0 and not np.any(costs < 0):
        account = costs.idxmax()
        raise UsageError(
            f"{name} of account {account!r} is {costs[account]:g}: give costs as "
            "negative amounts, so that they add up to the contribution"
        )
    return costs

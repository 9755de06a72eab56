"""What the order book tells of each account: rhythm, order value, contribution.

Glossary
--------
order day
    A day with at least one purchase; several orders on a day are one.
own year
    The twelve months up to an account's last order, so that an account that has fallen
    silent keeps the figures of the time when it bought.
"""

from dataclasses import dataclass
from datetime import date

import narwhals as nw
import numpy as np
import pandas as pd

from kamlab.errors import MissingDataError
from kamlab.grain import require_days
from kamlab.portfolio import Portfolio
from kamlab.value.activity import account_revenue
from kamlab.value.customer_equity.margins import margin_spread
from kamlab.value.lifetime.holdout import order_counts
from kamlab.value.line_amounts import NET_PARTS, line_amounts
from kamlab.value.profitability import AccountProfit, trailing_profits
from kamlab.value.trailing import months_covered, trailing_window
from kamlab.value.windows import key_name, owners

MONTHS = 12
#: Years over which contribution and revenue are added up for the margin.
YEARS = 2
#: Where an account's contribution margin comes from, the best first.
OWN, OF_ALL = "own", "all accounts"


@dataclass(frozen=True, eq=False)
class PurchaseHistory:
    """One row an account: all that a lifetime value is made from.

    Parameters
    ----------
    accounts : DataFrame
        By account_id (or parent_id): ``frequency``, ``recency``, ``T`` and
        ``log_gaps`` as `kamlab.value.lifetime` takes them; ``last_order``; ``orders``
        (order days of the last twelve months); ``own_orders``, ``order_value`` (net
        revenue an order day) and ``order_variation`` (coefficient of variation between
        these days) of the account's own year; ``contribution`` of the last twelve
        months (money); ``contribution_margin`` (share of net revenue that is
        left), ``margin_from``, ``margin_spread`` (standard deviation of the margin to
        come) and ``service_share`` (share of net revenue that direct costs and cost to
        serve take; 0 where not known).
    unit : {"D", "W", "M", "Q"}
        Unit of recency and T.
    as_of : date
        Last day seen.
    basis : str
        What `contribution` is: "contribution", "margin after direct costs",
        "gross margin" or "revenue".

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     history = purchase_history(portfolio)
    >>> len(history.accounts), history.basis
    (298, 'contribution')
    """

    accounts: pd.DataFrame
    unit: str
    as_of: date
    basis: str


def purchase_history(
    portfolio: Portfolio, by: str = "account", unit: str = "W"
) -> PurchaseHistory:
    """Return the rhythm, order value and contribution of every account that bought.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    unit : {"D", "W", "M", "Q"}
        Unit of recency and T.

    Returns
    -------
    PurchaseHistory
        The first order starts an account's clock.

    Raises
    ------
    MissingDataError
        If the order lines are sums of months, or nobody has bought yet.
    UsageError
        If `by` or `unit` is something else.

    Notes
    -----
    Value an order day = net revenue of the own year ÷ order days of it, after returns,
    credits and rebates. Contribution margin = contribution ÷ net revenue of the last
    two years (one year of little revenue and much service says nothing of what an order
    leaves); of all accounts where an account had no revenue then.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     accounts = purchase_history(portfolio).accounts
    >>> bool((accounts["recency"] <= accounts["T"]).all())
    True
    """
    key = key_name(by)
    require_days(portfolio, purpose="Lifetime value by purchase models")
    days = day_sums(portfolio, by)
    bought = days[days["is_purchase"]]
    if bought.empty:
        raise MissingDataError(
            f"nobody has bought by {portfolio.as_of}, so there is no lifetime value: "
            "take a later as_of"
        )
    counts = order_counts(bought[[key, "order_date"]], portfolio.as_of, unit)
    own = own_year(days, bought, key)
    margins, basis = _margins(portfolio, by, counts.index)
    start, _ = trailing_window(portfolio.as_of, MONTHS)
    recent = bought[bought["order_date"] >= pd.Timestamp(start)]
    orders = recent.groupby(key).size().reindex(counts.index, fill_value=0)
    accounts = counts.join(own).assign(orders=orders).join(margins)
    return PurchaseHistory(accounts, unit, portfolio.as_of, basis)


def day_sums(portfolio: Portfolio, by: str) -> pd.DataFrame:
    """Return net revenue by account and day, and whether it bought on the day.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    DataFrame
        account_id (or parent_id), ``order_date``, ``revenue``, ``is_purchase``.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     day_sums(portfolio, "account").columns.tolist()
    ['account_id', 'order_date', 'is_purchase', 'revenue']
    """
    lines = line_amounts(portfolio).select(
        "account_id",
        "order_date",
        is_purchase=nw.when(nw.col("is_purchase")).then(1).otherwise(0),
        revenue=nw.sum_horizontal(*NET_PARTS),
    )
    sums = lines.group_by("account_id", "order_date").agg(
        nw.col("is_purchase").max(), nw.col("revenue").sum()
    )
    frame = sums.collect("pandas").to_native().dropna(subset=["account_id"])
    key = key_name(by)
    frame[key] = owners(portfolio, frame["account_id"].astype("str"), by).to_numpy()
    keys = [key, "order_date"]
    whole = frame.groupby(keys, as_index=False)[["is_purchase", "revenue"]].agg(
        {"is_purchase": "max", "revenue": "sum"}
    )
    return whole.assign(is_purchase=whole["is_purchase"] > 0)


def own_year(days: pd.DataFrame, bought: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return last order, order days and order value of each account's own year.

    Parameters
    ----------
    days : DataFrame
        From `day_sums`.
    bought : DataFrame
        Its rows with a purchase.
    key : str
        Name of the account's column.

    Returns
    -------
    DataFrame
        By account: ``last_order``, ``own_orders``, ``order_value`` and
        ``order_variation`` (of the days that brought something). What is credited after
        the last order belongs to the year.

    Examples
    --------
    >>> days = pd.DataFrame(
    ...     {
    ...         "account_id": ["A", "A", "A"],
    ...         "order_date": pd.DatetimeIndex(["2024-01", "2025-02", "2025-03"]),
    ...         "revenue": [90.0, 50.0, -10.0],
    ...         "is_purchase": [True, True, False],
    ...     }
    ... )
    >>> own_year(days, days[days["is_purchase"]], "account_id")["order_value"].tolist()
    [40.0]
    """
    last = bought.groupby(key)["order_date"].max()
    year_of = days.assign(last=days[key].map(last)).dropna(subset=["last"])
    since = year_of["last"] - pd.DateOffset(months=MONTHS)
    lines = year_of[year_of["order_date"] > since]
    bought_on = lines[lines["is_purchase"]]
    year, orders = (each.groupby(key)["revenue"] for each in (lines, bought_on))
    # A sale and its return on one day say nothing of how orders vary.
    values = bought_on[bought_on["revenue"] > 0].groupby(key)["revenue"]
    return pd.DataFrame(
        {
            "last_order": last,
            "own_orders": orders.size(),
            "order_value": year.sum() / orders.size(),
            "order_variation": values.std() / values.mean(),
        }
    )


def _margins(
    portfolio: Portfolio, by: str, accounts: pd.Index
) -> tuple[pd.DataFrame, str]:
    """Return contribution of the last twelve months, its margin, and the basis."""
    full = months_covered(portfolio, MONTHS) >= MONTHS
    if not (full and portfolio.has("orders.cogs")):
        return _revenue_alone(portfolio, by, accounts), "revenue"
    profits = list(trailing_profits(portfolio, MONTHS, by, most=YEARS).values())
    last, sums = profits[-1], _summed(profits)
    known = sums["revenue"] > 0
    own = (sums["contribution"] / sums["revenue"])[known].reindex(accounts)
    serving = (sums["serving"] / sums["revenue"])[known].reindex(accounts)
    total = sums.sum()
    of_all = total / total["revenue"] if total["revenue"] > 0 else total * np.nan
    bought = accounts.isin(last.table.index)
    frame = {
        "contribution": last.contribution.reindex(accounts).where(bought, 0.0),
        "contribution_margin": own.fillna(of_all["contribution"]),
        "margin_from": np.where(own.notna(), OWN, OF_ALL),
        "margin_spread": margin_spread(
            _yearly(profits[0]), _yearly(last), sums["revenue"], accounts
        ),
        "service_share": serving.fillna(of_all["serving"]),
    }
    unknown_cost = accounts.isin(last.table.index[last.contribution.isna()])
    table = pd.DataFrame(frame, index=accounts)
    table.loc[unknown_cost, ["contribution", "contribution_margin"]] = np.nan
    return table, last.basis


def _summed(profits: list[AccountProfit]) -> pd.DataFrame:
    """Add up contribution, revenue and what serving takes, where costs are known."""
    known = [
        each.table[["contribution", "revenue"]]
        .assign(serving=-each.table["direct_costs"] - each.table["cost_to_serve"])
        .dropna(subset="contribution")
        for each in profits
    ]
    joined = pd.concat(known)
    return joined.groupby(joined.index).sum()


def _yearly(profit: AccountProfit) -> pd.Series:
    """Return the contribution margin of a year, where there was revenue."""
    table = profit.table
    return (table["contribution"] / table["revenue"])[table["revenue"] > 0]


def _revenue_alone(portfolio: Portfolio, by: str, accounts: pd.Index) -> pd.DataFrame:
    """Return revenue in place of the contribution that cannot be known."""
    start, end = trailing_window(portfolio.as_of, MONTHS)
    first = max(start, portfolio.first_day)
    revenue = account_revenue(portfolio, first, end, by=by)
    return pd.DataFrame(
        {
            "contribution": revenue.reindex(accounts, fill_value=0.0),
            "contribution_margin": 1.0,
            "margin_from": OWN,
            "margin_spread": 0.0,
            "service_share": 0.0,
        },
        index=accounts,
    )

"""What each account did, measured so that groups of accounts can be compared."""

from datetime import date

import narwhals as nw
import numpy as np
import pandas as pd

from kamlab.data.contract import PURCHASES
from kamlab.data.view import midnight
from kamlab.errors import UsageError
from kamlab.portfolio import Portfolio
from kamlab.value.activity import (
    account_activity,
    account_months,
    account_products,
)
from kamlab.value.profitability import account_profit
from kamlab.value.revenue_stability import (
    FEWEST_QUARTERS,
    quarterly_revenue,
    revenue_stability,
)
from kamlab.value.trailing import (
    months_covered,
    trailing_revenue,
    trailing_window,
)

_STEADY_MONTHS = 3 * FEWEST_QUARTERS
_DAYS_A_YEAR = 365.25


def account_measures(portfolio: Portfolio, months: int = 12) -> pd.DataFrame:
    """Return what each account brought, took and did in the months up to the day.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    months : int
        Length of the window; cut to what the data cover.

    Returns
    -------
    pandas.DataFrame
        Indexed by account_id, every account known on the day. Columns, each only where
        the data have what it needs, and missing for accounts it means nothing for:
        ``revenue``, ``margin`` (reporting currency; after cost of goods),
        ``margin_rate`` (share of revenue), ``order_value`` (mean purchases of an order
        day), ``order_days``, ``tenure`` (years since set up or first order),
        ``categories`` (count bought from), ``price_kept`` (share of the room between
        list price and cost that stays with us), ``kept`` (1 if an account of the window
        before bought again, else 0), ``growth`` (change on the window before over the
        mean of both, −2 to 2), ``variation`` (coefficient of variation of quarterly
        revenue since the first purchase, the season taken out), ``contacts`` (a month),
        ``inbound`` (share of contacts they began), ``ideas``, ``needs`` (shares of
        contacts about innovation and about needs),
        ``contribution`` (reporting currency; after direct costs and cost to serve),
        ``cost_rate`` (both costs as a share of revenue).

    Notes
    -----
    Growth is that of Davis, Haltiwanger and Schuh: 2 (x₁ − x₀) / (x₁ + x₀), which an
    account that stops does not send to infinity.

    References
    ----------
    Davis, S. J., Haltiwanger, J. C. and Schuh, S. (1996). Job Creation and
    Destruction. MIT Press.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     measures = account_measures(portfolio)
    >>> bool(measures["kept"].dropna().isin([0, 1]).all())
    True
    """
    months = months_covered(portfolio, months)
    start, _ = trailing_window(portfolio.as_of, months)
    parts = [
        _bought(portfolio, start),
        _tenure(portfolio),
        _two_windows(portfolio, months),
        _steadiness(portfolio),
    ]
    if portfolio.has("orders.product_id") and portfolio.has("products.category"):
        parts.append(_range(portfolio, start))
    if portfolio.has("orders.unit_list_price") and portfolio.has("orders.cogs"):
        parts.append(_price_kept(portfolio, start))
    if portfolio.has("interactions"):
        parts.append(_contacts(portfolio, start, months))
    if all(map(portfolio.has, ("orders.cogs", "costs", "activity_minutes"))):
        parts.append(_serving(portfolio, start))
    known = portfolio.accounts.index
    return pd.concat([part.reindex(known) for part in parts], axis=1)


def symmetric_growth(before: pd.Series, now: pd.Series) -> pd.Series:
    """Return the change of each account over the mean of both years.

    Parameters
    ----------
    before, now : Series of shape (n_accounts,)
        Revenue of two equal windows.

    Returns
    -------
    pandas.Series
        From −2 (stopped) to 2 (new); missing where `before` is not positive or `now`
        is negative.

    Examples
    --------
    >>> symmetric_growth(pd.Series([100.0, 80.0]), pd.Series([0.0, 120.0])).tolist()
    [-2.0, 0.4]
    """
    usable = (before > 0) & (now >= 0)
    return (2 * (now - before) / (now + before).where(usable)).rename("growth")


def _bought(portfolio: Portfolio, start: date) -> pd.DataFrame:
    activity = account_activity(portfolio, start)
    columns = ["revenue", "order_days", *(["margin"] if "margin" in activity else [])]
    bought = activity[columns].reindex(portfolio.accounts.index)
    filled = {"revenue": 0.0, "order_days": 0}
    bought = bought.fillna(filled)
    bought["order_value"] = activity["monetary_value_with_first"]
    bought["order_days"] = bought["order_days"].where(bought["order_days"] > 0)
    if portfolio.grain == "month":
        bought = bought.drop(columns=["order_days", "order_value"])
    if "margin" in bought:
        # A margin of accounts that only returned goods is no rate.
        bought["margin_rate"] = bought["margin"] / bought["revenue"].where(
            bought["revenue"] > 0
        )
    return bought.round({"revenue": 4, "margin": 4})


def _tenure(portfolio: Portfolio) -> pd.DataFrame:
    accounts = portfolio.accounts
    since = account_activity(portfolio)["first_order"].reindex(accounts.index)
    if "created_on" in accounts:
        since = accounts["created_on"].fillna(since)
    years = (midnight(portfolio.as_of) - since).dt.days / _DAYS_A_YEAR
    return years.rename("tenure").to_frame()


def _two_windows(portfolio: Portfolio, months: int) -> pd.DataFrame:
    if months_covered(portfolio, 2 * months) < 2 * months:
        return pd.DataFrame(index=portfolio.accounts.index)
    before = trailing_revenue(portfolio, months, back=1)
    now = trailing_revenue(portfolio, months)
    kept = (now > 0).astype(float).where(before > 0).rename("kept")
    return pd.concat([kept, symmetric_growth(before, now)], axis=1)


def _steadiness(portfolio: Portfolio) -> pd.DataFrame:
    """Return the variation that the comparison of key accounts' steadiness uses."""
    if months_covered(portfolio, _STEADY_MONTHS) < _STEADY_MONTHS:
        return pd.DataFrame(index=portfolio.accounts.index)
    quarters = quarterly_revenue(account_months(portfolio), portfolio.as_of)
    return revenue_stability(quarters)[["variation"]]


def _range(portfolio: Portfolio, start: date) -> pd.DataFrame:
    bought = account_products(portfolio, start)
    bought = bought[bought["revenue"] > 0].reset_index()
    products = portfolio.table("products").set_index("product_id")
    category = bought["product_id"].map(products["category"])
    many = category.groupby(bought["account_id"]).nunique()
    return many.where(many > 0).rename("categories").to_frame()


def _price_kept(portfolio: Portfolio, start: date) -> pd.DataFrame:
    """Return which part of the room between list price and cost we keep."""
    per = nw.col("price_per") if portfolio.has("orders.price_per") else nw.lit(1.0)
    lines = portfolio.orders.filter(nw.col("order_date") >= midnight(start))
    if portfolio.has("orders.line_type"):
        lines = lines.filter(nw.col("line_type").is_in(PURCHASES))
    lines = lines.with_columns(
        listed=nw.col("quantity") * nw.col("unit_list_price") / per
    )
    priced = lines.filter(
        ~(nw.col("listed").is_null() | nw.col("cogs").is_null())
        & (nw.col("net_amount") > 0)
    )
    sums = priced.group_by("account_id").agg(
        *[nw.col(name).sum() for name in ("listed", "net_amount", "cogs")]
    )
    frame = sums.collect("pandas").to_native().set_index("account_id").astype(float)
    room = frame["listed"] - frame["cogs"]
    kept = (frame["net_amount"] - frame["cogs"]) / room.where(room > 0)
    return kept.round(10).rename("price_kept").to_frame()


def _contacts(portfolio: Portfolio, start: date, months: int) -> pd.DataFrame:
    """Return contacts a month; accounts without any have none, and no shares."""
    rows = portfolio.table("interactions").filter(nw.col("date") >= midnight(start))
    counted = {"contacts": nw.lit(1)}
    for name, column, word in [
        ("inbound", "direction", "in"),
        ("ideas", "topic", "innovation"),
        ("needs", "topic", "need"),
    ]:
        if portfolio.has(f"interactions.{column}"):
            counted[name] = nw.when(nw.col(column) == word).then(1).otherwise(0)
    sums = (
        rows.with_columns(**counted)
        .group_by("account_id")
        .agg(*[nw.col(name).sum() for name in counted])
    )
    frame = sums.collect("pandas").to_native().set_index("account_id").astype(float)
    frame = frame.reindex(portfolio.accounts.index)
    many = frame["contacts"]
    for name in frame.columns.drop("contacts"):
        frame[name] = frame[name] / many
    return frame.assign(contacts=many.fillna(0) / months).replace(np.inf, np.nan)


def _serving(portfolio: Portfolio, start: date) -> pd.DataFrame:
    """Return contribution and costs of serving, where the pools' costs cover the days.

    Costs that begin later than the orders are no fault of the orders: then there is
    nothing to say on serving, and all other measures stand.
    """
    try:
        profit = account_profit(portfolio, start)
    except UsageError:
        return pd.DataFrame(index=portfolio.accounts.index)
    table = profit.table
    if profit.served is None:
        return pd.DataFrame(index=portfolio.accounts.index)
    costs = -(table["direct_costs"] + table["cost_to_serve"])
    rate = costs / table["revenue"].where(table["revenue"] > 0)
    return pd.DataFrame({"contribution": table["contribution"], "cost_rate": rate})

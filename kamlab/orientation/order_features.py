"""What order lines tell of how key accounts order: size, time promised, dispersion."""

from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.data.contract import PURCHASES
from kamlab.data.view import midnight
from kamlab.errors import UsageError
from kamlab.portfolio import Portfolio
from kamlab.style.formats import format_days, format_money, format_share
from kamlab.value.concentration import top_share

_DAY_SECONDS = 86_400


def orders_of(portfolio: Portfolio, start: date | None = None) -> pd.DataFrame:
    """Return every order with its account, its value and the time it was promised in.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    start : date, optional
        First day counted; by default all up to the view's day.

    Returns
    -------
    pandas.DataFrame
        Indexed by order_id, sorted: ``account_id``, ``value`` (purchases, reporting
        currency), ``lines`` (count) and, where the data have it, ``promised`` (days
        from the order to the latest promised delivery).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     orders_of(portfolio).columns.tolist()
    ['account_id', 'value', 'lines', 'promised']
    """
    lines = portfolio.orders.filter(nw.col("net_amount") > 0)
    if portfolio.has("orders.line_type"):
        lines = lines.filter(nw.col("line_type").is_in(PURCHASES))
    if start is not None:
        lines = lines.filter(nw.col("order_date") >= midnight(start))
    last = [nw.col("promised_date").max()] if _has_promise(portfolio) else []
    orders = lines.group_by("order_id").agg(
        nw.col("account_id").min(),
        nw.col("net_amount").sum().alias("value"),
        nw.len().alias("lines"),
        nw.col("order_date").min(),
        *last,
    )
    frame = orders.collect("pandas").to_native().set_index("order_id").sort_index()
    frame = frame.astype({"value": "float64", "lines": "int64"}).round({"value": 4})
    columns = ["account_id", "value", "lines"]
    if last:
        waited = frame["promised_date"] - frame["order_date"]
        frame["promised"] = waited.dt.total_seconds() / _DAY_SECONDS
        columns.append("promised")
    return frame[columns]


def order_features(orders: pd.DataFrame, currency: str = "") -> pd.Series:
    """Describe a set of orders in a few figures.

    Parameters
    ----------
    orders : DataFrame of shape (n_orders, …)
        From `orders_of`, all or some of it.
    currency : str
        Code of the currency.

    Returns
    -------
    pandas.Series of str
        Ready to print: number, middle, ninth decile, share of the largest tenth, days.

    Raises
    ------
    UsageError
        If there is no order.

    Examples
    --------
    >>> orders = pd.DataFrame({"value": [100.0] * 9 + [900.0], "promised": [14.0] * 10})
    >>> order_features(orders, "EUR").tolist()
    ['10', 'EUR 100', 'EUR 180', '50.0 %', '14 days']
    """
    if orders.empty:
        raise UsageError("orders has no row: choose accounts or days with orders")
    value = orders["value"]
    told = {
        "orders": f"{len(orders):,}",
        "value, median": format_money(float(value.median()), currency),
        "value, nine in ten below": format_money(float(value.quantile(0.9)), currency),
        "share of the largest tenth": format_share(float(top_share(value, 0.1))),
    }
    if "promised" in orders and orders["promised"].notna().any():
        told["time promised, median"] = format_days(float(orders["promised"].median()))
    return pd.Series(told, name="value")


def _has_promise(portfolio: Portfolio) -> bool:
    return portfolio.has("orders.promised_date")

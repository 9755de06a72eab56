"""How the offer to a group of accounts changed: price given, range, services."""

from collections.abc import Iterable
from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.data.contract import PURCHASES
from kamlab.data.view import midnight
from kamlab.portfolio import Portfolio
from kamlab.value.activity import account_products
from kamlab.value.trailing import (
    named_periods,
    trailing_revenues,
    trailing_window,
)


def offer_by_period(
    portfolio: Portfolio, accounts: Iterable[str] | None = None, months: int = 12
) -> pd.DataFrame:
    """Return how far prices were lowered and how much of the range was sold, by year.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with ``orders.product_id`` and ``products.category``.
    accounts : iterable of str, optional
        Whom to look at, such as the key accounts; all if not given.
    months : int
        Length of a period.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``period``, the earliest first: ``buyers`` (accounts with revenue),
        ``categories`` (mean number bought by a buyer), and where the data have it
        ``discount`` (share off the list price, weighted by money) and ``services``
        (share of revenue from services).

    Raises
    ------
    MissingDataError
        If lines name no product, or products no category.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     offer = offer_by_period(portfolio)
    >>> offer.index.tolist()
    ['2022', '2023', '2024', '2025']
    """
    needed = ("orders.product_id", "products.category")
    portfolio.require(*needed, purpose="The range that was sold")
    chosen = None if accounts is None else pd.Index(accounts, dtype="str")
    names = list(named_periods(trailing_revenues(portfolio, months), months))
    rows = [
        _one_period(portfolio, chosen, months, back)
        for back in reversed(range(len(names)))
    ]
    return pd.DataFrame(rows, index=pd.Index(names, name="period"))


def offer_formats(offer: pd.DataFrame) -> dict[str, str]:
    """Return how the columns of the offer are printed.

    Parameters
    ----------
    offer : DataFrame
        From `offer_by_period`.

    Returns
    -------
    dict of str to str
        As `kamlab.report.present` takes it.

    Examples
    --------
    >>> offer_formats(pd.DataFrame({"buyers": [27], "discount": [0.3]}))
    {'discount': 'share'}
    """
    return {name: "share" for name in ("discount", "services") if name in offer}


def _one_period(
    portfolio: Portfolio, chosen: pd.Index | None, months: int, back: int
) -> dict[str, float]:
    start, end = trailing_window(portfolio.as_of, months, back)
    bought = account_products(portfolio, start, end).reset_index()
    bought = bought[bought["revenue"] > 0]
    if chosen is not None:
        bought = bought[bought["account_id"].isin(chosen)]
    products = portfolio.table("products").set_index("product_id")
    category = bought["product_id"].map(products["category"])
    row = {
        "buyers": bought["account_id"].nunique(),
        "categories": category.groupby(bought["account_id"]).nunique().mean(),
    }
    if portfolio.has("orders.unit_list_price"):
        row["discount"] = _discount(portfolio, chosen, start, end)
    if "service_flag" in products:
        service = bought["product_id"].map(products["service_flag"]).eq(True)
        row["services"] = bought["revenue"][service].sum() / bought["revenue"].sum()
    return row


def _discount(
    portfolio: Portfolio, chosen: pd.Index | None, start: date, end: date
) -> float:
    """Return the share off the list price of all lines that have one."""
    day, amount = nw.col("order_date"), nw.col("net_amount")
    lines = portfolio.orders.filter(day >= midnight(start), day <= midnight(end))
    lines = lines.filter(amount > 0)
    if portfolio.has("orders.line_type"):
        lines = lines.filter(nw.col("line_type").is_in(PURCHASES))
    if chosen is not None:
        lines = lines.filter(nw.col("account_id").is_in(chosen.tolist()))
    per = nw.col("price_per") if portfolio.has("orders.price_per") else nw.lit(1.0)
    listed = nw.col("quantity") * nw.col("unit_list_price") / per
    priced = lines.with_columns(listed=listed).filter(~nw.col("listed").is_null())
    sums = priced.select(nw.col("listed").sum(), amount.sum())
    listed_sum, paid = sums.collect("pandas").to_native().iloc[0].astype(float)
    return round(1 - paid / listed_sum, 10) if listed_sum > 0 else float("nan")

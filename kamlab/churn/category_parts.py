"""Which part of what an account leaves is owed to each category it buys."""

from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.portfolio import Portfolio
from kamlab.value.line_amounts import line_amounts
from kamlab.value.windows import key_name, owners


def category_parts(
    portfolio: Portfolio, start: date, end: date, by: str = "account"
) -> pd.Series:
    """Return which part of an account's margin on goods each category brought.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with products and their categories.
    start, end : date
        First and last day counted.
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    Series of float
        Shares by account_id (or parent_id) and category; of the goods themselves where
        their cost is not known, or where the account's goods brought no margin. Goods
        of a product without category count in the whole alone.

    Raises
    ------
    MissingDataError
        If order lines have no product, or products no category.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     parts = category_parts(portfolio, date(2025, 1, 1), date(2025, 12, 31))
    >>> round(float(parts["A10063"].sum()), 9)  # Marwitz
    1.0
    """
    purpose = "What a category brings"
    portfolio.require("orders.product_id", "products.category", purpose=purpose)
    key = key_name(by)
    goods = line_amounts(portfolio, start, end).filter(nw.col("is_goods"))
    cost = nw.col("cogs") if portfolio.has("orders.cogs") else nw.lit(0.0)
    sums = goods.with_columns(cost=cost).group_by("account_id", "product_id")
    frame = sums.agg(nw.col("goods", "cost").sum()).collect("pandas").to_native()
    frame = frame.dropna(subset=["account_id"])
    frame[key] = owners(portfolio, frame["account_id"].astype("str"), by)
    products = portfolio.table("products").drop_duplicates("product_id")
    category = products.set_index("product_id")["category"]
    frame["category"] = frame["product_id"].map(category)
    frame["margin"] = frame["goods"] - frame["cost"].fillna(0.0)
    amounts = frame.groupby([key, "category"])[["goods", "margin"]].sum()
    totals = frame.groupby(key)[["goods", "margin"]].sum()
    whole = totals.reindex(amounts.index.get_level_values(key)).to_numpy()
    share = amounts / whole
    return share["margin"].where(whole[:, 1] > 0, share["goods"]).rename("part")

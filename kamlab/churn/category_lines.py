"""How many lines of which category each account bought on each day."""

from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.grain import require_days
from kamlab.portfolio import Portfolio
from kamlab.value.line_amounts import line_amounts
from kamlab.value.windows import key_name, owners


def category_lines(
    portfolio: Portfolio, start: str | date | None = None, by: str = "account"
) -> pd.DataFrame:
    """Count the lines that each account bought of each category, day by day.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with products and their categories.
    start : str or date, optional
        First day counted; by default that of the first order.
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    DataFrame
        Columns ``account_id`` (or ``parent_id``), ``order_date``, ``category`` (missing
        for a product that has none) and ``lines`` (count), one row each combination,
        sorted.

    Raises
    ------
    MissingDataError
        If order lines have no product, products no category, or lines no days.
    UsageError
        If `by` is something else.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     category_lines(portfolio, "2025-12-01").columns.tolist()
    ['account_id', 'order_date', 'category', 'lines']
    """
    purpose = "Which categories customers buy less of"
    require_days(portfolio, purpose)
    portfolio.require("orders.product_id", "products.category", purpose=purpose)
    key = key_name(by)
    bought = line_amounts(portfolio, start).filter(nw.col("is_purchase"))
    counts = bought.group_by("account_id", "order_date", "product_id").agg(
        nw.len().alias("lines")
    )
    frame = counts.collect("pandas").to_native().dropna(subset=["account_id"])
    frame[key] = owners(portfolio, frame["account_id"].astype("str"), by)
    products = portfolio.table("products").drop_duplicates("product_id")
    category = products.set_index("product_id")["category"]
    frame["category"] = frame["product_id"].map(category)
    names = [key, "order_date", "category"]
    lines = frame.groupby(names, dropna=False)["lines"].sum()
    return lines.astype("int64").reset_index()

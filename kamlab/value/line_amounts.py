"""What every order line is part of: goods at list price, charges, returns, credits.

Each amount of a line stands in exactly one column, so that the columns add up to the
net amount, line by line and after any grouping.
"""

from datetime import date

import narwhals as nw

from kamlab.data.contract import PURCHASES
from kamlab.portfolio import Portfolio
from kamlab.value.windows import rows_between

#: Columns of `line_amounts` that add up to the net amount.
NET_PARTS = ("goods", "charges", "returns", "credits", "rebates")

_GOODS = (*PURCHASES, "sample")
_TYPES_OF_PART = {
    "goods": _GOODS,
    "returns": ("return", "cancellation"),
    "credits": ("price_credit",),
    "rebates": ("rebate",),
}


def line_amounts(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
    booked_by: str | date | None = None,
) -> nw.LazyFrame:
    """Return the order lines of some days with their amount under what it is.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.
    booked_by : str or date, optional
        Leave out lines that were booked after this day.

    Returns
    -------
    narwhals.LazyFrame
        One row a line, business within the own group left out. Columns: ``account_id``,
        ``order_date``, ``order_id``; ``is_purchase``; the parts ``goods`` (sales,
        services, samples), ``charges`` (freight, surcharges, debits), ``returns`` (and
        cancellations), ``credits``, ``rebates``, in reporting currency and 0 where the
        line is something else; the flags ``is_goods``, ``is_return``, ``is_credit``
        (credits and rebates); and, where the portfolio has the columns they need,
        ``list_value`` (goods at list price; at the price paid where no list price is
        known), ``cogs``, ``product_id``,
        ``quantity`` and ``rush_flag``.

    Notes
    -----
    A line without type is goods, or a return if its amount is negative. Where
    `price_per` is set, prices are for that many units.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     lines = line_amounts(portfolio, "2025-01-01", "2025-12-31")
    ...     sums = lines.select(nw.col("goods", "returns").sum()).collect("pandas")
    >>> bool(sums["goods"][0] > -sums["returns"][0] > 0)
    True
    """
    orders = rows_between(portfolio, "orders", start, end, booked_by)
    if portfolio.has("orders.line_type"):
        kind = nw.col("line_type")
        orders = orders.filter((kind != "intercompany") | kind.is_null())
    is_part = _is_part(portfolio)
    amount = nw.col("net_amount")
    parts = [
        nw.when(is_part[part]).then(amount).otherwise(0.0).alias(part)
        for part in NET_PARTS
    ]
    given = ("cogs", "product_id", "quantity", "rush_flag")
    further = [nw.col(c) for c in given if portfolio.has(f"orders.{c}")]
    return orders.select(
        nw.col("account_id", "order_date", "order_id"),
        (_is_bought(portfolio) & (amount >= 0)).alias("is_purchase"),
        is_part["goods"].alias("is_goods"),
        is_part["returns"].alias("is_return"),
        (is_part["credits"] | is_part["rebates"]).alias("is_credit"),
        *parts,
        *_list_prices(portfolio, is_part["goods"]),
        *further,
    )


def has_list_prices(portfolio: Portfolio) -> bool:
    """Say whether discounts can be told: list prices and quantities are at hand.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    bool

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     has_list_prices(portfolio)
    True
    """
    return portfolio.has("orders.unit_list_price") and portfolio.has("orders.quantity")


def _is_part(portfolio: Portfolio) -> dict[str, nw.Expr]:
    """Return for every part the condition that a line belongs to it."""
    amount = nw.col("net_amount")
    if not portfolio.has("orders.line_type"):
        is_part = dict.fromkeys(NET_PARTS, nw.lit(False))
        return is_part | {"goods": amount >= 0, "returns": amount < 0}
    kind = nw.col("line_type")
    untyped = kind.is_null()
    is_part = {
        part: ~untyped & kind.is_in(types) for part, types in _TYPES_OF_PART.items()
    }
    is_part["goods"] |= untyped & (amount >= 0)
    is_part["returns"] |= untyped & (amount < 0)
    known = [each for types in _TYPES_OF_PART.values() for each in types]
    return is_part | {"charges": ~untyped & ~kind.is_in(known)}


def _is_bought(portfolio: Portfolio) -> nw.Expr:
    """Return the condition that a line is of a kind that customers order."""
    if not portfolio.has("orders.line_type"):
        return ~nw.col("net_amount").is_null()
    return nw.col("line_type").is_in(PURCHASES) | nw.col("line_type").is_null()


def _list_prices(portfolio: Portfolio, is_goods: nw.Expr) -> list[nw.Expr]:
    """Return what goods would have cost at list price, if list prices are at hand."""
    if not has_list_prices(portfolio):
        return []
    amount, price, units = (
        nw.col(name) for name in ("net_amount", "unit_list_price", "quantity")
    )
    value = units * price
    if portfolio.has("orders.price_per"):
        per = nw.col("price_per")
        value = value / nw.when(per > 0).then(per).otherwise(1.0)
    is_listed = is_goods & ~price.is_null() & ~units.is_null()
    paid = nw.when(is_goods).then(amount).otherwise(0.0)
    return [nw.when(is_listed).then(value).otherwise(paid).alias("list_value")]

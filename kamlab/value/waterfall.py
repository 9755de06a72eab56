"""The price waterfall: what is left of the list price, account by account.

Glossary
--------
price waterfall (价格瀑布)
    The steps from the price list down to what is earned: discounts, deductions, costs.
list revenue
    What the goods sold would have brought at list price.
pocket
    What remains of a price after all that is granted on it. Discounts on the invoice
    are seen by everybody; credits and rebates come later and are easily forgotten.
"""

from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.portfolio import Portfolio
from kamlab.value.line_amounts import NET_PARTS, has_list_prices, line_amounts
from kamlab.value.windows import key_name, owners

# Sums of a parallel query differ in their last bits from one run to the next.
_DECIMALS = 4


def account_waterfall(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str = "account",
    booked_by: str | date | None = None,
) -> pd.DataFrame:
    """Show for every account what is left of the list price, step by step.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.
    by : {"account", "parent"}
        One row for each account, or for each group under its parent.
    booked_by : str or date, optional
        Leave out what was booked after this day, so that years compare.

    Returns
    -------
    pandas.DataFrame
        Indexed by account_id (or parent_id), sorted; reporting currency. Every step
        carries its sign, so that steps add up from left to right and totals repeat
        what stands so far: ``list_revenue``, ``discounts``, ``charges`` (freight,
        surcharges, debits), total ``gross_revenue``, ``returns`` (and cancellations),
        ``credits``, ``rebates``, total ``revenue``, ``cost_of_goods``, total
        ``margin``. Without list prices the first two are one step, ``goods``; without
        costs the last two are absent. Cost and margin are missing for an account with
        a purchase whose cost is not known.

    Raises
    ------
    UsageError
        If the days are not in order, or `by` is something else.

    Notes
    -----
    discounts = Σ net amount − Σ quantity × list price ÷ price unit, over sales,
    services and samples; a line without list price is taken at the price paid. Gross
    revenue and revenue are those of `kamlab.value.activity.account_revenue`.

    References
    ----------
    Marn, M. V. and Rosiello, R. L. (1992). Managing price, gaining profit. Harvard
    Business Review 70(5), 84–94.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     steps = account_waterfall(portfolio, "2025-01-01", "2025-12-31")
    >>> steps.columns.tolist()
    ['list_revenue', 'discounts', 'charges', 'gross_revenue', 'returns', 'credits',
    'rebates', 'revenue', 'cost_of_goods', 'margin']
    >>> bool((steps["revenue"] <= steps["gross_revenue"]).all())
    True
    """
    name = key_name(by)
    lines = line_amounts(portfolio, start, end, booked_by)
    sums = _sums(lines)
    whose = owners(portfolio, sums.index.to_series(), by)
    rolled = sums.groupby(whose).sum().sort_index().round(_DECIMALS)
    return _steps(rolled).rename_axis(name)


def account_sales(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str = "account",
    booked_by: str | date | None = None,
) -> pd.DataFrame:
    """Return quantity, value and cost of every product that every account bought.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with product, quantity and cost of each line.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    booked_by : str or date, optional
        Leave out what was booked after this day.

    Returns
    -------
    pandas.DataFrame
        Indexed by account_id (or parent_id) and product_id, sorted. Goods only, before
        returns and credits: ``quantity`` (units; missing where a line lacks it or names
        no product, so that there is no price), ``goods`` and ``cost`` (reporting
        currency), and ``list_value`` where list prices are known.

    Raises
    ------
    MissingDataError
        If the order lines have no product, quantity or cost.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     sales = account_sales(portfolio, "2025-01-01", "2025-12-31")
    >>> sales.columns.tolist()
    ['quantity', 'goods', 'cost', 'list_value']
    """
    name = key_name(by)
    needs = ("orders.product_id", "orders.quantity", "orders.cogs")
    portfolio.require(*needs, purpose="Prices by account and product")
    lines = line_amounts(portfolio, start, end, booked_by)
    product, units = nw.col("product_id"), nw.col("quantity")
    unknown = product.is_null() | units.is_null()
    goods = lines.filter(nw.col("is_goods")).with_columns(
        product_id=nw.when(product.is_null()).then(nw.lit("")).otherwise(product),
        quantity=nw.when(unknown).then(0.0).otherwise(units),
        unknown=nw.when(unknown).then(1).otherwise(0),
        cost=_known_cost(),
    )
    values = ["list_value"] if has_list_prices(portfolio) else []
    names = ["quantity", "goods", "cost", *values]
    cells = goods.group_by("account_id", "product_id").agg(
        *[nw.col(each).sum() for each in [*names, "unknown"]]
    )
    frame = cells.collect("pandas").to_native()
    frame[name] = owners(portfolio, frame["account_id"], by)
    rolled = frame.groupby([name, "product_id"])[[*names, "unknown"]].sum()
    rolled = rolled.astype("float64").sort_index()
    known = (rolled.pop("unknown") == 0) & (rolled["quantity"] > 0)
    rolled["quantity"] = rolled["quantity"].where(known)
    return rolled.round(_DECIMALS)


def _known_cost() -> nw.Expr:
    cost = nw.col("cogs")
    return nw.when(cost.is_null()).then(0.0).otherwise(cost)


def _sums(lines: nw.LazyFrame) -> pd.DataFrame:
    """Add up the parts of every account's lines."""
    present = lines.collect_schema().names()
    names = [*NET_PARTS, *(each for each in ("list_value",) if each in present)]
    if "cogs" in present:
        unknown = nw.col("is_purchase") & nw.col("cogs").is_null()
        lines = lines.with_columns(
            cogs=_known_cost(), without_cost=nw.when(unknown).then(1).otherwise(0)
        )
        names += ["cogs", "without_cost"]
    sums = lines.group_by("account_id").agg(*[nw.col(each).sum() for each in names])
    frame = sums.collect("pandas").to_native()
    return frame.set_index("account_id").astype("float64")


def _steps(sums: pd.DataFrame) -> pd.DataFrame:
    """Put the sums in their order, with running totals between them."""
    if "list_value" in sums:
        discounts = (sums["goods"] - sums["list_value"]).round(_DECIMALS)
        steps = {"list_revenue": sums["list_value"], "discounts": discounts}
    else:
        steps = {"goods": sums["goods"]}
    table = pd.DataFrame({**steps, "charges": sums["charges"]})
    table["gross_revenue"] = table.sum(axis=1).round(_DECIMALS)
    taken = sums[["returns", "credits", "rebates"]]
    table = pd.concat([table, taken], axis=1)
    table["revenue"] = (table["gross_revenue"] + taken.sum(axis=1)).round(_DECIMALS)
    if "cogs" in sums:
        table["cost_of_goods"] = -sums["cogs"].where(sums["without_cost"] == 0)
        table["margin"] = (table["revenue"] + table["cost_of_goods"]).round(_DECIMALS)
    return table

"""Order lines reduced to one row per account, per account and month, or per product.

These are the only functions of the chapter that take a portfolio. Order lines stay
lazy until they are reduced; what comes back is pandas.

Glossary
--------
purchase
    A line on which the customer buys (a sale or a service, amount not negative).
order day
    A day with at least one purchase; several orders on one day count once.
frequency
    Order days after the first: how often the account came back.
recency
    Days from the first to the last order day (the purchase models' term t_x).
T
    Days from the first order day to the view's day.
net revenue
    All lines but intercompany: returns, credits and rebates have been taken off.
gross revenue
    What was charged before returns, credits, rebates and cancellations.
"""

from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd

from kamlab.data.contract import DEDUCTIONS, PURCHASES
from kamlab.data.view import midnight
from kamlab.errors import UsageError
from kamlab.grain import without_days
from kamlab.portfolio import Portfolio
from kamlab.value.order_days import order_rhythm
from kamlab.value.windows import checked_window, key_name

if TYPE_CHECKING:
    import pyarrow as pa

_KEY = "account_id"
_DAY = "order_date"


def account_activity(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str = "account",
) -> pd.DataFrame:
    """Return what every account did: when it ordered, how often, and for how much.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.
    by : {"account", "parent"}
        One row for each account, or for each group under its parent.

    Returns
    -------
    pandas.DataFrame
        Indexed by account_id (or parent_id) and sorted by it. Columns: ``first_order``,
        ``last_order`` (days), ``order_days``, ``frequency`` (counts), ``recency``,
        ``T``, ``median_gap``, ``gap_90`` (days; the gaps lie between consecutive order
        days), ``revenue``, ``gross_revenue`` (reporting currency),
        ``monetary_value_with_first``, ``monetary_value_without_first`` (mean purchases
        of an order day, the first one counted or left out), and ``margin`` (net revenue
        less cost of goods) where the portfolio has costs. What an account has too few
        order days for is missing. An account with returns only has no order days; in a
        portfolio of months (`Portfolio.grain`) nobody has any.

    Raises
    ------
    UsageError
        If the days are not in order, or `by` is something else.

    Notes
    -----
    With n order days t_1 < … < t_n: frequency = n − 1, recency = t_n − t_1,
    T = end − t_1. The gaps' quantiles interpolate linearly. The purchase models use
    the mean without the first order; averages of spend use the one with it. The margin
    is missing where any purchase of the account has no cost.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the
    easy way. Marketing Science 24(2), 275–284, section 2 (x, t_x and T).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     activity = account_activity(portfolio)
    >>> bool((activity["recency"] <= activity["T"]).all())
    True
    """
    first, last = checked_window(portfolio, start, end)
    lines = _lines(portfolio, first, last, by)
    sums = _sums(lines)
    activity = _finished(sums, _rhythm(portfolio, lines, sums.index), last, by)
    return without_days(activity, portfolio.grain)


def account_months(portfolio: Portfolio, by: str = "account") -> pd.DataFrame:
    """Return every account's revenue and order days month by month.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    by : {"account", "parent"}
        One row for each account and month, or for each group and month.

    Returns
    -------
    pandas.DataFrame
        Indexed by account_id (or parent_id) and ``month`` (its first day), sorted;
        columns ``revenue``, ``gross_revenue`` (reporting currency) and ``order_days``.
        Months without any line are absent.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     account_months(portfolio).columns.tolist()
    ['revenue', 'gross_revenue', 'order_days']
    """
    first, last = checked_window(portfolio)
    lines = _lines(portfolio, first, last, by)
    days = lines.group_by(_KEY, _DAY, "is_purchase").agg(
        nw.col("revenue").sum(), nw.col("gross_revenue").sum()
    )
    dated = days.with_columns(
        year=nw.col(_DAY).dt.year(),
        month_number=nw.col(_DAY).dt.month(),
        order_days=nw.when(nw.col("is_purchase")).then(1).otherwise(0),
    )
    months = dated.group_by(_KEY, "year", "month_number").agg(
        *[nw.col(c).sum() for c in ("revenue", "gross_revenue", "order_days")]
    )
    frame = months.collect("pandas").to_native()
    parts = {"year": frame["year"], "month": frame["month_number"], "day": 1}
    frame = frame.assign(
        month=pd.to_datetime(parts), order_days=frame["order_days"].astype("int64")
    ).rename(columns=_key_name(by))
    columns = ["revenue", "gross_revenue", "order_days"]
    months = frame.set_index([*_key_name(by).values(), "month"])[columns].sort_index()
    return without_days(months, portfolio.grain)


def account_products(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str = "account",
) -> pd.DataFrame:
    """Return what every account bought of every product.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with a column ``orders.product_id``.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.
    by : {"account", "parent"}
        One row for each account and product, or for each group and product.

    Returns
    -------
    pandas.DataFrame
        Indexed by account_id (or parent_id) and ``product_id``, sorted; columns
        ``revenue`` (reporting currency) and ``lines`` (count).

    Raises
    ------
    MissingDataError
        If the order lines name no products.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     account_products(portfolio).columns.tolist()
    ['revenue', 'lines']
    """
    portfolio.require("orders.product_id", purpose="Revenue by account and product")
    lines = _lines(portfolio, *checked_window(portfolio, start, end), by)
    products = lines.group_by(_KEY, "product_id").agg(
        nw.col("revenue").sum(), nw.len().alias("lines")
    )
    frame = products.collect("pandas").to_native().astype({"lines": "int64"})
    frame = frame.rename(columns=_key_name(by))
    return frame.set_index([*_key_name(by).values(), "product_id"]).sort_index()


def account_revenue(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str = "account",
    kind: str = "net",
) -> pd.Series:
    """Return the revenue of every account between two days.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    kind : {"net", "gross"}
        After returns, credits and rebates, or before them.

    Returns
    -------
    pandas.Series
        Reporting currency, indexed by account_id (or parent_id), sorted by it. Accounts
        without a line between these days are absent.

    Raises
    ------
    UsageError
        If the days are not in order, or a choice is something else.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     net = account_revenue(portfolio, "2025-01-01", "2025-12-31")
    ...     gross = account_revenue(portfolio, "2025-01-01", kind="gross")
    >>> bool(net.sum() < gross.sum())
    True
    """
    columns = {"net": "revenue", "gross": "gross_revenue"}
    if kind not in columns:
        raise UsageError(f"kind = {kind!r}; choose 'net' or 'gross'")
    lines = _lines(portfolio, *checked_window(portfolio, start, end), by)
    sums = lines.group_by(_KEY).agg(nw.col(columns[kind]).sum())
    frame = sums.collect("pandas").to_native().rename(columns=_key_name(by))
    return frame.set_index(_key_name(by)[_KEY])[columns[kind]].sort_index()


def _key_name(by: str) -> dict[str, str]:
    return {_KEY: key_name(by)}


def _lines(portfolio: Portfolio, first: date, last: date, by: str) -> nw.LazyFrame:
    """Return the lines between two days with plain columns to add up.

    What a line counts for is computed here: an expression inside an aggregation would
    run as a Python loop over groups on some back ends.
    """
    orders = portfolio.orders.filter(
        (nw.col(_DAY) >= midnight(first)) & (nw.col(_DAY) <= midnight(last))
    )
    amount = nw.col("net_amount")
    if portfolio.has("orders.line_type"):
        orders = orders.filter(
            (nw.col("line_type") != "intercompany") | nw.col("line_type").is_null()
        )
        untyped = nw.col("line_type").is_null() & (amount >= 0)
        buys = (nw.col("line_type").is_in(PURCHASES) & (amount >= 0)) | untyped
        takes_back = nw.col("line_type").is_in(DEDUCTIONS) | (
            nw.col("line_type").is_null() & (amount < 0)
        )
    else:
        buys, takes_back = amount >= 0, amount < 0
    columns = [
        _grouped_key(portfolio, by),
        nw.col(_DAY),
        amount.alias("revenue"),
        nw.when(takes_back).then(0.0).otherwise(amount).alias("gross_revenue"),
        buys.alias("is_purchase"),
    ]
    further = [c for c in ("cogs", "product_id") if portfolio.has(f"orders.{c}")]
    return orders.select(*columns, *map(nw.col, further))


def _grouped_key(portfolio: Portfolio, by: str) -> nw.Expr:
    """Return the account's number, or that of the top of its group."""
    account = nw.col(_KEY)
    if key_name(by) == _KEY:
        return account
    parents = portfolio.parent_of
    below = parents[parents != parents.index]
    if below.empty:
        return account
    old, new = below.index.tolist(), below.tolist()
    return account.replace_strict(old, new, default=account).alias(_KEY)


def _sums(lines: nw.LazyFrame) -> pd.DataFrame:
    """Add up the money of every account."""
    names = ["revenue", "gross_revenue"]
    if "cogs" in lines.collect_schema().names():
        unknown = nw.col("is_purchase") & nw.col("cogs").is_null()
        lines = lines.with_columns(
            without_cost=nw.when(unknown).then(1).otherwise(0),
            cogs=nw.when(nw.col("cogs").is_null()).then(0.0).otherwise(nw.col("cogs")),
        )
        names += ["cogs", "without_cost"]
    sums = lines.group_by(_KEY).agg(*[nw.col(name).sum() for name in names])
    return sums.collect("pandas").to_native().set_index(_KEY).astype("float64")


def _rhythm(
    portfolio: Portfolio, lines: nw.LazyFrame, accounts: pd.Index
) -> pd.DataFrame:
    """Return every account's order days and gaps."""
    # Lines of one day are not added up first: grouping by texts costs more than the
    # sort that drops repeated days later.
    bought = lines.filter(nw.col("is_purchase")).select(_KEY, _DAY, "revenue")
    purchases = _coded(portfolio, bought, accounts)
    rhythm = order_rhythm(
        purchases["code"].to_numpy(),
        purchases[_DAY].cast("date32").cast("int32").to_numpy(),
        purchases["revenue"].to_numpy(),
    )
    return rhythm.set_index(accounts[rhythm.index])


def _coded(
    portfolio: Portfolio, bought: nw.LazyFrame, accounts: pd.Index
) -> "pa.Table":
    """Return the purchases with each account's position in place of its name.

    Where the engine can join, ten million names never leave it.
    """
    import pyarrow as pa
    from pyarrow import compute

    known = pa.array(accounts, pa.string())
    positions = pa.array(np.arange(len(accounts), dtype=np.int32))
    table = portfolio.beside_orders(pa.table({_KEY: known, "code": positions}))
    if table is not None:
        coded = bought.join(table, on=_KEY).select("code", _DAY, "revenue")
        return coded.collect("pyarrow").to_native()
    found = bought.collect("pyarrow").to_native()
    codes = compute.index_in(found[_KEY].cast("string"), value_set=known)
    return found.drop_columns(_KEY).append_column("code", codes)


def _finished(
    sums: pd.DataFrame, rhythm: pd.DataFrame, last: date, by: str
) -> pd.DataFrame:
    """Return the declared columns with their declared types."""
    sums = sums.sort_index()
    rhythm = rhythm.reindex(sums.index)
    order_days = rhythm["order_days"].fillna(0).astype("int64")
    frequency = (order_days - 1).clip(lower=0)
    first, latest = _timestamps(rhythm["first_day"]), _timestamps(rhythm["last_day"])
    repeats = rhythm["bought"] - rhythm["first_bought"]
    table = pd.DataFrame(
        {
            "first_order": first,
            "last_order": latest,
            "order_days": order_days,
            "frequency": frequency,
            "recency": (latest - first) / pd.Timedelta(days=1),
            "T": (midnight(last) - first) / pd.Timedelta(days=1),
            "median_gap": rhythm["median_gap"],
            "gap_90": rhythm["gap_90"],
            "revenue": sums["revenue"],
            "gross_revenue": sums["gross_revenue"],
            "monetary_value_with_first": rhythm["bought"]
            / order_days.where(order_days > 0),
            "monetary_value_without_first": repeats / frequency.where(frequency > 0),
        }
    )
    if "cogs" in sums:
        margin = sums["revenue"] - sums["cogs"]
        table["margin"] = margin.where(sums["without_cost"] == 0)
    return table.rename_axis(_key_name(by)[_KEY])


def _timestamps(days: pd.Series) -> pd.Series:
    """Return days since 1970 as dates."""
    return pd.to_datetime(days, unit="D").astype("datetime64[us]")

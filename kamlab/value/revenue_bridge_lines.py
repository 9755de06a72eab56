"""Two periods of order lines side by side, at the rates of the earlier one.

Order lines are reduced here, lazily and in one pass, to one row for each account,
product and currency in each period; what the change consists of is the business of
`kamlab.value.revenue_bridge`.

Glossary
--------
at constant rates 按不变汇率
    Every amount of both periods at the earlier period's average rate.
booked alike
    The earlier period as it was known as many days after its end as the later one is
    now. Year-end rebates that are still to come would otherwise pass for growth.
"""

from datetime import date, timedelta

import narwhals as nw
import pandas as pd

from kamlab.data.store import collect
from kamlab.data.view import midnight
from kamlab.data.vocabulary import PURCHASES
from kamlab.errors import MissingDataError, UsageError
from kamlab.fiscal import Period
from kamlab.portfolio import Portfolio
from kamlab.value.windows import key_name, owners, rows_between

#: What the constant rates need.
ORIGINAL = ("orders.currency", "orders.net_amount_original")
#: What prices need.
PRICED = ("orders.product_id", "orders.quantity")

_DAYS_ALIKE = 3
_GRACE = timedelta(days=10)
_DECIMALS = 4
_CELL = ("account_id", "product_id", "currency", "is_now")
_SUMS = ("revenue", "original", "weight", "original_weight", "goods", "goods_original")


def comparable_day(portfolio: Portfolio, now: Period, then: Period) -> date:
    """Return the day by which lines of the earlier period had to be booked to count.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    now, then : Period
        The later and the earlier period.

    Returns
    -------
    date
        As many days after the earlier period's end as the view's day lies after the
        later one's.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as book:
    ...     quarters = book.period("2025Q3"), book.period("2024Q3")
    ...     print(comparable_day(book, *quarters))
    2024-12-31
    """
    return then.end + (portfolio.as_of - now.end)


def compared_lines(
    portfolio: Portfolio,
    now: Period,
    then: Period,
    by: str = "parent",
    alike: bool = True,
) -> pd.DataFrame:
    """Return what was bought in two periods by account and product, and at which rate.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    now, then : Period
        The later and the earlier period, equally long.
    by : {"account", "parent"}
        Accounts, or groups under their parents as they are on the view's day.
    alike : bool
        Take the earlier period as it was booked by `comparable_day`; otherwise with
        all that has been booked since.

    Returns
    -------
    pandas.DataFrame
        One row for each account_id (or parent_id), ``product_id`` (empty without one)
        and ``is_now``; reporting currency: ``revenue`` (net), ``constant`` (the same at
        the earlier period's rates), ``goods`` (sales and services at constant rates,
        before returns and credits) and their ``quantity`` (missing where a line lacks
        it or names no product).

    Raises
    ------
    UsageError
        If the periods overlap or are not equally long, the later one is not over, or
        `by` is something else.
    MissingDataError
        If the data begin later than the earlier period.

    Notes
    -----
    The rate of a currency is Σ|reported| ÷ Σ|original| over its lines of the earlier
    period, so that returns do not upset it. A currency without a line there stays as
    reported.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as book:
    ...     lines = compared_lines(book, book.period("2025Q4"), book.period("2024Q4"))
    >>> lines.columns.tolist()
    ['parent_id', 'product_id', 'is_now', 'revenue', 'constant', 'goods', 'quantity']
    """
    name = key_name(by)
    _check_periods(portfolio, now, then)
    booked_by = comparable_day(portfolio, now, then) if alike else None
    lines = _plain_lines(portfolio, now, then, booked_by)
    sums = [nw.col(each).sum() for each in (*_SUMS, "quantity", "unknown")]
    cells = collect(lines.group_by(*_CELL).agg(*sums))
    cells = cells.astype(dict.fromkeys([*_SUMS, "quantity"], "float64"))
    cells = _at_constant_rates(cells)
    cells[name] = owners(portfolio, cells["account_id"], by)
    columns = ["revenue", "constant", "goods", "quantity", "unknown"]
    rolled = cells.groupby([name, "product_id", "is_now"])[columns].sum()
    known = (rolled.pop("unknown") == 0) & (rolled["quantity"] > 0)
    rolled["quantity"] = rolled["quantity"].where(known)
    return rolled.round(_DECIMALS).reset_index()


def foreign_unconverted(portfolio: Portfolio) -> bool:
    """Say whether lines came in another currency whose original amount is not known.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    bool
        Then the effect of rates of exchange cannot be told from that of prices.

    Examples
    --------
    >>> import kamlab
    >>> day = pd.to_datetime(["2025-12-31"])
    >>> orders = pd.DataFrame({"order_id": ["1"], "account_id": ["A"],
    ...     "order_date": day, "net_amount": [90.0], "currency": ["USD"]})
    >>> book = kamlab.portfolio_from_tables({"orders": orders}, "EUR")
    >>> foreign_unconverted(book)
    True
    """
    if not portfolio.has(ORIGINAL[0]) or portfolio.has(ORIGINAL[1]):
        return False
    code = nw.col("currency").str.to_uppercase()
    foreign = portfolio.orders.filter(
        ~nw.col("currency").is_null() & (code != portfolio.currency.upper())
    )
    return bool(collect(foreign.select(nw.len().alias("n")))["n"].iloc[0])


def _check_periods(portfolio: Portfolio, now: Period, then: Period) -> None:
    if then.end >= now.start:
        raise UsageError(f"then = {then} does not end before now = {now}: swap them")
    if abs(now.days - then.days) > _DAYS_ALIKE:
        raise UsageError(
            f"then = {then} has {then.days} days, now = {now} {now.days}: take periods "
            "of the same length"
        )
    if portfolio.first_day > then.start + _GRACE:
        raise MissingDataError(
            f"A comparison with {then} is not available: the data begin on "
            f"{portfolio.first_day}. Choose a later period"
        )


def _plain_lines(
    portfolio: Portfolio, now: Period, then: Period, booked_by: date | None
) -> nw.LazyFrame:
    """Return the lines of both periods with plain columns to add up."""
    lines = rows_between(portfolio, "orders", then.start, now.end)
    lines = lines.filter(_belongs(portfolio, now, then, booked_by))
    if portfolio.has("orders.line_type"):
        kind = nw.col("line_type")
        lines = lines.filter((kind != "intercompany") | kind.is_null())
    amount = nw.col("net_amount")
    original, code = _original(portfolio)
    product, quantity, is_known = _units(portfolio)
    buys = _buys(portfolio)
    return lines.select(
        nw.col("account_id"),
        product.alias("product_id"),
        code.alias("currency"),
        (nw.col("order_date") >= midnight(now.start)).alias("is_now"),
        amount.alias("revenue"),
        original.alias("original"),
        amount.abs().alias("weight"),
        original.abs().alias("original_weight"),
        nw.when(buys).then(amount).otherwise(0.0).alias("goods"),
        nw.when(buys).then(original).otherwise(0.0).alias("goods_original"),
        nw.when(buys & is_known).then(quantity).otherwise(0.0).alias("quantity"),
        nw.when(buys & ~is_known).then(1).otherwise(0).alias("unknown"),
    )


def _belongs(
    portfolio: Portfolio, now: Period, then: Period, booked_by: date | None
) -> nw.Expr:
    """Return the condition that a line is of one of the periods, and booked by then."""
    day = nw.col("order_date")
    before = day <= midnight(then.end)
    if booked_by is not None and portfolio.has("orders.posted_on"):
        posted = nw.col("posted_on")
        before &= posted.is_null() | (posted <= midnight(booked_by))
    return before | (day >= midnight(now.start))


def _buys(portfolio: Portfolio) -> nw.Expr:
    """Return the condition that a line sells goods or services at a price."""
    sells = nw.col("net_amount") > 0
    if not portfolio.has("orders.line_type"):
        return sells
    kind = nw.col("line_type")
    return sells & (kind.is_null() | kind.is_in(PURCHASES))


def _original(portfolio: Portfolio) -> tuple[nw.Expr, nw.Expr]:
    """Return the amount before conversion, and the code of its currency."""
    amount, own = nw.col("net_amount"), nw.lit(portfolio.currency)
    if not all(portfolio.has(each) for each in ORIGINAL):
        return amount, own
    original, code = nw.col("net_amount_original"), nw.col("currency")
    plain = original.is_null() | code.is_null()
    return (
        nw.when(plain).then(amount).otherwise(original),
        nw.when(plain).then(own).otherwise(code.str.to_uppercase()),
    )


def _units(portfolio: Portfolio) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """Return product and quantity of a line, and the condition that both are known."""
    if not all(portfolio.has(each) for each in PRICED):
        return nw.lit(""), nw.lit(0.0), nw.lit(False)
    product, units = nw.col("product_id"), nw.col("quantity")
    is_known = ~product.is_null() & ~units.is_null() & (units > 0)
    named = nw.when(product.is_null()).then(nw.lit("")).otherwise(product)
    counted = nw.when(units.is_null()).then(0.0).otherwise(units)
    return named, counted, is_known


def _at_constant_rates(cells: pd.DataFrame) -> pd.DataFrame:
    """Put every amount at the earlier period's rate, where there is one."""
    before = cells[~cells["is_now"]].groupby("currency")
    sums = before[["weight", "original_weight"]].sum()
    rate = sums["weight"] / sums["original_weight"].where(sums["original_weight"] > 0)
    rate = cells["currency"].map(rate).astype("float64")
    known = rate.notna()
    return cells.assign(
        constant=(cells["original"] * rate).where(known, cells["revenue"]),
        goods=(cells["goods_original"] * rate).where(known, cells["goods"]),
    )

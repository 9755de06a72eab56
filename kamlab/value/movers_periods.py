"""Two periods of every account side by side, with what may explain a change.

How deep the figures reach is the same in both periods: contribution after cost to
serve where it is known in both, else the margin, else net revenue.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from kamlab.fiscal import Period
from kamlab.portfolio import Portfolio
from kamlab.value.profit_periods import ProfitPeriod
from kamlab.value.profit_steps import ACTIVITY_GROUPS
from kamlab.value.profitability import AccountProfit, account_profit
from kamlab.value.revenue_bridge_lines import comparable_day, compared_lines
from kamlab.value.serving import account_workload
from kamlab.value.waterfall import account_sales, account_waterfall

_GRACE = timedelta(days=10)
_PRICED = ("orders.product_id", "orders.quantity")
#: Lines come with their order: counted apart, each order would count twice.
_UNCOUNTED = ("order_line",)


@dataclass(frozen=True, eq=False)
class MoverPeriod:
    """What every account left in a period, what it bought and what it took.

    Parameters
    ----------
    earned : Series of shape (n_accounts,)
        Money by account; missing where a cost of goods is not known.
    basis : {"contribution", "margin after direct costs", "gross margin", "revenue"}
        What `earned` is.
    goods : DataFrame
        ``goods`` (money at the earlier period's rates), ``quantity`` (units, missing
        where not known) and ``category`` (empty without one), by account and product.
    counts : DataFrame of shape (n_accounts, n_groups)
        How often each group of activities was done for the account; empty if unknown.
    profit : ProfitPeriod or None
        The same period's profit with the sales behind it; None where order lines lack
        product, quantity or cost.

    Examples
    --------
    >>> MoverPeriod(pd.Series({"A": 9.0}), "revenue", pd.DataFrame()).counts.empty
    True
    """

    earned: pd.Series
    basis: str
    goods: pd.DataFrame
    counts: pd.DataFrame = field(default_factory=pd.DataFrame)
    profit: ProfitPeriod | None = None


def mover_periods(
    portfolio: Portfolio, now: Period, then: Period, by: str = "parent"
) -> tuple[MoverPeriod, MoverPeriod]:
    """Return what `movers` needs to know of two periods, the earlier one first.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    now, then : Period
        The period, and the one it is compared with.
    by : {"parent", "account"}
        Groups under their parents as they are on the view's day, or accounts.

    Returns
    -------
    before, after : MoverPeriod
        Both booked equally long after their end, and equally deep.

    Raises
    ------
    UsageError
        If the periods overlap, are not equally long or not over, or `by` is something
        else.
    MissingDataError
        If the data begin later than the earlier period.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as book:
    ...     periods = mover_periods(book, book.period("2025Q4"), book.period("2024Q4"))
    >>> [each.basis for each in periods]
    ['contribution', 'contribution']
    """
    lines = compared_lines(portfolio, now, then, by)
    lines["category"] = _categories(portfolio, lines["product_id"])
    lines = lines.set_index(list(lines.columns[:2]))
    days = [(then, comparable_day(portfolio, now, then)), (now, portfolio.as_of)]
    before, after = (
        _side(portfolio, each, profit, lines[lines["is_now"] == is_now], by)
        for each, profit, is_now in zip(
            days, _profits(portfolio, days, by), (False, True), strict=True
        )
    )
    return before, after


def _side(
    portfolio: Portfolio,
    days: tuple[Period, date],
    profit: AccountProfit | None,
    lines: pd.DataFrame,
    by: str,
) -> MoverPeriod:
    """Return one of the two periods; without costs it ends at net revenue."""
    period, booked_by = days
    goods = lines[["goods", "quantity", "category"]]
    counts = _counts(portfolio, period, by, booked_by)
    if profit is None:
        window = (period.start, period.end, by, booked_by)
        revenue = account_waterfall(portfolio, *window)["revenue"]
        return MoverPeriod(revenue, "revenue", goods, counts)
    sold = _sold(portfolio, profit, by, booked_by)
    return MoverPeriod(profit.contribution, profit.basis, goods, counts, sold)


def _categories(portfolio: Portfolio, products: pd.Series) -> pd.Series:
    """Return the category of every product, empty where nobody knows it."""
    if not portfolio.has("products.category"):
        return pd.Series("", index=products.index, dtype="str")
    known = portfolio.table("products").set_index("product_id")["category"]
    return products.map(known).astype("str").fillna("")


def _profits(
    portfolio: Portfolio, days: list[tuple[Period, date]], by: str
) -> list[AccountProfit | None]:
    """Return the profit of both periods, with time only where both know it."""
    if not portfolio.has("orders.cogs"):
        return [None, None]

    def profits(with_time: bool) -> list[AccountProfit | None]:
        return [
            account_profit(portfolio, p.start, p.end, by, booked_by, with_time)
            for p, booked_by in days
        ]

    first = days[0][0].start
    if not _time_known(portfolio, first):
        return profits(with_time=False)
    found = profits(with_time=True)
    comparable = found[0].contacts_from is None and found[0].basis == found[1].basis
    return found if comparable else profits(with_time=False)


def _time_known(portfolio: Portfolio, first: date) -> bool:
    if not (portfolio.has("costs") and portfolio.has("activity_minutes")):
        return False
    costs = portfolio.table("costs")
    return bool(len(costs)) and costs["period_start"].min().date() <= first + _GRACE


def _sold(
    portfolio: Portfolio, profit: AccountProfit, by: str, booked_by: date
) -> ProfitPeriod | None:
    """Return the sales behind a profit, where products and quantities are known."""
    if not all(portfolio.has(each) for each in _PRICED):
        return None
    sales = account_sales(portfolio, profit.start, profit.end, by, booked_by)
    return ProfitPeriod(profit, sales)


def _counts(
    portfolio: Portfolio, period: Period, by: str, booked_by: date
) -> pd.DataFrame:
    """Return how often every group of activities was done for every account."""
    if not portfolio.has("activity_minutes"):
        return pd.DataFrame()
    work = account_workload(portfolio, period.start, period.end, by, booked_by)
    key = work.columns[0]
    once = work.drop_duplicates([key, "activity"])
    group_of = {a: group for group, each in ACTIVITY_GROUPS.items() for a in each}
    names = once["activity"].map(group_of).fillna(once["activity"])
    counted = once.assign(group=names)[~once["activity"].isin(_UNCOUNTED)]
    counted = counted.astype({"count": "float64"})
    return counted.pivot_table(
        index=key, columns="group", values="count", aggfunc="sum", fill_value=0.0
    )

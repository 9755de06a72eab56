"""What every way foretells of each account's orders, on days that were kept back.

Every way of `forecasters.py` learns from the same order days up to one day, and is
asked for the same days after it. `comparison.py` names winners and losers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import narwhals as nw
import pandas as pd

from kamlab.data.contract import PURCHASES
from kamlab.errors import UsageError
from kamlab.fiscal import as_date
from kamlab.grain import require_days
from kamlab.outcome import Outcome
from kamlab.portfolio import Portfolio
from kamlab.value.lifetime.comparison import ACTUAL
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.forecasters import METHODS, Calibration, Forecaster
from kamlab.value.lifetime.holdout import Holdout, calibration_and_holdout
from kamlab.value.line_amounts import line_amounts


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Orders of every account in the hold-out, seen and foretold in several ways.

    Parameters
    ----------
    accounts : DataFrame of shape (n_accounts, 1 + n_methods)
        ``actual`` order days in the hold-out, and what each way foretold, under its
        name; the accounts that ordered in the calibration.
    holdout : Holdout
        What the ways learnt from, and how many orders of new accounts nobody could
        foretell.
    calibration_end, holdout_end : date
        Last day learnt from, and last day foretold.
    left_out : mapping of str to str
        Ways that could not tell, and why.

    Examples
    --------
    See `foretold_orders`.
    """

    accounts: pd.DataFrame
    holdout: Holdout
    calibration_end: date
    holdout_end: date
    left_out: Mapping[str, str]


def foretold_orders(
    order_days: pd.DataFrame,
    calibration_end: str | date,
    holdout_end: str | date,
    unit: str = "W",
    methods: Mapping[str, Forecaster] = METHODS,
    random_state: int = 0,
) -> HeldOut:
    """Let every way foretell the orders of each account after a day.

    Parameters
    ----------
    order_days : DataFrame
        A row for each order or order day: the account in the first column, and
        ``order_date``; several on one day count once.
    calibration_end : str or date
        Last day the ways may see.
    holdout_end : str or date
        Last day they have to foretell.
    unit : {"D", "W", "M", "Q"}
        Unit of time of purchase models.
    methods : mapping of str to Forecaster
        The ways by name.
    random_state : int
        Seed of what learns by chance.

    Returns
    -------
    HeldOut

    Raises
    ------
    UsageError
        If the days are not in order, or nobody ordered before them.

    Examples
    --------
    >>> from kamlab.value.lifetime.forecasters import last_year, past_rate
    >>> days = pd.DataFrame({
    ...     "account_id": ["A", "A", "A", "B"],
    ...     "order_date": pd.to_datetime(
    ...         ["2024-01-01", "2024-08-01", "2025-07-05", "2024-01-02"]
    ...     ),
    ... })
    >>> ways = {"last year": last_year, "past rate": past_rate}
    >>> held = foretold_orders(days, "2025-06-30", "2025-12-31", methods=ways)
    >>> held.accounts.round(2)
                actual  last year  past rate
    account_id
    A                1        1.0       0.34
    B                0        0.0       0.00
    """
    split = calibration_and_holdout(order_days, calibration_end, holdout_end, unit)
    cut, last = as_date(calibration_end, "cut"), as_date(holdout_end, "end")
    seen = Calibration(
        _known(order_days, cut),
        pd.Timestamp(cut),
        (last - cut).days,
        unit,
        random_state,
    )
    found, left_out = {ACTUAL: split.counts["holdout_orders"]}, {}
    for name, way in methods.items():
        try:
            found[name] = way(seen)
        except CannotTellError as reason:
            left_out[name] = str(reason)
    accounts = pd.DataFrame(found)
    return HeldOut(accounts, split, cut, last, MappingProxyType(left_out))


def order_days_through(outcome: Outcome, portfolio: Portfolio) -> pd.DataFrame:
    """Return the order days of a portfolio and of what came after its day.

    Parameters
    ----------
    outcome : Outcome
        From ``portfolio.outcome(months)``: the only way to see what came.
    portfolio : Portfolio
        The tables at the last day learnt from.

    Returns
    -------
    DataFrame of shape (n_order_days, 2)
        Columns ``account_id`` and ``order_date``, each once. Days up to the portfolio's
        are as they were known on it; accounts that merged later carry their new number.

    Raises
    ------
    MissingDataError
        If the order lines are sums of months.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo", as_of="2025-06-30") as portfolio:
    ...     days = order_days_through(portfolio.outcome(months=6), portfolio)
    >>> days.columns.tolist(), str(days["order_date"].max().date())[:7]
    (['account_id', 'order_date'], '2025-12')
    """
    require_days(portfolio, purpose="A comparison on held-out orders")
    lines = line_amounts(portfolio).filter(nw.col("is_purchase"))
    parts = [_days_of(lines), _days_of(_bought(outcome.orders))]
    days = pd.concat(parts, ignore_index=True).dropna(subset=["account_id"])
    accounts = days["account_id"].astype("str")
    days["account_id"] = accounts.replace(outcome.successors.to_dict())
    days["order_date"] = pd.to_datetime(days["order_date"]).dt.normalize()
    names = ["account_id", "order_date"]
    return days.drop_duplicates().sort_values(names, ignore_index=True)


def portfolio_held_out(
    outcome: Outcome,
    portfolio: Portfolio,
    unit: str = "W",
    methods: Mapping[str, Forecaster] = METHODS,
    random_state: int = 0,
) -> HeldOut:
    """Let every way foretell what the accounts of a portfolio ordered after its day.

    Parameters
    ----------
    outcome : Outcome
        From ``portfolio.outcome(months)``.
    portfolio : Portfolio
        The tables at the last day learnt from.
    unit : {"D", "W", "M", "Q"}
        Unit of time of purchase models.
    methods : mapping of str to Forecaster
        The ways by name.
    random_state : int
        Seed of what learns by chance.

    Returns
    -------
    HeldOut

    Raises
    ------
    MissingDataError
        If the order lines are sums of months.
    UsageError
        If nobody has ordered by the portfolio's day.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.lifetime.forecasters import last_year, sheet
    >>> ways = {"same as last year": last_year, "sheet": sheet}
    >>> with kamlab.open_portfolio("data/demo", as_of="2025-06-30") as portfolio:
    ...     held = portfolio_held_out(portfolio.outcome(6), portfolio, methods=ways)
    >>> held.accounts.columns.tolist(), str(held.holdout_end)
    (['actual', 'same as last year', 'sheet'], '2025-12-31')
    """
    days = order_days_through(outcome, portfolio)
    ends = portfolio.as_of, outcome.end
    return foretold_orders(days, *ends, unit, methods, random_state)


def _known(order_days: pd.DataFrame, cut: date) -> pd.DataFrame:
    """Return each account's order days up to a day, each once."""
    key = order_days.columns[0]
    days = order_days[[key, "order_date"]]
    days = days.assign(order_date=pd.to_datetime(days["order_date"]).dt.normalize())
    known = days["order_date"] <= pd.Timestamp(cut)
    days = days[known].drop_duplicates(ignore_index=True)
    if days.empty:
        raise UsageError(
            f"calibration_end = {cut}: nobody ordered up to that day; give a later one"
        )
    return days


def _bought(orders: nw.LazyFrame) -> nw.LazyFrame:
    """Keep the lines of the outcome that `line_amounts` calls purchases."""
    orders = orders.filter(nw.col("net_amount") >= 0)
    if "line_type" not in orders.collect_schema().names():
        return orders
    kind = nw.col("line_type")
    return orders.filter(kind.is_in(PURCHASES) | kind.is_null())


def _days_of(lines: nw.LazyFrame) -> pd.DataFrame:
    days = lines.select("account_id", "order_date").unique()
    return days.collect("pandas").to_native()

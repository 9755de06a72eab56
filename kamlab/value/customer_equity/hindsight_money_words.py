"""A year that has passed, taken apart: orders and their value, contracts and others.

Orders and their value are foretold apart: a forecast may be right about the one and
wrong about the other, and right in the sum though some kind of account was not.
"""

from collections.abc import Collection

import pandas as pd

from kamlab.errors import UsageError
from kamlab.style.formats import format_money
from kamlab.value.customer_equity.valuation import LifetimeValues
from kamlab.value.proportions import wilson_share

#: Rows of the table, where somebody was under contract.
BOUND, OTHERS, ALL = "under contract", "without contract", "all"


def money_in_hindsight(
    orders: pd.DataFrame,
    order_value: pd.Series,
    year_before: pd.Series,
    came: pd.Series,
    bound: Collection[object] = (),
) -> pd.DataFrame:
    """Set foretold revenue beside what came, and say which part of it was wrong.

    Parameters
    ----------
    orders : DataFrame of shape (n_accounts, 2 or more)
        By account known at the time: ``expected`` order days of the year, and those
        that ``came``.
    order_value : Series
        Net revenue an order day, as it was known at the time, money.
    year_before, came : Series
        Net revenue of the year before, and of the year foretold, money; who is missing
        had none.
    bound : collection
        Accounts that were under contract at the time.

    Returns
    -------
    DataFrame
        A row for those under contract and one for the others, where there are both, and
        one for all: ``accounts``, ``expected``, ``year_before`` and ``came`` (money);
        ``missed`` and ``missed_before``, mean absolute error of an account by either
        forecast (money); ``orders_off`` and ``value_off``, what came against what was
        expected, of order days and of net revenue an order day, as shares.

    Raises
    ------
    UsageError
        If a column is missing.

    Examples
    --------
    >>> orders = pd.DataFrame({"expected": [10.0, 4.0], "came": [11, 4]}, ["A", "B"])
    >>> value = pd.Series({"A": 100.0, "B": 50.0})
    >>> before, came = pd.Series({"A": 990.0}), pd.Series({"A": 1320.0, "B": 200.0})
    >>> table = money_in_hindsight(orders, value, before, came, bound=["A"])
    >>> shown = ["expected", "came", "orders_off", "value_off"]
    >>> table.loc[["under contract", "all"], shown].round(2).to_numpy().tolist()
    [[1000.0, 1320.0, 0.1, 0.2], [1200.0, 1520.0, 0.07, 0.18]]
    """
    if not {"expected", "came"} <= set(orders):
        raise UsageError(
            f"orders has columns {list(orders.columns)}: give expected and came, in "
            "order days"
        )
    accounts = pd.DataFrame(
        {
            "days": orders["expected"],
            "days_came": orders["came"],
            "expected": orders["expected"] * order_value.reindex(orders.index),
            "year_before": year_before.reindex(orders.index),
            "came": came.reindex(orders.index),
        }
    ).fillna(0.0)
    inside = accounts.index.isin(list(bound))
    parts = {BOUND: accounts[inside], OTHERS: accounts[~inside]}
    if inside.all() or not inside.any():
        parts = {}
    rows = {name: _summed(part) for name, part in (parts | {ALL: accounts}).items()}
    table = pd.DataFrame(rows).T.rename_axis("group")
    return table.astype({"accounts": "int64"})


def _summed(part: pd.DataFrame) -> dict[str, float]:
    sums = part.sum()
    days, value = _against(sums["days_came"], sums["days"]), float("nan")
    if sums["days_came"] > 0 and sums["days"] > 0:
        value = _against(
            sums["came"] / sums["days_came"], sums["expected"] / sums["days"]
        )
    return {
        "accounts": len(part),
        **sums[["expected", "year_before", "came"]],
        "missed": (part["expected"] - part["came"]).abs().mean(),
        "missed_before": (part["year_before"] - part["came"]).abs().mean(),
        "orders_off": days,
        "value_off": value,
    }


def _against(came: float, expected: float) -> float:
    return came / expected - 1 if expected > 0 else float("nan")


def money_sentence(table: pd.DataFrame, currency: str = "") -> str:
    """Say which forecast of a year that has passed was nearer in money.

    Parameters
    ----------
    table : DataFrame
        From `money_in_hindsight`.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    Examples
    --------
    >>> columns = {"expected": 1200.0, "year_before": 990.0, "came": 1520.0}
    >>> columns |= {"missed": 160.0, "missed_before": 265.0}
    >>> print(money_sentence(pd.DataFrame(columns, index=["all"]), "EUR"))
    In money the model would have said EUR 1,200, and “as the year before” EUR 990; EUR
    1,520 came. The model would have missed an account by EUR 160 on average, the year
    before by EUR 265: the model was nearer.
    """
    row = table.loc[ALL]
    told = {name: format_money(amount, currency) for name, amount in row.items()}
    gain = row["missed_before"] - row["missed"]
    nearer = "the model" if gain > 0 else "the year before"
    verdict = f"{nearer} was nearer" if gain else "neither was nearer"
    return (
        f"In money the model would have said {told['expected']}, and “as the year "
        f"before” {told['year_before']}; {told['came']} came. The model would have "
        f"missed an account by {told['missed']} on average, the year before by "
        f"{told['missed_before']}: {verdict}."
    )


def held_by_basis(values: LifetimeValues, came: pd.Series) -> pd.DataFrame:
    """Count whose orders came within the interval, by what the values rested on.

    Parameters
    ----------
    values : LifetimeValues
        As they would have been said on a day that has passed.
    came : Series
        Order days of the twelve months after that day, by account; who is missing had
        none.

    Returns
    -------
    DataFrame
        By ``basis``: ``accounts``, ``expected`` and ``came`` (order days together),
        ``inside`` (share of accounts whose interval held what came) and its 95 %
        interval ``low`` and ``high``; NaN for fewer accounts than a share needs.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.customer_equity import (
    ...     portfolio_lifetime_value, purchase_history)
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     came = purchase_history(portfolio).accounts["orders"]
    ...     then = portfolio.at("2024-12-31")
    ...     values = portfolio_lifetime_value(then, quarters=4, repetitions=20)
    >>> held = held_by_basis(values, came)
    >>> held.index.tolist(), bool((held["inside"] > 0.7).all())
    (['contract', 'repeat orders'], True)
    """
    told = values.accounts.dropna(subset="orders_year")
    days = came.reindex(told.index, fill_value=0)
    inside = days.between(told["orders_low"], told["orders_high"])
    table = {}
    for basis, part in told.groupby("basis"):
        share = wilson_share(int(inside[part.index].sum()), len(part), of="accounts")
        table[basis] = {
            "accounts": len(part),
            "expected": part["orders_year"].sum(),
            "came": days[part.index].sum(),
            "inside": share.value,
            "low": share.low,
            "high": share.high,
        }
    held = pd.DataFrame(table).T.rename_axis("basis")
    return held.astype({"accounts": "int64", "came": "int64"})

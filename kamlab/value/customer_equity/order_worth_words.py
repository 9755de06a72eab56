"""What an order of each account leaves, in sentences and a table."""

from collections.abc import Mapping

import pandas as pd

from kamlab.style.formats import format_count, format_money
from kamlab.style.names import display_name
from kamlab.value.concentration_words import counted

_COLUMNS = {
    "own_orders": "order_days",
    "order_value": "revenue_of_order",
    "contribution_margin": "margin",
    "order_worth": "order_leaves",
}


def order_worth_table(
    accounts: pd.DataFrame,
    chosen: list[object] | pd.Index,
    names: Mapping[object, str] | None = None,
) -> pd.DataFrame:
    """Put what an order brings and what it leaves side by side, account by account.

    Parameters
    ----------
    accounts : DataFrame
        By account: ``own_orders``, ``order_value``, ``contribution_margin`` and
        ``order_worth``.
    chosen : list or Index
        Whom to show.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    DataFrame of shape (n_chosen, 4)
        ``order_days`` of the account's own year, ``revenue_of_order``, ``margin`` and
        ``order_leaves``.

    Examples
    --------
    >>> columns = {"own_orders": [4], "order_value": [100.0]}
    >>> columns |= {"contribution_margin": [0.3], "order_worth": [29.0]}
    >>> accounts = pd.DataFrame(columns, index=["A"])
    >>> order_worth_table(accounts, ["A"], {"A": "Adler"}).loc["Adler"].tolist()
    [4.0, 100.0, 0.3, 29.0]
    """
    table = accounts.loc[list(chosen), list(_COLUMNS)].rename(columns=_COLUMNS)
    labels = [display_name(account, names) for account in table.index]
    return table.set_axis(pd.Index(labels, name="account"))


def order_worth_sentence(
    worth: pd.Series,
    names: Mapping[object, str] | None = None,
    currency: str = "",
    of: str = "accounts",
) -> str:
    """Say what half of the accounts leave an order, and whose orders cost money.

    Parameters
    ----------
    worth : Series of shape (n_accounts,)
        What an order of each is expected to leave, money.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.
    of : {"accounts", "groups"}
        What was counted.

    Returns
    -------
    str

    Examples
    --------
    >>> worth = pd.Series({"A": 900.0, "B": 300.0, "C": -40.0})
    >>> print(order_worth_sentence(worth, {"A": "Adler"}, "EUR"))
    An order of the middle one of 3 accounts leaves EUR 300, one of Adler EUR 900, the
    most. Orders of 1 account cost more than they bring.
    """
    known = worth.dropna()
    if known.empty:
        return f"What an order leaves is known of no {of.removesuffix('s')}."
    most = known.idxmax()
    told = (
        f"An order of the middle one of {counted(len(known), of)} leaves "
        f"{format_money(known.median(), currency)}, one of {display_name(most, names)} "
        f"{format_money(known[most], currency)}, the most."
    )
    losing = int((known < 0).sum())
    if not losing:
        return told
    return f"{told} Orders of {counted(losing, of)} cost more than they bring."


def dearest_order_sentence(
    worth: pd.Series,
    orders: pd.Series,
    names: Mapping[object, str] | None = None,
    currency: str = "",
) -> str:
    """Name the account whose orders cost most in a year, if any does.

    Parameters
    ----------
    worth : Series of shape (n_accounts,)
        What an order leaves, money.
    orders : Series of shape (n_accounts,)
        Order days expected in the twelve months ahead.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty where every order leaves something.

    Examples
    --------
    >>> worth, orders = pd.Series({"A": 9.0, "B": -2.0}), pd.Series({"A": 3, "B": 50.0})
    >>> print(dearest_order_sentence(worth, orders, {"B": "Berg"}, "EUR"))
    The more Berg orders, the more it costs: 50 order days expected, each at −EUR 2.
    """
    year = (worth * orders).dropna()
    if year.empty or year.min() >= 0:
        return ""
    account = year.idxmin()
    return (
        f"The more {display_name(account, names)} orders, the more it costs: "
        f"{format_count(orders[account])} order days expected, each at "
        f"{format_money(worth[account], currency)}."
    )

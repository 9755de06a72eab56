"""How many orders will come, beside those that came, in a sentence and a table."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kamlab.estimates import Estimate
from kamlab.style.formats import format_count, format_share
from kamlab.style.names import display_name
from kamlab.value.concentration_words import counted


def orders_sentence(ahead: Estimate, last_year: float, of: str = "accounts") -> str:
    """Say how many order days are expected of all accounts in the year ahead.

    Parameters
    ----------
    ahead : Estimate
        Order days of the twelve months ahead.
    last_year : float
        Order days of the last twelve months.
    of : {"accounts", "groups"}
        What was counted.

    Returns
    -------
    str
        Those who are no customers yet are in no model, and in no number here.

    Examples
    --------
    >>> print(orders_sentence(Estimate(90.0, 80.0, 98.0, 30), 100))
    30 accounts are expected to order on 90 days in the next twelve months (95 %
    interval 80 to 98), after 100 in the last twelve: 10.0 % fewer. Customers still to
    be won are not in it.
    """
    ends = f"{format_count(ahead.low)} to {format_count(ahead.high)}"
    told = (
        f"{counted(ahead.n, of)} are expected to order on {format_count(ahead.value)} "
        f"days in the next twelve months ({format_share(ahead.level, 0)} interval "
        f"{ends}), after {format_count(last_year)} in the last twelve"
    )
    won = "Customers still to be won are not in it."
    if last_year <= 0:
        return f"{told}. {won}"
    change = ahead.value / last_year - 1
    side = "more" if change >= 0 else "fewer"
    return f"{told}: {format_share(abs(change))} {side}. {won}"


def orders_table(
    ahead: pd.DataFrame,
    accounts: pd.DataFrame,
    n: int = 6,
    names: Mapping[object, str] | None = None,
) -> pd.DataFrame:
    """Put last year's order days and those expected side by side, account by account.

    Parameters
    ----------
    ahead : DataFrame of shape (n_accounts, 3)
        ``expected``, ``low`` and ``high`` order days of the twelve months ahead.
    accounts : DataFrame
        By account: ``orders`` of the last twelve months and ``contribution``.
    n : int
        Accounts to show: those that left most.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    DataFrame of shape (n, 4)
        ``last_year``, ``expected`` (a mean, so no whole number), and ``low`` and
        ``high``, the whole order days between which the interval lies.

    Examples
    --------
    >>> ahead = pd.DataFrame({"expected": [9.2], "low": [4.5], "high": [15.0]}, ["A"])
    >>> accounts = pd.DataFrame({"orders": [10], "contribution": [50.0]}, ["A"])
    >>> orders_table(ahead, accounts, 1, {"A": "Adler"}).loc["Adler"].tolist()
    [10.0, 9.2, 4.0, 15.0]
    """
    first = accounts.sort_values("contribution", ascending=False, kind="stable").head(n)
    table = ahead.loc[first.index, ["expected", "low", "high"]]
    table["low"] = np.floor(table["low"]).astype("int64")
    table["high"] = np.ceil(table["high"]).astype("int64")
    table.insert(0, "last_year", first["orders"])
    labels = [display_name(account, names) for account in table.index]
    return table.set_axis(pd.Index(labels, name="account"))

"""What net price against cost to serve amounts to, in sentences from the numbers."""

from collections.abc import Mapping

import pandas as pd

from kamlab.style.formats import format_count, format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.concentration_words import counted, one_of
from kamlab.value.price_and_service import (
    PriceAndService,
    paid_for_goods,
    price_realisation,
)

_Names = Mapping[object, str] | None


def quadrant_sentence(
    found: PriceAndService, quadrant: str, currency: str = "", of: str = "accounts"
) -> str:
    """Say how many accounts of one kind there are, what they bring and what they leave.

    Parameters
    ----------
    found : PriceAndService
        From `kamlab.value.price_and_service.price_and_service`.
    quadrant : {"carriage trade", "passive", "economy", "aggressive"}
        The kind of account.
    currency : str
        Code of the currency.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.price_and_service import price_and_service
    >>> columns = {"list_revenue": [100, 100], "revenue": [90, 60]}
    >>> columns |= {"cost_to_serve": [-5, -20], "contribution": [30, -5]}
    >>> found = price_and_service(pd.DataFrame(columns, index=["A", "B"]))
    >>> quadrant_sentence(found, "aggressive", "EUR")
    'Aggressive (low price, high cost to serve): 1 account with 40.0 % of revenue and a
    contribution of −EUR 5, −8.3 % of its revenue; 1 loses money.'
    """
    row = found.quadrants.loc[quadrant]
    head = f"{quadrant.capitalize()} ({_MEANS[quadrant]})"
    if not row["accounts"]:
        return f"{head}: no {one_of(of)}."
    one = row["accounts"] == 1
    lose = f"{format_count(row['loss_makers'])} "
    lose += "loses money" if row["loss_makers"] == 1 else "lose money"
    return (
        f"{head}: {counted(row['accounts'], of)} with "
        f"{format_share(row['share_of_revenue'])} of revenue and a contribution of "
        f"{format_money(row['contribution'], currency)}, "
        f"{format_share(row['contribution_margin'])} of {'its' if one else 'their'} "
        f"revenue; {lose}."
    )


_MEANS = {
    "carriage trade": "high price, high cost to serve",
    "passive": "high price, low cost to serve",
    "economy": "low price, low cost to serve",
    "aggressive": "low price, high cost to serve",
}


def cuts_sentence(found: PriceAndService, of: str = "accounts") -> str:
    """Say where high begins, and which accounts stand outside the grid.

    Parameters
    ----------
    found : PriceAndService
        From `kamlab.value.price_and_service.price_and_service`.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.price_and_service import price_and_service
    >>> columns = {"list_revenue": [100, 100, 0], "revenue": [90, 60, 0]}
    >>> columns |= {"cost_to_serve": [-5, -20, -1], "contribution": [30, -5, -1]}
    >>> cuts_sentence(price_and_service(pd.DataFrame(columns)))
    'A price is high from 75.0 % of the list price on, direct costs and cost to serve
    from 19.4 % of revenue on. 1 account without revenue, price or known cost stands
    outside.'
    """
    of_list = " of the list price" if found.price_is == "share of list price" else ""
    cuts = (
        f"A price is high from {format_share(found.price_cut)}{of_list} on, direct "
        f"costs and cost to serve from {format_share(found.service_cut)} of revenue on."
    )
    many = len(found.left_out)
    if not many:
        return cuts
    stand = "stands" if many == 1 else "stand"
    return (
        f"{cuts} {counted(many, of)} without revenue, price or known cost {stand} "
        "outside."
    )


def together_sentence(profit: pd.DataFrame) -> str:
    """Say what all accounts together pay of the list price, beside the median account.

    Parameters
    ----------
    profit : DataFrame
        Money by account with columns `revenue`, `list_revenue` and, where known,
        `returns` and `charges`.

    Returns
    -------
    str
        Empty if nothing was sold at a list price.

    Examples
    --------
    >>> columns = {"list_revenue": [900.0, 100.0], "revenue": [600.0, 90.0]}
    >>> print(together_sentence(pd.DataFrame(columns)))
    The cut is what the median account pays. All accounts together pay 69.0 % of the
    list price, because large ones pay less: a price below the cut may be usual for its
    size.
    """
    listed = profit["list_revenue"].sum()
    if not listed > 0:
        return ""
    together = paid_for_goods(profit).sum() / listed
    usual = price_realisation(profit).median()
    why = (
        ", because large ones pay less: a price below the cut may be usual for its size"
        if together < usual
        else ""
    )
    return (
        "The cut is what the median account pays. All accounts together pay "
        f"{format_share(together)} of the list price{why}."
    )


def aggressive_sentence(
    found: PriceAndService, names: _Names = None, currency: str = "", n: int = 3
) -> str:
    """Name the accounts that pay little, take much and lose money: talk to them first.

    Parameters
    ----------
    found : PriceAndService
        From `kamlab.value.price_and_service.price_and_service`.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.
    currency : str
        Code of the currency.
    n : int
        Number of accounts to name at most.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.price_and_service import price_and_service
    >>> columns = {"list_revenue": [100, 100], "revenue": [90, 60]}
    >>> columns |= {"cost_to_serve": [-5, -20], "contribution": [30, -5]}
    >>> found = price_and_service(pd.DataFrame(columns, index=["A", "B"]))
    >>> print(aggressive_sentence(found, {"B": "Wetterau"}, "EUR"))
    Low price, high direct costs and cost to serve, and a loss: Wetterau (pays 60.0 %,
    takes 33.3 % of its revenue, −EUR 5).
    """
    accounts = found.accounts
    losing = accounts[
        (accounts["quadrant"] == "aggressive") & (accounts["contribution"] < 0)
    ].sort_values("contribution", kind="stable")
    if losing.empty:
        return "No account that pays little and takes much loses money."
    listed = "; ".join(
        f"{display_name(account, names)} {_account(row, currency)}"
        for account, row in losing.head(max(n, 1)).iterrows()
    )
    more = len(losing) - max(n, 1)
    rest = f"; and {format_count(more)} more" if more > 0 else ""
    return (
        f"Low price, high direct costs and cost to serve, and a loss: {listed}{rest}."
    )


def _account(row: pd.Series, currency: str) -> str:
    price, rate = format_share(row["price"]), format_share(row["service_rate"])
    money = format_money(row["contribution"], currency)
    return f"(pays {price}, takes {rate} of its revenue, {money})"

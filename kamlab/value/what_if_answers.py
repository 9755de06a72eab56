"""The usual answers to a customer who costs money, worked out side by side."""

from collections.abc import Mapping

from kamlab.errors import MissingDataError
from kamlab.style.formats import format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.profitability import AccountProfit
from kamlab.value.what_if import (
    WhatIf,
    price_differently,
    serve_differently,
    stop_serving,
)

#: Part of the orders that is left when orders are bundled.
BUNDLED = 0.5
#: Part of the volume that a surcharge is assumed to drive away.
DRIVEN_AWAY = 0.1
#: Price change whose break-even is asked for.
RISE = 0.03

_BUNDLED = ("order", "rush_order")


def dearest_loss(profit: AccountProfit) -> object | None:
    """Find the largest account by revenue among those that cost money.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.

    Returns
    -------
    object or None
        Its number; None if no account with revenue costs money.

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> columns = {"revenue": [90.0, 50.0, 10.0], "contribution": [9.0, -2.0, -4.0]}
    >>> day = date(2025, 12, 31)
    >>> table = pd.DataFrame(columns, index=list("ABC"))
    >>> dearest_loss(AccountProfit(table, day, day, "contribution"))
    'B'
    """
    table = profit.table
    losing = table[(table["contribution"] < 0) & (table["revenue"] > 0)]
    return None if losing.empty else losing["revenue"].idxmax()


def usual_answers(
    profit: AccountProfit, account: object, avoidable: float = 0.5
) -> dict[str, WhatIf]:
    """Work out what bundling, a surcharge and parting would bring for an account.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`, with cost to serve.
    account : object
        Whom it concerns.
    avoidable : float
        Part of the cost of work saved that is really saved, 0–1.

    Returns
    -------
    dict of str to WhatIf
        Half the orders for the same goods; a surcharge of half its cost to serve, with
        a tenth of the volume lost; parting on the first day and once `avoidable` of
        its cost to serve is gone.

    Raises
    ------
    MissingDataError
        If the cost to serve is not known.
    UsageError
        If the account is unknown or `avoidable` is no share.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import account_profit
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     profit = account_profit(portfolio, "2025-01-01", "2025-12-31")
    >>> answers = usual_answers(profit, dearest_loss(profit))
    >>> len(answers), answers["stop, on the first day"].change < 0
    (4, True)
    """
    if profit.served is None:
        raise MissingDataError(
            f"the figures end at the {profit.basis}, without cost to serve: import "
            "costs and activity_minutes to ask what serving differently brings"
        )
    table, activities = profit.table, profit.served.by_activity
    fewer = {name: BUNDLED for name in _BUNDLED if name in activities}
    surcharge = -table.loc[account, "cost_to_serve"] / 2
    return {
        "half the orders, same goods": serve_differently(
            table, [account], fewer, activities, avoidable=avoidable
        ),
        f"surcharge, {format_share(DRIVEN_AWAY, 0)} of volume lost": price_differently(
            table,
            [account],
            surcharge=surcharge,
            volume_lost=DRIVEN_AWAY,
            avoidable=avoidable,
        ),
        "stop, on the first day": stop_serving(table, [account], 0.0),
        f"stop, {format_share(avoidable, 0)} of cost gone": stop_serving(
            table, [account], avoidable
        ),
    }


def fee_sentence(
    profit: AccountProfit,
    account: object,
    orders: float,
    names: Mapping[object, str] | None = None,
    currency: str = "",
) -> str:
    """Say which fee an order would make an account's loss disappear.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.
    account : object
        An account that costs money.
    orders : float
        Its orders in the same days.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty if the account costs no money, or has no orders.

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> table = pd.DataFrame({"contribution": [-3000.0]}, index=["W"])
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "contribution")
    >>> print(fee_sentence(profit, "W", 1500, {"W": "Wetterau"}, "EUR"))
    A fee of EUR 2 an order, with no order lost, would make up for what Wetterau costs.
    """
    loss = -float(profit.contribution[account])
    if not (loss > 0 and orders > 0):
        return ""
    return (
        f"A fee of {format_money(loss / orders, currency)} an order, with no order "
        f"lost, would make up for what {display_name(account, names)} costs."
    )


def rise_sentence(
    profit: AccountProfit,
    account: object,
    names: Mapping[object, str] | None = None,
    avoidable: float = 0.0,
) -> str:
    """Say how much volume an account may take away before a higher price costs money.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.
    account : object
        Whom it concerns.
    names : mapping or Series, optional
        Name by account.
    avoidable : float
        Part of the cost to serve of lost volume that is really saved, 0–1.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> table = pd.DataFrame({"revenue": [100.0], "cost_of_goods": [-70.0],
    ...     "direct_costs": [0.0], "cost_to_serve": [-5.0], "contribution": [25.0]},
    ...     index=["M"])
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "contribution")
    >>> print(rise_sentence(profit, "M", {"M": "Marwitz"}))
    A price 3 % higher for Marwitz pays as long as less than 9.1 % of its volume goes;
    3 % lower would need 13.6 % more of it.
    """
    table = profit.table
    up, down = (
        price_differently(table, [account], price=rise, avoidable=avoidable).break_even
        for rise in (RISE, -RISE)
    )
    opening = (
        f"A price {format_share(RISE, 0)} higher for {display_name(account, names)}"
    )
    if not 0 < up < 1 or not down < 0:
        return f"{opening} pays whatever volume goes: its goods earn hardly anything."
    return (
        f"{opening} pays as long as less than {format_share(up)} of its volume goes; "
        f"{format_share(RISE, 0)} lower would need {format_share(-down)} more of it."
    )


def stop_sentence(
    profit: AccountProfit, currency: str = "", avoidable: float = 0.5
) -> str:
    """Say what it would bring to part with all accounts that cost money.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`, with cost to serve.
    currency : str
        Code of the currency.
    avoidable : float
        Part of their cost to serve that would really go, 0–1.

    Returns
    -------
    str
        Empty if no account costs money.

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> table = pd.DataFrame({"revenue": [100.0], "cost_of_goods": [-70.0],
    ...     "direct_costs": [0.0], "cost_to_serve": [-40.0], "contribution": [-10.0]})
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "contribution")
    >>> print(stop_sentence(profit, "EUR"))
    A loss after cost to serve is no reason to part: without all loss makers EUR 30 of
    margin goes at once. If half of their cost to serve really went (50 %), profit would
    change by −EUR 10; for it to win, more than 75.0 % must go.
    """
    table = profit.table
    losing = table.index[table["contribution"] < 0]
    if not len(losing):
        return ""
    found = stop_serving(table, losing, avoidable)
    margin = (
        table.loc[losing, ["margin", "direct_costs"]]
        if "margin" in table
        else (table.loc[losing, ["revenue", "cost_of_goods", "direct_costs"]])
    )
    needed = (
        f"; for it to win, more than {format_share(found.break_even)} must go."
        if 0 < found.break_even <= 1
        else "."
    )
    part = "half" if avoidable == 0.5 else "a part"
    return (
        "A loss after cost to serve is no reason to part: without all loss makers "
        f"{format_money(float(margin.to_numpy().sum()), currency)} of margin goes at "
        f"once. If {part} of their cost to serve really went "
        f"({format_share(avoidable, 0)}), profit would change by "
        f"{format_money(found.change, currency)}{needed}"
    )

"""The usual answers to a customer who costs money, worked out side by side."""

from collections.abc import Mapping
from math import inf

import pandas as pd

from kamlab.data.vocabulary import INTERACTION_TYPES
from kamlab.errors import MissingDataError
from kamlab.style.formats import format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.loss_causes import loss_causes, work_by_cause
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
_NOT_MARGIN = ["cost_to_serve", "contribution"]


def dearest_loss(profit: AccountProfit) -> object | None:
    """Find the largest loss in money among those that come from our own people's work.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.

    Returns
    -------
    object or None
        Its number; None if no such loss makes up a hundredth of all losses.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import account_profit
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     profit = account_profit(portfolio, "2025-01-01", "2025-12-31")
    ...     names = portfolio.accounts["account_name"]
    >>> names[dearest_loss(profit)]
    'Wetterau Tools GmbH'
    """
    causes = loss_causes(profit, part=1.0)
    worked = causes[causes["cause"].isin(["orders", "returns", "contacts"])]
    return None if worked.empty else worked.index[0]


def loss_makers(profit: AccountProfit) -> list[object]:
    """List all accounts that cost money, the largest loss first.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.

    Returns
    -------
    list

    Examples
    --------
    >>> import pandas as pd
    >>> from datetime import date
    >>> table = pd.DataFrame({"contribution": [-2.0, 9.0, -4.0]}, index=list("ABC"))
    >>> day = date(2025, 12, 31)
    >>> loss_makers(AccountProfit(table, day, day, "contribution"))
    ['C', 'A']
    """
    left = profit.contribution
    return left[left < 0].sort_values(kind="stable").index.tolist()


def usual_answers(
    profit: AccountProfit,
    accounts: object | list[object],
    avoidable: float = 0.5,
    orders: float = 0.0,
    currency: str = "",
) -> dict[str, WhatIf]:
    """Work out what less work, a surcharge and parting would bring.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`, with cost to serve.
    accounts : object or list
        Whom it concerns: one account or several.
    avoidable : float
        Part of the cost of work saved that is really saved, 0–1.
    orders : float
        Their orders in the same days; then the surcharge is told by the order.
    currency : str
        Code of the currency.

    Returns
    -------
    dict of str to WhatIf
        By what is done, all assumptions in words: half the orders for the same goods,
        or half the contacts where these cost more; a surcharge of half the cost to
        serve, with a tenth of the volume lost; parting on the first day and once
        `avoidable` of the cost to serve is gone.

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
    chosen = accounts if isinstance(accounts, list) else [accounts]
    what, fewer = _less_work(activities.reindex(chosen, fill_value=0.0))
    surcharge = -table.loc[chosen, "cost_to_serve"] / 2
    saved = f"{format_share(avoidable, 0)} of the time saved really cut"
    priced = {"volume_lost": DRIVEN_AWAY, "avoidable": avoidable}
    return {
        f"{what}, {saved}": serve_differently(
            table, chosen, fewer, activities, avoidable=avoidable
        ),
        f"{_surcharge(surcharge.sum(), orders, currency)}, "
        f"{format_share(DRIVEN_AWAY, 0)} of the volume lost": price_differently(
            table, chosen, surcharge=surcharge, **priced
        ),
        "stop, on the first day": stop_serving(table, chosen, 0.0),
        f"stop, {format_share(avoidable, 0)} of the cost to serve gone": stop_serving(
            table, chosen, avoidable
        ),
    }


def _less_work(activities: pd.DataFrame) -> tuple[str, dict[str, float]]:
    """Say which work is halved: that of orders, or of contacts where they cost more."""
    causes = work_by_cause(activities).sum()
    if causes.get("contacts", 0.0) > causes.get("orders", 0.0):
        names, what = INTERACTION_TYPES, "half the visits and calls"
    else:
        names, what = _BUNDLED, "half the orders, same goods"
    return what, {name: BUNDLED for name in names if name in activities}


def _surcharge(money: float, orders: float, currency: str) -> str:
    if not orders > 0:
        told = f"surcharges of {format_money(money, currency)} in all"
    else:
        told = f"surcharge of {format_money(money / orders, currency)} an order"
    return f"{told} (half the cost to serve)"


def less_step(answers: Mapping[str, WhatIf], currency: str = "") -> tuple[str, str]:
    """Say what to do about many small losses, and what it would bring.

    Parameters
    ----------
    answers : mapping of str to WhatIf
        From `usual_answers`: the first is less work.
    currency : str
        Code of the currency.

    Returns
    -------
    (str, str)
        What to do, and why; both empty if less work would bring nothing.

    Examples
    --------
    >>> import pandas as pd
    >>> before = pd.DataFrame({"contribution": [-20.0]}, index=["W"])
    >>> after = pd.DataFrame({"contribution": [30.0]}, index=["W"])
    >>> found = WhatIf("serve differently", before, after, 0.0, 100.0, 50.0, "")
    >>> print(*less_step({"half the calls": found}, "EUR"))
    Spend less time where nothing comes of it. At those who cost money, half the calls
    would bring EUR 50.
    """
    name, found = next(iter(answers.items()))
    if not found.change > 0:
        return "", ""
    return (
        "Spend less time where nothing comes of it.",
        f"At those who cost money, {name} would bring "
        f"{format_money(found.change, currency)}.",
    )


def fee_sentence(
    profit: AccountProfit,
    account: object,
    orders: float,
    names: Mapping[object, str] | None = None,
    currency: str = "",
) -> str:
    """Say which fee an order would remove an account's loss, and what one costs.

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
    >>> columns = {"contribution": [-3000.0], "cost_to_serve": [-15000.0]}
    >>> table = pd.DataFrame(columns, index=["W"])
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "contribution")
    >>> print(fee_sentence(profit, "W", 1500, {"W": "Wetterau"}, "EUR"))
    A fee of EUR 2 an order, with no order lost, would only remove what Wetterau loses:
    serving costs EUR 10 an order.
    """
    loss = -float(profit.contribution[account])
    if not (loss > 0 and orders > 0):
        return ""
    served = -float(profit.table.loc[account, "cost_to_serve"])
    return (
        f"A fee of {format_money(loss / orders, currency)} an order, with no order "
        f"lost, would only remove what {display_name(account, names)} loses: serving "
        f"costs {format_money(served / orders, currency)} an order."
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
    lower = (
        "would pay at no volume: its goods and their service would cost more than that"
        if down == -inf
        else f"would need {format_share(-down)} more of it"
    )
    return (
        f"{opening} pays as long as less than {format_share(up)} of its volume goes; "
        f"{format_share(RISE, 0)} lower {lower}."
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
    margin = float(found.before.drop(columns=_NOT_MARGIN).to_numpy().sum())
    part = "half" if avoidable == 0.5 else "a part"
    saved = (
        f"If {part} of their cost to serve really went "
        f"({format_share(avoidable, 0)}), profit would change by "
        f"{format_money(found.change, currency)}"
    )
    if margin <= 0:
        return (
            f"All loss makers together bring {format_money(margin, currency)} before "
            f"any cost to serve, so no margin would go with them. {saved}."
        )
    needed = (
        f"; for it to win, more than {format_share(found.break_even)} must go."
        if found.break_even <= 1
        else "."
    )
    return (
        "A loss after cost to serve is no reason to part: without all loss makers "
        f"{format_money(margin, currency)} of margin goes at once. {saved}{needed}"
    )

"""What the accounts that cost most money lose it on, so that something can be done.

Glossary
--------
cause
    The largest single cost of an account beyond its goods: a kind of direct costs, such
    as engineering, its orders, or its contacts.
"""

import pandas as pd

from kamlab.value.profit_steps import served_by_group
from kamlab.value.profitability import AccountProfit

#: Part of all losses below which an account's loss is not worth a measure of its own.
FLOOR = 0.01
#: Part of all losses that the accounts named together explain.
EXPLAINED = 0.9

#: Activities by what a manager would talk about with the customer.
_WORK = {
    "orders": "orders",
    "rush_orders": "orders",
    "returns_and_credits": "returns",
    "visits_and_meetings": "contacts",
    "calls_and_messages": "contacts",
}
_WORK_NAMES = {
    "orders": "handling orders and rush orders",
    "returns": "handling returns",
    "contacts": "visits, calls and meetings",
}
_GOODS = "goods"


def loss_causes(
    profit: AccountProfit, part: float = EXPLAINED, floor: float = FLOOR
) -> pd.DataFrame:
    """List the largest losses in money, each with its largest cost beyond the goods.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.
    part : float
        Take the largest losses until this part of all losses is reached, 0–1.
    floor : float
        Leave out losses below this part of all losses, 0–1.

    Returns
    -------
    DataFrame
        By account, the largest loss first: ``loss`` (positive), ``cause`` (a kind of
        direct costs, "orders", "returns", "contacts", or "goods" where these cost more
        than they bring) and ``cost`` (money of that cause).

    Examples
    --------
    >>> from datetime import date
    >>> columns = {"margin": [30.0, 50.0], "contribution": [-20.0, 40.0]}
    >>> table = pd.DataFrame(columns, index=["A", "B"])
    >>> kinds = {"freight": [5.0, 1.0], "engineering": [45.0, 0.0]}
    >>> direct = pd.DataFrame(kinds, index=["A", "B"])
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "contribution", direct)
    >>> loss_causes(profit).to_dict("index")
    {'A': {'loss': 20.0, 'cause': 'engineering', 'cost': 45.0}}
    """
    losses = -profit.contribution[profit.contribution < 0]
    losses = losses.sort_values(ascending=False, kind="stable")
    reached = losses.cumsum().shift(fill_value=0.0) / losses.sum()
    chosen = losses[(reached < part) & (losses >= floor * losses.sum())]
    costs = _costs(profit, chosen.index)
    if not len(chosen) or costs.empty:
        return pd.DataFrame(columns=["loss", "cause", "cost"])
    table = pd.DataFrame({"loss": chosen, "cause": costs.idxmax(axis=1)})
    table["cost"] = costs.max(axis=1)
    unpaid = profit.table.loc[chosen.index, "margin"] < 0
    table.loc[unpaid, "cause"] = _GOODS
    table.loc[unpaid, "cost"] = -profit.table["margin"].reindex(chosen.index)[unpaid]
    return table


def _costs(profit: AccountProfit, accounts: pd.Index) -> pd.DataFrame:
    """Return what accounts cost beyond their goods, by cause."""
    parts = []
    if profit.direct is not None:
        parts.append(profit.direct)
    if profit.served is not None:
        parts.append(work_by_cause(profit.served.by_activity))
    known = [part.reindex(accounts, fill_value=0.0).fillna(0.0) for part in parts]
    return pd.concat(known, axis=1) if known else pd.DataFrame(index=accounts)


def work_by_cause(by_activity: pd.DataFrame) -> pd.DataFrame:
    """Add the cost of work up to what a manager would talk about with the customer.

    Parameters
    ----------
    by_activity : DataFrame of shape (n_accounts, n_activities)
        Money, from `kamlab.value.cost_to_serve.CostToServe`.

    Returns
    -------
    DataFrame of shape (n_accounts, n_causes)
        ``orders`` (rush orders among them), ``returns``, ``contacts``; an activity
        outside of these stands by itself.

    Examples
    --------
    >>> money = pd.DataFrame({"order": [3.0], "rush_order": [4.0], "visit": [5.0]})
    >>> work_by_cause(money).to_dict("list")
    {'contacts': [5.0], 'orders': [7.0]}
    """
    groups = served_by_group(by_activity)
    causes = [_WORK.get(str(name), str(name)) for name in groups.columns]
    return groups.T.groupby(causes).sum().T


def cause_name(cause: str) -> str:
    """Return what a cause is called in a sentence.

    Parameters
    ----------
    cause : str
        As `loss_causes` gives it.

    Returns
    -------
    str

    Examples
    --------
    >>> cause_name("rush_freight"), cause_name("contacts")
    ('rush freight', 'visits, calls and meetings')
    """
    if cause == _GOODS:
        return "goods that cost more than they bring"
    return _WORK_NAMES.get(cause, cause.replace("_", " "))

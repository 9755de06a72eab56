"""Tables of profit as people read them: names, heads and formats."""

from collections.abc import Mapping

import pandas as pd

from kamlab.errors import UsageError, did_you_mean
from kamlab.style.names import display_name
from kamlab.value.profit_steps import step_name
from kamlab.value.profitability import AccountProfit, totals_by_window

#: Columns of a table of accounts, from revenue to what is left of it.
_OF_ACCOUNTS = (
    "contribution",
    "revenue",
    "margin",
    "direct_costs",
    "cost_to_serve",
    "contribution_margin",
)
_OF_WINDOWS = (
    "list_revenue",
    "goods",
    "discounts",
    "charges",
    "returns",
    "credits",
    "rebates",
    "revenue",
    "cost_of_goods",
    "margin",
    "direct_costs",
    "cost_to_serve",
    "contribution",
    "unused_cost",
    "contribution_margin",
)
_RESTS_ON_CONTACTS = (
    "cost_to_serve",
    "contribution",
    "unused_cost",
    "contribution_margin",
)
_HEADS = {
    "contribution_margin": "Of revenue",
    "capacity_minutes": "Capacity, hours",
    "used_minutes": "Used, hours",
    "unused_cost": "Unused capacity",
    "utilisation": "Used",
}
_SHARES = ("contribution_rate", "contribution_margin", "utilisation", "share")
_COUNTS = ("capacity_minutes", "used_minutes", "minutes", "hours")


def accounts_table(
    profit: AccountProfit,
    n: int = 10,
    order: str = "contribution",
    names: Mapping[object, str] | None = None,
    lowest: bool = False,
) -> pd.DataFrame:
    """Put the accounts that earn most, or least, side by side, ready to print.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.
    n : int
        Number of accounts.
    order : str
        Column of the profit table to rank by.
    names : mapping or Series, optional
        Name by account.
    lowest : bool
        The lowest first instead of the highest.

    Returns
    -------
    DataFrame of shape (n, 6)
        Indexed by the account's name: ``contribution`` (first, so that a narrow screen
        shows it), ``revenue``, ``margin``, ``direct_costs``, ``cost_to_serve``,
        ``contribution_margin``. Columns that are not known are left out.

    Raises
    ------
    UsageError
        If there is no such column, or `n` is no number of accounts.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import account_profit
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     table = accounts_table(account_profit(portfolio, "2025-01-01"), 3)
    >>> len(table), table["contribution"].is_monotonic_decreasing
    (3, True)
    """
    if order not in profit.table:
        hint = did_you_mean(order, profit.table.columns)
        raise UsageError(f"order = {order!r} is no column of profit: {hint}")
    if n < 1 or n != int(n):
        raise UsageError(f"n = {n!r}: give a number of accounts such as 10")
    ranked = profit.table.sort_values(order, ascending=lowest, kind="stable")
    unknown = _not_known(profit)
    columns = [column for column in _OF_ACCOUNTS if column not in unknown]
    shown = ranked[columns].head(int(n))
    labels = [display_name(account, names) for account in shown.index]
    return shown.set_axis(pd.Index(labels, name="account"))


def windows_table(
    profits: Mapping[object, AccountProfit], language: str = "en"
) -> pd.DataFrame:
    """Put the windows side by side, one column each, from list price to contribution.

    Parameters
    ----------
    profits : mapping of object to AccountProfit
        By any name; columns are called by the windows' own labels.
    language : {"en", "zh"}
        Language of the rows' names.

    Returns
    -------
    DataFrame of shape (n_steps, n_windows)
        Money; indexed by step. Steps add up from total to total. What no window knows,
        and what is 0 in all of them, is left out; the last total is called by how far
        down it reaches. What a window does not know well enough to compare is missing:
        its cost to serve, and what rests on it, where contacts are not recorded from
        its first day.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import trailing_profits
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     table = windows_table(trailing_profits(portfolio, most=2))
    >>> table.columns.tolist(), table.index[0]
    (['2024', '2025'], 'List revenue')
    """
    unknown = set.intersection(*(_not_known(each) for each in profits.values()))
    totals = totals_by_window({each.label: each for each in profits.values()})
    partly = [each.label for each in profits.values() if each.contacts_from is not None]
    totals.loc[partly, list(_RESTS_ON_CONTACTS)] = float("nan")
    columns = [c for c in _OF_WINDOWS[:-1] if c in totals and c not in unknown]
    columns = [c for c in columns if (totals[c].round(2) != 0).any()]
    table = totals[columns].T
    bases = {each.basis for each in profits.values()}
    last = bases.pop().replace(" ", "_") if len(bases) == 1 else "contribution"
    table = table.rename(index={"contribution": last})
    names = [step_name(step, language) for step in table.index]
    return table.set_axis(pd.Index(names, name="step"))


def pools_table(pools: pd.DataFrame) -> pd.DataFrame:
    """Put the pools side by side with their hours, use and cost, ready to print.

    Parameters
    ----------
    pools : DataFrame
        From `kamlab.value.cost_to_serve.CostToServe`.

    Returns
    -------
    DataFrame
        Indexed by pool, the dearest first: ``cost``, ``capacity_minutes`` and
        ``used_minutes`` in hours, ``utilisation``, ``unused_cost``.

    Examples
    --------
    >>> pools = pd.DataFrame({"cost": [500.0], "capacity_minutes": [600.0],
    ...     "used_minutes": [450.0], "utilisation": [0.75], "unused_cost": [125.0]},
    ...     index=["desk"])
    >>> pools_table(pools).loc["desk", ["capacity_minutes", "used_minutes"]].tolist()
    [10.0, 7.5]
    """
    columns = ["cost", "capacity_minutes", "used_minutes", "utilisation", "unused_cost"]
    table = pools.sort_values("cost", ascending=False, kind="stable")[columns].copy()
    hours = ["capacity_minutes", "used_minutes"]
    table[hours] = table[hours] / 60
    return table


def losers_table(
    profit: AccountProfit,
    names: Mapping[object, str] | None = None,
    part: float = 0.9,
    most: int = 10,
    of: str = "accounts",
) -> pd.DataFrame:
    """List the largest losses one by one and add up the rest, ready to print.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.
    names : mapping or Series, optional
        Name by account.
    part : float
        List losses until this part of all losses is reached, 0–1.
    most : int
        How many to list at most.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    DataFrame
        As `accounts_table`, and a last row that adds up all other losses.

    Examples
    --------
    >>> from datetime import date
    >>> table = pd.DataFrame({"revenue": [9.0, 5.0, 4.0, 3.0], "margin": 1.0,
    ...     "direct_costs": 0.0, "cost_to_serve": 0.0,
    ...     "contribution": [-95.0, -2.0, -3.0, 8.0], "contribution_margin": -1.0})
    >>> day = date(2025, 12, 31)
    >>> losers_table(AccountProfit(table, day, day, "contribution", pd.DataFrame(), 1)
    ...     )["contribution"].to_dict()
    {'0': -95.0, 'and 2 more accounts': -5.0}
    """
    losses = profit.contribution[profit.contribution < 0].sort_values(kind="stable")
    reached = losses.cumsum().shift(fill_value=0.0) / losses.sum()
    listed = min(int((reached < part).sum()), most)
    if not listed:
        return accounts_table(profit, 1, names=names).iloc[:0]
    shown = accounts_table(profit, listed, names=names, lowest=True)
    rest = profit.table.loc[losses.index[listed:]]
    if rest.empty:
        return shown
    sums = rest[[name for name in shown if name != "contribution_margin"]].sum()
    revenue = rest["revenue"].sum()
    margin = rest["contribution"].sum() / revenue if revenue > 0 else float("nan")
    row = pd.DataFrame([{**sums, "contribution_margin": margin}])[shown.columns]
    label = f"and {len(rest)} more {of if len(rest) > 1 else of[:-1]}"
    return pd.concat([shown, row.set_axis(pd.Index([label], name="account"))])


def how_to_print(
    table: pd.DataFrame, basis: str = "contribution"
) -> dict[str, dict[str, str]]:
    """Return formats and heads for tables of profit, pools and steps.

    Parameters
    ----------
    table : DataFrame
        Any table of profit, pools or steps.
    basis : str
        How far down the column ``contribution`` reaches; it is called by that.

    Returns
    -------
    dict
        With `formats` and `labels`, as `kamlab.report.present` takes them.

    Examples
    --------
    >>> how_to_print(pd.DataFrame({"cost": [5.0], "utilisation": [0.8]}))
    {'formats': {'cost': 'money', 'utilisation': 'share'}, 'labels': {'utilisation':
    'Used'}}
    """
    formats = {str(name): _format_of(str(name)) for name in table.columns}
    heads = _HEADS | {"contribution_rate": f"Share of all {basis}"}
    if basis != "contribution":
        heads["contribution"] = basis.capitalize()
    labels = {name: head for name, head in heads.items() if name in table.columns}
    return {"formats": formats, "labels": labels}


def _format_of(column: str) -> str:
    if column in _SHARES:
        return "share"
    return "count" if column in _COUNTS else "money"


def _not_known(profit: AccountProfit) -> set[str]:
    """Return the columns that hold zeros only because nobody knows better."""
    unknown = set()
    if profit.direct is None:
        unknown.add("direct_costs")
    if profit.served is None:
        unknown |= {"cost_to_serve", "unused_cost"}
    return unknown | ({"contribution"} if profit.basis == "gross margin" else set())

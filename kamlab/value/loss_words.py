"""What the largest losses come from and what to do about it, in sentences."""

from collections.abc import Mapping

import pandas as pd

from kamlab.style.formats import format_count, format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.loss_causes import FLOOR, cause_name, work_by_cause
from kamlab.value.profitability import AccountProfit

_MOST_NAMED = 7
_HOUR = 60.0


def causes_sentence(
    causes: pd.DataFrame,
    profit: AccountProfit,
    names: Mapping[object, str] | None = None,
    currency: str = "",
) -> str:
    """Say which cause the largest losses have in common, and name the accounts.

    Parameters
    ----------
    causes : DataFrame
        From `loss_causes`.
    profit : AccountProfit
        Where they come from.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        The dearest cause first, with all of its accounts; then the next ones. Empty if
        no loss is large enough to be named.

    Examples
    --------
    >>> from datetime import date
    >>> causes = pd.DataFrame({"loss": [20.0, 9.0], "cause": ["engineering"] * 2,
    ...     "cost": [45.0, 30.0]}, index=["A", "B"])
    >>> table = pd.DataFrame({"contribution": [-20.0, -9.0, -1.0]}, index=list("ABC"))
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "contribution")
    >>> print(causes_sentence(causes, profit, {"A": "Adler"}, "EUR"))
    Of the 3 loss makers, 2 lose EUR 29 mostly through engineering (EUR 75): Adler −EUR
    20, B −EUR 9.
    """
    if causes.empty:
        return ""
    lost = profit.contribution[profit.contribution < 0]
    first, *others = _by_cause(causes, names, currency)
    if len(lost) > 1:
        first = f"Of the {format_count(len(lost))} loss makers, {first}"
    return " ".join([first, *others])


def _by_cause(
    causes: pd.DataFrame, names: Mapping[object, str] | None, currency: str
) -> list[str]:
    sums = causes.groupby("cause")[["loss", "cost"]].sum()
    sums = sums.sort_values("loss", ascending=False, kind="stable")
    said = []
    for cause, row in sums.iterrows():
        them = causes[causes["cause"] == cause]
        cost = format_money(row["cost"], currency)
        said.append(
            f"{_who(them['loss'], names, currency)} mostly through "
            f"{cause_name(str(cause))} ({cost}){_each(them['loss'], names, currency)}."
        )
    return said


def _who(losses: pd.Series, names: Mapping[object, str] | None, currency: str) -> str:
    money = format_money(losses.sum(), currency)
    if len(losses) == 1:
        return f"{display_name(losses.index[0], names)} loses {money}"
    return f"{format_count(len(losses))} lose {money}"


def _each(losses: pd.Series, names: Mapping[object, str] | None, currency: str) -> str:
    """Name every account and its loss, where there is more than one."""
    if len(losses) == 1:
        return ""
    listed = [
        f"{display_name(account, names)} {format_money(-loss, currency)}"
        for account, loss in losses.head(_MOST_NAMED).items()
    ]
    more = len(losses) - len(listed)
    rest = f" and {format_count(more)} more" if more else ""
    return f": {', '.join(listed)}{rest}"


def charge_step(
    causes: pd.DataFrame,
    profit: AccountProfit,
    names: Mapping[object, str] | None = None,
    currency: str = "",
) -> tuple[str, str]:
    """Say what to do about the direct costs that make most of the large losses.

    Parameters
    ----------
    causes : DataFrame
        From `loss_causes`.
    profit : AccountProfit
        Where they come from.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    (str, str)
        What to do, and why; both empty if no large loss comes from direct costs.

    Examples
    --------
    >>> from datetime import date
    >>> causes = pd.DataFrame({"loss": [20.0, 9.0], "cause": ["engineering"] * 2,
    ...     "cost": [45.0, 30.0]}, index=["A", "B"])
    >>> day = date(2025, 12, 31)
    >>> table = pd.DataFrame({"contribution": [-20.0, -9.0]}, index=["A", "B"])
    >>> direct = pd.DataFrame({"engineering": [45.0, 30.0]}, index=["A", "B"])
    >>> profit = AccountProfit(table, day, day, "contribution", direct)
    >>> print(*charge_step(causes, profit, {"A": "Adler"}, "EUR"))
    Charge for engineering, or cap it in the contract. EUR 75 of it at Adler and B
    stands against a loss of EUR 29; without it they would leave EUR 46.
    """
    if profit.direct is None:
        return "", ""
    direct = causes[causes["cause"].isin(profit.direct.columns)]
    if direct.empty:
        return "", ""
    cause = direct.groupby("cause")["loss"].sum().idxmax()
    them = direct[direct["cause"] == cause]
    lost, cost = them["loss"].sum(), them["cost"].sum()
    listed = _listed([display_name(account, names) for account in them.index])
    name = cause_name(str(cause))
    unpaid = _unpaid(profit, them.index)
    return (
        f"Charge for {name}, or cap it in the contract.",
        f"{format_money(cost, currency)} of it at {listed} stands against a loss of "
        f"{format_money(lost, currency)}{unpaid}; without it they would leave "
        f"{format_money(cost - lost, currency)}.",
    )


def _unpaid(profit: AccountProfit, accounts: pd.Index) -> str:
    """Say that nothing is charged for it, where charges are known to be none."""
    if "charges" not in profit.table:
        return ""
    charged = profit.table.loc[accounts, "charges"].sum()
    return ", and nothing is charged for it" if charged == 0 else ""


def _listed(names: list[str]) -> str:
    parts = (", ".join(names[:-1]), names[-1])
    return " and ".join(part for part in parts if part)


def pattern_sentence(
    profit: AccountProfit, currency: str = "", of: str = "accounts"
) -> str:
    """Say what many small losses have in common, where none is large enough to name.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.
    currency : str
        Code of the currency.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str
        Empty if nobody loses money, or the cost of the time they take is not known.

    Examples
    --------
    >>> from kamlab.value.cost_to_serve import capacity_rates, cost_to_serve
    >>> costs = {"pool": ["desk"], "cost": [600.0], "capacity_minutes": [600.0]}
    >>> work = pd.DataFrame({"account_id": ["A", "B"], "activity": "call",
    ...     "pool": "desk", "minutes": [60.0, 120.0]})
    >>> served = cost_to_serve(work, capacity_rates(pd.DataFrame(costs)))
    >>> table = pd.DataFrame({"margin": [90.0, 80.0], "contribution": [30.0, -40.0],
    ...     "minutes": [60.0, 120.0]}, index=["A", "B"])
    >>> from datetime import date
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "contribution", served=served)
    >>> print(pattern_sentence(profit, "EUR"))
    1 of 2 accounts (50.0 %) loses money, EUR 40 in all. The average one brings EUR 80
    margin and takes 2.0 hours, which cost EUR 120, all of it visits, calls and
    meetings.
    """
    losing = profit.table[profit.table["contribution"] < 0]
    if losing.empty or profit.served is None:
        return ""
    known = profit.contribution.notna().sum()
    lose = "loses" if len(losing) == 1 else "lose"
    work = work_by_cause(profit.served.by_activity)
    costs = work.reindex(losing.index, fill_value=0.0).mean()
    hours = losing["minutes"].mean() / _HOUR
    return (
        f"{format_count(len(losing))} of {format_count(known)} {of} "
        f"({format_share(len(losing) / known)}) {lose} money, "
        f"{format_money(-losing['contribution'].sum(), currency)} in all. The average "
        f"one brings {format_money(losing['margin'].mean(), currency)} margin and "
        f"takes {hours:.1f} hours, which cost {format_money(costs.sum(), currency)}"
        f"{_mostly(costs)}."
    )


def _mostly(costs: pd.Series) -> str:
    if not costs.sum() > 0:
        return ""
    share = costs.max() / costs.sum()
    part = "all" if share > 1 - 1e-9 else format_share(share, 0)
    return f", {part} of it {cause_name(str(costs.idxmax()))}"


def large_loss_sentence(
    profit: AccountProfit,
    names: Mapping[object, str] | None = None,
    currency: str = "",
) -> str:
    """Name the largest account by revenue that loses money, and say what on.

    Losses below a hundredth of all losses are too small to be named.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty if no account with revenue loses that much.

    Examples
    --------
    >>> from datetime import date
    >>> table = pd.DataFrame({"revenue": [900.0, 500.0], "margin": [300.0, 90.0],
    ...     "direct_costs": [-20.0, -30.0], "cost_to_serve": [-50.0, -80.0],
    ...     "contribution": [230.0, -20.0]}, index=["A", "B"])
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "contribution")
    >>> print(large_loss_sentence(profit, currency="EUR"))
    B is no. 2 by revenue (EUR 500) and costs EUR 20: its gross margin of EUR 90
    (18.0 %; all together 27.9 %) does not cover EUR 30 direct costs and EUR 80 cost to
    serve.
    """
    ranked = profit.table.sort_values("revenue", ascending=False, kind="stable")
    losses = -ranked["contribution"].clip(upper=0)
    is_large = (losses > 0) & (losses >= FLOOR * losses.sum())
    losing = ranked[is_large & (ranked["revenue"] > 0)]
    if losing.empty:
        return ""
    account, row = losing.index[0], losing.iloc[0]
    known = ranked.dropna(subset="margin")
    together = known["margin"].sum() / known["revenue"].sum()
    opening = (
        f"{display_name(account, names)} is no. {ranked.index.get_loc(account) + 1} by "
        f"revenue ({format_money(row['revenue'], currency)}) and costs "
        f"{format_money(-row['contribution'], currency)}"
    )
    if row["margin"] <= 0:
        return f"{opening}: even its goods cost more than they bring."
    return (
        f"{opening}: its gross margin of {format_money(row['margin'], currency)} "
        f"({format_share(row['margin'] / row['revenue'])}; all together "
        f"{format_share(together)}) does not cover {_costs(row, currency)}"
        f"{_mostly_work(profit, account)}."
    )


def _costs(row: pd.Series, currency: str) -> str:
    """Say what an account costs beyond its goods; what is not known stands as 0."""
    names = {"direct_costs": "direct costs", "cost_to_serve": "cost to serve"}
    return " and ".join(
        f"{format_money(-row[column], currency)} {name}"
        for column, name in names.items()
        if row[column]
    )


def _mostly_work(profit: AccountProfit, account: object) -> str:
    """Say which activities make most of an account's cost to serve."""
    if profit.served is None or account not in profit.served.by_activity.index:
        return ""
    work = work_by_cause(profit.served.by_activity).loc[account]
    if work.sum() <= 0:
        return ""
    share = format_share(work.max() / work.sum(), 0)
    return f", {share} of the latter for {cause_name(str(work.idxmax()))}"

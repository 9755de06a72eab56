"""What profit by account amounts to, in sentences written from the numbers.

Each says what may be concluded; those about time and capacity say what may not.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from kamlab.style.formats import (
    format_count,
    format_days,
    format_money,
    format_points,
    format_share,
)
from kamlab.value.concentration_words import counted
from kamlab.value.profit_assembly import BASES
from kamlab.value.profit_steps import step_name
from kamlab.value.profitability import AccountProfit, totals_by_window

_Names = Mapping[object, str] | None

#: Changes of less than this a year are called standing still.
_STILL = 0.01


def profit_sentence(
    profit: AccountProfit, currency: str = "", of: str = "accounts"
) -> str:
    """Say what all accounts leave together, and how many leave less than nothing.

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

    Examples
    --------
    >>> table = pd.DataFrame({"revenue": [90.0, 10.0], "contribution": [30.0, -5.0]})
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "contribution")
    >>> print(profit_sentence(profit, "EUR"))
    2 accounts left EUR 25 contribution, 25.0 % of EUR 100 net revenue. 1 of them costs
    more than it brings: −EUR 5 in all.
    """
    known = profit.table.dropna(subset="contribution")
    total, revenue = known["contribution"].sum(), known["revenue"].sum()
    margin = f", {format_share(total / revenue)} of" if revenue > 0 else ", from"
    sentences = [
        f"{counted(len(known), of)} left {format_money(total, currency)} "
        f"{profit.basis}{margin} {format_money(revenue, currency)} net revenue.",
        _losses(known["contribution"], profit.basis, currency),
        _unknown_costs(profit.table, currency, of),
    ]
    return " ".join(filter(None, sentences))


def _losses(contribution: pd.Series, basis: str, currency: str) -> str:
    lost = contribution[contribution < 0]
    if basis != BASES[0]:  # whoever pays for its goods may still cost money
        return _negative(lost, basis, currency)
    if lost.empty:
        return "None of them costs more than it brings."
    verb, brings = ("costs", "it brings") if len(lost) == 1 else ("cost", "they bring")
    return (
        f"{format_count(len(lost))} of them {verb} more than {brings}: "
        f"{format_money(lost.sum(), currency)} in all."
    )


def _negative(lost: pd.Series, basis: str, currency: str) -> str:
    if lost.empty:
        return f"None of them has a negative {basis}."
    have = "has" if len(lost) == 1 else "have"
    return (
        f"{format_count(len(lost))} of them {have} a negative {basis}: "
        f"{format_money(lost.sum(), currency)} in all."
    )


def _unknown_costs(table: pd.DataFrame, currency: str, of: str) -> str:
    unknown = table[table["contribution"].isna()]
    if unknown.empty:
        return ""
    revenue = format_money(unknown["revenue"].sum(), currency)
    return (
        f"Left out: {counted(len(unknown), of)} with {revenue} net revenue, of whose "
        "purchases some have no cost of goods."
    )


def granted_sentence(profit: AccountProfit, currency: str = "") -> str:
    """Say how much of the list price is granted, on the invoice and after it.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    Examples
    --------
    >>> columns = ["list_revenue", "discounts", "returns", "credits", "rebates"]
    >>> table = pd.DataFrame([[200.0, -60.0, -4.0, -1.0, -5.0]], columns=columns)
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "contribution")
    >>> print(granted_sentence(profit, "EUR"))
    Of EUR 200 at list price, EUR 60 (30.0 %) is granted on the invoice; returns,
    credits and rebates take EUR 10 (5.0 %) more.
    >>> print(granted_sentence(AccountProfit(table.iloc[:, 2:], day, day, "")))
    Discounts cannot be told: the data have no list prices.
    """
    sums = profit.table.sum()
    if "list_revenue" not in sums or not sums["list_revenue"] > 0:
        return "Discounts cannot be told: the data have no list prices."
    listed = sums["list_revenue"]
    return (
        f"Of {format_money(listed, currency)} at list price, "
        f"{format_money(-sums['discounts'], currency)} "
        f"({format_share(-sums['discounts'] / listed)}) is granted on the invoice"
        f"{_taken_later(sums, currency)}."
    )


def _taken_later(sums: pd.Series, currency: str) -> str:
    """Say what is taken after the invoice, and name nothing that is not there."""
    steps = [each for each in ("returns", "credits", "rebates") if sums[each]]
    if not steps:
        return ""
    later = -sums[steps].sum()
    named = " and ".join(filter(None, [", ".join(steps[:-1]), steps[-1]]))
    return (
        f"; {named} take {format_money(later, currency)} "
        f"({format_share(later / sums['list_revenue'])}) more"
    )


def how_well_known_sentence(profit: AccountProfit) -> str:
    """Say how far the figures reach and what in them is assumed rather than recorded.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.

    Returns
    -------
    str

    Examples
    --------
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(pd.DataFrame(), day, day, "gross margin")
    >>> print(how_well_known_sentence(profit))
    The figures end at the gross margin: direct costs and cost to serve are not known.
    An account that looks profitable here may not be.
    """
    if profit.served is None:
        lacking = "direct costs and cost to serve are"
        lacking = lacking if profit.direct is None else "cost to serve is"
        return (
            f"The figures end at the {profit.basis}: {lacking} not known"
            f"{_costs_too_late(profit.costs_from)}. An account that looks profitable "
            "here may not be."
        )
    sentences = [_recorded(profit.recorded)]
    if profit.direct is None:
        sentences.append("Direct costs such as freight are not known.")
    if profit.contacts_from is not None:
        sentences.append(_contacts_missing(profit.contacts_from))
    if profit.untimed:
        activities = ", ".join(step_name(each).lower() for each in profit.untimed)
        sentences.append(f"No standard minutes, and so no cost, for: {activities}.")
    if profit.days_carried:
        sentences.append(
            f"For {format_days(profit.days_carried)} costs of the pools are not booked "
            "yet; those of the period before are carried on."
        )
    return " ".join(sentences)


def _costs_too_late(begin: date | None) -> str:
    """Say since when the costs of the pools are known, if too late for the window."""
    if begin is None:
        return ""
    return (
        f", because the costs of the pools begin on {begin.day} {begin:%B %Y}, within "
        "the window"
    )


def _recorded(share: float) -> str:
    if pd.isna(share):
        return "The data hold no contacts: cost to serve is that of orders alone."
    if share == 1:
        return (
            "For all contacts somebody entered how long they took; for orders, where "
            "there are any, standard minutes stand in."
        )
    return (
        f"For {format_share(share)} of the contacts somebody entered how long they "
        "took; for the others, and for orders, standard minutes stand in, so small "
        "differences between accounts may come from the standards."
    )


def _contacts_missing(begin: date) -> str:
    return (
        f"Contacts are recorded from {begin.day} {begin:%B %Y} only: cost to serve "
        "before that day is too low, and the contribution too high."
    )


def years_sentence(profits: Mapping[object, AccountProfit], currency: str = "") -> str:
    """Say how revenue and profit moved over the windows that compare.

    Parameters
    ----------
    profits : mapping of object to AccountProfit
        From `kamlab.value.profitability.trailing_profits`, the earliest first.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Windows in which contacts were not recorded throughout are left out, and named.

    Examples
    --------
    >>> def year(number, revenue, contribution):
    ...     table = pd.DataFrame({"revenue": [revenue], "contribution": [contribution],
    ...         "contribution_rate": 1.0, "contribution_margin": 0.3})
    ...     return AccountProfit(table, date(number, 1, 1), date(number, 12, 31),
    ...         "contribution")
    >>> years = {2024: year(2024, 100.0, 30.0), 2025: year(2025, 105.0, 30.1)}
    >>> print(years_sentence(years, "EUR"))
    From 2024 to 2025 net revenue rose by 5.0 % a year, contribution stood still (+0.3 %
    a year): EUR 30 became EUR 30.10, and of each EUR 100 revenue EUR 28.67 is left
    instead of EUR 30 (−1.3 points).
    """
    alike = {n: p for n, p in profits.items() if p.contacts_from is None}
    if len(alike) < 2:
        return "Only one year is fully known, so there is no comparison."
    totals = totals_by_window(alike)
    first, last = totals.iloc[0], totals.iloc[-1]
    one, two = (alike[name] for name in (totals.index[0], totals.index[-1]))
    years = (two.end - one.end).days / 365.25
    hundred = [each["contribution_margin"] for each in (last, first)]
    sentence = (
        f"From {one.label} to {two.label} net revenue "
        f"{_moved(first['revenue'], last['revenue'], years)}, {two.basis} "
        f"{_moved(first['contribution'], last['contribution'], years)}: "
        f"{format_money(first['contribution'], currency)} became "
        f"{format_money(last['contribution'], currency)}, and of each "
        f"{format_money(100, currency)} revenue "
        f"{format_money(round(100 * hundred[0], 2), currency)} is left instead of "
        f"{format_money(round(100 * hundred[1], 2), currency)} "
        f"({format_points(hundred[0] - hundred[1])})."
    )
    left = [p.label for p in profits.values() if p.contacts_from is not None]
    why = "contacts were not recorded throughout"
    missed = f"Not compared: {', '.join(left)} ({why})." if left else ""
    unknown = _unknown_revenue((one, two), currency)
    return " ".join(filter(None, [sentence, unknown, missed]))


def _unknown_revenue(profits: Sequence[AccountProfit], currency: str) -> str:
    """Say how much revenue takes no part, because the cost of its goods is missing."""
    revenue = [
        float(each.table.loc[each.contribution.isna(), "revenue"].sum())
        for each in profits
    ]
    if not any(each.contribution.isna().any() for each in profits):
        return ""
    told = " and ".join(
        f"{format_money(amount, currency)} of {each.label}"
        for amount, each in zip(revenue, profits, strict=True)
    )
    return f"Left out: net revenue without known cost of goods, {told}."


def _moved(before: float, after: float, years: float) -> str:
    """Say by how much something grew a year."""
    if before <= 0 or after <= 0:
        return "changed its sign" if before * after < 0 else "cannot be compared"
    growth = (after / before) ** (1 / years) - 1
    if abs(growth) < _STILL:
        sign = "+" if growth >= 0 else ""
        return f"stood still ({sign}{format_share(growth)} a year)"
    return f"{'rose' if growth > 0 else 'fell'} by {format_share(abs(growth))} a year"

"""What a profit bridge amounts to, in sentences written from the numbers."""

from collections.abc import Mapping

import pandas as pd

from kamlab.style.formats import format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.concentration_words import counted
from kamlab.value.profit_bridge import ProfitBridge
from kamlab.value.profit_steps import step_name

#: Below this share of comparable prices, price and volume are hardly told apart.
_PRICED_ENOUGH = 0.5
_MOST_NAMED = 3
#: From this part of the discounts on, the account that got it is named.
_LARGE_PART = 0.25


def bridge_sentence(bridge: ProfitBridge, currency: str = "") -> str:
    """Say how profit changed, which steps gave and took most, and what the rest did.

    Parameters
    ----------
    bridge : ProfitBridge
        From `kamlab.value.profit_bridge.profit_bridge`.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.value.profitability import AccountProfit
    >>> def year(number, amount):
    ...     table = pd.DataFrame({"contribution": [amount]}, index=["A"])
    ...     day = date(number, 12, 31)
    ...     return AccountProfit(table, date(number, 1, 1), day, "contribution")
    >>> steps = pd.DataFrame({"volume": [9.0], "discounts": [-12.0]}, index=["A"])
    >>> bridge = ProfitBridge(year(2024, 50.0), year(2025, 47.0), steps)
    >>> print(bridge_sentence(bridge, "EUR"))
    From 2024 to 2025 contribution fell by EUR 3, from EUR 50 to EUR 47. Volume gave
    EUR 9. Discounts took EUR 12.
    """
    change = bridge.profit_after - bridge.profit_before
    moved = "rose" if change >= 0 else "fell"
    opening = (
        f"From {bridge.before.label} to {bridge.after.label} {bridge.after.basis} "
        f"{moved} by {format_money(abs(change), currency)}, from "
        f"{format_money(bridge.profit_before, currency)} to "
        f"{format_money(bridge.profit_after, currency)}."
    )
    steps = bridge.steps[bridge.steps.round(2) != 0]
    gave, took = _named(steps)
    parts = [_listed(gave, "gave", currency), _listed(took, "took", currency)]
    rest = _rest(steps.drop(gave.index.union(took.index)), currency)
    return " ".join(filter(None, [opening, *parts, rest]))


def _named(steps: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return what gave and what took most: so many that the rest is no large step."""
    gave = steps[steps > 0].sort_values(ascending=False)
    took = -steps[steps < 0].sort_values()
    named = gave.head(_MOST_NAMED).index.append(took.head(_MOST_NAMED).index)
    small = (took if len(took) else gave).head(_MOST_NAMED).min()
    others = steps.drop(named)
    for step in others.abs().sort_values(ascending=False, kind="stable").index:
        if abs(others.sum()) <= small:
            break
        others = others.drop(step)
    return tuple(each[~each.index.isin(others.index)] for each in (gave, took))


def _rest(steps: pd.Series, currency: str) -> str:
    """Say what all steps that are not named did, so that the sum closes."""
    if steps.empty:
        return ""
    verb = "gave" if steps.sum() >= 0 else "took"
    amount = format_money(abs(steps.sum()), currency)
    if len(steps) == 1:
        return f"{step_name(str(steps.index[0]))} {verb} {amount}."
    return f"All other steps together {verb} {amount}."


def _listed(steps: pd.Series, verb: str, currency: str) -> str:
    if steps.empty:
        return ""
    each = [
        f"{step_name(str(step)).lower()} {verb if not n else ''} ".replace("  ", " ")
        + format_money(amount, currency)
        for n, (step, amount) in enumerate(steps.items())
    ]
    text = ", ".join(each)
    return f"{text[0].upper()}{text[1:]}."


def price_list_sentence(
    bridge: ProfitBridge,
    currency: str = "",
    names: Mapping[object, str] | None = None,
) -> str:
    """Say how much of a change of the price list arrived, and how much was given back.

    Parameters
    ----------
    bridge : ProfitBridge
        From `kamlab.value.profit_bridge.profit_bridge`.
    currency : str
        Code of the currency.
    names : mapping or Series, optional
        Name by account: whoever got a large part of the discounts is named.

    Returns
    -------
    str
        Empty without list prices, or if they did not rise.

    Examples
    --------
    >>> steps = {"list_prices": [100.0], "discounts": [-60.0], "cost_of_goods": [-55.0]}
    >>> bridge = ProfitBridge(None, None, pd.DataFrame(steps))
    >>> print(price_list_sentence(bridge, "EUR"))
    Higher list prices were to bring EUR 100; higher discounts gave back EUR 60
    (60.0 %), all of it to 0. The EUR 40 that arrived does not cover EUR 55 for dearer
    goods.
    """
    steps = bridge.steps
    listed = steps.get("list_prices", 0.0)
    if not listed > 0:
        return ""
    given, dearer = -steps["discounts"], -steps["cost_of_goods"]
    if given <= 0:
        text = "discounts gave nothing of it back."
    else:
        text = (
            f"higher discounts gave back {format_money(given, currency)} "
            f"({format_share(given / listed)}){_mostly_to(bridge, names)}."
        )
    sentence = (
        f"Higher list prices were to bring {format_money(listed, currency)}"
        f"{_compared(bridge)}; {text}"
    )
    if dearer <= 0:
        return sentence
    left = listed - given
    if left <= 0:
        return f"{sentence} Nothing arrived to pay for dearer goods."
    covers = "covers" if left >= dearer else "does not cover"
    return (
        f"{sentence} The {format_money(left, currency)} that arrived {covers} "
        f"{format_money(dearer, currency)} for dearer goods."
    )


def _mostly_to(bridge: ProfitBridge, names: Mapping[object, str] | None) -> str:
    """Name the account that got a large part of what discounts gave back."""
    given = -bridge.by_account["discounts"]
    share = given.max() / given.sum()
    if share < _LARGE_PART:
        return ""
    who = display_name(given.idxmax(), names)
    if (given > 0).sum() == 1:
        return f", all of it to {who}"
    return f", {format_share(share, 0)} of it to {who}"


def _compared(bridge: ProfitBridge) -> str:
    if pd.isna(bridge.priced):
        return ""
    return f" on the {format_share(bridge.priced)} of goods whose price can be compared"


def accounts_sentence(
    bridge: ProfitBridge,
    step: str,
    names: Mapping[object, str] | None = None,
    currency: str = "",
) -> str:
    """Name the accounts in which most of one step came about.

    Parameters
    ----------
    bridge : ProfitBridge
        From `kamlab.value.profit_bridge.profit_bridge`.
    step : str
        One of its steps.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty if the step did nothing.

    Examples
    --------
    >>> steps = pd.DataFrame({"discounts": [-60.0, -30.0, 10.0]}, index=["A", "B", "C"])
    >>> print(accounts_sentence(ProfitBridge(None, None, steps), "discounts"))
    Discounts (−80 in all): A −60, B −30; 1 account moved the other way.
    """
    amounts = bridge.by_account[step]
    total = amounts.sum()
    same = amounts[amounts * total > 0]
    if same.empty:
        return ""
    largest = same.reindex(same.abs().sort_values(ascending=False).index)
    each = [
        f"{display_name(account, names)} {format_money(amount, currency)}"
        for account, amount in largest.head(_MOST_NAMED).items()
    ]
    against = int((amounts * total < 0).sum())
    other = f"; {counted(against, 'accounts')} moved the other way" if against else ""
    return (
        f"{step_name(step)} ({format_money(total, currency)} in all): "
        f"{', '.join(each)}{other}."
    )


def comparable_sentence(bridge: ProfitBridge) -> str:
    """Say what keeps the two periods of a bridge from comparing, if anything does.

    Parameters
    ----------
    bridge : ProfitBridge
        From `kamlab.value.profit_bridge.profit_bridge`.

    Returns
    -------
    str

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.value.profitability import AccountProfit
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(pd.DataFrame(), day, day, "contribution")
    >>> steps = pd.DataFrame({"volume": [1.0]})
    >>> print(comparable_sentence(ProfitBridge(profit, profit, steps, (), 0.656)))
    65.6 % of the goods have a price of the period before to compare with; what changed
    in the others stands in volume, mix or new accounts. A bridge says what changed, not
    who caused it.
    """
    sentences = [
        f"{format_share(bridge.priced)} of the goods have a price of the period before "
        "to compare with; what changed in the others stands in volume, mix or new "
        "accounts."
    ]
    if bridge.priced < _PRICED_ENOUGH:
        sentences.append("That is too little to tell price from volume.")
    begin = bridge.before.contacts_from
    if begin is not None:
        sentences.append(
            f"Contacts are recorded from {begin.day} {begin:%B %Y} only: the step "
            "time to serve shows better records, not more work."
        )
    if bridge.left_out:
        who = counted(len(bridge.left_out), "accounts")
        are = "is" if len(bridge.left_out) == 1 else "are"
        sentences.append(f"{who} {are} left out for want of cost of goods.")
    sentences.append("A bridge says what changed, not who caused it.")
    return " ".join(sentences)

"""What a revenue bridge amounts to, in sentences written from the numbers."""

from collections.abc import Mapping

import pandas as pd

from kamlab.language import _, plural
from kamlab.style.formats import format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.revenue_bridge import RevenueBridge

_Names = Mapping[object, str] | None
#: Steps named in the sentences: so many that gave, and so many that took, most.
_MOST_NAMED = 2
#: Below this share of comparable prices, a reader is told.
_PRICED_ENOUGH = 0.5
_CENT = 0.005


def step_of_revenue(step: str, bridge: RevenueBridge) -> str:
    """Return what a total or a step of a revenue bridge is called in print.

    Parameters
    ----------
    step : str
        Such as "then", "volume_and_mix" or "now".
    bridge : RevenueBridge
        Its periods name the totals.

    Returns
    -------
    str
        In the current language.

    Examples
    --------
    >>> step_of_revenue("volume_and_mix", RevenueBridge(None, None, None, None))
    'Volume and mix'
    """
    if step in ("then", "now"):
        return str(getattr(bridge, step).label)
    names = {
        "lost": _("Lost"),
        "shrunk": _("Shrunk"),
        "price": _("Price"),
        "volume_and_mix": _("Volume and mix"),
        "currency": _("Currency"),
        "grown": _("Grown"),
        "new": _("New"),
    }
    return names[step]


def bridge_words(
    bridge: RevenueBridge,
    names: _Names = None,
    currency: str = "",
    ended: pd.Series | None = None,
) -> str:
    """Say how net revenue changed, which steps took and gave most, and through whom.

    Parameters
    ----------
    bridge : RevenueBridge
        From `kamlab.value.revenue_bridge.revenue_bridge`.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.
    ended : Series of datetime, optional
        Whose project has ended, from `kamlab.value.finished_projects`: what they no
        longer buy is no loss to anybody.

    Returns
    -------
    str
        In the current language.

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.fiscal import Period
    >>> then = Period("2024", date(2024, 1, 1), date(2024, 12, 31))
    >>> now = Period("2025", date(2025, 1, 1), date(2025, 12, 31))
    >>> table = pd.DataFrame({"then": [90.0, 20], "lost": [0.0, -20],
    ...     "price": [-3.0, 0], "now": [87.0, 0]}, index=["A", "B"])
    >>> status = pd.Series({"A": "continuing", "B": "lost"})
    >>> bridge = RevenueBridge(now, then, table, status)
    >>> print(bridge_words(bridge, {"B": "Berg"}, "EUR"))
    Net revenue of 2025 is EUR 87, EUR 23 (20.9 %) less than in 2024. 1 lost account
    took EUR 20: Berg. Prices took EUR 3; the largest fall is at A (−EUR 3).
    """
    steps = bridge.steps.drop(["then", "now"])
    took = steps[steps < -_CENT].sort_values().index[:_MOST_NAMED]
    gave = steps[steps > _CENT].sort_values(ascending=False).index[:_MOST_NAMED]
    told = step_sentences(bridge, names, currency)
    parts = [told[step] for step in [*took, *gave]]
    if "lost" in took and ended is not None:
        parts.insert(1 + list(took).index("lost"), _projects(bridge, names, ended))
    opening = bridge_opening(bridge, currency)
    return " ".join(filter(None, [opening, *parts, missing_words(bridge)]))


def bridge_opening(bridge: RevenueBridge, currency: str = "") -> str:
    """Say what net revenue is, and by how much that is more or less than before.

    Parameters
    ----------
    bridge : RevenueBridge
        From `kamlab.value.revenue_bridge.revenue_bridge`.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        In the current language.

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.fiscal import Period
    >>> days = Period("2025Q4", date(2025, 10, 1), date(2025, 12, 31))
    >>> table = pd.DataFrame({"then": [80.0], "now": [90.0]})
    >>> bridge_opening(RevenueBridge(days, days, table, None), "EUR")
    'Net revenue of 2025Q4 is EUR 90, EUR 10 (12.5 %) more than in 2025Q4.'
    """
    then, now = bridge.steps["then"], bridge.steps["now"]
    values = {
        "now": bridge.now.label,
        "then": bridge.then.label,
        "amount": format_money(now, currency),
        "change": format_money(abs(bridge.change), currency),
        "share": format_share(abs(bridge.change) / then) if then > 0 else "",
    }
    if abs(bridge.change) < _CENT:
        text = _("Net revenue of {now} is {amount}, as much as in {then}.")
    elif then <= 0:
        text = _("Net revenue of {now} is {amount}; {then} had none.")
    elif bridge.change > 0:
        text = _(
            "Net revenue of {now} is {amount}, {change} ({share}) more than in {then}."
        )
    else:
        text = _(
            "Net revenue of {now} is {amount}, {change} ({share}) less than in {then}."
        )
    return text.format(**values)


def step_sentences(
    bridge: RevenueBridge, names: _Names = None, currency: str = ""
) -> dict[str, str]:
    """Say of every step what it took or gave, and at which account most.

    Parameters
    ----------
    bridge : RevenueBridge
        From `kamlab.value.revenue_bridge.revenue_bridge`.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    dict of str to str
        One sentence a step, in the current language; steps of 0 are left out.

    Examples
    --------
    >>> table = pd.DataFrame({"then": [9.0], "new": [0.5], "now": [9.5]}, ["A"])
    >>> step_sentences(RevenueBridge(None, None, table, None), currency="EUR")
    {'new': '1 new account brought EUR 0.50: A.'}
    """
    steps = bridge.steps.drop(["then", "now"])
    sentences = {}
    for step, amount in steps[steps.abs() > _CENT].items():
        parts = bridge.by_account[step]
        most = parts.idxmax() if amount > 0 else parts.idxmin()
        text = _step_message(str(step), amount > 0, int(bridge.counts[step]))
        sentences[str(step)] = text.format(
            amount=format_money(abs(amount), currency),
            account=display_name(most, names),
            part=format_money(parts[most], currency),
        )
    return sentences


def missing_words(bridge: RevenueBridge) -> str:
    """Say which steps are absent for want of data, and how far prices compare.

    Parameters
    ----------
    bridge : RevenueBridge
        From `kamlab.value.revenue_bridge.revenue_bridge`.

    Returns
    -------
    str
        In the current language; empty if nothing is missing.

    Examples
    --------
    >>> missing_words(RevenueBridge(None, None, None, None, priced=0.4))
    'Prices compare for 40.0 % of the goods: the others were not bought in both
    periods.'
    """
    told = []
    if any(each in bridge.missing for each in ("orders.product_id", "orders.quantity")):
        text = _("Without products and quantities, prices stand in volume and mix.")
        told.append(text)
    elif bridge.priced < _PRICED_ENOUGH:
        text = _(
            "Prices compare for {share} of the goods: the others were not bought in "
            "both periods."
        )
        told.append(text.format(share=format_share(bridge.priced)))
    if "orders.net_amount_original" in bridge.missing:
        told.append(
            _(
                "Without the amounts in their own currency, the effect of rates of "
                "exchange is not told apart."
            )
        )
    return " ".join(told)


def _projects(bridge: RevenueBridge, names: _Names, ended: pd.Series) -> str:
    """Say how much of what lost accounts took belongs to projects that have ended."""
    lost = bridge.by_account["lost"]
    known = lost[(lost < -_CENT) & lost.index.isin(ended.index)].sort_values()
    return " ".join(
        _("The project of {account} ended on {day}: no repeat was due.").format(
            account=display_name(account, names), day=f"{ended[account]:%Y-%m-%d}"
        )
        for account in known.index
    )


def _step_message(step: str, gave: bool, count: int) -> str:
    """Return the sentence of a step with places for amount, account and its part."""
    if step in ("price", "currency", "volume_and_mix"):
        return _of_all(step, gave)
    if step == "lost":
        return _of_lost(gave, count)
    if step == "new":
        return _of_new(gave, count)
    if step == "shrunk":
        return plural(
            "{n} account that buys markedly less took {amount}: {account}.",
            "{n} accounts that buy markedly less took {amount}; the largest is "
            "{account} ({part}).",
            count,
        )
    return plural(
        "{n} account that buys markedly more brought {amount}: {account}.",
        "{n} accounts that buy markedly more brought {amount}; the largest is "
        "{account} ({part}).",
        count,
    )


def _of_lost(gave: bool, count: int) -> str:
    if gave:  # more came back from them than they bought
        return _("Lost accounts, with more returns than purchases, brought {amount}.")
    return plural(
        "{n} lost account took {amount}: {account}.",
        "{n} lost accounts took {amount}; the largest is {account} ({part}).",
        count,
    )


def _of_new(gave: bool, count: int) -> str:
    if not gave:
        return _("New accounts, with more returns than purchases, took {amount}.")
    return plural(
        "{n} new account brought {amount}: {account}.",
        "{n} new accounts brought {amount}; the largest is {account} ({part}).",
        count,
    )


def _of_all(step: str, gave: bool) -> str:
    """Return the sentence of a step in which nearly every account takes part."""
    messages = {
        "price": (
            _("Prices took {amount}; the largest fall is at {account} ({part})."),
            _("Prices brought {amount}; the largest rise is at {account} ({part})."),
        ),
        "currency": (
            _("Rates of exchange took {amount}."),
            _("Rates of exchange brought {amount}."),
        ),
        "volume_and_mix": (
            _("Volume and mix of all other accounts took {amount}."),
            _("Volume and mix of all other accounts brought {amount}."),
        ),
    }
    return messages[step][gave]

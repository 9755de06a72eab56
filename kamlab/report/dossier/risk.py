"""Whether an account may be leaving: by its own rhythm first, by a model second.

The watch list holds an account against its own gaps and knows the events that explain
a silence. The purchase model behind the forecasts is one for all accounts and knows no
events: where the two differ, the account's own rhythm leads, and the model's number is
told with its reason, or not at all.
"""

import pandas as pd

from kamlab.churn.watch_words import watch_reason
from kamlab.language import _, plural
from kamlab.report.dossier.facts import Fact
from kamlab.report.dossier.numbers import Dossier
from kamlab.style.formats import format_share

#: Below this probability of still being a customer the model doubts an account.
_DOUBT = 0.5

#: What would round to 0 or 100 % is told as under 1 or over 99 %.
_CERTAIN = 0.005


def risk(dossier: Dossier) -> list[Fact]:
    """Say in words whether the account may be leaving; never for the customer.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Fact

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo", as_of="2025-06-30") as portfolio:
    ...     risk(Dossier(portfolio, "Nordkai"))[0].now
    'not on the watch list: a known event explains why it does not order; the figures
    ahead do not know of it'
    """
    rhythm = dossier.rhythm
    if dossier.alerts:
        told = _watched(dossier)
    elif rhythm is not None and rhythm["verdict"] == "excused":
        return [Fact(_("Risk"), _excused(str(rhythm["reason"])))]
    else:
        told = _("not on the watch list")
    alive = still_customer(dossier)
    if alive is None:
        return [Fact(_("Risk"), told)]
    return [Fact(_("Risk"), _with_model(told, alive, dossier))]


def still_customer(dossier: Dossier) -> float | None:
    """Return how likely the account still is a customer, by the purchase model.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    float or None
        None where the model was not asked, as under a contract.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     still_customer(Dossier(portfolio, "Kovostav")) is None
    True
    """
    accounts = dossier.worth.accounts
    if dossier.key not in accounts.index:
        return None
    own = accounts.loc[dossier.key]
    known = own["basis"] == "repeat orders" and pd.notna(own["alive"])
    return float(own["alive"]) if known else None


def _watched(dossier: Dossier) -> str:
    first = dossier.alerts[0]
    told = (
        _("clear evidence: {why}")
        if first["evidence"] == "clear"
        else _("faint evidence: {why}")
    )
    return told.format(why=watch_reason(first).rstrip("."))


def _excused(reason: str) -> str:
    """Say what explains that an account does not order."""
    if reason == "finished_project":
        return _("none: its project is finished, no repeat is due")
    if reason == "merged":
        return _("none: it orders under another number")
    told = (
        _("not on the watch list: a known shutdown explains why it does not order")
        if reason == "shutdown"
        else _("not on the watch list: a known event explains why it does not order")
    )
    return _("{risk}; the figures ahead do not know of it").format(risk=told)


def _with_model(told: str, alive: float, dossier: Dossier) -> str:
    """Add what the model says, and why where that is another thing."""
    share = _rounded(alive)
    if dossier.alerts:
        words = _("{risk}; still a customer by the rhythm of all accounts: {share}")
        return words.format(risk=told, share=share)
    rhythm = dossier.rhythm
    if alive >= _DOUBT or rhythm is None or rhythm["verdict"] != "usual":
        return _("{risk}; still a customer: {share}").format(risk=told, share=share)
    days = plural("{n} day", "{n} days", round(float(rhythm["limit"])))
    return _(
        "{risk}: it stays within its own rhythm of up to {days} between orders; by "
        "that of all accounts still a customer: {share}"
    ).format(risk=told, days=days, share=share)


def _rounded(probability: float) -> str:
    """Return a probability in per cent; no estimate is certain."""
    if probability >= 1 - _CERTAIN:
        return _("over {share}").format(share=format_share(1 - 2 * _CERTAIN, 0))
    if probability < _CERTAIN:
        return _("under {share}").format(share=format_share(2 * _CERTAIN, 0))
    return format_share(probability, 0)

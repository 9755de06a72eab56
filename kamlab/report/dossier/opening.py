"""The sentence of a dossier, and its light with the reason in words."""

import pandas as pd

from kamlab.language import _, plural
from kamlab.report.dossier.agreements import contract, open_offers
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.registry import matters
from kamlab.style.formats import format_day, format_money

#: An event of the account explains its figures for so long.
_REMEMBERED = pd.DateOffset(months=12)


def sentence(dossier: Dossier) -> str:
    """Say what the matter is with the account, and what the next step.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    str
        In the current language; also where nothing is the matter.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(sentence(Dossier(portfolio, "Marwitz")))
    Contract ends 30 Apr 2026, notice by 30 Jan 2026; prices: 3 % lower every year; the
    same goods cost 3.0 % less than a year ago (EUR 320 k). Next: settle the next
    contract by 30 Jan 2026.
    """
    first = next(iter(matters(dossier)), None)
    if first is not None and (first.colour or not dossier.is_internal):
        return f"{first.what} {_next(first.step)}"
    if dossier.is_short:
        return too_little(dossier)
    step = first.step if first is not None else _calm_step(dossier)
    if not dossier.is_internal:
        return _next(step) or _("Nothing is open between us.")
    calm = _("No alarm: {reason}.").format(reason=calm_reason(dossier))
    return f"{calm} {_next(step)}".strip()


def light(dossier: Dossier) -> str:
    """Return the light with its reason in words; never for the customer.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    str
        "" for the customer.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(light(Dossier(portfolio, "Kovostav")))
    ● red: buys fewer gearboxes
    """
    if not dossier.is_internal:
        return ""
    alarms = [each for each in matters(dossier) if each.colour]
    if dossier.is_short and not alarms:
        return _("○ no light: too little to judge")
    if not alarms:
        return _("○ green: {reason}").format(reason=calm_reason(dossier))
    told = _("● red: {reason}") if alarms[0].colour == "red" else _("◐ amber: {reason}")
    return told.format(reason=_("; ").join(each.short for each in alarms[:2]))


def too_little(dossier: Dossier) -> str:
    """Say that an account is not judged, and on how few orders.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; of a short one.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(too_little(Dossier(portfolio, "A10101")))
    Too little to judge: 4 order days, the first on 24 Mar 2022.
    """
    days = dossier.order_days
    if days.empty:
        return _("Too little to judge: no order yet.")
    counted = (
        plural("{n} month with orders", "{n} months with orders", len(days))
        if dossier.portfolio.grain == "month"
        else plural("{n} order day", "{n} order days", len(days))
    )
    return _("Too little to judge: {days}, the first on {first}.").format(
        days=counted, first=format_day(days.iloc[0])
    )


def calm_reason(dossier: Dossier) -> str:
    """Say why there is no alarm: what is known of the account, or that all is usual.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    str
        Half a sentence, without its stop; for our own page alone.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(calm_reason(Dossier(portfolio, "Seilwerk")))
    its project is finished; the last order came on 15 Nov 2024
    """
    rhythm = dossier.rhythm
    if rhythm is not None and rhythm["reason"] == "finished_project":
        return _("its project is finished; the last order came on {day}").format(
            day=format_day(rhythm["last_order"])
        )
    recent = dossier.events[_is_recent(dossier)]
    if len(recent) and isinstance(recent["text"].iloc[-1], str):
        text = recent["text"].iloc[-1].rstrip(".")
        told = (
            _("it orders as usual, after the event of {day}: {text}")
            if _is_behind(recent["end_date"].iloc[-1], dossier)
            else _("known event of {day}: {text}")
        )
        return told.format(day=format_day(recent["date"].iloc[-1]), text=text)
    if rhythm is None:  # months do not tell whether it is silent
        return _("nothing stands out")
    return _("it orders as usual")


def _is_recent(dossier: Dossier) -> pd.Series:
    """Tell which events began, or ended, within twelve months."""
    since = dossier.day - _REMEMBERED
    ended = pd.to_datetime(dossier.events["end_date"])
    return ended.fillna(pd.to_datetime(dossier.events["date"])) > since


def _is_behind(ended: object, dossier: Dossier) -> bool:
    """Tell whether an event is over, and the account has ordered since as ever."""
    rhythm = dossier.rhythm
    if rhythm is None or pd.isna(ended):
        return False
    return rhythm["verdict"] != "silent" and rhythm["last_order"] > pd.Timestamp(ended)


def _calm_step(dossier: Dossier) -> str:
    """Return what to do where nothing is urgent: an offer, the contract, or nothing."""
    offers = open_offers(dossier)
    if len(offers):
        money = format_money(float(offers["amount"].iloc[0]), dossier.currency)
        day = format_day(offers["quotation_on"].iloc[0])
        return _("Follow up the offer of {day} ({money}).").format(day=day, money=money)
    found = contract(dossier)
    if found is not None and not found.settled:
        return _("Prepare the next contract; this one {ends}.").format(
            ends=found.words(dossier.day)
        )
    return ""


def _next(step: str) -> str:
    """Say what the next step is; "" where there is none."""
    if not step:
        return ""
    return _("Next: {step}").format(step=step[:1].lower() + step[1:])

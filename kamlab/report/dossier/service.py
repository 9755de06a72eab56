"""How an account was served: deliveries, complaints, promises.

Glossary
--------
on time in full (准时足量交付)
    An order of which every line that was promised for a day arrived by that day. What
    is still on its way counts once its day has passed.
promise
    Something a colleague promised in a contact, with a day.
"""

from dataclasses import dataclass

import pandas as pd

from kamlab.fiscal import Period
from kamlab.language import _, plural
from kamlab.report.dossier.facts import Fact
from kamlab.report.dossier.numbers import Dossier
from kamlab.style.formats import format_count, format_share


def on_time_in_full(dossier: Dossier, period: Period) -> tuple[float, int]:
    """Return the share of orders on time in full, and of how many orders.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.
    period : Period
        Orders promised for these days count.

    Returns
    -------
    share : float
        0–1; NaN without such orders.
    n : int
        Orders.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     dossier = Dossier(portfolio, "A10284")
    ...     share, n = on_time_in_full(dossier, dossier.year)
    >>> 0 < share <= 1 and n > 20
    True
    """
    lines = dossier.lines[dossier.lines["is_purchase"]]
    promised = dossier.between(lines, "promised_date", period)
    orders = _in_time(promised).groupby(promised["order_id"]).all()
    return float(orders.mean()) if len(orders) else float("nan"), len(orders)


def lines_on_time(dossier: Dossier, period: Period) -> tuple[float, int]:
    """Return the share of order lines on time, and of how many lines.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.
    period : Period
        Lines promised for these days count.

    Returns
    -------
    share : float
        0–1; NaN without such lines.
    n : int
        Lines.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     dossier = Dossier(portfolio, "A10284")
    ...     lines, _ = lines_on_time(dossier, dossier.year)
    ...     orders, _ = on_time_in_full(dossier, dossier.year)
    >>> lines > orders
    True
    """
    lines = dossier.lines[dossier.lines["is_purchase"]]
    in_time = _in_time(dossier.between(lines, "promised_date", period))
    return float(in_time.mean()) if len(in_time) else float("nan"), len(in_time)


def deliveries(dossier: Dossier) -> list[Fact]:
    """Say how many orders came on time in full.

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
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     deliveries(Dossier(portfolio, "A10284"))[0].what
    'Orders on time in full'
    """
    now = _punctual(dossier, dossier.year)
    before = _punctual(dossier, dossier.year_before)
    if not (now or before):
        return []
    facts = [Fact(_("Orders on time in full"), now, before)]
    if (
        lines_on_time(dossier, dossier.year)[1]
        > on_time_in_full(dossier, dossier.year)[1]
    ):
        lines = (
            _by_line(dossier, each) for each in (dossier.year, dossier.year_before)
        )
        facts.append(Fact(_("Order lines on time"), *lines))
    return facts


def complaints(dossier: Dossier) -> list[Fact]:
    """Say how often the account complained, as far as contacts tell.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Fact
        Empty without the topic of contacts.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     complaints(Dossier(portfolio, "A10284"))[0].what
    'Contacts about a complaint'
    """
    found = complained(dossier)
    now, before = (
        "" if each is None else format_count(len(dossier.between(found, "date", each)))
        for each in (dossier.year, dossier.year_before)
    )
    return [Fact(_("Contacts about a complaint"), now, before)]


def complained(dossier: Dossier) -> pd.DataFrame:
    """Return the contacts that were about a complaint.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     set(complained(Dossier(portfolio, "A10284"))["topic"])
    {'complaint'}
    """
    contacts = dossier.contacts
    if "topic" not in contacts:
        return contacts.iloc[:0]
    return contacts[contacts["topic"] == "complaint"]


@dataclass(frozen=True)
class Promises:
    """What was promised to an account within a year: kept, still open, and late.

    Examples
    --------
    >>> Promises(7, 1, pd.DataFrame()).kept
    7
    """

    kept: int
    open: int
    late: pd.DataFrame


def promises(dossier: Dossier) -> Promises:
    """Return the promises that were due in the last twelve months, or are yet to come.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its contacts tell promises.

    Returns
    -------
    Promises
        ``late`` holds the contacts whose promise is overdue, the oldest first.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     promises(Dossier(portfolio, "A10284")).kept > 0
    True
    """
    names = ["date", "promised_action", "promised_due", "promised_done"]
    table = dossier.contacts.reindex(columns=names)
    table[names[2:]] = table[names[2:]].apply(pd.to_datetime)
    recent = table[table["promised_due"] >= pd.Timestamp(dossier.year.start)]
    waits = recent[recent["promised_done"].isna()]
    late = waits[waits["promised_due"] < dossier.day].sort_values("promised_due")
    kept = len(recent) - len(waits)
    return Promises(kept, len(waits) - len(late), late.reset_index(drop=True))


def promises_kept(dossier: Dossier) -> list[Fact]:
    """Say how many promises were kept, and how many are open or late.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its contacts tell promises.

    Returns
    -------
    list of Fact
        Empty where nothing was promised.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     promises_kept(Dossier(portfolio, "A10284"))[0].what
    'Promises to the account'
    """
    found = promises(dossier)
    counts = {
        plural("{n} kept", "{n} kept", found.kept): found.kept,
        plural("{n} late", "{n} late", len(found.late)): len(found.late),
        plural("{n} open", "{n} open", found.open): found.open,
    }
    told = _(", ").join(text for text, many in counts.items() if many)
    return [Fact(_("Promises to the account"), told)] if told else []


def _in_time(promised: pd.DataFrame) -> pd.Series:
    return promised["delivered_date"] <= promised["promised_date"]


def _by_line(dossier: Dossier, period: Period | None) -> str:
    share, n = (0.0, 0) if period is None else lines_on_time(dossier, period)
    if not n:
        return ""
    lines = plural("{n} line", "{n} lines", n)
    return _("{share} of {orders}").format(share=format_share(share), orders=lines)


def _punctual(dossier: Dossier, period: Period | None) -> str:
    share, n = (0.0, 0) if period is None else on_time_in_full(dossier, period)
    if not n:
        return ""
    orders = plural("{n} order", "{n} orders", n)
    return _("{share} of {orders}").format(share=format_share(share), orders=orders)

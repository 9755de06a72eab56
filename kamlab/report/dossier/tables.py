"""The slots of a dossier as tables for people: heads, formats, what is left over."""

from collections.abc import Sequence
from dataclasses import asdict, replace

import pandas as pd

from kamlab.language import _, plural
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.registry import fillers, slot
from kamlab.report.slots import Filled
from kamlab.report.tables import Presented, present
from kamlab.report.vocabulary import word


def shows(dossier: Dossier, name: str) -> bool:
    """Say whether a slot stands on the page, for this reader and of this account.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.
    name : str
        Such as "picture".

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     shows(Dossier(portfolio, "Kovostav", audience="customer"), "earns")
    False
    """
    if name == "picture":
        return not dossier.is_short
    return any(each.slot == name for each in fillers(dossier))


def buys_table(dossier: Dossier) -> Presented | None:
    """Show categories this year and last, and beside the peers on our own page.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    Presented or None
        None where nothing is to be shown.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     buys_table(Dossier(portfolio, "Kovostav")).rows[0][-1]
    'fading'
    """
    now = _("12 months ({currency})").format(currency=dossier.currency)
    heads = {"category": _("Category"), "now": now, "before": _("Year before")}
    if dossier.is_internal:
        heads |= {"share": _("Share"), "peers": _("Peers"), "verdict": _("Verdict")}
    how = {"now": "money", "before": "money", "share": "share", "peers": "share"}
    return _table(dossier, "buys", heads, how, _("Buys"))


def earns_table(dossier: Dossier) -> Presented | None:
    """Show what is left of the list price, step by step.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    Presented or None
        None for the customer, and where costs are not known.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     earns_table(Dossier(portfolio, "Kovostav", audience="customer")) is None
    True
    """
    heads = {
        "step": _("Step, 12 months"),
        "amount": _("Amount ({currency})").format(currency=dossier.currency),
        "share": _("Of net revenue"),
    }
    how = {"amount": "money", "share": "share"}
    return _table(dossier, "earns", heads, how, _("Earns"))


def service_table(dossier: Dossier) -> Presented | None:
    """Show how the account was served, this year and last.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    Presented or None

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     service_table(Dossier(portfolio, "Kovostav")).columns
    ('Service', '12 months', 'Year before')
    """
    return _facts(dossier, "service", _("Service"), _("Year before"))


def people_table(dossier: Dossier) -> Presented | None:
    """Show who is talked to, how often, and on whom it hangs.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    Presented or None

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     people_table(Dossier(portfolio, "Marwitz")).rows[0][0]
    'Contacts'
    """
    return _facts(dossier, "people", _("People"), _("Year before"))


def ahead_table(dossier: Dossier) -> Presented | None:
    """Show what is to be expected, what is offered, ordered and agreed.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    Presented or None

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     ahead_table(Dossier(portfolio, "Marwitz")).rows[0][0]
    '2026Q1 expected'
    """
    now = _("Known by now")
    return _facts(dossier, "ahead", _("Ahead"), _("Target"), now)


def plan_table(dossier: Dossier) -> Presented | None:
    """Show our aims and actions, with owner, day and status.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    Presented or None

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     plan_table(Dossier(portfolio, "Marwitz")).rows[0][-1]
    'new'
    """
    heads = {
        "what": _("Aim or action"),
        "why": _("Because"),
        "owner": _("Owner"),
        "due": _("Due"),
        "status": _("Status"),
    }
    filled = slot(dossier, "plan")
    table = _shown(filled, heads, {"due": "date"}, _("Plan"))
    return table if filled.lines else replace(table, note=_("Nothing is planned."))


def contacts_table(dossier: Dossier) -> Presented | None:
    """Show the latest contacts, each with what it was about and what came of it.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    Presented or None
        Fifteen rows at most; None for the customer, and without contacts.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     contacts_table(Dossier(portfolio, "Kovostav")).columns[:2]
    ('Day', 'Contact')
    """
    if not dossier.is_internal or dossier.contacts.empty:
        return None
    heads = {
        "date": _("Day"),
        "type": _("Contact"),
        "topic": _("Topic"),
        "outcome": _("Outcome"),
        "promised_action": _("Promised"),
        "promised_done": _("Done on"),
    }
    there = {name: head for name, head in heads.items() if name in dossier.contacts}
    latest = dossier.contacts[list(there)].iloc[::-1].reset_index(drop=True)
    for name in {"type", "topic"} & set(there):
        latest[name] = latest[name].map(word, na_action="ignore")
    how = {name: "date" for name in ("date", "promised_done") if name in there}
    return present(latest, how, _("Latest contacts"), limit=15, labels=there)


def products_table(dossier: Dossier) -> Presented | None:
    """Show the products that the account bought most of within twelve months.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    Presented or None
        Ten rows at most; None where lines name no products.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     len(products_table(Dossier(portfolio, "Kovostav")).rows)
    10
    """
    lines = dossier.lines.dropna(subset="product_id")
    year = dossier.between(lines, "order_date", dossier.year)
    if year.empty:
        return None
    sums = year.groupby("product_id")[["net_amount", "quantity"]].sum()
    ranked = sums.sort_values("net_amount", ascending=False).reset_index()
    ranked["product_id"] = ranked["product_id"].map(_product_names(dossier))
    heads = {
        "product_id": _("Product"),
        "net_amount": _("Net revenue ({currency})").format(currency=dossier.currency),
        "quantity": _("Quantity"),
    }
    how = {"net_amount": "money", "quantity": "count"}
    return present(ranked, how, _("Largest products"), limit=10, labels=heads)


def _product_names(dossier: Dossier) -> dict[str, str]:
    """Return what every product that was bought is called."""
    bought = dossier.lines["product_id"].dropna().unique()
    called = {number: number for number in bought}
    if dossier.portfolio.has("products.product_name"):
        names = dossier.portfolio.table("products").set_index("product_id")
        called |= names["product_name"].dropna().to_dict()
    return called


def _facts(
    dossier: Dossier, name: str, what: str, before: str, now: str = ""
) -> Presented | None:
    heads = {"what": what, "now": now or _("12 months"), "before": before}
    return _table(dossier, name, heads, {}, what)


def _table(
    dossier: Dossier,
    name: str,
    heads: dict[str, str],
    formats: dict[str, str],
    caption: str,
) -> Presented | None:
    """Set the lines of a slot under their heads; None where it has none."""
    filled = slot(dossier, name)
    return _shown(filled, heads, formats, caption) if filled.lines else None


def _shown(
    filled: Filled, heads: dict[str, str], formats: dict[str, str], caption: str
) -> Presented:
    """Set lines under their heads; columns that say nothing are left out."""
    frame = pd.DataFrame([asdict(line) for line in filled.lines], columns=list(heads))
    said = [name for name in heads if frame[name].map(_says).any()] or list(heads)
    how = {name: each for name, each in formats.items() if name in said}
    labels = {name: heads[name] for name in said}
    table = present(_plain(frame[said], said), how, caption, labels=labels, limit=None)
    more = plural("{n} more.", "{n} more.", filled.left_over)
    return replace(table, note=more if filled.left_over else "")


def _plain(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return a frame in which a missing text is missing, and not an empty one."""
    return frame.assign(**{name: frame[name].replace("", None) for name in columns})


def _says(value: object) -> bool:
    return value is not None and value == value and value != ""

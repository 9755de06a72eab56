"""What is to be done with an account: aims out of the data, and what people wrote."""

import pandas as pd

from kamlab.language import _, plural
from kamlab.report.actions.marks import taken_up
from kamlab.report.actions.table import Row, alert_of, matter_of, state_of
from kamlab.report.actions.values import day_of
from kamlab.report.dossier.facts import Matter, Planned
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.people import PERSONAL
from kamlab.report.dossier.registry import matters
from kamlab.report.vocabulary import word
from kamlab.style.formats import format_day

#: Aims out of the data; more would be none.
MOST_AIMS = 3

_QUARTER = pd.DateOffset(months=3)


def aims(dossier: Dossier) -> list[Planned]:
    """List what the data say is to be done, the urgent first.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Planned
        Three at most; with owner, day and status where somebody wrote them down.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     aims(Dossier(portfolio, "Marwitz"))[0].what
    'Settle the next contract by 30 Jan 2026.'
    """
    written = _written(dossier)
    return [
        _aim(dossier, matter, _row_about(written, matter.rule))
        for matter in matters(dossier)[:MOST_AIMS]
    ]


def actions(dossier: Dossier) -> list[Planned]:
    """List what people wrote down to do for the account, beside the aims.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Planned
        Open ones first; without those that stand beside an aim already.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     actions(Dossier(portfolio, "Marwitz"))  # nobody wrote anything yet
    []
    """
    aimed = {matter_of(matter.rule) for matter in matters(dossier)[:MOST_AIMS]}
    rows = [
        row
        for row in _written(dossier)
        if (about := alert_of(row)) is None or about[1] not in aimed
    ]
    rows.sort(key=lambda row: state_of(row) in ("done", "dropped"))
    return [
        Planned(
            what=str(row.get("what") or row.get("comment") or row.get("rule") or ""),
            why=str(row.get("comment", "")) if row.get("what") else "",
            owner=str(row.get("owner", "")),
            due=day_of(row.get("due")),
            status=state_words(state_of(row)),
        )
        for row in rows
    ]


def notes(dossier: Dossier) -> str:
    """Say what has happened with the account since the last report.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    str
        Since the report before, or for three months where there is none; "" without
        contacts in the data.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     notes(Dossier(portfolio, "Kovostav")).partition(":")[0]
    'Since 30 Sep 2025'
    """
    if dossier.contacts.empty:
        return ""
    since = dossier.day - _QUARTER
    if dossier.before is not None:
        since = pd.Timestamp(dossier.before.as_of)
    recent = dossier.contacts[dossier.contacts["date"] > since]
    day = format_day(since)
    if recent.empty:
        return _("Since {day}: no contact.").format(day=day)
    met = int(recent["type"].isin(PERSONAL).sum())
    in_person = plural("{n} of them in person", "{n} of them in person", met)
    return _("Since {day}: {contacts}, {met}; last {what} on {last}.").format(
        day=day,
        contacts=plural("{n} contact", "{n} contacts", len(recent)),
        met=in_person if met else _("none of them in person"),
        what=_last(dossier, recent.iloc[-1]),
        last=format_day(recent["date"].iloc[-1]),
    )


def state_words(state: str) -> str:
    """Return what the state of an action is called, in the current language.

    Parameters
    ----------
    state : str
        As `kamlab.report.actions.table.state_of` tells it.

    Examples
    --------
    >>> state_words("in progress")
    'in progress'
    """
    known = {
        "open": _("open"),
        "in progress": _("in progress"),
        "done": _("done"),
        "dropped": _("dropped"),
    }
    return known.get(state, state)


def _written(dossier: Dossier) -> list[Row]:
    """Return the rows of the list that are about the account or its group."""
    numbers = {*dossier.members, *dossier.former["old number"]}
    numbers |= set(dossier.portfolio.parent_of.reindex(dossier.members))
    own = []
    for row in dossier.actions.rows:
        about = alert_of(row)
        shown = str(row.get("account", ""))
        if about[0] in numbers if about else any(f"({n})" in shown for n in numbers):
            own.append(taken_up(row))
    return own


def _row_about(rows: list[Row], rule: str) -> Row:
    """Return the row that is about a rule; an empty one where nobody wrote any."""
    told = ((alert_of(row), row) for row in rows)
    matter = matter_of(rule)
    return next((row for about, row in told if about and about[1] == matter), {})


def _aim(dossier: Dossier, matter: Matter, row: Row) -> Planned:
    return Planned(
        what=matter.step,
        why=str(row.get("comment", "")) or matter.short,
        owner=str(row.get("owner", "")) or dossier.owner,
        due=day_of(row.get("due")) or matter.due,
        status=state_words(state_of(row)) if row else _("new"),
    )


def _last(dossier: Dossier, contact: pd.Series) -> str:
    """Return what kind of contact it was; what came of it is for us alone."""
    kind = word(contact["type"])
    about = [word(contact[c]) for c in ("topic", "outcome") if _is_known(contact, c)]
    if not (dossier.is_internal and about):
        return kind
    return _("{kind} ({about})").format(kind=kind, about=": ".join(about))


def _is_known(contact: pd.Series, column: str) -> bool:
    return isinstance(contact.get(column), str) and bool(contact[column])

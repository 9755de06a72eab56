"""Who is talked to at an account: how often, with how many, and on whom it hangs.

Glossary
--------
personal contact
    A visit, a meeting or a quarterly review: people sat at one table.
single thread (单线联系)
    The relationship hangs on one person of the account.
"""

import narwhals as nw
import pandas as pd

from kamlab.fiscal import Period
from kamlab.language import _, plural
from kamlab.report.dossier.facts import Fact
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.vocabulary import word
from kamlab.style.formats import format_day, format_share
from kamlab.value.windows import owners, rows_between

#: Types of contact for which people sit at one table.
PERSONAL = ("visit", "meeting", "qbr")

#: From this share of the contacts on, a relationship hangs on one person.
SINGLE_THREAD = 0.8

#: With fewer contacts nobody can tell on whom a relationship hangs.
_FEWEST_CONTACTS = 5

#: With fewer others nobody can tell what is usual at a level of service.
_FEWEST_OTHERS = 5

_MOST_TOPICS = 3


def contacts_made(dossier: Dossier) -> list[Fact]:
    """Say how often the account was talked to, and with how many people.

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
    ...     contacts_made(Dossier(portfolio, "A10284"))[0].what
    'Contacts'
    """
    periods = (dossier.year, dossier.year_before)
    now, before = (_counted(dossier, each) for each in periods)
    return [Fact(_("Contacts"), now, before)]


def meetings(dossier: Dossier) -> list[Fact]:
    """Say how often people met, and when they did last.

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
    ...     [fact.what for fact in meetings(Dossier(portfolio, "A10284"))]
    ['Visits and meetings', 'Last visit or meeting']
    """
    met = dossier.contacts[dossier.contacts["type"].isin(PERSONAL)]
    now, before = (
        "" if each is None else str(len(dossier.between(met, "date", each)))
        for each in (dossier.year, dossier.year_before)
    )
    facts = [Fact(_("Visits and meetings"), now, before)]
    if len(met):
        facts.append(Fact(_("Last visit or meeting"), format_day(met["date"].max())))
    return facts


def served_alike(dossier: Dossier) -> list[Fact]:
    """Say how often others at the same level of service are met.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Fact
        Empty where levels are not known, or too few others have the same.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     served_alike(Dossier(portfolio, "A10284"))[0].what
    'Usual at service level “programme”'
    """
    level = dossier.about.get("service_level")
    if level is None or pd.isna(level):
        return []
    accounts = dossier.portfolio.accounts
    alike = accounts.index[accounts["service_level"] == level].drop(dossier.key)
    if dossier.level == "parent":
        alike = alike.intersection(pd.Index(dossier.portfolio.parent_of.unique()))
    if len(alike) < _FEWEST_OTHERS:
        return []
    counts = _met_by_account(dossier).reindex(alike).fillna(0)
    what = _("Usual at service level “{level}”").format(level=level)
    median = f"{counts.median():g}"
    told = _("{median} visits and meetings (median of {n} others)")
    return [Fact(what, told.format(median=median, n=len(alike)))]


def busiest(dossier: Dossier) -> tuple[float, int, int]:
    """Return the share of the busiest person, of how many people and contacts.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    share : float
        Of the contacts of twelve months whose person is known; NaN if too few.
    people, contacts : int
        Within twelve months.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     share, people, n = busiest(Dossier(portfolio, "Marwitz"))
    >>> share, people
    (1.0, 1)
    """
    recent = dossier.between(dossier.contacts, "date", dossier.year)
    known = recent.reindex(columns=["contact_id"])["contact_id"].dropna()
    counts = known.value_counts()
    if len(known) < _FEWEST_CONTACTS:
        return float("nan"), len(counts), len(known)
    return float(counts.iloc[0] / len(known)), len(counts), len(known)


def thread(dossier: Dossier) -> list[Fact]:
    """Say whether the relationship hangs on one person.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its contacts name people.

    Returns
    -------
    list of Fact
        Empty where there are too few contacts to tell.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     thread(Dossier(portfolio, "Marwitz"))[0].now
    'yes: all contacts through one person'
    """
    share, people, _n = busiest(dossier)
    if share != share:
        return []
    if people == 1:
        told = _("yes: all contacts through one person")
    else:
        sentence = (
            _("yes: {share} of the contacts through one of {n} people")
            if share >= SINGLE_THREAD
            else _("no: the busiest of {n} people has {share} of the contacts")
        )
        told = sentence.format(share=format_share(share, 0), n=people)
    return [Fact(_("Hangs on one person"), told)]


def topics(dossier: Dossier) -> list[Fact]:
    """Say what was talked about most within twelve months.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its contacts have topics.

    Returns
    -------
    list of Fact

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     topics(Dossier(portfolio, "A10284"))[0].what
    'Talked about'
    """
    recent = dossier.between(dossier.contacts, "date", dossier.year)
    counts = recent["topic"].dropna().value_counts(sort=False).sort_index()
    ranked = counts.sort_values(ascending=False, kind="stable").head(_MOST_TOPICS)
    told = _(", ").join(f"{word(topic)} {n}" for topic, n in ranked.items())
    return [Fact(_("Talked about"), told)] if told else []


def _counted(dossier: Dossier, period: Period | None) -> str:
    if period is None:
        return ""
    recent = dossier.between(dossier.contacts, "date", period)
    people = recent.reindex(columns=["contact_id"])["contact_id"].nunique()
    if not people:
        return str(len(recent))
    with_people = plural("with {n} person", "with {n} people", people)
    return _("{n}, {people}").format(n=len(recent), people=with_people)


def _met_by_account(dossier: Dossier) -> pd.Series:
    """Return the personal contacts of every account within twelve months."""
    start, end = dossier.year.start, dossier.year.end
    rows = rows_between(dossier.portfolio, "interactions", start, end)
    met = rows.filter(nw.col("type").is_in(list(PERSONAL))).select("account_id")
    accounts = met.collect("pandas").to_native()["account_id"].astype("str")
    return owners(dossier.portfolio, accounts, dossier.level).value_counts()

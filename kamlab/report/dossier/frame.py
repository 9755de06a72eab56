"""Head and foot of a dossier: who it is about, what the words mean, what is missing."""

import pandas as pd

from kamlab.language import _, plural
from kamlab.report.actions.table import label_of
from kamlab.report.dossier.agreements import contract
from kamlab.report.dossier.buys import peer_shares
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.opening import light, too_little
from kamlab.report.dossier.outlook import why_expected
from kamlab.report.dossier.registry import missing, slot
from kamlab.report.vocabulary import word
from kamlab.style.formats import format_day


def title(dossier: Dossier) -> str:
    """Return whose dossier it is, and the light with its reason.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    str
        In the current language; without a light for the customer.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(title(Dossier(portfolio, "Kovostav")))
    Kovostav Strojírny a.s. (A10284) · ● red: buys fewer gearboxes
    """
    parts = [label_of(dossier.key, dossier.name), light(dossier)]
    return " · ".join(part for part in parts if part)


def head(dossier: Dossier) -> str:
    """Return the head line: group, trade, region, tier, owner, and what comes next.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    str
        In the current language. The customer does not see the tier.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(head(Dossier(portfolio, "Kovostav")))
    machine tools · Rest of Europe · tier “strategic” since 11 Oct 2009 · owner Annegret
    Vosslau since 11 Oct 2009 · next: contract ends 31 May 2026, notice by 1 Apr 2026 ·
    data to 31 Dec 2025 · EUR
    """
    parts = [_group(dossier), *_merged(dossier), *_trade(dossier)]
    if dossier.is_internal:
        parts += [_since(dossier, "tier", _("tier “{value}”"))]
    parts += [_owner(dossier), _coming(dossier)]
    through = _("data to {day}").format(day=format_day(dossier.portfolio.as_of))
    told = [*parts, through, dossier.currency]
    return " · ".join(part for part in told if part)


def foot(dossier: Dossier) -> list[str]:
    """Return the foot: what the words mean, their n, and what is not known.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of str
        Paragraphs in the current language.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     told = foot(Dossier(portfolio, "Kovostav"))
    >>> told[0].startswith("Net revenue: invoiced, without VAT")
    True
    """
    told = [_definitions(dossier)]
    if dossier.is_short:
        told.append(too_little(dossier))
    elif dossier.is_internal and slot(dossier, "buys").lines:
        told.append(peer_shares(dossier)[1])
    absent = [
        _("{what} (no {need})").format(what=_(each.what), need=_lacking(dossier, each))
        for each in missing(dossier)
    ]
    if absent:
        told.append(_("Not available: {what}.").format(what=_(", ").join(absent)))
    return [each for each in [*told, _unknown(dossier)] if each]


def _group(dossier: Dossier) -> str:
    """Say which group the account belongs to, or how many accounts the group has."""
    if dossier.level == "parent":
        many = len(dossier.members)
        return plural("{n} account", "{n} accounts", many) if many > 1 else ""
    parent = str(dossier.portfolio.parent_of[dossier.key])
    if parent == dossier.key:
        return ""
    accounts = dossier.portfolio.accounts
    name = accounts.get("account_name", pd.Series(dtype="str")).get(parent, parent)
    shown = parent if pd.isna(name) else name
    return _("group of {parent}").format(parent=shown)


def _merged(dossier: Dossier) -> list[str]:
    """Say which numbers were merged into the account, and when."""
    return [
        _("with {number} since {day}").format(
            number=row["old number"], day=format_day(row["since"])
        )
        for row in dossier.former.to_dict("records")
    ]


def _trade(dossier: Dossier) -> list[str]:
    values = (dossier.about.get(name) for name in ("industry", "region"))
    return [str(value) for value in values if value is not None and pd.notna(value)]


def _owner(dossier: Dossier) -> str:
    owner = _since(dossier, "kam_id", _("owner {value}"))
    code = dossier.about.get("kam_id")
    return owner.replace(str(code), dossier.owner, 1) if owner else ""


def _since(dossier: Dossier, attribute: str, words: str) -> str:
    """Say what an attribute of the account is, and since when where that is known."""
    value = dossier.about.get(attribute)
    if value is None or pd.isna(value) or not str(value):
        return ""
    told = words.format(value=word(value))
    history = dossier.rows("account_history")
    own = history["attribute"].eq(attribute) & history["value"].eq(str(value))
    begun = history.loc[own & history["account_id"].eq(dossier.key), "valid_from"]
    if begun.empty:
        return told
    return _("{what} since {day}").format(what=told, day=format_day(begun.max()))


def _coming(dossier: Dossier) -> str:
    found = contract(dossier)
    if found is None or found.settled or dossier.is_short:
        return ""
    ends = found.words(dossier.day)
    return _("next: contract {ends}").format(ends=ends)


def _definitions(dossier: Dossier) -> str:
    told = [
        _(
            "Net revenue: invoiced, without VAT, after returns, credits and rebates. "
            "On time in full: all lines of an order by the promised day."
        )
    ]
    if dossier.is_short:
        return told[0]
    told.append(why_expected(dossier.outlook, dossier.currency))
    if dossier.is_internal:
        told.append(
            _(
                "Fading and silent: as on the watch list. Hangs on one person: four "
                "fifths of the contacts or more."
            )
        )
    return " ".join(told)


def _lacking(dossier: Dossier, filler: object) -> str:
    """Return the first table or column that a filler needs and the data do not have."""
    has = dossier.portfolio.has
    return next(need for need in filler.needs if not has(need))


def _unknown(dossier: Dossier) -> str:
    """Say what no table of today tells, so that nobody takes silence for good news."""
    things = [
        _("roles of the contacts"),
        _("goals of the customer"),
        _("satisfaction"),
        _("open tickets"),
    ]
    if dossier.is_internal and not dossier.is_short:
        things.insert(0, _("share of wallet"))
    return _("Not known yet: {things}.").format(things=_(", ").join(things))

"""What is to be expected of an account: the next two quarters, and the risk."""

import pandas as pd

from kamlab.churn.watch_words import watch_reason
from kamlab.fiscal import Period
from kamlab.language import _
from kamlab.report.dossier.facts import Fact
from kamlab.report.dossier.numbers import LEVEL, Dossier
from kamlab.report.memory.records import record_prediction
from kamlab.report.worth import QUARTERS, basis_of_value
from kamlab.style.formats import format_count, format_money, format_share


def expected(dossier: Dossier) -> list[Fact]:
    """Say what the next two quarters may bring, each with an interval.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Fact
        In words also where nobody can tell.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     [fact.what for fact in expected(Dossier(portfolio, "A10284"))]
    ['2026Q1 expected', '2026Q2 expected']
    """
    found = dossier.forecasts
    if not found:
        told = _("cannot tell: too little in the same quarters of earlier years")
        return [Fact(_("Next quarters"), told)]
    return [
        Fact(
            _("{quarter} expected").format(quarter=quarter.label),
            _("{value} ({level}: {low} to {high}, n = {n})").format(
                value=format_money(row["value"], dossier.currency),
                level=format_share(LEVEL, 0),
                # Nobody gives money back: the lower end is cut off at nothing.
                low=format_money(max(row["low"], 0.0), dossier.currency),
                high=format_money(row["high"], dossier.currency),
                n=format_count(row["n"]),
            ),
            _target(dossier, quarter),
        )
        for quarter, row in found.items()
    ]


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
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     risk(Dossier(portfolio, "Nordkai"))[0].now
    'not on the watch list; still a customer: 99 %'
    """
    told = _("not on the watch list")
    if dossier.alerts:
        first = dossier.alerts[0]
        evidence = (
            _("clear evidence: {why}")
            if first["evidence"] == "clear"
            else _("faint evidence: {why}")
        )
        told = evidence.format(why=watch_reason(first).rstrip("."))
    accounts = dossier.worth.accounts
    if dossier.key in accounts.index:
        own = accounts.loc[dossier.key]
        if own["basis"] == "repeat orders":
            told = _("{risk}; still a customer: {probability}").format(
                risk=told, probability=format_share(own["alive"], 0)
            )
    return [Fact(_("Risk"), told)]


def value_ahead(dossier: Dossier) -> list[Fact]:
    """Say what the account is worth from here on; never for the customer.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Fact
        In words also where nobody can tell.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     value_ahead(Dossier(portfolio, "Nordkai"))[0].what
    'Value, 12 quarters'
    """
    what = _("Value, {n} quarters").format(n=QUARTERS)
    accounts = dossier.worth.accounts
    if dossier.key not in accounts.index:
        return [Fact(what, _("cannot tell"))]
    own = accounts.loc[dossier.key]
    if own["value"] != own["value"]:
        return [Fact(what, _("cannot tell"))]
    told = _("{value} ({low} to {high}, n = {n}), by {basis}").format(
        value=format_money(own["value"], dossier.currency),
        low=format_money(own["low"], ""),
        high=format_money(own["high"], ""),
        n=len(dossier.order_days),
        basis=basis_of_value(own["basis"]),
    )
    return [Fact(what, told)]


def remember(dossier: Dossier) -> None:
    """Record what the page expects, for the next report to compare.

    What is shown to the customer records nothing: our own page does.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     remember(Dossier(portfolio, "Kovostav", audience="customer"))
    """
    if not dossier.is_internal or dossier.is_short:
        return
    for quarter, row in dossier.forecasts.items():
        record_prediction(
            "net_revenue",
            dossier.key,
            row["value"],
            row["low"],
            row["high"],
            LEVEL,
            quarter.start,
            quarter.end,
            source=row["source"],
        )


def _target(dossier: Dossier, quarter: Period) -> str:
    """Say what a quarter is to bring; what we aim at is not for the customer."""
    if not dossier.is_internal:
        return ""
    target = target_of(dossier, quarter)
    if target is None:
        return ""
    return format_money(target, dossier.currency)


def target_of(dossier: Dossier, period: Period) -> float | None:
    """Return the target for the account's net revenue of a period; None without one.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.
    period : Period
        The days it was set for.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     dossier = Dossier(portfolio, "A10284")
    ...     target_of(dossier, dossier.year) > 1e6
    True
    """
    targets = dossier.rows("targets")
    days = (targets["period_start"] == pd.Timestamp(period.start)) & (
        targets["period_end"] == pd.Timestamp(period.end)
    )
    own = targets[days & (targets["metric"] == "net_revenue")]
    return float(own["value"].sum()) if len(own) else None

"""What is to be expected of an account: the next two quarters, and its value."""

import pandas as pd

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
    if dossier.is_finished:
        return [Fact(_("Next quarters"), _("nothing: its project is finished"))]
    if not found:
        told = _("cannot tell: too little in the same quarters of earlier years")
        return [Fact(_("Next quarters"), told)]
    return [
        Fact(
            _("{quarter} expected").format(quarter=quarter.label),
            _("{value} ({level}: {low} to {high}, n = {n} earlier forecasts)").format(
                value=format_money(row["value"], dossier.currency),
                level=format_share(LEVEL, 0),
                # Nobody gives money back: the lower end is cut off at nothing.
                low=format_money(max(row["low"], 0.0), ""),
                high=format_money(row["high"], ""),
                n=format_count(row["n"]),
            ),
            _target(dossier, quarter),
        )
        for quarter, row in found.items()
    ]


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
    if dossier.is_finished:
        return [Fact(what, _("nothing: its project is finished"))]
    accounts = dossier.worth.accounts
    if dossier.key not in accounts.index:
        return [Fact(what, _("cannot tell"))]
    own = accounts.loc[dossier.key]
    if own["value"] != own["value"]:
        return [Fact(what, _("cannot tell"))]
    # The ends of the sheet are other scenarios: nobody estimated an interval.
    by_sheet = own["basis"] == "sheet"
    words = (
        _("{value} ({low} to {high}, n = {n} order days), by {basis}")
        if by_sheet
        else _("{value} ({level}: {low} to {high}, n = {n} order days), by {basis}")
    )
    told = words.format(
        value=format_money(own["value"], dossier.currency),
        level=format_share(dossier.worth.equity.level, 0),
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
    if not dossier.is_internal or dossier.is_short or dossier.is_finished:
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
            by=dossier.level,
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

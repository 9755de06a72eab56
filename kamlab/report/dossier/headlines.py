"""The figures of a dossier that the next report is compared with."""

from typing import Any

from kamlab.language import _
from kamlab.report.dossier.debt import debt
from kamlab.report.dossier.earns import margin
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.service import on_time_in_full


def headlines(dossier: Dossier) -> list[dict[str, Any]]:
    """Return the figures of the page as `kamlab.report.record` takes them.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of dict
        Names that stay the same from report to report; what the data do not have, or
        the reader may not see, is left out.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     ours = headlines(Dossier(portfolio, "Kovostav"))
    ...     theirs = headlines(Dossier(portfolio, "Kovostav", audience="customer"))
    >>> [figure["name"] for figure in ours]
    ['revenue', 'overdue', 'on_time_in_full', 'contribution_margin']
    >>> [figure["name"] for figure in theirs]
    ['revenue', 'overdue', 'on_time_in_full']
    """
    money = {"unit": "money", "currency": dossier.currency}
    revenue = dossier.revenue(dossier.year)
    label = _("Revenue, 12 months")
    found = [_figure("revenue", revenue, label, better="higher", **money)]
    if dossier.is_short:
        return found
    if dossier.portfolio.has("receivables"):
        late = debt(dossier).late
        label = _("Overdue > 30 days")
        found.append(_figure("overdue", late, label, better="lower", **money))
    return [*found, *_punctual(dossier), *_margin(dossier)]


def _figure(name: str, value: float, label: str, **how: Any) -> dict[str, Any]:
    return {"name": name, "value": value, "label": label, "kind": "ledger", **how}


def _punctual(dossier: Dossier) -> list[dict[str, Any]]:
    share, n = on_time_in_full(dossier, dossier.year)
    if not n:
        return []
    how = {"unit": "share", "better": "higher", "n": n, "of": "orders"}
    return [_figure("on_time_in_full", share, _("On time in full"), **how)]


def _margin(dossier: Dossier) -> list[dict[str, Any]]:
    """Return what is left of net revenue; never for the customer."""
    share = margin(dossier) if dossier.is_internal else float("nan")
    if share != share:
        return []
    how = {"unit": "share", "better": "higher"}
    return [_figure("contribution_margin", share, _("Contribution margin"), **how)]

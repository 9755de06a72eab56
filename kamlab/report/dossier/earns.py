"""What is left of an account's list price, step by step; never for the customer."""

import pandas as pd

from kamlab.language import _
from kamlab.report.dossier.facts import Step
from kamlab.report.dossier.numbers import Dossier
from kamlab.value.profit_assembly import BASES

#: Columns of the table of profit that make one step of the page.
_PARTS = {
    "list_revenue": ("list_revenue",),
    "discounts": ("discounts", "charges"),
    "gross_revenue": ("gross_revenue",),
    "taken_back": ("returns", "credits", "rebates"),
    "revenue": ("revenue",),
    "cost_of_goods": ("cost_of_goods",),
    "direct_costs": ("direct_costs",),
    "cost_to_serve": ("cost_to_serve",),
    "contribution": ("contribution",),
}


def steps(dossier: Dossier) -> list[Step]:
    """List the steps from the list price to what the account leaves.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Step
        Of twelve months, as far down as the data reach; steps of nothing are left out.
        Empty where the cost of goods is not known.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     last = steps(Dossier(portfolio, "Wetterau"))[-1]
    >>> last.step, last.amount < 0
    ('Contribution', True)
    """
    profit = dossier.profit
    if profit is None:
        return []
    row = profit.table.loc[dossier.key]
    amounts = {
        name: float(row.reindex(columns).fillna(0.0).sum())
        for name, columns in _PARTS.items()
    }
    # What was charged opens the steps only where nobody knows a list price.
    has_list = amounts["list_revenue"] > 0
    for name in ("gross_revenue",) if has_list else ("list_revenue", "discounts"):
        amounts[name] = 0.0
    revenue = amounts["revenue"]
    return [
        Step(step_words(name, profit.basis), amount, _share(amount, revenue))
        for name, amount in amounts.items()
        if round(amount, 2) != 0 or name in ("revenue", "contribution")
    ]


def step_words(step: str, basis: str = BASES[0]) -> str:
    """Return what a step is called, in the current language.

    Parameters
    ----------
    step : str
        Such as "cost_of_goods".
    basis : str
        How far down the contribution reaches, as
        `kamlab.value.profitability.AccountProfit` says.

    Examples
    --------
    >>> step_words("taken_back"), step_words("contribution", "gross margin")
    ('Returns, credits, rebates', 'Gross margin')
    """
    left = {BASES[1]: _("Margin after direct costs"), BASES[2]: _("Gross margin")}
    return {
        "list_revenue": _("List price"),
        "discounts": _("Discounts and surcharges"),
        "gross_revenue": _("Gross revenue"),
        "taken_back": _("Returns, credits, rebates"),
        "revenue": _("Net revenue"),
        "cost_of_goods": _("Cost of goods"),
        "direct_costs": _("Freight and other direct costs"),
        "cost_to_serve": _("Cost to serve"),
        "contribution": left.get(basis, _("Contribution")),
    }[step]


def margin(dossier: Dossier) -> float:
    """Return the contribution as a share of the account's own net revenue.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    float
        NaN where costs are not known, or nothing was bought.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     0.2 < margin(Dossier(portfolio, "A10284")) < 0.4
    True
    """
    if dossier.profit is None:
        return float("nan")
    return float(dossier.profit.table.loc[dossier.key, "contribution_margin"])


def usual_margin(dossier: Dossier) -> tuple[float, int, str]:
    """Return the median margin of the accounts of the same tier, how many, and which.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    median : float
        NaN where nobody can tell.
    n : int
        Other accounts of the tier that bought.
    tier : str
        The account's own; "" where it has none.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     usual_margin(Dossier(portfolio, "A10284"))[2]
    'strategic'
    """
    tier = dossier.about.get("tier")
    if dossier.profit is None or tier is None or pd.isna(tier):
        return float("nan"), 0, ""
    tiers = dossier.portfolio.accounts["tier"]
    margins = dossier.profit.table["contribution_margin"].dropna()
    alike = margins[tiers.reindex(margins.index) == tier].drop(
        dossier.key, errors="ignore"
    )
    return float(alike.median()), len(alike), str(tier)


def _share(amount: float, revenue: float) -> float | None:
    return amount / revenue if revenue > 0 else None

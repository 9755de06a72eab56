"""Dependence of a review: how much hangs on the largest accounts."""

from dataclasses import dataclass

import pandas as pd

from kamlab.language import _
from kamlab.report.review.numbers import Review
from kamlab.style.formats import format_money, format_share
from kamlab.value.concentration import effective_number, top_n_share


@dataclass(frozen=True)
class Dependence:
    """One measure of dependence, now and a year before, in words.

    Examples
    --------
    >>> Dependence("The largest", "17.0 %", "14.9 %").now
    '17.0 %'
    """

    measure: str
    now: str
    before: str = ""


def shares(review: Review) -> list[Dependence]:
    """Show the share of the largest, of the five largest, and the effective number.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Dependence
        Of twelve months; the year before is empty where it is not in the data.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(shares(Review(portfolio))[0].measure)
    Largest: Marwitz Packaging GmbH
    """
    now, then = _two_years(review)
    positive = now[now > 0]
    if positive.empty:
        return []
    largest = review.short(positive.idxmax())
    many = min(5, len(positive))
    return [
        _share(_("Largest: {account}").format(account=largest), now, then, 1),
        _share(_("The {n} largest").format(n=many), now, then, many),
        Dependence(
            _("Effective number (1 / HHI)"),
            f"{effective_number(now):.1f}",
            "" if then is None else f"{effective_number(then):.1f}",
        ),
    ]


def profit_without(review: Review) -> list[Dependence]:
    """Show what would be left of twelve months if the largest account were gone.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Dependence
        The arithmetic of the loss, not its probability.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(profit_without(Review(portfolio))[0].measure)
    Contribution of 12 months without it
    """
    profit, revenue = review.year_profit, review.year_revenue
    if profit is None or not (revenue > 0).any():
        return []
    amounts = profit.contribution.dropna()
    if amounts.empty:
        return []
    total, lost = amounts.sum(), amounts.get(revenue.idxmax(), 0.0)
    left = format_money(float(total - lost), review.currency)
    if total > 0:
        share = format_share(float(-lost / total))
        left = _("{money} ({share})").format(money=left, share=share)
    what = {
        "contribution": _("Contribution of 12 months without it"),
        "margin after direct costs": _("Margin of 12 months without it"),
        "gross margin": _("Gross margin of 12 months without it"),
    }
    return [Dependence(what[profit.basis], left)]


def _two_years(review: Review) -> tuple[pd.Series, pd.Series | None]:
    """Return revenue of the last twelve months and of those before, by account."""
    if review.two_years is None:
        return review.year_revenue, None
    then, now = review.two_years["then"], review.two_years["now"]
    return now, then if (then > 0).any() else None


def _share(
    measure: str, now: pd.Series, then: pd.Series | None, many: int
) -> Dependence:
    before = "" if then is None else format_share(top_n_share(then, many))
    return Dependence(measure, format_share(top_n_share(now, many)), before)

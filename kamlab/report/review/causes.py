"""Why what a period left rose or fell: the largest steps of the profit bridge."""

import pandas as pd

from kamlab.language import _
from kamlab.report.review.figures import basis_words
from kamlab.report.review.numbers import Review
from kamlab.style.formats import format_money
from kamlab.value.finished_projects import finished_projects

#: Steps that are named on either side.
_MOST_NAMED = 3
#: A rest below this part of all steps of one side is not told.
_SMALL = 0.01


def causes_of_profit(review: Review) -> str:
    """Say through which steps profit rose or fell, and what worked against them.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    str
        In the current language; empty where costs of the year before are not known.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(causes_of_profit(Review(portfolio)))
    Contribution after cost to serve fell through lost accounts (EUR 354 k, EUR 152 k of
    it a project that ended as planned, of Seilwerk Lienz AG), discounts (EUR 232 k),
    mix (EUR 140 k), all else (EUR 274 k); volume (EUR 334 k), list prices (EUR 247 k),
    time to serve (EUR 26.9 k), all else (EUR 48.2 k) lifted it.
    """
    by_account = review.profit_steps
    if by_account is None:
        return ""
    steps = by_account.sum()
    rose = steps.sum() >= 0
    with_it = steps[steps > 0] if rose else -steps[steps < 0]
    against = -steps[steps < 0] if rose else steps[steps > 0]
    notes = {} if rose else {"lost_accounts": _projects(review, by_account)}
    sentence = (
        _("{what} rose through {steps}; {others} lowered it.")
        if rose
        else _("{what} fell through {steps}; {others} lifted it.")
    )
    return sentence.format(
        what=basis_words(review.two_periods[1].basis),
        steps=_listed(review, with_it, notes),
        others=_listed(review, against, {}) or _("nothing"),
    )


def step_words(step: str) -> str:
    """Return what a step of the profit bridge is called, in the current language.

    Parameters
    ----------
    step : str
        As `kamlab.value.profit_bridge.ProfitBridge` names it.

    Examples
    --------
    >>> step_words("lost_accounts"), step_words("mix")
    ('lost accounts', 'mix')
    """
    known = {
        "new_accounts": _("new accounts"),
        "lost_accounts": _("lost accounts"),
        "pausing_accounts": _("accounts that pause"),
        "returning_accounts": _("accounts that return"),
        "volume": _("volume"),
        "mix": _("mix"),
        "list_prices": _("list prices"),
        "discounts": _("discounts"),
        "prices": _("prices"),
        "cost_of_goods": _("cost of goods"),
        "charges": _("charges"),
        "returns": _("returns"),
        "credits_and_rebates": _("credits and rebates"),
        "transport": _("transport"),
        "other_direct_costs": _("other direct costs"),
        "time_to_serve": _("time to serve"),
        "cost_of_time": _("cost of time"),
    }
    return known.get(step, step.replace("_", " "))


def _listed(review: Review, amounts: pd.Series, notes: dict[str, str]) -> str:
    """List the largest steps with their money, and a note on those that have one."""
    largest = amounts.sort_values(ascending=False).head(_MOST_NAMED)
    parts = []
    for step, amount in largest.items():
        money = format_money(float(amount), review.currency)
        note = notes.get(step, "")
        told = _("{step} ({money}, {note})") if note else _("{step} ({money})")
        parts.append(told.format(step=step_words(step), money=money, note=note))
    rest = float(amounts.sum() - largest.sum())
    if rest >= _SMALL * amounts.sum():
        money = format_money(rest, review.currency)
        parts.append(_("all else ({money})").format(money=money))
    return _(", ").join(parts)


def _projects(review: Review, by_account: pd.DataFrame) -> str:
    """Say how much of the lost accounts' money is that of finished projects."""
    ended = finished_projects(review.portfolio, review.by).index
    steps = by_account.reindex(ended.intersection(by_account.index))
    if "lost_accounts" not in steps:
        return ""
    of_projects = -steps["lost_accounts"][steps["lost_accounts"] < 0]
    if of_projects.empty:
        return ""
    largest = of_projects.idxmax()
    return _("{money} of it a project that ended as planned, of {account}").format(
        money=format_money(float(of_projects.sum()), review.currency),
        account=review.name(largest),
    )

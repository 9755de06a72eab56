"""The three sentences of a review: what happened, why, and what to decide."""

from kamlab.language import _
from kamlab.report.review.causes import causes_of_profit
from kamlab.report.review.decide import choices
from kamlab.report.review.figures import basis_words
from kamlab.report.review.numbers import Review
from kamlab.report.slots import LIMITS
from kamlab.style.formats import format_day, format_money, format_share
from kamlab.value.revenue_bridge_words import bridge_opening, step_sentences


def what_happened(review: Review) -> str:
    """Say how revenue and what it left changed against the year before.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    str
        In the current language.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(what_happened(Review(portfolio)))
    Net revenue of 2025Q4 is EUR 15.4 M, EUR 16.7 k (0.1 %) less than in 2024Q4.
    Contribution after cost to serve fell by EUR 344 k to EUR 3.77 M (−8.4 %).
    """
    if not review.has_year_before:
        revenue = review.history.total_revenue[review.now.label]
        return _("Net revenue of {period} is {money}; last year is not known.").format(
            period=review.now.label, money=format_money(revenue, review.currency)
        )
    opening = bridge_opening(review.bridge, review.currency)
    return f"{opening} {_earned(review)}".strip()


def why(review: Review) -> str:
    """Say which steps moved what the period left, or else its revenue, most.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    str
        Empty where there is no year before.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     why(Review(portfolio)).partition(" (")[0]
    'Contribution after cost to serve fell through lost accounts'
    """
    if not review.has_year_before:
        return ""
    return causes_of_profit(review) or _causes_of_revenue(review)


def what_to_decide(review: Review) -> str:
    """Say what is to be decided first, until when, and what else there is.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    str
        In the current language; also where there is nothing to be decided.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(what_to_decide(Review(portfolio)))
    Settle the next contract with Marwitz Packaging GmbH by 30 Jan 2026. 3 % lower
    again: EUR 319 k a year less (15 % of what it leaves); half: EUR 159 k. Next: Agree
    with 广州联瀚传动 Lianhan when it pays. Visit Kovostav Strojírny a.s.
    """
    found = choices(review)
    if not found:
        return _("Nothing has to be decided on these data.")
    first, *others = found[: LIMITS["decide"]]
    what = first.what
    if first.due is not None:
        what = _("{what} by {day}.").format(
            what=what.rstrip(".。"), day=format_day(first.due)
        )
    told = f"{what} {first.why}"
    if not others:
        return told
    rest = _("Next: {what}").format(what=" ".join(each.what for each in others))
    return f"{told} {rest}"


def _earned(review: Review) -> str:
    total = review.history.total_earned
    if total is None:
        return ""
    then, now = (float(total[each.label]) for each in (review.then, review.now))
    if then != then or now != now:
        return ""
    sentence = (
        _("{what} rose by {change} to {now} ({share}).")
        if now >= then
        else _("{what} fell by {change} to {now} ({share}).")
    )
    share = format_share(now / then - 1) if then > 0 else "–"
    return sentence.format(
        what=basis_words(review.history.basis),
        change=format_money(abs(now - then), review.currency),
        now=format_money(now, review.currency),
        share=f"+{share}" if then > 0 and now > then else share,
    )


def _causes_of_revenue(review: Review) -> str:
    """Say which steps moved revenue most; what it left is not known."""
    steps = review.bridge.steps.drop(["then", "now"])
    told = step_sentences(review.bridge, review.names, review.currency)
    largest = dict.fromkeys([steps.idxmin(), steps.idxmax()])
    return " ".join(told[step] for step in largest if told.get(step))

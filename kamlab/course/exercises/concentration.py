"""Exercises of notebook 11: concentration of revenue over the last twelve months."""

import pandas as pd

from kamlab.course.verdicts import Verdict, judge_number, right, wrong
from kamlab.portfolio import Portfolio
from kamlab.style import format_count, format_share
from kamlab.value.activity import account_revenue
from kamlab.value.concentration import (
    effective_number,
    herfindahl,
    top_n_share,
    top_share,
)
from kamlab.value.revenue import positive_amounts
from kamlab.value.trailing import trailing_revenue

#: Largest share of revenue that one unprotected group may have in exercise 11.4.
LIMIT = 0.03


def share_of_the_top_tenth(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge the share of revenue of the top 10 % of accounts (11.1).

    Parameters
    ----------
    answer : object
        A share, 0–1; right within 0.00005.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     share_of_the_top_tenth("half", portfolio).message
    "'half' is no number: give one number, such as 0.25"
    """
    truth = top_share(trailing_revenue(portfolio), 0.1)
    return judge_number(
        answer,
        truth,
        tolerance=0.00005,
        meaning=f"a tenth of the accounts brings {format_share(truth)} of revenue, "
        f"{truth / 0.1:.1f} times what it would bring if all were equal.",
        near_misses=_mistaken_shares(portfolio, truth),
        otherwise="take net revenue of the last twelve months by account, and "
        "top_share(revenue, top=...).",
    )


def _mistaken_shares(portfolio: Portfolio, truth: float) -> dict[str, float]:
    """Return what usual mistakes make of the share of the top tenth."""
    net = positive_amounts(trailing_revenue(portfolio))
    gross = trailing_revenue(portfolio, kind="gross")
    groups = trailing_revenue(portfolio, by="parent")
    whole = int(0.1 * len(net))
    return {
        "that is per cent: give a share between 0 and 1": 100 * truth,
        "that is gross revenue: take revenue net of returns, credits and rebates":
            top_share(gross, 0.1),
        "that is by parent: this question is about accounts": top_share(groups, 0.1),
        "that is the top 20 %: the question is about the top 10 %": top_share(net, 0.2),
        "that is all years: take the last twelve months":
            top_share(account_revenue(portfolio), 0.1),
        "that drops a part of an account: a tenth of them is no whole number, so "
        "interpolate": top_n_share(net, max(whole, 1)),
        "that rounds up to a whole account: interpolate instead":
            top_n_share(net, whole + 1),
    }  # fmt: skip


def what_follows_from_the_figures(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which statements follow from figures of concentration (11.2).

    Parameters
    ----------
    answer : object
        Letters of the statements that are right, such as "AD".
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     what_follows_from_the_figures("C", portfolio).right
    False
    """
    if not isinstance(answer, str) or not set(answer.upper()) <= set("ABCDE"):
        return wrong(f"{answer!r:.60}: give the letters that are right, such as 'AD'")
    for letter, (holds, why) in _statements(portfolio).items():
        if holds and letter not in answer.upper():
            return wrong(f"{letter} is missing: {why}.")
        if not holds and letter in answer.upper():
            return wrong(f"{letter} does not follow: {why}.")
    return right(
        "shares speak of revenue booked, the effective number of what hangs on the "
        "first few; neither speaks of profit or of next year."
    )


def _statements(portfolio: Portfolio) -> dict[str, tuple[bool, str]]:
    """Return whether each statement of exercise 11.2 holds, and where to look."""
    net = trailing_revenue(portfolio)
    amounts = positive_amounts(net)
    groups = trailing_revenue(portfolio, by="parent")
    smallest_half = amounts.iloc[len(amounts) // 2 :].sum()
    return {
        "A": (top_share(net, 0.2) >= 0.8, "compare the top 20 % share with 80 %"),
        "B": (
            bool(amounts.iloc[0] > smallest_half),
            "compare the largest account with what the smaller half brings together",
        ),
        "C": (False, "revenue says nothing about profit; the whale curve does"),
        "D": (
            herfindahl(groups) > herfindahl(net),
            "compare the effective numbers by parent and by account",
        ),
        "E": (False, "the effective number is a yardstick, not a list of accounts"),
    }


def accounts_to_replace_the_largest(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge how many accounts of median size replace the largest one (11.3).

    Parameters
    ----------
    answer : object
        A number of accounts, part of one included; right within 0.5.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     accounts_to_replace_the_largest(1, portfolio).right
    False
    """
    amounts = positive_amounts(trailing_revenue(portfolio))
    largest = amounts.iloc[0]
    truth = largest / amounts.median()
    near = {
        "that takes the mean, which the giants have pulled up: a new account is more "
        "likely of median size": largest / amounts.mean(),
        "that is the effective number: divide the largest by the median":
            effective_number(amounts),
        "that is upside down: divide the largest by the median": 1 / truth,
        "that is the revenue itself: divide it by the median account's": largest,
    }  # fmt: skip
    return judge_number(
        answer,
        truth,
        tolerance=0.5,
        meaning=f"some {format_count(truth)} ordinary accounts would have to be won to "
        "make up for one; keeping it is the cheaper plan.",
        near_misses=near,
        otherwise="divide the revenue of the largest account by the median of all "
        "accounts with positive revenue.",
    )


def groups_to_protect(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which groups get an executive sponsor, by what is left at risk (11.4).

    Parameters
    ----------
    answer : object
        Parent numbers: the shortest list after which no group outside it brings more
        than 3 % of revenue.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     groups_to_protect([], portfolio).right
    False
    """
    amounts = positive_amounts(trailing_revenue(portfolio, by="parent"))
    shares = amounts / amounts.sum()
    if isinstance(answer, str) or not hasattr(answer, "__iter__"):
        return wrong(f"{answer!r:.60} is no list: give parent numbers in a list")
    chosen = {str(each) for each in answer}
    unknown = sorted(chosen - set(shares.index))
    if unknown:
        return wrong(
            f"{unknown[0]!r} is no group with revenue: give the numbers of parents, as "
            "they stand in the index of revenue by parent"
        )
    return _judge_protection(chosen, shares)


def _judge_protection(chosen: set, shares: pd.Series) -> Verdict:
    """Judge a choice of groups by the largest one that stays outside."""
    needed = int((shares > LIMIT).sum())
    outside = shares.drop(list(chosen))
    largest = outside.iloc[0] if len(outside) else 0.0
    if largest > LIMIT:
        return wrong(
            f"a group you left out brings {format_share(largest)} of revenue, above "
            f"{format_share(LIMIT, 0)}: have you added up the accounts of each group?"
        )
    if len(chosen) > needed:
        return wrong(
            f"no group left out is above {format_share(LIMIT, 0)}, but {needed} of "
            f"your {len(chosen)} groups would do: a sponsor's time is scarce."
        )
    return right(
        f"with {needed} groups in the care of a sponsor, who cover "
        f"{format_share(shares[list(chosen)].sum())} of revenue, the largest other "
        f"brings {format_share(largest)}."
    )

"""Exercises of notebook 11: concentration of revenue over the last twelve months."""

import math

import pandas as pd

from kamlab.course.choices import judge_letters, judge_list
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

#: Share of groups that exercise 11.1 asks about.
TOP = 0.05
#: Number of groups that leave in exercise 11.3.
MANY = 5
#: Largest share of revenue that one unprotected group may have in exercise 11.4.
LIMIT = 0.03


def share_of_the_top_groups(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge the share of revenue of the top 5 % of groups (11.1).

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
    ...     share_of_the_top_groups("half", portfolio).message
    "'half' is no number: give one number, such as 0.25"
    """
    groups = positive_amounts(trailing_revenue(portfolio, by="parent"))
    truth = top_share(groups, TOP)
    return judge_number(
        answer,
        truth,
        tolerance=0.00005,
        meaning=f"{TOP * len(groups):.2f} groups bring {format_share(truth)} of "
        f"revenue, {truth / TOP:.1f} times what they would bring if all were equal.",
        near_misses=_mistaken_shares(portfolio, groups, truth),
        otherwise="take net revenue of the last twelve months by parent, and "
        "top_share(revenue, top=...).",
    )


def _mistaken_shares(
    portfolio: Portfolio, groups: pd.Series, truth: float
) -> dict[str, float]:
    """Return what usual mistakes make of the share of the top groups."""
    every = trailing_revenue(portfolio, by="parent")
    gross = trailing_revenue(portfolio, by="parent", kind="gross")
    accounts = trailing_revenue(portfolio)
    whole = int(TOP * len(groups))
    return {
        "that is per cent: give a share between 0 and 1": 100 * truth,
        "that is gross revenue: take revenue net of returns, credits and rebates":
            top_share(gross, TOP),
        "that is by account: this question is about groups": top_share(accounts, TOP),
        "that is the top 10 %: the question is about the top 5 %":
            top_share(groups, 0.1),
        "that is the top 20 %: the question is about the top 5 %":
            top_share(groups, 0.2),
        "that is all years: take the last twelve months":
            top_share(account_revenue(portfolio, by="parent"), TOP),
        "that drops a part of a group: 5 % of them is no whole number, so "
        "interpolate": top_n_share(groups, max(whole, 1)),
        "that rounds up to a whole group: interpolate instead":
            top_n_share(groups, whole + 1),
        "that counts groups without revenue, too: they stand outside all shares":
            _top_of_as_many(groups, len(every)),
    }  # fmt: skip


def _top_of_as_many(groups: pd.Series, many: int) -> float:
    """Return the share of the top 5 % of `many`, of whom only `groups` have revenue."""
    return top_share(groups, min(TOP * many / len(groups), 1.0))


def what_follows_from_the_figures(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which statements follow from figures of concentration (11.2).

    Parameters
    ----------
    answer : object
        Letters of the statements that are right, such as "AD", "A, D" or ["A", "D"].
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
    meaning = (
        "shares speak of revenue booked, the effective number of what hangs on the "
        "first few; neither speaks of profit or of next year."
    )
    return judge_letters(answer, _statements(portfolio), meaning)


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
        "C": (
            False,
            "these figures are of revenue, and revenue says nothing about profit",
        ),
        "D": (
            herfindahl(groups) > herfindahl(net),
            "compare the effective numbers by parent and by account",
        ),
        "E": (False, "the effective number is a yardstick, not a list of accounts"),
    }


def groups_to_replace_the_largest(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge how many groups of median size replace the five largest (11.3).

    Parameters
    ----------
    answer : object
        A number of groups, part of one included; right within 0.5.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     groups_to_replace_the_largest(1, portfolio).right
    False
    """
    groups = positive_amounts(trailing_revenue(portfolio, by="parent"))
    accounts = positive_amounts(trailing_revenue(portfolio))
    truth = groups.iloc[:MANY].sum() / groups.median()
    return judge_number(
        answer,
        truth,
        tolerance=0.5,
        meaning=f"it would take some {format_count(truth)} groups of the usual size to "
        f"make up for five; there are {format_count(len(groups))} with revenue in all.",
        near_misses=_mistaken_replacements(groups, accounts)
        | _mistaken_medians(trailing_revenue(portfolio, by="parent"), truth),
        otherwise="divide the revenue of the five largest groups by the median of all "
        "groups with positive revenue.",
    )


def _mistaken_replacements(groups: pd.Series, accounts: pd.Series) -> dict[str, float]:
    """Return what usual mistakes make of the number of groups to be won."""
    five, median = groups.iloc[:MANY].sum(), groups.median()
    return {
        "that is by account: add the accounts of each group up first":
            accounts.iloc[:MANY].sum() / accounts.median(),
        "that mixes both: the largest are groups, the median is one of accounts":
            five / accounts.median(),
        "that mixes both: the largest are accounts, the median is one of groups":
            accounts.iloc[:MANY].sum() / median,
        "that takes the mean, which the giants have pulled up: take the median":
            five / groups.mean(),
        "that is for the largest group only: the five largest leave":
            groups.iloc[0] / median,
        "that is the effective number: divide the five largest by the median":
            effective_number(groups),
        "that is upside down: divide the five largest by the median": median / five,
        "that is the revenue itself: divide it by the median group's": five,
    }  # fmt: skip


def _mistaken_medians(revenue: pd.Series, truth: float) -> dict[str, float]:
    """Return what a median of other groups, or rounding up, makes of exercise 11.3."""
    groups = positive_amounts(revenue)
    five, others = groups.iloc[:MANY].sum(), groups.iloc[MANY:]
    mistakes = {"that rounds up: a part of a group counts": float(math.ceil(truth))}
    medians = {
        "that median is of all groups, those without revenue included":
            revenue.median(),
        "that median leaves the five out: take that of all groups with revenue":
            others.median(),
    }  # fmt: skip
    return mistakes | {
        hint: five / median for hint, median in medians.items() if median > 0
    }


def groups_to_protect(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which groups get an executive sponsor, by what is left at risk (11.4).

    Parameters
    ----------
    answer : object
        Parent numbers, in a list, set, array or index, or as the index of revenue or
        shares: no more than needed that no group outside brings more than 3 %.
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
    return judge_list(
        answer,
        shares.index,
        lambda chosen: _judge_protection(chosen, shares),
        things="parent numbers",
        unknown="is no group with revenue: give the numbers of parents, as they stand "
        "in the index of revenue by parent",
    )


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

"""What figures of concentration amount to, in a sentence each, for any company's data.

A report must not carry yesterday's conclusion over today's numbers: these functions
write the conclusion from the numbers. What a row is called, "accounts" or "groups", is
their argument `of`.
"""

from datetime import date

import pandas as pd
from numpy.typing import ArrayLike

from kamlab.style.formats import format_count, format_money, format_share
from kamlab.value.concentration import (
    ConcentrationSummary,
    accounts_for_share,
    top_share,
)
from kamlab.value.power_tail import ENOUGH_P, ParetoTail
from kamlab.value.revenue import checked_amounts, split_by_sign

_SAME = 0.02
#: Deductions below this part of revenue are rounding of the accounts' sums.
_NOTHING = 1e-9


def short_window_sentence(wanted: int, months: int, first_day: date) -> str:
    """Say that the data are too young for the window that was wanted.

    Parameters
    ----------
    wanted, months : int
        Length of the window asked for, and of the one taken.
    first_day : date
        Day of the first order.

    Returns
    -------
    str
        Empty if the window is as long as it was to be.

    Examples
    --------
    >>> print(short_window_sentence(12, 9, date(2025, 4, 1)))
    The data begin on 1 April 2025: all figures cover 9 months instead of 12, and
    compare with nothing that covers a full year.
    >>> short_window_sentence(12, 12, date(2022, 1, 3))
    ''
    """
    if months == wanted:
        return ""
    begin = f"{first_day.day} {first_day:%B %Y}"
    span = "1 month" if months == 1 else f"{months} months"
    return (
        f"The data begin on {begin}: all figures cover {span} instead of {wanted}, "
        "and compare with nothing that covers a full year."
    )


def book_sentence(
    revenue: ArrayLike, top: float = 0.2, currency: str = "", of: str = "accounts"
) -> str:
    """Say how concentrated a book is, and what stays outside the measures.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account, of any sign, with 0 for accounts that brought nothing.
    top : float
        Share of accounts that counts as the top.
    currency : str
        Code of the currency.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> book_sentence([70, 10, 10, 5, 5, 0, -3], currency="EUR")
    'The top 20 % of 5 accounts bring 70.0 % of EUR 100; 80 % comes from 40.0 % of them.
    1 further account brought nothing in these months; 1 returned more than it bought,
    −EUR 3 in all.'
    """
    positive, others = split_by_sign(revenue)
    return " ".join(
        [
            f"The top {format_share(top, 0)} of {counted(len(positive), of)} "
            f"bring {format_share(top_share(positive, top))} of "
            f"{format_money(float(positive.sum()), currency)}; 80 % comes from "
            f"{format_share(accounts_for_share(positive))} of them.",
            *_outside(others, currency, of),
        ]
    )


def _outside(others: pd.Series, currency: str, of: str) -> list[str]:
    idle, minus = int((others == 0).sum()), int((others < 0).sum())
    parts = []
    if idle:
        parts.append(
            f"{counted(idle, f'further {of}')} brought nothing in these months"
        )
    if minus:
        who = format_count(minus) if idle else counted(minus, f"further {of}")
        bought = "it bought" if minus == 1 else "they bought"
        money = format_money(float(others.sum()), currency)
        parts.append(f"{who} returned more than {bought}, {money} in all")
    return ["; ".join(parts) + "."] if parts else []


def nothing_taken_back_sentence(gross: ArrayLike, net: ArrayLike) -> str:
    """Warn when no line of the window takes revenue back, which is rarely the truth.

    Parameters
    ----------
    gross, net : Series or array-like of shape (n_accounts,)
        Money by account before and after returns, credits and cancellations.

    Returns
    -------
    str
        Empty if something was taken back.

    Examples
    --------
    >>> print(nothing_taken_back_sentence([10, 5], [10, 5]))
    No line of these months takes revenue back (no returns, credits, cancellations):
    what stands here as net revenue may be revenue before returns.
    >>> nothing_taken_back_sentence([10, 5], [10, 4])
    ''
    """
    before, after = (checked_amounts(each).sum() for each in (gross, net))
    if abs(before - after) > _NOTHING * abs(before):
        return ""
    return (
        "No line of these months takes revenue back (no returns, credits, "
        "cancellations): what stands here as net revenue may be revenue before returns."
    )


def law_sentence(
    revenue: ArrayLike, top: float = 0.2, law: float = 0.8, of: str = "accounts"
) -> str:
    """Say how a book compares with a saying such as 20/80.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.
    top, law : float
        The saying: this share of accounts brings that share of revenue.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> law_sentence([70, 10, 10, 5, 5])
    'The saying 20/80 would have 80 % come from the top 20 % of accounts; here it is
    70.0 %: less concentrated than the saying.'
    """
    share = top_share(revenue, top)
    gap = share - law
    more = "more concentrated than" if gap > 0 else "less concentrated than"
    verdict = "close to" if abs(gap) <= _SAME else more
    return (
        f"The saying {round(100 * top)}/{round(100 * law)} would have "
        f"{format_share(law, 0)} come from the top {format_share(top, 0)} of {of}; "
        f"here it is {format_share(share)}: {verdict} the saying."
    )


def gini_sentence(summary: ConcentrationSummary, of: str = "accounts") -> str:
    """Say how unequal the accounts of a book are.

    Parameters
    ----------
    summary : ConcentrationSummary
        From `kamlab.value.concentration.concentration_summary`.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.concentration import concentration_summary
    >>> gini_sentence(concentration_summary([1, 3]))
    'The Gini coefficient of 2 accounts is 0.250; corrected for their number, 0.500.'
    """
    number = counted(summary.accounts, of)
    found = f"The Gini coefficient of {number} is {summary.gini:.3f}"
    if summary.accounts < 2:
        return f"{found}: a single {one_of(of)} is equal to itself."
    return f"{found}; corrected for their number, {summary.gini_corrected:.3f}."


def effective_number_sentence(
    summary: ConcentrationSummary, of: str = "accounts"
) -> str:
    """Say how many equal accounts would be as concentrated as a book.

    Parameters
    ----------
    summary : ConcentrationSummary
        From `kamlab.value.concentration.concentration_summary`.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.concentration import concentration_summary
    >>> effective_number_sentence(concentration_summary([30, 30, 20, 20]))
    'For the risk of losing one, the 4 accounts are as good as 3.8 of equal size: this
    effective number is the lower, the more of the revenue hangs on the first few
    (Herfindahl index 0.260).'
    """
    if summary.accounts < 2:
        return f"All revenue hangs on 1 {one_of(of)}: the effective number is 1.0."
    return (
        f"For the risk of losing one, the {format_count(summary.accounts)} {of} are as "
        f"good as {summary.effective_number:.1f} of equal size: this effective number "
        "is the lower, the more of the revenue hangs on the first few (Herfindahl "
        f"index {summary.herfindahl:.3f})."
    )


def pareto_sentence(tail: ParetoTail) -> str:
    """Say whether a Pareto law is rejected, cannot be told from another, or may hold.

    Parameters
    ----------
    tail : ParetoTail
        From `kamlab.value.power_tail.pareto_tail_index`.

    Returns
    -------
    str

    Examples
    --------
    >>> import numpy as np
    >>> from kamlab.value.power_tail import pareto_tail_index
    >>> book = np.random.default_rng(1).lognormal(10, 1.5, size=300)
    >>> print(pareto_sentence(pareto_tail_index(book)))
    Rejected: a Pareto law does not fit the 144 accounts of the tail (p = 0.025). One
    lognormal for all accounts is rejected (p = 0.074).
    """
    if pd.isna(tail.p_value):
        return f"Cannot decide: {tail.index.reason}."
    fits = tail.p_lognormal >= ENOUGH_P
    lognormal = f"{'not ' if fits else ''}rejected (p = {tail.p_lognormal:.3f})"
    other = f"One lognormal for all accounts is {lognormal}."
    if tail.p_value < ENOUGH_P:
        return (
            f"Rejected: a Pareto law does not fit the {tail.index.n} accounts of the "
            f"tail (p = {tail.p_value:.3f}). {other}"
        )
    if tail.p_thinner < ENOUGH_P:
        return (
            "Rejected: the tail is thinner than a Pareto tail (p = "
            f"{tail.p_thinner:.3f}). {other}"
        )
    if fits:
        return f"Cannot decide: a Pareto tail fits (p = {tail.p_value:.3f}). {other}"
    return (
        f"Not rejected: a Pareto tail fits (p = {tail.p_value:.3f}), with index "
        f"{tail.index}. {other}"
    )


def one_of(of: str) -> str:
    """Return the singular of "accounts" or "groups".

    Parameters
    ----------
    of : str
        What rows are called.

    Returns
    -------
    str

    Examples
    --------
    >>> one_of("groups")
    'group'
    """
    return of.removesuffix("s")


def counted(count: float, of: str) -> str:
    """Write a number of things, with the singular where there is one.

    Parameters
    ----------
    count : float
        How many; printed without decimals.
    of : str
        What they are, in the plural.

    Returns
    -------
    str

    Examples
    --------
    >>> counted(1, "groups"), counted(1200, "accounts")
    ('1 group', '1,200 accounts')
    """
    written = format_count(count)
    return f"{written} {one_of(of) if written == '1' else of}"

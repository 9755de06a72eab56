"""Revenue retention: what last year's customers bring this year, new ones left out.

Glossary
--------
net revenue retention, NRR (净收入留存率)
    What the accounts of the prior twelve months bring now, as a share of what they
    brought then: growth of some pays for the loss of others, and it may exceed 100 %.
gross revenue retention, GRR (毛收入留存率)
    The same without growth: each account counts with no more than it brought then.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamlab.errors import MissingDataError
from kamlab.language import _
from kamlab.portfolio import Portfolio
from kamlab.style.formats import format_count, format_money, format_share
from kamlab.value.revenue import checked_amounts, split_by_sign
from kamlab.value.trailing import months_covered, trailing_window
from kamlab.value.waterfall import account_waterfall


@dataclass(frozen=True)
class RevenueRetention:
    """Which part of last year's revenue the same accounts bring this year.

    Parameters
    ----------
    nrr, grr : float
        Net and gross revenue retention, shares.
    n, n_lost : int
        Accounts with revenue in the earlier period, and those of them without now.
    then, now : float
        What these accounts brought in the earlier period, and bring in the later.
    lost : float
        Revenue of the earlier period that went with the accounts lost.
    shrunk, grown : float
        What the remaining accounts bring less, and more, both positive.
    new : float
        Revenue of the later period from all other accounts, which are in neither rate.

    Examples
    --------
    >>> retention = revenue_retention({"A": 50.0}, {"A": 40.0, "B": 60.0})
    >>> retention.nrr, retention.grr, retention.n_lost
    (0.5, 0.4, 1)
    """

    nrr: float
    grr: float
    n: int
    n_lost: int
    then: float
    now: float
    lost: float
    shrunk: float
    grown: float
    new: float


def revenue_retention(now: pd.Series, then: pd.Series) -> RevenueRetention:
    """Show which part of their revenue last year's accounts bring this year.

    Parameters
    ----------
    now, then : Series of shape (n_accounts,)
        Net revenue by account, or by parent, of two equally long periods, usually the
        last twelve months and the twelve before. An account absent from `now` brings
        nothing.

    Returns
    -------
    RevenueRetention

    Raises
    ------
    UsageError
        If revenue is empty, not a finite number, or an account stands twice.
    DataError
        If no account had positive revenue in the earlier period.

    Notes
    -----
    With A the accounts of positive revenue then: NRR = Σ now ÷ Σ then and GRR =
    Σ min(now, then) ÷ Σ then, over A. An account that gets back more than it buys
    lowers both. So GRR ≤ 1, GRR ≤ NRR, and
    ``then − lost − shrunk + grown = now``.

    Examples
    --------
    >>> then = pd.Series({"Adler": 100.0, "Berg": 50.0, "Cole": 50.0})
    >>> now = pd.Series({"Adler": 140.0, "Berg": 40.0, "New": 30.0})
    >>> retention = revenue_retention(now, then)
    >>> retention.nrr, retention.grr, retention.lost, retention.new
    (0.9, 0.7, 50.0, 30.0)
    """
    base = split_by_sign(then, "then")[0]
    bought = checked_amounts(now, "now")
    kept = bought.reindex(base.index, fill_value=0.0)
    is_lost = kept <= 0
    change = kept - base
    total = float(base.sum())
    return RevenueRetention(
        nrr=float(kept.sum()) / total,
        grr=float(np.minimum(kept, base).sum()) / total,
        n=len(base),
        n_lost=int(is_lost.sum()),
        then=total,
        now=float(kept.sum()),
        lost=float(-change[is_lost].sum()),
        shrunk=float(-change[~is_lost].clip(upper=0).sum()),
        grown=float(change[~is_lost].clip(lower=0).sum()),
        new=float(bought.drop(base.index, errors="ignore").sum()),
    )


def trailing_retention(
    portfolio: Portfolio, by: str = "parent", months: int = 12
) -> RevenueRetention:
    """Show the revenue retention of the last twelve months on the view's day.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    by : {"parent", "account"}
        Groups under their parents as they are on the view's day, or accounts.
    months : int
        Length of each of the two windows.

    Returns
    -------
    RevenueRetention
        The earlier window with what was booked by its own last day, as the later one.

    Raises
    ------
    MissingDataError
        If the data do not cover both windows.
    DataError
        If no account had positive revenue in the earlier window.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     retention = trailing_retention(portfolio)
    >>> bool(retention.grr < 1 < retention.nrr)
    True
    """
    if months_covered(portfolio, 2 * months) < 2 * months:
        raise MissingDataError(
            f"Revenue retention needs {2 * months} months of data up to "
            f"{portfolio.as_of}, but they begin on {portfolio.first_day}. Choose a "
            "later day"
        )
    now, then = (_revenue(portfolio, by, months, back) for back in (0, 1))
    return revenue_retention(now, then)


def retention_words(retention: RevenueRetention, currency: str = "") -> str:
    """Say what is left of last year's revenue, and what the rates consist of.

    Parameters
    ----------
    retention : RevenueRetention
        From `revenue_retention`.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        In the current language.

    Examples
    --------
    >>> then = {"Adler": 100.0, "Berg": 50.0, "Cole": 50.0}
    >>> now = {"Adler": 140.0, "Berg": 40.0, "New": 30.0}
    >>> print(retention_words(revenue_retention(now, then), "EUR"))
    Of EUR 200 that 3 accounts brought in the twelve months before, 70.0 % is kept; with
    the growth of those that stayed it is 90.0 %. EUR 50 went with 1 that left, EUR 10
    with those that buy less; EUR 40 came from those that buy more.
    """
    text = _(
        "Of {then} that {n} accounts brought in the twelve months before, {grr} is "
        "kept; with the growth of those that stayed it is {nrr}. {lost} went with "
        "{n_lost} that left, {shrunk} with those that buy less; {grown} came from "
        "those that buy more."
    )
    return text.format(
        then=format_money(retention.then, currency),
        n=format_count(retention.n),
        n_lost=format_count(retention.n_lost),
        grr=format_share(retention.grr),
        nrr=format_share(retention.nrr),
        lost=format_money(retention.lost, currency),
        shrunk=format_money(retention.shrunk, currency),
        grown=format_money(retention.grown, currency),
    )


def _revenue(portfolio: Portfolio, by: str, months: int, back: int) -> pd.Series:
    """Return net revenue of a window as it was booked by its own last day."""
    start, end = trailing_window(portfolio.as_of, months, back)
    return account_waterfall(portfolio, start, end, by, booked_by=end)["revenue"]

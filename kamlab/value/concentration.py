"""How concentrated revenue is: which few accounts (key accounts, 大客户) bring most.

Glossary
--------
Gini coefficient
    Twice the area between the Lorenz curve and the line of equal accounts: 0 if all
    are equal, towards 1 if one account brings all.
top share
    The share of revenue the largest accounts bring. "20/80" says that the top 20 %
    bring 80 %.
Herfindahl index
    The sum of squared shares of revenue; its inverse is the number of equal accounts
    that would be as concentrated (effective number of accounts).

All measures are over accounts with positive revenue; `concentration_summary` says how
many others there are and what they sum to. For a year's whole book they are ledger
facts and exact. As statements about next year, or about the kind of business, they
are estimates: see `kamlab.value.concentration_intervals`.
"""

from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.value.concentration_kernels import (
    accounts_for_share_of,
    gini_of,
    top_share_of,
)
from kamlab.value.revenue import checked_share, positive_amounts, split_by_sign


def gini(revenue: ArrayLike, corrected: bool = False) -> float:
    """Measure how unequal accounts are, from 0 (all equal) towards 1 (one has all).

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.
    corrected : bool
        Multiply by n / (n − 1), so that few accounts do not look more equal than
        they are; a single account then has no coefficient (NaN).

    Returns
    -------
    float

    Raises
    ------
    UsageError, DataError
        If the amounts are not one finite number per account, or none is positive.

    Notes
    -----
    G = 2 Σ i·x₍ᵢ₎ / (n Σ x) − (n + 1) / n over amounts in ascending order. Where a
    published figure counts zero accounts too, it is 1 − (1 − G) · positive ÷ all.

    References
    ----------
    Gini, C. (1912). Variabilità e mutabilità. Bologna: Cuppini.

    Examples
    --------
    >>> gini([1, 3])
    0.25
    >>> gini([1, 3], corrected=True)
    0.5
    """
    amounts = positive_amounts(revenue).to_numpy()
    raw, n = float(gini_of(amounts)), len(amounts)
    if not corrected:
        return raw
    return raw * n / (n - 1) if n > 1 else float("nan")


def top_share(revenue: ArrayLike, top: float = 0.2) -> float:
    """Say which share of revenue the top 20 % (or any other share) of accounts bring.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.
    top : float
        Share of accounts, above 0 and at most 1.

    Returns
    -------
    float
        Between accounts the curve is a straight line: the top 20 % of 4,338 accounts
        are 867.6 accounts, so six tenths of account no. 868 count.

    Raises
    ------
    UsageError, DataError
        If `top` is no such share, the amounts are not one finite number per account,
        or none is positive.

    References
    ----------
    Schmittlein, D. C., Cooper, L. G. and Morrison, D. G. (1993). Truth in
    concentration in the land of (80/20) laws. Marketing Science 12, 167–183.

    Examples
    --------
    >>> top_share([70, 10, 10, 5, 5], top=0.2)
    0.7
    """
    checked_share(top, "top", "; for a number of accounts use top_n_share")
    return float(top_share_of(positive_amounts(revenue).to_numpy(), top))


def top_n_share(revenue: ArrayLike, n: int) -> float:
    """Say which share of revenue the n largest accounts bring.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.
    n : int
        Number of accounts, at least 1; more than there are gives 1.

    Returns
    -------
    float

    Raises
    ------
    UsageError, DataError
        If `n` is no whole number above 0, the amounts are not one finite number per
        account, or none is positive.

    Examples
    --------
    >>> top_n_share([70, 10, 10, 5, 5], n=2)
    0.8
    """
    if not isinstance(n, Real) or not 1 <= n < np.inf or n != int(n):
        raise UsageError(
            f"n = {n!r}: give a number of accounts such as 5; for a share of accounts "
            "use top_share"
        )
    amounts = positive_amounts(revenue)
    return float(amounts.iloc[: int(n)].sum() / amounts.sum())


def accounts_for_share(revenue: ArrayLike, share: float = 0.8) -> float:
    """Say how few accounts bring 80 % (or any other share) of revenue.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.
    share : float
        Share of revenue, above 0 and at most 1.

    Returns
    -------
    float
        Share of accounts, a straight line between accounts; times n it is a number
        of accounts. The inverse of `top_share`.

    Raises
    ------
    UsageError, DataError
        If `share` is no such share, the amounts are not one finite number per
        account, or none is positive.

    Examples
    --------
    >>> accounts_for_share([70, 10, 10, 5, 5], share=0.8)
    0.4
    """
    checked_share(share, "share")
    return float(accounts_for_share_of(positive_amounts(revenue).to_numpy(), share))


def herfindahl(revenue: ArrayLike) -> float:
    """Measure how far revenue hangs on few accounts, from 1/n up to 1.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.

    Returns
    -------
    float

    Raises
    ------
    UsageError, DataError
        If the amounts are not one finite number per account, or none is positive.

    Notes
    -----
    H = Σ sᵢ² with shares of revenue s. The largest accounts rule it: it says how
    much hangs on the first few, not how the rest differ.

    References
    ----------
    Herfindahl, O. C. (1950). Concentration in the steel industry. Columbia
    University, New York.

    Examples
    --------
    >>> round(herfindahl([30, 30, 20, 20]), 4)
    0.26
    """
    amounts = positive_amounts(revenue).to_numpy()
    return float(np.sum((amounts / amounts.sum()) ** 2))


def effective_number(revenue: ArrayLike) -> float:
    """Say how many accounts of equal size would be as concentrated as these.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.

    Returns
    -------
    float
        1 ÷ `herfindahl`, from 1 to the number of accounts.

    Raises
    ------
    UsageError, DataError
        If the amounts are not one finite number per account, or none is positive.

    Examples
    --------
    >>> round(effective_number([30, 30, 20, 20]), 2)
    3.85
    """
    return 1 / herfindahl(revenue)


@dataclass(frozen=True)
class ConcentrationSummary:
    """The concentration of a book of accounts, and what was left out of it.

    Parameters
    ----------
    accounts, revenue : int, float
        Accounts with positive revenue, and what they sum to.
    zero_accounts, negative_accounts : int
        Accounts without, and with negative, revenue: outside all measures.
    others_revenue : float
        What those sum to.
    largest_account : object
        The account with most revenue.
    top_1_share, top_5_share : float
        Share of revenue of the largest and the five largest accounts.
    top_20_percent_share : float
        Share of revenue of the top 20 % of accounts.
    accounts_for_80_percent : float
        Share of accounts that brings 80 % of revenue.
    gini, gini_corrected, herfindahl, effective_number : float
        As the functions of these names give them.
    """

    accounts: int
    revenue: float
    zero_accounts: int
    negative_accounts: int
    others_revenue: float
    largest_account: object
    top_1_share: float
    top_5_share: float
    top_20_percent_share: float
    accounts_for_80_percent: float
    gini: float
    gini_corrected: float
    herfindahl: float
    effective_number: float

    @property
    def others(self) -> int:
        """Number of accounts outside the measures."""
        return self.zero_accounts + self.negative_accounts


def concentration_summary(revenue: ArrayLike) -> ConcentrationSummary:
    """Take all measures of concentration at once, and count what is outside them.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account, of any sign.

    Returns
    -------
    ConcentrationSummary

    Raises
    ------
    UsageError, DataError
        If the amounts are not one finite number per account, or none is positive.

    Examples
    --------
    >>> summary = concentration_summary([70, 10, 10, 5, 5, 0, -3])
    >>> summary.accounts, summary.others, summary.others_revenue
    (5, 2, -3.0)
    >>> summary.top_20_percent_share
    0.7
    """
    positive, others = split_by_sign(revenue)
    return ConcentrationSummary(
        accounts=len(positive),
        revenue=float(positive.sum()),
        zero_accounts=int((others == 0).sum()),
        negative_accounts=int((others < 0).sum()),
        others_revenue=float(others.sum()),
        largest_account=positive.index[0],
        top_1_share=top_n_share(positive, 1),
        top_5_share=top_n_share(positive, 5),
        top_20_percent_share=top_share(positive),
        accounts_for_80_percent=accounts_for_share(positive),
        gini=gini(positive),
        gini_corrected=gini(positive, corrected=True),
        herfindahl=herfindahl(positive),
        effective_number=effective_number(positive),
    )

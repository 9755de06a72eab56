"""Concentration statistics of many books of accounts at once, for the bootstrap.

Every function takes amounts sorted from the largest to the smallest along the last
axis, where zeros at the end stand for accounts without revenue and do not count. The
influence of an account on a statistic (its derivative when that account's weight
grows) gives the standard error without another bootstrap.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def sorted_down(amounts: Floats) -> Floats:
    """Sort amounts from the largest to the smallest along the last axis.

    Parameters
    ----------
    amounts : array of shape (..., n_accounts)
        Money.

    Returns
    -------
    array of shape (..., n_accounts)

    Examples
    --------
    >>> sorted_down(np.array([[1.0, 3.0, 2.0]])).tolist()
    [[3.0, 2.0, 1.0]]
    """
    return -np.sort(-amounts, axis=-1)


def gini_of(amounts: Floats) -> Floats:
    """Gini coefficient of every row, uncorrected.

    Parameters
    ----------
    amounts : array of shape (..., n_accounts)
        Sorted from the largest.

    Returns
    -------
    array of shape (...)

    Examples
    --------
    >>> gini_of(np.array([[1.0, 1.0], [3.0, 1.0]])).tolist()
    [0.0, 0.25]
    """
    n, total = _size_and_total(amounts)
    rank = np.arange(1, amounts.shape[-1] + 1)
    weighted = (rank * amounts).sum(axis=-1)
    return np.maximum((n + 1) / n - 2 * weighted / (n * total), 0.0)


def gini_influence(amounts: Floats) -> Floats:
    """Influence of every account on the Gini coefficient (Davidson 2009).

    Parameters
    ----------
    amounts : array of shape (..., n_accounts)
        Sorted from the largest.

    Returns
    -------
    array of shape (..., n_accounts)

    Examples
    --------
    >>> gini_influence(np.array([2.0, 2.0])).tolist()
    [0.0, 0.0]
    """
    n, total = (part[..., None] for part in _size_and_total(amounts))
    gini = gini_of(amounts)[..., None]
    rank_up = n - np.arange(amounts.shape[-1])
    up_to_here = total - np.cumsum(amounts, axis=-1) + amounts
    raw = ((2 * rank_up - 1) / n - gini - 1) * amounts - 2 / n * up_to_here
    return _centred(raw, amounts) * n / total


def top_share_of(amounts: Floats, top: float) -> Floats:
    """Share of revenue that the top accounts of every row bring, interpolated.

    Parameters
    ----------
    amounts : array of shape (..., n_accounts)
        Sorted from the largest.
    top : float
        Share of accounts.

    Returns
    -------
    array of shape (...)

    Examples
    --------
    >>> top_share_of(np.array([6.0, 3.0, 1.0]), top=0.5).item()
    0.75
    """
    n, total = _size_and_total(amounts)
    return _sum_of_first(amounts, top * n) / total


def top_share_influence(amounts: Floats, top: float) -> Floats:
    """Influence of every account on the share of the top accounts.

    Parameters
    ----------
    amounts : array of shape (..., n_accounts)
        Sorted from the largest.
    top : float
        Share of accounts.

    Returns
    -------
    array of shape (..., n_accounts)

    Examples
    --------
    >>> top_share_influence(np.array([3.0, 1.0]), top=0.5).tolist()
    [0.125, -0.125]
    """
    n, total = _size_and_total(amounts)
    last = np.minimum(top * n, n - 1).astype(int)[..., None]
    margin = np.take_along_axis(amounts, last, axis=-1)
    share = top_share_of(amounts, top)[..., None]
    raw = np.maximum(amounts - margin, 0) - share * amounts
    return _centred(raw, amounts) * (n / total)[..., None]


def accounts_for_share_of(amounts: Floats, share: float) -> Floats:
    """Smallest share of accounts that brings a share of every row's revenue.

    Parameters
    ----------
    amounts : array of shape (..., n_accounts)
        Sorted from the largest.
    share : float
        Share of revenue.

    Returns
    -------
    array of shape (...)

    Examples
    --------
    >>> accounts_for_share_of(np.array([6.0, 3.0, 1.0, 0.0]), share=0.75).item()
    0.5
    """
    n, total = _size_and_total(amounts)
    last, reached = _account_that_reaches(amounts, share)
    return (last + 1 - (reached - share * total) / _at(amounts, last)) / n


def accounts_for_share_influence(amounts: Floats, share: float) -> Floats:
    """Influence of every account on the share of accounts that brings a share.

    Parameters
    ----------
    amounts : array of shape (..., n_accounts)
        Sorted from the largest.
    share : float
        Share of revenue.

    Returns
    -------
    array of shape (..., n_accounts)

    Examples
    --------
    >>> accounts_for_share_influence(np.array([3.0, 1.0]), share=0.75).tolist()
    [0.25, -0.25]
    """
    last, _ = _account_that_reaches(amounts, share)
    margin = _at(amounts, last)[..., None]
    raw = np.maximum(amounts - margin, 0) - share * amounts
    return -_centred(raw, amounts) / margin


def standard_error_of(influence: Floats, n: Floats) -> Floats:
    """Standard error of a statistic from the influence of its accounts.

    Parameters
    ----------
    influence : array of shape (..., n_accounts)
        Influence of every account.
    n : array of shape (...)
        Number of accounts that count.

    Returns
    -------
    array of shape (...)

    Examples
    --------
    >>> standard_error_of(np.array([0.3, -0.4]), np.array(2)).item()
    0.25
    """
    return np.sqrt((influence**2).sum(axis=-1)) / n


def _size_and_total(amounts: Floats) -> tuple[Floats, Floats]:
    return (amounts > 0).sum(axis=-1), amounts.sum(axis=-1)


def _sum_of_first(amounts: Floats, count: Floats) -> Floats:
    """Sum of the first `count` amounts, where count may end within an account."""
    whole = np.minimum(np.floor(count), amounts.shape[-1] - 1).astype(int)
    before = _at(np.cumsum(amounts, axis=-1), whole) - _at(amounts, whole)
    return before + (count - whole) * _at(amounts, whole)


def _account_that_reaches(amounts: Floats, share: float) -> tuple[Floats, Floats]:
    """Position of the account with which a share is reached, and the sum up to it."""
    sums = np.cumsum(amounts, axis=-1)
    # The last sum may fall short of the total by rounding.
    target = share * sums[..., -1:] * (1 - 1e-12)
    last = (sums >= target).argmax(axis=-1)
    return last, _at(sums, last)


def _at(amounts: Floats, position: Floats) -> Floats:
    return np.take_along_axis(amounts, position[..., None], axis=-1)[..., 0]


def _centred(raw: Floats, amounts: Floats) -> Floats:
    """Take off the mean over accounts that count, and silence the others."""
    counts = amounts > 0
    mean = (raw * counts).sum(axis=-1) / counts.sum(axis=-1)
    return np.where(counts, raw - mean[..., None], 0.0)

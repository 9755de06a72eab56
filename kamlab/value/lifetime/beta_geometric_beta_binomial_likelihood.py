"""How likely histories of taken and missed occasions are when accounts leave for good.

Some business has occasions rather than days: a yearly tender, a quarterly framework
order, a trade fair. An account that is still there takes an occasion with its own
probability p, and leaves for good before an occasion with its own probability θ.

Glossary
--------
alpha, beta
    Parameters of the beta distribution of p among accounts.
gamma, delta
    Parameters of the beta distribution of θ.
x, tx, n
    Occasions taken, the number of the last one taken (0 for none), and occasions so
    far, all after the account's first order.
"""

from typing import NamedTuple

import numpy as np
from scipy.special import betaln, digamma, expit, logsumexp

from kamlab.value.lifetime.quadrature import Floats


class Occasions(NamedTuple):
    """Histories of occasions, as arrays of one length.

    Parameters
    ----------
    x, tx, n : array of shape (n_rows,)
        Occasions taken, number of the last one taken, and occasions so far.

    Examples
    --------
    >>> Occasions(np.array([2.0]), np.array([4.0]), np.array([6.0])).tx.tolist()
    [4.0]
    """

    x: Floats
    tx: Floats
    n: Floats


def log_likelihoods(
    parameters: tuple[float, float, float, float], rows: Occasions
) -> Floats:
    """Log-likelihood of every history, in the order in which occasions were taken.

    Parameters
    ----------
    parameters : tuple of four floats
        alpha, beta, gamma and delta.
    rows : Occasions
        One row a history.

    Returns
    -------
    array of shape (n_rows,)

    Notes
    -----
    L = B(α+x, β+n−x) B(γ, δ+n) / K + Σ B(α+x, β+t−x) B(γ+1, δ+t) / K, summed over the
    occasions t = tx … n−1 after which it may have left, where K = B(α, β) B(γ, δ).

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Shang, J. (2010). Customer-base analysis in a
    discrete-time noncontractual setting. Marketing Science 29, 1086–1108.

    Examples
    --------
    >>> rows = Occasions(*(np.array([each]) for each in (0, 0, 6)))
    >>> print(np.exp(log_likelihoods((1.204, 0.750, 0.657, 2.783), rows)).round(4))
    [0.3112]
    """
    there = log_there(parameters, rows)
    return np.logaddexp(there, logsumexp(_log_left(parameters, rows), axis=1))


def log_there(
    parameters: tuple[float, float, float, float], rows: Occasions, beyond: int = 0
) -> Floats:
    """Log-probability of every history together with being there some occasions on.

    Parameters
    ----------
    parameters : tuple of four floats
        alpha, beta, gamma and delta.
    rows : Occasions
        One row a history.
    beyond : int
        Occasions after the last one, at which the account is still to be there.

    Returns
    -------
    array of shape (n_rows,)

    Examples
    --------
    >>> rows = Occasions(*(np.array([each]) for each in (6, 6, 6)))
    >>> parameters = (1.204, 0.750, 0.657, 2.783)
    >>> both = log_there(parameters, rows, beyond=1)
    >>> print(np.exp(both - log_likelihoods(parameters, rows)).round(2))
    [0.93]
    """
    alpha, beta, gamma, delta = parameters
    x, _, n = rows
    taken = betaln(alpha + x, beta + n - x) - betaln(alpha, beta)
    return taken + betaln(gamma, delta + n + beyond) - betaln(gamma, delta)


def log_likelihoods_and_slopes(
    parameters: tuple[float, float, float, float], rows: Occasions
) -> tuple[Floats, Floats]:
    """Log-likelihood of every history and its derivatives.

    Parameters
    ----------
    parameters : tuple of four floats
        alpha, beta, gamma and delta.
    rows : Occasions
        One row a history.

    Returns
    -------
    tuple of arrays of shape (n_rows,) and (n_rows, 4)
        The second one by alpha, beta, gamma and delta.

    Examples
    --------
    >>> rows = Occasions(*(np.array([each]) for each in (0, 0, 6)))
    >>> log_likelihoods_and_slopes((1.204, 0.750, 0.657, 2.783), rows)[1].shape
    (1, 4)
    """
    there, left = log_there(parameters, rows), _log_left(parameters, rows)
    log_left = logsumexp(left, axis=1)
    values = np.logaddexp(there, log_left)
    weights = np.exp(left - values[:, None])
    stayed = expit(there - log_left)
    mixed = stayed * _slopes_there(parameters, rows)
    gone = (weights * each for each in _slopes_left(parameters, rows))
    by = [one + other.sum(axis=1) for one, other in zip(mixed, gone, strict=True)]
    return values, np.column_stack(by) - _slopes_at_start(parameters)


def _last_occasions(rows: Occasions) -> Floats:
    """Occasions after which an account may have left, as one row."""
    return np.arange(max(int(rows.n.max(initial=0)), 1), dtype=float)[None, :]


def _log_left(parameters: tuple[float, float, float, float], rows: Occasions) -> Floats:
    """Log-probability of a history that ended after every occasion."""
    alpha, beta, gamma, delta = parameters
    x, tx, n = (each[:, None] for each in rows)
    last = _last_occasions(rows)
    possible = (last >= tx) & (last < n)
    missed = np.where(possible, last - x, 0)
    taken = betaln(alpha + x, beta + missed) - betaln(alpha, beta)
    leaving = betaln(gamma + 1, delta + last) - betaln(gamma, delta)
    return np.where(possible, taken + leaving, -np.inf)


def _slopes_there(
    parameters: tuple[float, float, float, float], rows: Occasions
) -> Floats:
    alpha, beta, gamma, delta = parameters
    x, _, n = rows
    all_taking, all_leaving = digamma(alpha + beta + n), digamma(gamma + delta + n)
    return np.array(
        [
            digamma(alpha + x) - all_taking,
            digamma(beta + n - x) - all_taking,
            digamma(gamma) - all_leaving,
            digamma(delta + n) - all_leaving,
        ]
    )


def _slopes_left(
    parameters: tuple[float, float, float, float], rows: Occasions
) -> tuple[Floats, ...]:
    alpha, beta, gamma, delta = parameters
    x, tx = rows.x[:, None], rows.tx[:, None]
    last = np.maximum(_last_occasions(rows), tx)
    all_taking, all_leaving = (
        digamma(alpha + beta + last),
        digamma(gamma + delta + 1 + last),
    )
    return (
        digamma(alpha + x) - all_taking,
        digamma(beta + last - x) - all_taking,
        digamma(gamma + 1) - all_leaving,
        digamma(delta + last) - all_leaving,
    )


def _slopes_at_start(parameters: tuple[float, float, float, float]) -> Floats:
    alpha, beta, gamma, delta = parameters
    taking, leaving = digamma(alpha + beta), digamma(gamma + delta)
    return np.array(
        [
            digamma(alpha) - taking,
            digamma(beta) - taking,
            digamma(gamma) - leaving,
            digamma(delta) - leaving,
        ]
    )

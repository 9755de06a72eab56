"""How likely purchase histories are when accounts buy at random and leave for good.

Under the Pareto/NBD model an account orders at its own rate λ until an unseen day on
which it leaves for good. Two kinds of history explain the same counts: the account is
still there and has been silent by chance, or it left somewhere between its last order
and today. The second one is an integral over the day of leaving.

The papers write that integral as a difference of two hypergeometric functions, which
cancels to nothing for loyal accounts, whose last order was yesterday. Here it is summed
on Gauss–Legendre nodes instead: no cancellation, the same speed for every account, and
the gradient comes from the same nodes.

Glossary
--------
r, alpha
    Shape and rate of the gamma distribution of order rates λ among accounts.
s, beta
    Shape and rate of the gamma distribution of rates of leaving μ.
x, tx, T
    Repeat orders, time of the last of them, and time under observation, all counted
    from the first order.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy.special import digamma, expit, gammaln, log_expit

from kamlab.value.lifetime.quadrature import Floats, gauss_legendre

# An integrand that has fallen by this many powers of e adds nothing to its integral.
_NEGLIGIBLE = 40.0
_NODES = 24
# Rows whose nodes fit the processor's cache together.
_ROWS = 2048


class Histories(NamedTuple):
    """Purchase histories with the parameters of each, as arrays of one length.

    Parameters
    ----------
    r, alpha, s, beta : array of shape (n,)
        Parameters; they differ between rows where accounts differ by covariates.
    x, tx, T : array of shape (n,)
        Repeat orders, time of the last one and time under observation.

    Examples
    --------
    >>> histories((0.5, 10, 0.6, 12), [2, 3], [1, 2], [9, 9]).alpha.tolist()
    [10.0, 10.0]
    """

    r: Floats
    alpha: Floats
    s: Floats
    beta: Floats
    x: Floats
    tx: Floats
    T: Floats


def histories(
    parameters: tuple[Floats | float, ...], x: Floats, tx: Floats, T: Floats
) -> Histories:
    """Spread parameters and counts over rows of one length.

    Parameters
    ----------
    parameters : tuple of four numbers or arrays
        r, alpha, s and beta.
    x, tx, T : array of shape (n,)
        Repeat orders, time of the last one and time under observation.

    Returns
    -------
    Histories

    Examples
    --------
    >>> histories((0.5, 10, 0.6, 12), np.array([2, 3]), np.array([1, 2]), 9).T.tolist()
    [9.0, 9.0]
    """
    columns = [np.asarray(each, dtype=float) for each in (*parameters, x, tx, T)]
    return Histories(*map(np.atleast_1d, np.broadcast_arrays(*columns)))


def log_likelihoods(rows: Histories) -> Floats:
    """Log-likelihood of every history.

    Parameters
    ----------
    rows : Histories
        From `histories`.

    Returns
    -------
    array of shape (n,)

    Notes
    -----
    L = Γ(r+x) α^r β^s / Γ(r) · { (α+T)^−(r+x) (β+T)^−s + D }, where
    D = s ∫ (α+τ)^−(r+x) (β+τ)^−(s+1) dτ from tx to T is the part of accounts that left.

    References
    ----------
    Schmittlein, D. C., Morrison, D. G. and Colombo, R. (1987). Counting your customers:
    who are they and what will they do next? Management Science 33, 1–24.
    Fader, P. S. and Hardie, B. G. S. (2005). A note on deriving the Pareto/NBD model
    and related expressions. brucehardie.com/notes/009.

    Examples
    --------
    >>> one = histories((0.553, 10.578, 0.606, 11.669), 2, 30.43, 38.86)
    >>> print(log_likelihoods(one).round(4))
    [-9.5543]
    """
    parts = [_log_parts(block) for block in _blocks(rows)]
    there = np.concatenate([each.there for each in parts])
    left = np.concatenate([each.left for each in parts])
    return _log_constant(rows) + np.logaddexp(there, left)


def log_likelihoods_and_slopes(rows: Histories) -> tuple[Floats, Floats]:
    """Log-likelihood of every history and its derivatives.

    Parameters
    ----------
    rows : Histories
        From `histories`.

    Returns
    -------
    tuple of arrays of shape (n,) and (n, 4)
        The second one by r, alpha, s and beta, in this order.

    Examples
    --------
    >>> one = histories((0.553, 10.578, 0.606, 11.669), 2, 30.43, 38.86)
    >>> log_likelihoods_and_slopes(one)[1].shape
    (1, 4)
    """
    found = [_with_slopes(block) for block in _blocks(rows)]
    values, slopes = zip(*found, strict=True)
    return np.concatenate(values), np.concatenate(slopes)


def log_alive(rows: Histories) -> Floats:
    """Log of the probability that every account is still there at the end.

    Parameters
    ----------
    rows : Histories
        From `histories`.

    Returns
    -------
    array of shape (n,)

    References
    ----------
    Fader and Hardie (2005), as above.

    Examples
    --------
    >>> one = histories((0.553, 10.578, 0.606, 11.669), 26, 30.857, 31)
    >>> print(np.exp(log_alive(one)).round(4))
    [0.9979]
    """
    parts = (_log_parts(block) for block in _blocks(rows))
    return np.concatenate([log_expit(each.there - each.left) for each in parts])


class _Parts(NamedTuple):
    """Logs of the two explanations of a history, without their common factor."""

    there: Floats
    left: Floats


def _blocks(rows: Histories) -> Iterator[Histories]:
    for start in range(0, max(len(rows.x), 1), _ROWS):
        yield Histories(*(each[start : start + _ROWS] for each in rows))


def _log_constant(rows: Histories) -> Floats:
    """Log of what both explanations share."""
    shapes = gammaln(rows.r + rows.x) - gammaln(rows.r)
    return shapes + rows.r * np.log(rows.alpha) + rows.s * np.log(rows.beta)


def _log_there(rows: Histories) -> Floats:
    orders = (rows.r + rows.x) * np.log(rows.alpha + rows.T)
    return -orders - rows.s * np.log(rows.beta + rows.T)


def _log_foot(rows: Histories) -> Floats:
    """Log of the integrand at the last order, times s and the unit of the nodes."""
    near = np.minimum(rows.alpha, rows.beta) + rows.tx
    orders = (rows.r + rows.x) * np.log(rows.alpha + rows.tx)
    leaving = (rows.s + 1) * np.log(rows.beta + rows.tx)
    return np.log(rows.s) + np.log(near) - orders - leaving


class _Ends(NamedTuple):
    """The two factors of the integrand: `near` has the smaller of alpha and beta."""

    near: Floats
    far: Floats
    near_power: Floats
    far_power: Floats


class _Nodes(NamedTuple):
    """The integrand where it is summed, one row a history."""

    length: Floats
    log_near: Floats
    log_far: Floats
    growth: Floats
    height: Floats


def _log_parts(rows: Histories) -> _Parts:
    return _Parts(_log_there(rows), _log_left(rows, _nodes(_ends(rows), rows)))


def _ends(rows: Histories) -> _Ends:
    swapped = rows.alpha > rows.beta
    orders, leaving = rows.r + rows.x, rows.s + 1
    return _Ends(
        np.minimum(rows.alpha, rows.beta) + rows.tx,
        np.maximum(rows.alpha, rows.beta) + rows.tx,
        np.where(swapped, leaving, orders),
        np.where(swapped, orders, leaving),
    )


def _length(ends: _Ends, silence: Floats) -> Floats:
    """Length on the log scale of what matters of the time since the last order.

    The log of the integrand is concave there, so Newton's steps come down from the
    right to where it is negligible, and never pass it.
    """
    length = np.log1p(silence / ends.near)
    ratio = ends.near / ends.far
    for _ in range(6):
        growth = ratio * np.expm1(length)
        height = (1 - ends.near_power) * length - ends.far_power * np.log1p(growth)
        excess = np.minimum(height + _NEGLIGIBLE, 0)
        if excess.min(initial=0) > -1:
            break
        fall = ends.near_power - 1 + ends.far_power * (ratio + growth) / (1 + growth)
        length = length + excess / fall
    return length


def _nodes(ends: _Ends, rows: Histories) -> _Nodes:
    """Evaluate the integrand between the last order and the end of observation.

    With v = log of (near + time since the last order) / near it is analytic in a wide
    strip around the real axis, whatever the parameters: few nodes are enough.
    """
    length = _length(ends, rows.T - rows.tx)
    log_near = length[:, None] * gauss_legendre(_NODES)[0]
    growth = np.expm1(log_near)
    log_far = np.log1p(growth * (ends.near / ends.far)[:, None])
    height = (1 - ends.near_power)[:, None] * log_near
    height -= ends.far_power[:, None] * log_far
    return _Nodes(length, log_near, log_far, growth, np.exp(height))


def _log_left(rows: Histories, nodes: _Nodes) -> Floats:
    # Where the last order was today nobody can have left since: the log of nothing.
    with np.errstate(divide="ignore"):
        log_integral = np.log(nodes.length * (nodes.height @ gauss_legendre(_NODES)[1]))
    return _log_foot(rows) + log_integral


def _with_slopes(rows: Histories) -> tuple[Floats, Floats]:
    ends = _ends(rows)
    nodes = _nodes(ends, rows)
    there, left = _log_there(rows), _log_left(rows, nodes)
    values = _log_constant(rows) + np.logaddexp(there, left)
    slopes = _slopes(rows, _means(rows, ends, nodes), expit(left - there))
    return values, slopes


class _Means(NamedTuple):
    """Means over the possible days τ of leaving."""

    log_alpha: Floats
    log_beta: Floats
    inverse_alpha: Floats
    inverse_beta: Floats


def _means(rows: Histories, ends: _Ends, nodes: _Nodes) -> _Means:
    """Means of log(α+τ), log(β+τ), 1/(α+τ) and 1/(β+τ), given that it left."""
    _, weights = gauss_legendre(_NODES)
    near = 1 + nodes.growth
    far = 1 + nodes.growth * (ends.near / ends.far)[:, None]
    height, total = nodes.height, nodes.height @ weights
    log_near = np.log(ends.near) + (height * nodes.log_near) @ weights / total
    log_far = np.log(ends.far) + (height * nodes.log_far) @ weights / total
    inverse_near = (height / near) @ weights / (total * ends.near)
    inverse_far = (height / far) @ weights / (total * ends.far)
    swapped = rows.alpha > rows.beta
    return _Means(
        np.where(swapped, log_far, log_near),
        np.where(swapped, log_near, log_far),
        np.where(swapped, inverse_far, inverse_near),
        np.where(swapped, inverse_near, inverse_far),
    )


def _slopes(rows: Histories, means: _Means, left: Floats) -> Floats:
    """Mix the slopes of both explanations by the probability that it left."""
    r, alpha, s, beta, x, _, T = rows
    there = 1 - left
    log_alpha = there * np.log(alpha + T) + left * means.log_alpha
    log_beta = there * np.log(beta + T) + left * means.log_beta
    per_alpha = there / (alpha + T) + left * means.inverse_alpha
    per_beta = there * s / (beta + T) + left * (s + 1) * means.inverse_beta
    by_r = digamma(r + x) - digamma(r) + np.log(alpha) - log_alpha
    by_alpha = r / alpha - (r + x) * per_alpha
    by_s = np.log(beta) + left / s - log_beta
    by_beta = s / beta - per_beta
    return np.column_stack([by_r, by_alpha, by_s, by_beta])

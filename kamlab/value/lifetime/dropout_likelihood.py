"""The likelihood of customers who may leave after an order, with its gradient.

Notes
-----
Customers order at their own rate λ and leave after an order with their own probability
p; λ is gamma (r, α), p is beta (a, b) over customers. With k the number of Poisson
events that make one order (k = 1: orders at random; k > 1: regular, Erlang-k gaps) and
s = 1 where a customer may already leave after the first order (s = 0: only after a
repeat order), the likelihood of (x, t_x, T) is, but for a factor of the gaps alone,

    Γ(r+kx) α^r / Γ(r) · B(a, b+x+s) / B(a, b) · (α+T)^−(r+kx) · (S₁ + S₂)

    S₁ = 1{x+s>0} · a / (b+x+s−1) · ((α+T) / (α+t_x))^(r+kx)       has left
    S₂ = Σ_{j<k} (r+kx)_j / j! · ((T−t_x) / (α+T))^j                is still there

(Fader, Hardie & Lee 2005, eq. 6, for k = 1, s = 0; Batislam, Denizel & Filiztekin 2007
and Hoppe & Wagner 2007 for k = 1, s = 1; Platzer & Reutterer 2016 and Reutterer,
Platzer & Schröder 2021 for other k.)
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import digamma, gammaln

from kamlab.value.lifetime.counts import Floats, Triples


class Process(NamedTuple):
    """Which of the family: regularity of the orders, and when one may leave first.

    Parameters
    ----------
    k : int
        Poisson events that make one order; 1 is ordering at random.
    s : {0, 1}
        1 if a customer may leave right after the first order.

    Examples
    --------
    >>> Process(k=1, s=0)
    Process(k=1, s=0)
    """

    k: int
    s: int


class Split(NamedTuple):
    """Logs of the two ways to explain a silence: has left, is still there.

    Parameters
    ----------
    left, there : array of float, shape (n,)
        Logs of S₁ and S₂.

    Examples
    --------
    >>> split = log_split(
    ...     (0.243, 4.414, 0.793, 2.426), Process(1, 0), *np.array([[2], [30.43], [39]])
    ... )
    >>> split.there
    array([0.])
    """

    left: Floats
    there: Floats


def log_split(
    values: Floats, process: Process, x: Floats, tx: Floats, T: Floats
) -> Split:
    """Return how the silence since the last order is explained, both ways, in logs.

    Parameters
    ----------
    values : r, alpha, a, b
        The parameters.
    process : Process
        Which of the family.
    x, tx, T : arrays of shape (n,)
        Frequency, recency and T.

    Returns
    -------
    Split
        S₁ and S₂ of the module's notes, as logarithms.

    Examples
    --------
    >>> values, process = (0.243, 4.414, 0.793, 2.426), Process(k=1, s=0)
    >>> split = log_split(values, process, *np.array([[2], [30.43], [38.86]]))
    >>> (1 / (1 + np.exp(split.left - split.there))).round(4)
    array([0.7266])
    """
    r, alpha, a, b = values
    shape = r + process.k * x
    before = x + process.s > 0
    ratio = np.log1p((T - tx) / (alpha + tx))
    odds = np.log(a) - np.log(np.where(before, b + x + process.s - 1, 1.0))
    left = np.where(before, odds + shape * ratio, -np.inf)
    there = _erlang_survival(shape, (T - tx) / (alpha + T), process.k)
    return Split(left, np.log(there))


def log_likelihoods(
    values: Floats, process: Process, x: Floats, tx: Floats, T: Floats
) -> Floats:
    """Return the log-likelihood of each triple, without the factor of the gaps.

    Parameters
    ----------
    values : r, alpha, a, b
        The parameters.
    process : Process
        Which of the family.
    x, tx, T : arrays of shape (n,)
        Frequency, recency and T.

    Returns
    -------
    array of shape (n,)
        Log-likelihoods.

    Examples
    --------
    >>> values, process = (0.243, 4.414, 0.793, 2.426), Process(k=1, s=0)
    >>> log_likelihoods(values, process, *np.array([[2], [30.43], [38.86]])).round(3)
    array([-9.459])
    """
    r, alpha, a, b = values
    shape, trials = r + process.k * x, x + process.s
    split = log_split(values, process, x, tx, T)
    rate = gammaln(shape) - gammaln(r) + r * np.log(alpha) - shape * np.log(alpha + T)
    stayed = gammaln(b + trials) - gammaln(b) + gammaln(a + b)
    return (
        rate + stayed - gammaln(a + b + trials) + np.logaddexp(split.left, split.there)
    )


class DropoutObjective:
    """Minus the mean log-likelihood of distinct triples, fast, with its gradient.

    Special functions are worked out once for each distinct count and logarithms once
    for each distinct time; only a few products remain for each triple.

    Parameters
    ----------
    triples : Triples
        The accounts.
    process : Process
        Which of the family.

    Examples
    --------
    >>> from kamlab.value.lifetime.counts import compressed
    >>> objective = DropoutObjective(compressed([2], [30.43], [38.86]), Process(1, 0))
    >>> value, gradient = objective(np.log([0.243, 4.414, 0.793, 2.426]))
    >>> print(round(value, 3), gradient.shape)
    9.459 (4,)
    """

    def __init__(self, triples: Triples, process: Process) -> None:
        self._process = process
        self._weights = triples.weights / triples.weights.sum()
        self._x_code, self._x = pd.factorize(triples.x)
        self._tx_code, self._tx = pd.factorize(triples.tx)
        self._T_code, self._T = pd.factorize(triples.T)
        self._x_weights = np.bincount(self._x_code, self._weights)
        self._T_weights = np.bincount(self._T_code, self._weights)
        order_weights = self._weights * (process.k * triples.x)
        self._T_orders = np.bincount(self._T_code, order_weights)
        self._silence = triples.T - triples.tx

    def __call__(self, theta: Floats) -> tuple[float, Floats]:
        """Return the value and the gradient at log parameters."""
        values = np.exp(theta)
        counts, count_slopes = self._of_counts(values)
        times, time_slopes = self._of_times(values)
        silence, silence_slopes = self._of_silence(values)
        gradient = (count_slopes + time_slopes + silence_slopes) * values
        return -(counts + times + silence), -gradient

    def _of_counts(self, values: Floats) -> tuple[float, Floats]:
        """What depends on the number of orders alone."""
        r, _, a, b = values
        shape, trials = r + self._process.k * self._x, self._x + self._process.s
        asked = np.concatenate([shape, b + trials, a + b + trials, [r, b, a + b]])
        of_r, of_b, of_ab = self._weighed(digamma(asked))
        value, stayed, ended = self._weighed(gammaln(asked))
        gradient = np.array([of_r, 0.0, -of_ab, of_b - of_ab])
        return value + stayed - ended, gradient

    def _weighed(self, found: Floats) -> Floats:
        """Return three means over the counts, each less its last value."""
        return found[:-3].reshape(3, -1) @ self._x_weights - found[-3:]

    def _of_times(self, values: Floats) -> tuple[float, Floats]:
        """What depends on T and the number of orders alone."""
        r, alpha = values[0], values[1]
        logs, shapes = np.log(alpha + self._T), r * self._T_weights + self._T_orders
        value = r * np.log(alpha) - shapes @ logs
        of_r = np.log(alpha) - self._T_weights @ logs
        of_alpha = r / alpha - shapes @ (1 / (alpha + self._T))
        return value, np.array([of_r, of_alpha, 0.0, 0.0])

    def _of_silence(self, values: Floats) -> tuple[float, Floats]:
        """The log of S₁ + S₂: whether the silence means that the customer has left."""
        r, alpha, a, b = values
        k, s = self._process
        weights, trials = self._weights, np.maximum(self._x + s - 1, 0.0)
        odds = np.where(self._x + s > 0, np.log(a / (b + trials)), -np.inf)
        shape = (r + k * self._x)[self._x_code]
        ratio = np.log(alpha + self._T)[self._T_code]
        ratio -= np.log(alpha + self._tx)[self._tx_code]
        inverse_T = (1 / (alpha + self._T))[self._T_code]
        log_odds = odds[self._x_code] + shape * ratio
        value, of_r, of_alpha = 0.0, 0.0, 0.0
        if k > 1:
            there, there_r, there_alpha = self._there(shape, inverse_T)
            log_odds -= there
            value = _sum(weights, there)
        # By hand: half the time of logaddexp and expit, and as exact.
        small = np.exp(-np.abs(log_odds))
        value += _sum(weights, np.maximum(log_odds, 0.0) + np.log(1 + small))
        gone = weights * np.where(log_odds > 0, 1.0, small) / (1 + small)
        if k > 1:
            of_r = _sum(weights - gone, there_r)
            of_alpha = _sum(weights - gone, there_alpha)
        gap = inverse_T - (1 / (alpha + self._tx))[self._tx_code]
        of_r += _sum(gone, ratio)
        of_alpha += _sum(gone * shape, gap)
        by_x = np.bincount(self._x_code, gone, len(self._x))
        of_b = -(by_x / (b + trials)).sum()
        return value, np.array([of_r, of_alpha, by_x.sum() / a, of_b])

    def _there(self, shape: Floats, inverse_T: Floats) -> tuple[Floats, Floats, Floats]:
        """Return the log of S₂ and its slopes in r and alpha."""
        share = self._silence * inverse_T
        term = total = np.ones(len(shape))
        harmonic = of_r = of_alpha = np.zeros(len(shape))
        for j in range(1, self._process.k):
            term = term * ((shape + j - 1) * share / j)
            harmonic = harmonic + 1 / (shape + j - 1)
            total = total + term
            of_r = of_r + term * harmonic
            of_alpha = of_alpha - j * term * inverse_T
        return np.log(total), of_r / total, of_alpha / total


def _sum(weights: Floats, values: Floats) -> float:
    """Return a weighted sum, exact to the last digits however many there are.

    A matrix product would wait for threads, which a busy machine does not have.
    """
    return float((weights * values).sum())


def _erlang_survival(shape: Floats, share: Floats, k: int) -> Floats:
    """Return Σ_{j<k} (shape)_j / j! · share^j: fewer than k events in the silence."""
    term = total = np.ones(np.broadcast(shape, share).shape)
    for j in range(1, k):
        term = term * ((shape + j - 1) * share / j)
        total = total + term
    return total

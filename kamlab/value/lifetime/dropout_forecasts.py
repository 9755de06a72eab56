"""What customers who may leave after an order will still do: orders ahead, by count.

All sums have positive terms only, so nothing cancels: they hold for very loyal
accounts, for a = 1, and for the shortest horizon, where the textbook formula with 2F1
is 0 / 0.

Glossary
--------
events
    What a Poisson process counts; k of them make one order.
begun
    Events since the last order, from 0 to k − 1: how far the next order has come.
"""

import numpy as np
from scipy.linalg import eigh_tridiagonal
from scipy.special import betainc, betaln, gammaln

from kamlab.value.lifetime.counts import Floats
from kamlab.value.lifetime.dropout_likelihood import Process, log_split

_PRECISION = 1e-15
_HUGE = 1e100
_BLOCK = 32
_ROWS = 20_000
_QUADRATURE_NODES = 48


def orders_while_alive(
    shape: Floats, odds: Floats, a: float, b: Floats, k: int = 1, begun: int = 0
) -> Floats:
    """Return the expected orders over a horizon of customers known to be alive.

    Parameters
    ----------
    shape : array of shape (n,)
        Shape of the gamma distribution of each customer's rate.
    odds : array of shape (n,)
        Horizon ÷ scale of that distribution, t / (α + T).
    a, b : float, array of shape (n,)
        The beta distribution of the probability to leave after an order.
    k : int
        Events that make one order.
    begun : int
        Events since the last order.

    Returns
    -------
    array of shape (n,)
        Expected orders.

    Notes
    -----
    Σ_m P(N = m) S_⌊(m+begun)/k⌋, with N negative binomial (the events) and
    S_n = Σ_{i<n} E[(1−p)^i] the orders placed if n were wanted. For k = 1 it equals
    (a+b−1)/(a−1) · [1 − (1−z)^shape 2F1(shape, b; a+b−1; z)], z = t / (α+T+t)
    (Fader, Hardie & Lee 2005, eq. 10).

    Examples
    --------
    New customers of a music shop, over 52 weeks:

    >>> one = np.ones(1)
    >>> orders_while_alive(0.2426 * one, 52 / 4.4136 * one, 0.7929, 2.4259 * one)
    array([1.444...])
    """
    columns = np.broadcast_arrays(shape, odds, b)
    shape, odds, b = (np.asarray(each, dtype=float) for each in columns)
    found = np.zeros(shape.shape)
    ahead = np.flatnonzero(odds > 0)
    for first in range(0, len(ahead), _ROWS):
        rows = ahead[first : first + _ROWS]
        series = _Series(shape[rows], odds[rows], a, b[rows], k, begun)
        found[rows] = series.summed()
    return found


class _Series:
    """The sum over the number of events, a block of terms for many customers at once.

    The terms are kept without the factor (1 − z)^shape, and scaled: it may be smaller
    than any float where the sum is not.
    """

    def __init__(
        self, shape: Floats, odds: Floats, a: float, b: Floats, k: int, begun: int
    ) -> None:
        self.shape, self.share, self.a, self.b = shape, odds / (1 + odds), a, b
        self.k, self.begun, self.events = k, begun, 0
        self.term, self.stay = np.ones(len(shape)), np.ones(len(shape))
        self.placed, self.total = np.zeros(len(shape)), np.zeros(len(shape))
        self.log_scale = -shape * np.log1p(odds)

    def summed(self) -> Floats:
        """Return the sums; customers leave the work as theirs is complete."""
        found, rows = np.zeros(len(self.shape)), np.arange(len(self.shape))
        while len(rows):
            self._advance()
            if (done := self._finished()).any():
                sums = np.log(self.total[done]) + self.log_scale[done]
                found[rows[done]] = np.exp(sums)
                rows = rows[~done]
                self._keep(~done)
        return found

    def _advance(self) -> None:
        """Add a block of terms."""
        events = self.events + np.arange(1, _BLOCK + 1)
        ratios = (self.shape[:, None] + events - 1) / events * self.share[:, None]
        terms = self.term[:, None] * np.cumprod(ratios, axis=1)
        orders = (events + self.begun) // self.k
        before = (self.events + self.begun) // self.k
        placed = self._place(np.arange(before, orders[-1]))
        self.total += (terms * placed[:, orders - before]).sum(axis=1)
        self.term, self.events = terms[:, -1], int(events[-1])
        large = np.maximum(self.term, self.total) > _HUGE
        self.term[large] /= _HUGE
        self.total[large] /= _HUGE
        self.log_scale[large] += np.log(_HUGE)

    def _place(self, orders: np.ndarray) -> Floats:
        """Return the orders placed if 0, 1, … more were wanted, and remember them."""
        b = self.b[:, None]
        stays = np.cumprod((b + orders) / (self.a + b + orders), axis=1)
        stays = self.stay[:, None] * np.column_stack([np.ones(len(b)), stays])
        steps = np.column_stack([self.placed, stays[:, :-1]])
        placed = np.cumsum(steps, axis=1)
        self.placed, self.stay = placed[:, -1], stays[:, -1]
        return placed

    def _finished(self) -> np.ndarray:
        """Which sums have no term left that counts."""
        ratio = (self.shape + self.events) / (self.events + 1) * self.share
        falling = ratio < 1
        rest = np.where(falling, 1 - ratio, 1.0)
        # The orders placed grow slower than the events: a factor of two is ample.
        left = self.term * (self.placed + self.stay / rest) / rest
        return falling & (2 * left <= _PRECISION * self.total) & (self.total > 0)

    def _keep(self, rows: np.ndarray) -> None:
        """Go on with some customers only."""
        for name, value in vars(self).items():
            if isinstance(value, np.ndarray):
                setattr(self, name, value[rows])


def expected_orders(
    values: Floats, process: Process, horizon: float, x: Floats, tx: Floats, T: Floats
) -> Floats:
    """Return the expected orders of each triple over a horizon, dead or alive.

    Parameters
    ----------
    values : r, alpha, a, b
        The parameters.
    process : Process
        Which of the family.
    horizon : float
        Time ahead.
    x, tx, T : arrays of shape (n,)
        Frequency, recency and T.

    Returns
    -------
    array of shape (n,)
        Expected orders.

    Examples
    --------
    >>> values, process = (0.243, 4.414, 0.793, 2.426), Process(k=1, s=0)
    >>> triple = np.array([[2], [30.43], [38.86]])
    >>> expected_orders(values, process, 39, *triple).round(3)
    array([1.226])
    """
    r, alpha, a, b = values
    total = np.zeros(len(x))
    for begun, share in enumerate(begun_shares(values, process, x, tx, T)):
        shape, odds = r + process.k * x + begun, horizon / (alpha + T)
        trials = b + x + process.s
        total += share * orders_while_alive(shape, odds, a, trials, process.k, begun)
    return total


def begun_shares(
    values: Floats, process: Process, x: Floats, tx: Floats, T: Floats
) -> list[Floats]:
    """Return how probable it is to be alive with 0, 1, … events since the last order.

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
    list of k arrays of shape (n,)
        They sum to the probability of being alive.

    Examples
    --------
    >>> values, process = (0.243, 4.414, 0.793, 2.426), Process(k=1, s=0)
    >>> begun_shares(values, process, *np.array([[2], [30.43], [38.86]]))[0].round(4)
    array([0.7266])
    """
    split = log_split(values, process, x, tx, T)
    evidence = np.logaddexp(split.left, split.there)
    shape, share = values[0] + process.k * x, (T - tx) / (values[1] + T)
    found, term = [], np.exp(-evidence)
    for begun in range(process.k):
        found.append(term)
        term = term * ((shape + begun) * share / (begun + 1))
    return found


def count_probabilities(
    values: Floats, process: Process, n: Floats, horizon: float
) -> Floats:
    """Return the probability that a new customer places n repeat orders.

    Parameters
    ----------
    values : r, alpha, a, b
        The parameters.
    process : Process
        Which of the family.
    n : array of shape (m,)
        Numbers of repeat orders.
    horizon : float
        Time since the first order.

    Returns
    -------
    array of shape (m,)
        Probabilities.

    Notes
    -----
    With N the events: B(a, b+n+s) / B(a, b) · P(nk ≤ N < nk+k) for who is still there,
    and 1{n+s>0} B(a+1, b+n+s−1) / B(a, b) · P(N ≥ nk) for who left after the n-th.

    Examples
    --------
    >>> values, process = (0.2426, 4.4137, 0.793, 2.4262), Process(k=1, s=0)
    >>> count_probabilities(values, process, np.array([0.0]), 39).round(4)
    array([0.5743])
    """
    r, alpha, a, b = values
    k, trials = process.k, n + process.s
    share = horizon / (alpha + horizon)
    stayed = np.exp(betaln(a, b + trials) - betaln(a, b))
    exactly = np.zeros(len(n))
    for m in range(k):
        exactly += _event_probabilities(n * k + m, r, share)
    log_left = betaln(a + 1, np.maximum(b + trials - 1, 1e-300)) - betaln(a, b)
    left = np.where(trials > 0, np.exp(log_left), 0.0)
    at_least = np.where(n > 0, betainc(np.maximum(n * k, 1), r, share), 1.0)
    return stayed * exactly + left * at_least


def _event_probabilities(m: Floats, r: float, share: float) -> Floats:
    """Return the negative binomial probabilities of m events."""
    if share == 0:
        return (m == 0).astype(float)
    log = gammaln(r + m) - gammaln(r) - gammaln(m + 1)
    return np.exp(log + r * np.log1p(-share) + m * np.log(share))


def residual_orders(
    values: Floats, process: Process, rate: float, x: Floats, tx: Floats, T: Floats
) -> Floats:
    """Return all orders to come of each triple, each discounted to today.

    Parameters
    ----------
    values : r, alpha, a, b
        The parameters.
    process : Process
        Which of the family.
    rate : float
        Continuous discount rate δ for one unit of time.
    x, tx, T : arrays of shape (n,)
        Frequency, recency and T.

    Returns
    -------
    array of shape (n,)
        Discounted expected residual orders.

    Notes
    -----
    For a customer alive with known λ and p the sum is q^(k−begun) / (1 − (1−p) q^k),
    q = λ / (λ + δ); for k = 1 it is λ / (δ + λp). Its mean over the gamma and the beta
    distribution is taken with Gauss's nodes for both (48 × 48). With
    η = k δ (α + T) (b + x) / (r + k x), a from 0.05 to 3 and up to 300 orders, the
    relative error was below 10⁻⁵ at η = 0.3, 3 · 10⁻⁴ at 0.1 and about 10⁻² at 0.03:
    where next to nothing is discounted, sum over a finite horizon instead.

    Examples
    --------
    >>> values, process = (0.243, 4.414, 0.793, 2.426), Process(k=1, s=0)
    >>> residual_orders(
    ...     values, process, 0.0027, *np.array([[2], [30.43], [38.86]])
    ... ).round(2)
    array([5.16])
    """
    r, alpha, a, b = values
    shares = begun_shares(values, process, x, tx, T)
    found = np.zeros(len(x))
    for count in np.unique(x):
        rows = x == count
        p, p_weights = _beta_nodes(a, b + count + process.s)
        for begun, share in enumerate(shares):
            rates, weights = _gamma_nodes(r + process.k * count + begun)
            q = rates / (rates + rate * (alpha + T[rows])[:, None])
            whole = q**process.k
            inner = p_weights / (1 - (1 - p) * whole[:, :, None])
            each = q ** (process.k - begun) * inner.sum(axis=2)
            found[rows] += share[rows] * (each @ weights)
    return found


def _gamma_nodes(shape: float) -> tuple[Floats, Floats]:
    """Return Gauss–Laguerre nodes and weights of a gamma distribution of scale 1."""
    i = np.arange(_QUADRATURE_NODES, dtype=float)
    return _gauss(2 * i + shape, np.sqrt(i[1:] * (i[1:] + shape - 1)))


def _beta_nodes(a: float, b: float) -> tuple[Floats, Floats]:
    """Return Gauss–Jacobi nodes and weights of a beta distribution."""
    i = np.arange(_QUADRATURE_NODES, dtype=float)
    low, high, total = b - 1, a - 1, a + b - 2
    # Jacobi polynomials on [-1, 1] with weight (1 − u)^(b−1) (1 + u)^(a−1).
    diagonal = np.empty(len(i))
    diagonal[0] = (high - low) / (total + 2)
    j = i[1:]
    middle = 2 * j + total
    diagonal[1:] = (high**2 - low**2) / (middle * (middle + 2))
    squares = 4 * j * (j + low) * (j + high) * (j + total)
    below = middle**2 * (middle + 1) * (middle - 1)
    # At j = 1 a factor cancels: with a + b = 1 it would be 0 / 0.
    squares[0], below[0] = 4 * (1 + low) * (1 + high), middle[0] ** 2 * (middle[0] + 1)
    nodes, weights = _gauss(diagonal, np.sqrt(squares / below))
    return (1 + nodes) / 2, weights


def _gauss(diagonal: Floats, beside: Floats) -> tuple[Floats, Floats]:
    """Return nodes and weights that sum to 1 (Golub & Welsch 1969)."""
    nodes, vectors = eigh_tridiagonal(diagonal, beside)
    return nodes, vectors[0] ** 2

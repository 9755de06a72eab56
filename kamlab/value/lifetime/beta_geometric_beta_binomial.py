"""The BG/BB model: occasions that an account takes or misses, until it leaves unseen.

Glossary
--------
occasion (opportunity)
    A point in time at which an account can order once: a yearly tender, a quarter's
    framework call, a trade fair.
frequency, recency
    Occasions taken after the first order, and the number of the last one taken.
"""

from collections.abc import Callable
from typing import ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import betaln, gammaln

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime.beta_geometric_beta_binomial_likelihood import (
    Occasions,
    log_likelihoods,
    log_likelihoods_and_slopes,
    log_there,
)
from kamlab.value.lifetime.counts import Counts, Triples, checked_counts
from kamlab.value.lifetime.discounted_occasions import discounted_occasions
from kamlab.value.lifetime.discounting import checked_rate
from kamlab.value.lifetime.fitting import Objective
from kamlab.value.lifetime.model import PurchaseModel, RandomState
from kamlab.value.lifetime.quadrature import Floats
from kamlab.value.lifetime.units import checked_horizon


class BetaGeoBetaBinomial(PurchaseModel):
    """Who will still come to the next occasions, where orders have their occasions.

    Parameters
    ----------
    unit : {"D", "W", "M", "Q"}
        How far apart the occasions lie, for horizons that are given with a unit; all
        numbers count occasions.
    starts : array-like of shape (n_starts, 4), optional
        alpha, beta, gamma and delta to start the search from.
    random_state : int, Generator or None
        Seed of simulations that are given none.

    Notes
    -----
    An account that is there takes an occasion with probability p ~ beta(alpha, beta);
    before each occasion it leaves for good with probability θ ~ beta(gamma, delta).
    Alive means: there at the *next* occasion, as in the paper. Discount rates are
    compounded from occasion to occasion, as in the paper: an order at the next one is
    worth 1 / (1 + d).

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Shang, J. (2010). Customer-base analysis in a
    discrete-time noncontractual setting. Marketing Science 29, 1086–1108.

    Examples
    --------
    The parameters that the paper found for yearly donations:

    >>> gifts = BetaGeoBetaBinomial().with_parameters(
    ...     alpha=1.204, beta=0.750, gamma=0.657, delta=2.783
    ... )
    >>> round(gifts.probability_alive(frequency=6, recency=6, T=6), 2)
    0.93
    >>> round(gifts.expected_orders(5, frequency=6, recency=6, T=6), 2)
    3.75
    """

    _names: ClassVar[tuple[str, ...]] = ("alpha", "beta", "gamma", "delta")

    def __init__(
        self,
        unit: str = "Q",
        starts: ArrayLike | None = None,
        random_state: RandomState = None,
    ) -> None:
        super().__init__(unit=unit, starts=starts, random_state=random_state)

    def fit(
        self,
        frequency: ArrayLike,
        recency: ArrayLike,
        opportunities: ArrayLike,
        *,
        weights: ArrayLike | None = None,
    ) -> Self:
        """Learn the parameters from the occasions that accounts took and missed.

        Parameters
        ----------
        frequency : Series or array-like of shape (n_accounts,)
            Occasions taken after the first order.
        recency : Series or array-like of shape (n_accounts,)
            Number of the last occasion taken, 0 for none.
        opportunities : Series or array-like of shape (n_accounts,)
            Occasions so far, after the first order.
        weights : array-like of shape (n_accounts,), optional
            How many accounts each row stands for.

        Returns
        -------
        BetaGeoBetaBinomial
            Itself.

        Raises
        ------
        UsageError, DataError
            If an account's numbers cannot be.
        CannotTellError
            If there is too little to learn from.

        Examples
        --------
        >>> model = BetaGeoBetaBinomial()
        >>> made = model.with_parameters(alpha=1.2, beta=0.8, gamma=0.7, delta=2.8)
        >>> book = made.simulate(np.full(500, 6), random_state=1)
        >>> fitted = BetaGeoBetaBinomial().fit(book.frequency, book.recency, book["T"])
        >>> bool(fitted.convergence_.converged)
        True
        """
        _checked_occasions(checked_counts(frequency, recency, opportunities))
        return super().fit(frequency, recency, opportunities, weights=weights)

    def discounted_orders(
        self,
        horizon: float | str,
        discount_rate: float,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
    ) -> pd.Series | float:
        """Return the orders of the occasions ahead, each discounted to today.

        Parameters
        ----------
        horizon : int or str
            Number of occasions ahead.
        discount_rate : float
            Rate from one occasion to the next, compounded at each.
        frequency, recency, T : Series, array-like or number
            The accounts; T counts occasions so far.

        Returns
        -------
        Series or float
            Discounted expected orders, with the accounts' index.

        Raises
        ------
        UsageError, DataError
            If the horizon, the rate or an account's numbers cannot be.

        Examples
        --------
        >>> gifts = BetaGeoBetaBinomial().with_parameters(
        ...     alpha=1.204, beta=0.750, gamma=0.657, delta=2.783
        ... )
        >>> round(gifts.discounted_orders(5, 0.1, 6, 6, 6), 2)
        2.88
        """
        values = self._values
        ahead = _whole(checked_horizon(horizon, self.unit))
        rate = checked_rate(discount_rate, zero=True)
        return self._for_each(
            lambda x, tx, T: _orders_ahead(values, ahead, rate, Occasions(x, tx, T)),
            checked_counts(frequency, recency, T),
            "discounted_orders",
        )

    def _for_each(
        self,
        formula: Callable[[Floats, Floats, Floats], Floats],
        counts: Counts,
        name: str,
    ) -> pd.Series | float:
        return super()._for_each(formula, _checked_occasions(counts), name)

    def _starts(self, triples: Triples) -> Floats:
        return np.array([[1.0, 1.0, 0.5, 3.0], [0.3, 1.0, 1.0, 20.0]])

    def _objective(self, triples: Triples) -> Objective:
        weights = triples.weights / triples.weights.sum()
        rows = Occasions(triples.x, triples.tx, triples.T)

        def objective(theta: Floats) -> tuple[float, Floats]:
            parameters = np.exp(theta)
            values, slopes = log_likelihoods_and_slopes(tuple(parameters), rows)
            return -float(weights @ values), -(weights @ slopes) * parameters

        return objective

    def _log_likelihoods(
        self, values: Floats, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        return log_likelihoods(tuple(values), Occasions(x, tx, T))

    def _log_alive(self, values: Floats, x: Floats, tx: Floats, T: Floats) -> Floats:
        return _log_still_there(values, Occasions(x, tx, T), beyond=1)

    def _expected(
        self, values: Floats, horizon: float, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        return _orders_ahead(values, _whole(horizon), 0.0, Occasions(x, tx, T))

    def _expected_new(self, values: Floats, horizon: Floats) -> Floats:
        alpha, beta, gamma, delta = values
        start = np.array([delta])
        spans = [discounted_occasions(gamma, start, 0, _whole(h))[0] for h in horizon]
        return alpha / (alpha + beta) * np.array(spans)

    def _residual(
        self, values: Floats, rate: float, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        return _orders_ahead(values, np.inf, rate, Occasions(x, tx, T))

    def _pmf(self, values: Floats, n: Floats, horizon: float) -> Floats:
        """Sum over the occasions after which an account may leave."""
        _, _, gamma, delta = values
        last = np.arange(_whole(horizon) + 1.0)
        leaving = betaln(gamma + 1, delta + last) - betaln(gamma, delta)
        leaving[-1] = betaln(gamma, delta + last[-1]) - betaln(gamma, delta)
        return np.exp(_log_taken(values, n[:, None], last) + leaving).sum(axis=1)

    def _draw(
        self, values: Floats, T: Floats, generator: np.random.Generator
    ) -> dict[str, np.ndarray]:
        alpha, beta, gamma, delta = values
        _checked_whole_times(T)
        taking = generator.beta(alpha, beta, len(T))
        leaving = generator.beta(gamma, delta, len(T))
        lifetime = _occasions_survived(leaving, generator)
        frequency, recency = np.zeros(len(T)), np.zeros(len(T))
        for number in range(1, int(T.max(initial=0)) + 1):
            taken = generator.random(len(T)) < taking
            taken &= number <= np.minimum(lifetime, T)
            frequency += taken
            recency = np.where(taken, number, recency)
        return {
            "frequency": frequency.astype(int),
            "recency": recency,
            "alive": lifetime > T,
            "lifetime": lifetime,
            "taking": taking,
            "leaving": leaving,
        }

    def _draw_future(
        self,
        values: Floats,
        horizon: float,
        counts: Counts,
        generator: np.random.Generator,
    ) -> np.ndarray:
        alpha, beta, gamma, delta = values
        _checked_occasions(counts)
        x, n = counts.frequency, counts.T
        rows = Occasions(x, counts.recency, n)
        there = generator.random(len(x)) < np.exp(_log_still_there(values, rows))
        taking = generator.beta(alpha + x, beta + n - x)
        leaving = generator.beta(gamma, delta + n)
        lifetime = np.minimum(_occasions_survived(leaving, generator), _whole(horizon))
        return np.where(there, generator.binomial(lifetime.astype(int), taking), 0)


def _log_still_there(values: Floats, rows: Occasions, beyond: int = 0) -> Floats:
    parameters = tuple(values)
    return log_there(parameters, rows, beyond) - log_likelihoods(parameters, rows)


def _orders_ahead(
    values: Floats, horizon: float, rate: float, rows: Occasions
) -> Floats:
    alpha, beta, gamma, delta = values
    there = np.exp(_log_still_there(values, rows))
    occasions = discounted_occasions(gamma, delta + rows.n, rate, horizon)
    return there * (alpha + rows.x) / (alpha + beta + rows.n) * occasions


def _log_taken(values: Floats, n: Floats, occasions: Floats) -> Floats:
    """Log-probability of taking n of some occasions while being there."""
    alpha, beta, _, _ = values
    missed = occasions - n
    possible = missed >= 0
    missed = np.where(possible, missed, 0)
    ways = gammaln(occasions + 1) - gammaln(n + 1) - gammaln(missed + 1)
    taken = betaln(alpha + n, beta + missed) - betaln(alpha, beta)
    return np.where(possible, ways + taken, -np.inf)


def _occasions_survived(leaving: Floats, generator: np.random.Generator) -> Floats:
    """Draw how many occasions accounts are there for; endless where none leaves."""
    with np.errstate(divide="ignore"):
        return np.floor(-generator.exponential(size=len(leaving)) / np.log1p(-leaving))


def _whole(horizon: float) -> int:
    if horizon != np.floor(horizon):
        raise UsageError(
            f"horizon = {horizon!r}: this model counts occasions; give a whole number"
        )
    return int(horizon)


def _checked_whole_times(T: Floats) -> None:
    broken = T[np.floor(T) != T]
    if len(broken):
        raise UsageError(f"T = {broken[0]}: give whole numbers of occasions")


def _checked_occasions(counts: Counts) -> Counts:
    """Return counts that occasions can have, or name the account that has others."""
    x, tx, n = counts.frequency, counts.recency, counts.T
    broken = (tx != np.floor(tx)) | (n != np.floor(n)) | (x > tx)
    if broken.any():
        row = int(np.argmax(broken))
        raise DataError(
            f"account {counts.index[row]!r}: {x[row]:g} occasions taken, the last one "
            f"number {tx[row]:g} of {n[row]:g}; give whole numbers of occasions, and "
            "count none twice"
        )
    return counts

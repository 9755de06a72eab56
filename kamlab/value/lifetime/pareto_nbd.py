"""The Pareto/NBD model: accounts order at random, and leave one day unseen.

Glossary
--------
order rate λ
    Orders per unit of time of one account while it is there; gamma distributed among
    accounts with shape r and rate alpha, so that r / alpha is its mean.
rate of leaving μ
    One account's chance to leave per unit of time; gamma distributed among accounts
    with shape s and rate beta. Times to leaving then follow a Pareto law (帕累托分布),
    and counts of orders of those who stay a negative binomial one: hence the name.
"""

from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import gammaln

from kamlab.value.lifetime.counts import Counts, Triples, checked_counts
from kamlab.value.lifetime.discounted_lifetime import discounted_lifetime
from kamlab.value.lifetime.discounting import checked_rate
from kamlab.value.lifetime.fitting import Objective
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.pareto_nbd_likelihood import (
    histories,
    log_alive,
    log_likelihoods,
    log_likelihoods_and_slopes,
)
from kamlab.value.lifetime.quadrature import Floats, gauss_legendre
from kamlab.value.lifetime.units import checked_horizon

#: With fewer leavings than this to an order nobody is seen to leave.
_HARDLY_ANY = 0.005
# A parameter whose logarithm is less sure than this is not known by itself.
_LOOSE = 1.0


class ParetoNBD(PurchaseModel):
    """Who is still there and what will they order, if leaving takes no order to show.

    The classic of its family. Unlike BG/NBD, an account can leave at any moment, also
    right after its first order, so that silence counts against everybody.

    Parameters
    ----------
    unit : {"D", "W", "M", "Q"}
        What recency, T and all horizons are measured in.
    starts : array-like of shape (n_starts, 4), optional
        r, alpha, s and beta to start the search from.
    random_state : int, Generator or None
        Seed of simulations that are given none.

    Notes
    -----
    While it is there an account orders at rate λ ~ gamma(r, alpha) and leaves at rate
    μ ~ gamma(s, beta), independent of each other. Given that it is there at T, its
    rates are gamma(r + x, alpha + T) and gamma(s, beta + T), so that

        E = P(alive) (r+x)/(α+T) ∫ e^(−δt) ((β+T)/(β+T+t))^s dt

    over the horizon: with δ = 0 the expected orders, without an end the DERT. At s = 1
    nothing special happens.

    References
    ----------
    Schmittlein, D. C., Morrison, D. G. and Colombo, R. (1987). Counting your customers:
    who are they and what will they do next? Management Science 33, 1–24.
    Fader, P. S. and Hardie, B. G. S. (2005). A note on deriving the Pareto/NBD model
    and related expressions. brucehardie.com/notes/009.
    Fader, P. S. and Hardie, B. G. S. (2006). Deriving an expression for P(X(t) = x)
    under the Pareto/NBD model. brucehardie.com/notes/012.
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). RFM and CLV: using iso-value
    curves for customer base analysis. Journal of Marketing Research 42, 415–430.

    Examples
    --------
    The parameters that the papers found for an online shop's first 39 weeks:

    >>> shop = ParetoNBD().with_parameters(r=0.553, alpha=10.578, s=0.606, beta=11.669)
    >>> round(shop.expected_orders_of_new("52W"), 3)
    1.473
    >>> round(shop.probability_alive(frequency=0, recency=0, T=39), 3)
    0.294
    >>> round(shop.expected_orders(52, frequency=26, recency=30.857, T=31), 2)
    25.46
    """

    _names: ClassVar[tuple[str, ...]] = ("r", "alpha", "s", "beta")
    _time_names: ClassVar[tuple[str, ...]] = ("alpha", "beta")

    def discounted_orders(
        self,
        horizon: float | str,
        discount_rate: float,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
    ) -> pd.Series | float:
        """Return the orders of the time ahead, each discounted to today.

        Parameters
        ----------
        horizon : float or str
            Time ahead, in the model's unit.
        discount_rate : float
            Continuously compounded rate for one unit of time; 0 discounts nothing.
        frequency, recency, T : Series, array-like or number
            The accounts; times in the model's unit.

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
        >>> shop = ParetoNBD().with_parameters(r=0.6, alpha=10, s=0.6, beta=12)
        >>> round(shop.discounted_orders("52W", 0.0027, 2, 30, 39), 3)
        1.77
        """
        ahead, values = checked_horizon(horizon, self.unit), self._values
        rate = checked_rate(discount_rate, zero=True)
        return self._for_each(
            lambda x, tx, T: _orders_ahead(values, ahead, rate, x, tx, T),
            checked_counts(frequency, recency, T),
            "discounted_orders",
        )

    def _own_notes(self) -> tuple[str, ...]:
        r, alpha, s, beta = self._values
        leavings = s / beta / (r / alpha)
        if leavings < _HARDLY_ANY:
            return (
                f"To an order come {leavings:.4f} leavings (s/beta to r/alpha): hardly "
                "anybody seems to leave. Silence hardly lowers the probability of "
                "being alive; read it with care and look at the gaps since the last "
                "order as well.",
            )
        errors = self.standard_errors_.to_numpy() / self._values
        if (errors[2:] < _LOOSE).all():
            return ()
        return (
            f"s and beta are not known by themselves, only the mean rate of leaving "
            f"s/beta = {s / beta:.3g}: compare mean rates between books.",
        )

    def _starts(self, triples: Triples) -> Floats:
        """Half or most of the accounts may still be there after the mean T."""
        mean = np.average(triples.T, weights=triples.weights)
        orders = np.average(triples.x, weights=triples.weights)
        return np.array(
            [
                [r, r * mean / (orders * (1 + s)), s, mean]
                for r, s in ((0.7, 0.7), (2.0, 0.2))
            ]
        )

    def _objective(self, triples: Triples) -> Objective:
        weights = triples.weights / triples.weights.sum()

        def objective(theta: Floats) -> tuple[float, Floats]:
            parameters = np.exp(theta)
            rows = histories(tuple(parameters), triples.x, triples.tx, triples.T)
            values, slopes = log_likelihoods_and_slopes(rows)
            return -float(weights @ values), -(weights @ slopes) * parameters

        return objective

    def _log_likelihoods(
        self, values: Floats, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        return log_likelihoods(histories(tuple(values), x, tx, T))

    def _log_alive(self, values: Floats, x: Floats, tx: Floats, T: Floats) -> Floats:
        return log_alive(histories(tuple(values), x, tx, T))

    def _expected(
        self, values: Floats, horizon: float, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        return _orders_ahead(values, horizon, 0.0, x, tx, T)

    def _expected_new(self, values: Floats, horizon: Floats) -> Floats:
        r, alpha, s, beta = values
        scale = np.full(np.shape(horizon), beta)
        return r / alpha * discounted_lifetime(s, scale, horizon=horizon)

    def _residual(
        self, values: Floats, rate: float, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        return _orders_ahead(values, np.inf, rate, x, tx, T)

    def _pmf(self, values: Floats, n: Floats, horizon: float) -> Floats:
        """Those who stay, and those who leave on the way."""
        _, alpha, s, beta = values
        nodes, weights = gauss_legendre(96)
        unit = min(alpha, beta)
        length = np.log1p(horizon / unit)
        time = unit * np.expm1(length * nodes)
        leaving = s / (beta + time) * (beta / (beta + time)) ** s
        mass = weights * length * (unit + time) * leaving
        staying = (beta / (beta + horizon)) ** s
        gone = np.exp(_log_negative_binomial(values, n[:, None], time)) @ mass
        return gone + staying * np.exp(_log_negative_binomial(values, n, horizon))

    def _draw(
        self, values: Floats, T: Floats, generator: np.random.Generator
    ) -> dict[str, np.ndarray]:
        r, alpha, s, beta = values
        order_rate = generator.gamma(r, 1 / alpha, len(T))
        leaving_rate = generator.gamma(s, 1 / beta, len(T))
        lifetime = _exponential(leaving_rate, generator)
        there = np.minimum(lifetime, T)
        frequency = generator.poisson(order_rate * there)
        # The last of n orders at random: the largest of n uniform draws.
        last = generator.random(len(T)) ** (1 / np.maximum(frequency, 1))
        return {
            "frequency": frequency,
            "recency": np.where(frequency > 0, there * last, 0.0),
            "alive": lifetime > T,
            "lifetime": lifetime,
            "order_rate": order_rate,
            "leaving_rate": leaving_rate,
        }

    def _draw_future(
        self,
        values: Floats,
        horizon: float,
        counts: Counts,
        generator: np.random.Generator,
    ) -> np.ndarray:
        r, alpha, s, beta = values
        x, tx, T = counts.frequency, counts.recency, counts.T
        alive = generator.random(len(x)) < np.exp(self._log_alive(values, x, tx, T))
        order_rate = generator.gamma(r + x) / (alpha + T)
        leaving_rate = generator.gamma(s, size=len(x)) / (beta + T)
        there = np.minimum(_exponential(leaving_rate, generator), horizon)
        return np.where(alive, generator.poisson(order_rate * there), 0)


def _orders_ahead(
    values: Floats, horizon: float, rate: float, x: Floats, tx: Floats, T: Floats
) -> Floats:
    r, alpha, s, beta = values
    alive = np.exp(log_alive(histories(tuple(values), x, tx, T)))
    lifetime = discounted_lifetime(s, beta + T, rate, horizon)
    return alive * (r + x) / (alpha + T) * lifetime


def _log_negative_binomial(values: Floats, n: Floats, time: ArrayLike) -> Floats:
    """Log-probability of n orders of an account that is there for a time."""
    r, alpha, _, _ = values
    ways = gammaln(r + n) - gammaln(r) - gammaln(n + 1)
    share = np.asarray(time) / (alpha + time)
    with np.errstate(divide="ignore", invalid="ignore"):
        orders = np.where(n == 0, 0.0, n * np.log(share))
    return ways + r * np.log1p(-share) + orders


def _exponential(rate: Floats, generator: np.random.Generator) -> Floats:
    """Draw times to an event; a rate that underflows to 0 never comes."""
    with np.errstate(divide="ignore", over="ignore"):
        return generator.exponential(size=len(rate)) / rate

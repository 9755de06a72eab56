"""The questions that every purchase model answers, account by account.

A model of its own gives the names of its parameters and a few vectorised formulas
(`formulas.py`); checking, compressing, fitting and standard errors (`learning.py`) and
labelled answers (here) are the same for all.

Glossary
--------
alive
    Still a customer: will order again some day. Nobody sees it; the models infer it.
expected orders
    Mean number of orders in the time ahead, dead or alive.
DERT
    Discounted expected residual transactions: all orders to come, each discounted to
    today (折现的预期剩余交易数).
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.value.lifetime.counts import Counts, Floats, checked_counts, compressed
from kamlab.value.lifetime.discounting import checked_rate, discounted_integral
from kamlab.value.lifetime.learning import LearnedModel, RandomState
from kamlab.value.lifetime.units import checked_horizon


class PurchaseModel(LearnedModel):
    """What frequency, recency and T of each account tell about its future orders.

    Parameters
    ----------
    unit : {"D", "W", "M", "Q"}
        What recency, T and all horizons are measured in.
    starts : array-like of shape (n_starts, n_parameters), optional
        Parameters to start the search from; by default the model's own.
    random_state : int, Generator or None
        Seed of simulations that are given none.

    Attributes
    ----------
    parameters_ : Series
        The parameters under the names of the papers.
    standard_errors_ : Series
        Their standard errors; NaN for a parameter at the edge.
    covariance_ : DataFrame
        Their covariances (delta method from the logarithms).
    log_likelihood_ : float
        Of all accounts.
    n_accounts_ : int
        Accounts, or the sum of their weights.
    convergence_ : Convergence
        How the search went, with notes on a degenerate fit.

    Notes
    -----
    Standard errors come from the inverse Hessian of the log-likelihood in the log
    parameters, carried over to the parameters by the delta method.
    """

    def probability_alive(
        self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike
    ) -> pd.Series | float:
        """Return the probability that each account is still a customer.

        Parameters
        ----------
        frequency, recency, T : Series, array-like or number
            The accounts; times in the model's unit.

        Returns
        -------
        Series or float
            From 0 to 1, with the accounts' index; a float for three numbers.

        Raises
        ------
        UsageError, DataError
            If an account's numbers cannot be.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> round(model.probability_alive(2, 30.43, 38.86), 4)
        0.7266
        """
        values = self._values
        return self._for_each(
            lambda x, tx, T: np.exp(self._log_alive(values, x, tx, T)),
            checked_counts(frequency, recency, T),
            "probability_alive",
        )

    def expected_orders(
        self,
        horizon: float | str,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
    ) -> pd.Series | float:
        """Return how many orders each account will place over the time ahead.

        Parameters
        ----------
        horizon : float or str
            Time ahead in the model's unit, or with its unit ("52W").
        frequency, recency, T : Series, array-like or number
            The accounts; times in the model's unit.

        Returns
        -------
        Series or float
            Expected number of orders, with the accounts' index.

        Raises
        ------
        UsageError, DataError
            If the horizon or an account's numbers cannot be.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> round(model.expected_orders("39W", 2, 30.43, 38.86), 3)
        1.226
        """
        ahead, values = checked_horizon(horizon, self.unit), self._values
        return self._for_each(
            lambda x, tx, T: self._expected(values, ahead, x, tx, T),
            checked_counts(frequency, recency, T),
            "expected_orders",
        )

    def expected_orders_of_new(self, horizon: ArrayLike) -> Floats | float:
        """Return how many orders a new account places after its first.

        Parameters
        ----------
        horizon : float, str or array-like
            Time since the first order, in the model's unit.

        Returns
        -------
        float or array
            Expected number of repeat orders.

        Raises
        ------
        UsageError
            If a horizon cannot be.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> model.expected_orders_of_new([1, 52]).round(3)
        array([0.053, 1.446])
        """
        several = np.ndim(horizon) > 0
        spans = [
            checked_horizon(each, self.unit)
            for each in (np.asarray(horizon).tolist() if several else [horizon])
        ]
        found = self._expected_new(self._values, np.array(spans))
        return found if several else float(found[0])

    def order_probability(self, n: ArrayLike, horizon: float | str) -> Floats | float:
        """Return how probable it is that a new account places n orders after its first.

        Parameters
        ----------
        n : int or array-like of int
            Number of repeat orders.
        horizon : float or str
            Time since the first order, in the model's unit.

        Returns
        -------
        float or array
            Probabilities.

        Raises
        ------
        UsageError
            If n is no whole number from 0 on, or the horizon cannot be.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> round(model.order_probability(0, 39), 4)
        0.5738
        """
        numbers = np.atleast_1d(np.asarray(n, dtype=float))
        if not np.all((numbers >= 0) & (numbers == np.floor(numbers))):
            raise UsageError(f"n = {n!r}: give whole numbers of orders, 0 or more")
        span = checked_horizon(horizon, self.unit)
        found = self._pmf(self._values, numbers, span)
        return found if np.ndim(n) else float(found[0])

    def expected_residual_orders(
        self,
        discount_rate: float,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
    ) -> pd.Series | float:
        """Return all orders to come, each discounted to today (DERT).

        Parameters
        ----------
        discount_rate : float
            Continuously compounded rate for one unit of time: .0027 a week is 15 %
            a year.
        frequency, recency, T : Series, array-like or number
            The accounts; times in the model's unit.

        Returns
        -------
        Series or float
            Discounted expected residual orders, with the accounts' index. Of rates
            near 0 too little is summed, most for loyal accounts of models that drop
            out after orders: see `dropout_forecasts.residual_orders`.

        Raises
        ------
        UsageError, DataError
            If the rate is not positive, or an account's numbers cannot be.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> found = model.expected_residual_orders(0.0027, 2, 30.43, 38.86)
        >>> round(found, 2)
        5.16
        """
        rate, values = checked_rate(discount_rate), self._values
        return self._for_each(
            lambda x, tx, T: self._residual(values, rate, x, tx, T),
            checked_counts(frequency, recency, T),
            "expected_residual_orders",
        )

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

        Notes
        -----
        ∫ e^(−δs) dE(s) from 0 to h = e^(−δh) E(h) + δ ∫ e^(−δs) E(s) ds, by
        Gauss–Legendre quadrature, with E(s) the expected orders up to s.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> found = model.discounted_orders(52, 0.0027, 2, 30.43, 38.86)
        >>> round(found, 2)
        1.46
        """
        ahead, values = checked_horizon(horizon, self.unit), self._values
        rate = checked_rate(discount_rate, zero=True)

        def discounted(x: Floats, tx: Floats, T: Floats) -> Floats:
            def expected(span: float) -> Floats:
                return self._expected(values, span, x, tx, T)

            return discounted_integral(expected, ahead, rate)

        counts = checked_counts(frequency, recency, T)
        return self._for_each(discounted, counts, "discounted_orders")

    def simulate(self, T: ArrayLike, random_state: RandomState = None) -> pd.DataFrame:
        """Make up accounts that behave as the model says.

        Parameters
        ----------
        T : Series or array-like of shape (n_accounts,)
            Time from each account's first order to the end of the observation.
        random_state : int, Generator or None
            Seed; by default the model's own.

        Returns
        -------
        DataFrame
            A row for each account: ``frequency``, ``recency``, ``T``, ``alive`` (at the
            end of the observation), and what else the model knows of them.

        Raises
        ------
        UsageError
            If a time is not a number from 0 on.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> book = model.simulate([39.0] * 5, random_state=1)
        >>> bool((book["recency"] <= book["T"]).all())
        True
        """
        times = np.atleast_1d(np.asarray(T, dtype=float))
        if times.ndim > 1 or not np.all(np.isfinite(times) & (times >= 0)):
            raise UsageError(f"T = {T!r}: give one time, 0 or more, for each account")
        columns = self._draw(self._values, times, self._generator(random_state))
        index = T.index if isinstance(T, pd.Series) else pd.RangeIndex(len(times))
        return pd.DataFrame({**columns, "T": times}, index=index)

    def simulate_future(
        self,
        horizon: float | str,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        random_state: RandomState = None,
    ) -> pd.Series | float:
        """Draw how many orders each account places over the time ahead.

        Parameters
        ----------
        horizon : float or str
            Time ahead, in the model's unit.
        frequency, recency, T : Series, array-like or number
            The accounts; times in the model's unit.
        random_state : int, Generator or None
            Seed; by default the model's own.

        Returns
        -------
        Series or float
            One possible future: a number of orders for each account.

        Raises
        ------
        UsageError, DataError
            If the horizon or an account's numbers cannot be.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> model.simulate_future(39, 2, 30.43, 38.86, random_state=3)
        0.0
        """
        counts = checked_counts(frequency, recency, T)
        drawn = self._draw_future(
            self._values,
            checked_horizon(horizon, self.unit),
            counts,
            self._generator(random_state),
        )
        return counts.labelled(drawn.astype(float), "orders")

    def _for_each(
        self,
        formula: Callable[[Floats, Floats, Floats], Floats],
        counts: Counts,
        name: str,
    ) -> pd.Series | float:
        """Work out a formula once for each distinct triple."""
        triples = compressed(counts.frequency, counts.recency, counts.T)
        found = formula(triples.x, triples.tx, triples.T)
        return counts.labelled(found[triples.inverse], name)

"""MBG/CNBD-k: customers who order regularly, and may leave after any order.

Glossary
--------
regularity (k)
    How even the gaps between orders are. Gaps are Erlang-k: with k = 1 orders come at
    random, with k = 4 gaps vary half as much, with k → ∞ orders come by the clock.
log gaps
    Sum of the logarithms of the gaps between an account's orders; only with it can the
    likelihoods of different k be compared.
"""

from numbers import Integral
from typing import ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import gammaln

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime.counts import (
    Counts,
    Floats,
    Triples,
    check_same_accounts,
    checked_counts,
    checked_for_fit,
    compressed,
)
from kamlab.value.lifetime.descent import descended
from kamlab.value.lifetime.dropout_likelihood import DropoutObjective, Process
from kamlab.value.lifetime.dropout_model import DropoutModel
from kamlab.value.lifetime.model import RandomState
from kamlab.value.lifetime.units import checked_unit

#: The most regular orders that are tried.
MOST_REGULAR = 12


class RegularReorderingNBD(DropoutModel):
    """Tell who is still a customer among those who re-order regularly (MBG/CNBD-k).

    Parameters
    ----------
    unit : {"D", "W", "M", "Q"}
        What recency, T and all horizons are measured in.
    k : int, optional
        Regularity; by default the one from 1 to 12 with the highest likelihood.
    starts : array-like of shape (n_starts, 4), optional
        Rows of r, alpha, a, b to start the search from; by default the model's own.
    random_state : int, Generator or None
        Seed of simulations that are given none.

    Attributes
    ----------
    k_ : int
        The regularity.
    log_likelihood_by_k_ : Series
        What each tried k reached, with the factor of the gaps.
    parameters_ : Series
        ``r``, ``alpha``: event rates are gamma with mean r/alpha, k events make one
        order; ``a``, ``b``: probabilities of leaving are beta with mean a/(a+b).
    standard_errors_, covariance_, log_likelihood_, n_accounts_, convergence_
        How sure the parameters are, and how the search went. With log gaps the
        log-likelihood holds their factor, without them it does not.

    Notes
    -----
    Companies re-order when stock runs low, so their gaps are more even than chance;
    silence then tells sooner that somebody has left. With k = 1 it is the MBG/NBD.
    Every expectation over a horizon is exact, by a sum over the events (Platzer and
    Reutterer approximate it for k > 1). Intervals take k as known.

    References
    ----------
    Platzer, M. and Reutterer, T. (2016). Ticking away the moments: timing regularity
    helps to better predict customer activity. Marketing Science 35(5), 779–799.
    Reutterer, T., Platzer, M. and Schröder, N. (2021). Leveraging purchase regularity
    for predicting customer behavior the easy way. International Journal of Research in
    Marketing 38(1), 194–215.

    Examples
    --------
    Eight orders in 20 weeks, then seven weeks without, if orders come evenly and if
    they come at random:

    >>> evenly = RegularReorderingNBD(k=4).with_parameters(r=2, alpha=2, a=0.5, b=4.5)
    >>> round(evenly.probability_alive(8, 20, 27), 2)
    0.23
    >>> randomly = RegularReorderingNBD(k=1).with_parameters(r=2, alpha=8, a=0.5, b=4.5)
    >>> round(randomly.probability_alive(8, 20, 27), 2)
    0.73
    """

    _s: ClassVar[int] = 1

    def __init__(
        self,
        unit: str = "W",
        k: int | None = None,
        starts: ArrayLike | None = None,
        random_state: RandomState = None,
    ) -> None:
        super().__init__(unit=unit, starts=starts, random_state=random_state)
        self.k = k

    def fit(
        self,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        *,
        log_gaps: ArrayLike | None = None,
        weights: ArrayLike | None = None,
    ) -> Self:
        """Learn the parameters, and how regular the orders are.

        Parameters
        ----------
        frequency : Series or array-like of shape (n_accounts,)
            Orders after the first.
        recency : Series or array-like of shape (n_accounts,)
            Time from the first to the last order, in the model's unit.
        T : Series or array-like of shape (n_accounts,)
            Time from the first order to the end of the observation.
        log_gaps : Series or array-like of shape (n_accounts,), optional
            Sum of the logarithms of each account's gaps, in the model's unit; 0 for
            who ordered once. Needed unless k is given.
        weights : array-like of shape (n_accounts,), optional
            How many accounts each row stands for.

        Returns
        -------
        RegularReorderingNBD
            Itself.

        Raises
        ------
        UsageError, DataError
            If an account's numbers cannot be, or neither k nor log gaps are given.
        CannotTellError
            If there is too little to learn from.

        Examples
        --------
        >>> evenly = RegularReorderingNBD(k=4).with_parameters(
        ...     r=2, alpha=2, a=0.5, b=4.5
        ... )
        >>> book = evenly.simulate(np.full(300, 52.0), random_state=1)
        >>> three = book["frequency"], book["recency"], book["T"]
        >>> RegularReorderingNBD().fit(*three, log_gaps=book["log_gaps"]).k_
        4
        """
        checked_unit(self.unit)
        counts = checked_counts(frequency, recency, T)
        weight = checked_for_fit(counts, weights)
        gaps = None if log_gaps is None else checked_log_gaps(log_gaps, counts)
        triples = compressed(counts.frequency, counts.recency, counts.T, weight)
        orders = float(weight @ counts.frequency)
        of_gaps = 0.0 if gaps is None else float(weight @ gaps)
        if self.k is None and gaps is None:
            raise UsageError(
                "k = None and log_gaps = None: give the sum of the logarithms of each "
                "account's gaps (order_counts has them), or a regularity such as k=2"
            )
        start = None
        if self.k is None:
            start = self._choose_k(triples, of_gaps, orders)
        else:
            self.k_ = checked_regularity(self.k)
        self._learn(triples, start)
        if gaps is not None:
            self.log_likelihood_ += _factor_of_gaps(self.k_, of_gaps, orders)
        if self.k is not None:
            self.log_likelihood_by_k_ = _by_k({self.k_: self.log_likelihood_})
        return self

    def with_parameters(self, **parameters: float) -> Self:
        """Take published parameters instead of learning them; k must be given.

        Parameters
        ----------
        **parameters : float
            ``r``, ``alpha``, ``a``, ``b``, all positive.

        Returns
        -------
        RegularReorderingNBD
            Itself.

        Raises
        ------
        UsageError
            If k is not given, or a parameter is missing, unknown, or not positive.

        Examples
        --------
        >>> model = RegularReorderingNBD(k=4).with_parameters(r=2, alpha=2, a=1, b=4)
        >>> model.k_
        4
        """
        k = checked_regularity(self.k)
        super().with_parameters(**parameters)
        self.k_ = k
        return self

    @property
    def _process(self) -> Process:
        return Process(k=self.k_, s=self._s)

    def _choose_k(self, triples: Triples, of_gaps: float, orders: float) -> Floats:
        """Keep the k with the highest likelihood, and return where to start from.

        More regular orders are tried until the likelihood has fallen twice.
        """
        low, high = self._log_bounds(triples)
        total, reached, ends = triples.weights.sum(), {}, {}
        for self.k_ in range(1, MOST_REGULAR + 1):
            objective = DropoutObjective(triples, self._process)
            runs = [
                descended(objective, np.log(start), low, high, tolerance=1e-7)
                for start in self._checked_starts(triples)
            ]
            end = min(runs, key=lambda run: run.value)
            factor = _factor_of_gaps(self.k_, of_gaps, orders)
            reached[self.k_] = factor - end.value * float(total)
            ends[self.k_] = end.theta
            best = max(reached, key=lambda k: reached[k])
            if self.k_ >= best + 2:
                break
        self.k_, self.log_likelihood_by_k_ = best, _by_k(reached)
        return np.vstack([np.exp(ends[best]), self._checked_starts(triples)])

    def _own_notes(self) -> tuple[str, ...]:
        notes = super()._own_notes()
        if self.k is None and self.k_ == MOST_REGULAR:
            notes += (
                f"k = {MOST_REGULAR} is the most regular that is tried: orders come "
                "nearly by the clock. Look at the gaps themselves: an agreement or a "
                "timetable may say more than a model.",
            )
        return notes


def checked_regularity(k: int | None) -> int:
    """Return how regular orders are, or say what was given instead.

    Parameters
    ----------
    k : int
        Events that make one order.

    Returns
    -------
    int
        From 1 to 12.

    Raises
    ------
    UsageError
        If it is no whole number in this range.

    Examples
    --------
    >>> checked_regularity(2)
    2
    """
    whole = isinstance(k, Integral) and not isinstance(k, bool)
    if not whole or not 1 <= k <= MOST_REGULAR:
        raise UsageError(
            f"k = {k!r}: give a whole number from 1 (orders at random) to "
            f"{MOST_REGULAR} (nearly by the clock)"
        )
    return int(k)


def checked_log_gaps(log_gaps: ArrayLike, counts: Counts) -> Floats:
    """Return the sums of the logarithms of gaps, or name the account that cannot be.

    Parameters
    ----------
    log_gaps : Series or array-like of shape (n_accounts,)
        Sum of the logarithms of each account's gaps.
    counts : Counts
        The accounts.

    Returns
    -------
    array of shape (n_accounts,)
        The sums.

    Raises
    ------
    UsageError
        If there is not one number for each account, or they name others.
    DataError
        If one is missing, or larger than x · ln(t_x / x), which equal gaps would give.

    Examples
    --------
    >>> from kamlab.value.lifetime.counts import checked_counts
    >>> checked_log_gaps([1.0], checked_counts([2], [4.0], [9.0]))
    array([1.])
    """
    given = np.asarray(log_gaps, dtype=float)
    if given.shape != (len(counts),):
        raise UsageError(
            f"log_gaps has shape {given.shape} for {len(counts)} accounts: give one "
            "number for each"
        )
    check_same_accounts("log_gaps", log_gaps, counts)
    x, tx = counts.frequency, counts.recency
    several = x > 0
    most = np.zeros(len(x))
    most[several] = x[several] * np.log(tx[several] / x[several])
    wrong = ~np.isfinite(given) | (given > most + 1e-6) | (~several & (given != 0))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise DataError(
            f"account {counts.index[row]!r}: log_gaps = {given[row]:.6g}, at most "
            f"{most[row]:.6g} for {x[row]:g} gaps in {tx[row]:g}: count gaps and "
            "recency in one unit"
        )
    return given


def _factor_of_gaps(k: int, of_gaps: float, orders: float) -> float:
    """Return the log of what the gaps alone add to the likelihood."""
    return (k - 1) * of_gaps - orders * float(gammaln(k))


def _by_k(reached: dict[int, float]) -> pd.Series:
    return pd.Series(reached, name="log_likelihood").rename_axis("k")

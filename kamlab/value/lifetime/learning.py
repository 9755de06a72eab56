"""How a purchase model learns: from checked counts to parameters and their report."""

from collections.abc import Sequence
from numbers import Integral
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from sklearn.exceptions import NotFittedError

from kamlab.errors import UsageError
from kamlab.value.lifetime.counts import (
    Floats,
    Triples,
    checked_counts,
    checked_for_fit,
    compressed,
    thinned,
)
from kamlab.value.lifetime.fitting import (
    Convergence,
    Objective,
    maximised,
    with_numeric_gradient,
)
from kamlab.value.lifetime.formulas import Formulas
from kamlab.value.lifetime.given_values import given_starts, take_parameters
from kamlab.value.lifetime.uncertainty import edge_notes, parameter_covariance
from kamlab.value.lifetime.units import checked_unit

RandomState = int | np.random.Generator | None

#: Log parameters are searched this far below and above 1 (times: above the mean T).
_LOG_BOUNDS = (-12.0, 10.0)

#: Of more distinct triples only a part decides which start is best.
_MANY = 20_000


def checked_seed(random_state: RandomState) -> int:
    """Return a whole number to draw by, or say what was given instead.

    Parameters
    ----------
    random_state : int, Generator or None
        A Generator gives its next number; None is another one each time.

    Returns
    -------
    int
        0 or more; several sources of chance can be made of it.

    Raises
    ------
    UsageError
        If it is something else.

    Examples
    --------
    >>> checked_seed(3)
    3
    """
    if random_state is None or isinstance(random_state, np.random.Generator):
        return int(np.random.default_rng(random_state).integers(2**32))
    if not isinstance(random_state, Integral) or random_state < 0:
        raise UsageError(
            f"random_state = {random_state!r}: give a whole number from 0 on, a "
            "Generator, or None"
        )
    return int(random_state)


class LearnedModel(Formulas):
    """Learn positive parameters from frequency, recency and T by maximum likelihood.

    Parameters
    ----------
    unit : {"D", "W", "M", "Q"}
        What recency, T and all horizons are measured in.
    starts : array-like of shape (n_starts, n_parameters), optional
        Parameters to start the search from; by default the model's own.
    random_state : int, Generator or None
        Seed of simulations that are given none.
    """

    def __init__(
        self,
        unit: str = "W",
        starts: ArrayLike | None = None,
        random_state: RandomState = None,
    ) -> None:
        self.unit = unit
        self.starts = starts
        self.random_state = random_state

    def fit(
        self,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        *,
        weights: ArrayLike | None = None,
    ) -> Self:
        """Learn the parameters from the accounts' past.

        Parameters
        ----------
        frequency : Series or array-like of shape (n_accounts,)
            Orders after the first.
        recency : Series or array-like of shape (n_accounts,)
            Time from the first to the last order, in the model's unit.
        T : Series or array-like of shape (n_accounts,)
            Time from the first order to the end of the observation.
        weights : array-like of shape (n_accounts,), optional
            How many accounts each row stands for.

        Returns
        -------
        PurchaseModel
            Itself.

        Raises
        ------
        UsageError, DataError
            If an account's numbers cannot be.
        CannotTellError
            If there is too little to learn from.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> truth = BetaGeoNBD().with_parameters(r=1, alpha=4, a=0.5, b=3)
        >>> book = truth.simulate(np.full(300, 52.0), random_state=1)
        >>> model = BetaGeoNBD().fit(book["frequency"], book["recency"], book["T"])
        >>> model.n_accounts_, model.convergence_.converged
        (300, True)
        """
        checked_unit(self.unit)
        counts = checked_counts(frequency, recency, T)
        weight = checked_for_fit(counts, weights)
        triples = compressed(counts.frequency, counts.recency, counts.T, weight)
        return self._learn(triples)

    def with_parameters(self, **parameters: float) -> Self:
        """Take published parameters instead of learning them.

        Parameters
        ----------
        **parameters : float
            Each parameter by its name, all positive.

        Returns
        -------
        PurchaseModel
            Itself.

        Raises
        ------
        UsageError
            If one is missing, unknown, or not positive.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
        >>> model.parameters_["alpha"].item()
        4.414
        """
        checked_unit(self.unit)
        return take_parameters(self, parameters, self._names)

    @property
    def _values(self) -> Floats:
        """The parameters as an array, in the order of their names."""
        if not hasattr(self, "parameters_"):
            raise NotFittedError(f"{type(self).__name__} has not been fitted: call fit")
        return self.parameters_.to_numpy()

    def _generator(self, random_state: RandomState) -> np.random.Generator:
        chosen = self.random_state if random_state is None else random_state
        return np.random.default_rng(chosen)

    def _learn(self, triples: Triples, starts: Floats | None = None) -> Self:
        """Find the parameters of distinct triples and keep them with their report."""
        reserve = None
        if starts is None:
            starts = self._checked_starts(triples)
            if self.starts is None:
                reserve = np.log(self._reserve_starts(triples))
        low, high = self._log_bounds(triples)
        objective, rough = self._objective(triples), None
        if len(triples.x) > _MANY:
            rough = self._objective(thinned(triples, _MANY // 2))
        optimum = maximised(objective, np.log(starts), low, high, rough, reserve)
        total = triples.weights.sum()
        self.parameters_ = pd.Series(np.exp(optimum.theta), pd.Index(self._names))
        self.covariance_ = parameter_covariance(optimum, self.parameters_, total)
        variances = np.diag(self.covariance_)
        self.standard_errors_ = pd.Series(np.sqrt(variances), self.parameters_.index)
        self.log_likelihood_ = -optimum.value * float(total)
        self.n_accounts_ = round(float(total))
        notes = edge_notes(optimum, self.parameters_, self.standard_errors_)
        self.convergence_ = self._reported(optimum.convergence, notes)
        return self

    def _reported(self, convergence: Convergence, notes: Sequence[str]) -> Convergence:
        """Return the report with all notes, the model's own last."""
        found: dict[str, Any] = vars(convergence) | {
            "notes": (*notes, *self._own_notes())
        }
        return Convergence(**found)

    def _own_notes(self) -> tuple[str, ...]:
        """Sentences that explain what is peculiar to this model's fit."""
        return ()

    def _checked_starts(self, triples: Triples) -> Floats:
        if self.starts is None:
            return self._starts(triples)
        return given_starts(self.starts, self._names)

    def _log_bounds(self, triples: Triples) -> tuple[Floats, Floats]:
        """Return bounds of the log parameters; times relative to the mean T."""
        mean = np.average(triples.T, weights=triples.weights)
        is_time = np.isin(self._names, self._time_names)
        shift = np.where(is_time, np.log(max(mean, 1e-9)), 0.0)
        return _LOG_BOUNDS[0] + shift, _LOG_BOUNDS[1] + shift

    def _objective(self, triples: Triples) -> Objective:
        """Return minus the mean log-likelihood with its gradient.

        A model with an analytic gradient overrides it.
        """
        weights = triples.weights / triples.weights.sum()

        def value(theta: Floats) -> float:
            found = self._log_likelihoods(
                np.exp(theta), triples.x, triples.tx, triples.T
            )
            return -float(weights @ found)

        return with_numeric_gradient(value)

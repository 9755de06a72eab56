"""The formulas that make a purchase model: what each one has to give.

All are vectorised over triples; `values` are the parameters in their names' order.
"""

from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np
from sklearn.base import BaseEstimator

from kamlab.value.lifetime.counts import Counts, Floats, Triples


class Formulas(BaseEstimator, ABC):
    """What a model of its own defines; everything else is common to all models."""

    _names: ClassVar[tuple[str, ...]] = ()
    #: Parameters measured in the model's unit of time.
    _time_names: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def _starts(self, triples: Triples) -> Floats:
        """Return rows of parameters to start from, shape (n_starts, n_parameters)."""

    def _reserve_starts(self, triples: Triples) -> Floats:
        """Return more starts, for when the first ones leave doubts."""
        return np.ones((0, len(self._names)))

    @abstractmethod
    def _log_likelihoods(
        self, values: Floats, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        """Return the log-likelihood of each triple."""

    @abstractmethod
    def _log_alive(self, values: Floats, x: Floats, tx: Floats, T: Floats) -> Floats:
        """Return the log of the probability that each triple is alive."""

    @abstractmethod
    def _expected(
        self, values: Floats, horizon: float, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        """Return the expected orders of each triple over the horizon."""

    @abstractmethod
    def _expected_new(self, values: Floats, horizon: Floats) -> Floats:
        """Return the expected repeat orders of a new account up to each horizon."""

    @abstractmethod
    def _pmf(self, values: Floats, n: Floats, horizon: float) -> Floats:
        """Return the probability of each number of repeat orders."""

    @abstractmethod
    def _residual(
        self, values: Floats, rate: float, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        """Return the discounted expected residual orders of each triple."""

    @abstractmethod
    def _draw(
        self, values: Floats, T: Floats, generator: np.random.Generator
    ) -> dict[str, np.ndarray]:
        """Return drawn columns ``frequency``, ``recency``, ``alive`` and more."""

    @abstractmethod
    def _draw_future(
        self,
        values: Floats,
        horizon: float,
        counts: Counts,
        generator: np.random.Generator,
    ) -> np.ndarray:
        """Return a drawn number of orders for each account."""

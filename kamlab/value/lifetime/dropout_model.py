"""The purchase models in which a customer leaves after one of the orders, if ever."""

from typing import ClassVar

import numpy as np

from kamlab.value.lifetime.counts import Counts, Floats, Triples
from kamlab.value.lifetime.dropout_forecasts import (
    count_probabilities,
    expected_orders,
    orders_while_alive,
    residual_orders,
)
from kamlab.value.lifetime.dropout_likelihood import (
    DropoutObjective,
    Process,
    log_likelihoods,
    log_split,
)
from kamlab.value.lifetime.dropout_simulation import drawn_future, drawn_past
from kamlab.value.lifetime.fitting import Objective
from kamlab.value.lifetime.model import PurchaseModel

#: Below this share of leaving after an order nobody is seen to leave.
_HARDLY_ANY = 0.005

#: A parameter whose logarithm is less sure than this is not known by itself.
_LOOSE = 0.5


class DropoutModel(PurchaseModel):
    """Orders at an own rate, and an own probability to leave after each order.

    Rates are gamma (r, alpha) over customers, probabilities of leaving beta (a, b).
    """

    _names: ClassVar[tuple[str, ...]] = ("r", "alpha", "a", "b")
    _time_names: ClassVar[tuple[str, ...]] = ("alpha",)
    #: 1 if a customer may leave right after the first order.
    _s: ClassVar[int] = 0

    @property
    def leaving_after_an_order(self) -> float:
        """Mean probability to leave after an order, a ÷ (a + b).

        It is known well even where a and b are not.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.8, b=2.4)
        >>> round(model.leaving_after_an_order, 3)
        0.25
        """
        _, _, a, b = self._values
        return float(a / (a + b))

    @property
    def _process(self) -> Process:
        return Process(k=1, s=self._s)

    def _starts(self, triples: Triples) -> Floats:
        """Start from a usual book, and from one where hardly anybody leaves."""
        rate = self._mean_rate(triples)
        return np.array([[0.5, 0.25 / rate, 0.7, 2.0], [1.5, 1.5 / rate, 0.4, 6.0]])

    def _reserve_starts(self, triples: Triples) -> Floats:
        """Start from books where most leave at once, or some at once and some never."""
        rate = self._mean_rate(triples)
        return np.array(
            [
                [4.0, 1.0 / rate, 3.0, 0.5],
                [2.0, 1.0 / rate, 0.1, 0.1],
                [0.3, 0.3 / rate, 1.0, 0.5],
            ]
        )

    def _mean_rate(self, triples: Triples) -> float:
        """Return the events of all accounts a unit of time, as if nobody ever left."""
        events = self._process.k * float(triples.weights @ triples.x)
        return events / max(float(triples.weights @ triples.T), 1e-300)

    def _objective(self, triples: Triples) -> Objective:
        return DropoutObjective(triples, self._process)

    def _log_likelihoods(
        self, values: Floats, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        return log_likelihoods(values, self._process, x, tx, T)

    def _log_alive(self, values: Floats, x: Floats, tx: Floats, T: Floats) -> Floats:
        split = log_split(values, self._process, x, tx, T)
        return -np.logaddexp(0, split.left - split.there)

    def _expected(
        self, values: Floats, horizon: float, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        return expected_orders(values, self._process, horizon, x, tx, T)

    def _expected_new(self, values: Floats, horizon: Floats) -> Floats:
        r, alpha, a, b = values
        k, s = self._process
        alive = b / (a + b) if s else 1.0
        shape = np.full(len(horizon), r)
        return alive * orders_while_alive(shape, horizon / alpha, a, b + s, k)

    def _pmf(self, values: Floats, n: Floats, horizon: float) -> Floats:
        return count_probabilities(values, self._process, n, horizon)

    def _residual(
        self, values: Floats, rate: float, x: Floats, tx: Floats, T: Floats
    ) -> Floats:
        return residual_orders(values, self._process, rate, x, tx, T)

    def _draw(
        self, values: Floats, T: Floats, generator: np.random.Generator
    ) -> dict[str, np.ndarray]:
        return drawn_past(values, self._process, T, generator)

    def _draw_future(
        self,
        values: Floats,
        horizon: float,
        counts: Counts,
        generator: np.random.Generator,
    ) -> np.ndarray:
        return drawn_future(values, self._process, horizon, counts, generator)

    def _own_notes(self) -> tuple[str, ...]:
        share = self.leaving_after_an_order
        notes = []
        if share < _HARDLY_ANY:
            notes.append(
                f"a/(a+b) = {share:.4f}: hardly anybody seems to leave after an order. "
                "Silence hardly lowers the probability of being alive; read it with "
                "care and look at the gaps since the last order as well."
            )
        errors = self.standard_errors_.to_numpy() / self._values
        if not (errors[2:] < _LOOSE).all():
            notes.append(
                f"a and b are not known by themselves, only their share a/(a+b) = "
                f"{share:.3f}{self._share_error()}: compare shares between books, "
                "never a or b."
            )
        return tuple(notes)

    def _share_error(self) -> str:
        """Return the standard error of a/(a+b) in words, where there is one."""
        _, _, a, b = self._values
        slope = np.array([0, 0, b, -a]) / (a + b) ** 2
        variance = float(slope @ self.covariance_.to_numpy() @ slope)
        return f" (standard error {variance**0.5:.3f})" if variance > 0 else ""

"""What a renewal model tells once its parameters are known: survival and retention.

Glossary
--------
survival (存活率)
    Share of a cohort that is left after so many renewal decisions.
retention (留存率)
    Share of those left that renews at the next decision. It rises in a mixed cohort:
    the fickle leave first.
"""

from abc import abstractmethod
from typing import ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.exceptions import NotFittedError

from kamlab.value.contracts.residual_lifetime import (
    checked_periods,
    summed_residual_lifetime,
)
from kamlab.value.lifetime.given_values import take_parameters


class RenewalCurve(BaseEstimator):
    """How a cohort thins out from renewal to renewal, given the parameters.

    Attributes
    ----------
    parameters_ : Series
        The parameters under the names of the papers.

    Examples
    --------
    >>> from kamlab.value.contracts import ShiftedBetaGeometric
    >>> curve = ShiftedBetaGeometric().with_parameters(alpha=0.668, beta=3.806)
    >>> curve.survival([8, 12]).round(2).tolist()
    [0.46, 0.38]
    """

    _names: ClassVar[tuple[str, ...]] = ()

    def with_parameters(self, **parameters: float) -> Self:
        """Take published parameters instead of learning them.

        Parameters
        ----------
        **parameters : float
            Each parameter by its name, all positive.

        Returns
        -------
        RenewalCurve
            Itself.

        Raises
        ------
        UsageError
            If one is missing, unknown, or not positive.

        Examples
        --------
        >>> from kamlab.value.contracts import ShiftedBetaGeometric
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
        >>> model.parameters_.to_dict()
        {'alpha': 1.0, 'beta': 3.0}
        """
        return take_parameters(self, parameters, self._names)

    def survival(self, periods: ArrayLike) -> np.ndarray | float:
        """Return the share of a cohort that is left after so many decisions.

        Parameters
        ----------
        periods : int or array-like of int
            Renewal decisions, 0 or more.

        Returns
        -------
        float or array of float
            From 1 downwards.

        Raises
        ------
        UsageError
            If a number of decisions cannot be.

        Examples
        --------
        >>> from kamlab.value.contracts import ShiftedBetaGeometric
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
        >>> model.survival([0, 1, 2]).round(2).tolist()
        [1.0, 0.75, 0.6]
        """
        t = checked_periods(periods, least=0).astype(float)
        return _plain(np.exp(self._log_survival(self._values, t)))

    def leaving_probability(self, periods: ArrayLike) -> np.ndarray | float:
        """Return the probability that a new account leaves at its t-th decision.

        Parameters
        ----------
        periods : int or array-like of int
            Which decision, from 1 on.

        Returns
        -------
        float or array of float

        Raises
        ------
        UsageError
            If a number of decisions cannot be.

        Examples
        --------
        >>> from kamlab.value.contracts import ShiftedBetaGeometric
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
        >>> model.leaving_probability([1, 2]).round(2).tolist()
        [0.25, 0.15]
        """
        t = checked_periods(periods).astype(float)
        return _plain(np.exp(self._log_leaving(self._values, t)))

    def retention(self, periods: ArrayLike) -> np.ndarray | float:
        """Return which share of those left renews at the t-th decision.

        Parameters
        ----------
        periods : int or array-like of int
            Which decision, from 1 on. An account with n renewals so far decides for
            the n + 1st time next.

        Returns
        -------
        float or array of float
            S(t) / S(t − 1).

        Raises
        ------
        UsageError
            If a number of decisions cannot be.

        Examples
        --------
        >>> from kamlab.value.contracts import ShiftedBetaGeometric
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
        >>> model.retention([1, 2]).round(2).tolist()
        [0.75, 0.8]
        """
        t = checked_periods(periods).astype(float)
        values = self._values
        before = self._log_survival(values, t - 1)
        return _plain(np.exp(self._log_survival(values, t) - before))

    def residual_lifetime(
        self, discount_rate: float, period: ArrayLike
    ) -> np.ndarray | float:
        """Return the discounted expected residual lifetime (DERL) of accounts.

        Parameters
        ----------
        discount_rate : float
            A period's discount, as a share.
        period : int or array-like of int
            The period each account is in, from 1 on: it has renewed ``period − 1``
            times and decides next.

        Returns
        -------
        float or array of float
            Periods from the next renewal on, in worth of the moment of that renewal.

        Raises
        ------
        UsageError
            If an argument cannot be.

        Examples
        --------
        >>> from kamlab.value.contracts import ShiftedBetaGeometric
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
        >>> round(model.residual_lifetime(0.1, period=1), 2)
        3.62
        """
        values = self._values
        return summed_residual_lifetime(
            lambda t: np.exp(self._log_survival(values, np.asarray(t, dtype=float))),
            discount_rate,
            period,
        )

    def simulate(
        self,
        decisions: ArrayLike,
        random_state: int | np.random.Generator | None = None,
    ) -> pd.DataFrame:
        """Make up accounts that behave as the model says.

        Parameters
        ----------
        decisions : Series or array-like of int, shape (n_accounts,)
            How many renewal decisions each account can come to by the end.
        random_state : int, Generator or None
            Seed.

        Returns
        -------
        DataFrame
            Columns `tenure` and `ended`, as `fit` takes them.

        Raises
        ------
        UsageError
            If a number of decisions cannot be.

        Examples
        --------
        >>> from kamlab.value.contracts import ShiftedBetaGeometric
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
        >>> model.simulate([3, 3, 3], random_state=1)["tenure"].between(1, 3).all()
        np.True_
        """
        most = np.atleast_1d(checked_periods(decisions, least=0))
        draws = np.random.default_rng(random_state).random(len(most))
        index = decisions.index if isinstance(decisions, pd.Series) else None
        curve = self.survival(np.arange(most.max(initial=0) + 1))
        # Whoever draws u stays while survival is above u.
        stays = np.searchsorted(-curve, -draws, side="left")
        ended = stays <= most
        return pd.DataFrame({"tenure": np.minimum(stays, most), "ended": ended}, index)

    @property
    def _values(self) -> np.ndarray:
        """The parameters as an array, in the order of their names."""
        if not hasattr(self, "parameters_"):
            raise NotFittedError(f"{type(self).__name__} has not been fitted: call fit")
        return self.parameters_.to_numpy()

    @abstractmethod
    def _log_survival(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        """Return the logarithm of survival after t decisions."""

    @abstractmethod
    def _survival_slopes(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        """Return its slope in each parameter, shape (n_parameters, n)."""

    @abstractmethod
    def _log_leaving(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        """Return the logarithm of the probability to leave at decision t."""

    @abstractmethod
    def _leaving_slopes(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        """Return its slope in each parameter, shape (n_parameters, n)."""


def _plain(values: np.ndarray) -> np.ndarray | float:
    return float(values) if np.ndim(values) == 0 else values

"""What an order of each account is worth: the Gamma-Gamma model of mean order value.

The mean of three orders says less than that of thirty. So an account with few orders is
drawn towards what accounts usually spend, and one with many keeps its own mean.

Glossary
--------
mean value (平均订单额)
    Mean money of an account's orders, or their margin where that is always positive.
shrinkage (收缩)
    Drawing an uncertain figure towards the mean of all.
"""

from dataclasses import replace
from typing import ClassVar, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import gamma as gamma_distribution
from scipy.stats import norm
from sklearn.base import BaseEstimator
from sklearn.exceptions import NotFittedError

from kamlab.estimates import Estimate, checked_level
from kamlab.value.lifetime.fitting import maximised
from kamlab.value.lifetime.gamma_gamma_likelihood import spending_objective
from kamlab.value.lifetime.given_values import given_starts, take_parameters
from kamlab.value.lifetime.spending import (
    checked_spending,
    refuse_too_few_spenders,
    spending_columns,
    spending_correlation,
)
from kamlab.value.lifetime.uncertainty import edge_notes, parameter_covariance

#: Logarithms of the parameters, money in units of the median, are searched here.
_LOW, _HIGH = -9.0, 9.0
#: Where the search starts: p, q and γ for values around 1.
_STARTS = ((1.0, 2.0, 1.0), (6.0, 4.0, 0.5), (0.3, 3.0, 6.0), (20.0, 20.0, 1.0))


class GammaGamma(BaseEstimator):
    """Estimate what each account spends an order, from few orders or many.

    Parameters
    ----------
    starts : array-like of shape (n_starts, 3), optional
        `p`, `q` and `gamma` to start the search from, `gamma` in money; by default four
        rows of the model's own.

    Attributes
    ----------
    parameters_ : Series
        `p`, `q` and `gamma` (in money) under the names of the paper.
    standard_errors_ : Series
        Their standard errors; NaN for a parameter at the edge.
    covariance_ : DataFrame
        Their covariances, by the delta method from the logarithms.
    log_likelihood_ : float
        Of the mean values of all accounts.
    n_accounts_, n_left_out_ : int
        Accounts learnt from, and those with frequency 0.
    convergence_ : Convergence
        How the search went; its notes say where the model does not fit its purpose.
    correlation_ : Estimate
        Between frequency and mean value. The model takes the two as unrelated.
    population_mean_ : Estimate
        Mean value over all accounts, money.

    Notes
    -----
    Orders of an account vary around its mean by a gamma distribution with shape p and
    rate ν; over accounts ν follows a gamma distribution with shape q and rate γ. With
    x orders of mean z, the likelihood is
    Γ(px + q) / (Γ(px) Γ(q)) · γ^q z^(px − 1) x^(px) / (γ + x z)^(px + q), and
    E[M | x, z] = p (γ + x z) / (p x + q − 1): equations 1a and 5.

    References
    ----------
    Fader, P. S., & Hardie, B. G. S. (2013). The Gamma-Gamma model of monetary value.
    Technical note, brucehardie.com/notes/025.
    Fader, P. S., Hardie, B. G. S., & Lee, K. L. (2005). RFM and CLV: Using iso-value
    curves for customer base analysis. Journal of Marketing Research 42(4), 415–430.

    Examples
    --------
    >>> drawn = GammaGamma().with_parameters(p=6.25, q=3.74, gamma=15.44)
    >>> book = drawn.simulate([2, 5, 9] * 200, random_state=1)
    >>> model = GammaGamma().fit(book["frequency"], book["mean_value"])
    >>> bool(abs(model.parameters_["p"] / 6.25 - 1) < 0.25)
    True
    """

    _names: ClassVar[tuple[str, ...]] = ("p", "q", "gamma")

    def __init__(self, starts: ArrayLike | None = None) -> None:
        self.starts = starts

    def fit(self, frequency: ArrayLike, mean_value: ArrayLike) -> Self:
        """Learn how order values vary within accounts and between them.

        Parameters
        ----------
        frequency : Series or array-like of shape (n_accounts,)
            How many orders `mean_value` is the mean of: the repeat orders, usually.
        mean_value : Series or array-like of shape (n_accounts,)
            Money an order; ignored where frequency is 0.

        Returns
        -------
        GammaGamma
            Itself.

        Raises
        ------
        UsageError
            If the two differ in length or name different accounts.
        DataError
            If a frequency is no count, or a mean value not above 0.
        CannotTellError
            If fewer than 10 accounts have orders, or all spend the same.
        """
        spending = checked_spending(frequency, mean_value)
        refuse_too_few_spenders(spending)
        # Bounds and starts hold for any currency when the median is 1.
        scale = float(np.median(spending.mean))
        objective = spending_objective(spending.x, spending.mean / scale)
        bounds = np.full(3, _LOW), np.full(3, _HIGH)
        starts = np.clip(np.log(self._checked_starts(scale)), *bounds)
        optimum = maximised(objective, starts, *bounds)
        n = len(spending.x)
        values = np.exp(optimum.theta) * [1, 1, scale]
        self.parameters_ = pd.Series(values, index=list(self._names))
        self.covariance_ = parameter_covariance(optimum, self.parameters_, n)
        self.standard_errors_ = pd.Series(
            np.sqrt(np.diag(self.covariance_)), index=list(self._names)
        )
        self.log_likelihood_ = -n * (optimum.value + np.log(scale))
        self.n_accounts_, self.n_left_out_ = n, spending.n_without
        self.correlation_ = spending_correlation(spending)
        self.population_mean_ = self._population_mean()
        notes = edge_notes(optimum, self.parameters_, self.standard_errors_)
        notes += self._own_notes()
        self.convergence_ = replace(optimum.convergence, notes=tuple(notes))
        return self

    def with_parameters(self, **parameters: float) -> Self:
        """Take published parameters instead of learning them.

        Parameters
        ----------
        **parameters : float
            `p`, `q` and `gamma`, all positive.

        Returns
        -------
        GammaGamma
            Itself.

        Raises
        ------
        UsageError
            If one is missing, unknown, or not positive.

        Examples
        --------
        >>> model = GammaGamma().with_parameters(p=6.25, q=3.74, gamma=15.44)
        >>> model.parameters_["q"]
        np.float64(3.74)
        """
        return take_parameters(self, parameters, self._names)

    def expected_value(
        self, frequency: ArrayLike, mean_value: ArrayLike
    ) -> pd.Series | float:
        """Return what an order of each account is worth in the long run.

        Parameters
        ----------
        frequency, mean_value : Series, array-like or number
            As `fit`; where frequency is 0, the mean over all accounts is returned.

        Returns
        -------
        Series or float
            Money an order; NaN where the model's mean has no end (p x + q ≤ 1).

        Raises
        ------
        UsageError, DataError
            If an account's numbers cannot be.

        Examples
        --------
        >>> model = GammaGamma().with_parameters(p=6.25, q=3.74, gamma=15.44)
        >>> model.expected_value([0, 3], [0.0, 35.0]).round(2).tolist()
        [35.22, 35.03]
        """
        x, mean, index = spending_columns(frequency, mean_value)
        p, q, gamma = self._values
        below = p * x + q - 1
        has_mean = below > 0
        found = p * (gamma + x * mean) / np.where(has_mean, below, np.nan)
        if np.ndim(frequency) == 0:
            return float(found[0])
        return pd.Series(found, index, name="expected_value")

    def value_interval(
        self, frequency: ArrayLike, mean_value: ArrayLike, level: float = 0.95
    ) -> pd.DataFrame:
        """Return between which limits each account's long-run order value lies.

        Parameters
        ----------
        frequency, mean_value : Series or array-like of shape (n_accounts,)
            As `fit`.
        level : float
            Level of the intervals, as a share.

        Returns
        -------
        DataFrame of shape (n_accounts, 2)
            `low` and `high`, money an order, given the parameters; their own
            uncertainty is not in it.

        Raises
        ------
        UsageError, DataError
            If an argument cannot be.

        Examples
        --------
        >>> model = GammaGamma().with_parameters(p=6.25, q=3.74, gamma=15.44)
        >>> model.value_interval([1, 30], [35.0, 35.0]).round(0)
            low  high
        0  18.0  66.0
        1  30.0  40.0
        """
        checked_level(level)
        x, mean, index = spending_columns(frequency, mean_value)
        p, q, gamma = self._values
        # The rate ν is gamma distributed given the orders; the mean is p / ν.
        shape, scale = p * x + q, 1 / (gamma + x * mean)
        tails = [(1 + level) / 2, (1 - level) / 2]
        ends = [p / gamma_distribution.ppf(tail, shape, scale=scale) for tail in tails]
        return pd.DataFrame({"low": ends[0], "high": ends[1]}, index)

    def simulate(
        self,
        frequency: ArrayLike,
        random_state: int | np.random.Generator | None = None,
    ) -> pd.DataFrame:
        """Make up accounts that spend as the model says.

        Parameters
        ----------
        frequency : Series or array-like of int, shape (n_accounts,)
            Orders of each account.
        random_state : int, Generator or None
            Seed.

        Returns
        -------
        DataFrame
            Columns `frequency`, `mean_value` (0 without an order) and `value`, the
            account's own long-run mean.

        Raises
        ------
        DataError
            If a frequency is no count.

        Examples
        --------
        >>> model = GammaGamma().with_parameters(p=6.25, q=3.74, gamma=15.44)
        >>> model.simulate([0, 2], random_state=1)["mean_value"].gt(0).tolist()
        [False, True]
        """
        x, _ones, index = spending_columns(frequency, np.ones(np.shape(frequency)))
        p, q, gamma = self._values
        rng = np.random.default_rng(random_state)
        rate = rng.gamma(q, 1 / gamma, len(x))
        mean = np.zeros(len(x))
        some = x > 0
        mean[some] = rng.gamma(p * x[some], 1 / (rate[some] * x[some]))
        return pd.DataFrame(
            {"frequency": x.astype(int), "mean_value": mean, "value": p / rate}, index
        )

    @property
    def _values(self) -> np.ndarray:
        """The parameters as an array, in the order of their names."""
        if not hasattr(self, "parameters_"):
            raise NotFittedError("GammaGamma has not been fitted: call fit")
        return self.parameters_.to_numpy()

    def _checked_starts(self, scale: float) -> np.ndarray:
        if self.starts is None:
            return np.array(_STARTS)
        return given_starts(self.starts, self._names) / [1, 1, scale]

    def _population_mean(self) -> Estimate:
        p, q, gamma = self._values
        if q <= 1:
            reason = f"q = {q:.3g} is not above 1, so the mean over accounts has no end"
            return Estimate.unknown(reason, self.n_accounts_, "money", "Gamma-Gamma")
        mean = p * gamma / (q - 1)
        # The logarithm of the mean, by the delta method.
        slope = np.array([1 / p, -1 / (q - 1), 1 / gamma])
        reach = norm.ppf(0.975) * np.sqrt(slope @ self.covariance_.to_numpy() @ slope)
        low, high = mean * np.exp(-reach), mean * np.exp(reach)
        return Estimate(
            mean, low, high, self.n_accounts_, unit="money", method="Gamma-Gamma"
        )

    def _own_notes(self) -> list[str]:
        notes = []
        if self.n_left_out_:
            notes.append(f"{self.n_left_out_} accounts without an order were left out.")
        found = self.correlation_
        if found.interval and not found.low <= 0 <= found.high:
            word = "more" if found.value > 0 else "less"
            notes.append(
                f"Accounts that order more often spend {word} an order (correlation "
                f"{found.value:.2f}, {found.low:.2f} to {found.high:.2f}); the model "
                "takes the two as unrelated, so judge it on held-out orders."
            )
        if self.parameters_["q"] <= 1:
            notes.append(self.population_mean_.reason + ".")
        return notes

"""Renewals when accounts differ in their churn, and each keeps its own: the sBG model.

Glossary
--------
shifted-beta-geometric, sBG (位移贝塔几何模型)
    Each account leaves at every renewal decision with its own constant chance; over
    the accounts that chance follows a beta distribution.
"""

from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, gammaln

from kamlab.value.contracts.renewal_model import RenewalModel
from kamlab.value.contracts.residual_lifetime import (
    discounted_lifetime,
    discounted_residual_lifetime,
)


class ShiftedBetaGeometric(RenewalModel):
    """Project renewals of a cohort whose fickle accounts leave first.

    Parameters
    ----------
    starts : array-like of shape (n_starts, 2), optional
        `alpha` and `beta` to start the search from; by default five pairs with the
        churn that was seen.

    Attributes
    ----------
    parameters_ : Series
        `alpha` and `beta` of the beta distribution of churn; its mean is
        α / (α + β), and the smaller their sum, the more accounts differ.
    standard_errors_, covariance_, log_likelihood_, n_accounts_, convergence_
        As `RenewalModel`.

    Notes
    -----
    P(T = t) = B(α + 1, β + t − 1) / B(α, β), S(t) = B(α, β + t) / B(α, β), and
    retention r_t = (β + t − 1) / (α + β + t − 1). Accounts that go on count with S(t).
    The likelihood has a long flat ridge, on which a search from one point without
    bounds may stop at a wrong place; five starts have to agree here (`convergence_`).

    References
    ----------
    Fader, P. S., & Hardie, B. G. S. (2007). How to project customer retention. Journal
    of Interactive Marketing 21(1), 76–90.
    Fader, P. S., & Hardie, B. G. S. (2010). Customer-base valuation in a contractual
    setting: The perils of ignoring heterogeneity. Marketing Science 29(1), 85–93.

    Examples
    --------
    >>> import pandas as pd
    >>> regular = pd.Series([1000, 631, 468, 382, 326, 289, 262, 241])
    >>> model = ShiftedBetaGeometric().fit_cohorts(regular)
    >>> model.parameters_.round(3).to_dict()
    {'alpha': 0.704, 'beta': 1.182}
    >>> model.survival([8, 9, 10, 11, 12]).round(3).tolist()
    [0.22, 0.204, 0.191, 0.18, 0.17]
    >>> round(model.residual_lifetime(0.1, period=5), 2)  # after four renewals
    5.89
    """

    _names: ClassVar[tuple[str, ...]] = ("alpha", "beta")

    def lifetime(self, discount_rate: float) -> float:
        """Return the discounted expected lifetime (DEL) of a new account.

        Parameters
        ----------
        discount_rate : float
            A period's discount, as a share.

        Returns
        -------
        float
            Periods of today's worth, the first one included.

        Raises
        ------
        UsageError
            If the rate cannot be.

        Examples
        --------
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=0.704, beta=1.182)
        >>> round(model.lifetime(0.1), 2)
        3.7
        """
        return discounted_lifetime(*self._values, discount_rate)

    def residual_lifetime(
        self, discount_rate: float, period: ArrayLike
    ) -> np.ndarray | float:
        """Return the discounted expected residual lifetime (DERL), in closed form.

        Parameters
        ----------
        discount_rate : float
            A period's discount, as a share.
        period : int or array-like of int
            The period each account is in, from 1 on.

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
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=0.668, beta=3.806)
        >>> model.residual_lifetime(0.1, [1, 2, 3]).round(2).tolist()
        [5.41, 5.9, 6.29]
        """
        return discounted_residual_lifetime(*self._values, discount_rate, period)

    def _log_survival(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        alpha, beta = values
        both = alpha + beta
        return gammaln(beta + t) - gammaln(beta) - gammaln(both + t) + gammaln(both)

    def _survival_slopes(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        alpha, beta = values
        shared = digamma(alpha + beta) - digamma(alpha + beta + t)
        return np.stack([shared, shared + digamma(beta + t) - digamma(beta)])

    def _log_leaving(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        alpha, beta = values
        churn = np.log(alpha) - np.log(alpha + beta + t - 1)
        return churn + self._log_survival(values, t - 1)

    def _leaving_slopes(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        alpha, beta = values
        churn = -1 / (alpha + beta + t - 1)
        slopes = self._survival_slopes(values, t - 1)
        return slopes + np.stack([1 / alpha + churn, churn])

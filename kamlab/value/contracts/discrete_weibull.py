"""Renewals when each account's own churn changes with tenure: beta-discrete-Weibull.

Glossary
--------
duration dependence (时间依赖)
    One and the same account becomes more loyal the longer it stays (c < 1), or less
    (c > 1). Rising retention of a cohort is no proof of it: the fickle leaving first
    looks the same.
"""

from typing import ClassVar

import numpy as np
from scipy.special import betaln, digamma

from kamlab.value.contracts.renewal_model import RenewalModel


class BetaDiscreteWeibull(RenewalModel):
    """Tell accounts that differ from accounts that change, as far as data allow.

    Parameters
    ----------
    starts : array-like of shape (n_starts, 3), optional
        `gamma`, `delta` and `c` to start the search from; by default five rows with
        the churn that was seen and c = 1.

    Attributes
    ----------
    parameters_ : Series
        `gamma` and `delta` of the beta distribution of first-period churn, and `c`,
        below 1 if accounts become more loyal, above 1 if less; with c = 1 this is
        `ShiftedBetaGeometric` with γ = α and δ = β.
    standard_errors_, covariance_, log_likelihood_, n_accounts_, convergence_
        As `RenewalModel`.

    Notes
    -----
    S(t) = B(γ, δ + t^c) / B(γ, δ); P(T = t) = S(t − 1) − S(t). Three parameters need
    at least three decisions, and many accounts: twice the gain in log-likelihood over
    sBG should exceed 3.84 before c is read as different from 1.

    References
    ----------
    Fader, P. S., Hardie, B. G. S., Liu, Y., Davin, J., & Steenburgh, T. (2018). "How to
    project customer retention" revisited: The role of duration dependence. Journal of
    Interactive Marketing 43, 1–16.

    Examples
    --------
    >>> import pandas as pd
    >>> high_end = pd.Series([1000, 869, 743, 653, 593, 551, 517, 491])
    >>> model = BetaDiscreteWeibull().fit_cohorts(high_end)
    >>> bool(model.parameters_["c"] > 1), round(model.log_likelihood_, 1)
    (True, -1605.3)
    """

    _names: ClassVar[tuple[str, ...]] = ("gamma", "delta", "c")
    # Beyond c = 4.5 nearly all accounts would leave at one and the same decision.
    _log_low: ClassVar[tuple[float, ...]] = (-9.0, -9.0, -3.0)
    _log_high: ClassVar[tuple[float, ...]] = (9.0, 9.0, 1.5)

    def _log_survival(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        gamma, delta, c = values
        return betaln(gamma, delta + t**c) - betaln(gamma, delta)

    def _survival_slopes(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        gamma, delta, c = values
        both, x = gamma + delta, t**c
        shared = digamma(both) - digamma(both + x)
        # t^c ln t is 0 at t = 0.
        stretch = x * np.log(np.maximum(t, 1.0))
        by_c = (digamma(delta + x) - digamma(both + x)) * stretch
        return np.stack([shared, shared + digamma(delta + x) - digamma(delta), by_c])

    def _log_leaving(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        before, after = self._log_survival(values, t - 1), self._log_survival(values, t)
        return before + np.log(-np.expm1(_falling(after - before)))

    def _leaving_slopes(self, values: np.ndarray, t: np.ndarray) -> np.ndarray:
        before, after = self._log_survival(values, t - 1), self._log_survival(values, t)
        gap = _falling(after - before)
        slope_before = self._survival_slopes(values, t - 1)
        slope_after = self._survival_slopes(values, t)
        return (slope_before - np.exp(gap) * slope_after) / -np.expm1(gap)


def _falling(gap: np.ndarray) -> np.ndarray:
    """Keep a fall of the logarithm of survival apart from 0, where numbers end."""
    return np.minimum(gap, -1e-15)

"""The likelihood of mean order values under the Gamma-Gamma model, and its slopes."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, gammaln

from kamlab.value.lifetime.fitting import Objective


def log_likelihoods(
    parameters: ArrayLike, frequency: np.ndarray, mean_value: np.ndarray
) -> np.ndarray:
    """Return the log-likelihood of each account's mean order value.

    Parameters
    ----------
    parameters : array-like of shape (3,)
        p, q and γ.
    frequency, mean_value : arrays of float, shape (n_accounts,)
        Orders, 1 or more, and their mean, above 0.

    Returns
    -------
    array of float, shape (n_accounts,)

    Notes
    -----
    Equation 1a of Fader and Hardie (2013), as `GammaGamma`.

    Examples
    --------
    >>> one = log_likelihoods([6.25, 3.74, 15.44], np.array([2.0]), np.array([22.35]))
    >>> one.round(3).tolist()
    [-3.551]
    """
    p, q, gamma = np.asarray(parameters, dtype=float)
    shape = p * frequency
    return (
        gammaln(shape + q)
        - gammaln(shape)
        - gammaln(q)
        + q * np.log(gamma)
        + (shape - 1) * np.log(mean_value)
        + shape * np.log(frequency)
        - (shape + q) * np.log(gamma + frequency * mean_value)
    )


def spending_objective(frequency: np.ndarray, mean_value: np.ndarray) -> Objective:
    """Return minus the mean log-likelihood with its gradient, for the search.

    Parameters
    ----------
    frequency, mean_value : arrays of float, shape (n_accounts,)
        Orders, 1 or more, and their mean, above 0.

    Returns
    -------
    callable
        Takes the logarithms of p, q and γ; returns a value and its gradient in them.

    Examples
    --------
    >>> objective = spending_objective(np.array([2.0]), np.array([22.35]))
    >>> value, _slopes = objective(np.log([6.25, 3.74, 15.44]))
    >>> round(value, 3)
    3.551
    """
    counts, n_accounts = np.unique(frequency, return_counts=True)
    share = n_accounts / len(frequency)
    total = frequency * mean_value
    # What does not change from step to step.
    mean_x_log = float(frequency @ np.log(total)) / len(frequency)
    mean_log = float(np.log(mean_value).mean())

    def objective(theta: np.ndarray) -> tuple[float, np.ndarray]:
        p, q, gamma = values = np.exp(theta)
        # Special functions are worked out once for each number of orders.
        shape = p * counts
        ratio = gammaln(shape + q) - gammaln(shape) - gammaln(q) + q * np.log(gamma)
        beyond, weight = np.log(gamma + total), p * frequency + q
        found = share @ ratio + p * mean_x_log - mean_log - (weight * beyond).mean()
        both = digamma(shape + q)
        slope_p = share @ (counts * (both - digamma(shape))) + mean_x_log
        slope_p -= (frequency * beyond).mean()
        slope_q = share @ both - digamma(q) + np.log(gamma) - beyond.mean()
        slope_gamma = q / gamma - (weight / (gamma + total)).mean()
        slopes = np.array([slope_p, slope_q, slope_gamma])
        return -float(found), -slopes * values

    return objective

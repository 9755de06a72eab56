"""How order values vary within accounts and between them, from the orders themselves.

Means alone say little of how much the orders of one account vary: an optimum far from
the truth fits them as well. The orders are known, so their variation is taken as seen,
and only the differences between accounts are left to the likelihood.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from kamlab.estimates import Estimate
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.fitting import Objective, Optimum, maximised
from kamlab.value.lifetime.gamma_gamma import GammaGamma
from kamlab.value.lifetime.gamma_gamma_likelihood import spending_objective
from kamlab.value.lifetime.spending import (
    Spending,
    checked_spending,
    refuse_too_few_spenders,
    spending_correlation,
)
from kamlab.value.lifetime.uncertainty import (
    drawn_factors,
    edge_notes,
    parameter_covariance,
)

#: Orders after each account's first that it takes to know how much they vary.
FEWEST = 10
#: Logarithms of q and γ, money in units of the median, are searched here; p ends here.
_FAR = 9.0
_STARTS = np.log([[2.0, 1.0], [4.0, 0.5], [3.0, 6.0], [20.0, 20.0]])
#: Step of ln p by which its pull on q and γ is seen.
_STEP = 1e-4


@dataclass(frozen=True, eq=False)
class SpendingModel:
    """A Gamma-Gamma model of order values, and how sure its parameters are.

    Parameters
    ----------
    model : GammaGamma
        With ``p``, ``q`` and ``gamma``.
    log_covariance : array of shape (3, 3)
        Covariances of the logarithms of the parameters.
    notes : tuple of str
        What a reader should know of the fit.
    correlation : Estimate, optional
        Rank correlation of how many orders an account places with what one brings; the
        model takes the two as unrelated.
    converged : bool
        Whether the search for q and γ settled.

    Examples
    --------
    >>> model = GammaGamma().with_parameters(p=2, q=3, gamma=100)
    >>> SpendingModel(model, np.zeros((3, 3)), ()).model.parameters_["q"]
    np.float64(3.0)
    """

    model: GammaGamma
    log_covariance: np.ndarray
    notes: tuple[str, ...]
    correlation: Estimate | None = None
    converged: bool = True

    def drawn(self, futures: int, generator: np.random.Generator) -> np.ndarray:
        """Draw parameters that the orders could have come from as well.

        Parameters
        ----------
        futures : int
            How many times.
        generator : Generator
            Source of chance.

        Returns
        -------
        array of float, shape (3, n_futures, 1)
            p, q and γ, normal in the logarithms. Where orders vary more than was seen,
            γ is what makes the mean order the one that was seen.

        Examples
        --------
        >>> model = GammaGamma().with_parameters(p=2, q=3, gamma=100)
        >>> known = SpendingModel(model, np.zeros((3, 3)), ())
        >>> known.drawn(1, np.random.default_rng(0)).ravel().tolist()
        [2.0, 3.0, 100.0]
        """
        factors = drawn_factors(self.log_covariance, futures, generator)
        return (self.model.parameters_.to_numpy() * factors).T[:, :, None]


def spending_model(
    orders: pd.Series, mean: pd.Series, variation: pd.Series
) -> SpendingModel:
    """Learn how much orders vary within an account, and accounts from each other.

    Parameters
    ----------
    orders : Series of int, shape (n_accounts,)
        Order days seen, 1 or more.
    mean : Series of float, shape (n_accounts,)
        Mean value of these days, money above 0.
    variation : Series of float, shape (n_accounts,)
        Coefficient of variation of their values; missing for a single order.

    Returns
    -------
    SpendingModel

    Raises
    ------
    CannotTellError
        If fewer than 10 accounts have orders, or hardly one has several.

    Notes
    -----
    Orders of an account are gamma distributed with shape p, so that their squared
    coefficient of variation is 1/p: pooled over accounts, weighted by orders less one.
    q and γ maximise the likelihood of the means given p (`GammaGamma`, equation 1a);
    with another p they would be others, by −H⁻¹ ∂²ℓ/∂(ln q, ln γ)∂ln p, and the
    covariances say so: the mean order pγ/(q − 1) is known better than each of the
    three.

    References
    ----------
    Fader, P. S., & Hardie, B. G. S. (2013). The Gamma-Gamma model of monetary value.
    Technical note, brucehardie.com/notes/025.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> values = rng.gamma(4, 1 / rng.gamma(5, 1 / 1000, 200), (12, 200))
    >>> found = spending_model(
    ...     pd.Series(12, range(200)), pd.Series(values.mean(axis=0)),
    ...     pd.Series(values.std(axis=0, ddof=1) / values.mean(axis=0)),
    ... )
    >>> bool(abs(found.model.parameters_["p"] / 4 - 1) < 0.15)
    True
    """
    spending = checked_spending(orders, mean)
    refuse_too_few_spenders(spending)
    p, variance = _within_accounts(orders, variation)
    scale = float(np.median(spending.mean))
    of_all = spending_objective(spending.x, spending.mean / scale)

    def objective(theta: np.ndarray) -> tuple[float, np.ndarray]:
        value, slopes = of_all(np.array([np.log(p), *theta]))
        return value, slopes[1:]

    far = np.full(2, _FAR)
    optimum = maximised(objective, _STARTS, -far, far)
    # With every parameter set to 1 the covariances stay those of the logarithms.
    ones = pd.Series(1.0, index=["q", "gamma"])
    between = parameter_covariance(optimum, ones, len(spending.x))
    pull = _pull(of_all, np.array([np.log(p), *optimum.theta]), optimum)
    covariance = variance * np.outer([1.0, *pull], [1.0, *pull])
    covariance[1:, 1:] += np.nan_to_num(between.to_numpy())
    q, gamma = np.exp(optimum.theta) * [1, scale]
    errors = pd.Series(np.sqrt(np.diag(between)), index=ones.index)
    found = pd.Series([q, gamma], index=ones.index)
    return SpendingModel(
        GammaGamma().with_parameters(p=p, q=q, gamma=gamma),
        covariance,
        tuple(edge_notes(optimum, found, errors * found)),
        # By ranks: a few large orders would hide what holds for all others.
        spending_correlation(Spending(rankdata(orders), rankdata(mean), 0)),
        optimum.convergence.converged,
    )


def _pull(of_all: Objective, theta: np.ndarray, optimum: Optimum) -> np.ndarray:
    """Return by how much ln q and ln γ move when ln p does."""
    free, step = optimum.edge == 0, np.array([_STEP, 0.0, 0.0])
    slopes = (of_all(theta + step)[1] - of_all(theta - step)[1])[1:] / (2 * _STEP)
    pull, hessian = np.zeros(2), optimum.hessian[np.ix_(free, free)]
    if free.any() and np.linalg.eigvalsh(hessian).min() > 0:
        pull[free] = -np.linalg.solve(hessian, slopes[free])
    return pull


def _within_accounts(orders: pd.Series, variation: pd.Series) -> tuple[float, float]:
    """Return p, and the variance of its logarithm."""
    several = (orders > 1) & variation.notna()
    freedom = (orders[several] - 1).astype(float)
    if freedom.sum() < FEWEST:
        raise CannotTellError(
            f"cannot tell from these data how much order values vary: {len(orders)} "
            f"accounts have {freedom.sum():.0f} orders after their first; {FEWEST} are "
            "needed: take a longer time"
        )
    squared = float(freedom @ variation[several] ** 2 / freedom.sum())
    # Orders that are all alike would make p endless.
    p = 1 / max(squared, np.exp(-_FAR))
    return p, 2 / float(freedom.sum())

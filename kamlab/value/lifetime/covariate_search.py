"""The search for effects of traits: one likelihood for each combination of traits.

A trait shifts the logarithm of a parameter, so that every account with the same traits
has the same parameters, and any purchase model's own likelihood serves. The shift's
slope is the slope by the parameter times the trait.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.lifetime.counts import Counts, compressed
from kamlab.value.lifetime.fitting import Objective, Optimum, maximised
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.quadrature import Floats
from kamlab.value.lifetime.traits import Traits
from kamlab.value.lifetime.uncertainty import parameter_covariance

# Which parameter a trait shifts, and whether a larger one means a higher rate.
_ACTS_ON = {
    ("r", "alpha", "s", "beta"): {"ordering": ("alpha", -1), "leaving": ("beta", -1)},
    ("r", "alpha", "a", "b"): {"ordering": ("alpha", -1), "leaving": ("a", 1)},
    ("alpha", "beta", "gamma", "delta"): {
        "ordering": ("alpha", 1),
        "leaving": ("gamma", 1),
    },
}
# Effects are searched this far to both sides, of a trait with standard deviation 1.
_FARTHEST = 6.0


class Found(NamedTuple):
    """Where the search for parameters and effects ended.

    Parameters
    ----------
    optimum : Optimum
        Log parameters, followed by effects.
    covariance : array of shape (n, n)
        Of both, in the same order.
    n_parameters : int
        How many of them are parameters.
    """

    optimum: Optimum
    covariance: Floats
    n_parameters: int


def shifts(model: PurchaseModel, effects: pd.MultiIndex) -> Floats:
    """Tell which log parameter each effect shifts, and in which direction.

    Parameters
    ----------
    model : PurchaseModel
        Fitted.
    effects : MultiIndex
        What each effect acts on ("ordering" or "leaving"), and its trait.

    Returns
    -------
    array of shape (n_parameters, n_effects)
        −1, 0 or 1.

    Raises
    ------
    UsageError
        If the model is not one that traits can act on.

    Examples
    --------
    >>> from kamlab.value.lifetime.pareto_nbd import ParetoNBD
    >>> model = ParetoNBD().with_parameters(r=1, alpha=5, s=1, beta=9)
    >>> shifts(model, pd.MultiIndex.from_tuples([("ordering", "online")])).tolist()
    [[0.0], [-1.0], [0.0], [0.0]]
    """
    names = tuple(model.parameters_.index)
    if names not in _ACTS_ON:
        raise UsageError(
            f"model = {type(model).__name__}: traits act on models with the parameters "
            + " or ".join(", ".join(each) for each in _ACTS_ON)
        )
    signs = np.zeros((len(names), len(effects)))
    for column, (role, _) in enumerate(effects):
        parameter, sign = _ACTS_ON[names][role]
        signs[names.index(parameter), column] = sign
    return signs


def searched(
    model: PurchaseModel, counts: Counts, traits: Traits, signs: Floats
) -> Found:
    """Find the parameters and effects that make the accounts most likely.

    Parameters
    ----------
    model : PurchaseModel
        Fitted to the same accounts without traits, where the search starts.
    counts : Counts
        The accounts.
    traits : Traits
        Their traits, with mean 0 and standard deviation 1.
    signs : array of shape (n_parameters, n_effects)
        From `shifts`.

    Returns
    -------
    Found
    """
    n_parameters, n_effects = signs.shape
    low, high = model._log_bounds(
        compressed(counts.frequency, counts.recency, counts.T)
    )
    reach = np.full(n_effects, _FARTHEST)
    start = np.log(model.parameters_.to_numpy())
    optimum = maximised(
        joint_objective(model, counts, traits, signs),
        np.concatenate([start, np.zeros(n_effects)])[None, :],
        np.concatenate([low, -reach]),
        np.concatenate([high, reach]),
    )
    # With every parameter set to 1 the covariances stay those of the logarithms.
    ones = pd.Series(np.ones(n_parameters + n_effects))
    covariance = parameter_covariance(optimum, ones, len(counts)).to_numpy()
    return Found(optimum, covariance, n_parameters)


def joint_objective(
    model: PurchaseModel, counts: Counts, traits: Traits, signs: Floats
) -> Objective:
    """Return minus the mean log-likelihood of parameters and effects, with its slopes.

    Parameters
    ----------
    model : PurchaseModel
        Fitted or not; its likelihood counts.
    counts : Counts
        The accounts.
    traits : Traits
        Their traits.
    signs : array of shape (n_parameters, n_effects)
        From `shifts`.

    Returns
    -------
    callable
        Of log parameters followed by effects.
    """
    n_parameters = len(signs)
    shares, objectives, moves = [], [], []
    for kind, row in enumerate(traits.distinct):
        of_kind = traits.kind == kind
        triples = compressed(
            counts.frequency[of_kind], counts.recency[of_kind], counts.T[of_kind]
        )
        shares.append(of_kind.mean())
        objectives.append(model._objective(triples))
        moves.append(signs * row)

    def objective(theta: Floats) -> tuple[float, Floats]:
        base, effects = theta[:n_parameters], theta[n_parameters:]
        total, slopes = 0.0, np.zeros(len(theta))
        for share, of_kind, move in zip(shares, objectives, moves, strict=True):
            value, slope = of_kind(base + move @ effects)
            total += share * value
            slopes += share * np.concatenate([slope, slope @ move])
        return total, slopes

    return objective

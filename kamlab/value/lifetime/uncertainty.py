"""How sure the parameters are, and sentences about those that the data leave open."""

import numpy as np
import pandas as pd

from kamlab.value.lifetime.fitting import Optimum

#: A parameter whose logarithm is less sure than this is called undetermined.
_VAGUE = 2.0
#: Draws of logarithms end here.
_FARTHEST_DRAW = 3.0


def parameter_covariance(
    optimum: Optimum, parameters: pd.Series, n_accounts: float
) -> pd.DataFrame:
    """Return the covariances of the parameters at an optimum.

    Parameters
    ----------
    optimum : Optimum
        With the Hessian of minus the mean log-likelihood in the log parameters.
    parameters : Series
        The parameters.
    n_accounts : float
        Number of accounts.

    Returns
    -------
    DataFrame
        NaN for a parameter at the edge, and for all where the likelihood is flat.

    Notes
    -----
    Cov(log θ) = H⁻¹ / n among the parameters inside the bounds; Cov(θ) = D Cov(log θ) D
    with D = diag(θ), the delta method.

    Examples
    --------
    >>> from kamlab.value.lifetime.fitting import maximised
    >>> bowl = lambda theta: (float(theta @ theta) / 2, theta)
    >>> found = maximised(bowl, np.ones((1, 1)), np.array([-9.0]), np.array([9.0]))
    >>> parameter_covariance(found, pd.Series({"r": 1.0}), 100).round(4)
          r
    r  0.01
    """
    free = optimum.edge == 0
    covariance = np.full(optimum.hessian.shape, np.nan)
    inner = optimum.hessian[np.ix_(free, free)]
    if free.any() and np.linalg.eigvalsh(inner).min() > 0:
        values = parameters.to_numpy()[free]
        logs = np.linalg.inv(inner) / n_accounts
        covariance[np.ix_(free, free)] = logs * np.outer(values, values)
    names = parameters.index
    return pd.DataFrame(covariance, index=names, columns=names)


def drawn_factors(
    log_covariance: np.ndarray, draws: int, generator: np.random.Generator
) -> np.ndarray:
    """Draw by what factors parameters may lie off what was learnt.

    Parameters
    ----------
    log_covariance : array of shape (n_parameters, n_parameters)
        Covariances of their logarithms.
    draws : int
        How many times.
    generator : Generator
        Source of chance.

    Returns
    -------
    array of float, shape (n_draws, n_parameters)
        Exponentials of normal draws. One that goes farther than a factor of e³ says
        that a parameter is unknown, not that it is so large: the whole draw is made
        shorter, so that parameters that move together keep their ratio.

    Examples
    --------
    >>> together = np.full((2, 2), 100.0)
    >>> factors = drawn_factors(together, 50, np.random.default_rng(1))
    >>> bool(np.allclose(factors[:, 0], factors[:, 1])), bool(factors.max() < 20.1)
    (True, True)
    """
    logs = generator.multivariate_normal(
        np.zeros(len(log_covariance)),
        log_covariance,
        draws,
        check_valid="ignore",
        method="eigh",
    )
    farthest = np.abs(logs).max(axis=1, keepdims=True)
    return np.exp(logs * np.minimum(1.0, _FARTHEST_DRAW / np.maximum(farthest, 1e-300)))


def edge_notes(
    optimum: Optimum, parameters: pd.Series, standard_errors: pd.Series
) -> list[str]:
    """Return sentences about parameters at an edge or left open by the data.

    Parameters
    ----------
    optimum : Optimum
        Where the search ended.
    parameters, standard_errors : Series
        The parameters and how sure they are.

    Returns
    -------
    list of str
        Empty for a good fit.

    Examples
    --------
    >>> from kamlab.value.lifetime.fitting import maximised
    >>> slope = lambda theta: (float(theta.sum()), np.ones(1))
    >>> found = maximised(slope, np.zeros((1, 1)), np.array([-2.0]), np.array([2.0]))
    >>> notes = edge_notes(found, pd.Series({"a": 0.135}), pd.Series({"a": np.nan}))
    >>> notes[0]
    'a = 0.135 lies at the edge of what was searched: the data only say that it is very
    small.'
    """
    inside, names = optimum.edge == 0, list(parameters.index)
    notes = [
        f"{names[place]} = {parameters.iloc[place]:.3g} lies at the edge of what was "
        "searched: the data only say that it is very "
        f"{'small' if optimum.edge[place] < 0 else 'large'}."
        for place in np.flatnonzero(~inside)
    ]
    vagueness = standard_errors.to_numpy() / parameters.to_numpy()
    if vague := [names[i] for i in np.flatnonzero(inside & (vagueness > _VAGUE))]:
        notes.append(
            f"The likelihood is nearly flat in {', '.join(vague)}: quite different "
            "values describe these accounts equally well; do not read them singly."
        )
    if inside.any() and np.isnan(vagueness[inside]).all():
        notes.append(
            "The likelihood does not curve at the optimum, so no standard errors can "
            "be given."
        )
    return notes

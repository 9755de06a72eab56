"""Parameters that are given rather than learnt, checked by their names."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError

Model = TypeVar("Model")


def given_parameters(
    parameters: Mapping[str, float], names: Sequence[str]
) -> pd.Series:
    """Return published parameters in the order of the model, or say what is wrong.

    Parameters
    ----------
    parameters : mapping of str to float
        Each parameter by its name.
    names : sequence of str
        The names that the model knows.

    Returns
    -------
    Series of float

    Raises
    ------
    UsageError
        If one is missing, unknown, or not a positive number.

    Examples
    --------
    >>> given_parameters({"beta": 3.8, "alpha": 0.7}, ["alpha", "beta"]).to_dict()
    {'alpha': 0.7, 'beta': 3.8}
    """
    if set(parameters) != set(names):
        raise UsageError(f"parameters {sorted(parameters)}: give {', '.join(names)}")
    wrong = {n: v for n, v in parameters.items() if not 0 < v < np.inf}
    if wrong:
        raise UsageError(f"parameters {wrong}: give positive numbers")
    return pd.Series({name: float(parameters[name]) for name in names})


def take_parameters(
    model: Model, parameters: Mapping[str, float], names: Sequence[str]
) -> Model:
    """Give a model published parameters, and take from it all that it had learnt.

    Parameters
    ----------
    model : object
        Keeps what it learnt in attributes whose names end in "_".
    parameters : mapping of str to float
        Each parameter by its name.
    names : sequence of str
        The names that the model knows.

    Returns
    -------
    object
        The model, with ``parameters_`` alone: standard errors, likelihood and report of
        an earlier fit say nothing of parameters that were not learnt.

    Raises
    ------
    UsageError
        If a parameter is missing, unknown, or not positive; the model stays as it was.

    Examples
    --------
    >>> from kamlab.value.lifetime import GammaGamma
    >>> published = {"p": 6, "q": 4, "gamma": 15}
    >>> take_parameters(GammaGamma(), published, list(published)).parameters_.to_dict()
    {'p': 6.0, 'q': 4.0, 'gamma': 15.0}
    """
    given = given_parameters(parameters, names)
    learnt = [each for each in vars(model) if each.endswith("_")]
    for name in learnt:
        delattr(model, name)
    vars(model)["parameters_"] = given
    return model


def given_starts(starts: ArrayLike, names: Sequence[str]) -> np.ndarray:
    """Return parameters to start a search from, or say what is wrong.

    Parameters
    ----------
    starts : array-like of shape (n_starts, n_parameters)
        One row of parameters a start, all positive.
    names : sequence of str
        The names that the model knows.

    Returns
    -------
    array of float, shape (n_starts, n_parameters)

    Raises
    ------
    UsageError
        If a row has another length, or a parameter is not positive.

    Examples
    --------
    >>> given_starts([1, 2], ["alpha", "beta"]).tolist()
    [[1.0, 2.0]]
    """
    rows = np.atleast_2d(np.asarray(starts, dtype=float))
    if rows.shape[1] != len(names) or not np.all(rows > 0):
        raise UsageError(
            f"starts has shape {rows.shape}, smallest {rows.min(initial=np.inf):g}: "
            f"give rows of positive {', '.join(names)}"
        )
    return rows

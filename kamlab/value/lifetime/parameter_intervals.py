"""Intervals for what a purchase model has learnt: parameters, and means over accounts.

Single parameters are often hard to read and hard to know; the means that they make are
neither. Intervals are made where the estimates are nearly normal: of a parameter or a
mean rate on the scale of its logarithm, of a mean probability on that of its odds.

Glossary
--------
mean rate
    r / alpha, orders per unit of time of an average account while it is there, and
    s / beta, its rate of leaving.
mean probability
    a / (a+b), the chance that an average account leaves after an order.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import expit, ndtri

from kamlab.estimates import checked_level
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.quadrature import Floats


class Quantity(NamedTuple):
    """A parameter, or a mean that two parameters make.

    Parameters
    ----------
    name : str
        As in the papers: "r", "r/alpha", "a/(a+b)".
    above, below : str
        Names of the parameters; `below` is empty for a parameter by itself.
    is_share : bool
        Whether it is a probability, above / (above + below).

    Examples
    --------
    >>> Quantity("a/(a+b)", "a", "b", is_share=True).below
    'b'
    """

    name: str
    above: str
    below: str = ""
    is_share: bool = False


_MEANS = (
    Quantity("r/alpha", "r", "alpha"),
    Quantity("s/beta", "s", "beta"),
    Quantity("a/(a+b)", "a", "b", is_share=True),
    Quantity("alpha/(alpha+beta)", "alpha", "beta", is_share=True),
    Quantity("gamma/(gamma+delta)", "gamma", "delta", is_share=True),
)


class OnOpenScale(NamedTuple):
    """Quantities as logarithms, or log-odds, and how sure they are.

    Parameters
    ----------
    centre, errors : array of shape (n_quantities,)
        The quantities on the open scale, and their standard errors there.
    """

    centre: Floats
    errors: Floats


def quantities(names: pd.Index) -> list[Quantity]:
    """Return the parameters and the means that they make.

    Parameters
    ----------
    names : Index of str
        Names of the parameters.

    Returns
    -------
    list of Quantity

    Examples
    --------
    >>> [each.name for each in quantities(pd.Index(["r", "alpha", "a", "b"]))]
    ['r', 'alpha', 'a', 'b', 'r/alpha', 'a/(a+b)']
    """
    known = set(names)
    # In BG/BB alpha and beta make a probability, in Pareto/NBD they are two rates.
    means = [
        each
        for each in _MEANS
        if {each.above, each.below} <= known
        and not (each.name == "alpha/(alpha+beta)" and "r" in known)
    ]
    return [Quantity(name, name) for name in names] + means


def on_open_scale(model: PurchaseModel) -> OnOpenScale:
    """Return what a model has learnt where its estimates are nearly normal.

    Parameters
    ----------
    model : PurchaseModel
        Fitted.

    Returns
    -------
    OnOpenScale
        In the order of `quantities`; errors are NaN where the data leave them open.

    Notes
    -----
    Delta method: the error of ln θ is that of θ over θ; ln(r/α) and the log-odds of
    a/(a+b) are differences of two logarithms.

    Examples
    --------
    >>> from kamlab.value.lifetime.pareto_nbd import ParetoNBD
    >>> model = ParetoNBD().with_parameters(r=0.8, alpha=6, s=0.7, beta=20)
    >>> book = model.simulate(np.full(1000, 60), random_state=1)
    >>> found = ParetoNBD().fit(book["frequency"], book["recency"], book["T"])
    >>> on_open_scale(found).centre.shape
    (6,)
    """
    values = model.parameters_.to_numpy()
    contrast = contrasts(model.parameters_.index)
    covariance = model.covariance_.to_numpy() / np.outer(values, values)
    return opened(contrast, np.log(values), covariance)


def contrasts(names: pd.Index) -> Floats:
    """Return how quantities come of log parameters.

    Parameters
    ----------
    names : Index of str
        Names of the parameters.

    Returns
    -------
    array of shape (n_quantities, n_parameters)
        1 for the parameter above, −1 for the one below.

    Examples
    --------
    >>> contrasts(pd.Index(["r", "alpha"])).tolist()
    [[1.0, 0.0], [0.0, 1.0], [1.0, -1.0]]
    """
    wanted = quantities(names)
    contrast = np.zeros((len(wanted), len(names)))
    for row, each in enumerate(wanted):
        contrast[row, names.get_loc(each.above)] = 1
        if each.below:
            contrast[row, names.get_loc(each.below)] = -1
    return contrast


def opened(contrast: Floats, logs: Floats, covariance: Floats) -> OnOpenScale:
    """Return quantities with their errors from log parameters with theirs.

    Parameters
    ----------
    contrast : array of shape (n_quantities, n_parameters)
        From `contrasts`.
    logs : array of shape (n_parameters,)
        Log parameters.
    covariance : array of shape (n_parameters, n_parameters)
        Their covariances; NaN where the data leave them open.

    Returns
    -------
    OnOpenScale

    Examples
    --------
    >>> opened(np.array([[1.0, -1.0]]), np.array([2.0, 1.0]), np.eye(2)).errors.round(3)
    array([1.414])
    """
    known = np.where(np.isnan(covariance), 0, covariance)
    variances = np.einsum("ij,jk,ik->i", contrast, known, contrast)
    touched = np.abs(contrast) @ np.isnan(np.diag(covariance))
    # Rounding can leave a variance of nothing slightly below 0.
    errors = np.where(touched > 0, np.nan, np.sqrt(np.maximum(variances, 0)))
    return OnOpenScale(contrast @ logs, errors)


def wald_intervals(model: PurchaseModel, level: float = 0.95) -> pd.DataFrame:
    """Intervals of parameters and means from how sharply the likelihood is peaked.

    Parameters
    ----------
    model : PurchaseModel
        Fitted.
    level : float
        Probability with which an interval is to cover the truth.

    Returns
    -------
    DataFrame
        A row for each parameter and mean; columns `value`, `low`, `high`, NaN where
        the data leave it open.

    Raises
    ------
    UsageError
        If the level is not between 0 and 1.

    References
    ----------
    Wald, A. (1943). Tests of statistical hypotheses concerning several parameters when
    the number of observations is large. Transactions of the American Mathematical
    Society 54, 426–482.

    Examples
    --------
    >>> from kamlab.value.lifetime.pareto_nbd import ParetoNBD
    >>> model = ParetoNBD().with_parameters(r=0.8, alpha=6, s=0.7, beta=20)
    >>> book = model.simulate(np.full(1000, 60), random_state=1)
    >>> found = ParetoNBD().fit(book["frequency"], book["recency"], book["T"])
    >>> intervals = wald_intervals(found)
    >>> bool(intervals.loc["r", "low"] < 0.8 < intervals.loc["r", "high"])
    True
    """
    reach = -ndtri((1 - checked_level(level)) / 2)
    values, errors = on_open_scale(model)
    return as_read(
        quantities(model.parameters_.index),
        {
            "value": values,
            "low": values - reach * errors,
            "high": values + reach * errors,
        },
    )


def as_read(wanted: list[Quantity], columns: dict[str, Floats]) -> pd.DataFrame:
    """Return quantities on their own scale, as one reads them.

    Parameters
    ----------
    wanted : list of Quantity
        The quantities.
    columns : dict of str to array of shape (n_quantities,)
        Values on the open scale, by the column they are to be.

    Returns
    -------
    DataFrame
        A row for each quantity.

    Examples
    --------
    >>> share = [Quantity("a/(a+b)", "a", "b", is_share=True)]
    >>> as_read(share, {"value": np.array([0.0])})
             value
    a/(a+b)    0.5
    """
    is_share = np.array([each.is_share for each in wanted])
    read = {
        name: np.where(is_share, expit(column), np.exp(column))
        for name, column in columns.items()
    }
    return pd.DataFrame(read, index=[each.name for each in wanted])

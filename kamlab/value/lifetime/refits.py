"""A purchase model, fitted again to books of accounts that it has made up itself.

Glossary
--------
refit
    What the model learns from a made-up book with as many accounts and the same T.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.lifetime.counts import (
    CannotTellError,
    checked_counts,
    checked_for_fit,
    compressed,
)
from kamlab.value.lifetime.fitting import maximised
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.quadrature import Floats
from kamlab.value.lifetime.uncertainty import parameter_covariance

#: With fewer refits an interval is left to chance.
FEWEST_REFITS = 20

# A log parameter with a larger error is no place to start a search from.
_LOST = 2.0


class Refit(NamedTuple):
    """What was learnt from one made-up book.

    Parameters
    ----------
    logs : array of shape (n_parameters,)
        Log parameters.
    covariance : array of shape (n_parameters, n_parameters)
        Their covariances; NaN where the book leaves them open.
    """

    logs: Floats
    covariance: Floats


def refits(
    model: PurchaseModel, T: Floats, repetitions: int, rng: np.random.Generator
) -> list[Refit]:
    """Fit a model to books of its own; those that cannot be fitted are left out.

    Parameters
    ----------
    model : PurchaseModel
        Fitted.
    T : array of shape (n_accounts,)
        Time from each account's first order to the end of the observation.
    repetitions : int
        Number of books to make up.
    rng : Generator
        Source of chance.

    Returns
    -------
    list of Refit
        At most one for each book.

    Raises
    ------
    UsageError
        If the parameters were given and not learnt.
    CannotTellError
        If fewer than 20 books can be fitted.

    Notes
    -----
    What is not among the parameters is taken as known: the regularity k of MBG/CNBD-k
    is that of the model in every refit, so that intervals do not hold what choosing k
    leaves open.

    Examples
    --------
    >>> from kamlab.value.lifetime.pareto_nbd import ParetoNBD
    >>> made = ParetoNBD().with_parameters(r=0.8, alpha=6, s=0.7, beta=20)
    >>> book = made.simulate(np.full(60, 60), random_state=1)
    >>> model = ParetoNBD().fit(book["frequency"], book["recency"], book["T"])
    >>> len(refits(model, np.full(60, 60.0), 20, np.random.default_rng(1)))
    20
    """
    if not hasattr(model, "standard_errors_"):
        raise UsageError(
            f"model: the parameters {model.parameters_.round(3).to_dict()} were given; "
            "how sure they are only a fit to these accounts can tell: fit the model"
        )
    # A model whose parameters the data leave open is no place to start from: the
    # likelihood is flat there, and every refit would stay.
    settled = bool((model.standard_errors_ < _LOST * model.parameters_).all())
    start = model.parameters_.to_numpy()[None, :] if settled else None
    found = []
    for _ in range(repetitions):
        book = model._draw(model.parameters_.to_numpy(), T, rng)
        try:
            found.append(_refit(model, book, T, start))
        except CannotTellError:
            continue
    if len(found) < FEWEST_REFITS:
        raise CannotTellError(
            f"of {repetitions} books made up like this one, {len(found)} could be "
            f"fitted again; {FEWEST_REFITS} are needed: take more repetitions, more "
            "accounts, or a longer observation"
        )
    return found


def _refit(
    model: PurchaseModel, book: dict[str, Floats], T: Floats, start: Floats | None
) -> Refit:
    counts = checked_counts(book["frequency"], book["recency"], T)
    weight = checked_for_fit(counts)
    triples = compressed(counts.frequency, counts.recency, counts.T, weight)
    starts = np.log(model._starts(triples) if start is None else start)
    bounds = model._log_bounds(triples)
    optimum = maximised(model._objective(triples), starts, *bounds)
    # With every parameter set to 1 the covariances stay those of the logarithms.
    ones = pd.Series(np.ones(starts.shape[1]))
    covariance = parameter_covariance(optimum, ones, len(counts)).to_numpy()
    return Refit(optimum.theta, covariance)

"""Maximum likelihood on the log scale: several starts, bounds, and an honest report.

Glossary
--------
log scale
    All parameters are positive; their logarithms are what is searched.
objective
    A function of the log parameters that returns minus the mean log-likelihood of an
    account, and its gradient.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.descent import (
    Descent,
    Floats,
    Objective,
    descended,
    hessian_from,
)

#: Two runs whose mean log-likelihoods differ by less found the same optimum.
_SAME = 1e-5

#: A run ends when the next step promises less: to compare runs, and in the end.
_ROUGH, _FINE = 1e-6, 1e-16

#: A log parameter this close to its bound lies at the edge.
_EDGE = 1e-3

#: Step of the differences of the value.
_VALUE_STEP = 1e-5


@dataclass(frozen=True)
class Convergence:
    """How the search for the best parameters went.

    Parameters
    ----------
    converged : bool
        Whether the gradient vanished inside the bounds.
    iterations, evaluations : int
        Steps of the best run, and evaluations of the likelihood in all runs.
    gradient : float
        Largest slope left, per account and unit of log parameter.
    starts, agreed : int
        Runs from different points, and how many ended at the same optimum.
    notes : tuple of str
        What a reader must know about a degenerate fit; empty if there is nothing.

    Examples
    --------
    >>> Convergence(True, 20, 44, 1e-9, 2, 2).notes
    ()
    """

    converged: bool
    iterations: int
    evaluations: int
    gradient: float
    starts: int
    agreed: int
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Print the report as sentences."""
        word = "Converged" if self.converged else "Did not converge"
        first = (
            f"{word} after {self.iterations} steps; {self.agreed} of {self.starts} "
            "starts agree."
        )
        return " ".join([first, *self.notes])


class Optimum(NamedTuple):
    """Where the likelihood is highest, and how it curves there.

    Parameters
    ----------
    theta : array of shape (n_parameters,)
        Log parameters.
    value : float
        Minus the mean log-likelihood.
    hessian : array of shape (n_parameters, n_parameters)
        Second derivatives of the objective.
    edge : array of int, shape (n_parameters,)
        −1 for a parameter that ended at its lower bound, 1 at its upper, 0 inside.
    convergence : Convergence
        How the search went.

    Examples
    --------
    >>> bowl = lambda theta: (float(theta @ theta) / 2, theta)
    >>> start = np.ones((1, 2))
    >>> optimum = maximised(bowl, start, np.full(2, -9.0), np.full(2, 9.0))
    >>> optimum.hessian.round(6)
    array([[1., 0.],
           [0., 1.]])
    """

    theta: Floats
    value: float
    hessian: Floats
    edge: np.ndarray
    convergence: Convergence


def maximised(
    objective: Objective,
    starts: Floats,
    low: Floats,
    high: Floats,
    rough: Objective | None = None,
    reserve: Floats | None = None,
) -> Optimum:
    """Return the best optimum of several runs between bounds.

    Parameters
    ----------
    objective : callable
        Returns minus the mean log-likelihood and its gradient.
    starts : array of shape (n_starts, n_parameters)
        Log parameters to start from.
    low, high : arrays of shape (n_parameters,)
        Bounds of the log parameters.
    rough : callable, optional
        Objective of some of the accounts, to compare the starts by; by default that of
        all.
    reserve : array of shape (n_more, n_parameters), optional
        More starts, for when the first do not agree or end at a bound.

    Returns
    -------
    Optimum
        The best run, carried on to full precision.

    Examples
    --------
    >>> bowl = lambda theta: (float(theta @ theta) / 2, theta)
    >>> start = np.ones((2, 3))
    >>> found = maximised(bowl, start, np.full(3, -9.0), np.full(3, 9.0))
    >>> bool(abs(found.theta).max() < 1e-6), found.convergence.agreed
    (True, 2)
    """
    runs = _runs(rough or objective, starts, low, high, [])
    if reserve is not None and _doubtful(runs, low, high):
        runs = _runs(rough or objective, reserve, low, high, runs)
    chosen = min(runs, key=lambda run: run.value)
    if not np.isfinite(chosen.value):
        raise CannotTellError(
            f"the likelihood is not finite at any of {len(runs)} starts: look for "
            "accounts with extreme counts or times"
        )
    best = descended(objective, chosen.theta, low, high, _FINE, chosen.curvature)
    edge = _edge(best.theta, low, high)
    largest = float(np.abs(best.gradient[edge == 0]).max(initial=0.0))
    convergence = Convergence(
        converged=largest < 1e-4,
        iterations=best.steps + chosen.steps,
        evaluations=best.evaluations + sum(run.evaluations for run in runs),
        gradient=largest,
        starts=len(runs),
        agreed=sum(run.value - chosen.value < _SAME for run in runs),
    )
    hessian = hessian_from(objective, best.theta, best.gradient)
    return Optimum(best.theta, best.value, hessian, edge, convergence)


def _runs(
    objective: Objective, starts: Floats, low: Floats, high: Floats, done: list[Descent]
) -> list[Descent]:
    """Return the runs so far and one from each start; the first lends its curvature."""
    runs = list(done)
    for start in starts:
        known = runs[0].curvature if runs else None
        runs.append(descended(objective, start, low, high, _ROUGH, known))
    return runs


def _doubtful(runs: list[Descent], low: Floats, high: Floats) -> bool:
    """Whether runs ended at different values, or the best of them at a bound."""
    best = min(runs, key=lambda run: run.value)
    apart = any(not run.value - best.value < _SAME for run in runs)
    return apart or bool(_edge(best.theta, low, high).any())


def _edge(theta: Floats, low: Floats, high: Floats) -> np.ndarray:
    return (high - theta < _EDGE).astype(int) - (theta - low < _EDGE)


def with_numeric_gradient(value: Callable[[Floats], float]) -> Objective:
    """Return an objective whose gradient comes from central differences.

    Parameters
    ----------
    value : callable
        Minus the mean log-likelihood of log parameters.

    Returns
    -------
    callable
        Value and gradient.

    Examples
    --------
    >>> objective = with_numeric_gradient(lambda theta: float(theta @ theta))
    >>> objective(np.array([1.0, 2.0]))[1].round(6)
    array([2., 4.])
    """

    def objective(theta: Floats) -> tuple[float, Floats]:
        steps = np.eye(len(theta)) * _VALUE_STEP
        slopes = [value(theta + each) - value(theta - each) for each in steps]
        return value(theta), np.array(slopes) / (2 * _VALUE_STEP)

    return objective

"""Several starts find the one optimum, and a degenerate fit says what is degenerate."""

import numpy as np
import pandas as pd
import pytest

from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.fitting import (
    Convergence,
    maximised,
    with_numeric_gradient,
)
from kamlab.value.lifetime.uncertainty import edge_notes, parameter_covariance

LOW, HIGH = np.full(2, -5.0), np.full(2, 5.0)


@with_numeric_gradient
def two_valleys(theta: np.ndarray) -> float:
    """A shallow valley at −2 and a deep one at 3, in the first parameter."""
    u, v = theta
    shallow = np.exp(-((u + 2) ** 2))
    return float(-shallow - 2 * np.exp(-((u - 3) ** 2)) + v**2)


def test_the_deeper_of_two_valleys_wins() -> None:
    found = maximised(two_valleys, np.array([[-2.5, 1], [2.5, 1]]), LOW, HIGH)
    assert found.theta[0] == pytest.approx(3, abs=1e-3)
    assert (found.convergence.starts, found.convergence.agreed) == (2, 1)


def test_agreement_is_counted() -> None:
    found = maximised(two_valleys, np.array([[2.5, 1], [3.5, -1]]), LOW, HIGH)
    assert found.convergence.agreed == 2
    assert found.convergence.converged
    assert str(found.convergence).startswith("Converged after")


@with_numeric_gradient
def slope(theta: np.ndarray) -> float:
    """Falls in the first parameter for ever."""
    return float(-theta[0] + theta[1] ** 2 / 2)


def test_a_parameter_at_the_edge_is_told_and_carries_no_error() -> None:
    found = maximised(slope, np.zeros((1, 2)), LOW, HIGH)
    parameters = pd.Series(np.exp(found.theta), ["a", "b"])
    covariance = parameter_covariance(found, parameters, 100)
    errors = pd.Series(np.sqrt(np.diag(covariance)), ["a", "b"])
    assert list(found.edge) == [1, 0]
    assert np.isnan(errors["a"])
    assert errors["b"] == pytest.approx(0.1, rel=1e-3)
    (note,) = edge_notes(found, parameters, errors)
    assert note.startswith("a = 148 lies at the edge")
    assert "very large" in note


@with_numeric_gradient
def flat(theta: np.ndarray) -> float:
    """Knows the sum of the two parameters alone, and hardly their difference."""
    return float(theta.sum() ** 2 / 2 + 1e-6 * (theta[0] - theta[1]) ** 2)


def test_a_flat_likelihood_is_told() -> None:
    found = maximised(flat, np.array([[1.0, 0.5]]), LOW, HIGH)
    parameters = pd.Series(np.exp(found.theta), ["a", "b"])
    covariance = parameter_covariance(found, parameters, 1000)
    errors = pd.Series(np.sqrt(np.diag(covariance)), ["a", "b"])
    (note,) = edge_notes(found, parameters, errors)
    assert note.startswith("The likelihood is nearly flat in a, b")


def test_a_likelihood_without_a_value_cannot_tell() -> None:
    def nowhere(theta: np.ndarray) -> tuple[float, np.ndarray]:
        return np.nan, theta

    with pytest.raises(CannotTellError, match="not finite at any of 2 starts"):
        maximised(nowhere, np.zeros((2, 2)), LOW, HIGH)


def test_the_report_prints_its_notes() -> None:
    report = Convergence(False, 300, 400, 0.2, 2, 1, ("a is at the edge.",))
    assert str(report) == (
        "Did not converge after 300 steps; 1 of 2 starts agree. a is at the edge."
    )


def test_reserve_starts_are_used_only_in_doubt() -> None:
    reserve = np.array([[2.5, 1.0], [3.5, -1.0]])
    agreed = np.array([[2.5, 1.0], [3.2, 0.5]])
    assert maximised(two_valleys, agreed, LOW, HIGH, None, reserve)[4].starts == 2
    astray = np.array([[-2.5, 1.0], [-1.5, 0.5]])
    assert maximised(two_valleys, astray, LOW, HIGH, None, reserve)[4].starts == 2
    apart = np.array([[-2.5, 1.0], [2.5, 1.0]])
    found = maximised(two_valleys, apart, LOW, HIGH, None, reserve)
    assert (found.convergence.starts, found.convergence.agreed) == (4, 3)
    at_edge = maximised(slope, np.zeros((1, 2)), LOW, HIGH, None, reserve)
    assert at_edge.convergence.starts == 3

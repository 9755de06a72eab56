"""The way down finds optima of valleys, at bounds, and beside cliffs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.value.lifetime.descent import descended, hessian_of

WIDE = np.full(2, -20.0), np.full(2, 20.0)


def banana(theta: np.ndarray) -> tuple[float, np.ndarray]:
    """Rosenbrock's curved valley, lowest at (1, 1)."""
    u, v = theta
    value = 100 * (v - u**2) ** 2 + (1 - u) ** 2
    slope = [-400 * u * (v - u**2) - 2 * (1 - u), 200 * (v - u**2)]
    return value, np.array(slope)


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_a_curved_valley_is_followed_to_its_end(u: float, v: float) -> None:
    found = descended(banana, np.array([u, v]), *WIDE)
    np.testing.assert_allclose(found.theta, 1, atol=1e-6)
    assert np.abs(found.gradient).max() < 1e-5


def test_a_bound_holds_a_parameter_and_lets_the_others_go_on() -> None:
    found = descended(banana, np.zeros(2), np.full(2, -2.0), np.array([0.5, 2.0]))
    np.testing.assert_allclose(found.theta, [0.5, 0.25], atol=1e-7)


def test_a_start_outside_the_bounds_is_moved_inside() -> None:
    found = descended(banana, np.array([50.0, 50.0]), np.full(2, -2.0), np.full(2, 2.0))
    np.testing.assert_allclose(found.theta, 1, atol=1e-6)


def test_downward_bends_do_not_mislead() -> None:
    def hill(theta: np.ndarray) -> tuple[float, np.ndarray]:
        return float(np.cos(theta).sum()), -np.sin(theta)

    found = descended(hill, np.array([0.1, -0.1]), *WIDE)
    assert found.value == pytest.approx(-2)


def test_a_cliff_is_stepped_back_from() -> None:
    def cliff(theta: np.ndarray) -> tuple[float, np.ndarray]:
        if theta[0] > 1:
            return np.nan, np.full(1, np.nan)
        return float((theta[0] - 0.9) ** 2), 2 * (theta - 0.9)

    found = descended(cliff, np.array([-3.0]), np.full(1, -9.0), np.full(1, 9.0))
    assert found.theta[0] == pytest.approx(0.9, abs=1e-6)


def test_a_start_without_a_value_says_so() -> None:
    def nowhere(theta: np.ndarray) -> tuple[float, np.ndarray]:
        return np.nan, theta

    assert descended(nowhere, np.zeros(2), *WIDE).value == np.inf


def test_second_derivatives_are_those_of_the_valley() -> None:
    expected = [[802, -400], [-400, 200]]
    np.testing.assert_allclose(hessian_of(banana, np.ones(2)), expected, rtol=1e-6)

"""The density of mean order values is one, and its slopes are right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from kamlab.value.lifetime.gamma_gamma_likelihood import (
    log_likelihoods,
    spending_objective,
)


@pytest.mark.parametrize("x", [1, 3, 10])
def test_the_density_of_mean_values_sums_to_1(x: int) -> None:
    def density(mean: float) -> float:
        found = log_likelihoods([6.25, 3.74, 15.44], np.array([x]), np.array([mean]))
        return float(np.exp(found[0]))

    assert quad(density, 0, np.inf)[0] == pytest.approx(1, abs=1e-6)


@given(st.floats(0.2, 20), st.floats(1.1, 20), st.floats(0.1, 20))
def test_slopes_are_the_numeric_differences(p, q, gamma) -> None:
    value = spending_objective(np.array([1.0, 2, 9]), np.array([0.5, 1.5, 1.0]))
    theta, step = np.log([p, q, gamma]), 1e-6
    slopes = [
        (value(theta + step * e)[0] - value(theta - step * e)[0]) / (2 * step)
        for e in np.eye(3)
    ]
    assert value(theta)[1] == pytest.approx(slopes, abs=1e-5, rel=1e-5)


@given(st.floats(0.2, 20), st.floats(1.1, 20), st.floats(0.1, 20))
def test_the_objective_is_the_mean_of_the_accounts(p, q, gamma) -> None:
    x, mean = np.array([1.0, 2, 2, 9]), np.array([0.5, 1.5, 0.2, 1.0])
    found = spending_objective(x, mean)(np.log([p, q, gamma]))[0]
    expected = -log_likelihoods([p, q, gamma], x, mean).mean()
    assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("x", [1, 200, 1_000_000])
@pytest.mark.parametrize("mean", [1e-6, 1.0, 1e6])
def test_extreme_accounts_stay_finite(x: float, mean: float) -> None:
    columns = np.array([1.0, x]), np.array([1.0, mean])
    value, slopes = spending_objective(*columns)(np.log([6.25, 3.74, 15.44]))
    assert np.isfinite(value)
    assert np.isfinite(slopes).all()
    assert np.isfinite(log_likelihoods([6.25, 3.74, 15.44], *columns)).all()

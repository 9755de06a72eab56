"""Time left, at today's worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import hyperu

from kamlab.value.lifetime.discounted_lifetime import discounted_lifetime

# shape, scale, rate, horizon, and the time left by mpmath with 30 digits.
EXTREMES = [
    (26.6, 1.71, 0.209, np.inf, 0.06584091394587736),
    (0.564, 2.63, 4.19e-05, 3.12, 2.4514106538714375),
    (0.501, 473.0, 0.039, 4.89, 4.440888042670932),
    (1.92, 3.09, 0.00142, 104.0, 3.189590931006757),
    (0.0446, 32.5, 0.012, np.inf, 79.50747974972019),
    (9.79, 9.38, 0.000468, 516.0, 1.0665207706564608),
    (14.4, 63.2, 0.000299, 0.678, 0.6283305578044961),
]


@pytest.mark.parametrize("shape", [0.05, 0.4081095, 1.0, 1.3, 6.0])
@pytest.mark.parametrize("rate", [0.0027, 0.05])
def test_it_equals_tricomis_function(shape, rate):
    z = rate * 88.4
    closed = 88.4 * z ** (shape - 1) * hyperu(shape, shape, z)
    assert discounted_lifetime(shape, 88.4, rate) == pytest.approx(closed, rel=1e-9)


@pytest.mark.parametrize("shape", [0.3, 1.0, 2.5, 40.0])
@pytest.mark.parametrize("rate", [0.0, 0.01, 2.0])
def test_it_equals_the_integral_over_a_finite_horizon(shape, rate):
    by_steps, _ = quad(
        lambda t: np.exp(-rate * t) * (12 / (12 + t)) ** shape, 0, 52, epsabs=1e-12
    )
    found = discounted_lifetime(shape, 12.0, rate, 52.0)
    assert found == pytest.approx(by_steps, rel=1e-9)


def test_without_a_discount_it_is_the_mean_lifetime():
    assert discounted_lifetime(3.0, [10.0, 20.0]).tolist() == [5.0, 10.0]


def test_heavy_tails_have_no_mean_lifetime():
    assert discounted_lifetime(0.9, 10.0) == np.inf
    assert discounted_lifetime(1.0, 10.0) == np.inf


@pytest.mark.parametrize(
    ("shape", "scale", "rate", "horizon", "exact"),
    EXTREMES,
)
def test_extreme_cases_agree_with_thirty_digits(shape, scale, rate, horizon, exact):
    found = discounted_lifetime(shape, scale, rate, horizon)
    assert found == pytest.approx(exact, rel=1e-9)


@given(st.floats(0.01, 30), st.floats(0.01, 1000), st.floats(1e-5, 5))
def test_a_longer_horizon_and_a_lower_rate_are_worth_more(shape, scale, rate):
    horizons = np.array([0.0, 1.0, 10.0, 1000.0, np.inf])
    worth = discounted_lifetime(shape, scale, rate, horizons)
    assert worth[0] == 0
    assert (np.diff(worth) >= -1e-9 * worth[1:]).all()
    assert worth[-1] <= 1 / rate * (1 + 1e-9)
    cheaper = discounted_lifetime(shape, scale, rate / 2, horizons)
    assert (cheaper >= worth * (1 - 1e-9)).all()

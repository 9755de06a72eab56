"""Draws of parameters lie as far off as they are unknown, and not farther."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.value.lifetime.fitting import maximised
from kamlab.value.lifetime.uncertainty import (
    drawn_factors,
    edge_notes,
    parameter_covariance,
)

BOUND = np.full(2, 9.0)


def drawn(covariance: np.ndarray, draws: int = 4000) -> np.ndarray:
    return np.log(drawn_factors(covariance, draws, np.random.default_rng(1)))


def bowl(curvature: float, top: float = 0.0):
    """Return an objective whose likelihood falls off by its second parameter so."""

    def objective(theta: np.ndarray) -> tuple[float, np.ndarray]:
        away = theta - [0.0, top]
        bends = np.array([1.0, curvature])
        return float(bends @ away**2) / 2, bends * away

    return objective


def test_draws_have_the_covariances_they_are_given():
    covariance = np.array([[0.04, 0.01], [0.01, 0.09]])
    assert np.cov(drawn(covariance).T) == pytest.approx(covariance, rel=0.1)


def test_what_is_known_is_not_moved():
    assert (drawn(np.zeros((3, 3)), 5) == 0).all()


@given(st.floats(0.1, 50), st.floats(-1, 1))
def test_no_draw_goes_farther_than_a_factor_of_twenty(spread, together):
    off = together * spread**2
    covariance = np.array([[spread**2, off], [off, spread**2]])
    assert np.abs(drawn(covariance, 200)).max() <= 3 + 1e-9


def test_parameters_that_move_together_keep_their_ratio_however_far_they_go():
    ratio = np.diff(drawn(np.full((2, 2), 25.0) + np.diag([0.0, 0.01])))
    assert np.abs(ratio).max() < 0.6


def test_standard_errors_fall_with_the_accounts():
    found = maximised(bowl(4.0), np.ones((1, 2)), -BOUND, BOUND)
    ones = pd.Series(1.0, ["r", "alpha"])
    few, many = (parameter_covariance(found, ones, n) for n in (10, 1000))
    assert np.diag(few) == pytest.approx([0.1, 0.025], rel=1e-4)
    assert few.to_numpy() == pytest.approx(100 * many.to_numpy())


def test_a_parameter_at_the_edge_has_no_error_and_the_others_have():
    found = maximised(bowl(1.0, top=20.0), np.ones((1, 2)), -BOUND, BOUND)
    values = pd.Series(np.exp(found.theta), ["r", "alpha"])
    covariance = parameter_covariance(found, values, 50)
    assert np.isnan(covariance.loc["alpha"]).all()
    assert covariance.loc["r", "r"] == pytest.approx(1 / 50, rel=1e-4)
    errors = pd.Series(np.sqrt(np.diag(covariance)), values.index)
    notes = edge_notes(found, values, errors)
    assert notes == [
        "alpha = 8.1e+03 lies at the edge of what was searched: the data only say "
        "that it is very large."
    ]


def test_a_flat_likelihood_is_called_flat():
    found = maximised(bowl(1e-3), np.ones((1, 2)), -BOUND, BOUND)
    values = pd.Series(np.exp(found.theta), ["r", "alpha"])
    errors = pd.Series(np.sqrt(np.diag(parameter_covariance(found, values, 50))))
    notes = edge_notes(found, values, errors.set_axis(values.index))
    assert len(notes) == 1
    assert "nearly flat in alpha:" in notes[0]


def test_a_good_fit_has_no_notes():
    found = maximised(bowl(1.0), np.ones((1, 2)), -BOUND, BOUND)
    values = pd.Series(np.exp(found.theta), ["r", "alpha"])
    errors = pd.Series(0.1, values.index)
    assert edge_notes(found, values, errors) == []

"""The sBG model finds the published parameters, from wherever it starts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from kamlab.value.contracts import ShiftedBetaGeometric
from kamlab.value.contracts.tenure_counts import cohort_tenures, tenure_counts
from tests.conftest import slow

#: Fader and Hardie (2007): per cent of a cohort left after 0, 1, … 12 years.
HIGH_END = [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1]
REGULAR = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1]
HIGH_END_LATER = [46.0, 43.6, 41.4, 39.5, 37.8]
REGULAR_LATER = [22.0, 20.4, 19.1, 18.0, 17.0]
HIGH_END_ACTUAL = [46.8, 44.5, 42.7, 40.9, 39.4]
REGULAR_ACTUAL = [22.3, 20.7, 19.4, 18.3, 17.3]

#: Where a search may start: the trap is a wrong optimum at (.4247, 1.7083).
FIVE_STARTS = [[1, 1], [0.01, 0.01], [100, 100], [0.001, 1000], [1000, 0.001]]
parameters = st.floats(0.05, 40.0)


def of_1000(per_cent: list[float]) -> pd.Series:
    return pd.Series(np.round(np.array(per_cent) * 10))


def fitted(per_cent: list[float]) -> ShiftedBetaGeometric:
    return ShiftedBetaGeometric().fit_cohorts(of_1000(per_cent))


@pytest.mark.parametrize(
    ("cohort", "alpha", "beta", "log_likelihood"),
    [
        (HIGH_END, 0.668, 3.806, -1611.158),
        (REGULAR, 0.704, 1.182, -1680.265),
        (HIGH_END[:5], 1.2810, 7.7904, -1225.135),
        (REGULAR[:5], 0.7637, 1.2958, -1401.559),
    ],
)
def test_parameters_are_the_published_ones(cohort, alpha, beta, log_likelihood):
    model = fitted(cohort)
    assert model.parameters_.to_list() == pytest.approx([alpha, beta], abs=1e-3)
    assert model.log_likelihood_ == pytest.approx(log_likelihood, abs=1e-3)
    assert model.convergence_.converged
    assert model.convergence_.agreed == model.convergence_.starts
    assert model.n_accounts_ == 1000


@pytest.mark.parametrize("start", FIVE_STARTS)
def test_no_start_ends_in_the_wrong_optimum(start: list[float]) -> None:
    model = ShiftedBetaGeometric(starts=[start]).fit_cohorts(of_1000(HIGH_END))
    assert model.parameters_.to_list() == pytest.approx([0.668, 3.806], abs=1e-3)
    assert model.log_likelihood_ > -1611.2


def test_the_trap_is_real_for_a_search_without_bounds_or_slopes():
    counts = tenure_counts(*cohort_tenures(of_1000(HIGH_END)).to_numpy(object).T)
    model = ShiftedBetaGeometric()
    value = model._objective(counts)
    wrong = value(np.log([0.4247, 1.7083]))[0]
    right = value(np.log([0.668, 3.806]))[0]
    assert -1000 * wrong == pytest.approx(-1623.15, abs=0.01)
    assert right < wrong


@pytest.mark.parametrize(
    ("cohort", "projected", "actual"),
    [
        (HIGH_END, HIGH_END_LATER, HIGH_END_ACTUAL),
        (REGULAR, REGULAR_LATER, REGULAR_ACTUAL),
    ],
)
def test_five_years_ahead_are_projected_as_published(cohort, projected, actual):
    found = fitted(cohort).survival(np.arange(8, 13)) * 100
    assert found == pytest.approx(projected, abs=0.05)
    assert found == pytest.approx(actual, abs=2)


def test_retention_rises_as_the_fickle_leave():
    assert fitted(HIGH_END).retention([1, 7]) == pytest.approx([0.851, 0.936], abs=1e-3)
    assert fitted(REGULAR).retention([1, 7]) == pytest.approx([0.627, 0.911], abs=1e-3)


def test_lifetimes_are_the_reference_ones():
    high, regular = fitted(HIGH_END), fitted(REGULAR)
    assert high.lifetime(0.1) == pytest.approx(5.9222, abs=2e-4)
    assert regular.lifetime(0.1) == pytest.approx(3.6948, abs=2e-4)
    expected = [5.414, 5.901, 6.294, 6.620, 6.897]
    found = high.residual_lifetime(0.1, [1, 2, 3, 4, 5])
    assert found == pytest.approx(expected, abs=1e-3)


@given(parameters, parameters)
def test_slopes_are_the_numeric_differences(alpha: float, beta: float) -> None:
    counts = tenure_counts([1, 2, 3, 5, 7], [True, False, True, False, True])
    value = ShiftedBetaGeometric()._objective(counts)
    theta, step = np.log([alpha, beta]), 1e-6
    slopes = [
        (value(theta + step * e)[0] - value(theta - step * e)[0]) / (2 * step)
        for e in np.eye(2)
    ]
    assert value(theta)[1] == pytest.approx(slopes, abs=1e-6)


@pytest.mark.parametrize("seed", [1, slow(2), slow(3)])
def test_its_own_simulations_give_the_parameters_back(seed: int) -> None:
    truth = ShiftedBetaGeometric().with_parameters(alpha=1.5, beta=6.0)
    book = truth.simulate(np.tile([3, 6, 10], 3000), random_state=seed)
    model = ShiftedBetaGeometric().fit(book["tenure"], book["ended"])
    away = (model.parameters_ - truth.parameters_) / model.standard_errors_
    assert away.abs().max() < 3
    assert model.survival(15) == pytest.approx(truth.survival(15), abs=0.02)


def test_a_scrambled_book_does_not_give_them_back():
    truth = ShiftedBetaGeometric().with_parameters(alpha=0.3, beta=1.0)
    book = truth.simulate(np.full(5000, 10), random_state=1)
    ended = book["ended"].sample(frac=1, random_state=1).to_numpy()
    model = ShiftedBetaGeometric().fit(book["tenure"], ended)
    assert abs(model.survival(1) - truth.survival(1)) > 0.1
    assert abs(model.parameters_["alpha"] - 0.3) > 1


def test_an_independent_search_finds_the_same():
    left = np.array(REGULAR) * 10

    def minus(values):
        alpha, beta = np.exp(values)
        keeps = (beta + np.arange(7)) / (alpha + beta + np.arange(7))
        curve = np.concatenate([[1], np.cumprod(keeps)])
        return -(
            -np.diff(left) @ np.log(-np.diff(curve)) + left[-1] * np.log(curve[-1])
        )

    found = minimize(minus, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-8})
    assert np.exp(found.x) == pytest.approx(fitted(REGULAR).parameters_, rel=1e-3)

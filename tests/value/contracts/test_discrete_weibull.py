"""The BdW model contains sBG, and tells changing accounts from differing ones."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import beta as beta_function

from kamlab.value.contracts import BetaDiscreteWeibull, ShiftedBetaGeometric
from kamlab.value.contracts.tenure_counts import tenure_counts
from kamlab.value.lifetime.counts import CannotTellError
from tests.conftest import slow

HIGH_END = pd.Series([1000, 869, 743, 653, 593, 551, 517, 491])
REGULAR = pd.Series([1000, 631, 468, 382, 326, 289, 262, 241])
HIGH_END_ACTUAL = [46.8, 44.5, 42.7, 40.9, 39.4]
parameters = st.floats(0.05, 30.0)


@given(parameters, parameters, st.integers(0, 30))
def test_with_c_1_it_is_the_sbg_model(gamma: float, delta: float, t: int) -> None:
    one = BetaDiscreteWeibull().with_parameters(gamma=gamma, delta=delta, c=1.0)
    other = ShiftedBetaGeometric().with_parameters(alpha=gamma, beta=delta)
    assert one.survival(t) == pytest.approx(other.survival(t), rel=1e-9)
    assert one.leaving_probability(t + 1) == pytest.approx(
        other.leaving_probability(t + 1), rel=1e-6
    )


@pytest.mark.parametrize("cohort", [HIGH_END, REGULAR, HIGH_END[:5]])
def test_an_independent_search_finds_the_same(cohort: pd.Series) -> None:
    left, t = cohort.to_numpy(float), np.arange(len(cohort))

    def minus(values):
        gamma, delta, c = np.exp(values)
        curve = beta_function(gamma, delta + t**c) / beta_function(gamma, delta)
        lost = -np.diff(left)
        return -(lost @ np.log(-np.diff(curve)) + left[-1] * np.log(curve[-1]))

    options = {"xatol": 1e-9, "fatol": 1e-10, "maxiter": 5000, "maxfev": 5000}
    found = minimize(minus, [-1.0, 0.0, 0.2], method="Nelder-Mead", options=options)
    model = BetaDiscreteWeibull().fit_cohorts(cohort)
    assert model.parameters_.to_list() == pytest.approx(np.exp(found.x), rel=1e-3)
    assert model.log_likelihood_ == pytest.approx(-found.fun, abs=1e-4)


def test_it_never_fits_worse_than_the_model_it_contains():
    for cohort in (HIGH_END, REGULAR):
        one = BetaDiscreteWeibull().fit_cohorts(cohort)
        assert one.log_likelihood_ >= (
            ShiftedBetaGeometric().fit_cohorts(cohort).log_likelihood_
        )
        assert one.convergence_.converged


def test_from_five_years_it_projects_the_high_end_better_than_sbg():
    later = np.arange(8, 13)
    models = [BetaDiscreteWeibull(), ShiftedBetaGeometric()]
    errors = [
        np.abs(
            each.fit_cohorts(HIGH_END[:5]).survival(later) * 100 - HIGH_END_ACTUAL
        ).mean()
        for each in models
    ]
    assert errors[0] < 1.2
    assert errors[1] > 5


@given(parameters, parameters, st.floats(0.3, 3.0))
def test_everybody_leaves_once_or_is_left(gamma, delta, c) -> None:
    model = BetaDiscreteWeibull().with_parameters(gamma=gamma, delta=delta, c=c)
    leaves = model.leaving_probability(np.arange(1, 31))
    assert leaves.sum() + model.survival(30) == pytest.approx(1)
    assert np.isfinite(leaves).all()


@given(parameters, parameters, st.floats(0.3, 2.5))
def test_slopes_are_the_numeric_differences(gamma, delta, c) -> None:
    counts = tenure_counts([1, 2, 3, 5, 7], [True, False, True, False, True])
    value = BetaDiscreteWeibull()._objective(counts)
    theta, step = np.log([gamma, delta, c]), 1e-6
    slopes = [
        (value(theta + step * e)[0] - value(theta - step * e)[0]) / (2 * step)
        for e in np.eye(3)
    ]
    assert value(theta)[1] == pytest.approx(slopes, abs=2e-5, rel=1e-4)


@pytest.mark.parametrize("seed", [1, slow(2), slow(3)])
def test_its_own_simulations_give_the_parameters_back(seed: int) -> None:
    truth = BetaDiscreteWeibull().with_parameters(gamma=0.8, delta=3.0, c=1.4)
    book = truth.simulate(np.full(9000, 9), random_state=seed)
    model = BetaDiscreteWeibull().fit(book["tenure"], book["ended"])
    away = (model.parameters_ - truth.parameters_) / model.standard_errors_
    assert away.abs().max() < 3


def test_accounts_that_only_differ_are_not_said_to_change():
    truth = ShiftedBetaGeometric().with_parameters(alpha=0.8, beta=3.0)
    book = truth.simulate(np.full(5000, 8), random_state=1)
    model = BetaDiscreteWeibull().fit(book["tenure"], book["ended"])
    away = (model.parameters_["c"] - 1) / model.standard_errors_["c"]
    assert abs(away) < 2.5


@pytest.mark.parametrize(("c", "rises"), [(0.6, True), (2.5, False)])
def test_c_says_whether_accounts_become_more_loyal(c: float, rises: bool) -> None:
    alike = BetaDiscreteWeibull().with_parameters(gamma=400, delta=1600, c=c)
    first, later = alike.retention([1, 4])
    assert bool(later > first) is rises


def test_residual_lifetime_is_summed_where_no_closed_form_exists():
    one = BetaDiscreteWeibull().with_parameters(gamma=0.668, delta=3.806, c=1.0)
    other = ShiftedBetaGeometric().with_parameters(alpha=0.668, beta=3.806)
    assert one.residual_lifetime(0.1, [1, 4]) == pytest.approx(
        other.residual_lifetime(0.1, [1, 4]), rel=1e-8
    )


def test_three_parameters_need_three_decisions():
    with pytest.raises(CannotTellError, match="more than 2 renewal decisions; 3 are"):
        BetaDiscreteWeibull().fit_cohorts(REGULAR[:3])

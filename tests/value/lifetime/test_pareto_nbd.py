"""Pareto/NBD: the published figures of an online shop, and identities of the model."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.pareto_nbd import ParetoNBD
from kamlab.value.lifetime.pareto_nbd_likelihood import histories, log_likelihoods


def at(r, alpha, s, beta):
    return ParetoNBD().with_parameters(r=r, alpha=alpha, s=s, beta=beta)


AFTER_78_WEEKS = at(0.5629966, 12.559037, 0.4081095, 10.5148048)


@pytest.fixture(scope="module")
def shop(cdnow_calibration) -> ParetoNBD:
    return ParetoNBD().fit(*cdnow_calibration)


@pytest.fixture(scope="module")
def cdnow_calibration(cdnow_summary):
    return cdnow_summary["frequency"], cdnow_summary["recency"], cdnow_summary["T"]


def test_the_shops_parameters_are_those_of_the_paper(shop):
    published = pd.Series(
        {"r": 0.55315, "alpha": 10.57633, "s": 0.60625, "beta": 11.67}
    )
    assert shop.parameters_.to_dict() == pytest.approx(published.to_dict(), rel=1e-3)
    assert shop.log_likelihood_ == pytest.approx(-9594.9739, abs=1e-3)
    assert shop.n_accounts_ == 2357


def test_the_standard_errors_are_clvtools(shop):
    published = [0.0476264, 0.8427222, 0.1872594, 6.2105448]
    assert shop.standard_errors_.tolist() == pytest.approx(published, rel=2e-3)


def test_both_starts_find_the_same_optimum(shop):
    assert shop.convergence_.converged
    assert shop.convergence_.agreed == shop.convergence_.starts == 2


def test_a_new_account_of_the_shop_orders_one_and_a_half_times_a_year(shop):
    assert shop.expected_orders_of_new(52) == pytest.approx(1.473434, abs=1e-4)


def test_customer_1516_will_order_25_times(shop):
    orders = shop.expected_orders("52W", 26, 30.857, 31)
    assert orders == pytest.approx(25.45647, abs=2e-3)
    assert shop.probability_alive(26, 30.857, 31) == pytest.approx(0.997874, abs=1e-5)


def test_the_more_orders_before_a_long_silence_the_fewer_are_to_come(shop):
    orders = [shop.expected_orders(52, x, 20, 39) for x in (10, 15, 20, 25)]
    published = [0.7062289, 0.1442396, 0.02250658, 0.00309267]
    assert orders == pytest.approx(published, rel=1.5e-3)


def test_orders_of_new_accounts_week_by_week():
    published = [
        *(0, 0.05077821, 0.09916088, 0.14542507, 0.18979930),
        *(0.23247466, 0.27361274, 0.31335159, 0.35181024, 0.38909211),
    ]
    found = at(0.55, 10.56, 0.61, 11.64).expected_orders_of_new(np.arange(10))
    assert found == pytest.approx(published, abs=6e-9)


def test_two_weeks_ahead_of_a_frequent_buyer():
    model = at(0.55, 10.56, 0.61, 11.64)
    assert model.expected_orders(2, 10, 35, 39) == pytest.approx(0.388412, abs=1e-6)


def test_accounts_with_130_orders_have_finite_expectations():
    model = at(0.55, 10.58, 0.61, 11.67)
    found = model.expected_orders(10, [132, 133], [200, 200], [200, 200])
    assert found.tolist() == pytest.approx([6.20605179, 6.25287225], abs=1e-8)


@pytest.mark.parametrize(
    ("x", "tx", "dert"),
    [
        (7, 35, 1.864183),
        (1, 30, 2.199155),
        (2, 30, 2.843534),
        (5, 30, 1.840502),
        (10, 30, 0.167928),
        (0, 0, 0.364756),
        (7, 77.86, 18.503738),
    ],
)
def test_all_orders_to_come_at_fifteen_percent_a_year(x, tx, dert):
    found = AFTER_78_WEEKS.expected_residual_orders(0.0027, x, tx, 77.86)
    assert found == pytest.approx(dert, abs=1e-6)


@pytest.mark.parametrize("horizon", [0, 13, 520])
@pytest.mark.parametrize("rate", [0.0, 0.0027])
def test_discounted_orders_are_the_integral_of_expected_orders(horizon, rate):
    account = (2, 30, 77.86)
    closed = AFTER_78_WEEKS.discounted_orders(horizon, rate, *account)
    summed = PurchaseModel.discounted_orders(AFTER_78_WEEKS, horizon, rate, *account)
    assert closed == pytest.approx(summed, rel=1e-8)


def test_a_long_horizon_comes_to_all_orders():
    account = (2, 30, 77.86)
    everything = AFTER_78_WEEKS.expected_residual_orders(0.0027, *account)
    long = AFTER_78_WEEKS.discounted_orders(20_000, 0.0027, *account)
    assert long == pytest.approx(everything, rel=1e-9)


@pytest.mark.parametrize("s", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("horizon", [0.5, 52])
def test_order_probabilities_sum_to_one_and_give_the_expected_orders(s, horizon):
    model, n = at(0.7, 3.0, s, 15.0), np.arange(2500)
    probability = model.order_probability(n, horizon)
    assert probability.sum() == pytest.approx(1, abs=1e-10)
    expected = model.expected_orders_of_new(horizon)
    assert n @ probability == pytest.approx(expected, rel=1e-9)


@given(*[st.floats(-1.5, 1.5)] * 5)
def test_not_to_order_at_all_is_a_history_like_any_other(r, alpha, s, beta, horizon):
    parameters = tuple(10.0 ** np.array([r, alpha, s, beta]))
    silent = log_likelihoods(histories(parameters, 0, 0, 10.0**horizon))[0]
    found = at(*parameters).order_probability(0, 10.0**horizon)
    assert found == pytest.approx(np.exp(silent), rel=1e-9)


def test_nobody_orders_in_no_time():
    assert AFTER_78_WEEKS.order_probability([0, 1], 0).tolist() == [1, 0]


def test_nothing_happens_where_s_passes_one():
    around = [
        at(0.5, 10, s, 12).expected_orders(52, 2, 30, 39)
        for s in (1 - 1e-9, 1, 1 + 1e-9)
    ]
    assert around == pytest.approx([around[1]] * 3, rel=1e-8)


def test_weeks_and_days_tell_the_same():
    weeks = at(0.5, 10, 0.6, 12)
    days = ParetoNBD("D").with_parameters(r=0.5, alpha=70, s=0.6, beta=84)
    assert days.expected_orders("365D", 3, 140, 273) == pytest.approx(
        weeks.expected_orders(365 / 7, 3, 20, 39), rel=1e-12
    )


def test_a_fit_in_days_scales_alpha_and_beta_by_seven():
    book = at(0.8, 6, 0.7, 20).simulate(np.full(400, 60.0), random_state=4)
    x, tx, T = book["frequency"], book["recency"], book["T"]
    weeks, days = ParetoNBD().fit(x, tx, T), ParetoNBD("D").fit(x, 7 * tx, 7 * T)
    scaled = weeks.parameters_ * [1, 7, 1, 7]
    assert days.parameters_.tolist() == pytest.approx(scaled.tolist(), rel=1e-3)


def test_a_book_that_nobody_leaves_is_explained():
    rng = np.random.default_rng(3)
    x = rng.poisson(rng.gamma(2, 0.1, 200) * 60) + 1
    counts = x, 60 * rng.random(200) ** (1 / x), np.full(200, 60.0)
    notes = " ".join(ParetoNBD().fit(*counts).convergence_.notes)
    assert "leavings (s/beta to r/alpha): hardly anybody seems to leave" in notes


def test_parameters_that_a_small_book_leaves_open_are_named():
    book = at(0.8, 6, 3.0, 150).simulate(np.full(60, 40.0), random_state=2)
    fitted = ParetoNBD().fit(book["frequency"], book["recency"], book["T"])
    assert "only the mean rate of leaving s/beta" in str(fitted.convergence_)


def test_a_large_book_needs_no_notes(shop):
    assert shop.convergence_.notes == ()


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_simulated_accounts_give_their_parameters_back(seed):
    truth = at(0.8, 6.0, 0.7, 20.0)
    T = np.random.default_rng(seed).uniform(30, 80, 4000)
    book = truth.simulate(T, random_state=seed)
    fitted = ParetoNBD().fit(book["frequency"], book["recency"], book["T"])
    logs = np.log(fitted.parameters_ / truth.parameters_)
    errors = fitted.standard_errors_ / fitted.parameters_
    assert (logs.abs() < 3.5 * errors).all()


def test_accounts_whose_recency_is_scrambled_do_not():
    truth = at(0.8, 6.0, 0.7, 20.0)
    rng = np.random.default_rng(11)
    book = truth.simulate(np.full(4000, 60.0), random_state=rng)
    scrambled = book["recency"].where(
        book["frequency"] == 0, rng.uniform(0.1, 60, len(book))
    )
    fitted = ParetoNBD().fit(book["frequency"], scrambled, book["T"])
    logs = np.log(fitted.parameters_ / truth.parameters_)
    errors = fitted.standard_errors_ / fitted.parameters_
    assert (logs.abs() > 3.5 * errors).any()


def test_simulated_books_agree_with_the_formulas():
    model = AFTER_78_WEEKS
    book = model.simulate(np.full(100_000, 78.0), random_state=1)
    counts = (book["frequency"], book["recency"], book["T"])
    assert book["frequency"].mean() == pytest.approx(
        model.expected_orders_of_new(78), abs=5 * book["frequency"].std() / 316
    )
    assert (book["frequency"] == 0).mean() == pytest.approx(
        model.order_probability(0, 78), abs=0.008
    )
    alive = model.probability_alive(*counts)
    assert book["alive"].mean() == pytest.approx(alive.mean(), abs=0.008)
    future = model.simulate_future(52, *counts, random_state=2)
    expected = model.expected_orders(52, *counts)
    assert future.mean() == pytest.approx(
        expected.mean(), abs=5 * (future - expected).std() / 316
    )
    busy = book["frequency"] >= 5
    assert future[busy].mean() == pytest.approx(expected[busy].mean(), rel=0.05)


def test_the_index_of_the_accounts_comes_back():
    names = ["Nordal", "Kovostav"]
    x, tx, T = (pd.Series(v, names) for v in ([2, 0], [30, 0], [39, 39]))
    found = AFTER_78_WEEKS.discounted_orders("52W", 0.0027, x, tx, T)
    assert found.index.tolist() == names
    assert found["Nordal"] > found["Kovostav"]

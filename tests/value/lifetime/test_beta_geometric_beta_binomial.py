"""BG/BB: the published figures of yearly donations, and identities of the model."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime.beta_geometric_beta_binomial import BetaGeoBetaBinomial


def at(alpha, beta, gamma, delta):
    return BetaGeoBetaBinomial().with_parameters(
        alpha=alpha, beta=beta, gamma=gamma, delta=delta
    )


PAPER = at(1.204, 0.750, 0.657, 2.783)


@pytest.fixture(scope="module")
def donations(oracle_datasets) -> pd.DataFrame:
    return pd.read_csv(oracle_datasets / "donations.csv")


@pytest.fixture(scope="module")
def donors(donations) -> BetaGeoBetaBinomial:
    columns = (donations[name] for name in ("frequency", "recency", "periods"))
    return BetaGeoBetaBinomial().fit(*columns, weights=donations["weights"])


def test_the_donors_parameters_are_those_of_the_paper(donors):
    published = [1.204, 0.750, 0.657, 2.783]
    assert donors.parameters_.tolist() == pytest.approx(published, abs=1e-3)
    assert donors.log_likelihood_ == pytest.approx(-33225.58, abs=0.01)
    assert donors.n_accounts_ == 11_104
    assert donors.convergence_.agreed == 2


def test_a_new_donor_gives_three_times_in_ten_years(donors):
    assert donors.expected_orders_of_new(10) == pytest.approx(3.179805, abs=1e-4)


@pytest.mark.parametrize(
    ("x", "tx", "alive"), [(0, 0, 0.11), (2, 4, 0.59), (6, 6, 0.93)]
)
def test_probability_to_be_there_in_2002(donors, x, tx, alive):
    assert donors.probability_alive(x, tx, 6) == pytest.approx(alive, abs=0.005)


def test_ten_years_ahead_of_two_donors(donors):
    assert donors.expected_orders(10, 0, 0, 6) == pytest.approx(0.1302169, abs=1e-4)
    assert donors.expected_orders(10, 4, 5, 6) == pytest.approx(3.627858, abs=1e-3)


def test_five_years_ahead_of_all_donors(donors, donations):
    columns = (donations[name] for name in ("frequency", "recency", "periods"))
    expected = donors.expected_orders(5, *columns) @ donations["weights"]
    assert expected == pytest.approx(12_884.2, abs=0.5)


def test_who_never_gave_and_who_always_did(donors):
    cells = 11_104 * donors.order_probability([0, 6], 6)
    assert cells.tolist() == pytest.approx([3454.9, 1253.1], abs=0.1)


def test_order_probabilities_sum_to_one_and_give_the_expected_orders():
    n = np.arange(13)
    probability = PAPER.order_probability(n, 12)
    assert probability.sum() == pytest.approx(1, abs=1e-12)
    assert n @ probability == pytest.approx(PAPER.expected_orders_of_new(12), rel=1e-12)
    assert PAPER.order_probability(13, 12) == 0


def test_a_long_horizon_comes_to_all_orders():
    everything = PAPER.expected_residual_orders(0.1, 6, 6, 6)
    assert PAPER.discounted_orders(600, 0.1, 6, 6, 6) == pytest.approx(everything)


def test_a_rate_of_nothing_discounts_nothing():
    account = (3, 4, 6)
    plain = PAPER.expected_orders(5, *account)
    assert PAPER.discounted_orders(5, 0, *account) == pytest.approx(plain)


def test_silence_counts_against_everybody():
    alive = [PAPER.probability_alive(2, 3, n) for n in (3, 4, 6, 10, 30)]
    assert (np.diff(alive) < 0).all()
    assert all(0 <= each <= 1 for each in alive)


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_simulated_accounts_give_their_parameters_back(seed):
    truth = at(1.2, 0.8, 0.7, 4.0)
    T = np.random.default_rng(seed).integers(6, 13, 6000)
    book = truth.simulate(T, random_state=seed)
    fitted = BetaGeoBetaBinomial().fit(book["frequency"], book["recency"], book["T"])
    logs = np.log(fitted.parameters_ / truth.parameters_)
    errors = fitted.standard_errors_ / fitted.parameters_
    assert (logs.abs() < 3.5 * errors).all()


def test_simulated_books_agree_with_the_formulas():
    book = PAPER.simulate(np.full(60_000, 6), random_state=1)
    counts = (book["frequency"], book["recency"], book["T"])
    assert book["frequency"].mean() == pytest.approx(
        PAPER.expected_orders_of_new(6), abs=0.05
    )
    alive = PAPER.probability_alive(*counts)
    assert book["alive"].mean() == pytest.approx(alive.mean(), abs=0.01)
    future = PAPER.simulate_future(5, *counts, random_state=2)
    expected = PAPER.expected_orders(5, *counts)
    assert future.mean() == pytest.approx(expected.mean(), abs=0.03)


def test_an_account_that_took_more_than_there_was_is_named():
    x, tx, n = (pd.Series([v], ["Nordal"]) for v in (5, 4, 6))
    with pytest.raises(DataError, match="'Nordal': 5 occasions taken, the last one"):
        PAPER.probability_alive(x, tx, n)


def test_weeks_are_no_occasions():
    with pytest.raises(DataError, match=r"number 30\.43 of 38\.86; give whole numbers"):
        BetaGeoBetaBinomial().fit([2] * 12, [30.43] * 12, [38.86] * 12)


def test_half_an_occasion_is_refused():
    with pytest.raises(
        UsageError, match=r"horizon = 2\.5: this model counts occasions"
    ):
        PAPER.expected_orders(2.5, 6, 6, 6)
    with pytest.raises(UsageError, match=r"T = 2\.5: give whole numbers"):
        PAPER.simulate([2.5])


def test_an_account_that_takes_every_occasion_is_surely_there():
    assert PAPER.probability_alive(8, 8, 8) > PAPER.probability_alive(7, 8, 8)
    forever = at(50, 1e-3, 1e-3, 50)
    assert forever.probability_alive(20, 20, 20) == pytest.approx(1, abs=1e-4)
    assert forever.expected_orders(10, 20, 20, 20) == pytest.approx(10, rel=1e-3)


def test_long_series_of_occasions_have_finite_answers():
    x, tx, n = [0, 1, 150, 300], [0, 300, 200, 300], [300] * 4
    alive = PAPER.probability_alive(x, tx, n)
    assert np.isfinite(alive).all()
    assert alive.between(0, 1).all()
    orders = PAPER.expected_orders(40, x, tx, n)
    assert orders.between(0, 40).all()
    assert orders.iloc[3] == orders.max()


def test_the_orders_of_new_accounts_add_up_over_occasions():
    by_occasion = PAPER.expected_orders_of_new(np.arange(30))
    steps = np.diff(by_occasion)
    assert by_occasion[0] == 0
    assert steps[0] == pytest.approx(1.204 / 1.954 * 2.783 / 3.440)
    assert (np.diff(steps) < 0).all()


def test_more_to_discount_is_worth_less():
    rates = (0.01, 0.1, 0.5)
    worth = [PAPER.expected_residual_orders(rate, 4, 5, 6) for rate in rates]
    assert worth == sorted(worth, reverse=True)
    five = [PAPER.discounted_orders(5, rate, 4, 5, 6) for rate in rates]
    assert all(one < other for one, other in zip(five, worth, strict=True))


def test_donors_who_all_gave_alike_teach_nothing():
    with pytest.raises(DataError, match="cannot tell from these data: all accounts"):
        BetaGeoBetaBinomial().fit([2] * 30, [4] * 30, [6] * 30)


def test_counts_as_a_table_tell_the_same_as_accounts_one_by_one():
    book = PAPER.simulate(np.full(400, 5), random_state=6)
    counts = book[["frequency", "recency", "T"]]
    table = counts.value_counts().rename("accounts").reset_index()
    short = BetaGeoBetaBinomial().fit(
        table["frequency"], table["recency"], table["T"], weights=table["accounts"]
    )
    long = BetaGeoBetaBinomial().fit(
        counts["frequency"], counts["recency"], counts["T"]
    )
    assert short.log_likelihood_ == pytest.approx(long.log_likelihood_, abs=1e-8)
    assert short.n_accounts_ == long.n_accounts_ == 400

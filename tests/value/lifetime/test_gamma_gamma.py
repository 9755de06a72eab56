"""Order values of accounts: published figures, shrinkage, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.gamma_gamma import GammaGamma
from tests.conftest import slow

PUBLISHED = {"p": 6.25, "q": 3.74, "gamma": 15.44}
values = st.floats(0.5, 500.0)


def known() -> GammaGamma:
    return GammaGamma().with_parameters(**PUBLISHED)


@pytest.fixture(scope="module")
def cdnow(oracle_datasets) -> pd.DataFrame:
    """Return repeat purchases and their mean value of CDNOW's 2,357 customers."""
    file = oracle_datasets / "cdnow_customers_summary_with_transactions.csv"
    return pd.read_csv(file, index_col="ID")


@pytest.fixture(scope="module")
def cdnow_model(cdnow) -> GammaGamma:
    return GammaGamma().fit(cdnow["x"], cdnow["zbar"])


def test_cdnow_s_parameters_are_the_published_ones(cdnow_model) -> None:
    assert cdnow_model.parameters_["p"] == pytest.approx(6.24880, abs=1e-3)
    assert cdnow_model.parameters_["q"] == pytest.approx(3.74459, abs=1e-3)
    assert cdnow_model.parameters_["gamma"] == pytest.approx(15.44774, abs=2e-3)
    assert cdnow_model.log_likelihood_ == pytest.approx(-4055.9232, abs=1e-3)
    assert (cdnow_model.n_accounts_, cdnow_model.n_left_out_) == (946, 1411)
    assert cdnow_model.convergence_.converged


def test_cdnow_s_first_customers_spend_what_was_published(cdnow, cdnow_model) -> None:
    found = cdnow_model.expected_value(cdnow["x"][:10], cdnow["zbar"][:10])
    sheet = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    assert found.to_list() == pytest.approx(sheet, abs=0.01)
    assert found.index.tolist() == list(range(1, 11))


def test_cdnow_s_population_spends_35_a_purchase(cdnow_model) -> None:
    mean = cdnow_model.population_mean_
    assert mean.value == pytest.approx(35.17, abs=0.01)
    assert mean.low < 35.2 < mean.high
    assert mean.unit == "money"


def test_cdnow_s_frequent_buyers_spend_slightly_more_and_a_note_says_so(
    cdnow_model,
) -> None:
    assert cdnow_model.correlation_.value == pytest.approx(0.1139, abs=1e-4)
    assert cdnow_model.correlation_.low > 0
    assert "spend more an order (correlation 0.11" in str(cdnow_model.convergence_)


def test_the_rounded_parameters_give_the_reference_values():
    assert known().expected_value(0, 0.0) == pytest.approx(35.219, abs=5e-4)
    assert known().expected_value(3, 35.0) == pytest.approx(35.03, abs=0.005)


@given(st.integers(1, 200), values)
def test_an_account_lies_between_its_own_mean_and_that_of_all(x, mean) -> None:
    model = known()
    everybody, found = model.expected_value(0, 0.0), model.expected_value(x, mean)
    weight = (PUBLISHED["q"] - 1) / (PUBLISHED["p"] * x + PUBLISHED["q"] - 1)
    assert found == pytest.approx(weight * everybody + (1 - weight) * mean)


def test_more_orders_shrink_less():
    found = known().expected_value([1, 5, 50], [80.0] * 3)
    assert found.is_monotonic_increasing
    assert found.iloc[-1] == pytest.approx(80, abs=1)


@pytest.mark.parametrize("seed", [1, slow(2), slow(3)])
def test_its_own_simulations_give_the_parameters_back(seed: int) -> None:
    frequency = np.random.default_rng(seed).integers(1, 12, 4000)
    book = known().simulate(frequency, random_state=seed)
    model = GammaGamma().fit(book["frequency"], book["mean_value"])
    away = (model.parameters_ - pd.Series(PUBLISHED)) / model.standard_errors_
    assert away.abs().max() < 3
    found = model.expected_value(book["frequency"], book["mean_value"])
    own = np.abs(book["mean_value"] - book["value"]).mean()
    assert np.abs(found - book["value"]).mean() < own


def test_values_that_belong_to_other_accounts_are_not_learnt_from_each_other():
    book = known().simulate(np.full(3000, 8), random_state=1)
    # Every mean is redrawn from all orders alike: accounts differ no more.
    rng = np.random.default_rng(1)
    scrambled = [rng.choice(book["value"], 8).mean() for _ in range(3000)]
    model = GammaGamma().fit(book["frequency"], scrambled)
    away = (model.parameters_ - pd.Series(PUBLISHED)) / model.standard_errors_
    assert not away.abs().max() < 3


def test_intervals_cover_the_accounts_own_values():
    book = known().simulate(np.tile([1, 4, 20], 2000), random_state=2)
    ends = known().value_interval(book["frequency"], book["mean_value"], level=0.9)
    covered = (ends["low"] <= book["value"]) & (book["value"] <= ends["high"])
    assert covered.mean() == pytest.approx(0.9, abs=0.015)


@pytest.mark.parametrize("factor", [0.001, 7.8, 1e6])
def test_values_scale_with_the_currency(factor: float) -> None:
    book = known().simulate(np.tile([1, 4, 20], 200), random_state=3)
    one = GammaGamma().fit(book["frequency"], book["mean_value"])
    other = GammaGamma().fit(book["frequency"], book["mean_value"] * factor)
    expected = one.parameters_ * [1, 1, factor]
    assert other.parameters_.to_list() == pytest.approx(expected.to_list(), rel=1e-4)
    assert other.expected_value(2, 30 * factor) == pytest.approx(
        one.expected_value(2, 30.0) * factor, rel=1e-4
    )
    assert other.log_likelihood_ == pytest.approx(
        one.log_likelihood_ - len(book) * np.log(factor), rel=1e-6
    )


def test_a_mean_without_end_is_explained_not_hidden():
    wild = GammaGamma().with_parameters(p=3.0, q=0.7, gamma=5.0)
    book = wild.simulate(np.full(2000, 3), random_state=1)
    model = GammaGamma().fit(book["frequency"], book["mean_value"])
    assert model.population_mean_.cannot_tell
    assert "the mean over accounts has no end" in str(model.convergence_)
    assert np.isnan(model.expected_value(0, 0.0))
    assert model.expected_value(5, 30.0) > 0


def test_independent_frequency_and_value_raise_no_note():
    book = known().simulate(np.tile([2, 3, 9], 100), random_state=4)
    model = GammaGamma().fit(book["frequency"], book["mean_value"])
    assert model.correlation_.low < 0 < model.correlation_.high
    assert model.convergence_.notes == ()


@pytest.mark.parametrize(
    ("x", "mean", "said"),
    [
        (2.5, 10.0, r"account 'Nordal': frequency = 2\.5; count orders"),
        (-1, 10.0, "account 'Nordal': frequency = -1"),
        (np.nan, 10.0, "account 'Nordal': frequency = nan"),
        (2, -10.0, "account 'Nordal': mean_value = -10; .* net returns against"),
        (2, 0.0, "account 'Nordal': mean_value = 0"),
        (2, np.nan, "account 'Nordal': mean_value = nan"),
        (2, np.inf, "account 'Nordal': mean_value = inf"),
    ],
)
def test_what_no_account_can_spend_names_it(x, mean, said) -> None:
    with pytest.raises(DataError, match=said):
        known().expected_value(
            pd.Series([x], ["Nordal"]), pd.Series([mean], ["Nordal"])
        )


@pytest.mark.parametrize(
    ("frequency", "mean", "said"),
    [
        ([1, 2], [10.0], "give one of each for every account"),
        (pd.Series([1], ["A"]), pd.Series([1.0], ["B"]), "name different accounts"),
        (["two"], [1.0], "frequency: give numbers"),
    ],
)
def test_columns_that_do_not_fit_are_refused(frequency, mean, said) -> None:
    with pytest.raises(UsageError, match=said):
        GammaGamma().fit(frequency, mean)


@pytest.mark.parametrize(
    ("frequency", "mean", "said"),
    [
        ([3] * 9, range(1, 10), "9 accounts have orders to average; 10 are needed"),
        ([0] * 50, [0.0] * 50, "0 accounts have orders"),
        ([3], [20.0], "1 accounts have orders"),
        ([3] * 20, [25.0] * 20, "all 20 accounts spend 25 an order"),
    ],
)
def test_too_little_says_cannot_tell(frequency, mean, said) -> None:
    with pytest.raises(CannotTellError, match=f"cannot tell from these data: {said}"):
        GammaGamma().fit(frequency, mean)


def test_one_order_each_is_fitted_or_explained():
    book = known().simulate(np.ones(300, dtype=int), random_state=1)
    model = GammaGamma().fit(book["frequency"], book["mean_value"])
    assert model.correlation_.cannot_tell
    found = model.expected_value(book["frequency"], book["mean_value"])
    assert np.isfinite(found).all()


def test_a_model_that_was_not_fitted_says_so():
    with pytest.raises(NotFittedError, match="GammaGamma has not been fitted"):
        GammaGamma().expected_value(1, 10.0)


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"p": 1, "q": 2}, "give p, q, gamma"),
        ({"p": 1, "q": 2, "gamma": -3}, "{'gamma': -3}: give positive"),
    ],
)
def test_parameters_that_cannot_be_are_shown(parameters, said) -> None:
    with pytest.raises(UsageError, match=said):
        GammaGamma().with_parameters(**parameters)


def test_starts_are_given_in_money():
    book = known().simulate(np.tile([2, 3, 9], 200), random_state=4)
    columns = book["frequency"], book["mean_value"]
    one, other = (
        GammaGamma().fit(*columns),
        GammaGamma(starts=[[6, 4, 15]]).fit(*columns),
    )
    assert one.parameters_.to_list() == pytest.approx(
        other.parameters_.to_list(), rel=1e-4
    )
    with pytest.raises(UsageError, match="rows of positive p, q, gamma"):
        GammaGamma(starts=[[1, 2]]).fit(*columns)
    assert clone(GammaGamma(starts=[[1, 2, 3]])).starts == [[1, 2, 3]]

"""What is common to all models: weights, refusals, scikit-learn's ways."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime import (
    BetaGeoNBD,
    CannotTellError,
    ModifiedBetaGeoNBD,
    ParetoNBD,
    PurchaseModel,
)
from kamlab.value.lifetime.counts import compressed
from kamlab.value.lifetime.learning import LearnedModel, checked_seed

MODELS = [BetaGeoNBD, ModifiedBetaGeoNBD, ParetoNBD]
NAMES = ["frequency", "recency", "T"]


@pytest.fixture(scope="module")
def book() -> pd.DataFrame:
    truth = BetaGeoNBD().with_parameters(r=1.2, alpha=4, a=0.6, b=3)
    return truth.simulate(np.full(300, 52.0), random_state=2)


@pytest.mark.parametrize("model", MODELS)
def test_weights_count_as_so_many_accounts(
    model: type[PurchaseModel], book: pd.DataFrame
) -> None:
    triples = compressed(*(book[name] for name in NAMES))
    weighted = model().fit(*triples[:3], weights=triples.weights)
    plain = model().fit(*(book[name] for name in NAMES))
    pd.testing.assert_series_equal(weighted.parameters_, plain.parameters_, rtol=1e-5)
    assert weighted.log_likelihood_ == pytest.approx(plain.log_likelihood_)
    assert weighted.n_accounts_ == plain.n_accounts_ == 300


@pytest.mark.parametrize("model", MODELS)
def test_the_order_of_the_accounts_does_not_matter(
    model: type[PurchaseModel], book: pd.DataFrame
) -> None:
    shuffled = book.sample(frac=1, random_state=3)
    first = model().fit(*(book[name] for name in NAMES)).parameters_
    second = model().fit(*(shuffled[name] for name in NAMES)).parameters_
    pd.testing.assert_series_equal(first, second, rtol=1e-5)


@pytest.mark.parametrize("model", MODELS)
def test_constructor_arguments_stay_untouched(model: type[PurchaseModel]) -> None:
    starts = [[1.0, 2, 3, 4]]
    made = model(unit="M", starts=starts, random_state=4)
    copied = clone(made)
    assert copied.unit == "M"
    assert copied.starts == starts
    assert copied.random_state == 4


@pytest.mark.parametrize("model", MODELS)
def test_what_cannot_be_fitted_says_so(model: type[PurchaseModel]) -> None:
    with pytest.raises(CannotTellError, match="cannot tell from these data: 1 account"):
        model().fit([2], [30.0], [39.0])
    with pytest.raises(CannotTellError, match="0 of 50 accounts ordered a second"):
        model().fit([0] * 50, [0.0] * 50, [39.0] * 50)
    with pytest.raises(CannotTellError, match="all accounts are alike"):
        model().fit([2] * 50, [30.0] * 50, [39.0] * 50)
    with pytest.raises(DataError, match=r"account 1: recency = 40.0 is above T = 39.0"):
        model().fit([2, 1], [30.0, 40.0], [39.0, 39.0])
    with pytest.raises(UsageError, match="unit = 'years'"):
        model(unit="years").fit([2], [30.0], [39.0])


@pytest.mark.parametrize("model", MODELS)
def test_errors_shrink_with_the_square_root_of_the_accounts(
    model: type[PurchaseModel], book: pd.DataFrame
) -> None:
    three = [book[name] for name in NAMES]
    once = model().fit(*three).standard_errors_
    nine = model().fit(*three, weights=np.full(len(book), 9.0)).standard_errors_
    assert (once / nine).tolist() == pytest.approx([3] * 4, rel=1e-2)


def test_many_distinct_accounts_are_fitted_as_few(
    monkeypatch: pytest.MonkeyPatch, book: pd.DataFrame
) -> None:
    """A part decides the start; the optimum is that of all."""
    three = [book[name] for name in NAMES]
    all_of_them = BetaGeoNBD().fit(*three).parameters_
    monkeypatch.setattr("kamlab.value.lifetime.learning._MANY", 50)
    thinned = BetaGeoNBD().fit(*three)
    pd.testing.assert_series_equal(thinned.parameters_, all_of_them, rtol=1e-5)
    assert thinned.convergence_.converged


def test_a_model_without_an_analytic_gradient_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, book: pd.DataFrame
) -> None:
    three = [book[name] for name in NAMES]
    analytic = BetaGeoNBD().fit(*three).parameters_
    monkeypatch.setattr(BetaGeoNBD, "_objective", LearnedModel._objective)
    numeric = BetaGeoNBD().fit(*three).parameters_
    pd.testing.assert_series_equal(numeric, analytic, rtol=1e-3)


def test_the_bare_model_has_no_formulas() -> None:
    with pytest.raises(TypeError, match="abstract"):
        PurchaseModel()


def test_a_seed_is_a_whole_number_a_generator_or_none():
    assert checked_seed(np.int64(7)) == 7
    first, second = (checked_seed(np.random.default_rng(5)) for _ in range(2))
    assert first == second
    one = np.random.default_rng(5)
    assert checked_seed(one) != checked_seed(one)
    assert checked_seed(None) >= 0


@pytest.mark.parametrize("seed", [-1, 1.5, "1"])
def test_a_seed_that_is_none_is_shown(seed: object):
    with pytest.raises(UsageError, match="random_state = "):
        checked_seed(seed)

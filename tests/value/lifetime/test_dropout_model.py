"""What all models with leaving after an order must keep, whatever the parameters."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import hyp2f1
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from kamlab.errors import UsageError
from kamlab.value.lifetime import (
    BetaGeoNBD,
    ModifiedBetaGeoNBD,
    PurchaseModel,
    RegularReorderingNBD,
)
from tests.conftest import slow

MODELS = [
    BetaGeoNBD(),
    ModifiedBetaGeoNBD(),
    RegularReorderingNBD(k=2),
    RegularReorderingNBD(k=5),
]
TRUTH = {"r": 1.2, "alpha": 4.0, "a": 0.6, "b": 3.0}

parameters = st.fixed_dictionaries(
    {
        "r": st.floats(0.05, 20),
        "alpha": st.floats(0.1, 100),
        "a": st.floats(0.01, 20),
        "b": st.floats(0.05, 50),
    }
)
models = st.sampled_from(MODELS)


def named(model: PurchaseModel) -> str:
    return f"{type(model).__name__}{getattr(model, 'k', '')}"


@st.composite
def accounts(draw: st.DrawFn) -> tuple[float, float, float]:
    x = draw(st.integers(0, 60))
    T = draw(st.floats(0.5, 200))
    share = draw(st.floats(0.01, 1))
    return float(x), share * T if x else 0.0, T


@given(models, parameters, accounts())
def test_alive_is_a_probability_and_orders_are_not_negative(
    model: PurchaseModel, values: dict, account: tuple
) -> None:
    model = clone(model).with_parameters(**values)
    alive = model.probability_alive(*account)
    ahead = model.expected_orders(20, *account)
    assert 0 <= alive <= 1
    assert 0 <= ahead < np.inf
    assert model.expected_orders(0, *account) == 0
    assert ahead <= model.expected_orders(40, *account) * (1 + 1e-9)


@given(models, parameters, accounts(), st.floats(1.01, 3))
def test_silence_lowers_the_probability_of_being_alive(
    model: PurchaseModel, values: dict, account: tuple, longer: float
) -> None:
    x, tx, T = account
    model = clone(model).with_parameters(**values)
    before = model.probability_alive(x, tx, T)
    after = model.probability_alive(x, tx, T * longer)
    assert after <= before + 1e-12
    if x == 0 and isinstance(model, BetaGeoNBD):
        assert before == after == 1


@given(models, parameters, st.floats(0.1, 60))
def test_probabilities_of_counts_sum_to_one_and_have_the_expected_mean(
    model: PurchaseModel, values: dict, horizon: float
) -> None:
    values = values | {"alpha": max(values["alpha"], 2.0)}
    model = clone(model).with_parameters(**values)
    n = np.arange(6_000)
    found = model.order_probability(n, horizon)
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1, abs=1e-8)
    mean = model.expected_orders_of_new(horizon)
    assert found @ n == pytest.approx(mean, rel=1e-6, abs=1e-9)


@given(parameters, accounts(), st.floats(0.5, 60))
def test_orders_ahead_equal_the_papers_closed_form(
    values: dict, account: tuple, horizon: float
) -> None:
    """Equation 10 of Fader, Hardie and Lee (2005), away from its 0 / 0 at a = 1."""
    values = values | {"a": values["a"] + 1.5}
    x, tx, T = min(account[0], 20.0), account[1], account[2]
    r, alpha, a, b = (values[name] for name in ("r", "alpha", "a", "b"))
    z = horizon / (alpha + T + horizon)
    if x == 0 or z > 0.9:
        x, tx = 1.0, T
        z = min(z, 0.9)
        horizon = z * (alpha + T) / (1 - z)
    model = BetaGeoNBD().with_parameters(**values)
    series = (1 - z) ** (r + x) * hyp2f1(r + x, b + x, a + b + x - 1, z)
    closed = (a + b + x - 1) / (a - 1) * (1 - series)
    alive = model.probability_alive(x, tx, T)
    found = model.expected_orders(horizon, x, tx, T)
    assert found == pytest.approx(closed * alive, rel=1e-5, abs=1e-8)


@given(parameters, accounts(), st.floats(0.1, 100))
def test_regular_orders_with_k_1_are_the_mbg_nbd(
    values: dict, account: tuple, horizon: float
) -> None:
    once = RegularReorderingNBD(k=1).with_parameters(**values)
    modified = ModifiedBetaGeoNBD().with_parameters(**values)
    for verb in ("probability_alive", "expected_orders", "expected_residual_orders"):
        first = {"expected_orders": (horizon,), "expected_residual_orders": (0.01,)}
        asked = (*first.get(verb, ()), *account)
        assert getattr(once, verb)(*asked) == getattr(modified, verb)(*asked)
    assert once.order_probability(3, horizon) == modified.order_probability(3, horizon)


@given(models, parameters, accounts(), st.floats(0.2, 30))
def test_another_unit_of_time_changes_no_answer(
    model: PurchaseModel, values: dict, account: tuple, factor: float
) -> None:
    x, tx, T = account
    here = clone(model).with_parameters(**values)
    there = clone(model).with_parameters(**values | {"alpha": values["alpha"] * factor})
    assert there.probability_alive(x, tx * factor, T * factor) == pytest.approx(
        here.probability_alive(x, tx, T), rel=1e-6, abs=1e-9
    )
    assert there.expected_orders(
        10 * factor, x, tx * factor, T * factor
    ) == pytest.approx(here.expected_orders(10, x, tx, T), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_leaving_with_a_of_one_is_no_special_case(model: PurchaseModel) -> None:
    ahead = [
        clone(model)
        .with_parameters(**TRUTH | {"a": a})
        .expected_orders(30, 6, 20.0, 22.0)
        for a in (1 - 1e-9, 1.0, 1 + 1e-9)
    ]
    assert ahead == pytest.approx([ahead[1]] * 3, rel=1e-7)


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_what_is_discounted_over_a_long_time_is_what_is_discounted_for_ever(
    model: PurchaseModel,
) -> None:
    model = clone(model).with_parameters(**TRUTH)
    x, tx, T = [0, 1, 6, 30], [0.0, 12.0, 20.0, 39.0], [39.0, 39.0, 22.0, 39.5]
    for_ever = model.expected_residual_orders(0.02, x, tx, T)
    long = model.discounted_orders(1_000, 0.02, x, tx, T)
    assert long.tolist() == pytest.approx(for_ever.tolist(), rel=1e-5)


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_discounting_is_the_sum_of_discounted_weeks(model: PurchaseModel) -> None:
    model = clone(model).with_parameters(**TRUTH)
    account = (6, 20.0, 22.0)
    ends = np.linspace(0, 26, 261)
    orders = np.diff([model.expected_orders(end, *account) for end in ends])
    middles = (ends[1:] + ends[:-1]) / 2
    summed = float(orders @ np.exp(-0.01 * middles))
    found = model.discounted_orders("26W", 0.01, *account)
    assert found == pytest.approx(summed, rel=1e-5)
    undiscounted = model.discounted_orders(26, 0, *account)
    assert undiscounted == model.expected_orders(26, *account)


def simulated(model: PurchaseModel, n: int, seed: int) -> pd.DataFrame:
    return model.simulate(np.full(n, 52.0), random_state=seed)


def triple(table: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    return table["frequency"], table["recency"], table["T"]


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_made_up_accounts_behave_as_the_formulas_say(model: PurchaseModel) -> None:
    model = clone(model).with_parameters(**TRUTH)
    past = simulated(model, 40_000, seed=5)
    n = np.arange(30)
    seen = np.bincount(past["frequency"], minlength=30)[:30] / len(past)
    assert seen == pytest.approx(model.order_probability(n, 52), abs=0.008)
    alive = model.probability_alive(*triple(past))
    assert alive.mean() == pytest.approx(past["alive"].mean(), abs=0.008)
    tenth = pd.cut(alive, [0, 0.3, 0.7, 1], include_lowest=True)
    by_tenth = past["alive"].groupby(tenth, observed=True).mean()
    told = alive.groupby(tenth, observed=True).mean()
    assert by_tenth.tolist() == pytest.approx(told.tolist(), abs=0.02)


@pytest.mark.parametrize("model", MODELS, ids=named)
def test_drawn_futures_have_the_expected_mean(model: PurchaseModel) -> None:
    model = clone(model).with_parameters(**TRUTH)
    past = simulated(model, 40_000, seed=6)
    future = model.simulate_future(26, *triple(past), random_state=7)
    expected = model.expected_orders(26, *triple(past))
    assert future.index.equals(past.index)
    assert future.mean() == pytest.approx(expected.mean(), rel=0.05)
    often = past["frequency"] > 5
    assert future[often].mean() == pytest.approx(expected[often].mean(), rel=0.05)
    gained = model.expected_orders_of_new(78) - model.expected_orders_of_new(52)
    assert expected.mean() == pytest.approx(gained, rel=0.05)


@pytest.mark.parametrize("model", MODELS[:3], ids=named)
@pytest.mark.parametrize("seed", [11, slow(12), slow(13)])
def test_planted_parameters_are_recovered(model: PurchaseModel, seed: int) -> None:
    truth = clone(model).with_parameters(**TRUTH)
    past = simulated(truth, 4_000, seed)
    fitted = clone(model).fit(*triple(past))
    assert fitted.convergence_.converged
    error = fitted.parameters_ - truth.parameters_
    assert (error.abs() < 4 * fitted.standard_errors_).all()
    share = TRUTH["a"] / (TRUTH["a"] + TRUTH["b"])
    assert fitted.leaving_after_an_order == pytest.approx(share, abs=0.04)


def test_recovery_is_no_accident() -> None:
    """With recency shuffled among the repeat buyers, the share of leaving is lost."""
    truth = BetaGeoNBD().with_parameters(**TRUTH)
    past = simulated(truth, 4_000, seed=11)
    rng = np.random.default_rng(1)
    recency = past["recency"].to_numpy().copy()
    again = past["frequency"].to_numpy() > 0
    recency[again] = rng.permutation(recency[again])
    wrong = BetaGeoNBD().fit(past["frequency"], recency, past["T"])
    right = BetaGeoNBD().fit(*triple(past))
    share = TRUTH["a"] / (TRUTH["a"] + TRUTH["b"])
    assert abs(right.leaving_after_an_order - share) < 0.04
    assert abs(wrong.leaving_after_an_order - share) > 0.04


def test_a_book_where_hardly_anybody_leaves_is_explained() -> None:
    truth = BetaGeoNBD().with_parameters(r=1.5, alpha=6, a=0.01, b=20)
    past = simulated(truth, 600, seed=3)
    notes = BetaGeoNBD().fit(*triple(past)).convergence_.notes
    assert any("hardly anybody seems to leave" in note for note in notes)
    assert any("only their share a/(a+b)" in note for note in notes)


def test_a_small_book_is_fitted_and_says_what_it_leaves_open() -> None:
    truth = BetaGeoNBD().with_parameters(**TRUTH)
    past = simulated(truth, 30, seed=4)
    fitted = BetaGeoNBD().fit(*triple(past))
    assert np.isfinite(fitted.parameters_).all()
    assert any("only their share a/(a+b)" in n for n in fitted.convergence_.notes)


def test_an_account_changes_no_other_accounts_answer() -> None:
    model = BetaGeoNBD().with_parameters(**TRUTH)
    past = simulated(model, 50, seed=9)
    alone = model.expected_orders(26, *triple(past.head(10)))
    together = model.expected_orders(26, *triple(past))
    pd.testing.assert_series_equal(alone, together.head(10))


def test_who_asks_before_fitting_is_told() -> None:
    with pytest.raises(NotFittedError, match="BetaGeoNBD has not been fitted"):
        BetaGeoNBD().probability_alive(2, 30.43, 38.86)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"r": 1, "alpha": 2, "a": 1}, "give r, alpha, a, b"),
        ({"r": 1, "alpha": -2, "a": 1, "b": 1}, r"\{'alpha': -2\}: give positive"),
    ],
)
def test_parameters_must_be_complete_and_positive(parameters: dict, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        BetaGeoNBD().with_parameters(**parameters)


def test_wrong_questions_are_refused_with_their_value() -> None:
    model = BetaGeoNBD().with_parameters(**TRUTH)
    with pytest.raises(UsageError, match="n = -1: give whole numbers"):
        model.order_probability(-1, 10)
    with pytest.raises(UsageError, match=r"discount_rate = 0: .* above 0"):
        model.expected_residual_orders(0, 2, 30.0, 39.0)
    with pytest.raises(UsageError, match="horizon = '12M' is in months"):
        model.expected_orders("12M", 2, 30.0, 39.0)
    with pytest.raises(UsageError, match=r"T = \[-1\]: give one time, 0 or more"):
        model.simulate([-1])
    with pytest.raises(UsageError, match=r"starts has shape \(1, 3\)"):
        BetaGeoNBD(starts=[[1, 2, 3]]).fit(*triple(simulated(model, 50, 1)))


def test_starts_may_be_given() -> None:
    model = BetaGeoNBD().with_parameters(**TRUTH)
    past = simulated(model, 500, 1)
    own = BetaGeoNBD().fit(*triple(past))
    given_ones = BetaGeoNBD(starts=[[1, 3, 1, 2], [5, 1, 0.1, 9], [0.1, 30, 5, 5]])
    given_ones.fit(*triple(past))
    assert given_ones.convergence_.starts == 3
    pd.testing.assert_series_equal(own.parameters_, given_ones.parameters_, rtol=1e-4)


def test_random_state_of_the_model_serves_when_none_is_given() -> None:
    model = BetaGeoNBD(random_state=8).with_parameters(**TRUTH)
    first, again = (model.simulate(np.full(20, 30.0)) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    pd.testing.assert_frame_equal(first, model.simulate(np.full(20, 30.0), 8))

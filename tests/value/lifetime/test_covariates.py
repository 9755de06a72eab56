"""Traits that shift how accounts order and leave."""

import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import NotFittedError

from kamlab.errors import UsageError
from kamlab.value.lifetime.beta_geometric import BetaGeoNBD
from kamlab.value.lifetime.beta_geometric_beta_binomial import BetaGeoBetaBinomial
from kamlab.value.lifetime.covariates import CovariateModel
from kamlab.value.lifetime.modified_beta_geometric import ModifiedBetaGeoNBD
from kamlab.value.lifetime.pareto_nbd import ParetoNBD

PARETO = ParetoNBD().with_parameters(r=0.9, alpha=6, s=0.8, beta=20)
BG = BetaGeoNBD().with_parameters(r=0.9, alpha=6, a=0.9, b=3)
MBG = ModifiedBetaGeoNBD().with_parameters(r=0.9, alpha=6, a=0.9, b=3)


def counts_of(book: pd.DataFrame) -> tuple[pd.Series, pd.Series, pd.Series]:
    return book["frequency"], book["recency"], book["T"]


def slow_twins(model, n: int = 150) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A book, and once more the same with a calendar that is twice as long."""
    book = model.simulate(np.full(n, 60.0), random_state=3)[
        ["frequency", "recency", "T"]
    ]
    both = pd.concat([book, book * [1, 2, 2]], ignore_index=True)
    return both, pd.DataFrame({"slow": np.repeat([0, 1], n)})


@pytest.mark.parametrize("model", [BG, MBG])
def test_accounts_at_half_the_pace_order_half_as_often(model):
    book, slow = slow_twins(model)
    found = CovariateModel(type(model)()).fit(*counts_of(book), ordering=slow)
    assert found.effects_.loc[("ordering", "slow"), "effect"] == pytest.approx(
        -np.log(2), abs=1e-3
    )
    alone = type(model)().fit(*counts_of(book[:150]))
    assert found.base_.parameters_.to_dict() == pytest.approx(
        alone.parameters_.to_dict(), rel=5e-3
    )


def test_accounts_at_half_the_pace_also_leave_half_as_fast():
    book, slow = slow_twins(PARETO)
    found = CovariateModel(ParetoNBD()).fit(
        *counts_of(book), ordering=slow, leaving=slow
    )
    assert found.effects_["effect"].tolist() == pytest.approx(
        [-np.log(2)] * 2, abs=1e-3
    )
    assert found.effects_.index.tolist() == [("ordering", "slow"), ("leaving", "slow")]


def two_kinds(seed: int, n: int = 1200):
    """Accounts of which those from fairs leave three times as fast."""
    stays = ParetoNBD().with_parameters(r=0.9, alpha=6, s=0.8, beta=30)
    leaves = ParetoNBD().with_parameters(r=0.9, alpha=6, s=0.8, beta=10)
    rng = np.random.default_rng(seed)
    books = [each.simulate(np.full(n, 60.0), rng) for each in (stays, leaves)]
    traits = pd.DataFrame(
        {"fair": np.repeat([0, 1], n), "noise": rng.normal(size=2 * n)}
    )
    return pd.concat(books, ignore_index=True), traits.round(0)


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_a_planted_effect_is_found_and_noise_is_none(seed):
    book, traits = two_kinds(seed)
    found = CovariateModel(ParetoNBD()).fit(*counts_of(book), leaving=traits)
    effects = found.effects_.loc["leaving"]
    misses = (effects["effect"] - [np.log(3), 0]).abs()
    assert (misses < 3.3 * effects["standard_error"]).all()
    assert found.likelihood_ratio_.p_value < 1e-4
    assert found.likelihood_ratio_.degrees == 2


def test_scrambled_traits_have_no_effect():
    book, traits = two_kinds(31)
    scrambled = traits.sample(frac=1, random_state=1).set_axis(traits.index)
    found = CovariateModel(ParetoNBD()).fit(*counts_of(book), leaving=scrambled)
    assert found.likelihood_ratio_.p_value > 0.01


def test_the_unit_of_a_trait_only_scales_its_effect():
    book, traits = two_kinds(32, n=200)
    size = traits[["fair"]] + 4
    one, other = (
        CovariateModel(ParetoNBD()).fit(*counts_of(book), ordering=scale * size)
        for scale in (1, 1000)
    )
    assert one.effects_["effect"].iloc[0] == pytest.approx(
        1000 * other.effects_["effect"].iloc[0], rel=1e-4
    )
    assert one.log_likelihood_ == pytest.approx(other.log_likelihood_, abs=1e-6)


def test_predictions_are_those_of_the_accounts_own_parameters():
    book, traits = two_kinds(33, n=200)
    found = CovariateModel(ParetoNBD()).fit(*counts_of(book), leaving=traits[["fair"]])
    delta = found.effects_["effect"].iloc[0]
    own = found.base_.parameters_ * [1, 1, 1, np.exp(-delta)]
    fair = ParetoNBD().with_parameters(**own)
    some = book.iloc[[3, 399]]
    for verb, arguments in [
        ("probability_alive", ()),
        ("expected_orders", ("52W",)),
        ("expected_residual_orders", (0.0027,)),
    ]:
        answers = getattr(found, verb)(*arguments, *counts_of(some), leaving=traits)
        plain = getattr(found.base_, verb)(*arguments, *counts_of(some))
        moved = getattr(fair, verb)(*arguments, *counts_of(some))
        assert answers.tolist() == pytest.approx([plain.iloc[0], moved.iloc[1]])
        assert answers.index.tolist() == [3, 399]


def test_occasions_taken_may_hang_on_traits_too():
    made = BetaGeoBetaBinomial().with_parameters
    books = [
        made(alpha=alpha, beta=1, gamma=0.7, delta=4).simulate(np.full(600, 8), 1)
        for alpha in (0.6, 1.8)
    ]
    book = pd.concat(books, ignore_index=True)
    fond = pd.DataFrame({"fond": np.repeat([0, 1], 600)})
    found = CovariateModel(BetaGeoBetaBinomial()).fit(*counts_of(book), ordering=fond)
    effect = found.effects_.iloc[0]
    assert abs(effect["effect"] - np.log(3)) < 3.3 * effect["standard_error"]


def test_without_traits_there_is_nothing_to_learn():
    book, _ = two_kinds(33, n=50)
    with pytest.raises(UsageError, match="ordering = None and leaving = None"):
        CovariateModel(ParetoNBD()).fit(*counts_of(book))


def test_a_forgotten_trait_is_named():
    book, traits = two_kinds(33, n=50)
    found = CovariateModel(ParetoNBD()).fit(*counts_of(book), ordering=traits)
    with pytest.raises(UsageError, match="ordering lacks the trait 'noise'"):
        found.probability_alive(*counts_of(book), ordering=traits[["fair"]])


def test_nobody_asks_a_model_that_has_learnt_nothing():
    with pytest.raises(NotFittedError, match="call fit"):
        CovariateModel(ParetoNBD()).probability_alive([1], [2], [3])

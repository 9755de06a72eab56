"""The joint likelihood of parameters and of what traits do to them."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.lifetime.beta_geometric import BetaGeoNBD
from kamlab.value.lifetime.beta_geometric_beta_binomial import BetaGeoBetaBinomial
from kamlab.value.lifetime.counts import checked_counts
from kamlab.value.lifetime.covariate_search import joint_objective, searched, shifts
from kamlab.value.lifetime.pareto_nbd import ParetoNBD
from kamlab.value.lifetime.traits import combined

PARETO = ParetoNBD().with_parameters(r=0.9, alpha=6, s=0.8, beta=20)
BG = BetaGeoNBD().with_parameters(r=0.9, alpha=6, a=0.9, b=3)
OCCASIONS = BetaGeoBetaBinomial().with_parameters(alpha=1, beta=1, gamma=1, delta=4)
BOTH = pd.MultiIndex.from_tuples([("ordering", "x"), ("leaving", "y")])


def book_of(model) -> pd.DataFrame:
    return model.simulate(np.full(60, 60.0), random_state=5)


def checked(book: pd.DataFrame):
    return checked_counts(book["frequency"], book["recency"], book["T"])


@pytest.mark.parametrize(
    ("model", "shifted"),
    [
        (PARETO, [("alpha", -1), ("beta", -1)]),
        (BG, [("alpha", -1), ("a", 1)]),
        (OCCASIONS, [("alpha", 1), ("gamma", 1)]),
    ],
)
def test_a_positive_effect_means_more_orders_and_earlier_leaving(model, shifted):
    found = pd.DataFrame(shifts(model, BOTH), index=model.parameters_.index)
    for column, (parameter, sign) in enumerate(shifted):
        assert found[column].to_dict() == {
            **dict.fromkeys(found.index, 0),
            parameter: sign,
        }
    assert shifts(model, BOTH[:1]).shape == (4, 1)


def test_a_model_of_other_parameters_is_refused():
    other = ParetoNBD().with_parameters(r=1, alpha=1, s=1, beta=1)
    other.parameters_ = pd.Series({"mean": 1.0})
    with pytest.raises(
        UsageError, match="model = ParetoNBD: traits act on models with"
    ):
        shifts(other, BOTH)


@pytest.mark.parametrize("model", [PARETO, BG])
def test_slopes_equal_numeric_differences(model):
    traits = pd.DataFrame({"x": np.arange(60) % 3.0, "y": np.arange(60) % 2.0})
    objective = joint_objective(
        model, checked(book_of(model)), combined(traits), shifts(model, BOTH)
    )
    theta = np.concatenate([np.log(model.parameters_), [0.3, -0.2]])
    steps = np.eye(6) * 1e-5
    numeric = [
        (objective(theta + h)[0] - objective(theta - h)[0]) / 2e-5 for h in steps
    ]
    assert objective(theta)[1] == pytest.approx(numeric, abs=1e-7)


def test_without_effects_it_is_the_models_own_likelihood():
    book = book_of(PARETO)
    counts = checked(book)
    traits = combined(
        pd.DataFrame({"x": np.arange(60) % 5.0, "y": np.arange(60) % 3.0})
    )
    objective = joint_objective(PARETO, counts, traits, shifts(PARETO, BOTH))
    fitted = ParetoNBD().fit(book["frequency"], book["recency"], book["T"])
    theta = np.concatenate([np.log(fitted.parameters_), [0, 0]])
    value, slopes = objective(theta)
    assert value == pytest.approx(-fitted.log_likelihood_ / 60, rel=1e-12)
    assert slopes[:4] == pytest.approx(np.zeros(4), abs=1e-5)


def test_effects_never_make_the_accounts_less_likely():
    book = book_of(BG)
    fitted = BetaGeoNBD().fit(book["frequency"], book["recency"], book["T"])
    drawn = np.random.default_rng(1).normal(size=(60, 2)).round()
    found = searched(
        fitted, checked(book), combined(pd.DataFrame(drawn)), shifts(fitted, BOTH)
    )
    assert -60 * found.optimum.value >= fitted.log_likelihood_ - 1e-9
    assert found.n_parameters == 4
    assert found.covariance.shape == (6, 6)

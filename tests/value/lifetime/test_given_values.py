"""Given parameters are taken by name, and what is wrong with them is shown."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.contracts import BetaDiscreteWeibull, ShiftedBetaGeometric
from kamlab.value.lifetime import (
    BetaGeoBetaBinomial,
    BetaGeoNBD,
    GammaGamma,
    ModifiedBetaGeoNBD,
    ParetoNBD,
    RegularReorderingNBD,
)
from kamlab.value.lifetime.given_values import given_parameters, given_starts

NAMES = ("alpha", "beta")


def test_parameters_come_in_the_order_of_the_model():
    found = given_parameters({"beta": 2, "alpha": 1}, NAMES)
    assert found.index.tolist() == list(NAMES)
    assert found.to_list() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"alpha": 1}, r"parameters \['alpha'\]: give alpha, beta"),
        ({"alpha": 1, "beta": 2, "c": 3}, "give alpha, beta"),
        ({"alpha": 1, "beta": 0}, "{'beta': 0}: give positive numbers"),
        ({"alpha": 1, "beta": np.inf}, "{'beta': inf}"),
        ({"alpha": 1, "beta": np.nan}, "{'beta': nan}"),
    ],
)
def test_wrong_parameters_are_shown(parameters: dict, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        given_parameters(parameters, NAMES)


@pytest.mark.parametrize("starts", [[1], [[1, 2, 3]], [[1, -2]], [[1, np.nan]]])
def test_wrong_starts_are_shown(starts: list) -> None:
    with pytest.raises(UsageError, match="give rows of positive alpha, beta"):
        given_starts(starts, NAMES)


def test_several_starts_are_rows():
    assert given_starts([[1, 2], [3, 4]], NAMES).shape == (2, 2)


BOOK = BetaGeoNBD().with_parameters(r=2, alpha=8, a=0.5, b=4)
BOOK = BOOK.simulate(np.full(80, 60.0), random_state=1)
COUNTS = BOOK["frequency"], BOOK["recency"], BOOK["T"]
SURVIVORS = pd.Series([1000, 631, 468, 382, 326])


def learnt() -> list:
    """Return one model of each kind, fitted."""
    drawn = BetaGeoBetaBinomial().with_parameters(alpha=1, beta=1, gamma=1, delta=3)
    occasions = drawn.simulate(np.full(200, 6.0), random_state=1)
    three = occasions["frequency"], occasions["recency"], occasions.iloc[:, -1]
    spending = GammaGamma().with_parameters(p=6, q=4, gamma=15)
    spent = spending.simulate([2, 5, 9] * 60, random_state=1)
    return [
        BetaGeoNBD().fit(*COUNTS),
        ModifiedBetaGeoNBD().fit(*COUNTS),
        ParetoNBD().fit(*COUNTS),
        RegularReorderingNBD(k=1).fit(*COUNTS),
        BetaGeoBetaBinomial().fit(*three),
        GammaGamma().fit(spent["frequency"], spent["mean_value"]),
        ShiftedBetaGeometric().fit_cohorts(SURVIVORS),
        BetaDiscreteWeibull().fit_cohorts(SURVIVORS),
    ]


@pytest.mark.parametrize("model", learnt(), ids=lambda model: type(model).__name__)
def test_given_parameters_take_what_was_learnt_before(model) -> None:
    """Standard errors of one fit beside the parameters of another would be a lie."""
    before = {name for name in vars(model) if name.endswith("_")}
    assert {"standard_errors_", "log_likelihood_", "convergence_"} <= before
    model.with_parameters(**dict.fromkeys(model._names, 2.0))
    after = {name for name in vars(model) if name.endswith("_")}
    assert after - {"k_"} == {"parameters_"}
    assert set(model.parameters_) == {2.0}


def test_refused_parameters_leave_a_fit_as_it_was() -> None:
    model = BetaGeoNBD().fit(*COUNTS)
    before = model.parameters_.to_dict()
    with pytest.raises(UsageError, match="give r, alpha, a, b"):
        model.with_parameters(r=1)
    assert model.parameters_.to_dict() == before
    assert model.log_likelihood_ < 0


def test_a_fit_after_given_parameters_has_its_own_report() -> None:
    model = BetaGeoNBD().with_parameters(r=1, alpha=1, a=1, b=1).fit(*COUNTS)
    assert model.convergence_.converged

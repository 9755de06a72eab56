"""What a renewal model says of a cohort follows from one curve."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.exceptions import NotFittedError

from kamlab.errors import UsageError
from kamlab.value.contracts import ShiftedBetaGeometric

parameters = st.floats(0.05, 40.0)


@given(parameters, parameters)
def test_everybody_leaves_once_or_is_left(alpha: float, beta: float) -> None:
    model = ShiftedBetaGeometric().with_parameters(alpha=alpha, beta=beta)
    leaves = model.leaving_probability(np.arange(1, 41))
    assert (leaves >= 0).all()
    assert leaves.sum() + model.survival(40) == pytest.approx(1)
    assert np.cumprod(model.retention(np.arange(1, 41))) == pytest.approx(
        model.survival(np.arange(1, 41))
    )


def test_simulated_tenures_follow_the_survival_curve():
    truth = ShiftedBetaGeometric().with_parameters(alpha=1.5, beta=6.0)
    book = truth.simulate(pd.Series(5, range(20000)), random_state=4)
    assert (book["tenure"] <= 5).all()
    for period in range(1, 6):
        left = (book["tenure"] >= period) & ~(
            book["ended"] & (book["tenure"] == period)
        )
        assert left.mean() == pytest.approx(truth.survival(period), abs=0.012)


def test_a_model_that_was_not_fitted_says_so():
    with pytest.raises(NotFittedError, match="ShiftedBetaGeometric has not been"):
        ShiftedBetaGeometric().survival(3)


@pytest.mark.parametrize(
    ("given_parameters", "said"),
    [
        ({"alpha": 1}, r"parameters \['alpha'\]: give alpha, beta"),
        ({"alpha": 1, "beta": 0}, r"parameters {'beta': 0}: give positive"),
    ],
)
def test_parameters_that_cannot_be_are_shown(given_parameters, said) -> None:
    with pytest.raises(UsageError, match=said):
        ShiftedBetaGeometric().with_parameters(**given_parameters)


@pytest.mark.parametrize("question", ["survival", "retention", "leaving_probability"])
def test_half_a_decision_is_refused(question: str) -> None:
    model = ShiftedBetaGeometric().with_parameters(alpha=1, beta=1)
    with pytest.raises(UsageError, match=r"period = 1\.5"):
        getattr(model, question)(1.5)

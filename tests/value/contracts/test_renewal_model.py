"""Renewal models learn from accounts or cohorts alike, and say how sure they are."""

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from kamlab.errors import UsageError
from kamlab.value.contracts import ShiftedBetaGeometric
from kamlab.value.contracts.tenure_counts import cohort_tenures
from kamlab.value.lifetime.counts import CannotTellError
from tests.conftest import slow

REGULAR = pd.Series([1000, 631, 468, 382, 326, 289, 262, 241])


def fitted(survivors: pd.Series) -> ShiftedBetaGeometric:
    return ShiftedBetaGeometric().fit_cohorts(survivors)


def test_accounts_one_by_one_and_as_a_cohort_teach_the_same():
    rows = cohort_tenures(REGULAR)
    each = rows.loc[rows.index.repeat(rows["weight"].astype(int))]
    model = ShiftedBetaGeometric().fit(each["tenure"], each["ended"])
    assert model.parameters_.to_list() == pytest.approx(
        fitted(REGULAR).parameters_.to_list(), rel=1e-6
    )


def test_young_cohorts_are_censored_and_do_not_bend_the_estimate():
    left = REGULAR.to_numpy()
    table = [np.where(np.arange(8) < known, left, np.nan) for known in (8, 6, 4, 2)]
    model = ShiftedBetaGeometric().fit_cohorts(pd.DataFrame(table))
    errors = model.parameters_ - fitted(REGULAR).parameters_
    assert (errors.abs() < 0.1).all()


def test_accounts_that_are_all_alike_are_explained_not_hidden():
    alike = pd.Series(np.round(1_000_000 * 0.8 ** np.arange(8)))
    model = ShiftedBetaGeometric().fit_cohorts(alike)
    assert "mean churn, is known" in str(model.convergence_)
    assert model.survival(3) == pytest.approx(0.512, abs=1e-3)
    share = model.parameters_["alpha"] / model.parameters_.sum()
    assert share == pytest.approx(0.2, abs=1e-3)


def test_too_little_says_cannot_tell():
    with pytest.raises(CannotTellError, match="nobody has come to more than 1"):
        ShiftedBetaGeometric().fit([1] * 20, [True] * 5 + [False] * 15)


def test_starts_that_cannot_be_are_shown():
    with pytest.raises(UsageError, match="give rows of positive alpha, beta"):
        ShiftedBetaGeometric(starts=[[1, 2, 3]]).fit_cohorts(REGULAR)


def test_it_is_an_estimator_like_others():
    model = ShiftedBetaGeometric(starts=[[1, 2]])
    assert clone(model).get_params() == {"starts": [[1, 2]]}


def coverage(repetitions: int, accounts: int) -> float:
    """Return how often 95 % intervals hold the true survival after ten decisions."""
    truth = ShiftedBetaGeometric().with_parameters(alpha=1.2, beta=5.0)
    rng = np.random.default_rng(8)
    held = 0
    for _ in range(repetitions):
        book = truth.simulate(rng.integers(1, 8, accounts), rng)
        model = ShiftedBetaGeometric().fit(book["tenure"], book["ended"])
        ends = model.survival_interval(10).iloc[0]
        held += ends["low"] <= truth.survival(10) <= ends["high"]
    return held / repetitions


@pytest.mark.parametrize(
    ("repetitions", "accounts", "least"),
    [
        (50, 300, 0.88),
        slow(500, 40, 0.89),
        slow(500, 100, 0.89),
        slow(500, 300, 0.92),
        slow(500, 1000, 0.93),
    ],
)
def test_intervals_of_projected_survival_cover_it(repetitions, accounts, least):
    assert least <= coverage(repetitions, accounts) <= 0.995


def test_more_accounts_and_nearer_years_make_narrower_intervals():
    small = ShiftedBetaGeometric().fit_cohorts(REGULAR / 10)
    large = fitted(REGULAR).survival_interval([8, 12])
    width = large["high"] - large["low"]
    few = small.survival_interval([8, 12])
    assert (few["high"] - few["low"] > 2 * width).all()
    assert large["survival"].to_list() == pytest.approx([0.2195, 0.170], abs=1e-3)
    assert ((large["low"] > 0) & (large["high"] < 1)).all()


def test_a_cohort_whose_retention_falls_has_the_interval_of_one_rate():
    model = ShiftedBetaGeometric().fit_cohorts(pd.Series([200, 170, 136, 100, 72, 48]))
    assert "lies at the edge" in str(model.convergence_)
    ends = model.survival_interval(1).loc[1]
    # 526 of 678 decisions renewed, one like the other: ± 1.96 √(.776 × .224 / 678).
    assert ends["survival"] == pytest.approx(526 / 678, abs=1e-3)
    assert ends["high"] - ends["low"] == pytest.approx(0.0628, abs=1e-3)


def test_given_parameters_have_no_interval():
    model = ShiftedBetaGeometric().with_parameters(alpha=1, beta=1)
    with pytest.raises(NotFittedError, match="given have no interval"):
        model.survival_interval(3)


def loosely_known() -> ShiftedBetaGeometric:
    """Return what forty chains teach: a mean churn, and little of how they differ."""
    rng = np.random.default_rng(32)
    churn = rng.beta(1, 5, 40)
    come, leave = np.transpose([(rng.integers(1, 6), rng.geometric(c)) for c in churn])
    return ShiftedBetaGeometric().fit(np.minimum(come, leave), leave <= come)


def test_draws_of_retention_lie_around_what_was_learnt_where_accounts_look_alike():
    model = loosely_known()
    assert (model.standard_errors_ > 2 * model.parameters_).all()
    periods = [1, 2, 3, 4]
    drawn = model.drawn_retention(periods, 4000, random_state=1)
    assert drawn.mean(axis=0) == pytest.approx(model.retention(periods), abs=0.04)


def test_draws_and_interval_of_the_first_renewal_agree():
    for model in (loosely_known(), fitted(REGULAR)):
        ends = model.survival_interval(1).loc[1, ["low", "high"]].to_list()
        drawn = model.drawn_retention(1, 20_000, random_state=2)
        assert np.quantile(drawn, [0.025, 0.975]) == pytest.approx(ends, abs=0.005)


def test_draws_of_one_future_go_up_or_down_together():
    drawn = fitted(REGULAR).drawn_retention([2, 3], 500, random_state=3)
    assert np.corrcoef(drawn.T)[0, 1] > 0.9


def test_a_retention_that_rounds_to_one_can_be_drawn():
    model = ShiftedBetaGeometric().with_parameters(alpha=1e-18, beta=1.0)
    assert model.drawn_retention([1, 50], 3) == pytest.approx(1.0)

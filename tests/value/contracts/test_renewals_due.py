"""Contracts that are due: the sum has an interval that holds what happens."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.contracts import ShiftedBetaGeometric, due_renewals
from tests.conftest import slow

TRUTH = ShiftedBetaGeometric().with_parameters(alpha=1.2, beta=5.0)
PERIODS = pd.Series([1, 1, 2, 5], ["V1", "V2", "V3", "V4"])


def test_each_contract_has_the_retention_of_its_period():
    due = due_renewals(TRUTH, PERIODS, random_state=1)
    assert due.probability.index.tolist() == PERIODS.index.tolist()
    assert due.probability.to_list() == pytest.approx(TRUTH.retention([1, 1, 2, 5]))


def test_the_total_is_the_sum_of_chances_times_money():
    money = pd.Series([100.0, 50.0, 10.0, 1000.0], PERIODS.index)
    due = due_renewals(TRUTH, PERIODS, money, random_state=1)
    assert due.total.value == pytest.approx((due.probability * money).sum())
    assert (due.total.unit, due.total.n) == ("money", 4)
    assert 0 <= due.total.low <= due.total.value <= due.total.high <= 1160


def test_contracts_are_counted_where_no_money_is_given():
    due = due_renewals(TRUTH, PERIODS, random_state=1)
    assert due.total.unit == "count"
    assert due.total.value == pytest.approx(due.probability.sum())


def test_parameters_that_are_known_badly_widen_the_interval():
    book = TRUTH.simulate(np.tile([2, 5], 40), random_state=2)
    learnt = ShiftedBetaGeometric().fit(book["tenure"], book["ended"])
    known = ShiftedBetaGeometric().with_parameters(**learnt.parameters_)
    many = pd.Series(np.tile([1, 3, 6], 200))
    wide, narrow = (
        due_renewals(model, many, random_state=3).total for model in (learnt, known)
    )
    assert wide.high - wide.low > 1.3 * (narrow.high - narrow.low)


def test_the_same_seed_gives_the_same_interval():
    one, other = (due_renewals(TRUTH, PERIODS, random_state=7).total for _ in "12")
    assert one == other


def test_given_parameters_forget_what_was_learnt():
    book = TRUTH.simulate(np.full(200, 5), random_state=1)
    model = ShiftedBetaGeometric().fit(book["tenure"], book["ended"])
    assert len(set(model.drawn_retention(1, 5, 1).ravel())) == 5
    model.with_parameters(alpha=1, beta=1)
    assert model.drawn_retention(1, 2).ravel() == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(
    ("repetitions", "accounts", "least"),
    [(50, 100, 0.86), slow(500, 100, 0.92), slow(500, 300, 0.92)],
)
def test_intervals_hold_next_year_s_renewals(repetitions, accounts, least) -> None:
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(repetitions):
        book = TRUTH.simulate(rng.integers(1, 7, accounts), rng)
        model = ShiftedBetaGeometric().fit(book["tenure"], book["ended"])
        period = book.loc[~book["ended"], "tenure"] + 1
        total = due_renewals(model, period, draws=400, random_state=rng).total
        happened = (rng.random(len(period)) < TRUTH.retention(period)).sum()
        held += total.low <= happened <= total.high
    assert least <= held / repetitions <= 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"period": [1, 2]}, "give a Series, one number for each contract"),
        ({"period": pd.Series([], dtype=int)}, "give a Series"),
        ({"period": pd.Series([0], ["V1"])}, "period = 0"),
        ({"amounts": pd.Series([1.0], ["V9"])}, "name different contracts"),
        (
            {"amounts": pd.Series([1.0, 2.0, None, 4.0], PERIODS.index)},
            "amounts of 'V3' = nan: give money",
        ),
        ({"level": 95}, "level = 95"),
        ({"draws": 10}, "draws = 10"),
    ],
)
def test_what_cannot_be_is_refused(arguments: dict, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        due_renewals(TRUTH, **({"period": PERIODS} | arguments))

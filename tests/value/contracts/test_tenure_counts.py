"""Tenures and cohorts: what is counted, what is censored, and what cannot be."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import DataError, UsageError
from kamlab.value.contracts import renewal_rates
from kamlab.value.contracts.tenure_counts import (
    cohort_tenures,
    mean_churn,
    refuse_too_little,
    tenure_counts,
)
from kamlab.value.lifetime.counts import CannotTellError

cohorts = st.lists(st.integers(0, 500), min_size=1, max_size=8).map(
    lambda left: sorted([*left, 600], reverse=True)
)


def test_equal_accounts_are_counted_once():
    counts = tenure_counts([2, 1, 2, 2], [False, True, True, False])
    rows = set(zip(counts.tenure, counts.ended, counts.weight, strict=True))
    assert rows == {(1.0, True, 1.0), (2.0, False, 2.0), (2.0, True, 1.0)}


def test_accounts_before_their_first_decision_tell_nothing():
    assert tenure_counts([0, 0, 3], [False, False, True]).weight.tolist() == [1.0]


@given(cohorts)
def test_no_account_of_a_cohort_is_lost(left: list[int]) -> None:
    rows = cohort_tenures(pd.Series(left))
    assert rows["weight"].sum() == left[0]
    rates = renewal_rates(rows["tenure"], rows["ended"], rows["weight"])
    alive = [number / left[0] for number in left[1:]]
    # After the last has left there is no rate any more.
    assert rates["survival"].to_list() == pytest.approx(alive[: len(rates)])


def test_several_cohorts_are_read_up_to_their_own_end():
    table = pd.DataFrame(
        [[100, 80, 70], [50, 45, np.nan], [30, np.nan, np.nan]],
        ["2022", "2023", "2024"],
    )
    rows = cohort_tenures(table)
    assert rows["weight"].sum() == 180
    rates = renewal_rates(*(rows[each] for each in ("tenure", "ended", "weight")))
    assert rates["at_risk"].tolist() == [150, 80]
    assert rates["renewed"].tolist() == [125, 70]


def test_rates_carry_wilson_intervals():
    rates = renewal_rates([1] * 10, [True] * 2 + [False] * 8)
    ends = rates.loc[1, ["low", "high"]].to_list()
    assert ends == pytest.approx([0.490, 0.943], abs=5e-4)


def test_fractions_of_accounts_have_rates_but_no_intervals():
    rates = renewal_rates([1, 1], [True, False], weights=[0.5, 1.5])
    assert rates.loc[1, "rate"] == 0.75
    assert rates[["low", "high"]].isna().all(axis=None)


def test_churn_is_taken_over_all_decisions():
    assert mean_churn(tenure_counts([3, 1], [False, True])) == 0.25


@pytest.mark.parametrize(
    ("tenure", "ended", "said"),
    [
        ([-1], [False], "account 'Nordal': tenure = -1"),
        ([1.5], [False], "account 'Nordal': tenure = 1.5"),
        ([None], [False], "account 'Nordal': tenure = nan"),
        (["two"], [False], "account 'Nordal': tenure = nan"),
        ([0], [True], "account 'Nordal': ended with tenure 0"),
    ],
)
def test_a_tenure_that_cannot_be_names_its_account(tenure, ended, said) -> None:
    with pytest.raises(DataError, match=said):
        tenure_counts(pd.Series(tenure, ["Nordal"]), ended)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([1, 2], [True]), "tenure 2, ended 1, weights 2"),
        (([1], ["yes"]), "ended holds 'yes': give True or False"),
        (([1], [None]), "ended holds None"),
        (([1], [True], [0.0]), "weights hold 0: give positive numbers"),
    ],
)
def test_columns_that_do_not_fit_are_refused(arguments, said) -> None:
    with pytest.raises(UsageError, match=said):
        tenure_counts(*arguments)


def test_0_and_1_are_taken_for_no_and_yes():
    assert tenure_counts([1, 2], [1, 0]).ended.tolist() == [True, False]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([100, 110], "cohort 'cohort': 110 accounts in period 1 after 100"),
        ([100, np.nan, 70], "a period is missing before a later one"),
        ([0, 0], "begins with"),
        ([np.nan], "begins with"),
    ],
)
def test_a_cohort_that_cannot_be_is_named(row: list, said: str) -> None:
    with pytest.raises(DataError, match=said):
        cohort_tenures(pd.Series(row, dtype=float))


def test_no_cohort_at_all_is_refused():
    with pytest.raises(DataError, match="0 cohorts"):
        cohort_tenures(pd.DataFrame())


@pytest.mark.parametrize(
    ("tenure", "ended", "said"),
    [
        ([1] * 9, [True] * 9, "9 accounts have come to a renewal decision"),
        ([2] * 20, [False] * 18 + [True] * 2, "2 of 20 accounts have left"),
        ([0] * 20, [False] * 20, "0 accounts have come"),
        ([1] * 20, [True] * 20, "nobody has come to more than 1 renewal decision;"),
        ([2] * 20, [True] * 20, "nobody has come to more than 2 renewal decisions;"),
    ],
)
def test_too_little_says_cannot_tell(tenure, ended, said) -> None:
    with pytest.raises(CannotTellError, match=f"cannot tell from these data: {said}"):
        refuse_too_little(tenure_counts(tenure, ended), 3)

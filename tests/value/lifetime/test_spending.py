"""Counts of orders and their mean value, checked once."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.value.lifetime.spending import (
    checked_spending,
    spending_columns,
    spending_correlation,
)


def test_accounts_without_an_order_are_counted_and_left_out():
    found = checked_spending([0, 2, 0, 5], [np.nan, 10.0, -1.0, 20.0])
    assert found.x.tolist() == [2, 5]
    assert found.mean.tolist() == [10, 20]
    assert found.n_without == 2


def test_the_value_of_no_order_is_0():
    _x, mean, _index = spending_columns([0, 1], [np.nan, 3.0])
    assert mean.tolist() == [0, 3]


def test_names_come_from_whichever_has_them():
    names = spending_columns([1, 2], pd.Series([3.0, 4.0], ["A", "B"]))[2]
    assert names.tolist() == ["A", "B"]


@given(st.integers(0, 10**6))
def test_the_correlation_s_interval_holds_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    spending = checked_spending(rng.integers(1, 9, 30), rng.gamma(2, 5, 30))
    found = spending_correlation(spending)
    assert -1 <= found.low <= found.value <= found.high <= 1


def test_unrelated_columns_are_called_related_one_time_in_twenty():
    rng = np.random.default_rng(1)
    wrong = 0
    for _ in range(400):
        spending = checked_spending(rng.integers(1, 9, 40), rng.normal(50, 5, 40))
        found = spending_correlation(spending)
        wrong += not found.low <= 0 <= found.high
    assert 8 <= wrong <= 34


@pytest.mark.parametrize(
    ("x", "mean"), [([1, 2, 3], [1.0, 2, 4]), ([2] * 9, range(1, 10))]
)
def test_too_few_or_equal_counts_cannot_tell(x, mean) -> None:
    assert spending_correlation(checked_spending(x, mean)).cannot_tell


def test_a_perfect_relation_has_an_interval_up_to_1():
    found = spending_correlation(checked_spending(range(1, 9), range(1, 9)))
    assert found.value == pytest.approx(1)
    assert found.high == found.value

"""Groups that hold exact shares."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.demo.shares import apportion, group_sizes, meet_total
from kamlab.errors import UsageError

weights = st.lists(st.floats(0.01, 100), min_size=1, max_size=30).map(np.array)


@given(st.integers(0, 10**9), weights)
def test_parts_sum_to_the_whole_and_are_off_by_less_than_one(total, given_weights):
    parts = apportion(total, given_weights)
    assert parts.sum() == total
    exact = total * given_weights / given_weights.sum()
    assert np.abs(parts - exact).max() < 1 + 1e-6


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1), st.integers(-(10**7), 10**7))
def test_numbers_of_either_sign_meet_any_total(parts, total):
    shifted = meet_total(np.array(parts), total)
    assert shifted.sum() == total
    moved = shifted - np.array(parts)
    assert moved.max() - moved.min() <= 1


def test_groups_leave_no_rest():
    assert group_sizes(200, (4, 11, 14, 71), "the shop's") == [8, 22, 28, 142]


@pytest.mark.parametrize(("accounts", "step"), [(55, 10), (101, 10)])
def test_a_size_that_the_groups_do_not_divide_is_refused(accounts, step):
    with pytest.raises(UsageError, match=f"accounts = {accounts}.*multiple of {step}"):
        group_sizes(accounts, (10, 30, 60), "the bank's")

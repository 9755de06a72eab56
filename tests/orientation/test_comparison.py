"""Two groups are compared by who is the higher, and few accounts cannot tell."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kamlab.errors import UsageError
from kamlab.orientation.comparison import (
    AT_LEAST,
    compare_groups,
    compare_pairs,
    pairs_of_equal_size,
)

numbers = st.lists(st.integers(-50, 50), min_size=AT_LEAST, max_size=30)


def test_the_lesson_s_example_by_hand():
    # 3 and 5 against 1, 2 and 4: five of six comparisons. Each value eight times.
    key, others = [3, 5] * 8, [1, 2, 4] * 8
    assert compare_groups(key, others).chance.value == pytest.approx(5 / 6)


def test_equal_groups_are_higher_in_half_of_the_comparisons():
    compared = compare_groups([1, 2, 3, 4] * 3, [1, 2, 3, 4] * 5)
    assert compared.chance.value == pytest.approx(0.5)
    assert compared.p_value == pytest.approx(1.0)


@given(numbers, numbers)
def test_who_compares_with_whom_only_turns_the_chance_round(key, others):
    one, other = compare_groups(key, others), compare_groups(others, key)
    assert one.chance.value == pytest.approx(1 - other.chance.value)
    assert one.chance.low == pytest.approx(1 - other.chance.high, abs=1e-6)
    assert one.p_value == pytest.approx(other.p_value)


@given(numbers, numbers)
def test_the_interval_holds_the_chance_and_stays_a_share(key, others):
    chance = compare_groups(key, others).chance
    assert 0 <= chance.low <= chance.value <= chance.high <= 1
    assert chance.low < chance.high


@given(numbers, numbers)
def test_units_do_not_matter(key, others):
    cents = compare_groups([100 * v for v in key], [100 * v for v in others])
    if not set(key) | set(others) <= {0, 1}:
        assert cents.chance.value == compare_groups(key, others).chance.value


def test_the_p_value_is_mann_and_whitney_s():
    rng = np.random.default_rng(3)
    key, others = rng.normal(0.5, 1, 28), rng.normal(0, 1, 200)
    told = stats.mannwhitneyu(key, others, method="asymptotic", use_continuity=False)
    assert compare_groups(key, others).p_value == pytest.approx(told.pvalue)


def test_groups_wholly_apart_still_have_an_interval_with_a_width():
    apart = compare_groups(range(20, 30), range(10)).chance
    assert apart.value == apart.high == 1.0
    assert 0.7 < apart.low < 0.95
    turned = compare_groups(range(10), range(20, 30)).chance
    assert turned.high == pytest.approx(1 - apart.low)


def test_the_interval_covers_the_truth_in_about_95_of_100_books():
    rng = np.random.default_rng(11)
    truth = stats.norm.cdf(0.6 / math.sqrt(2))
    covered = [
        chance.low <= truth <= chance.high
        for chance in (
            compare_groups(rng.normal(0.6, 1, 28), rng.normal(0, 1, 200)).chance
            for _ in range(400)
        )
    ]
    assert 0.92 <= np.mean(covered) <= 0.985


def test_without_any_difference_one_test_in_twenty_is_significant():
    rng = np.random.default_rng(12)
    p = [
        compare_groups(rng.normal(size=28), rng.normal(size=120)).p_value
        for _ in range(400)
    ]
    assert 0.025 <= np.mean(np.array(p) < 0.05) <= 0.08


def test_shares_are_compared_by_newcombe_s_published_example():
    # Newcombe (1998), table II (a): 56/70 and 48/80, difference 0.20.
    key, others = [1] * 56 + [0] * 14, [1] * 48 + [0] * 32
    chance = compare_groups(key, others).chance
    low, high = (2 * (end - 0.5) for end in (chance.low, chance.high))
    assert 2 * (chance.value - 0.5) == pytest.approx(0.20)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_the_middle_of_shares_is_a_mean_and_of_numbers_a_median():
    compared = compare_groups([1] * 9 + [0], [0] * 8 + [1] * 2)
    assert (compared.key, compared.others) == pytest.approx((0.9, 0.2))
    assert compare_groups([1] * 9 + [99], [0] * 10).key == 1.0


def test_missing_values_are_left_out():
    key = pd.Series([5.0, None, 6.0] * 8)
    assert compare_groups(key, [1] * 10).n_key == 16


@pytest.mark.parametrize("few", [0, 1, AT_LEAST - 1])
def test_few_accounts_cannot_tell(few):
    compared = compare_groups(range(few), range(100))
    assert compared.chance.cannot_tell
    assert f"{few} key accounts" in compared.chance.reason
    assert math.isnan(compared.p_value)


def test_texts_are_refused_with_the_value():
    with pytest.raises(UsageError, match=r"key = .*'many'"):
        compare_groups(["many"] * 9, range(9))


def test_a_level_in_per_cent_is_refused():
    with pytest.raises(UsageError, match="level = 95"):
        compare_groups(range(9), range(9), level=95)


def test_pairs_are_counted_by_the_sign_test():
    compared = compare_pairs([1] * 10, [2] * 8 + [0] * 2)
    assert compared.chance.value == pytest.approx(0.2)
    assert compared.p_value == pytest.approx(stats.binomtest(2, 10).pvalue)


def test_equal_and_unknown_pairs_count_for_nobody():
    key, others = [1.0] * 9 + [5.0, math.nan], [2.0] * 9 + [5.0, 1.0]
    assert compare_pairs(key, others).n_key == 9


def test_few_pairs_cannot_tell():
    assert compare_pairs([1] * 7, [2] * 7).chance.cannot_tell


def test_pairs_of_different_number_are_refused():
    with pytest.raises(UsageError, match="key has 3 values and others 2"):
        compare_pairs([1, 2, 3], [1, 2])


def test_each_account_stands_in_one_pair_only():
    size = pd.Series({f"K{i}": 100.0 + i for i in range(5)} | {"A": 101.0, "B": 99.0})
    pairs = pairs_of_equal_size(size, pd.Series(size.index.str[0] == "K", size.index))
    assert len(pairs) == 2
    assert pairs["key"].tolist() == ["K4", "K3"]
    assert set(pairs["other"]) == {"A", "B"}


def test_a_giant_without_a_counterpart_has_no_pair():
    size = pd.Series({"giant": 1000.0, "small": 10.0, "nothing": 0.0})
    is_key = pd.Series({"giant": True, "small": False, "nothing": True})
    assert pairs_of_equal_size(size, is_key).empty


def test_sizes_within_a_ratio_count_as_equal():
    size = pd.Series({"K": 150.0, "A": 100.0})
    is_key = pd.Series({"K": True, "A": False})
    assert len(pairs_of_equal_size(size, is_key, within=1.51)) == 1
    assert pairs_of_equal_size(size, is_key, within=1.49).empty


@pytest.mark.parametrize("within", [1, 0.5, -2])
def test_a_ratio_that_holds_nobody_is_refused(within):
    with pytest.raises(UsageError, match=f"within = {within}"):
        pairs_of_equal_size(pd.Series({"A": 1.0}), pd.Series({"A": True}), within)

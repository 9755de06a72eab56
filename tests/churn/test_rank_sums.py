import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from kamlab.churn.rank_sums import rank_sum_test
from kamlab.errors import UsageError

SAMPLE = st.lists(st.integers(0, 6), min_size=2, max_size=30)


@given(SAMPLE, SAMPLE)
def test_probability_is_scipys_for_one_group(before, now) -> None:
    values = pd.Series([*before, *now], dtype=float)
    later = pd.Series([False] * len(before) + [True] * len(now))
    values.index = later.index = pd.Index(["A"] * len(values))
    found = rank_sum_test(values, later).loc["A"]
    if (values == values.iloc[0]).all():
        assert found["p"] == 1
        return
    expected = mannwhitneyu(now, before, alternative="less", method="asymptotic")
    assert found["p"] == pytest.approx(expected.pvalue)
    assert found["mean_now"] == pytest.approx(np.mean(now))
    assert found["n_before"] == len(before)


def test_groups_do_not_touch_each_other() -> None:
    rng = np.random.default_rng(3)
    index = pd.MultiIndex.from_product([["A", "B"], ["x", "y"], range(12)]).droplevel(2)
    values = pd.Series(rng.normal(size=48), index)
    later = pd.Series(rng.random(48) < 0.4, index)
    together = rank_sum_test(values, later)
    for group in together.index:
        one = rank_sum_test(values.loc[[group]], later.loc[[group]])
        pd.testing.assert_frame_equal(together.loc[[group]], one)


def test_a_group_with_one_window_tells_nothing() -> None:
    values = pd.Series([1.0, 2.0], ["A", "A"])
    assert rank_sum_test(values, pd.Series([True, True], ["A", "A"]))["p"].item() == 1


def test_marks_of_another_length_are_refused() -> None:
    with pytest.raises(UsageError, match="values has 1 rows, is_later 0"):
        rank_sum_test(pd.Series([1.0], ["A"]), pd.Series(dtype=bool))

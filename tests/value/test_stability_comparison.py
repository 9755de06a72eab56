"""Key accounts beside others: size alone must not pass for steadiness."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.stability_comparison import compare_stability

SEEDS = (21, 22, 23)


def book(
    seed: int, effect: float = 1.0, keys: int = 40, n: int = 200
) -> tuple[pd.DataFrame, pd.Series]:
    """Return variation 30/√revenue with noise, times `effect` for key accounts.

    Key accounts are large, but sizes overlap.
    """
    dice = np.random.default_rng(seed)
    key = np.arange(n) < keys
    revenue = np.exp(dice.normal(10.5 + 0.8 * key, 1.0))
    noise = np.exp(dice.normal(0, 0.25, n))
    variation = 30 / np.sqrt(revenue) * noise * np.where(key, effect, 1.0)
    frame = pd.DataFrame({"revenue": revenue, "variation": variation})
    return frame, pd.Series(key)


@pytest.mark.parametrize("seed", SEEDS)
def test_where_size_is_everything_key_accounts_only_look_steadier(seed: int) -> None:
    found = compare_stability(*book(seed))
    assert found.key.value < found.others.value
    assert found.at_equal_size.low < 1 < found.at_equal_size.high
    assert found.by_size.low < 2**-0.5 - 1 < found.by_size.high


@pytest.mark.parametrize("seed", SEEDS)
def test_a_planted_steadiness_is_found_at_equal_size(seed: int) -> None:
    found = compare_stability(*book(seed, effect=0.6))
    assert found.at_equal_size.high < 1
    assert found.at_equal_size.low < 0.6 < found.at_equal_size.high


def test_key_accounts_larger_than_all_others_cannot_be_compared() -> None:
    frame = pd.DataFrame({"revenue": range(1, 61), "variation": 0.4})
    found = compare_stability(frame, pd.Series(np.arange(60) >= 50))
    assert found.at_equal_size.cannot_tell
    assert "0 key and 0 other accounts" in found.at_equal_size.reason
    assert found.key.n == 10


def test_few_key_accounts_have_no_median() -> None:
    found = compare_stability(*book(21, keys=7))
    assert found.key.cannot_tell
    assert not found.others.cannot_tell


def test_accounts_without_variation_are_counted() -> None:
    frame, key = book(21)
    frame.loc[:4, "variation"] = np.nan
    found = compare_stability(frame, key)
    assert found.left_out == 5
    assert found.key.n == 35


def test_a_median_lies_between_order_statistics() -> None:
    frame = pd.DataFrame({"revenue": 1.0, "variation": np.arange(1, 22) / 10})
    found = compare_stability(frame, pd.Series([True] * 21))
    # 21 values: the 6th and the 16th hold the median with 97 %.
    assert found.key.interval == pytest.approx((0.6, 1.6))
    assert found.key.value == pytest.approx(1.1)
    assert found.others.cannot_tell
    assert found.at_equal_size.reason == "only one side has figures"


def test_intervals_of_the_median_cover_it() -> None:
    dice = np.random.default_rng(7)
    covered = 0
    for _ in range(300):
        frame = pd.DataFrame({"revenue": 1.0, "variation": dice.lognormal(0, 1, 15)})
        found = compare_stability(frame, pd.Series([True] * 15)).key
        covered += found.low <= 1.0 <= found.high
    assert 0.93 < covered / 300 < 1.0


def test_accounts_the_list_of_keys_does_not_know_are_others() -> None:
    frame, key = book(21)
    found = compare_stability(frame, key[key])
    assert (found.key.n, found.others.n) == (40, 160)


def test_a_list_without_any_key_account_is_refused() -> None:
    frame, key = book(21)
    with pytest.raises(UsageError, match="none of the 200 accounts"):
        compare_stability(frame, key.rename(index=str))


def test_a_missing_column_is_named() -> None:
    frame, key = book(21)
    with pytest.raises(UsageError, match="no column 'variation'"):
        compare_stability(frame.drop(columns="variation"), key)


def test_a_level_beyond_what_eight_accounts_can_give_is_not_claimed() -> None:
    steady = pd.DataFrame({"revenue": 1.0, "variation": np.linspace(0.1, 0.9, 16)})
    is_key = pd.Series(steady.index < 8)
    assert compare_stability(steady, is_key, level=0.95).key.low == pytest.approx(0.1)
    assert compare_stability(steady, is_key, level=0.999).key.cannot_tell

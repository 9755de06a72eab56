"""Shares that were counted: Wilson's interval, and too few cases to tell."""

import numpy as np
import pytest

from kamlab.errors import UsageError
from kamlab.value.proportions import wilson_share


def test_wilson_interval_of_8_in_10_is_the_published_one() -> None:
    share = wilson_share(8, 10)
    assert (share.low, share.high) == pytest.approx((0.490, 0.943), abs=5e-4)


@pytest.mark.parametrize("found", [0, 12])
def test_shares_at_the_ends_stay_within_0_and_1(found: int) -> None:
    share = wilson_share(found, 12)
    assert 0 <= share.low <= share.value <= share.high <= 1


def test_few_cases_say_cannot_tell() -> None:
    assert wilson_share(3, 9, of="accounts").reason == "9 accounts; 10 are needed"
    assert wilson_share(0, 0).cannot_tell


def test_more_cases_found_than_there_are_is_refused() -> None:
    with pytest.raises(UsageError, match="found = 11 of n = 10"):
        wilson_share(11, 10)


@pytest.mark.parametrize("truth", [0.1, 0.5, 0.9])
def test_intervals_cover_the_true_share(truth: float) -> None:
    found = np.random.default_rng(1).binomial(30, truth, 400)
    shares = {k: wilson_share(int(k), 30) for k in set(found.tolist())}
    covered = [shares[k].low <= truth <= shares[k].high for k in found.tolist()]
    assert 0.90 < np.mean(covered) < 0.995


def test_more_cases_make_a_narrower_interval() -> None:
    few, many = wilson_share(8, 10), wilson_share(80, 100)
    assert many.high - many.low < few.high - few.low


def test_a_level_in_per_cent_is_refused() -> None:
    with pytest.raises(UsageError, match="level = 95"):
        wilson_share(8, 10, level=95)

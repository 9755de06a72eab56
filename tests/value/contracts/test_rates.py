"""Shares, rates and counts are refused with the value that was given."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.contracts.rates import (
    checked_count,
    checked_discount,
    checked_number,
    checked_shares,
)


def test_one_share_stays_a_number_and_many_an_array():
    assert checked_shares(0.5, "retention").ndim == 0
    assert checked_shares(pd.Series([0.5, 1]), "retention").tolist() == [0.5, 1.0]


@pytest.mark.parametrize("wrong", ["0.5", True, None, -0.01, 1.01, np.nan])
def test_what_is_no_share_is_shown(wrong: object) -> None:
    with pytest.raises(UsageError, match=r"retention.* = "):
        checked_shares([0.5, wrong], "retention")


@pytest.mark.parametrize("wrong", [0, 1, -0.1, "10 %", np.inf])
def test_a_discount_rate_is_a_share_above_0_and_below_1(wrong: object) -> None:
    with pytest.raises(UsageError, match="discount_rate"):
        checked_discount(wrong)


@pytest.mark.parametrize("wrong", [np.inf, "3", None])
def test_a_number_is_finite(wrong: object) -> None:
    with pytest.raises(UsageError, match=r"growth = .*: give a finite number"):
        checked_number(wrong, "growth")


@pytest.mark.parametrize("wrong", [0, 1.0, True, "2"])
def test_a_count_is_a_whole_number(wrong: object) -> None:
    with pytest.raises(UsageError, match=r"periods = .*: give a whole number from 1"):
        checked_count(wrong, "periods")
    assert checked_count(np.int64(3), "periods") == 3

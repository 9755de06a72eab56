"""Estimates print what they know, how well, and from how much."""

import math

import pytest
from IPython.lib.pretty import pretty

from kamlab.errors import UsageError
from kamlab.estimates import Estimate, checked_draws, checked_level
from kamlab.language import in_language


def test_an_estimate_prints_its_interval_and_n() -> None:
    estimate = Estimate(0.775, 0.712, 0.82, n=4338, level=0.9, unit="share")
    assert str(estimate) == "77.5 % (90 % interval 71.2 % to 82.0 %, n = 4,338)"
    assert estimate.interval == (0.712, 0.82)
    assert not estimate.cannot_tell


def test_a_level_with_a_fraction_keeps_it() -> None:
    assert "99.5 % interval" in str(Estimate(1, 0, 2, n=50, level=0.995))


def test_money_is_printed_in_its_currency() -> None:
    estimate = Estimate(1.2e6, -1e5, 2e6, n=12, unit="money", currency="EUR")
    assert "EUR 1.20 M (95 % interval −EUR 100 k to EUR 2.00 M" in str(estimate)


def test_too_few_accounts_give_a_reason_and_no_figure() -> None:
    estimate = Estimate.unknown("7 accounts; 10 are needed", n=7, unit="share")
    assert str(estimate) == "cannot tell: 7 accounts; 10 are needed (n = 7)"
    assert estimate.cannot_tell
    assert estimate.interval is None
    assert math.isnan(estimate.value)


def test_a_figure_may_stay_beside_the_reason_why_one_cannot_tell() -> None:
    estimate = Estimate(0.02, -0.01, 0.05, n=40, reason="the interval covers 0")
    assert str(estimate) == "cannot tell: the interval covers 0 (n = 40)"
    assert estimate.interval == (-0.01, 0.05)


def test_a_figure_without_interval_prints_its_n() -> None:
    assert str(Estimate(3.5, math.nan, math.nan, n=9)) == "3.50 (n = 9)"


def test_ends_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(UsageError, match=r"low = 0\.9 is above high = 0\.1"):
        Estimate(0.5, 0.9, 0.1, n=100)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_that_is_no_share_is_refused(level: float) -> None:
    with pytest.raises(UsageError, match=rf"level = {level}: give a share"):
        Estimate(0.5, 0.1, 0.9, n=100, level=level)


def test_a_notebook_shows_the_sentence() -> None:
    estimate = Estimate(0.775, 0.712, 0.82, n=300, unit="share")
    assert pretty(estimate) == str(estimate)


def test_estimates_do_not_change() -> None:
    with pytest.raises(AttributeError):
        Estimate(0.5, 0.1, 0.9, n=100).value = 0.6


@pytest.mark.parametrize("level", [95, 0, 1, -0.5, "0.95", True, float("nan"), None])
def test_an_interval_s_level_is_checked_at_the_door(level):
    with pytest.raises(UsageError, match=r"level = .*such as 0\.95"):
        checked_level(level)


@pytest.mark.parametrize("draws", [0, 99, 150.5, "200", True, None])
def test_draws_that_are_no_large_whole_number_are_refused(draws):
    with pytest.raises(UsageError, match=r"draws = .*take at least 100"):
        checked_draws(draws)


def test_an_estimate_is_told_in_the_language_of_the_page():
    with in_language("zh"):
        known = str(Estimate(0.775, 0.712, 0.82, n=300, unit="share"))
        unknown = str(Estimate.unknown("少于 10 家客户", n=7))
    assert known == "77.5 %（95 % 区间 71.2 % 至 82.0 %，n = 300）"
    assert unknown == "无法判断：少于 10 家客户（n = 7）"

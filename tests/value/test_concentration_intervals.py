"""How sure concentration is, and whether it changed."""

import math

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import DataError, UsageError
from kamlab.value.concentration import accounts_for_share, gini, top_share
from kamlab.value.concentration_intervals import (
    FEWEST_ACCOUNTS,
    compare_concentration,
    concentration_interval,
)
from kamlab.value.concentration_measures import MEASURES, measure_of

VALUES = {
    "gini": gini,
    "top_share": top_share,
    "accounts_for_share": accounts_for_share,
}
measures = pytest.mark.parametrize("measure", MEASURES)


def lognormal(n: int, spread: float = 1.5, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).lognormal(10, spread, size=n)


# --- the measures ------------------------------------------------------------------


@measures
def test_the_lognormal_truth_is_that_of_a_very_large_book(measure: str) -> None:
    asked = measure_of(measure)
    book = -np.sort(-lognormal(1_000_000, 1.2))
    assert float(asked.of(book)) == pytest.approx(asked.of_lognormal(1.2), abs=0.003)


def test_a_measure_without_intervals_is_refused_with_those_that_have() -> None:
    with pytest.raises(UsageError, match=r"'effective_number'.*known are: gini"):
        concentration_interval(lognormal(50), "effective_number")


@pytest.mark.parametrize("at", [0, 1, 80])
def test_a_share_of_nothing_or_all_has_no_interval(at: float) -> None:
    with pytest.raises(UsageError, match=rf"at = {at}: give a share between"):
        concentration_interval(lognormal(50), "top_share", at=at)


# --- one period --------------------------------------------------------------------


@measures
def test_the_interval_surrounds_the_ledgers_figure(measure: str) -> None:
    revenue = lognormal(100)
    estimate = concentration_interval(revenue, measure, draws=200)
    assert estimate.value == pytest.approx(VALUES[measure](revenue))
    assert 0 < estimate.low < estimate.value < estimate.high < 1
    assert estimate.n == 100


def test_the_interval_needs_no_particular_currency_or_order() -> None:
    revenue = lognormal(60)
    there = concentration_interval(revenue, draws=200)
    here = concentration_interval(revenue[::-1] * 7.8, draws=200)
    assert (there.low, there.high) == pytest.approx((here.low, here.high))


def test_more_accounts_make_it_surer() -> None:
    widths = [
        np.ptp(concentration_interval(lognormal(n), draws=200).interval)
        for n in (30, 300, 3000)
    ]
    assert widths == sorted(widths, reverse=True)


def test_a_higher_level_makes_it_wider() -> None:
    low, high = (
        concentration_interval(lognormal(100), level=level, draws=400).interval
        for level in (0.8, 0.99)
    )
    assert high[0] < low[0] < low[1] < high[1]


def test_the_same_seed_gives_the_same_interval() -> None:
    first, second, other = (
        concentration_interval(lognormal(50), draws=200, random_state=seed)
        for seed in (1, 1, 2)
    )
    assert first == second != other


def test_a_generator_is_taken_as_it_is() -> None:
    rng = np.random.default_rng(1)
    by_rng = concentration_interval(lognormal(50), draws=200, random_state=rng)
    assert by_rng == concentration_interval(lognormal(50), draws=200, random_state=1)


def test_batches_of_a_large_book_make_up_all_draws() -> None:
    estimate = concentration_interval(lognormal(9_000, 1), draws=150)
    assert estimate.low < measure_of("top_share").of_lognormal(1) < estimate.high


def test_too_few_accounts_cannot_tell() -> None:
    estimate = concentration_interval(lognormal(FEWEST_ACCOUNTS - 1))
    assert estimate.cannot_tell
    assert math.isnan(estimate.value)
    assert concentration_interval(lognormal(FEWEST_ACCOUNTS), draws=200).interval


def test_accounts_without_revenue_do_not_help_to_tell() -> None:
    book = [*lognormal(FEWEST_ACCOUNTS - 1), 0, 0, -5]
    assert concentration_interval(book).cannot_tell


def test_equal_accounts_cannot_tell() -> None:
    estimate = concentration_interval([100.0] * 40)
    assert "all accounts bring the same" in str(estimate)


def test_nearly_equal_accounts_have_a_narrow_interval() -> None:
    estimate = concentration_interval([100.0] * 38 + [101.0] * 2, draws=200)
    assert estimate.high - estimate.low < 0.01


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(UsageError, match=r"draws = 10: give a whole number"):
        concentration_interval(lognormal(50), draws=10)


def test_intervals_of_100_lognormal_accounts_mostly_cover_the_truth() -> None:
    rng = np.random.default_rng(5)
    truth = measure_of("gini").of_lognormal(1.5)
    books = rng.lognormal(0, 1.5, (80, 100))
    estimates = [
        concentration_interval(book, "gini", draws=200, random_state=rng)
        for book in books
    ]
    covered = np.mean([e.low <= truth <= e.high for e in estimates])
    # Four standard errors below 95 %; an interval that always covers says nothing.
    assert covered >= 0.85
    assert np.median([e.high - e.low for e in estimates]) < 0.3


@pytest.mark.slow
@measures
def test_intervals_of_300_lognormal_accounts_cover_the_truth(measure: str) -> None:
    rng = np.random.default_rng(2)
    truth = measure_of(measure).of_lognormal(1.5)
    estimates = [
        concentration_interval(
            rng.lognormal(0, 1.5, 300), measure, draws=400, random_state=rng
        )
        for _ in range(400)
    ]
    covered = np.mean([e.low <= truth <= e.high for e in estimates])
    # Three standard errors of a coverage of 95 % over 400 books.
    assert covered == pytest.approx(0.95, abs=0.033)


@pytest.mark.slow
def test_the_plain_percentile_bootstrap_would_have_missed_it() -> None:
    rng = np.random.default_rng(2)
    asked = measure_of("gini")
    hits = 0
    for _ in range(300):
        book = rng.lognormal(0, 1.5, 300)
        again = asked.of(-np.sort(-rng.choice(book, (400, 300)), axis=1))
        low, high = np.quantile(again, [0.025, 0.975])
        hits += low <= asked.of_lognormal(1.5) <= high
    assert hits / 300 < 0.90


# --- two periods -------------------------------------------------------------------


@pytest.fixture
def before() -> pd.Series:
    """Revenue of 120 accounts in the first of two years."""
    return pd.Series(lognormal(120, 1.2), index=[f"A{i:03d}" for i in range(120)])


@measures
def test_a_book_compared_with_itself_did_not_change(
    before: pd.Series, measure: str
) -> None:
    estimate = compare_concentration(before, before, measure, draws=200)
    assert estimate.value == pytest.approx(0)
    assert estimate.cannot_tell


@measures
def test_the_change_is_the_difference_of_the_two_ledgers(
    before: pd.Series, measure: str
) -> None:
    after = before**1.3
    estimate = compare_concentration(before, after, measure, draws=200)
    expected = VALUES[measure](after) - VALUES[measure](before)
    assert estimate.value == pytest.approx(expected)
    assert estimate.low < estimate.value < estimate.high
    assert not estimate.cannot_tell


def test_growth_of_all_accounts_alike_is_no_change(before: pd.Series) -> None:
    estimate = compare_concentration(before, before * 1.4, draws=200)
    assert str(estimate) == "cannot tell: every account kept its share (n = 120)"


def test_a_wobble_of_all_accounts_is_no_change(before: pd.Series) -> None:
    wobble = np.random.default_rng(4).lognormal(0, 0.2, 120)
    estimate = compare_concentration(before, before * wobble, draws=200)
    assert "covers 0" in str(estimate)
    assert estimate.low < 0 < estimate.high


def test_accounts_are_matched_by_name_not_by_place(before: pd.Series) -> None:
    after = before**1.1
    straight = compare_concentration(before, after, draws=200)
    shuffled = compare_concentration(before, after.iloc[::-1], draws=200)
    assert straight == shuffled


def test_lost_and_new_accounts_are_part_of_the_change(before: pd.Series) -> None:
    after = before.iloc[:100].copy()
    after["new"] = before.sum()
    estimate = compare_concentration(before, after, draws=200)
    assert estimate.n == 121
    assert estimate.value == pytest.approx(top_share(after) - top_share(before))


def test_pairing_makes_a_small_change_visible(before: pd.Series) -> None:
    paired = compare_concentration(before, before**1.2, draws=300)
    strangers = (before**1.2).set_axis([f"B{i}" for i in range(len(before))])
    apart = compare_concentration(before, strangers, draws=300)
    assert paired.high - paired.low < (apart.high - apart.low) / 2


def test_a_period_with_few_accounts_cannot_tell(before: pd.Series) -> None:
    estimate = compare_concentration(before, before.iloc[:15])
    assert "a period has 15 accounts; 20 are needed" in str(estimate)


@measures
def test_the_booked_change_is_told_of_few_accounts_too(
    before: pd.Series, measure: str
) -> None:
    few = before.iloc[:15]
    estimate = compare_concentration(before, few, measure)
    expected = VALUES[measure](few) - VALUES[measure](before)
    assert estimate.value == pytest.approx(expected)
    assert estimate.interval is None


def test_accounts_without_revenue_in_both_periods_do_not_count(
    before: pd.Series,
) -> None:
    idle = pd.Series(0.0, index=[f"idle {n}" for n in range(50)])
    with_idle = [pd.concat([each, idle]) for each in (before, before**1.2)]
    plain = compare_concentration(before, before**1.2, draws=200)
    assert compare_concentration(*with_idle, draws=200) == plain


def test_changes_of_shares_are_in_points(before: pd.Series) -> None:
    assert compare_concentration(before, before**1.2, draws=200).unit == "points"
    gini = compare_concentration(before, before**1.2, "gini", draws=200)
    assert gini.unit == "number"


def test_a_period_without_revenue_is_named(before: pd.Series) -> None:
    with pytest.raises(DataError, match=r"none of 120 accounts has positive after"):
        compare_concentration(before, before * 0)


@pytest.mark.slow
@measures
@pytest.mark.parametrize("n", [30, 100])
def test_luck_is_rarely_taken_for_a_change(measure: str, n: int) -> None:
    rng = np.random.default_rng(6)
    alarms = 0
    for _ in range(300):
        first = rng.standard_normal(n)
        second = 0.9 * first + np.sqrt(1 - 0.9**2) * rng.standard_normal(n)
        years = (pd.Series(np.exp(1.5 * year)) for year in (first, second))
        change = compare_concentration(*years, measure, draws=300, random_state=rng)
        alarms += not change.cannot_tell
    assert alarms / 300 <= 0.10

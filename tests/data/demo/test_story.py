"""Days as numbers: the calendar of the story."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.demo.story import (
    FIRST_DAY,
    LAST_DAY,
    N_DAYS,
    YEAR_INDEX,
    dates_of,
    day_number,
    day_of,
    quarter_of,
    weekday_after,
    weekday_before,
    year_of,
)

days = st.dates(FIRST_DAY, LAST_DAY)


@given(days)
def test_a_day_has_one_number_and_comes_back_from_it(day):
    assert day_of(day_number(day)) == day


@given(days)
def test_year_and_quarter_are_those_of_the_calendar(day):
    number = np.array([day_number(day)])
    assert year_of(number)[0] == day.year
    assert quarter_of(number)[0] == (day.month - 1) // 3 + 1


@given(days)
def test_no_order_is_taken_at_a_weekend(day):
    moved = day_of(weekday_before(np.array([day_number(day)]))[0])
    assert moved.weekday() < 5
    assert abs((moved - day).days) <= 2


@given(days)
def test_what_waits_for_a_weekday_waits_two_days_at_most(day):
    moved = day_of(weekday_after(np.array([day_number(day)]))[0])
    assert moved.weekday() < 5
    assert 0 <= (moved - day).days <= 2


def test_the_data_cover_four_years():
    assert N_DAYS == 3 * 365 + 366
    assert day_number(FIRST_DAY) == 0


def test_unknown_days_become_no_dates():
    dates = dates_of(np.array([0.0, np.nan]))
    assert dates[0] == np.datetime64("2022-01-01")
    assert np.isnat(dates[1])


def test_growth_of_the_story_is_5_percent_a_year():
    growth = (YEAR_INDEX[2025] / YEAR_INDEX[2022]) ** (1 / 3) - 1
    assert growth == pytest.approx(0.05, abs=0.005)


def test_years_begin_in_january():
    assert year_of(np.array([day_number(date(2024, 12, 31))]))[0] == 2024
    assert year_of(np.array([day_number(date(2025, 1, 1))]))[0] == 2025

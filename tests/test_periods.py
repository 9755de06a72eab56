"""Which periods a report compares."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar, Period
from kamlab.periods import (
    MONTHS,
    last_full_period,
    length_of,
    period_back,
    period_of,
    year_before,
)

CALENDARS = st.builds(
    FiscalCalendar, st.integers(1, 12), st.sampled_from(["start", "end"])
)
DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))
LENGTHS = st.sampled_from(sorted(MONTHS))


@given(CALENDARS, DAYS, LENGTHS)
def test_a_day_lies_in_its_period_which_has_the_asked_length(calendar, day, length):
    period = period_of(calendar, day, length)
    assert period.start <= day <= period.end
    assert length_of(period) == length


@given(CALENDARS, DAYS, LENGTHS)
def test_the_last_full_period_is_over_and_the_next_one_is_not(calendar, day, length):
    period = last_full_period(calendar, day, length)
    assert period.end <= day
    assert period_back(calendar, period, -1).end > day


@given(CALENDARS, DAYS, LENGTHS, st.integers(-8, 8))
def test_going_back_and_forth_leads_home(calendar, day, length, steps):
    period = period_of(calendar, day, length)
    assert period_back(calendar, period_back(calendar, period, steps), -steps) == period


@given(CALENDARS, DAYS, LENGTHS)
def test_periods_follow_each_other_without_a_gap(calendar, day, length):
    period = period_of(calendar, day, length)
    earlier = period_back(calendar, period, 1)
    assert earlier.end + timedelta(days=1) == period.start


@given(CALENDARS, DAYS, LENGTHS)
def test_last_year_begins_in_the_same_month(calendar, day, length):
    period = period_of(calendar, day, length)
    before = year_before(calendar, period)
    begun = (before.start.year, before.start.month, before.start.day)
    assert begun == (period.start.year - 1, period.start.month, 1)


def test_the_quarter_that_ends_today_is_full():
    calendar = FiscalCalendar()
    assert last_full_period(calendar, date(2025, 12, 31), "quarter").label == "2025Q4"


def test_february_of_a_leap_year_is_compared_with_the_shorter_one():
    calendar = FiscalCalendar()
    assert year_before(calendar, calendar.period("2024-02")).end == date(2023, 2, 28)


@pytest.mark.parametrize("length", ["week", "", None])
def test_an_unknown_length_is_named(length):
    with pytest.raises(UsageError, match="known are: month, quarter, year"):
        period_of(FiscalCalendar(), date(2025, 1, 1), length)


def test_any_other_span_is_no_period():
    with pytest.raises(UsageError, match="no month, quarter or year"):
        length_of(Period("odd", date(2025, 1, 1), date(2025, 2, 3)))

"""A scheduler names the report's day without knowing the date."""

from datetime import date

import pytest

from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar
from kamlab.report.days import named_day

OCTOBER = FiscalCalendar(first_month=10, named_by="end")


@pytest.mark.parametrize(
    ("word", "today", "day"),
    [
        ("last-month-end", date(2026, 3, 1), date(2026, 2, 28)),
        ("last-month-end", date(2026, 2, 28), date(2026, 2, 28)),
        ("last-fiscal-quarter-end", date(2026, 2, 3), date(2025, 12, 31)),
        ("last-fiscal-year-end", date(2026, 2, 3), date(2025, 9, 30)),
    ],
)
def test_a_word_means_the_end_of_what_is_over(word, today, day):
    assert named_day(word, OCTOBER, today) == day


def test_a_day_is_a_day():
    assert named_day("2025-12-31", OCTOBER, date(2026, 2, 3)) == date(2025, 12, 31)
    assert named_day(date(2025, 1, 2), OCTOBER, date(2026, 2, 3)) == date(2025, 1, 2)


def test_an_unknown_word_brings_a_hint():
    with pytest.raises(UsageError, match="did you mean 'last-fiscal-quarter-end'"):
        named_day("last-quarter-end", OCTOBER, date(2026, 2, 3))

"""The fiscal calendar."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar, Period, add_months, as_date

CALENDARS = st.builds(
    FiscalCalendar, st.integers(1, 12), st.sampled_from(["start", "end"])
)
DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))


def test_a_calendar_year_has_the_quarters_everybody_knows():
    period = FiscalCalendar().period("2025Q4")
    assert period == Period("2025Q4", date(2025, 10, 1), date(2025, 12, 31))
    assert period.days == 92


@pytest.mark.parametrize(
    ("named_by", "start"), [("start", date(2025, 10, 1)), ("end", date(2024, 10, 1))]
)
def test_a_year_from_october_is_named_by_its_start_or_its_end(named_by, start):
    assert FiscalCalendar(10, named_by).period("2025").start == start


def test_a_calendar_year_has_the_same_name_either_way():
    both = [FiscalCalendar(1, named).period("2025").start for named in ("start", "end")]
    assert both == [date(2025, 1, 1)] * 2


def test_a_month_is_a_calendar_month_in_every_calendar():
    assert FiscalCalendar(10, "end").period("2024-02").end == date(2024, 2, 29)


@given(CALENDARS, DAYS)
def test_every_day_lies_in_its_own_quarter_and_year(calendar, day):
    for period in (calendar.quarter_of(day), calendar.year_of(day)):
        assert period.start <= day <= period.end
        assert calendar.period(period.label) == period


@given(CALENDARS, st.integers(1995, 2070))
def test_four_quarters_make_up_the_year(calendar, year):
    whole = calendar.period(str(year))
    quarters = [calendar.period(f"{year}Q{each}") for each in (1, 2, 3, 4)]
    assert sum(each.days for each in quarters) == whole.days
    assert (quarters[0].start, quarters[-1].end) == (whole.start, whole.end)


@given(CALENDARS, DAYS)
def test_the_last_quarter_end_is_past_and_less_than_a_quarter_ago(calendar, day):
    end = calendar.last_quarter_end(day)
    assert end <= day
    assert (day - end).days <= 92
    assert calendar.quarter_of(end).end == end


def test_a_quarter_end_leads_to_a_quarter_end():
    assert add_months(date(2025, 12, 31), -3) == date(2025, 9, 30)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)


def test_a_timestamp_is_read_as_its_day():
    assert as_date(datetime(2025, 12, 31, 23, 59)) == date(2025, 12, 31)


@pytest.mark.parametrize("label", ["2025Q5", "2025-13", "25", "", "Q4 2025", None])
def test_a_label_that_is_no_period_is_refused_with_examples(label):
    with pytest.raises(UsageError, match=r"is not a period.*2025Q4") as refusal:
        FiscalCalendar().period(label)
    assert repr(label) in str(refusal.value)


@pytest.mark.parametrize("month", [0, 13, True, "October"])
def test_a_month_that_is_none_is_refused(month):
    with pytest.raises(UsageError, match="first_month") as refusal:
        FiscalCalendar(first_month=month)
    assert repr(month) in str(refusal.value)


def test_a_year_is_named_by_its_start_or_its_end_only():
    with pytest.raises(UsageError, match=r"named_by = 'middle'.*'start'"):
        FiscalCalendar(named_by="middle")


@pytest.mark.parametrize(
    "text", ["31.12.2025", "2025-02-30", "2025-W20", "20251231", "", None, 5]
)
def test_a_text_that_is_no_day_is_refused_with_the_form(text):
    with pytest.raises(UsageError, match=r"as_of = .* is not a day.*YYYY-MM-DD"):
        as_date(text, "as_of")

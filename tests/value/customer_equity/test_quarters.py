"""Quarters ahead are the company's own, and their money is worth less than today's."""

from datetime import date, timedelta

import numpy as np
import pytest

from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar
from kamlab.value.customer_equity.quarters import (
    AheadQuarters,
    quarters_ahead,
)

YEAR_END = date(2025, 12, 31)


def test_after_the_last_day_of_a_quarter_comes_the_next_one():
    ends = quarters_ahead(YEAR_END, 0.1, 2).ends
    assert ends == (date(2026, 3, 31), date(2026, 6, 30))


def test_within_a_quarter_what_is_left_of_it_comes_first_and_the_rest_last():
    ahead = quarters_ahead(date(2025, 12, 21), 0.1, 2)
    assert ahead.ends == (date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 21))
    assert ahead.days.tolist() == [10, 100, 182]
    assert ahead.lengths == pytest.approx([10 / 365.25, 90 / 365.25, 82 / 365.25])


@pytest.mark.parametrize("first_month", [1, 2, 3, 10])
@pytest.mark.parametrize("count", [1, 3, 12])
def test_on_every_day_of_a_year_the_quarters_are_equally_much_time(first_month, count):
    calendar = FiscalCalendar(first_month)
    days = [date(2027, 7, 1) + timedelta(days=step) for step in range(366)]
    ahead = [quarters_ahead(day, 0.1, count, calendar) for day in days]
    years = np.array([each.lengths.sum() for each in ahead])
    # Calendar months have 28 to 31 days.
    assert years * 365.25 == pytest.approx(count * 365.25 / 4, abs=3)
    assert {each.count for each in ahead} == {count}
    last = [each.ends[-1] for each in ahead]
    assert last == sorted(last)


def test_from_one_month_to_the_next_the_same_pace_is_worth_the_same():
    month_ends = [date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 30), YEAR_END]
    ahead = [quarters_ahead(day, 0.1, 12) for day in month_ends]
    worth = [each.lengths @ each.discount for each in ahead]
    assert worth == pytest.approx([worth[0]] * 4, rel=0.002)


def test_quarters_that_run_backwards_are_shown():
    ends = date(2026, 6, 30), date(2026, 3, 31)
    with pytest.raises(UsageError, match=r"ends = .*2026-06-30.*after 2025-12-31"):
        AheadQuarters(YEAR_END, ends, 0.1)
    with pytest.raises(UsageError, match="each later"):
        AheadQuarters(YEAR_END, (YEAR_END,), 0.1)


def test_a_fiscal_year_from_november_has_quarters_that_end_in_january():
    calendar = FiscalCalendar(first_month=11)
    ahead = quarters_ahead(YEAR_END, 0.1, 2, calendar)
    assert ahead.ends == (date(2026, 1, 31), date(2026, 4, 30), date(2026, 6, 30))


def test_a_quarter_is_discounted_from_its_middle():
    ahead = quarters_ahead(YEAR_END, 0.10, 2)
    assert ahead.discount == pytest.approx(
        [1.1 ** (-45 / 365.25), 1.1 ** (-135.5 / 365.25)]
    )


def test_without_a_rate_money_of_all_quarters_is_worth_the_same():
    assert quarters_ahead(YEAR_END, 0.0).discount.tolist() == [1.0] * 12


def test_twelve_quarters_are_three_years():
    assert quarters_ahead(YEAR_END, 0.1).lengths.sum() == pytest.approx(3, abs=0.003)


def test_quarters_end_on_the_last_day_of_their_month_also_in_february():
    calendar = FiscalCalendar(first_month=12)
    ends = quarters_ahead(date(2027, 11, 30), 0.1, 2, calendar).ends
    assert ends == (date(2028, 2, 29), date(2028, 5, 31))


@pytest.mark.parametrize("rate", [-0.1, np.nan, np.inf, "10 %", True, False])
def test_a_rate_that_cannot_be_is_shown(rate):
    with pytest.raises(UsageError, match=r"discount_rate = .*rate a year"):
        quarters_ahead(YEAR_END, rate)


@pytest.mark.parametrize("count", [0, 1.5, True])
def test_there_has_to_be_a_whole_quarter(count):
    with pytest.raises(UsageError, match="quarters = "):
        quarters_ahead(YEAR_END, 0.1, count)


def test_growth_makes_orders_dearer_and_money_not():
    steady, growing = (
        quarters_ahead(YEAR_END, 0.10, 8, order_value_growth=g) for g in (0.0, 0.04)
    )
    assert growing.discount.tolist() == steady.discount.tolist()
    assert steady.order_worth.tolist() == steady.discount.tolist()
    assert growing.order_worth == pytest.approx((1.04 / 1.10) ** growing.middle)


def test_from_here_on_ends_where_money_is_worth_next_to_nothing():
    ahead = quarters_ahead(YEAR_END, 0.10, "from here on")
    assert ahead.order_worth[-1] == pytest.approx(0.005, rel=0.02)
    dearer = quarters_ahead(YEAR_END, 0.21, "from here on")
    assert len(ahead.ends) == pytest.approx(2 * len(dearer.ends), rel=0.02)


def test_from_here_on_is_a_hundred_years_at_most():
    assert len(quarters_ahead(YEAR_END, 0.02, "from here on").ends) == 400


def test_what_a_hundred_years_leave_out_is_told():
    assert "counts 37.0 % of itself" in quarters_ahead(YEAR_END, 0.01, 400).note
    for rate, count in ((0.06, "from here on"), (0.1, "from here on"), (0.01, 12)):
        assert quarters_ahead(YEAR_END, rate, count).note == ""


@pytest.mark.parametrize(("rate", "growth"), [(0.0, 0.0), (0.03, 0.03), (0.03, 0.05)])
def test_what_never_ends_has_no_worth(rate, growth):
    with pytest.raises(UsageError, match=f"order_value_growth = {growth}.*no end"):
        quarters_ahead(YEAR_END, rate, "from here on", order_value_growth=growth)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"count": "for ever"}, "quarters = 'for ever': give a number or 'from here"),
        ({"count": 0}, "quarters = 0"),
        ({"order_value_growth": 3}, "order_value_growth = 3: .*0.1 for 10 %"),
        ({"order_value_growth": -1}, "order_value_growth = -1"),
        ({"discount_rate": 10}, "discount_rate = 10: .*0.1 for 10 %"),
    ],
)
def test_arguments_that_cannot_be_are_named_as_they_were_given(arguments, said):
    with pytest.raises(UsageError, match=said):
        quarters_ahead(YEAR_END, **({"discount_rate": 0.1} | arguments))

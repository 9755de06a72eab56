"""Quarters ahead are the company's own, and their money is worth less than today's."""

from datetime import date

import numpy as np
import pytest

from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar
from kamlab.value.customer_equity.quarters import quarters_ahead

YEAR_END = date(2025, 12, 31)


def test_after_the_last_day_of_a_quarter_comes_the_next_one():
    ends = quarters_ahead(YEAR_END, 0.1, 2).ends
    assert ends == (date(2026, 3, 31), date(2026, 6, 30))


def test_within_a_quarter_what_is_left_of_it_comes_first():
    ahead = quarters_ahead(date(2025, 12, 21), 0.1, 2)
    assert ahead.days.tolist() == [10, 100]
    assert ahead.lengths == pytest.approx([10 / 365.25, 90 / 365.25])


def test_a_fiscal_year_from_november_has_quarters_that_end_in_january():
    calendar = FiscalCalendar(first_month=11)
    ahead = quarters_ahead(YEAR_END, 0.1, 2, calendar)
    assert ahead.ends == (date(2026, 1, 31), date(2026, 4, 30))


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


@pytest.mark.parametrize("rate", [-0.1, np.nan, np.inf, "10 %"])
def test_a_rate_that_cannot_be_is_shown(rate):
    with pytest.raises(UsageError, match=r"discount_rate = .*rate a year"):
        quarters_ahead(YEAR_END, rate)


@pytest.mark.parametrize("count", [0, 1.5, True])
def test_there_has_to_be_a_whole_quarter(count):
    with pytest.raises(UsageError, match="count = "):
        quarters_ahead(YEAR_END, 0.1, count)

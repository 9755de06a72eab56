"""What is booked after a year's last day is told, and never counted twice."""

from datetime import date

import pandas as pd
import pytest

import kamlab
from kamlab.value.later_bookings import later_bookings, later_sentence
from kamlab.value.profitability import account_profit, trailing_profits
from tests.value.serving_books import orders, tables

DAY = date(2025, 6, 30)


@pytest.fixture
def half_year():
    """Return the small company three months on: its rebate of 60 is booked by now."""
    late = orders().iloc[:1].assign(order_id="9", order_date=pd.Timestamp(DAY))
    lines = pd.concat([orders(), late], ignore_index=True)
    return kamlab.portfolio_from_tables({**tables(), "orders": lines}, "EUR")


def quarter(portfolio):
    first, last = "2025-01-01", "2025-03-31"
    return {last: account_profit(portfolio, first, last, booked_by=last)}


def test_adlers_rebate_comes_off_the_quarter_after_its_end(half_year):
    later = later_bookings(half_year, quarter(half_year))
    (row,) = later.to_dict("records")
    assert row == {"revenue": -60.0, "rebates": -60.0, "others": 0.0}


def test_of_a_window_that_ends_today_nothing_later_is_known(half_year):
    end = date(2025, 3, 31)
    profits = quarter(half_year.at(end))
    assert later_bookings(half_year.at(end), profits).empty


def test_what_came_later_leads_from_the_years_end_to_what_is_known_today(demo):
    profits = trailing_profits(demo, most=2)
    later = later_bookings(demo, profits)
    booked = profits[min(profits)].table["revenue"].sum()
    today = account_profit(demo, "2024-01-01", "2024-12-31").table["revenue"].sum()
    assert booked + later.loc["2024", "revenue"] == pytest.approx(today)
    assert (later["rebates"] + later["others"]).equals(later["revenue"])


def test_the_years_before_say_what_is_still_to_come():
    later = pd.DataFrame(
        {"revenue": [-5_000.0, -9_000.0], "rebates": [-8_000.0, -8_000.0]},
        index=["2023", "2024"],
    )
    text = later_sentence(later, DAY, "EUR")
    assert "the last by 30 June 2025" in text
    assert "EUR 5,000 to EUR 9,000 of net revenue came off afterwards" in text
    assert "rebates of EUR 8,000 among it" in text
    assert text.endswith("Later bookings took EUR 9,000 off 2024.")


def test_late_invoices_that_outweigh_rebates_add_to_a_year():
    later = pd.DataFrame({"revenue": [70.0], "rebates": [-20.0]}, index=["2024"])
    text = later_sentence(later, DAY)
    assert "came off" not in text
    assert text.endswith("Later bookings added 70 to 2024.")


def test_rebates_are_not_named_where_there_are_none():
    later = pd.DataFrame({"revenue": [-70.0], "rebates": [0.0]}, index=["2024"])
    assert "rebates" not in later_sentence(later, DAY)


def test_where_nothing_is_booked_late_nothing_is_said():
    none = pd.DataFrame({"revenue": [0.0], "rebates": [0.0]}, index=["2024"])
    assert later_sentence(none, DAY) == ""
    assert later_sentence(none.iloc[:0], DAY) == ""

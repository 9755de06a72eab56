"""Periods are compared as they were known equally long after their end."""

from datetime import timedelta

import pandas as pd
import pytest

import kamlab
from kamlab.errors import UsageError
from kamlab.periods import last_full_period, period_back
from kamlab.value.period_history import (
    PeriodHistory,
    period_history,
    revenue_history,
)
from kamlab.value.profitability import account_profit
from kamlab.value.waterfall import account_waterfall


def quarters(portfolio, many):
    calendar = portfolio.calendar
    last = last_full_period(calendar, portfolio.as_of, "quarter")
    return [period_back(calendar, last, step) for step in range(many - 1, -1, -1)]


@pytest.fixture(scope="module")
def history(opened_demo):
    return period_history(opened_demo, quarters(opened_demo, 14))


def test_the_last_period_is_what_profit_by_account_says(demo, history):
    last = quarters(demo, 1)[0]
    profit = account_profit(demo, last.start, last.end, by="parent")
    known = profit.table.reindex(history.revenue.index)
    gap = history.revenue["2025Q4"] - known["revenue"].fillna(0.0)
    assert gap.abs().max() == 0
    assert history.total_earned["2025Q4"] == pytest.approx(profit.contribution.sum())


def test_an_earlier_period_leaves_out_what_was_booked_after_its_own_end(demo, history):
    year_ago = demo.period("2024Q4")
    window = (demo, year_ago.start, year_ago.end, "parent")
    by_then = account_waterfall(*window, booked_by=year_ago.end)["revenue"].sum()
    by_now = account_waterfall(*window)["revenue"].sum()
    assert history.total_revenue["2024Q4"] == pytest.approx(by_then)
    assert abs(by_now - by_then) > 1_000  # rebates of the year were granted later


def test_some_weeks_into_the_next_period_as_many_weeks_are_granted_to_all(demo):
    later = demo.at("2025-11-15")
    history = period_history(later, quarters(later, 5))
    year_ago = later.period("2024Q3")
    lag = later.as_of - later.period("2025Q3").end
    assert lag == timedelta(days=46)
    known = account_waterfall(
        later, year_ago.start, year_ago.end, "parent", booked_by=year_ago.end + lag
    )
    assert history.total_revenue["2024Q3"] == pytest.approx(known["revenue"].sum())


def test_profit_before_contacts_were_recorded_is_not_compared(history):
    assert history.total_earned[["2022Q3", "2022Q4"]].isna().all()
    assert history.total_earned["2023Q2":].notna().all()


def test_without_cost_of_goods_there_is_revenue_alone():
    days = pd.to_datetime(["2024-01-15", "2025-02-15", "2025-03-01"])
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2", "3"],
            "account_id": ["A", "A", "B"],
            "order_date": days,
            "net_amount": [10.0, 20.0, 5.0],
        }
    )
    portfolio = kamlab.portfolio_from_tables(
        {"orders": orders}, "EUR", data_through="2025-03-31"
    )
    periods = [portfolio.period("2024Q1"), portfolio.period("2025Q1")]
    history = period_history(portfolio, periods)
    assert history.revenue.to_dict("list") == {"2024Q1": [10.0, 0.0], "2025Q1": [20, 5]}
    assert history.earned is None
    assert history.total_earned is None
    assert history.basis == ""


def test_an_unknown_cost_is_not_taken_for_nothing():
    earned = pd.DataFrame({"2025": [1.0, float("nan")]}, ["A", "B"])
    assert PeriodHistory(earned, earned).total_earned["2025"] == 1.0
    nobody = PeriodHistory(earned, earned * float("nan"))
    assert pd.isna(nobody.total_earned["2025"])


def test_a_period_that_is_not_over_is_refused(demo):
    with pytest.raises(UsageError, match="2026Q1"):
        period_history(demo, [demo.period("2026Q1")])
    with pytest.raises(UsageError, match="at least one"):
        period_history(demo, [])


def test_revenue_alone_is_that_of_the_history(demo, history):
    revenue = revenue_history(demo, quarters(demo, 14))
    known = history.revenue.reindex(revenue.index)
    pd.testing.assert_frame_equal(revenue, known, check_names=False)
    rest = history.revenue.drop(revenue.index)
    assert not rest.to_numpy().any()  # accounts with costs or contacts, and no line


def test_revenue_of_no_period_is_refused(demo):
    with pytest.raises(UsageError, match="periods"):
        revenue_history(demo, [])

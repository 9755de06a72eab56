"""What a rhythm of orders lets expect, on made-up books and on Talbruck."""

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.errors import UsageError
from kamlab.periods import period_back
from kamlab.report.memory.forecast import naive_forecast
from kamlab.report.memory.order_forecast import order_forecast
from kamlab.value.activity import account_revenue


def book(
    accounts: int = 30, years: int = 3, as_of: str = "2025-12-31", every: int = 14
):
    """Return a book in which everybody orders for 100, about every other week."""
    rng = np.random.default_rng(3)
    first = pd.Timestamp(as_of) - pd.DateOffset(years=years)
    rows = []
    for account in range(accounts):
        gaps = rng.gamma(3.0, every / 3.0, size=years * 366)
        days = first + pd.to_timedelta(np.cumsum(np.maximum(gaps, 1.0)).round(), "D")
        days = days[days <= pd.Timestamp(as_of)]
        if account % 3 == 0:  # who has left by now
            days = days[: max(len(days) * (account + 9) // (accounts + 9), 3)]
        rows.append(pd.DataFrame({"account_id": f"A{account:02d}", "order_date": days}))
    orders = pd.concat(rows, ignore_index=True)
    orders = orders.assign(order_id=orders.index.astype("str"), net_amount=100.0)
    return kamlab.portfolio_from_tables({"orders": orders}, "EUR", as_of=as_of)


@pytest.fixture(scope="module")
def steady() -> kamlab.Portfolio:
    return book()


def test_who_orders_every_other_week_is_expected_to_go_on(steady) -> None:
    quarter = steady.period("2026Q1")
    found = order_forecast(steady, [quarter], "account")
    row = found.of("2026Q1", "A01")
    assert row["value"] == pytest.approx(100 * 90 / 14, rel=0.2)
    assert row["low"] < row["value"] < row["high"]


def test_who_fell_silent_long_ago_is_expected_to_bring_nothing(steady) -> None:
    found = order_forecast(steady, [steady.period("2026Q1")], "account")
    assert found.of("2026Q1", "A00")["value"] < 1.0


def test_accounts_add_up_to_the_whole(steady) -> None:
    table = order_forecast(steady, [steady.period("2026Q1")], "account").table
    whole, accounts = table[table["account"] == ""], table[table["account"] != ""]
    assert whole["value"].item() == pytest.approx(accounts["value"].sum())
    assert whole["n"].item() == 4


def test_a_running_quarter_holds_what_is_booked_of_it() -> None:
    portfolio = book(as_of="2025-11-30")
    quarter = portfolio.period("2025Q4")
    found = order_forecast(portfolio, [quarter], "account").of("2025Q4", "A01")
    booked = account_revenue(portfolio, quarter.start, portfolio.as_of)["A01"]
    assert booked < found["value"] < booked + 100 * 60 / 14


@pytest.mark.parametrize("label", ["2026-01", "2026Q1"])
def test_months_and_quarters_are_looked_ahead_to(steady, label) -> None:
    found = order_forecast(steady, [steady.period(label)], "account")
    assert label in found.held_out


def test_a_young_book_expects_nothing_and_says_why() -> None:
    young = book(years=1)
    found = order_forecast(young, [young.period("2026Q1")], "account")
    assert found.table.empty
    assert found.reason.startswith("fewer than 2 earlier periods")


def test_few_accounts_expect_nothing_and_say_why() -> None:
    small = book(accounts=5)
    found = order_forecast(small, [small.period("2026Q1")], "account")
    assert found.table.empty
    assert "5 accounts" in found.reason


def test_what_comes_later_changes_nothing(demo) -> None:
    """A view of an earlier day expects the same, whatever is booked afterwards."""
    early = demo.at("2024-12-31")
    orders = demo.table("orders").collect("pandas").to_native()
    seen = orders[orders["order_date"] <= "2024-12-31"].drop(columns="posted_on")
    tables = {"orders": seen}
    alone = kamlab.portfolio_from_tables(tables, "EUR", as_of="2024-12-31")
    quarter = early.period("2025Q1")
    whole = kamlab.portfolio_from_tables(
        {"orders": orders.drop(columns="posted_on")}, "EUR", as_of="2025-12-31"
    )
    one, other = (
        order_forecast(each, [quarter], "account").table
        for each in (alone, whole.at("2024-12-31"))
    )
    pd.testing.assert_frame_equal(one, other)


@pytest.mark.parametrize("by", ["account", "parent"])
def test_talbrucks_intervals_held_as_often_as_they_say(demo, by) -> None:
    held, misses, last_years = [], [], []
    for day in ("2024-12-31", "2025-06-30", "2025-09-30"):
        view = demo.at(day)
        last = view.calendar.quarter_of(view.as_of)
        quarter = period_back(view.calendar, last, -1)
        table = order_forecast(view, [quarter], by).table
        rows = table[table["account"] != ""].set_index("account")
        came = account_revenue(demo, quarter.start, quarter.end, by=by)
        came = came.reindex(rows.index, fill_value=0.0)
        year_ago = naive_forecast(view, quarter, by).set_index("account")["value"]
        year_ago = year_ago.reindex(rows.index, fill_value=0.0)
        held.append(came.between(rows["low"] - 0.01, rows["high"] + 0.01).mean())
        misses.append((came - rows["value"]).abs().mean())
        last_years.append((came - year_ago).abs().mean())
    assert np.mean(held) == pytest.approx(0.9, abs=0.03)
    assert np.mean(misses) < 0.85 * np.mean(last_years)


@pytest.mark.parametrize("level", [0, 1, 90])
def test_the_level_is_a_share(demo, level) -> None:
    with pytest.raises(UsageError, match=f"level = {level}"):
        order_forecast(demo, [demo.period("2026Q1")], level=level)

"""What the pools cost in a window that need not fit the booked periods."""

from datetime import date

import pandas as pd
import pytest

import kamlab
from kamlab.errors import DataError, MissingDataError, UsageError
from kamlab.value.pool_costs import pool_costs
from tests.value.serving_books import book


def months(pool: str, first: str, number: int, cost: float = 310.0) -> pd.DataFrame:
    starts = pd.date_range(first, periods=number, freq="MS")
    return pd.DataFrame(
        {
            "pool": pool,
            "period_start": starts,
            "period_end": starts + pd.offsets.MonthEnd(0),
            "cost": cost,
            "capacity_minutes": 620.0,
        }
    )


def company(*costs: pd.DataFrame, as_of: str = "2025-06-30") -> kamlab.Portfolio:
    days = pd.to_datetime(["2025-01-01", "2025-06-30"])
    lines = {"order_id": ["1", "2"], "account_id": "A", "order_date": days}
    orders = pd.DataFrame({**lines, "net_amount": 5.0})
    tables = {"orders": orders, "costs": pd.concat(costs, ignore_index=True)}
    return kamlab.portfolio_from_tables(tables, "EUR", as_of=as_of)


def test_full_periods_count_in_full():
    known = pool_costs(company(months("desk", "2025-01-01", 6)))
    assert known.table.to_dict("list") == {
        "pool": ["desk"],
        "cost": [6 * 310.0],
        "capacity_minutes": [6 * 620.0],
    }
    assert (known.booked_through, known.days_carried) == (date(2025, 6, 30), 0)


def test_a_period_partly_in_the_window_counts_by_days():
    view = company(months("desk", "2025-01-01", 6))
    known = pool_costs(view, "2025-01-22", "2025-02-14")
    assert known.table["cost"].iloc[0] == pytest.approx(10 * 10 + 310 / 2)


def test_days_after_the_last_period_are_carried_on_and_counted():
    view = company(months("desk", "2025-01-01", 6), as_of="2025-06-15")
    known = pool_costs(view, "2025-05-01")
    assert known.table["cost"].iloc[0] == pytest.approx(310 + 15 * 10)
    assert (known.booked_through, known.days_carried) == (date(2025, 5, 31), 15)


def test_only_pools_that_still_had_a_period_are_carried_on():
    closed = months("old desk", "2025-01-01", 2)
    view = company(closed, months("desk", "2025-01-01", 6), as_of="2025-06-15")
    costs = pool_costs(view).table.set_index("pool")["cost"]
    assert costs["old desk"] == pytest.approx(2 * 310)
    assert costs["desk"] == pytest.approx(5 * 310 + 150)


def test_a_window_wholly_after_the_last_period_is_carried_on():
    view = company(months("desk", "2025-01-01", 5), as_of="2025-06-15")
    known = pool_costs(view, "2025-06-06", "2025-06-15")
    assert known.table["cost"].iloc[0] == pytest.approx(100)
    assert known.days_carried == 10


def test_costs_that_end_too_early_are_told():
    view = company(months("desk", "2025-01-01", 3))
    with pytest.raises(UsageError, match=r"end = 2025-06-30: .* end on 2025-03-31"):
        pool_costs(view)


def test_costs_that_begin_too_late_are_told():
    view = company(months("desk", "2025-03-01", 4))
    with pytest.raises(UsageError, match=r"start = 2025-01-01: .* begin on 2025-03-01"):
        pool_costs(view)


def test_before_the_first_period_has_ended_there_is_no_rate():
    view = company(months("desk", "2025-01-01", 6), as_of="2025-01-20")
    with pytest.raises(UsageError, match="no period has ended by 2025-01-20"):
        pool_costs(view)


def test_quarters_of_one_company_make_its_year(demo):
    year = pool_costs(demo, "2025-01-01", "2025-12-31").table.set_index("pool")
    parts = [demo.period(f"2025Q{number}") for number in range(1, 5)]
    quarters = [pool_costs(demo, part.start, part.end).table for part in parts]
    whole = pd.concat(quarters).groupby("pool").sum()
    assert (whole - year).abs().max().max() < 0.01


def test_without_costs_of_pools_the_sentence_says_so():
    with pytest.raises(MissingDataError, match="no table 'costs'"):
        pool_costs(book(costs=None))


def quarter(pool: str, end: str, days: int = 90) -> pd.DataFrame:
    last = pd.Timestamp(end)
    return pd.DataFrame(
        {
            "pool": [pool],
            "period_start": [last - pd.Timedelta(days=days - 1)],
            "period_end": [last],
            "cost": [10.0 * days],
            "capacity_minutes": [20.0 * days],
        }
    )


def test_a_pool_without_a_day_in_the_window_is_not_there():
    closed = months("old desk", "2024-11-01", 2)
    view = company(closed, months("desk", "2025-01-01", 6))
    assert pool_costs(view, "2025-01-01").table["pool"].tolist() == ["desk"]


def test_a_pool_booked_by_quarter_is_carried_on_beside_one_booked_by_month():
    by_quarter = quarter("store", "2025-03-31")
    view = company(by_quarter, months("desk", "2025-01-01", 6), as_of="2025-06-15")
    known = pool_costs(view)
    costs = known.table.set_index("pool")["cost"]
    assert costs["store"] == pytest.approx(10 * (90 + 76))
    assert costs["desk"] == pytest.approx(5 * 310 + 150)
    assert known.days_carried == 76


def test_a_pool_whose_next_quarter_others_have_booked_has_closed():
    closed = quarter("store", "2025-03-31")
    view = company(closed, months("desk", "2025-01-01", 6))
    known = pool_costs(view)
    assert known.table.set_index("pool")["cost"]["store"] == pytest.approx(900)
    assert known.days_carried == 0


def test_periods_that_count_days_twice_are_refused():
    twice = pd.concat([quarter("desk", "2025-03-31"), months("desk", "2025-03-01", 4)])
    expected = "pool 'desk': the period to 2025-03-31 overlaps the one from 2025-03-01"
    with pytest.raises(DataError, match=expected):
        pool_costs(company(twice))
    assert len(pool_costs(company(twice), "2025-04-01").table) == 1


def test_a_month_that_was_left_out_is_carried_on_and_counted():
    parts = months("desk", "2025-01-01", 6).drop(index=2)
    known = pool_costs(company(parts))
    per_day = 310 / 28
    assert known.table["cost"].iloc[0] == pytest.approx(5 * 310 + 31 * per_day)
    assert known.days_carried == 31
    assert pool_costs(company(parts), "2025-03-30").days_carried == 2


def test_a_pool_that_paused_for_longer_than_a_period_was_closed():
    parts = months("ice", "2025-01-01", 6).drop(index=[1, 2, 3])
    known = pool_costs(company(parts, months("desk", "2025-01-01", 6)))
    assert known.table.set_index("pool")["cost"]["ice"] == pytest.approx(3 * 310)
    assert known.days_carried == 0


def test_periods_of_another_pool_may_run_beside():
    view = company(months("desk", "2025-01-01", 6), quarter("store", "2025-06-30", 181))
    assert pool_costs(view).table["cost"].tolist() == [1860.0, 1810.0]

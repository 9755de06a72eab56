"""What the pools cost in a window that need not fit the booked periods."""

from datetime import date

import pandas as pd
import pytest

import kamlab
from kamlab.errors import MissingDataError, UsageError
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

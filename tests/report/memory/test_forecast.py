import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

import kamlab
from kamlab.errors import UsageError
from kamlab.report.memory.forecast import naive_forecast


def book(months: int, by_year=None, as_of: str = "2025-12-31") -> kamlab.Portfolio:
    """Return one order at each month's end; amounts by year, or 100."""
    days = pd.date_range(end=as_of, periods=months, freq="ME")
    amounts = [(by_year or {}).get(day.year, 100.0) for day in days]
    orders = pd.DataFrame(
        {
            "order_id": [str(n) for n in range(months)],
            "account_id": "A",
            "order_date": days,
            "net_amount": amounts,
        }
    )
    return kamlab.portfolio_from_tables({"orders": orders}, "EUR", as_of=as_of)


def test_next_quarter_is_expected_to_be_last_years() -> None:
    portfolio = book(48, {2022: 100, 2023: 110, 2024: 130, 2025: 120})
    table = naive_forecast(portfolio, portfolio.period("2026Q1"))
    assert table["account"].tolist() == ["", "A"]
    assert table["value"].tolist() == [360.0, 360.0]
    errors = np.repeat([30.0, 60.0, -30.0], 4)
    half = student.ppf(0.95, 12) * np.sqrt((errors**2).mean())
    assert table["n"].tolist() == [12, 12]
    assert table.loc[0, "high"] == pytest.approx(360 + half)
    assert table.loc[0, "low"] == pytest.approx(360 - half)


def test_months_and_years_are_periods_too() -> None:
    portfolio = book(48, {2025: 120})
    month = naive_forecast(portfolio, portfolio.period("2026-01"))
    assert (month.loc[0, "value"], month.loc[0, "n"]) == (120.0, 36)
    assert naive_forecast(portfolio, portfolio.period("2026")).empty


def test_a_young_book_expects_nothing() -> None:
    portfolio = book(24)
    assert len(naive_forecast(portfolio, portfolio.period("2026Q1"))) == 2
    young = book(23)
    assert naive_forecast(young, young.period("2026Q1")).empty


def test_a_period_that_is_not_over_makes_no_error() -> None:
    portfolio = book(48, as_of="2025-11-30")  # 2022Q1 to 2025Q3 are full
    table = naive_forecast(portfolio, portfolio.period("2026Q1"))
    assert table.loc[0, "n"] == 15 - 4


def test_whole_and_accounts_add_up(demo) -> None:
    view = demo.at("2025-09-30")
    table = naive_forecast(view, view.period("2025Q4"), by="account")
    every = table.set_index("account")["value"]
    negatives = every[""] - every.drop("").sum()
    assert abs(negatives) < 0.01 * every[""]
    assert table["account"].iloc[0] == ""


@pytest.mark.parametrize("level", [0, 1, 90])
def test_the_level_is_a_share(demo, level) -> None:
    with pytest.raises(UsageError, match=f"level = {level}"):
        naive_forecast(demo, demo.period("2026Q1"), level=level)

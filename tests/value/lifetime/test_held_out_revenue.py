"""Foretold orders in money: each at what one was worth in the account's own year."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.errors import UsageError
from kamlab.value.activity import account_revenue
from kamlab.value.lifetime import (
    compared_forecasts,
    foretold_orders,
    portfolio_held_out,
)
from kamlab.value.lifetime.forecasters import LAST_YEAR, last_year, past_rate, sheet
from kamlab.value.lifetime.held_out_revenue import (
    foretold_revenue,
    revenue_days_through,
)
from tests.conftest import PROJECT

WAYS = {LAST_YEAR: last_year, "sheet": sheet, "past rate": past_rate}
ENDS = "2025-06-30", "2025-12-31"


def book(*rows: tuple[str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["account_id", "order_date", "amount"])
    return frame.assign(order_date=pd.to_datetime(frame["order_date"]))


def in_money(amounts: pd.DataFrame, ends: tuple[str, str] = ENDS) -> pd.DataFrame:
    held = foretold_orders(amounts[amounts["amount"] > 0], *ends, methods=WAYS)
    return foretold_revenue(held, amounts)


@pytest.fixture
def two() -> pd.DataFrame:
    """One account whose orders have become larger, and one that has gone."""
    return book(
        ("Nordal", "2023-07-01", 10.0),
        ("Nordal", "2024-08-01", 40.0),
        ("Nordal", "2025-02-01", 60.0),
        ("Nordal", "2025-02-20", -20.0),
        ("Nordal", "2025-09-01", 70.0),
        ("Nordal", "2025-09-05", -5.0),
        ("Silent", "2023-08-01", 30.0),
    )


def test_what_came_is_net_of_what_went_back(two: pd.DataFrame) -> None:
    assert in_money(two)["actual"].to_dict() == {"Nordal": 65.0, "Silent": 0.0}


def test_last_year_is_the_money_of_the_same_days(two: pd.DataFrame) -> None:
    assert in_money(two)[LAST_YEAR].to_dict() == {"Nordal": 40.0, "Silent": 0.0}


def test_an_order_is_worth_what_it_was_in_the_accounts_own_year(
    two: pd.DataFrame,
) -> None:
    # Two order days brought 40 + 60 − 20; the order of 2023 is of another year.
    held = foretold_orders(two[two["amount"] > 0], *ENDS, methods=WAYS)
    money = foretold_revenue(held, two)
    for way in ("sheet", "past rate"):
        foretold = held.accounts.loc["Nordal", way] * 80 / 2
        assert money.loc["Nordal", way] == pytest.approx(foretold)


def test_who_has_gone_keeps_the_order_value_of_its_own_year() -> None:
    amounts = book(
        ("Silent", "2022-01-01", 30.0),
        ("Silent", "2022-03-01", 50.0),
        ("Nordal", "2022-01-05", 1.0),
    )
    held = foretold_orders(amounts, *ENDS, methods=WAYS)
    money = foretold_revenue(held, amounts)
    rate = held.accounts.loc["Silent", "past rate"]
    assert rate > 0
    assert money.loc["Silent", "past rate"] == pytest.approx(rate * 40)


def test_a_short_book_continues_last_months_in_money() -> None:
    amounts = book(("Nordal", "2025-04-01", 10.0), ("Nordal", "2025-05-01", 30.0))
    held = foretold_orders(amounts, *ENDS, methods=WAYS)
    orders = held.accounts.loc["Nordal", LAST_YEAR]
    assert foretold_revenue(held, amounts).loc["Nordal", LAST_YEAR] == orders * 20


def test_new_accounts_are_in_no_column(two: pd.DataFrame) -> None:
    late = pd.concat([two, book(("New", "2025-08-01", 99.0))])
    pd.testing.assert_frame_equal(in_money(late), in_money(two))


@pytest.mark.parametrize("factor", [0.13, 7.8])
def test_revenue_scales_with_the_currency(two: pd.DataFrame, factor: float) -> None:
    other = two.assign(amount=two["amount"] * factor)
    pd.testing.assert_frame_equal(in_money(other), in_money(two) * factor)


def test_money_of_the_future_changes_no_forecast(two: pd.DataFrame) -> None:
    later = two["order_date"] > "2025-06-30"
    held = foretold_orders(two[two["amount"] > 0], *ENDS, methods=WAYS)
    other = two.assign(amount=two["amount"].where(~later, 1e6))
    ways = [LAST_YEAR, "sheet", "past rate"]
    pd.testing.assert_frame_equal(
        foretold_revenue(held, other)[ways], foretold_revenue(held, two)[ways]
    )


def test_an_amount_that_is_not_known_is_named(two: pd.DataFrame) -> None:
    held = foretold_orders(two[two["amount"] > 0], *ENDS, methods=WAYS)
    two.loc[2, "amount"] = np.nan
    with pytest.raises(UsageError, match="amounts, row 2: "):
        foretold_revenue(held, two)
    with pytest.raises(UsageError, match="order_date and amount"):
        foretold_revenue(held, two.drop(columns="amount"))


def test_the_demo_companys_revenue_is_all_that_its_lines_sum_to() -> None:
    with kamlab.open_portfolio("data/demo", as_of="2025-06-30") as portfolio:
        days = revenue_days_through(portfolio.outcome(6), portfolio)
        later = account_revenue(portfolio.at("2025-12-31"), "2025-07-01", "2025-12-31")
    after = days[days["order_date"] > "2025-06-30"]
    by_account = after.groupby("account_id")["amount"].sum()
    assert by_account.sum() == pytest.approx(later.sum())


def test_in_money_no_model_beats_last_year_on_2025_and_the_file_says_so() -> None:
    with kamlab.open_portfolio("data/demo", as_of="2024-12-31") as portfolio:
        after = portfolio.outcome(12)
        ways = {LAST_YEAR: last_year, "sheet": sheet}
        held = portfolio_held_out(after, portfolio, methods=ways)
        money = foretold_revenue(held, revenue_days_through(after, portfolio))
    assert held.holdout_end == date(2025, 12, 31)
    now = compared_forecasts(money)
    file = PROJECT / "data" / "comparisons" / "lifetime_held_out_revenue.csv"
    table = pd.read_csv(file)
    kept = table[table["book"] == "Talbruck 2025"].set_index("method")
    for column in ("actual", "foretold", "mae"):
        np.testing.assert_allclose(
            kept.loc[list(ways), column], now[column], rtol=1e-4, err_msg=column
        )
    assert kept.loc["MBG/CNBD-k", "verdict"] != "better"

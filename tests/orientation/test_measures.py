"""What is measured of each account ties to what was booked."""

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.orientation.measures import (
    account_measures,
    symmetric_growth,
)
from kamlab.value.activity import account_months
from kamlab.value.profitability import account_profit
from kamlab.value.revenue_stability import quarterly_revenue, revenue_stability
from kamlab.value.stability_comparison import compare_stability
from kamlab.value.trailing import trailing_revenue
from tests.orientation.conftest import book, contacts, lines

TWO_YEARS = [
    ("A", "2024-01-01", 100.0),
    ("A", "2025-03-01", 150.0),
    ("A", "2025-03-02", 50.0),
    ("gone", "2024-06-01", 80.0),
    ("new", "2025-12-31", 30.0),
]


def test_revenue_ties_to_the_trailing_year(demo, talbruck):
    revenue = trailing_revenue(demo)
    assert talbruck.measures["revenue"].sum() == pytest.approx(revenue.sum(), abs=0.01)


def test_contribution_ties_to_the_profit_of_the_accounts(demo, talbruck):
    profit = account_profit(demo, "2025-01-01")
    theirs = profit.contribution.reindex(talbruck.measures.index)
    ours = talbruck.measures["contribution"]
    pd.testing.assert_series_equal(ours, theirs, check_names=False)


def test_shares_are_shares(talbruck):
    for column in ("margin_rate", "kept", "inbound", "ideas", "needs"):
        assert talbruck.measures[column].dropna().between(0, 1).all(), column
    assert talbruck.measures["growth"].dropna().between(-2, 2).all()
    assert talbruck.measures["price_kept"].dropna().le(1).all()


def test_every_account_of_the_day_has_a_row(demo, talbruck):
    assert talbruck.measures.index.equals(demo.accounts.index)


def test_by_heart():
    measures = account_measures(book(TWO_YEARS))
    assert measures.loc["A", "revenue"] == 200.0
    assert measures.loc["A", "order_days"] == 2
    assert measures.loc["A", "order_value"] == 100.0
    assert measures["kept"].to_dict() == pytest.approx(
        {"A": 1.0, "gone": 0.0, "new": np.nan}, nan_ok=True
    )
    assert measures.loc["A", "growth"] == pytest.approx(2 * 100 / 300)
    assert measures.loc["gone", "growth"] == -2.0


def test_four_columns_give_what_they_can_and_no_more():
    measures = account_measures(book(TWO_YEARS))
    assert set(measures) == {
        "revenue",
        "order_days",
        "order_value",
        "tenure",
        "kept",
        "growth",
        "variation",
    }


def test_a_book_of_half_a_year_has_no_year_before():
    half = book([("A", "2025-07-01", 5.0), ("A", "2025-12-31", 5.0)])
    assert {"kept", "growth", "variation"}.isdisjoint(account_measures(half))


def test_contacts_are_counted_a_month_and_by_who_began():
    calls = contacts(
        [("A", "2025-02-01"), ("A", "2025-02-02"), ("A", "2024-02-02")],
        direction=["in", "out", "in"],
        topic=["need", "innovation", "need"],
    )
    measures = account_measures(book(TWO_YEARS, interactions=calls))
    assert measures.loc["A", "contacts"] == pytest.approx(2 / 12)
    assert measures.loc["A", "inbound"] == measures.loc["A", "ideas"] == 0.5
    assert measures.loc["new", "contacts"] == 0
    assert np.isnan(measures.loc["new", "inbound"])


def test_the_room_between_list_price_and_cost_is_split():
    orders = lines(
        [("A", "2025-01-01", 80.0), ("A", "2025-12-31", 80.0)],
        quantity=[1.0, 10.0],
        unit_list_price=[100.0, 1000.0],
        price_per=[1.0, 100.0],
        cogs=[60.0, 60.0],
    )
    measures = account_measures(kamlab.portfolio_from_tables({"orders": orders}, "EUR"))
    assert measures.loc["A", "price_kept"] == pytest.approx(0.5)


def test_categories_are_those_bought_not_those_returned():
    orders = lines(
        [("A", "2025-01-01", 80.0), ("A", "2025-03-01", 5.0), ("A", "2025-12-31", -9.0)]
    ).assign(product_id=["P1", "P2", "P3"])
    products = pd.DataFrame(
        {"product_id": ["P1", "P2", "P3"], "category": ["x", "x", "y"]}
    )
    tables = {"orders": orders, "products": products}
    measures = account_measures(kamlab.portfolio_from_tables(tables, "EUR"))
    assert measures.loc["A", "categories"] == 1


def test_steadiness_is_that_of_the_chapter_on_value(demo, talbruck):
    quarters = quarterly_revenue(account_months(demo), demo.as_of)
    found = compare_stability(revenue_stability(quarters), talbruck.is_key)
    variation = talbruck.measures["variation"]
    assert variation[talbruck.is_key].median() == pytest.approx(found.key.value)
    assert variation[~talbruck.is_key].median() == pytest.approx(found.others.value)


def test_a_book_of_less_than_two_years_says_nothing_of_steadiness():
    days = pd.date_range("2024-02-15", "2025-12-31", freq="MS").strftime("%Y-%m-%d")
    measures = account_measures(book([("A", day, 5.0) for day in days]))
    assert "variation" not in measures


def test_who_has_just_begun_is_not_called_unsteady():
    days = pd.date_range("2024-01-01", "2025-12-31", freq="MS").strftime("%Y-%m-%d")
    steady = [("steady", day, 5.0) for day in [*days, "2025-12-31"]]
    new = [("new", day, 5.0) for day in days[-9:]]
    variation = account_measures(book([*steady, *new]))["variation"]
    assert variation["steady"] < 0.3
    assert np.isnan(variation["new"])


def test_growth_is_the_same_way_back():
    one, other = pd.Series([100.0, 70.0]), pd.Series([40.0, 90.0])
    back = symmetric_growth(other, one)
    assert symmetric_growth(one, other).tolist() == pytest.approx((-back).tolist())


def test_growth_from_nothing_or_into_minus_is_unknown():
    growth = symmetric_growth(pd.Series([0.0, 10.0]), pd.Series([10.0, -1.0]))
    assert growth.isna().all()


def test_a_longer_window_than_the_data_is_cut():
    short = book([("A", "2025-10-01", 5.0), ("A", "2025-12-31", 5.0)])
    assert account_measures(short, months=12).loc["A", "revenue"] == 10.0

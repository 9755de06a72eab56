"""The order book behind an export: one year, few accounts, nothing booked later."""

import datetime

import narwhals as nw
import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.data.demo import generate
from kamlab.data.demo.dirt_book import USUAL_ACCOUNTS, order_book, order_book_of
from kamlab.errors import DataError
from tests.conftest import DEMO


@pytest.fixture(scope="module")
def tables():
    return generate(seed=4, accounts=60).tables


def test_all_of_a_year_is_in_the_book_of_all_accounts(tables):
    book = order_book(tables, 2024, accounts=60)
    orders = tables["orders"]
    late = orders["posted_on"].dt.year > 2024
    year = orders[(orders["order_date"].dt.year == 2024) & ~late]
    assert len(book.orders) == len(year)
    assert book.net_by_quarter["2024"] == round(year["net_amount"].sum(), 2)
    assert set(book.accounts["account_id"]) == set(year["account_id"])


def test_the_quarters_sum_to_the_year(tables):
    totals = order_book(tables, 2025).net_by_quarter
    assert list(totals) == ["2025Q1", "2025Q2", "2025Q3", "2025Q4", "2025"]
    assert sum(list(totals.values())[:4]) == pytest.approx(totals["2025"], abs=0.005)


def test_accounts_are_drawn_by_the_seed(tables):
    one, again, other = (order_book(tables, 2025, 10, seed) for seed in (1, 1, 2))
    assert len(one.accounts) == 10
    assert one.accounts["account_id"].tolist() == again.accounts["account_id"].tolist()
    assert one.accounts["account_id"].tolist() != other.accounts["account_id"].tolist()
    assert set(one.orders["account_id"]) == set(one.accounts["account_id"])
    assert set(one.costs["account_id"]) <= set(one.accounts["account_id"])


def test_a_year_without_orders_is_refused(tables):
    with pytest.raises(DataError, match="no line of 1999; name a year with orders"):
        order_book(tables, 1999)


def test_tables_that_are_not_there_are_empty(tables):
    few = {name: tables[name] for name in ("orders", "accounts")}
    book = order_book(few, 2025)
    assert book.costs.empty
    assert book.contacts.empty


def test_a_view_of_a_portfolio_sees_nothing_of_later_days():
    with kamlab.open_portfolio(DEMO, as_of="2024-09-30") as portfolio:
        book = order_book_of(portfolio)
        lines = portfolio.orders.filter(
            nw.col("order_date") >= datetime.datetime(2024, 1, 1)
        )
        lines = lines.filter(
            nw.col("account_id").is_in(book.accounts["account_id"].tolist())
        )
        known = lines.collect("pandas").to_native()
    assert len(book.accounts) == USUAL_ACCOUNTS
    assert book.orders["order_date"].max() <= pd.Timestamp("2024-09-30")
    assert len(book.orders) == len(known)
    assert np.isclose(book.net_by_quarter["2024"], known["net_amount"].sum())

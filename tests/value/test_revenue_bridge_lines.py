"""Lines of two periods, reduced in one pass, at the rates of the earlier one."""

from datetime import date

import pandas as pd
import polars as pl
import pytest

import kamlab
from kamlab.value.revenue_bridge_lines import (
    comparable_day,
    compared_lines,
    foreign_unconverted,
)
from tests.value.revenue_books import NOW, THEN, company, line


def test_a_product_has_one_row_for_each_period_whatever_the_currency():
    dollars = {"currency": "usd", "net_amount_original": 100.0}
    lines = [
        line("A", 2024, 90, units=2, **dollars),
        line("A", 2024, 50, units=1, currency="EUR", net_amount_original=50.0),
    ]
    table = compared_lines(company(*lines), NOW, THEN, "account").set_index(
        "account_id"
    )
    assert table.loc["A", "quantity"] == 3
    assert table.loc["A", "revenue"] == 140


def test_returns_do_not_upset_the_rate():
    lines = [
        line("A", 2024, 90, currency="USD", net_amount_original=100.0),
        line("A", 2024, -90, kind="return", currency="USD", net_amount_original=-100.0),
        line("A", 2025, 80, currency="USD", net_amount_original=100.0),
    ]
    table = compared_lines(company(*lines), NOW, THEN, "account")
    now = table[(table["account_id"] == "A") & table["is_now"]].iloc[0]
    assert (now["revenue"], now["constant"], now["goods"]) == (80, 90, 90)


def test_lines_without_product_have_no_quantity():
    table = compared_lines(company(line("A", 2024, 9, None, 3)), NOW, THEN, "account")
    assert table.set_index("account_id")["quantity"].isna()["A"]


def test_samples_and_free_goods_set_no_price():
    free = [line("A", 2024, 0, units=5), line("A", 2024, 3, units=5, kind="sample")]
    table = compared_lines(company(*free, line("A", 2024, 40, units=4)), NOW, THEN)
    row = table[table["parent_id"] == "A"].iloc[0]
    assert (row["goods"], row["quantity"], row["revenue"]) == (40, 4, 43)


def test_the_days_between_two_periods_belong_to_neither():
    quarters = [company().period(label) for label in ("2025Q1", "2024Q1")]
    book = company(line("A", 2024, 40), line("A", 2025, 10, day="02-01"))
    table = compared_lines(book, *quarters, "account")
    assert table.set_index("account_id").loc["A", "revenue"] == 10


@pytest.mark.parametrize(
    ("as_of", "day"), [("2025-12-31", "2024-12-31"), ("2026-01-15", "2025-01-15")]
)
def test_both_periods_are_known_equally_long_after_their_end(as_of: str, day: str):
    frame = pd.DataFrame([line("A", 2024, 1), line("A", 2025, 1)])
    book = kamlab.portfolio_from_tables(
        {"orders": frame.assign(order_id=["1", "2"])},
        "EUR",
        as_of=as_of,
        data_through="2026-01-31",
    )
    assert comparable_day(book, NOW, THEN) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("further", "expected"),
    [
        ({}, False),
        ({"currency": "eur"}, False),
        ({"currency": None}, False),
        ({"currency": "USD"}, True),
        ({"currency": "USD", "net_amount_original": 1.0}, False),
    ],
)
def test_foreign_lines_without_their_own_amount_are_noticed(further, expected):
    assert foreign_unconverted(company(line("A", 2024, 1, **further))) is expected


def test_another_back_end_says_the_same(demo):
    orders = demo.orders.collect("polars").to_native()
    other = kamlab.portfolio_from_tables(
        {"orders": pl.LazyFrame(orders)}, "EUR", as_of=demo.as_of
    )
    periods = demo.period("2025"), demo.period("2024")
    one, two = (
        compared_lines(book, *periods, "account")
        .sort_values(["account_id", "product_id", "is_now"])
        .reset_index(drop=True)
        for book in (demo, other)
    )
    pd.testing.assert_frame_equal(one, two, check_dtype=False)

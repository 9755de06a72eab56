"""Two periods that compare: equally long, and known equally well."""

from datetime import date

import pandas as pd
import pytest

from kamlab.errors import MissingDataError, UsageError
from kamlab.value.profit_periods import compared_periods, profit_period
from tests.value.serving_books import book, orders


def two_quarters(last_day: str) -> pd.DataFrame:
    """Return the book's order lines, and the first of them half a year before."""
    early = orders().iloc[[0]].assign(order_date=pd.Timestamp(last_day))
    lines = pd.concat([orders(), early], ignore_index=True)
    return lines.assign(order_id=lines.index.astype(str))


def test_two_windows_must_be_covered(demo):
    with pytest.raises(UsageError, match="two windows begin on 2021-01-01"):
        compared_periods(demo.at("2022-12-31"))
    half = compared_periods(demo.at("2022-12-31"), months=6)
    assert [each.profit.end for each in half] == [date(2022, 6, 30), date(2022, 12, 31)]


def test_time_counts_in_both_windows_or_in_none():
    with pytest.raises(UsageError, match="pools cover the last window alone"):
        compared_periods(book(orders=two_quarters("2024-10-02")), months=3)
    periods = compared_periods(book(orders=two_quarters("2024-04-02")), months=6)
    assert [each.profit.served for each in periods] == [None, None]


def test_what_is_still_open_in_the_later_year_is_left_out_of_the_earlier_one(demo):
    before, after = compared_periods(demo)
    for period in (before, after):
        assert period.profit.table["rebates"].sum() == 0
    booked_since = profit_period(demo, "2024-01-01", "2024-12-31")
    assert booked_since.profit.table["rebates"].sum() < -100_000


def test_groups_are_those_of_the_views_day_in_both_periods(demo):
    before, after = compared_periods(demo, by="parent")
    assert before.profit.table.index.name == after.sales.index.names[0] == "parent_id"


def test_a_period_needs_products_quantities_and_costs():
    with pytest.raises(MissingDataError, match="no column 'product_id'"):
        profit_period(book(orders=orders().drop(columns="product_id")))


def test_a_period_knows_sales_and_profit_of_the_same_days():
    period = profit_period(book(), "2025-01-01", "2025-01-31")
    goods = period.sales["goods"].sum()
    assert goods == 900 + 180 + 95
    assert period.profit.table["gross_revenue"].sum() == goods + 12

"""Late postings: what was ordered is sometimes booked weeks later."""

import pandas as pd
import pytest


def late_sales(book):
    return book.sales.dropna(subset="posted_on")


def test_some_orders_are_booked_up_to_three_weeks_late(book):
    late = late_sales(book)
    delay = (late["posted_on"] - late["order_date"]).dt.days
    assert 0.03 < len(late) / len(book.sales) < 0.08
    assert delay.min() >= 1
    assert 14 < delay.max() <= 21


def test_late_postings_crowd_at_the_end_of_a_quarter(book):
    ends = book.sales["order_date"] + pd.offsets.QuarterEnd(0)
    near = (ends - book.sales["order_date"]).dt.days < 8
    late = book.sales["posted_on"].notna()
    assert late[near].mean() > 3 * late[~near].mean()


def test_some_orders_of_a_quarter_are_booked_in_the_next(book):
    late = late_sales(book)
    ordered = late["order_date"].dt.to_period("Q")
    assert (late["posted_on"].dt.to_period("Q") > ordered).sum() > 100


def test_nothing_is_booked_after_the_extract(book):
    assert book.orders["posted_on"].max() <= pd.Timestamp("2025-12-31")


def test_an_order_is_booked_as_a_whole(book):
    booked = book.sales["posted_on"].fillna(pd.Timestamp(0))
    assert booked.groupby(book.sales["order_id"]).nunique().max() == 1


@pytest.mark.parametrize("line_type", ["return", "price_credit", "cancellation"])
def test_nothing_refers_to_an_order_that_was_not_booked(book, line_type):
    lines = book.orders[book.orders["line_type"] == line_type]
    assert lines["ref_order_id"].isin(book.sales["order_id"]).all()

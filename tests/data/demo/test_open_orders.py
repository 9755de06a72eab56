"""The order book says what was ordered and not delivered, as the order lines do."""

import pandas as pd
import pytest

from kamlab.data.demo.open_orders import SHORTEST_LEAD

MONTH_ENDS = pd.date_range("2024-01-31", "2025-12-31", freq="ME")


def cancellations(orders: pd.DataFrame) -> pd.Series:
    """Return the day of cancellation by order, product and amount."""
    against = orders[orders["line_type"] == "cancellation"]
    keys = [against["ref_order_id"], against["product_id"], -against["net_amount"]]
    return against.set_index(keys)["order_date"]


def backlog_by_lines(book, day: pd.Timestamp) -> pd.DataFrame:
    """Return the lines open on a day, from the table of order lines alone."""
    sales = book.sales
    lead = (sales["promised_date"] - sales["order_date"]).dt.days
    sales = sales[lead >= SHORTEST_LEAD]
    known = sales[["order_date", "posted_on"]].max(axis=1) <= day
    gone = sales["delivered_date"] <= day
    keys = pd.MultiIndex.from_frame(sales[["order_id", "product_id", "net_amount"]])
    cancelled = cancellations(book.orders)
    gone |= keys.isin(cancelled.index[cancelled <= day])
    return sales[known & ~gone]


def backlog(book, day: pd.Timestamp) -> pd.DataFrame:
    rows = book.open_orders
    known = rows[["ordered_on", "posted_on"]].max(axis=1) <= day
    return rows[known & ~(rows["closed_on"] <= day)]


@pytest.mark.parametrize("day", MONTH_ENDS[::4], ids=lambda day: f"{day:%Y-%m}")
def test_the_backlog_of_a_month_end_is_that_of_the_order_lines(book, day):
    told, lines = backlog(book, day), backlog_by_lines(book, day)
    keys = ["order_id", "line_id"]
    assert set(map(tuple, told[keys].to_numpy())) == set(
        map(tuple, lines[keys].to_numpy())
    )
    assert told["amount"].sum() == pytest.approx(lines["net_amount"].sum(), abs=0.005)


def test_promises_and_deliveries_are_those_of_the_order_lines(book):
    keys = ["order_id", "line_id"]
    both = book.open_orders.merge(book.sales, on=keys, validate="one_to_one")
    assert len(both) == len(book.open_orders)
    assert (both["promised_date_x"] == both["promised_date_y"]).all()
    assert (both["amount"] == both["net_amount"]).all()
    delivered = both["delivered_date"].notna()
    assert (both["closed_on"] == both["delivered_date"])[delivered].all()


def test_the_backlog_is_worth_some_weeks_of_revenue(book):
    worth = [backlog(book, day)["amount"].sum() for day in MONTH_ENDS]
    assert min(worth) > 1.2e6
    assert max(worth) < 6e6


def test_what_was_open_when_the_book_began_was_entered_on_its_first_day(book):
    early = book.open_orders[book.open_orders["ordered_on"] < "2024-01-01"]
    assert len(early) > 50
    assert (early["posted_on"] >= "2024-01-01").all()


def test_a_line_is_never_closed_before_it_was_entered(book):
    rows = book.open_orders
    entered = rows[["ordered_on", "posted_on"]].max(axis=1)
    assert not (rows["closed_on"] <= entered).any()


def test_what_is_cancelled_is_open_no_longer(book):
    gone = cancellations(book.orders)
    last = backlog(book, pd.Timestamp("2025-12-31"))
    product = last.merge(book.sales, on=["order_id", "line_id"])
    keys = pd.MultiIndex.from_frame(product[["order_id", "product_id", "net_amount"]])
    assert not keys.isin(gone.index).any()

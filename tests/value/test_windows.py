"""Which days a figure covers, what was booked by then, and whose account it is."""

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.windows import checked_window, key_name, owners, rows_between
from tests.value.serving_books import book, orders

LATER = {
    "orders": pd.concat(
        [orders(), orders().iloc[[0]].assign(order_id="9", order_date="2025-05-02")]
    ).astype({"order_date": "datetime64[us]"})
}


def test_a_window_runs_from_the_first_order_to_the_views_day():
    assert [str(day) for day in checked_window(book())] == ["2025-01-10", "2025-03-31"]


def test_a_window_beyond_the_view_is_refused():
    with pytest.raises(UsageError, match="end = 2025-04-01 lies after the view's day"):
        checked_window(book(), end="2025-04-01")
    with pytest.raises(UsageError, match="start = 2025-03-01 lies after end"):
        checked_window(book(), "2025-03-01", "2025-02-01")


@pytest.mark.parametrize("table", ["orders", "interactions", "account_costs"])
def test_both_days_of_a_window_belong_to_it(table: str):
    days = {"orders": "order_date"}.get(table, "date")
    rows = rows_between(book(), table, "2025-01-15", "2025-01-31").collect("pandas")
    seen = pd.to_datetime(rows.to_native()[days])
    assert seen.between("2025-01-15", "2025-01-31").all()
    assert len(seen)


def test_what_was_booked_later_is_left_out_as_it_was_then():
    view = book(**LATER).at("2025-04-30")
    quarter = (view, "orders", "2025-01-01", "2025-03-31")
    now = rows_between(*quarter).collect("pandas").to_native()
    then = rows_between(*quarter, booked_by="2025-03-31").collect("pandas").to_native()
    assert set(now["order_id"]) - set(then["order_id"]) == {"B7"}


def test_without_a_day_of_booking_nothing_is_left_out():
    quarter = ("interactions", "2025-01-01", "2025-03-31", "2025-01-01")
    assert len(rows_between(book(), *quarter).collect("pandas")) == 5


def test_branches_belong_to_the_top_of_their_group():
    accounts = pd.DataFrame(
        {"account_id": ["Adler", "Brandt"], "parent_id": ["Group", "Adler"]}
    )
    view = book(accounts=accounts)
    numbers = pd.Series(["Brandt", "Adler", "Unknown"])
    whose = owners(view, numbers, "parent")
    assert whose.tolist() == ["Group", "Group", "Unknown"]
    assert whose.name == "parent_id"
    assert owners(view, numbers, "account").tolist() == numbers.tolist()


def test_another_kind_of_row_is_refused():
    with pytest.raises(UsageError, match="by = 'group'; choose 'account' or 'parent'"):
        key_name("group")

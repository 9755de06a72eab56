import pandas as pd
import pytest

from kamlab.churn.counted_days import LONGEST_OPEN_EVENT, counted_days
from kamlab.churn.purchase_days import purchase_days
from tests.churn.books import book, event, orders

A = orders("A", ["2024-07-01", "2025-01-10"])
ACCOUNTS = pd.DataFrame({"account_id": ["A", "B"], "region": ["South", None]})


def days_of(account: str, *events: dict, until: str = "2025-06-30") -> int:
    """Return how many days of 2025 count for an account until a day."""
    portfolio = book(A, events=events, accounts=ACCOUNTS)
    counted = counted_days(portfolio, purchase_days(portfolio))
    days = pd.Series(pd.to_datetime(["2024-12-31", until]))
    first, last = counted.until(pd.Series([account, account]), days)
    return int(last - first)


def test_without_events_every_day_counts() -> None:
    assert days_of("A") == 181


def test_both_ends_of_a_shutdown_belong_to_it() -> None:
    assert days_of("A", event("A", "shutdown", "2025-03-01", "2025-03-10")) == 171


def test_two_shutdowns_that_overlap_count_once() -> None:
    region = event("South", "shutdown", "2025-03-06", "2025-03-15", "region", "E2")
    own = event("A", "shutdown", "2025-03-01", "2025-03-10")
    assert days_of("A", own, region) == 166
    assert days_of("B", own, region) == 181


def test_a_shutdown_of_everybody_touches_everybody() -> None:
    shut = event(None, "shutdown", "2025-03-01", "2025-03-10", "portfolio")
    assert days_of("B", shut) == 171


def test_an_event_from_before_the_first_order_is_cut_at_it() -> None:
    assert days_of("A", event("A", "shutdown", "2023-01-01", "2025-01-10")) == 171


@pytest.mark.parametrize("kind", ["price_list", "competitor", "programme", "merger"])
def test_other_kinds_of_events_stop_no_clock(kind: str) -> None:
    assert days_of("A", event("A", kind, "2025-03-01", "2025-03-10")) == 181


def test_an_open_shutdown_ends_before_the_next_order() -> None:
    assert days_of("A", event("A", "shutdown", "2025-01-01")) == 181 - 9


def test_an_open_run_down_of_stock_lasts_half_a_year_although_it_orders() -> None:
    begin = pd.Timestamp("2025-06-30") - pd.Timedelta(days=LONGEST_OPEN_EVENT - 1)
    assert days_of("A", event("A", "other", str(begin.date()))) == 0


def test_a_day_that_has_not_come_is_missing() -> None:
    portfolio = book(A)
    counted = counted_days(portfolio, purchase_days(portfolio))
    assert pd.isna(counted.day_after("A", 10_000))
    assert counted.day_after("A", 1) == pd.Timestamp("2024-07-02")


def test_a_view_does_not_know_yet_when_a_shutdown_will_end() -> None:
    shut = event("A", "shutdown", "2025-06-01", "2025-08-31")
    assert days_of("A", shut) == 181 - 30


def test_purchases_of_one_day_are_one_and_returns_are_none() -> None:
    back = orders("A", ["2025-02-01"], net_amount=-5.0)
    again = A.assign(order_id=A["order_id"] + "b")
    portfolio = book(A, back, again)
    days = purchase_days(portfolio)
    assert days["account_id"].tolist() == ["A", "A", "Z"]
    assert purchase_days(portfolio, start="2025-01-01")["account_id"].tolist() == [
        "A",
        "Z",
    ]

"""Lists of open invoices and payments add up to what was delivered, to the cent."""

import itertools

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.receivables import snapshot_days
from kamlab.data.demo.story import dates_of

BILLED, CREDITED = ("sale", "service"), ("return", "price_credit", "rebate")


def cents(frame: pd.DataFrame, column: str = "amount") -> pd.Series:
    """Return whole cents by account."""
    whole = (100 * frame[column]).round().astype("int64")
    return whole.groupby(frame["account_id"]).sum()


def billed_by(orders: pd.DataFrame, day: pd.Timestamp) -> pd.Series:
    """Return what was delivered or credited by a day, from the order lines alone."""
    goods = orders["line_type"].isin(BILLED) & orders["delivered_date"].notna()
    lines = orders[goods | orders["line_type"].isin(CREDITED)]
    happened = lines["delivered_date"].fillna(lines["order_date"])
    known = pd.concat([happened, lines["posted_on"]], axis=1).max(axis=1)
    return cents(lines[known <= day], "net_amount")


def open_on(book, day: pd.Timestamp) -> pd.DataFrame:
    return book.receivables[book.receivables["as_of"] == day]


def list_days(book) -> list[pd.Timestamp]:
    return sorted(book.receivables["as_of"].unique())


def overdue_share(items: pd.DataFrame) -> float:
    late = (items["as_of"] - items["due"]).dt.days > 30
    return items.loc[late, "amount"].sum() / items["amount"].sum()


def test_collected_and_open_make_what_was_billed_for_each_account(book):
    for day in list_days(book):
        paid = cents(book.collections[book.collections["date"] <= day])
        known = cents(open_on(book, day)).add(paid, fill_value=0)
        billed = billed_by(book.orders, day)
        difference = known.sub(billed, fill_value=0)
        assert (difference == 0).all(), (day, difference[difference != 0])


def test_scrambled_lines_break_the_identity(book):
    day = list_days(book)[-1]
    paid = cents(book.collections[book.collections["date"] <= day])
    known = cents(open_on(book, day)).add(paid, fill_value=0)
    wrong = known.sub(billed_by(book.scrambled().orders, day), fill_value=0)
    assert (wrong != 0).mean() > 0.9


def test_no_account_owes_more_than_it_was_billed(book):
    for day in list_days(book):
        owed = cents(open_on(book, day))
        gross = book.orders[book.orders["net_amount"] > 0]
        assert (owed <= billed_by(gross, day).reindex(owed.index)).all(), day


def test_lists_are_of_quarter_ends_and_later_of_month_ends():
    days = pd.Series(pd.to_datetime(dates_of(snapshot_days())))
    assert str(days.iloc[0].date()) == "2022-12-31"
    assert days.dt.is_month_end.all()
    early = days[days < "2025-01-01"]
    assert (early.dt.month % 3 == 0).all()
    assert len(days) - len(early) == 12


def test_an_invoice_leaves_the_lists_once_and_does_not_come_back(book):
    lists = list_days(book)
    place = book.receivables["as_of"].map({day: i for i, day in enumerate(lists)})
    seen = place.groupby(book.receivables["invoice_id"]).agg(["min", "max", "size"])
    assert (seen["max"] - seen["min"] + 1 == seen["size"]).all()


def test_no_list_shows_what_was_billed_after_it(book):
    assert (book.receivables["invoice_date"] <= book.receivables["as_of"]).all()
    assert (book.receivables["due"] >= book.receivables["invoice_date"]).all()


def days_late_of(book, account: str) -> np.ndarray:
    """Return days late as the monthly lists tell: between the last and the next one."""
    own = book.receivables[book.receivables["account_id"] == account]
    lists = [day for day in list_days(book) if day >= pd.Timestamp("2024-12-31")]
    following = dict(itertools.pairwise(lists))
    last = own[own["as_of"].isin(lists)].groupby("invoice_id")[["as_of", "due"]].max()
    gone = last[last["as_of"].isin(list(following))]
    middle = gone["as_of"] + (gone["as_of"].map(following) - gone["as_of"]) / 2
    return (middle - gone["due"]).dt.days.to_numpy()


def test_lianhan_pays_140_days_late_by_the_lists_alone(book):
    late = days_late_of(book, book.number_of("lianhan"))
    assert len(late) >= 8
    planted = book.truth["receivables"]["lianhan_days_late"]
    assert np.mean(late) == pytest.approx(planted, abs=10)


def test_lianhan_owes_more_every_year(book):
    lianhan = book.number_of("lianhan")
    ends = [pd.Timestamp(f"{year}-12-31") for year in (2022, 2023, 2024, 2025)]
    owed = [cents(open_on(book, day))[lianhan] for day in ends]
    assert owed == sorted(owed)
    last = open_on(book, ends[-1])
    assert overdue_share(last[last["account_id"] == lianhan]) > 0.4


def test_a_believable_share_is_overdue_by_more_than_a_month(book):
    assert 0.05 <= overdue_share(open_on(book, pd.Timestamp("2025-12-31"))) <= 0.09


def test_customers_pay_some_two_months_after_delivery(book):
    last = open_on(book, pd.Timestamp("2025-12-31"))
    days = last["amount"].sum() / 62e6 * 365
    assert 50 < days < 80


def test_some_in_china_pay_by_bank_acceptance(book):
    currency = book.collections["account_id"].map(book.accounts["currency"])
    accepted = book.collections["method"] == "acceptance"
    assert accepted[currency == "CNY"].any()
    assert not accepted[currency != "CNY"].any()

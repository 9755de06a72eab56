"""Arrivals and losses: 6 to 8 % of accounts a year, 2 to 3 % of key accounts."""

import pandas as pd
import pytest

from kamlab.data.demo.lives import alive_share, choose_key_accounts, live
from kamlab.data.demo.roster import build_roster


def left(book):
    losses = pd.DataFrame(book.truth["losses"]).T
    return losses.assign(left=pd.to_datetime(losses["left"]))


def test_six_to_eight_percent_of_the_active_accounts_are_lost_each_year(book):
    by_year = left(book)["left"].dt.year.value_counts()
    for year in (2022, 2023, 2024, 2025):
        rate = by_year[year] / book.truth["active_accounts"][str(year)]
        assert 0.06 <= rate <= 0.0801


def test_two_to_three_percent_of_key_accounts_are_lost_a_year(book):
    lost = left(book)["key_account"].sum()
    assert 0.02 <= lost / 28 / 4 <= 0.03


def test_about_eighty_accounts_are_lost_in_four_years(book):
    assert 70 <= len(book.truth["losses"]) <= 90


def test_lost_accounts_order_nothing_after_they_left(book):
    last = book.sales.groupby("account_id")["order_date"].max()
    losses = left(book)
    assert (last[losses.index] <= losses["left"]).all()


def test_truth_knows_the_last_order_of_every_lost_account(book):
    last = book.orders[book.orders["net_amount"] > 0]
    last = last.groupby("account_id")["order_date"].max().dt.strftime("%Y-%m-%d")
    told = {number: each["last_order"] for number, each in book.truth["losses"].items()}
    assert last[list(told)].to_dict() == told


def test_every_account_of_the_master_has_ordered(book):
    assert set(book.accounts.index) == set(book.orders["account_id"])


def test_accounts_that_fade_order_less_in_their_last_two_quarters(books):
    ratios = {True: [], False: []}
    for book in books:
        days = book.sales.drop_duplicates("order_id")[["account_id", "order_date"]]
        for number, row in left(book).iterrows():
            own = days.loc[days["account_id"] == number, "order_date"]
            before = (row["left"] - own).dt.days
            if own.min() <= row["left"] - pd.Timedelta(days=546):
                late, early = (before < 182).sum(), before.between(182, 545).sum() / 2
                ratios[row["faded"]].append(late / max(early, 1))
    faded, sudden = (pd.Series(ratios[each]).mean() for each in (True, False))
    assert faded < 0.85
    assert sudden > faded + 0.15


def test_arrivals_are_set_up_before_their_first_order(book):
    first = book.orders.groupby("account_id")["order_date"].min()
    assert (book.accounts["created_on"] <= first[book.accounts.index]).all()


def test_some_accounts_arrive_in_every_year(book):
    years = book.accounts["created_on"].dt.year.value_counts()
    assert all(years.get(year, 0) >= 3 for year in (2022, 2023, 2024, 2025))


def test_large_accounts_and_characters_are_never_lost():
    roster = live(choose_key_accounts(build_roster(4, 300)[0]), 4)
    assert not (roster["lost"] & (roster["character"] != "")).any()


def test_key_accounts_are_the_largest_that_may_be_one():
    roster = choose_key_accounts(build_roster(4, 300)[0])
    keys, others = roster[roster["is_key"]], roster[~roster["is_key"]]
    eligible = others[others["may_be_key"] & (others["start_day"] < 0)]
    assert keys["size"].min() >= eligible["size"].max()
    assert "brackwell_1" not in set(keys["character"])


def test_an_account_is_alive_from_its_first_to_its_last_day():
    roster = pd.DataFrame({"start_day": [10], "end_day": [19]})
    assert alive_share(roster, 0, 99) == pytest.approx([0.1])
    assert alive_share(roster, 20, 99) == pytest.approx([0.0])

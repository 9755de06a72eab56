"""Ordinary contacts: who of us was there, orphaned weeks, and work done twice."""

import pandas as pd

from kamlab.data.demo.owners import owner_on


def owners_of(book):
    dates = book.contacts["date"].to_numpy()
    return owner_on(book.history, book.contacts["account_id"].to_numpy(), dates)


def test_nothing_was_recorded_before_the_crm(book):
    assert book.contacts["date"].min() == pd.Timestamp("2023-01-09")


def test_there_are_some_fourteen_thousand_contacts(book):
    assert 12_500 < len(book.contacts) < 15_500


def test_nobody_goes_out_to_orphaned_accounts(book):
    orphaned = book.contacts[owners_of(book) == ""]
    assert len(orphaned) > 10
    assert set(orphaned["direction"]) == {"in"}
    assert orphaned["kam_id"].str.startswith("I").all()
    weeks = orphaned["date"].agg(["min", "max"])
    assert weeks["min"] > pd.Timestamp("2025-03-14")
    assert weeks["max"] <= pd.Timestamp("2025-05-16")


def test_most_contacts_are_the_owners_own(book):
    owner = owners_of(book)
    assert (book.contacts["kam_id"] == owner).mean() > 0.75


def test_inside_sales_do_not_visit(book):
    visits = book.contacts[book.contacts["type"].isin(["visit", "meeting", "qbr"])]
    assert visits["kam_id"].str.startswith("K").all()


def test_engineers_train(book):
    who = book.contacts.loc[book.contacts["type"] == "training", "kam_id"]
    assert who.str.startswith("E").all()


def test_everybody_was_in_the_team_on_the_day(book):
    joined = book.contacts["kam_id"].map(book.team["joined_on"])
    left = book.contacts["kam_id"].map(book.team["left_on"])
    assert (joined <= book.contacts["date"]).all()
    assert not (left < book.contacts["date"]).any()


def test_nobody_works_at_weekends(book):
    assert (book.contacts["date"].dt.day_of_week < 5).all()


def days_in(book, currency):
    rows = book.contacts[book.contacts["account_id"] != book.number_of("wetterau")]
    area = rows["account_id"].map(book.accounts["currency"])
    return rows.loc[area == currency, "date"]


def test_august_is_quiet_in_europe(book):
    months = days_in(book, "EUR").dt.month.value_counts()
    assert months[8] < 0.8 * months.drop(8).mean()


def test_chinese_new_year_is_quiet_in_china(book):
    days = days_in(book, "CNY")
    holiday = days.between("2024-02-08", "2024-02-21").sum() / 2
    usual = days.between("2024-03-01", "2024-11-30").sum() / 39
    assert holiday < 0.5 * usual


def test_some_accounts_are_met_by_two_of_us_within_a_week(book):
    rows = book.contacts.sort_values(["account_id", "date"])
    rows = rows[rows["type"].isin(["call", "email"])]
    before = rows.groupby("account_id")[["date", "kam_id", "topic"]].shift()
    near = (rows["date"] - before["date"]).dt.days.between(0, 7)
    twice = near & (rows["kam_id"] != before["kam_id"])
    assert 50 < twice.sum() < 0.2 * len(rows)


def test_accounts_are_met_while_they_exist(book):
    created = book.contacts["account_id"].map(book.accounts["created_on"])
    assert (created <= book.contacts["date"]).all()

"""The export to practise on: it follows from the company, and it can be mended."""

import pytest

import kamlab
from kamlab.data.demo import generate
from kamlab.data.demo.dirt import example_book
from kamlab.data.demo.dirt_book import order_book_of
from kamlab.data.demo.dirt_lesson import (
    book_to_practise,
    findings_table,
    left_out,
    planted_money,
    progress,
    rehearsal,
    seed_of_book,
)
from kamlab.data.demo.dirt_mapping import STEPS


@pytest.fixture(scope="module")
def company():
    tables = generate(seed=31, accounts=60).tables
    return kamlab.portfolio_from_tables(tables, "EUR")


@pytest.fixture(scope="module")
def place(company):
    return rehearsal(book_to_practise(company))


@pytest.fixture(scope="module")
def first(place):
    return place.tried(place.mapping)


@pytest.fixture(scope="module")
def mended(place, first):
    return progress(place, first)


def test_the_first_try_is_blocked_and_every_finding_is_placed(first):
    found = findings_table(first)
    assert first.blocked
    assert found["blocks"].iloc[0]
    assert (
        found.loc[found["rule"] != "control missed", "first seen"].str.len().min() > 5
    )
    assert not found["rule"].str.contains("_").any()


def test_each_step_brings_the_total_nearer_to_the_cent(mended):
    table, last = mended
    assert table.index.tolist() == ["the first try", *STEPS]
    assert table["rules that block"].is_monotonic_decreasing
    assert table["rows left out"].is_monotonic_increasing
    assert table["off finance"].iloc[0] != 0
    assert table["off finance"].iloc[-1] == 0
    assert not last.blocked


def test_what_the_rules_took_is_what_was_planted(place, mended):
    money = left_out(mended[1])["money"]
    planted = planted_money(place.book)
    assert money["exact duplicates"] == pytest.approx(planted["copies"])
    assert money["test orders"] == pytest.approx(planted["test orders"])
    assert money["intercompany"] == pytest.approx(planted["intercompany"])
    pairs = money["cancelled invoices"] + money["cancelling documents"]
    assert pairs == pytest.approx(planted["cancelled pairs"])
    assert planted.is_monotonic_decreasing


def test_names_that_look_alike_are_shown_once_the_master_can_be_read(place):
    mapping = place.mapping
    mapping["tables"]["accounts"]["fill_down"] = ["Address / Region"]
    assert "names look alike" in findings_table(place.tried(mapping))["rule"].tolist()


def test_the_letter_and_the_lines_are_shown_as_they_were_sent(place):
    letter = place.lines_of("README.txt", 3)
    assert letter.startswith("Talbruck Motion GmbH")
    assert letter.count("\n") == 2
    header = place.lines_of("billing_2025_Q1.csv", 1)
    assert header.split(";")[:4] == ["Beleg", "Pos", "Art", "Kunde"]


def test_the_dirt_follows_from_the_company(company, place):
    again = book_to_practise(company)
    assert planted_money(again).equals(planted_money(place.book))
    assert seed_of_book(again) == seed_of_book(place.book)
    assert seed_of_book(again) != seed_of_book(example_book())


def test_a_view_of_another_year_is_practised_on_that_year(company):
    assert book_to_practise(company.at("2024-12-31")).year == 2024


def test_a_company_of_orders_alone_practises_on_the_demonstration():
    orders = generate(seed=31, accounts=30).tables["orders"]
    columns = ["order_id", "account_id", "order_date", "net_amount"]
    few = kamlab.portfolio_from_tables({"orders": orders[columns]}, "EUR")
    right = example_book().net_by_quarter
    assert book_to_practise(few).net_by_quarter == right


def test_a_year_with_hardly_an_order_is_not_practised_on(company):
    early = company.at("2022-01-05")
    assert len(order_book_of(early).orders) < 500
    assert book_to_practise(early).year == 2025

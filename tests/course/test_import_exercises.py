"""Exercises 01.4 and 01.5: what is right, and which mistakes are told."""

import numpy as np
import pytest

import kamlab
from kamlab.course.check import check
from kamlab.course.exercises.import_data import OFFERED
from kamlab.data.demo import generate
from kamlab.data.demo.dirt import dirty_export
from kamlab.data.demo.dirt_lesson import book_to_practise, planted_money, seed_of_book

SEED = 404


@pytest.fixture(scope="module")
def company():
    """Return a company of the story with other numbers than the book's."""
    tables = generate(seed=SEED, accounts=60).tables
    return kamlab.portfolio_from_tables(tables, "EUR")


@pytest.fixture(scope="module")
def book(company):
    return book_to_practise(company)


@pytest.fixture(scope="module")
def money(book):
    return planted_money(book)


def hint(exercise, answer, portfolio) -> str:
    verdict = check(exercise, answer, portfolio)
    assert not verdict.right
    return verdict.message


# -- 01.4 copies -----------------------------------------------------------------------


def test_01_4_right_is_the_money_of_the_copies_over_finance_s_total(
    company, book, money
):
    net = book.net_by_quarter["2025"]
    share = money["copies"] / net
    assert check("01.4", share, company).right
    assert "per cent" in hint("01.4", 100 * share, company)
    assert "that is money" in hint("01.4", money["copies"], company)
    assert "not by that and the copies" in hint(
        "01.4", money["copies"] / (net + money["copies"]), company
    )


def test_01_4_the_month_alone_is_told_apart(company, book):
    june = book.orders[book.orders["order_date"].dt.month == 6]
    share = june["net_amount"].abs().sum() / book.net_by_quarter["2025"]
    assert "single lines are there twice as well" in hint("01.4", share, company)


def test_01_4_the_share_of_rows_is_not_that_of_money(company, book):
    lines = dirty_export(book, seed_of_book(book), ["exact_duplicates"]).billing
    assert not check("01.4", (lines["_kind"] != "").mean(), company).right


# -- 01.5 two faults -------------------------------------------------------------------


def test_01_5_right_are_the_two_with_most_money_in_any_form(company, money):
    two = money.index[:2].tolist()
    for answer in (two, two[::-1], set(two), np.array(two)):
        assert check("01.5", answer, company).right


def test_01_5_a_weaker_fault_is_named_and_the_answer_is_not(company, money):
    told = hint("01.5", [money.index[0], money.index[-1]], company)
    assert repr(money.index[-1]) in told
    assert money.index[1] not in told.replace("a cancelled pair", "")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (["copies"], "you gave 1"),
        (list(OFFERED), "you gave 4"),
        ([], "you gave 0"),
        (["copies", "total rows"], "'total rows' is not on offer: there are copies"),
        (7, "no list: give two names in a list"),
    ],
    ids=["one", "all", "none", "sums are no revenue", "no list"],
)
def test_01_5_two_of_those_on_offer(company, answer, told):
    assert told in hint("01.5", answer, company)


def test_01_5_differs_between_companies():
    seconds = set()
    for seed in range(6):
        tables = generate(seed=seed, accounts=30).tables
        portfolio = kamlab.portfolio_from_tables(tables, "EUR")
        seconds.add(planted_money(book_to_practise(portfolio)).index[1])
    assert len(seconds) > 1

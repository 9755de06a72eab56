"""Customer equity on the page, and the accounts behind it below."""

import pytest

from kamlab.report.review.equity import equity_sentence, equity_table
from kamlab.report.review.numbers import Review
from tests.report.review.books import STEADY, book


@pytest.fixture(scope="module")
def review(opened_demo) -> Review:
    return Review(opened_demo)


def test_the_sentence_has_interval_level_and_n(review):
    said = equity_sentence(review)
    equity = review.worth.equity
    assert said.startswith("Customer equity, 12 quarters: EUR ")
    assert "(95 %: " in said
    assert said.endswith(f"n = {equity.n} groups).")
    assert equity.low < equity.value < equity.high


def test_two_accounts_are_valued_by_scenarios_and_the_table_says_so():
    found = Review(book(STEADY))
    assert set(found.worth.accounts["basis"]) == {"sheet"}
    assert "scenarios of retention" in str(equity_table(found))
    said = equity_sentence(found)
    assert "by scenarios of retention; no interval can be given (n = " in said
    assert "%" not in said


def test_a_book_that_never_sold_cannot_tell():
    returned = book([("Adler", "2024-03-01", -1.0), ("Adler", "2025-11-01", -1.0)])
    found = Review(returned)
    assert equity_sentence(found) == "Customer equity, 12 quarters: cannot tell."
    table = equity_table(found)
    assert not table.rows
    assert "nobody has bought" in table.note


def test_the_table_names_the_accounts_of_most_value_first(review):
    table = equity_table(review)
    values = [int(row[1].replace(",", "")) for row in table.rows]
    assert values == sorted(values, reverse=True)
    assert table.note.startswith("The first 40 of 218 rows. Still a customer: by the ")


def test_a_contract_is_not_asked_whether_it_is_still_a_customer(review):
    by_basis = {row[4]: row[5] for row in equity_table(review).rows}
    assert by_basis["contract"] == "–"
    assert by_basis["repeat orders"].endswith(" %")


def test_a_managers_page_shows_the_own_accounts_and_no_sum(opened_demo, review):
    own = Review(opened_demo, manager="K02")
    assert equity_sentence(own) == ""
    mine = own.worth.accounts
    assert 0 < len(mine) < len(review.worth.accounts)
    assert (own.owners[mine.index] == "K02").all()

"""Key accounts are those who were chosen before the year that is looked at."""

import pandas as pd
import pytest

import kamlab
from kamlab.errors import UsageError
from kamlab.orientation.key_accounts import key_accounts
from tests.conftest import DEMO
from tests.orientation.conftest import book, lines

YEARS = [
    *[(f"A{i}", "2024-01-05", 100.0 - i) for i in range(20)],
    *[(f"A{i}", "2025-12-31", 10.0 + i) for i in range(20)],
]


def test_talbruck_names_28_key_accounts_a_year_ahead(demo):
    chosen = key_accounts(demo)
    assert chosen.named
    assert str(chosen.day) == "2024-12-31"
    assert chosen.basis == "28 accounts were managed as key accounts on 31 Dec 2024."
    assert chosen.phrase == "key accounts of 31 Dec 2024"
    assert chosen.called == "key accounts"
    then = demo.at("2024-12-31").accounts["key_account_flag"]
    assert set(chosen.accounts) == set(then.index[then])


def test_every_account_of_the_day_is_told_apart(demo):
    assert key_accounts(demo).is_key.index.equals(demo.accounts.index)


def test_without_names_the_largest_of_the_year_before_stand_in():
    chosen = key_accounts(book(YEARS), share=0.1)
    assert not chosen.named
    # A19 is the largest now, A0 and A1 were before the year began.
    assert chosen.accounts == ["A0", "A1"]
    assert "so the 2 largest of 2024 by revenue are looked at" in chosen.basis
    assert "column key_account_flag of table accounts" in chosen.basis
    assert chosen.called == "largest accounts"


def test_stand_ins_of_another_span_are_named_by_its_last_day():
    chosen = key_accounts(book(YEARS), months=6)
    assert chosen.phrase.endswith("largest of the 6 months to 30 Jun 2025")


def test_one_stands_in_at_least():
    assert len(key_accounts(book(YEARS), share=0.001).accounts) == 1


def test_a_young_book_says_that_it_chooses_by_the_same_months():
    young = book([("A", "2025-06-01", 5.0), ("B", "2025-12-31", 9.0)])
    chosen = key_accounts(young)
    assert str(chosen.day) == "2025-12-31"
    assert chosen.basis.endswith("on the same months in which they are looked at.")


def test_a_list_without_dates_is_doubted():
    master = pd.DataFrame({"account_id": ["A0"], "key_account_flag": [True]})
    tables = {"orders": lines(YEARS), "accounts": master}
    chosen = key_accounts(kamlab.portfolio_from_tables(tables, "EUR"))
    assert chosen.accounts == ["A0"]
    assert "The data do not say since when" in chosen.basis


def test_a_list_without_a_single_key_account_is_no_list():
    master = pd.DataFrame({"account_id": ["A0"], "key_account_flag": [False]})
    tables = {"orders": lines(YEARS), "accounts": master}
    assert not key_accounts(kamlab.portfolio_from_tables(tables, "EUR")).named


def test_the_choice_does_not_change_with_what_came_after():
    with kamlab.open_portfolio(DEMO, as_of="2024-12-31") as portfolio:
        earlier = set(key_accounts(portfolio).accounts)
        then = portfolio.at("2023-12-31").accounts["key_account_flag"]
        assert earlier == set(then.index[then])


@pytest.mark.parametrize("share", [0, 1, 10])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(UsageError, match=f"share = {share}"):
        key_accounts(book(YEARS), share=share)

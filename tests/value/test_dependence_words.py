"""Who a company depends on, and what to do on Monday, by name."""

import pandas as pd
import pytest

from kamlab.value.dependence_words import (
    ask_step,
    dependence_sentence,
    groups_sentence,
    hidden_group,
    hidden_group_sentence,
    leader_step,
    loss_sentence,
    owners_step,
)
from kamlab.value.trailing import account_names, trailing_revenue

BOOK = pd.Series({"A1": 120.0, "B2": 60.0, "C3": 15.0, "D4": 5.0, "E5": -50.0})


def test_the_largest_account_is_named_with_what_would_go():
    assert loss_sentence(BOOK, {"A1": "Adler"}, "EUR", "groups") == (
        "If Adler left, EUR 120 of revenue would go with it: as much as 3.2 groups of "
        "median size (EUR 37.50) bring."
    )


def test_many_ordinary_accounts_are_counted_whole():
    book = pd.Series([500] + [10] * 9)
    assert "as much as 50 accounts of median size" in loss_sentence(book)


@pytest.mark.parametrize(
    ("book", "told"),
    [
        ([1] * 20, "No account stands for 10 % of revenue or more."),
        ([50] + [10] * 15, "1 account stands for 10 % of revenue or more; listed"),
        ([50, 50] + [1] * 15, "2 accounts stand for 10 % of revenue or more each;"),
    ],
)
def test_accounts_that_have_to_be_disclosed_are_counted(book, told):
    assert told in dependence_sentence(pd.Series(book))


@pytest.mark.parametrize(
    ("book", "told"),
    [
        ([50] + [5] * 10, "rise from 3.6 to 10.0; without any other it would fall."),
        ([10, 9] + [0.1] * 800, "without any other it would rise to "),
        ([10] * 5, "fall from 5.0 to 4.0; without any other it would fall."),
        ([5], "Without 0 no revenue is left."),
    ],
)
def test_a_broad_book_with_one_giant_is_told_from_others(book, told):
    assert told in dependence_sentence(pd.Series(book))


@pytest.fixture
def hidden(demo):
    """Return the hidden group of the demonstration company."""
    books = (trailing_revenue(demo, by=by) for by in ("account", "parent"))
    return hidden_group(*books, demo.parent_of)


def test_brackwells_six_branches_are_no_4_as_a_group(demo, hidden):
    sentence = hidden_group_sentence(hidden, account_names(demo))
    assert "The group of Brackwell Distribution" in sentence
    assert "is no. 4, while none of its 6 accounts ranks above no. " in sentence
    assert sentence[-3:-1].isdigit()  # without managers nobody is said to look after it


def test_whoever_looks_after_a_hidden_group_is_counted(demo, hidden):
    managers = demo.accounts["kam_id"]
    told = hidden_group_sentence(hidden, managers=managers)
    many = managers.reindex(hidden.accounts).nunique()
    assert told.endswith(f"; {many} account managers look after them.")
    one = pd.Series("K01", index=hidden.accounts)
    assert hidden_group_sentence(hidden, managers=one).endswith(
        "; 1 account manager looks after them."
    )


def test_a_top_share_that_falls_by_group_is_explained_by_a_smaller_top(demo):
    books = [trailing_revenue(demo, by=by) for by in ("account", "parent")]
    told = groups_sentence(*books)
    many = [len(book[book > 0]) for book in books]
    small = (
        f"they are {0.2 * many[1]:.1f} groups instead of {0.2 * many[0]:.1f} accounts"
    )
    assert small in told
    alike = pd.Series({"A": 90, "B": 5, "C": 5})
    assert "The top 20 %" not in groups_sentence(alike, alike)


def test_brackwells_branches_are_shared_out_among_managers(demo, hidden):
    _, why = leader_step(hidden, account_names(demo), demo.accounts["kam_id"])
    many = demo.accounts["kam_id"].reindex(hidden.accounts).nunique()
    assert many > 1
    assert why.startswith(
        f"{many} account managers look after the 6 accounts of the group of Brackwell"
    )


def test_a_hidden_group_is_led_whether_managers_are_known_or_not(hidden):
    action, why = leader_step(hidden)
    assert action.startswith("Give the hidden group one manager who leads")
    assert why.startswith("In the list of accounts the 6 accounts of the group")
    one = pd.Series("K01", index=hidden.accounts)
    _, why = leader_step(hidden, managers=one)
    assert why.startswith("1 account manager looks after the 6 accounts")
    assert leader_step(None) == ("", "")


def test_a_book_without_groups_hides_none():
    book = pd.Series({"A": 50, "B": 40})
    none = hidden_group(book, book, pd.Series({"A": "A", "B": "B"}))
    assert none is None
    assert hidden_group_sentence(none) == (
        "No group ranks higher than its largest account does."
    )


def test_groups_hide_concentration_only_where_the_effective_number_falls():
    accounts = pd.Series({"A": 50, "B": 40, "C": 30, "D": 25})
    assert "hides" in groups_sentence(accounts, pd.Series({"A": 50, "B": 40, "G": 55}))
    assert groups_sentence(accounts, accounts).endswith("is 3.7, by account 3.7.")


def test_returns_of_a_branch_can_make_a_group_less_concentrated():
    # The giant's other branch gave back most of what it had bought.
    accounts = pd.Series({"A": 100.0, "A2": -90.0, "B": 10.0})
    groups = pd.Series({"A": 10.0, "B": 10.0})
    assert "is 2.0, by account 1.2." in groups_sentence(accounts, groups)


def test_owners_are_named_from_5_per_cent_on():
    action, why = owners_step(pd.Series({"A": 90, "B": 6, "C": 4}), {"A": "Adler"})
    assert action == "Name one person who answers for each of the largest."
    assert why.startswith("Adler (90.0 %), B (6.0 %): with")


def test_without_large_customers_the_largest_gets_an_owner():
    action, why = owners_step(pd.Series([1.0] * 100))
    assert action.endswith("answers for the largest.")
    assert why.startswith("0 (1.0 %): with")


@pytest.mark.parametrize(("many", "more"), [(6, "1 more group"), (8, "3 more groups")])
def test_a_long_list_of_owners_is_cut(many, more):
    _, why = owners_step(pd.Series([10.0] * many), of="groups")
    assert f" and {more}: with" in why


def test_the_largest_that_did_not_buy_is_asked_about():
    before = pd.Series({"A": 60.0, "B": 40.0, "C": 50.0})
    action, why = ask_step(before, pd.Series({"A": 60.0}), {"C": "Cassel"}, "EUR")
    assert action.startswith("Ask why")
    assert why.startswith("Cassel brought EUR 50 in the period before and did not buy")
    assert ask_step(before, before) == ("", "")

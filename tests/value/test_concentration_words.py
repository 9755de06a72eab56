"""Conclusions are written from the numbers, and change with them."""

from datetime import date

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.value.concentration import concentration_summary
from kamlab.value.concentration_words import (
    change_sentence,
    dependence_sentence,
    effective_number_sentence,
    gini_sentence,
    groups_sentence,
    law_sentence,
    rise_sentence,
)
from kamlab.value.trailing import account_names, trailing_revenue


@pytest.mark.parametrize(
    ("book", "verdict"),
    [
        ([70, 10, 10, 5, 5], "70.0 %: less concentrated than the saying."),
        ([81, 10, 5, 2, 2], "81.0 %: close to the saying."),
        ([95, 2, 1, 1, 1], "95.0 %: more concentrated than the saying."),
    ],
)
def test_a_book_is_more_less_or_as_concentrated_as_20_80(book, verdict):
    assert law_sentence(book).endswith(verdict)


def test_another_saying_is_named_by_its_own_numbers():
    sentence = law_sentence([70, 10, 10, 5, 5], top=0.4, law=0.8)
    assert sentence.startswith(
        "The saying 40/80 would have 80 % come from the top 40 %"
    )


def test_the_largest_account_is_named_with_what_would_go():
    book = pd.Series({"A1": 120.0, "B2": 60.0, "C3": 15.0, "D4": 5.0, "E5": -50.0})
    sentence = dependence_sentence(book, {"A1": "Adler"}, "EUR")
    assert "If Adler left, EUR 120 of revenue would go with it, 60.0 %" in sentence
    assert "as much as 3 accounts of median size (EUR 37.50)" in sentence


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


def test_a_single_account_is_no_gini_coefficient():
    assert gini_sentence(concentration_summary([5])).endswith("equal to itself.")
    assert "0.25" in gini_sentence(concentration_summary([1, 3]))


def test_the_effective_number_is_told_beside_the_number():
    sentence = effective_number_sentence(concentration_summary([1] * 40))
    assert sentence == (
        "The 40 accounts are as concentrated as 40.0 of equal size would be "
        "(Herfindahl index 0.025)."
    )


def test_brackwells_six_branches_are_no_4_as_a_group(demo):
    by_account, by_group = (
        trailing_revenue(demo, by=by) for by in ("account", "parent")
    )
    names = account_names(demo)
    sentence = groups_sentence(by_account, by_group, demo.parent_of, names)
    assert "The group of Brackwell Distribution" in sentence
    assert "is no. 4, while none of its 6 accounts ranks above no. " in sentence


def test_a_book_without_groups_says_so():
    book = pd.Series({"A": 50, "B": 40})
    own = pd.Series({"A": "A", "B": "B"})
    assert groups_sentence(book, book, own).endswith(
        "No group ranks higher than its largest account does."
    )


def test_the_account_whose_share_moved_most_is_named_up_or_down():
    shares = pd.DataFrame({2024: [0.5, 0.3, 0.2], 2025: [0.55, 0.1, 0.35]}, list("ABC"))
    assert rise_sentence(shares, {"B": "Brandt"}) == (
        "Brandt changed most: 30.0 % of revenue in 2024, 10.0 % in 2025."
    )


def test_periods_given_by_their_last_day_are_written_out():
    shares = pd.DataFrame({date(2024, 6, 30): [0.5], date(2025, 6, 30): [0.6]}, ["A"])
    assert "in the period to 30 Jun 2024, 60.0 %" in rise_sentence(shares)


def test_one_period_cannot_be_compared():
    assert "nothing can be compared" in rise_sentence(
        pd.DataFrame({2025: [1.0]}, ["A"])
    )


def test_a_change_that_is_sure_is_more_than_luck():
    sentence = change_sentence(Estimate(-0.03, -0.05, -0.01, 300, unit="share"), 2024)
    assert sentence == (
        "Since 2024 the share of the top 20 % has fallen by 3.0 points (95 % interval "
        "−5.0 to −1.0, n = 300): more than the luck of the year."
    )


def test_a_change_whose_interval_covers_zero_is_no_more_than_luck():
    vague = Estimate(0.01, -0.02, 0.04, 300, unit="share", reason="covers 0")
    assert change_sentence(vague, 2024).endswith("no more than the luck of the year.")


def test_too_few_accounts_to_compare_give_the_reason():
    unknown = Estimate.unknown("a period has 4 accounts; 20 are needed", 5, "share")
    sentence = change_sentence(unknown, date(2024, 12, 31))
    assert "cannot tell: a period has 4 accounts; 20 are needed (n = 5)" in sentence


def test_a_change_of_the_gini_coefficient_is_not_in_points():
    with pytest.raises(UsageError, match="'number': give a change of a share"):
        change_sentence(Estimate(0.1, 0.0, 0.2, 300), 2024)

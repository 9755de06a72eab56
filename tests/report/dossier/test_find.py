"""An account is found by its number or its name, and a slip is answered with a hint."""

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.report.dossier.find import found_account
from tests.report.dossier.books import book, sales


def test_a_number_is_taken_as_it_is(talbruck):
    assert found_account(talbruck, "A10284") == "A10284"


@pytest.mark.parametrize("asked", ["Kovostav Strojírny a.s.", "kovostav", " LIENZ "])
def test_a_name_or_a_part_that_no_other_has_will_do(talbruck, asked):
    assert found_account(talbruck, asked) in ("A10284", "A10970")


def test_nothing_asked_for_is_the_largest_account(talbruck):
    assert found_account(talbruck, "") == "A10063"


def test_an_account_that_was_merged_away_is_found_under_its_new_number(talbruck):
    assert found_account(talbruck, "A10731") == "A10778"


def test_before_the_merger_it_is_an_account_of_its_own(talbruck):
    assert found_account(talbruck.at("2024-06-30"), "A10731") == "A10731"


def test_a_slip_in_the_name_is_answered_with_the_account_that_was_meant(talbruck):
    with pytest.raises(UsageError, match=r"'Marwits'.*Marwitz Packaging GmbH.*A10063"):
        found_account(talbruck, "Marwits")


def test_a_slip_in_the_number_names_near_ones(talbruck):
    with pytest.raises(UsageError, match=r"account = 'A1028': did you mean"):
        found_account(talbruck, "A1028")


def test_an_unknown_name_lists_nobody(talbruck):
    with pytest.raises(UsageError) as refused:
        found_account(talbruck, "zzzzzz")
    assert "none of the 298 accounts" in str(refused.value)
    assert len(str(refused.value)) < 120


def test_a_part_of_several_names_lists_three_at_most(talbruck):
    with pytest.raises(UsageError, match="part of 6 names") as refused:
        found_account(talbruck, "Brackwell")
    assert str(refused.value).count("Brackwell Distribution") == 3


def test_a_whole_name_goes_before_longer_ones_that_contain_it():
    names = pd.DataFrame(
        {"account_id": ["A", "B", "Z"], "account_name": ["Adler", "Adler Nord", "Zeh"]}
    )
    portfolio = book(sales("A", ["2025-01-01"]), accounts=names)
    assert found_account(portfolio, "adler") == "A"


def test_signs_that_a_terminal_obeys_are_not_printed():
    names = pd.DataFrame(
        {"account_id": ["A", "Z"], "account_name": ["Bad\x1b[2J", "Z"]}
    )
    portfolio = book(sales("A", ["2025-01-01"]), accounts=names)
    with pytest.raises(UsageError) as refused:
        found_account(portfolio, "badd")
    assert "\x1b" not in str(refused.value)

"""Statements are judged letter by letter, lists of accounts by what they bring."""

import numpy as np
import pandas as pd
import pytest

from kamlab.course.choices import (
    chosen_ids,
    judge_best,
    judge_letters,
    judge_list,
    letters_of,
)
from kamlab.course.verdicts import right

STATEMENTS = {
    "A": (True, "look at the first year"),
    "B": (False, "that is revenue, not profit"),
    "C": (True, "look at the groups"),
}


@pytest.mark.parametrize(
    "answer",
    ["AC", "ca", "A, C", "A;C", " a + c ", "A & C", ["A", "C"], {"c", "a"}, ("A", "C")],
)
def test_the_right_letters_pass_however_they_are_written(answer):
    verdict = judge_letters(answer, STATEMENTS, "both hold.")
    assert verdict.right
    assert verdict.message == "both hold."


@pytest.mark.parametrize("answer", [pd.Series(["A", "C"]), np.array(["A", "C"])])
def test_letters_may_stand_in_a_series_or_an_array(answer):
    assert judge_letters(answer, STATEMENTS, "").right


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("A", "C is missing: look at the groups."),
        ("ABC", "B does not follow: that is revenue, not profit."),
        ("", "A is missing: look at the first year."),
        ([], "A is missing: look at the first year."),
    ],
)
def test_the_first_letter_that_is_wrong_gets_its_reason(answer, message):
    verdict = judge_letters(answer, STATEMENTS, "")
    assert not verdict.right
    assert verdict.message == message


@pytest.mark.parametrize(
    "answer", ["AD", "A1", "A?", "none of them", 7, {"A": 1}, ["AC"], [None], object()]
)
def test_what_is_no_choice_is_told_how_to_choose(answer):
    verdict = judge_letters(answer, STATEMENTS, "")
    assert "give the letters that are right, such as 'XY'" in verdict.message


def test_letters_beyond_e_are_letters_too():
    assert letters_of("f, h", "FGH") == {"F", "H"}


# -- reading lists of ids --------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        ["A1", "A2"],
        "A2, A1",
        ("A2", "A1"),
        {"A1", "A2"},
        pd.Index(["A1", "A2"]),
        np.array(["A1", "A2"]),
        pd.Series(["A1", "A2"]),
        pd.Series([5.0, 7.0], index=["A1", "A2"]),
        pd.DataFrame({"x": [1, 2]}, index=["A1", "A2"]),
    ],
    ids=lambda given: type(given).__name__,
)
def test_a_list_of_accounts_may_come_in_many_forms(given):
    assert chosen_ids(given) == {"A1", "A2"}


@pytest.mark.parametrize("given", ["A1", 5, {"A1": 1}, object()])
def test_what_is_no_list_is_none(given):
    assert chosen_ids(given) is None


# -- choosing so many accounts ---------------------------------------------------------

WORTH = pd.Series({"A1": 50.0, "A2": 30.0, "A3": 29.0, "A4": -10.0})


def verdict_on(answer, worth=WORTH, count=2):
    return judge_best(
        answer,
        worth,
        count,
        task="visits",
        unknown="is nobody we serve",
        too_little=lambda yours: f"{yours:.0f} is too little",
        meaning=lambda yours: f"{yours:.0f} in all",
    )


def test_the_best_choice_is_right_in_any_order():
    assert verdict_on(["A2", "A1"]).message == "80 in all"
    assert verdict_on(["A2", "A1"]).right


def test_nearly_the_best_choice_is_as_good():
    assert verdict_on(["A1", "A3"]).right


def test_a_choice_worth_too_little_is_told_so():
    verdict = verdict_on(["A2", "A3"])
    assert (verdict.right, verdict.message) == (False, "59 is too little")


def test_an_account_named_twice_is_one_choice():
    assert "time for 2 visits, and you gave 1" in verdict_on(["A1", "A1"]).message


def test_a_stranger_is_shown_before_the_number_of_accounts_is():
    assert verdict_on(["A1", "A2", "Marwitz"]).message == "'Marwitz' is nobody we serve"


def test_where_every_account_loses_the_least_loss_is_the_best_choice():
    losses = pd.Series({"A1": -100.0, "A2": -200.0, "A3": -900.0})
    assert verdict_on(["A1", "A2"], losses).right
    assert not verdict_on(["A1", "A3"], losses).right


def test_a_list_is_judged_only_once_all_of_it_is_known():
    asked = []

    def judge(chosen):
        asked.append(chosen)
        return right("fine.")

    assert not judge_list("region", ["region"], judge, things="columns").right
    assert not judge_list(["town"], ["region"], judge).right
    assert asked == []
    assert judge_list(["region"], ["region"], judge).message == "fine."
    assert asked == [{"region"}]

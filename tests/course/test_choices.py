"""Lettered statements are judged letter by letter."""

import numpy as np
import pandas as pd
import pytest

from kamlab.course.choices import judge_letters, letters_of

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
    assert "give the letters that are right, such as 'AD'" in verdict.message


def test_letters_beyond_e_are_letters_too():
    assert letters_of("f, h", "FGH") == {"F", "H"}

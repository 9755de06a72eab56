"""A verdict says right, not yet, or the mistake that the answer looks like."""

import math

import numpy as np
import pytest

from kamlab.course.verdicts import Verdict, judge_number, right, wrong

MISSES = {"give a share, not per cent": 62.0, "take net revenue": 0.65}


def judged(answer):
    return judge_number(answer, 0.62, 0.001, "so it is", MISSES, "count again")


@pytest.mark.parametrize("answer", [0.62, 0.6205, np.float64(0.6195), np.float32(0.62)])
def test_a_number_within_the_tolerance_is_right(answer):
    assert judged(answer) == right("so it is")


@pytest.mark.parametrize("answer", [0.618, 0.63, -0.62, 0, 1e300])
def test_any_other_number_is_told_to_count_again(answer):
    assert judged(answer) == wrong("count again")


def test_a_usual_mistake_is_named():
    assert judged(62) == wrong("give a share, not per cent")
    assert judged(0.65) == wrong("take net revenue")


@pytest.mark.parametrize(
    "answer", ["half", "nan", [0.62], True, math.nan, math.inf, {"share": 0.62}, 1j]
)
def test_what_is_no_number_is_shown_and_refused(answer):
    verdict = judged(answer)
    assert not verdict.right
    assert "is no number: give one number" in verdict.message
    assert repr(answer)[:10] in verdict.message


def test_the_right_number_with_too_few_digits_is_called_rounded():
    said = [("per cent", 62.0)]
    given = (0.6153, 0.00005, "so it is", dict(said), "count again")
    assert judge_number(0.615, *given) == wrong(
        "that is rounded too far: give more digits"
    )
    assert judge_number(0.6, *given).message == "count again"  # too far to be that
    assert judge_number(0.62, *given).message.startswith("that is rounded")


@pytest.mark.parametrize("answer", ["0.62", " 62 ", "6.2e-1"])
def test_a_number_between_quotation_marks_is_called_text(answer):
    verdict = judged(answer)
    assert verdict == wrong(
        f"{answer!r} is text: give the number itself, without quotation marks"
    )


def test_a_verdict_reads_as_one_sentence():
    assert repr(Verdict("11.1", True, "so it is.")) == "11.1 right: so it is."
    assert repr(Verdict("11.1", False, "no.")) == "11.1 not right: no."
    assert repr(Verdict("11.1", False, "not answered yet")) == "11.1 not answered yet"


def test_two_mistakes_that_lead_to_one_number_are_both_told():
    misses = {"rounded down": 0.43341, "all years": 0.43344, "per cent": 43.1}
    told = judge_number(0.4334, 0.431, 0.00005, "", misses, "count again").message
    assert told == "rounded down; or all years"
    apart = {"rounded down": 0.4334, "all years": 0.4339}
    told = judge_number(0.4334, 0.431, 0.00005, "", apart, "count again").message
    assert told == "rounded down"

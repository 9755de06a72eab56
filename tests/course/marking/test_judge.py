"""From a reading to marks: every status has its reason."""

import pytest

import kamlab
from kamlab.course.marking.answers import encode
from kamlab.course.marking.judge import STATUSES, Mark, judge_reading, missing
from kamlab.course.marking.sandbox import Reading
from kamlab.value.concentration import top_share
from kamlab.value.trailing import trailing_revenue
from tests.conftest import DEMO


@pytest.fixture(scope="module")
def portfolio():
    with kamlab.open_portfolio(DEMO) as opened:
        yield opened


def mark_of(portfolio, answers, sources=None, **reading) -> Mark:
    read = Reading(answers, **reading)
    return judge_reading(read, ["11.1"], portfolio, sources or {})[0]


def test_a_right_answer_is_worth_a_point(portfolio):
    share = top_share(trailing_revenue(portfolio, by="parent"), 0.05)
    mark = mark_of(portfolio, {"answer_11_1": share})
    assert (mark.status, mark.points) == ("right", 1)


@pytest.mark.parametrize("answer", [7, "half", [1], {"a": 1}, {1, 2}, True])
def test_a_wrong_answer_is_worth_nothing(portfolio, answer):
    mark = mark_of(portfolio, {"answer_11_1": encode(answer)})
    assert (mark.status, mark.points) == ("wrong", 0)
    assert mark.feedback


def test_what_is_no_plain_data_is_told(portfolio):
    mark = mark_of(portfolio, {"answer_11_1": encode(object())})
    assert mark.feedback == (
        "The answer is <object>: give plain numbers, texts or lists."
    )


def test_a_stub_is_not_answered(portfolio):
    assert mark_of(portfolio, {"answer_11_1": None}).status == "not answered"


def test_an_answer_that_was_deleted_is_named(portfolio):
    mark = mark_of(portfolio, {})
    assert (mark.status, mark.feedback) == (
        "not answered",
        "Not answered: there is no answer_11_1.",
    )


def test_a_cell_that_failed_is_told_with_its_error(portfolio):
    sources = {"cell-4": "answer_11_1 = half", "cell-5": "answer_11_10 = 2"}
    errors = {"cell-4": "NameError: name 'half' is not defined", "cell-5": "no"}
    mark = mark_of(portfolio, {}, sources, errors=errors)
    assert mark.status == "crashed"
    assert "'half' is not defined" in mark.feedback


def test_an_error_elsewhere_is_no_crash_of_this_exercise(portfolio):
    mark = mark_of(portfolio, {}, {"cell-5": "1 / 0"}, errors={"cell-5": "no"})
    assert mark.status == "not answered"


@pytest.mark.parametrize(
    ("end", "status"), [("late", "timed out"), ("dead", "crashed")]
)
def test_a_run_without_an_end_is_told(portfolio, end, status):
    assert mark_of(portfolio, {}, end=end).status == status


def test_an_exercise_that_cannot_make_sense_of_an_answer_is_no_crash_of_the_marker(
    portfolio, monkeypatch
):
    def careless(answer, portfolio):
        raise AttributeError("no such thing")

    monkeypatch.setattr("kamlab.course.exercises.judge_of", lambda _: careless)
    mark = mark_of(portfolio, {"answer_11_1": 7})
    assert (mark.status, mark.feedback) == (
        "wrong",
        "7 is not what the exercise asks for.",
    )


def test_a_missing_notebook_marks_all_its_exercises():
    marks = missing(["11.1", "11.2"], "No notebook was handed in.")
    assert [mark.status for mark in marks] == ["missing"] * 2


def test_only_right_answers_bring_points():
    assert {status for status, points in STATUSES.items() if points} == {"right"}


@pytest.mark.parametrize("end", ["dead", "memory", "processes", "disk"])
def test_a_run_that_was_ended_crashed_unless_it_had_answered(portfolio, end):
    assert mark_of(portfolio, {}, end=end).status == "crashed"
    assert mark_of(portfolio, {"answer_11_1": 7}, end=end).status == "wrong"


def test_an_end_that_nobody_knows_is_no_reason(portfolio):
    assert mark_of(portfolio, {}, end="very well").status == "not answered"


def test_feedback_is_one_line_of_characters_that_can_be_written(portfolio):
    evil = "ValueError: a\n b\x1b[31m\u202e\ud800 " + "x" * 5_000
    reading = {"errors": {"c": evil}, "sources": {"c": "answer_11_1 = f()"}}
    feedback = mark_of(portfolio, {}, **reading).feedback
    assert feedback.startswith("Its cell stops with ValueError: a b?[31m?? xxx")
    assert len(feedback) == 400
    assert feedback.encode("utf-8")

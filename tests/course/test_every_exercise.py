"""Whatever company a student is handed: solutions pass, stubs wait, mistakes fail.

Everything in the registry is tested here, without another line.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

import kamlab
from kamlab.course.check import check
from kamlab.course.exercises import EXERCISES
from kamlab.course.roll import seed_of, write_company
from tests.conftest import slow
from tests.course.solutions import solutions, solve, spoilt

STUDENTS = [seed_of(f"student {number}", "a secret") for number in range(10)]


@contextmanager
def company_of(seed: int, folder: Path, accounts: int) -> Iterator[kamlab.Portfolio]:
    """Hand out a company, and open it as the student does."""
    write_company(folder / str(seed), seed, accounts)
    with kamlab.open_portfolio(folder / str(seed)) as portfolio:
        yield portfolio


#: All ten with make test-all; a daily run takes the first.
NUMBERS = [0, *map(slow, range(1, 10))]


@pytest.fixture(scope="module", params=NUMBERS)
def small(request, tmp_path_factory):
    """Return a student's company, a fifth of its size."""
    folder = tmp_path_factory.mktemp("companies")
    with company_of(STUDENTS[request.param], folder, accounts=60) as portfolio:
        yield portfolio


def judge_all(portfolio, exercise, mistakes: int | None = None) -> None:
    """Check the solution, and all the mistakes or only the first of them."""
    answer = solve(exercise, portfolio)
    told = check(exercise, answer, portfolio)
    assert told.right, told
    wrong = list(islice(spoilt(answer), mistakes))
    assert wrong
    for each in wrong:
        assert not check(exercise, each, portfolio).right, each


def test_every_exercise_of_the_registry_is_asked_in_a_lesson():
    assert set(solutions()) == set(EXERCISES)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_solution_passes_and_spoilt_answers_fail_for_ten_students(
    small, exercise, request
):
    # The one of every day makes the first mistake, the other nine make them all.
    everyday = request.node.callspec.params["small"] == NUMBERS[0]
    judge_all(small, exercise, mistakes=1 if everyday else None)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_unanswered_exercise_waits_for_ten_students(small, exercise):
    for stub in (None, ...):
        assert repr(check(exercise, stub, small)) == f"{exercise} not answered yet"


@pytest.mark.slow
@pytest.mark.parametrize("seed", STUDENTS)
def test_the_same_holds_at_full_size(seed, tmp_path):
    with company_of(seed, tmp_path, accounts=300) as portfolio:
        for exercise in EXERCISES:
            judge_all(portfolio, exercise)


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """Return a neighbour's right answer to 11.1."""
    seed, folder = seed_of("somebody else", "a secret"), tmp_path_factory.mktemp("one")
    with company_of(seed, folder, accounts=60) as portfolio:
        return solve("11.1", portfolio)


def test_a_neighbour_s_answer_is_wrong_for_oneself(small, copied):
    assert not check("11.1", copied, small).right


def test_a_solution_rests_only_on_names_the_lesson_has_given_before():
    for number, program in solutions().items():
        assert "check(" not in program, number

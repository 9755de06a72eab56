"""Sections and exercises of a lesson are found as they stand in it."""

import pytest

from kamlab.course.lesson import checked_answers, exercises_of, sections_of
from kamlab.course.source import read_source
from tests.course.complete_lesson import COMPLETE


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "01_small.py"
    file.write_text(COMPLETE, encoding="utf-8")
    return file


def test_sections_are_split_at_their_headings(source):
    sections = sections_of(read_source(source))
    assert [section.title for section in sections] == [
        "",
        "Who brings the revenue",
        "Exercises",
        "Glossary",
    ]
    assert [section.teaches for section in sections] == [False, True, False, False]


def test_every_cell_stands_in_one_section(source):
    lesson = read_source(source, solutions=True)
    cells = [cell.id for section in sections_of(lesson) for cell in section.cells]
    assert cells == [cell.id for cell in lesson.cells]


def test_exercises_know_number_kind_and_their_own_question(source):
    exercises = exercises_of(read_source(source))
    assert [(e.number, e.kind) for e in exercises] == [
        ("01.1", "Compute"),
        ("01.2", "Interpret"),
        ("01.3", "Decide"),
    ]
    assert exercises[1].question == "**01.2 Interpret.** Which hold?"
    assert exercises[2].question == "**01.3 Decide.** Whom do you visit?"
    assert "answer_01_1 = None" in exercises[0].code


def test_a_teachers_edition_has_the_solutions(source):
    exercises = exercises_of(read_source(source, solutions=True))
    assert "max(revenue) / sum(revenue)" in exercises[0].code


@pytest.mark.parametrize(
    "source",
    [
        'check("11.2", answer_11_2, portfolio)',
        "check('11.2', answer_11_2)",
        'check(\n    "11.2",\n    answer_11_2,\n)',
    ],
)
def test_an_answer_is_found_however_its_check_is_written(source):
    assert checked_answers(source) == [("11.2", "answer_11_2")]


def test_students_do_not_get_the_teaching_notes(source):
    students, teachers = read_source(source), read_source(source, solutions=True)
    assert "Minutes:" not in str(students)
    assert len(teachers.cells) == len(students.cells) + 2


def test_a_cell_has_the_same_id_in_both_editions(source):
    teachers = {c.id: c.source for c in read_source(source, solutions=True).cells}
    for cell in read_source(source).cells:
        if cell.cell_type == "markdown":
            assert teachers[cell.id] == cell.source

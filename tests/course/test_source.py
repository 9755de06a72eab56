"""A lesson's source becomes a notebook that holds everything but the solutions."""

import sys

import pytest

from kamlab.course.source import METADATA, read_source, without_solution
from kamlab.errors import UsageError


def test_students_get_a_line_to_fill_in_where_the_solution_stands(source):
    exercise = read_source(source).cells[-1]
    assert exercise.source == "answer_01_1 = None  # your answer\nanswer_01_1"


def test_teachers_get_the_solution_without_its_marks(source):
    exercise = read_source(source, solutions=True).cells[-1]
    assert "answer_01_1 = largest / sum(revenue)" in exercise.source
    assert "solution" not in exercise.source


def test_cells_are_numbered_by_position(source):
    assert [c.id for c in read_source(source).cells] == ["c001", "c002", "c003", "c004"]


def test_tags_are_kept_and_nothing_else(source):
    cells = read_source(source).cells
    assert cells[1].metadata == {"tags": ["parameters"]}
    assert cells[2].metadata == {}
    assert cells[3].metadata == {"tags": ["lesson", "exercise"]}


def test_the_kernel_is_named_and_no_version_is(source):
    metadata = read_source(source).metadata
    assert metadata == METADATA
    assert metadata.kernelspec.name == "python3"
    assert "version" not in metadata.language_info


def test_text_stays_text_and_code_stays_code(source):
    kinds = [cell.cell_type for cell in read_source(source).cells]
    assert kinds == ["markdown", "code", "code", "code"]


def test_every_answer_of_a_solution_has_its_own_line():
    source = "# solution\nanswer_1 = 2\nhelp = 3\nanswer_2 = help\n# end solution"
    assert without_solution(source).splitlines() == [
        "answer_1 = None  # your answer",
        "answer_2 = None  # your answer",
    ]


def test_an_answer_assigned_twice_is_asked_for_once():
    source = "# solution\nanswer = 2\nanswer = 3\n# end solution"
    assert without_solution(source) == "answer = None  # your answer"


def test_code_without_a_solution_stays_as_it_is():
    assert without_solution("a = 1\n\nb = 2") == "a = 1\n\nb = 2"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("# solution\nanswer = 1", "not closed"),
        ("answer = 1\n# end solution", "out of turn"),
        ("# solution\n# solution\nanswer = 1\n# end solution", "out of turn"),
        ("# solution\nvalue = 1\n# end solution", "assigns no answer"),
    ],
)
def test_a_malformed_solution_is_refused(source, complaint):
    with pytest.raises(UsageError, match=complaint):
        without_solution(source)


def test_the_complaint_names_file_and_cell(source):
    text = source.read_text(encoding="utf-8").replace("# end solution\n", "")
    source.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"01_tiny\.py, cell c004: .*not closed"):
        read_source(source)


def test_without_jupytext_the_message_says_what_to_install(source, monkeypatch):
    monkeypatch.setitem(sys.modules, "jupytext", None)
    with pytest.raises(UsageError, match=r"pip install -e '\.\[dev\]'"):
        read_source(source)

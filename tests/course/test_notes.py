"""Teaching notes say minutes, questions and mistakes."""

import pytest

from kamlab.course.notes import Note, core_minutes, notes_of, read_note
from kamlab.course.source import read_source
from kamlab.errors import UsageError
from tests.course.complete_lesson import COMPLETE


@pytest.fixture
def lesson(tmp_path):
    file = tmp_path / "01_small.py"
    file.write_text(COMPLETE, encoding="utf-8")
    return read_source(file, solutions=True)


def test_a_note_holds_questions_mistakes_and_remarks_of_several_lines():
    text = """Minutes: 8

Ask: Who brings
the revenue?
* Ask: Who brings the profit?
Common mistake: Taking
gross revenue.

Bring the printed table."""
    assert read_note(text, "Revenue") == Note(
        "Revenue",
        8,
        0,
        ("Who brings the revenue?", "Who brings the profit?"),
        ("Taking gross revenue.",),
        ("Bring the printed table.",),
    )


@pytest.mark.parametrize(
    ("text", "further", "minutes"),
    [
        ("Minutes: 8", False, (8, 0)),
        ("Minutes: 5 + 3 deeper", False, (5, 3)),
        ("Minutes: 5+3 deeper.", False, (5, 3)),
        ("Minutes: 8", True, (0, 8)),
        ("Minutes: 5 + 3 deeper", True, (0, 8)),
    ],
)
def test_minutes_are_of_the_core_path_or_beyond_it(text, further, minutes):
    note = read_note(text, goes_further=further)
    assert (note.minutes, note.deeper) == minutes


@pytest.mark.parametrize("text", ["", "8 minutes", "Minutes: many", "Ask: Who?"])
def test_a_note_without_minutes_is_refused_with_its_first_line(text):
    with pytest.raises(UsageError, match="begin it with 'Minutes: 8'"):
        read_note(text)


def test_notes_are_read_with_their_sections(lesson):
    notes = notes_of(lesson)
    assert [(n.section, n.minutes, n.deeper) for n in notes] == [
        ("", 2, 0),
        ("Who brings the revenue", 5, 3),
    ]
    assert notes[1].questions == ("Whom would you miss?",)
    assert core_minutes(notes) == 7


def test_notes_of_a_section_that_goes_further_are_off_the_core_path(lesson):
    for cell in lesson.cells:
        if cell.source.startswith("## Who"):
            cell.metadata["tags"] = ["deeper"]
    assert core_minutes(notes_of(lesson)) == 2


def test_the_complaint_names_the_cell(lesson):
    lesson.cells[1].source = "soon"
    with pytest.raises(UsageError, match="cell c002: a teaching note begins with"):
        notes_of(lesson)

"""Every lesson can be taught: summaries, notes, exercises, glossary, coverage."""

from kamlab.course.rules import lesson_faults, rows_to_cover
from tests.notebooks.conftest import NOTEBOOKS, SOURCES

SOURCE_OF = {source.stem: source for source in SOURCES}


def test_every_lesson_keeps_every_rule(lesson_name):
    source = SOURCE_OF[lesson_name]
    assert lesson_faults(source, rows_to_cover(NOTEBOOKS, source)) == []


def test_every_lesson_has_rows_to_cover(lesson_name):
    assert rows_to_cover(NOTEBOOKS, SOURCE_OF[lesson_name])


def test_students_get_no_teaching_notes(notebook):
    assert "instructor" not in str(notebook.metadata)
    assert not [c for c in notebook.cells if c.source.startswith("Minutes:")]

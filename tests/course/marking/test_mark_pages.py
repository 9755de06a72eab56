"""Marks on paper: nothing that a student wrote is alive in them."""

import csv

import pytest

from kamlab.course.marking.judge import STATUSES, Mark, Marked
from kamlab.course.marking.pages import SIGNS, alike, write_marks
from kamlab.course.roll import Course

COURSE = Course("0.1.0", "s", 60, "2025-12-31", {"11_tiny": ["11.1"]}, ())
EVIL = "<script>alert('11.1 right')</script>"


@pytest.fixture
def written(tmp_path):
    marks = (Mark("11.1", "wrong", f"={EVIL} is no number."),)
    guards = ("limits of time and memory", "Landlock 7")
    write_marks([Marked("s01", "王芳 & <b>", marks, guards)], COURSE, tmp_path)
    return tmp_path


def test_what_students_wrote_is_escaped(written):
    page = (written / "marks.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "王芳 &amp; &lt;b&gt;" in page
    assert "default-src 'none'" in page


def test_the_page_names_the_guards(written):
    page = (written / "marks.html").read_text(encoding="utf-8")
    assert "limits of time and memory; Landlock 7" in page


def test_no_cell_of_a_table_is_a_formula(written):
    with (written / "feedback.csv").open(encoding="utf-8-sig", newline="") as lines:
        (line,) = csv.DictReader(lines)
    assert line["feedback"] == f"'={EVIL} is no number."


def test_marks_of_the_same_words_stand_together(tmp_path):
    nothing = "No notebook was handed in."
    marks = (
        Mark("11.1", "missing", nothing),
        Mark("12.1", "right", "so it is."),
        Mark("11.2", "missing", nothing),
    )
    assert [numbers for numbers, _ in alike(marks)] == ["11.1, 11.2", "12.1"]


def test_every_status_has_its_sign_and_every_exercise_its_sum(tmp_path):
    course = Course("0.1.0", "s", 60, "2025-12-31", {"11_tiny": ["11.1"]}, ())
    marked = [
        Marked(f"s{at}", f"Student {at}", (Mark("11.1", status, "so."),))
        for at, status in enumerate([*STATUSES, "right"])
    ]
    write_marks(marked, course, tmp_path)
    page = (tmp_path / "marks.html").read_text(encoding="utf-8")
    assert set(SIGNS) == set(STATUSES)
    for status, sign in SIGNS.items():
        assert f'title="11.1 {status}">{sign}</td>' in page
    assert '<tfoot><tr><td></td><td>right</td><td></td><td class="sign">2</td>' in page
    assert '<a href="#s0">s0</a>' in page
    assert '<section id="s0">' in page


def test_the_secret_is_in_none_of_the_files(tmp_path):
    course = Course("0.1.0", "top secret", 60, "2025-12-31", {"11_tiny": ["11.1"]}, ())
    write_marks([], course, tmp_path)
    for file in tmp_path.iterdir():
        assert "top secret" not in file.read_text(encoding="utf-8-sig")

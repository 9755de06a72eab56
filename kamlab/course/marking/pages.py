"""Marks for people: a page, a table for the grade book, and the feedback."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from kamlab.course.marking.judge import Mark, Marked
from kamlab.course.pages import render
from kamlab.course.roll import Course
from kamlab.course.students import FORMULA

#: Files that hold marks.
MARK_FILES = ("marks.html", "marks.csv", "feedback.csv")
#: How the page's table shows what can be said of an exercise.
SIGNS = {
    "right": "1",
    "wrong": "0",
    "not answered": "·",
    "crashed": "×",
    "timed out": "t",
    "missing": "–",
}


def write_marks(marked: Sequence[Marked], course: Course, folder: Path) -> None:
    """Write marks as a page, as a table for the grade book, and with the feedback.

    Parameters
    ----------
    marked : sequence of Marked
        In the order of the course.
    course : Course
        What was handed out.
    folder : Path
        Where they go: ``marks.html``, ``marks.csv`` (a line a student) and
        ``feedback.csv`` (a line an exercise).

    Examples
    --------
    >>> import tempfile
    >>> course = Course("0.1.0", "s", 300, "2025-12-31", {"11_a": ["11.1"]}, ())
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_marks([], course, Path(folder))
    ...     (Path(folder) / "marks.csv").read_text(encoding="utf-8-sig")
    'id,name,11.1,points,of,guards\\n'
    """
    guards = sorted({"; ".join(each.guards) for each in marked if each.guards})
    page = render(
        "marks.html.j2",
        course=course,
        exercises=course.exercises,
        marked=marked,
        guards=guards,
        signs=SIGNS,
        alike=alike,
    )
    (folder / "marks.html").write_text(page, encoding="utf-8", newline="\n")
    header = ["id", "name", *course.exercises, "points", "of", "guards"]
    _write(folder / "marks.csv", header, map(_line, marked))
    header = ["id", "name", "exercise", "status", "points", "feedback"]
    _write(folder / "feedback.csv", header, _feedback(marked))


def alike(marks: Sequence[Mark]) -> list[tuple[str, Mark]]:
    """Return marks in order, those of the same words together with their numbers.

    Parameters
    ----------
    marks : sequence of Mark
        Of one student.

    Examples
    --------
    >>> nothing = [Mark(each, "missing", "Nothing came.") for each in ("1.1", "1.2")]
    >>> alike(nothing)[0][0]
    '1.1, 1.2'
    """
    together: dict[tuple[str, str], list[Mark]] = {}
    for mark in marks:
        together.setdefault((mark.status, mark.feedback), []).append(mark)
    return [
        (", ".join(mark.exercise for mark in same), same[0])
        for same in together.values()
    ]


def _line(student: Marked) -> list[object]:
    statuses = [mark.status for mark in student.marks]
    of, guards = len(student.marks), "; ".join(student.guards)
    return [student.id, student.name, *statuses, student.points, of, guards]


def _feedback(marked: Iterable[Marked]) -> Iterable[list[object]]:
    for each in marked:
        for mark in each.marks:
            told = [mark.exercise, mark.status, mark.points, mark.feedback]
            yield [each.id, each.name, *told]


def _write(file: Path, header: list[str], rows: Iterable[list[object]]) -> None:
    """Write a CSV that spreadsheets read as it is meant: UTF-8, and no formulas."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([_harmless(each) for each in row] for row in rows)


def _harmless(value: object) -> object:
    is_formula = isinstance(value, str) and value.startswith(FORMULA)
    return f"'{value}" if is_formula else value

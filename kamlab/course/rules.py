"""What makes a notebook a lesson: summaries, exercises, notes, glossary, coverage.

Every rule looks at the teacher's edition of a lesson and complains in sentences that
name the cell. ``kamlab course build --check`` and the tests apply all of them.
"""

import csv
import re
from collections.abc import Collection, Iterator
from pathlib import Path

import nbformat

from kamlab.course.exercises import EXERCISES
from kamlab.course.lesson import (
    EXERCISE,
    KINDS,
    Section,
    answer_name,
    checked_answers,
    exercises_of,
    sections_of,
    tags_of,
)
from kamlab.course.notes import CORE_MINUTES, core_minutes, notes_of
from kamlab.course.source import INSTRUCTOR, read_source
from kamlab.errors import UsageError

#: Tag of the Chinese summary at the end of a section.
SUMMARY = "summary"
#: With what a summary begins, and how many points it makes.
SUMMARY_TITLE = "**本节要点**"
SUMMARY_POINTS = 3
#: What hides the answer to a reading question.
ANSWER_TITLE = "<details><summary>Answer (参考答案)</summary>"
#: Fewest exercises of a lesson.
FEWEST_EXERCISES = 3

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_POINT = re.compile(r"^[*-] +(.*)$")


def lesson_faults(
    source: Path, rows: Collection[str] = (), exercises: Collection[str] = EXERCISES
) -> list[str]:
    """Return what a lesson's source lacks, a sentence each.

    Parameters
    ----------
    source : Path
        Text source of the lesson.
    rows : collection of str
        Ids of the rows of coverage.csv that the lesson has to treat.
    exercises : collection of str
        Numbers of the exercises that the check knows.

    Returns
    -------
    list of str
        Each begins with the file and, where there is one, the cell; empty if all is
        well.

    Raises
    ------
    UsageError
        If the source cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     source = Path(folder) / "01_tiny.py"
    ...     _ = source.write_text("# %% [markdown]\\n# # Tiny\\n")
    ...     lesson_faults(source)[0]
    '01_tiny.py: it has 0 exercises: give it at least 3'
    """
    lesson = read_source(source, solutions=True)
    found = [
        *_exercise_faults(lesson, exercises),
        *_summary_faults(lesson),
        *_note_faults(lesson),
        *_reading_faults(lesson),
        *_glossary_faults(lesson),
        *_coverage_faults(lesson, rows),
    ]
    return [f"{source.name}: {fault}" for fault in found]


def rows_to_cover(notebooks_folder: Path, source: Path) -> list[str]:
    """Return the ids of the rows of coverage.csv that belong to a lesson.

    Parameters
    ----------
    notebooks_folder : Path
        With ``coverage.csv``; no rows where there is none.
    source : Path
        Text source of the lesson, somewhere in ``src``.

    Examples
    --------
    >>> source = Path("notebooks/src/1_value/11_concentration_and_profitability.py")
    >>> "03.5" in rows_to_cover(Path("notebooks"), source)
    True
    """
    file = Path(notebooks_folder) / "coverage.csv"
    if not file.is_file():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            row["id"]
            for row in csv.DictReader(lines)
            if row["notebook"].rsplit("/", 1)[-1] == source.stem
        ]


def _exercise_faults(
    lesson: nbformat.NotebookNode, known: Collection[str]
) -> Iterator[str]:
    found = exercises_of(lesson)
    if len(found) < FEWEST_EXERCISES:
        yield f"it has {len(found)} exercises: give it at least {FEWEST_EXERCISES}"
    for kind in KINDS:
        if not any(each.kind == kind for each in found):
            yield f"no exercise asks to {kind.lower()}: begin one '**11.1 {kind}.**'"
    for each in found:
        if not each.kind:
            yield (
                f"cell {each.cell} checks {each.number}, which no question above it "
                f"asks: begin one '**{each.number} Compute.**'"
            )
        if each.number not in known:
            yield (
                f"cell {each.cell} checks {each.number}, which the check does not "
                "know: enter it in kamlab/course/exercises/__init__.py"
            )
    for cell in lesson.cells:
        if EXERCISE in tags_of(cell):
            yield from _answer_faults(cell)


def _answer_faults(cell: nbformat.NotebookNode) -> Iterator[str]:
    """Insist that marking finds the answer: answer_11_2 belongs to 11.2."""
    answers = checked_answers(cell.source)
    if not answers:
        yield f"cell {cell.id} is an exercise without check('11.1', answer_11_1, …)"
    for number, name in answers:
        if name != answer_name(number):
            yield (
                f"cell {cell.id} checks {number} with {name}: call it "
                f"{answer_name(number)}"
            )


def _summary_faults(lesson: nbformat.NotebookNode) -> Iterator[str]:
    for section in sections_of(lesson):
        summaries = [cell for cell in section.cells if SUMMARY in tags_of(cell)]
        if section.teaches and len(summaries) != 1:
            yield (
                f"section {section.title!r} has {len(summaries)} summaries: end it "
                f"with one text cell tagged 'lesson' and 'summary': {SUMMARY_TITLE}"
            )
        for cell in summaries:
            yield from _one_summary_faults(cell, section)


def _one_summary_faults(cell: nbformat.NotebookNode, section: Section) -> Iterator[str]:
    where = f"cell {cell.id} ({section.title})"
    shown = [each for each in section.cells if INSTRUCTOR not in tags_of(each)]
    if shown[-1] is not cell:
        yield f"{where} sums up before the end of its section: move it to the end"
    if "lesson" not in tags_of(cell):
        yield f"{where} is a summary that reports would show: tag it 'lesson'"
    if not cell.source.startswith(SUMMARY_TITLE):
        yield f"{where} is a summary: begin it with {SUMMARY_TITLE}"
    points = [m[1] for line in cell.source.splitlines() if (m := _POINT.match(line))]
    if len(points) != SUMMARY_POINTS or not all(map(_CHINESE.search, points)):
        yield f"{where} has {len(points)} points: give it three, in Chinese"


def _note_faults(lesson: nbformat.NotebookNode) -> Iterator[str]:
    try:
        notes = notes_of(lesson)
    except UsageError as error:
        yield str(error)
        return
    for section in sections_of(lesson):
        own = [note for note in notes if note.section == section.title]
        if section.teaches and not own:
            yield (
                f"section {section.title!r} has no teaching note: add a text cell "
                "tagged 'instructor' that begins with 'Minutes: 8'"
            )
        elif section.teaches and not any(n.questions and n.mistakes for n in own):
            yield (
                f"the teaching note of section {section.title!r} is thin: give it a "
                "line 'Ask: …' and a line 'Common mistake: …'"
            )
    if core_minutes(notes) > CORE_MINUTES:
        yield (
            f"its core path takes {core_minutes(notes)} minutes, more than "
            f"{CORE_MINUTES}: tag what goes further 'deeper'"
        )


def _reading_faults(lesson: nbformat.NotebookNode) -> Iterator[str]:
    """Insist on reading questions, whose answers open on a click."""
    asking = [c for c in lesson.cells if "<details" in c.source]
    if not asking:
        yield f"it has no reading question with its answer behind {ANSWER_TITLE}"
    for cell in asking:
        is_whole = cell.source.count(ANSWER_TITLE) == cell.source.count("<details")
        if not is_whole or cell.source.count("</details>") != cell.source.count(
            "<details"
        ):
            yield f"cell {cell.id}: write {ANSWER_TITLE} … </details>"
        if "lesson" not in tags_of(cell):
            yield f"cell {cell.id} is a reading question: tag it 'lesson'"


def _glossary_faults(lesson: nbformat.NotebookNode) -> Iterator[str]:
    glossary = [s for s in sections_of(lesson) if s.title.startswith("Glossary")]
    text = "\n".join(cell.source for each in glossary for cell in each.cells)
    rows = [line for line in text.splitlines() if line.startswith("|")][2:]
    if not rows:
        yield "it has no glossary: end it with '## Glossary' and a table"
    for row in rows:
        if not _CHINESE.search(row):
            yield f"glossary line {row!r:.60} has no Chinese term: add it"


def _coverage_faults(
    lesson: nbformat.NotebookNode, rows: Collection[str]
) -> Iterator[str]:
    covered = {
        tag.removeprefix("covers:")
        for cell in lesson.cells
        for tag in tags_of(cell)
        if tag.startswith("covers:") and INSTRUCTOR not in tags_of(cell)
    }
    for row in sorted(set(rows) - covered):
        yield (
            f"row {row} of coverage.csv is treated nowhere: tag the cell that treats "
            f"it 'covers:{row}'"
        )
    for row in sorted(covered - set(rows)) if rows else ():
        yield f"a cell is tagged 'covers:{row}', which is no row of this lesson"

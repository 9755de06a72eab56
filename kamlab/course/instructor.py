"""The teacher's edition: lessons with solutions and notes, and a plan for each."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from kamlab.course.build import run_notebook, sources_of
from kamlab.course.lesson import ExerciseText, exercises_of, tags_of
from kamlab.course.notes import CORE_MINUTES, Note, core_minutes, notes_of, read_note
from kamlab.course.pages import markdown_with_answers, outputs_of, render
from kamlab.course.progress import step_by_step
from kamlab.course.source import INSTRUCTOR, is_lesson, read_source
from kamlab.data.aside import folder_aside, put_in_place
from kamlab.errors import UsageError
from kamlab.report.notebooks import title_of

INDEX_FILE = "index.html"


@dataclass(frozen=True)
class TeachingPlan:
    """How to teach a lesson: minutes, questions and mistakes by section, solutions.

    Parameters
    ----------
    name, title : str
        Of the lesson.
    notes : tuple of Note
        By section, in order.
    exercises : tuple of ExerciseText
        With their solutions.

    Examples
    --------
    >>> plan = TeachingPlan("11_a", "Concentration", (Note("Limits", 8, 2),), ())
    >>> plan.minutes, plan.deeper
    (8, 2)
    """

    name: str
    title: str
    notes: tuple[Note, ...]
    exercises: tuple[ExerciseText, ...]

    @property
    def minutes(self) -> int:
        """Minutes of the core path."""
        return core_minutes(self.notes)

    @property
    def deeper(self) -> int:
        """Minutes beyond it."""
        return sum(note.deeper for note in self.notes)


def write_instructor(
    out: Path,
    names: Sequence[str] | None = None,
    notebooks_folder: Path = Path("notebooks"),
    progress: bool = True,
) -> list[Path]:
    """Write the teacher's edition of lessons: notebooks, pages, and plans.

    Parameters
    ----------
    out : Path
        Folder to make: ``index.html`` and, for every lesson, ``<name>.ipynb`` and
        ``<name>.html`` (solutions, run on the demonstration company, and notes) and
        ``<name>_plan.html``.
    names : sequence of str, optional
        Names or numbers of lessons; all if not given.
    notebooks_folder : Path
        With the sources in ``src``.
    progress : bool
        Whether to show on stderr how far it is.

    Returns
    -------
    list of Path
        The plans written, in the order of the book.

    Raises
    ------
    UsageError
        If a name is unknown, a note is malformed, or something stands at `out`.
    NotebookError
        If a solution fails.
    """
    out = Path(os.path.abspath(out))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"out = {str(out)!r} is not empty: name a new folder")
    found = sources_of(notebooks_folder, list(names) if names else None)
    sources = [source for source in found if is_lesson(source)]
    lessons = {path.stem: read_source(path, solutions=True) for path in sources}
    plans = [plan_of(lesson, name) for name, lesson in lessons.items()]
    out.parent.mkdir(parents=True, exist_ok=True)
    with folder_aside(out) as aside:
        for plan in step_by_step(plans, "lessons", progress):
            _write_lesson(lessons[plan.name], plan, aside)
        index = render("lessons.html.j2", plans=plans, most=CORE_MINUTES)
        (aside / INDEX_FILE).write_text(index, encoding="utf-8", newline="\n")
        put_in_place(aside, out)
    return [out / f"{plan.name}_plan.html" for plan in plans]


def plan_of(lesson: nbformat.NotebookNode, name: str) -> TeachingPlan:
    """Read the plan of a lesson off its teacher's edition.

    Parameters
    ----------
    lesson : nbformat.NotebookNode
        From `kamlab.course.source.read_source`, with solutions.
    name : str
        Of the lesson.

    Raises
    ------
    UsageError
        If a teaching note does not say its minutes.

    Examples
    --------
    >>> cell = nbformat.v4.new_markdown_cell("# Concentration")
    >>> plan_of(nbformat.v4.new_notebook(cells=[cell]), "11_a").title
    'Concentration'
    """
    try:
        notes = tuple(notes_of(lesson))
    except UsageError as error:
        raise UsageError(f"{name}, {error}") from None
    return TeachingPlan(
        name, title_of(lesson, name), notes, tuple(exercises_of(lesson))
    )


def _write_lesson(
    lesson: nbformat.NotebookNode, plan: TeachingPlan, folder: Path
) -> None:
    """Run a lesson with its solutions, and write its notebook and its two pages."""
    run_notebook(lesson, folder, plan.name)
    for cell in lesson.cells:
        if INSTRUCTOR in tags_of(cell):
            goes_further = "deeper" in tags_of(cell)
            cell.source = note_text(read_note(cell.source, "", goes_further))
    text = nbformat.writes(lesson) + "\n"
    page = render("solutions.html.j2", plan=plan, cells=[*map(_shown, lesson.cells)])
    plan_page = render(
        "plan.html.j2",
        plan=plan,
        most=CORE_MINUTES,
        text=markdown_with_answers,
    )
    for file, content in {
        f"{plan.name}.ipynb": text,
        f"{plan.name}.html": page,
        f"{plan.name}_plan.html": plan_page,
    }.items():
        (folder / file).write_text(content, encoding="utf-8", newline="\n")


def note_text(note: Note) -> str:
    """Return a teaching note as people read it in a notebook.

    Parameters
    ----------
    note : Note
        From `kamlab.course.notes.read_note`.

    Examples
    --------
    >>> print(note_text(Note("", 5, 3, ("Who?",), ("Gross revenue.",))))
    **For the teacher · 5 minutes, 3 minutes beyond the core path**
    <BLANKLINE>
    * *Ask:* Who?
    * *Common mistake:* Gross revenue.
    """
    times = [f"{note.minutes} minutes"] if note.minutes else []
    times += [f"{note.deeper} minutes beyond the core path"] if note.deeper else []
    lines = [
        *(f"* *Ask:* {each}" for each in note.questions),
        *(f"* *Common mistake:* {each}" for each in note.mistakes),
        *(f"* {each}" for each in note.remarks),
    ]
    head = f"**For the teacher · {', '.join(times) or 'no time'}**"
    return "\n".join([head, "", *lines]).rstrip()


def _shown(cell: nbformat.NotebookNode) -> dict[str, Any]:
    """Return what the page shows of a cell."""
    is_text = cell.cell_type == "markdown"
    return {
        "is_note": INSTRUCTOR in tags_of(cell),
        "html": markdown_with_answers(cell.source) if is_text else "",
        "code": "" if is_text else cell.source,
        "groups": [] if is_text else outputs_of(cell),
    }

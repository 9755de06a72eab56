"""Marking a course: every submission is run locked up, its answers judged outside."""

import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat

import kamlab
from kamlab.course.check import OWN_PORTFOLIO
from kamlab.course.marking.judge import Mark, Marked, judge_reading, missing
from kamlab.course.marking.pages import MARK_FILES, write_marks
from kamlab.course.marking.sandbox import Limits, Reading, run_locked_up
from kamlab.course.marking.submission import find_submission, prepared, read_notebook
from kamlab.course.progress import step_by_step
from kamlab.course.roll import COURSE_FILE, Course, Entry, read_course, write_company
from kamlab.data.aside import folder_aside, foreign_files, put_in_place
from kamlab.errors import DataError, NotebookError, UsageError
from kamlab.portfolio import Portfolio

#: Runs a prepared notebook on a portfolio folder.
Run = Callable[[nbformat.NotebookNode, Path], Reading]


def mark_course(
    folder: Path,
    out: Path,
    course_file: Path | None = None,
    limits: Limits | None = None,
    workers: int | None = None,
    progress: bool = True,
) -> list[Marked]:
    """Run every student's notebooks within limits, and write the marks.

    Parameters
    ----------
    folder : Path
        One folder a student, named by the id, with the notebooks that came back.
    out : Path
        Folder for ``marks.html``, ``marks.csv`` and ``feedback.csv``: new, or with
        earlier marks.
    course_file : Path, optional
        The course's ``course.yml``; that in `folder` if not given.
    limits : Limits, optional
        What a submission may use.
    workers : int, optional
        Students who are marked at the same time; two, or one on a single core.
    progress : bool
        Whether to show on stderr how far it is.

    Returns
    -------
    list of Marked
        In the order of the course.

    Raises
    ------
    UsageError
        If an argument cannot be right, or this system cannot lock a process up.
    DataError
        If ``course.yml`` is damaged, or this version of kamlab makes other companies.
    NotebookError
        If submissions cannot be run here.
    """
    folder, out, limits = Path(folder), Path(out), limits or Limits()
    course = read_course(course_file or folder / COURSE_FILE)
    _check(folder, out, limits, workers)
    out.parent.mkdir(parents=True, exist_ok=True)
    count = workers or min(2, os.cpu_count() or 1)
    stop = threading.Event()
    run = partial(run_locked_up, limits=limits, stop=stop)
    one = partial(_mark_student, course=course, folder=folder, run=run)
    with folder_aside(out) as aside, ThreadPoolExecutor(count) as pool:
        try:
            futures = [pool.submit(one, entry) for entry in course.students]
            shown = step_by_step(futures, "students", progress)
            marked = [future.result() for future in shown]
        except BaseException:  # also when the user interrupts: leave nothing running
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        write_marks(marked, course, aside)
        put_in_place(aside, out)
    return marked


def _check(folder: Path, out: Path, limits: Limits, workers: int | None) -> None:
    if not folder.is_dir():
        raise UsageError(f"{str(folder)!r} is no folder: name the one that came back")
    if out.exists() and (not out.is_dir() or foreign_files(out, MARK_FILES)):
        raise UsageError(
            f"out = {str(out)!r} holds other things than marks: name a new folder"
        )
    for name, value in (("seconds", limits.seconds), ("memory", limits.megabytes)):
        if not value > 0:
            raise UsageError(f"{name} = {value!r}: give a number above 0")
    if workers is not None and workers < 1:
        raise UsageError(f"workers = {workers!r}: give a whole number from 1")


def _mark_student(entry: Entry, course: Course, folder: Path, run: Run) -> Marked:
    """Mark all notebooks of one student."""
    marks: list[Mark] = []
    guards: tuple[str, ...] = ()
    with tempfile.TemporaryDirectory(prefix="kamlab-") as place:
        portfolio = Path(place) / OWN_PORTFOLIO
        _make_again(entry, course, portfolio)
        with kamlab.open_portfolio(portfolio, as_of=course.as_of) as company:
            for lesson, exercises in course.notebooks.items():
                own = folder / entry.id
                more, used = _mark_lesson(own, lesson, exercises, company, run)
                marks, guards = marks + more, guards or used
    return Marked(entry.id, entry.name, tuple(marks), guards)


def _make_again(entry: Entry, course: Course, folder: Path) -> None:
    """Make the student's company from its seed; what was handed in is not trusted."""
    _, digest = write_company(folder, entry.seed, course.accounts)
    if digest != entry.digest:
        raise DataError(
            f"kamlab {kamlab.__version__} makes another company for {entry.id!r} than "
            f"kamlab {course.kamlab} handed out: mark with that version"
        )


def _mark_lesson(
    folder: Path, lesson: str, exercises: Sequence[str], company: Portfolio, run: Run
) -> tuple[list[Mark], tuple[str, ...]]:
    """Mark one notebook; return the guards it ran under as well."""
    try:
        file = find_submission(folder, lesson)
        if file is None:
            return missing(exercises, "No notebook was handed in."), ()
        notebook = read_notebook(file)
    except (DataError, OSError) as error:
        return missing(exercises, f"It cannot be read: {error}.", "crashed"), ()
    parameters = {"data": OWN_PORTFOLIO, "as_of": str(company.as_of)}
    ready = prepared(notebook, exercises, parameters)
    try:
        reading = run(ready, company.folder)
    except NotebookError as error:
        raise NotebookError(f"{file.parent.name}, {file.name}: {error}") from error
    sources = {cell.id: cell.source for cell in ready.cells}
    return judge_reading(reading, exercises, company, sources), reading.guards

"""Handing out: a folder for every student, with a company and the lessons in it."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined

import kamlab
from kamlab.course.check import OWN_PORTFOLIO
from kamlab.course.lesson import exercises_of, tags_of
from kamlab.course.progress import step_by_step
from kamlab.course.roll import Course, Entry, seed_of, write_company, write_course
from kamlab.course.students import Student, read_students
from kamlab.data.aside import folder_aside, put_in_place
from kamlab.data.demo.story import FULL_SIZE, LAST_DAY
from kamlab.errors import UsageError
from kamlab.report.notebooks import select_notebooks
from kamlab.report.parameters import TAG

_DATA = re.compile(r"^(data: str = )(\"[^\"]*\"|'[^']*')", re.MULTILINE)


def hand_out(
    students: Path,
    out: Path,
    notebooks: Sequence[str] | None = None,
    seed_base: str | None = None,
    notebooks_folder: Path | None = None,
    accounts: int = FULL_SIZE,
    progress: bool = True,
) -> Course:
    """Make a folder for every student, each with a Talbruck of its own.

    Parameters
    ----------
    students : Path
        CSV with the columns id and name.
    out : Path
        Folder to make: one folder a student, and ``course.yml`` for the teacher.
    notebooks : sequence of str, optional
        Names or numbers of lessons; all that have exercises if not given.
    seed_base : str, optional
        The secret that the seeds follow from. By default a new one is drawn; that of
        an earlier ``course.yml`` gives every student the same company again.
    notebooks_folder : Path, optional
        Where the lessons lie; the workbook's own if not given.
    accounts : int
        Accounts of each company.
    progress : bool
        Whether to show on stderr how far it is.

    Returns
    -------
    Course
        What was handed out, as it stands in ``course.yml``.

    Raises
    ------
    UsageError
        If a lesson is unknown or has no exercises, or something stands at `out`.
    DataError
        If the list of students cannot be right.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file, out = Path(folder) / "students.csv", Path(folder) / "course"
    ...     _ = file.write_text("id,name\\ns01,Anna Berg\\n")
    ...     course = hand_out(file, out, ["11"], accounts=60, progress=False)
    ...     sorted(path.name for path in (out / "s01").iterdir())
    ['11_concentration_and_profitability.ipynb', 'README.md', 'portfolio']
    """
    listed = read_students(students)
    lessons = _lessons(notebooks, notebooks_folder)
    out = Path(out)
    _check_out(out)
    secret = seed_base or secrets.token_hex(16)
    numbers = {name: _numbers(lesson) for name, lesson in lessons.items()}
    out.parent.mkdir(parents=True, exist_ok=True)
    with folder_aside(out) as aside:
        entries = [
            _make(student, aside, secret, accounts, lessons)
            for student in step_by_step(listed, "students", progress)
        ]
        course = Course(
            kamlab.__version__,
            secret,
            accounts,
            LAST_DAY.isoformat(),
            numbers,
            tuple(entries),
        )
        write_course(course, aside)
        put_in_place(aside, out)
    return course


def handed_out(lesson: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a lesson as students get it: without outputs, on their own company.

    Parameters
    ----------
    lesson : nbformat.NotebookNode
        As it is stored in the book.

    Raises
    ------
    UsageError
        If no parameter says where its data lie.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell(
    ...     'data: str = "data/demo"  # folder', metadata={"tags": ["parameters"]})
    >>> handed_out(nbformat.v4.new_notebook(cells=[cell])).cells[0].source
    'data: str = "portfolio"  # folder'
    """
    copy = nbformat.from_dict(lesson)
    for cell in copy.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    _point_to_own_data(copy)
    return copy


def _point_to_own_data(lesson: nbformat.NotebookNode) -> None:
    cells = [cell for cell in lesson.cells if TAG in tags_of(cell)]
    cell = cells[0] if cells else nbformat.v4.new_code_cell()
    cell.source, found = _DATA.subn(rf'\1"{OWN_PORTFOLIO}"', cell.source)
    if not found:
        raise UsageError(
            "a lesson has no parameter 'data: str = \"data/demo\"': it cannot be "
            "pointed to a student's own company"
        )


def _lessons(
    names: Sequence[str] | None, folder: Path | None
) -> dict[str, nbformat.NotebookNode]:
    """Read the lessons that have exercises."""
    lessons = {file.name: file.read() for file in select_notebooks(names, folder)}
    bare = [name for name, lesson in lessons.items() if not exercises_of(lesson)]
    if names and bare:
        raise UsageError(
            f"notebook {bare[0]!r} has no exercises to hand out: leave it out"
        )
    return {name: each for name, each in lessons.items() if name not in bare}


def _numbers(lesson: nbformat.NotebookNode) -> list[str]:
    return [exercise.number for exercise in exercises_of(lesson)]


def _check_out(out: Path) -> None:
    """Never write over what was handed out: there may be work in it."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"out = {str(out)!r} is not empty: name a new folder")


def _make(
    student: Student,
    folder: Path,
    secret: str,
    accounts: int,
    lessons: Mapping[str, nbformat.NotebookNode],
) -> Entry:
    """Make one student's folder."""
    own = folder / student.id
    own.mkdir()
    seed = seed_of(student.id, secret)
    _, digest = write_company(own / OWN_PORTFOLIO, seed, accounts)
    for name, lesson in lessons.items():
        text = nbformat.writes(handed_out(lesson)) + "\n"
        (own / f"{name}.ipynb").write_text(text, encoding="utf-8", newline="\n")
    numbers = {name: _numbers(lesson) for name, lesson in lessons.items()}
    readme = _readme(student, numbers)
    (own / "README.md").write_text(readme, encoding="utf-8", newline="\n")
    return Entry(student.id, student.name, seed, digest)


def _readme(student: Student, notebooks: Mapping[str, Iterable[str]]) -> str:
    environment = Environment(
        loader=PackageLoader("kamlab.course"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    template = environment.get_template("README.md.j2")
    return template.render(name=student.name, student=student.id, notebooks=notebooks)

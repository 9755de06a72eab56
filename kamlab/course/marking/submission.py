"""A submitted notebook: found in a student's folder, and prepared to be read."""

import re
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat
from nbformat import ValidationError

from kamlab.course.lesson import answer_name
from kamlab.course.marking.reader import READING
from kamlab.errors import DataError
from kamlab.report.parameters import TAG

#: Largest notebook that is opened, in bytes and in cells.
LARGEST = 20_000_000
MOST_CELLS = 2_000

#: What nbformat raises, one or another, at a file that is no notebook.
_BROKEN = (
    ValidationError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    RecursionError,
)


def find_submission(folder: Path, lesson: str) -> Path | None:
    """Find what a student handed in for a lesson.

    Parameters
    ----------
    folder : Path
        The student's folder.
    lesson : str
        Name of the lesson.

    Returns
    -------
    Path, or None
        The notebook of that name, or the only one whose name begins with it, as
        learning platforms rename files; None if there is none.

    Raises
    ------
    DataError
        If there are several.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(find_submission(Path(folder), "11_concentration"))
    None
    """
    named = folder / f"{lesson}.ipynb"
    if named.is_file() and not named.is_symlink():
        return named
    found = [
        path
        for path in sorted(folder.glob("*.ipynb"))
        if path.name.startswith(lesson) and path.is_file() and not path.is_symlink()
    ]
    if len(found) > 1:
        listed = ", ".join(path.name for path in found)
        raise DataError(f"several notebooks: {listed}; hand in one")
    return found[0] if found else None


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """Read a submitted notebook, whatever may be wrong with it.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    DataError
        If it is too large, or no notebook.
    OSError
        If it cannot be opened.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise DataError(f"the file has {size:,} bytes, more than {LARGEST:,}")
    try:
        return _notebook(path.read_text(encoding="utf-8-sig"))
    except _BROKEN as error:
        told = str(error).strip().splitlines() or ["?"]
        raise DataError(f"the file is no notebook ({told[0]:.80})") from error


def _notebook(text: str) -> nbformat.NotebookNode:
    cells = text.count('"cell_type"')
    if cells > MOST_CELLS:
        raise ValueError(f"{cells:,} cells, more than {MOST_CELLS:,}")
    with warnings.catch_warnings():
        # Cells without ids are given new ones in silence.
        warnings.simplefilter("ignore")
        notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        cell.source.encode()  # half a character cannot be written down again
    return notebook


def prepared(
    notebook: nbformat.NotebookNode,
    exercises: Sequence[str],
    parameters: Mapping[str, str],
) -> nbformat.NotebookNode:
    """Return a submission ready to run: stored outputs gone, reading cells in place.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        As handed in.
    exercises : sequence of str
        Numbers of the exercises to read.
    parameters : mapping of str to str
        Set anew behind the parameters' cell, as they were handed out.

    Returns
    -------
    nbformat.NotebookNode
        With a reading cell after every cell that touches an answer, and at the end.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell("answer_11_1 = 0.4")
    >>> submission = nbformat.v4.new_notebook(cells=[cell])
    >>> len(prepared(submission, ["11.1"], {}).cells)
    3
    """
    names = [answer_name(number) for number in exercises]
    lines = [f"{name} = {value!r}" for name, value in parameters.items()]
    cells = []
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        cells.append(nbformat.v4.new_code_cell(cell.source, id=f"cell-{number}"))
        if TAG in cell.metadata.get("tags", []):
            cells.append(nbformat.v4.new_code_cell("\n".join(lines), id="parameters"))
        if touched(cell.source, names):
            cells.append(_reading(names, f"read-{number}"))
    return nbformat.v4.new_notebook(cells=[*cells, _reading(names, "read")])


def touched(source: str, names: Sequence[str]) -> list[str]:
    """Return the answers that a cell mentions.

    Examples
    --------
    >>> touched("answer_11_1 = 0.4", ["answer_11_1", "answer_11_10"])
    ['answer_11_1']
    """
    words = set(re.findall(r"\w+", source))
    return [name for name in names if name in words]


def _reading(names: Sequence[str], name: str) -> nbformat.NotebookNode:
    source = (
        "from kamlab.course.marking.answers import show_answers\n"
        f"show_answers(globals(), {list(names)!r})"
    )
    return nbformat.v4.new_code_cell(source, id=name, metadata={"tags": [READING]})

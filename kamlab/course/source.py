"""From the text source of a lesson to the cells of its notebook.

Glossary
--------
source
    A Python file in jupytext's percent format, ``notebooks/src/<part>/<name>.py``,
    with the solutions of the exercises in it.
solution block
    The lines between ``# solution`` and ``# end solution``. In the notebook that
    students get, one line ``answer_… = None  # your answer`` stands in its place for
    every name the block assigns that begins with ``answer``.
teaching note
    A text cell tagged ``instructor``: minutes, questions to ask, common mistakes (see
    `kamlab.course.notes`). Students do not get it.
"""

import ast
import re
from pathlib import Path

import nbformat

from kamlab.errors import UsageError

#: What every notebook says about its kernel; versions would change from one machine
#: to the next.
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}

#: Tag of cells that only the teacher's edition has.
INSTRUCTOR = "instructor"
#: Folder of the notebooks that make pages for managers.
REPORTS = "reports"

_MARK = re.compile(r"^# (?P<end>end )?solution$")


def read_source(path: Path, solutions: bool = False) -> nbformat.NotebookNode:
    """Turn a lesson's text source into its notebook, not yet run.

    Parameters
    ----------
    path : Path
        The source.
    solutions : bool
        Keep the solutions and the teaching notes: the teacher's edition.

    Returns
    -------
    nbformat.NotebookNode
        Cells with their tags and with ids by position in the source: ``c001``,
        ``c002``, …; a cell has the same id in both editions.

    Raises
    ------
    UsageError
        If jupytext is not installed, or a solution block is open or answers nothing.

    Examples
    --------
    >>> folder = Path("notebooks/src/1_value")
    >>> lesson = read_source(folder / "11_concentration_and_profitability.py")
    >>> lesson.cells[0].id, lesson.cells[0].cell_type
    ('c001', 'markdown')
    """
    notebook = _jupytext().reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    cells = [_cell(cell, number) for number, cell in enumerate(notebook.cells, start=1)]
    for cell in cells:
        if cell.cell_type == "code":
            cell.source = _exercise(cell.source, solutions, path.name, cell.id)
    if not solutions:
        cells = [c for c in cells if INSTRUCTOR not in c.metadata.get("tags", [])]
    return nbformat.v4.new_notebook(cells=cells, metadata=nbformat.from_dict(METADATA))


def is_lesson(source: Path) -> bool:
    """Say whether a source teaches; those in ``reports`` make pages for managers.

    Parameters
    ----------
    source : Path
        Text source of a notebook.

    Examples
    --------
    >>> is_lesson(Path("notebooks/src/reports/portfolio_review.py"))
    False
    """
    return source.parent.name != REPORTS


def without_solution(source: str) -> str:
    """Put stubs in the place of a cell's solution blocks.

    Parameters
    ----------
    source : str
        Code of one cell.

    Returns
    -------
    str
        The code without its solutions; as it was if there is none.

    Raises
    ------
    UsageError
        If a block is not closed, or assigns no name that begins with ``answer``.

    Examples
    --------
    >>> cell = ["# solution", "best = max(values)", "answer_1 = best", "# end solution"]
    >>> without_solution("\\n".join(cell))
    'answer_1 = None  # your answer'
    """
    kept: list[str] = []
    block: list[str] | None = None
    for line in source.splitlines():
        mark = _MARK.match(line)
        if mark and (block is None) == bool(mark["end"]):
            raise UsageError(f"{line!r} is out of turn: each block opens and closes")
        if mark and mark["end"]:
            kept += _stubs("\n".join(block))
        if mark:
            block = None if mark["end"] else []
        else:
            (kept if block is None else block).append(line)
    if block is not None:
        raise UsageError("'# solution' is not closed: write '# end solution' below it")
    return "\n".join(kept)


def _exercise(source: str, solutions: bool, file: str, cell: str) -> str:
    try:
        stub = without_solution(source)
    except UsageError as error:
        raise UsageError(f"{file}, cell {cell}: {error}") from None
    if not solutions:
        return stub
    return "\n".join(line for line in source.splitlines() if not _MARK.match(line))


def _stubs(block: str) -> list[str]:
    """Return one unanswered line for every answer that a solution assigns."""
    assigned = [
        target.id
        for statement in ast.parse(block).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name) and target.id.startswith("answer")
    ]
    if not assigned:
        raise UsageError(
            f"the solution {block!r} assigns no answer: name it answer_11_1 or the like"
        )
    return [f"{name} = None  # your answer" for name in dict.fromkeys(assigned)]


def _cell(cell: nbformat.NotebookNode, number: int) -> nbformat.NotebookNode:
    """Return a cell with what its source says, and nothing that jupytext adds."""
    tags = cell.metadata.get("tags", [])
    metadata = {"tags": list(tags)} if tags else {}
    make = {"code": nbformat.v4.new_code_cell}.get(
        cell.cell_type, nbformat.v4.new_markdown_cell
    )
    return make(cell.source, id=f"c{number:03d}", metadata=metadata)


def _jupytext() -> object:
    try:
        import jupytext
    except ImportError:
        raise UsageError(
            "jupytext is not installed, and lessons are built with it: install kamlab "
            "with its development tools, pip install -e '.[dev]'"
        ) from None
    return jupytext

"""The workbook's notebooks and their sources, by name."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from kamlab.course.build import run_notebook
from kamlab.course.kernels import warm_kernels
from kamlab.course.source import read_source

PROJECT = Path(__file__).resolve().parents[2]
NOTEBOOKS = PROJECT / "notebooks"
SOURCES = sorted((NOTEBOOKS / "src").rglob("*.py"))
NAMES = [source.stem for source in SOURCES]
#: Notebooks that teach; the others make the pages that managers open.
LESSONS = [source.stem for source in SOURCES if source.parent.name != "reports"]


def path_of(name: str) -> Path:
    """Return the file of a built notebook."""
    source = next(each for each in SOURCES if each.stem == name)
    return (NOTEBOOKS / source.relative_to(NOTEBOOKS / "src")).with_suffix(".ipynb")


def tags_of(cell: nbformat.NotebookNode) -> list[str]:
    """Return a cell's tags."""
    return cell.metadata.get("tags", [])


def outputs_of(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return all outputs of a notebook."""
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def shown(notebook: nbformat.NotebookNode) -> str:
    """Return all that the outputs of a notebook say."""
    return "\n".join(
        str(output.get("text", "")) + str(output.get("data", {}).get("text/plain", ""))
        for output in outputs_of(notebook)
    )


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """Return each notebook's name in turn."""
    return request.param


@pytest.fixture
def notebook(name: str) -> nbformat.NotebookNode:
    """Return each notebook as it is stored."""
    return nbformat.read(path_of(name), as_version=4)


@pytest.fixture(params=LESSONS)
def lesson_name(request: pytest.FixtureRequest) -> str:
    """Return the name of each notebook that teaches in turn."""
    return request.param


@pytest.fixture
def lesson(lesson_name: str) -> nbformat.NotebookNode:
    """Return each notebook that teaches as it is stored."""
    return nbformat.read(path_of(lesson_name), as_version=4)


@pytest.fixture(scope="session")
def run() -> Iterator[Callable[..., None]]:
    """Return what runs a notebook's cells, in kernels forked from one warm program.

    That warm and cold kernels show the same is tested in tests/report.
    """
    with warm_kernels(map(read_source, SOURCES)) as parent:
        yield partial(run_notebook, warm_parent=parent)


@pytest.fixture(scope="session")
def coverage() -> pd.DataFrame:
    """Return what the workbook has to treat, and where."""
    return pd.read_csv(NOTEBOOKS / "coverage.csv", dtype="str").set_index("id")

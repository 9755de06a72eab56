"""Stored headline numbers are compared with a fresh run, and a wrong one is noticed.

nbval starts kernels by itself. That they start as in a report, with warnings as errors
and nothing of the user's, is brought about by the environment from
`kamlab.report.kernel.kernel_environment`: IPYTHONDIR points to a profile whose kernels
load `kamlab.report.kernel_startup`.
"""

import copy
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from kamlab.report.kernel import kernel_environment
from tests.notebooks.conftest import NAMES, path_of, tags_of

V4 = nbformat.v4
APART = Path(__file__).with_name("nbval_apart.py")

#: Shows stored outputs as if a cell had just computed them.
REPLAY = """\
import json
from IPython.display import display
def replay(stored):
    for each in json.loads(stored):
        if each["output_type"] == "stream":
            print(each["text"], end="")
        else:
            display(each["data"], metadata=each["metadata"], raw=True)
"""


def run_nbval(folder: Path, way: str) -> str:
    """Run the notebooks of a folder under nbval, and return what pytest says of them.

    One process runs them all: starting pytest takes longer than many a notebook.
    """
    environment = {**os.environ, **kernel_environment(folder / "profile")}
    environment.pop("PYTHONWARNINGS", None)
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    run = subprocess.run(
        [sys.executable, APART, way],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout + run.stderr


def results(told: str, notebook: str, word: str) -> list[int]:
    """Return the numbers of a notebook's code cells that passed or failed."""
    cells = re.findall(rf"^{word} {notebook}\.ipynb::Cell (\d+)", told, re.MULTILINE)
    return [int(number) for number in cells]


def about(told: str, notebook: str) -> str:
    """Return what nbval says of the cells of a notebook that failed."""
    parts = re.split(r"^(?=_{3,} .* _{3,}$)", told, flags=re.MULTILINE)
    return "".join(part for part in parts if f"{notebook}.ipynb" in part[:200])[-3000:]


def checked(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """Return the cells whose output is compared, each showing what is stored of it."""
    cells = [c for c in notebook.cells if "nbval-check-output" in tags_of(c)]
    for cell in cells:
        cell.source = f"replay({json.dumps(cell.outputs)!r})"
    return cells


def with_another_number(cell: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a cell with one digit changed in what is stored of its output."""
    other = copy.deepcopy(cell)
    other.id += "-other"
    output = other.outputs[0]
    if output.output_type == "stream":
        output.text = _other_digit(output.text)
    else:
        output.data = {
            mime: _other_digit(text) if isinstance(text, str) else text
            for mime, text in output.data.items()
        }
    return other


def _other_digit(text: str) -> str:
    """Change the last digit of the first number with a decimal point or of any."""
    found = re.search(r"\d+\.(\d+)", text) or re.search(r"\d+", text)
    last = found.end() - 1
    return text[:last] + str((int(text[last]) + 1) % 10) + text[last + 1 :]


@dataclass(frozen=True)
class Shown:
    """Every notebook, and one of all headline numbers, as nbval found them."""

    told: str
    #: Number of headline numbers, each shown as it is stored and then changed.
    headlines: int


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    """Run every notebook, and one that shows all headline numbers again."""
    folder = tmp_path_factory.mktemp("nbval")
    same = []
    for number, name in enumerate(NAMES):
        notebook = nbformat.read(path_of(name), as_version=4)
        nbformat.write(notebook, folder / f"{name}.ipynb")
        cells = checked(notebook)
        assert len(cells) >= 5, name
        for cell in cells:
            cell.id = f"n{number}-{cell.id}"
        same += cells
    others = [with_another_number(cell) for cell in same]
    cells = [V4.new_code_cell(REPLAY, id="replay"), *same, *others]
    nbformat.write(V4.new_notebook(cells=cells), folder / "headlines.ipynb")
    return Shown(run_nbval(folder, "warm"), len(same))


def test_every_notebook_repeats_its_headline_numbers(name, notebook, shown):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert results(shown.told, name, "FAILED") == [], about(shown.told, name)
    passed = results(shown.told, name, "PASSED")
    assert len(passed) == len(code), shown.told[-3000:]


def test_every_changed_headline_number_is_noticed(shown):
    """That a run gives what is stored is tested above: here it is shown again.

    The cells of all notebooks are shown in one, since no cell needs another.
    """
    last = shown.headlines
    passed = results(shown.told, "headlines", "PASSED")
    assert passed == list(range(last + 1)), about(shown.told, "headlines")
    failed = results(shown.told, "headlines", "FAILED")
    assert failed == list(range(last + 1, 2 * last + 1))


@pytest.mark.parametrize("way", ["warm", "cold"])
def test_a_warning_is_an_error_in_nbvals_kernels(tmp_path, way):
    lines = ["import warnings, collections; 'ok'", "warnings.warn('late')"]
    cells = [V4.new_code_cell(line, id=f"c{n}") for n, line in enumerate(lines)]
    nbformat.write(V4.new_notebook(cells=cells), tmp_path / "late.ipynb")
    told = run_nbval(tmp_path, way)
    assert results(told, "late", "PASSED") == [0], told[-3000:]
    assert results(told, "late", "FAILED") == [1]

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
from pathlib import Path

import nbformat

from kamlab.report.kernel import kernel_environment
from tests.notebooks.conftest import NAMES, path_of, tags_of

V4 = nbformat.v4

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


def run_nbval(notebook: nbformat.NotebookNode, folder: Path) -> str:
    """Run a notebook under nbval in a folder, and return what pytest says of it."""
    nbformat.write(notebook, folder / "copy.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval-lax", "copy.ipynb", "-q", "-rA"]
    apart = [
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        ".",
        "--no-header",
    ]
    environment = {**os.environ, **kernel_environment(folder / "profile")}
    environment.pop("PYTHONWARNINGS", None)
    run = subprocess.run(
        [*command, *apart, "--nbval-current-env"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout + run.stderr


def results(told: str, word: str) -> list[int]:
    """Return the numbers of the code cells that passed or failed."""
    return [int(n) for n in re.findall(rf"^{word} .*::Cell (\d+)", told, re.MULTILINE)]


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


def test_every_notebook_repeats_its_headline_numbers(name, notebook, tmp_path):
    told = run_nbval(notebook, tmp_path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert results(told, "FAILED") == [], told[-3000:]
    assert len(results(told, "PASSED")) == len(code), told[-3000:]


def test_every_changed_headline_number_is_noticed(tmp_path):
    """That a run gives what is stored has been tested above: here it is shown again.

    The cells of all notebooks are shown in one, since no cell needs another.
    """
    same = []
    for number, name in enumerate(NAMES):
        cells = checked(nbformat.read(path_of(name), as_version=4))
        assert len(cells) >= 5, name
        for cell in cells:
            cell.id = f"n{number}-{cell.id}"
        same += cells
    others = [with_another_number(cell) for cell in same]
    cells = [V4.new_code_cell(REPLAY, id="replay"), *same, *others]
    told = run_nbval(V4.new_notebook(cells=cells), tmp_path)
    assert results(told, "PASSED") == list(range(len(same) + 1)), told[-3000:]
    assert results(told, "FAILED") == list(range(len(same) + 1, len(cells)))


def test_a_warning_is_an_error_in_nbvals_kernels(tmp_path):
    lines = ["import warnings, collections; 'ok'", "warnings.warn('late')"]
    cells = [V4.new_code_cell(line, id=f"c{n}") for n, line in enumerate(lines)]
    told = run_nbval(V4.new_notebook(cells=cells), tmp_path)
    assert results(told, "PASSED") == [0], told[-3000:]
    assert results(told, "FAILED") == [1]

"""Stored headline numbers are compared with a fresh run, and a wrong one is noticed.

nbval starts kernels by itself. That they start as in a report, with warnings as errors
and nothing of the user's, is brought about by the environment from
`kamlab.report.kernel.kernel_environment`: IPYTHONDIR points to a profile whose kernels
load `kamlab.report.kernel_startup`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from kamlab.report.kernel import kernel_environment
from tests.notebooks.conftest import tags_of

V4 = nbformat.v4


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


def with_other_numbers(notebook: nbformat.NotebookNode) -> list[int]:
    """Change one digit in every checked output; return the numbers of these cells."""
    changed = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code):
        if "nbval-check-output" not in tags_of(cell):
            continue
        output = cell.outputs[0]
        if output.output_type == "stream":
            output.text = _other_digit(output.text)
        else:
            output.data = {
                mime: _other_digit(text) if isinstance(text, str) else text
                for mime, text in output.data.items()
            }
        changed.append(number)
    return changed


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


def test_every_changed_headline_number_is_noticed(name, notebook, tmp_path):
    changed = with_other_numbers(notebook)
    assert len(changed) >= 5
    assert results(run_nbval(notebook, tmp_path), "FAILED") == changed


@pytest.mark.parametrize(
    "line",
    ["import warnings; warnings.warn('late')", "import collections; 'ok'"],
    ids=["warning", "no warning"],
)
def test_a_warning_is_an_error_in_nbvals_kernels(line, tmp_path):
    cell = V4.new_code_cell(line, id="c001")
    notebook = V4.new_notebook(cells=[cell])
    told = run_nbval(notebook, tmp_path)
    warns = "warn(" in line
    assert results(told, "FAILED") == ([0] if warns else [])
    assert results(told, "PASSED") == ([] if warns else [0])

"""One notebook in a real kernel: what it sees, and how its failures are told."""

import sys
from pathlib import Path

import nbformat
import pytest

from kamlab.report.execute import Execution, execute, heading, without_lessons
from kamlab.report.kernel import kernel_environment, kernel_manager

V4 = nbformat.v4


def _notebook(*sources: str) -> nbformat.NotebookNode:
    cells = [
        V4.new_markdown_cell("# Title\n\n## First part"),
        V4.new_code_cell("x: int = 1", metadata={"tags": ["parameters"]}),
        V4.new_markdown_cell("## Second part"),
        *(V4.new_code_cell(source) for source in sources),
        V4.new_markdown_cell("## Third part"),
    ]
    return V4.new_notebook(cells=cells)


@pytest.fixture
def run(tmp_path: Path):
    """Return what runs a notebook of these sources."""

    def run(*sources: str, timeout: int = 60, **parameters) -> Execution:
        scratch = tmp_path / "scratch"
        scratch.mkdir()
        manager = kernel_manager(kernel_environment(tmp_path / "profile"))
        return execute(_notebook(*sources), parameters, scratch, manager, timeout)

    return run


def _printed(execution: Execution) -> str:
    return "".join(
        output.text
        for cell in execution.notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
    )


def test_parameters_interpreter_and_folder_are_as_given(run, tmp_path):
    source = "import os, sys\nprint(x, os.getcwd(), sys.executable)"
    execution = run("import math", source, x=3)
    assert execution.failure is None
    assert _printed(execution) == f"3 {tmp_path / 'scratch'} {sys.executable}\n"


def test_seconds_are_split_by_what_they_were_spent_on(run):
    execution = run("import time", "import math\ntime.sleep(0.3)")
    assert sorted(execution.seconds) == ["computing", "imports", "kernel_start"]
    assert execution.seconds["computing"] >= 0.3
    assert execution.seconds["kernel_start"] > 0


def test_nothing_of_papermill_is_left_in_the_notebook(run):
    notebook = run("1 / 0", x=2).notebook
    assert "papermill" not in nbformat.writes(notebook)
    assert "injected-parameters" in [cell.id for cell in notebook.cells]
    assert not any("execution" in cell.metadata for cell in notebook.cells)


def test_an_error_is_told_with_its_section_and_without_folders(run):
    failure = run("import json", "json.loads('{')", "print('never')").failure
    assert failure.section == "Second part"
    assert failure.message.startswith("JSONDecodeError: Expecting property name")
    assert "json/decoder.py" not in failure.details
    assert "…/decoder.py" in failure.details
    assert "\x1b" not in failure.details


def test_kamlabs_own_sentences_need_no_name_of_a_class(run):
    source = "from kamlab.errors import DataError\nraise DataError('row 3: mend it')"
    assert run(source).failure.message == "row 3: mend it"


def test_a_warning_fails_the_notebook(run):
    failure = run("import warnings", "warnings.warn('not converged')").failure
    assert failure.message == "UserWarning: not converged"


def test_a_kernel_that_ends_is_told(run):
    failure = run("import os", "os._exit(3)").failure
    assert failure.message.startswith("The kernel ended in the middle of a cell")
    assert failure.section == "Second part"


def test_a_cell_that_takes_too_long_is_told(run):
    failure = run("import time\ntime.sleep(60)", timeout=2).failure
    assert failure.message == "A cell took longer than the 2 seconds it may take."
    assert failure.section == "Second part"


def test_a_kernel_that_does_not_start_is_told(tmp_path):
    (tmp_path / "scratch").mkdir()
    environment = {"PYTHONHOME": str(tmp_path)}
    execution = execute(
        _notebook("1"), {}, tmp_path / "scratch", kernel_manager(environment), 60
    )
    assert execution.failure.message.startswith("The kernel did not start")


def test_lessons_and_old_outputs_are_left_out():
    lesson = V4.new_markdown_cell("Exercise", metadata={"tags": ["lesson"]})
    printed = V4.new_output("stream", text="old")
    code = V4.new_code_cell("new()", outputs=[printed], execution_count=7)
    original = V4.new_notebook(cells=[lesson, code])
    (kept,) = without_lessons(original).cells
    assert kept.outputs == []
    assert kept.execution_count is None
    assert len(original.cells) == 2
    assert original.cells[1].outputs == [printed]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# A\n\ntext\n\n### B ##", "B"),
        ("no heading", ""),
        ("#tag is no heading", ""),
    ],
)
def test_the_last_heading_of_a_text(text, found):
    assert heading(text) == found


def test_a_report_does_not_say_what_students_may_skip():
    text = "## Deeper: what if?\n\n*Deeper.* And ## Deeper: here."
    cell = nbformat.v4.new_markdown_cell(text)
    (kept,) = without_lessons(nbformat.v4.new_notebook(cells=[cell])).cells
    assert kept.source == "## What if?\n\n*Deeper.* And ## Deeper: here."
    assert cell.source == text

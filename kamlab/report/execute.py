"""One notebook, run from top to bottom: what came out, what failed, its seconds."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from kamlab import errors
from kamlab.report.imports import is_only_imports

#: Tag of cells that teach; a report leaves them out.
LESSON = "lesson"

# Papermill logs what a failure says anyway; without a handler it lands on stderr.
logging.getLogger("papermill").addHandler(logging.NullHandler())

_NOTICE_TAG = "papermill-error-cell-tag"
_INJECTED_TAG = "injected-parameters"
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_DEEPER = re.compile(r"^(?P<level>#+) Deeper: (?P<first>\w)", re.MULTILINE)
# A folder begins a word; 03/04/2021 and EUR/USD are no folders.
_ABSOLUTE_PATH = re.compile(
    r"(?<![\w.%)\]])(?:[A-Za-z]:|~)?(?:[/\\][^/\\\s'\"<>:|]+)+[/\\]"
)


@dataclass(frozen=True)
class Failure:
    """What stopped a notebook, first in words.

    `section` is the heading under which it happened, `message` a sentence,
    `details` the traceback without the machine's folders, if there is one.

    Examples
    --------
    >>> Failure("Result", "row 3: give a number").section
    'Result'
    """

    section: str
    message: str
    details: str = ""


@dataclass(frozen=True)
class Execution:
    """An executed notebook, its failure if it has one, and its seconds by purpose.

    `kernel` says whether its kernel was warm, or why it was cold.

    Examples
    --------
    >>> Execution(nbformat.v4.new_notebook()).failure is None
    True
    """

    notebook: nbformat.NotebookNode
    failure: Failure | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    kernel: str = "cold"


def without_lessons(
    notebook: nbformat.NotebookNode, keep_outputs: bool = False
) -> nbformat.NotebookNode:
    """Return the notebook without the cells that teach, and without old outputs.

    Headings that begin with "Deeper:" lose the word: to a manager it says nothing.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        As read from its file; it is not changed.
    keep_outputs : bool
        Whether what the cells showed when they were last run stays.

    Examples
    --------
    >>> cell = nbformat.v4.new_markdown_cell("Exercise", metadata={"tags": ["lesson"]})
    >>> without_lessons(nbformat.v4.new_notebook(cells=[cell])).cells
    []
    """
    kept = [
        nbformat.from_dict(cell)
        for cell in notebook.cells
        if LESSON not in cell.metadata.get("tags", [])
    ]
    for cell in kept:
        if cell.cell_type == "code":
            if not keep_outputs:
                cell.outputs, cell.execution_count = [], None
        else:
            cell.source = _DEEPER.sub(_as_heading, cell.source)
    return nbformat.from_dict({**notebook, "cells": kept})


def _as_heading(found: re.Match[str]) -> str:
    """Return a heading without the mark that tells students what they may skip."""
    return f"{found['level']} {found['first'].upper()}"


def execute(
    notebook: nbformat.NotebookNode,
    parameters: Mapping[str, Any],
    scratch: Path,
    kernel_manager_class: type,
    timeout: int,
    on_cell: Callable[[], None] = lambda: None,
) -> Execution:
    """Run a notebook with its parameters and return what came of it.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Without outputs.
    parameters : mapping of str to object
        Checked values; they are injected after the parameters cell.
    scratch : Path
        An empty folder, the kernel's working directory.
    kernel_manager_class : type
        From `kamlab.report.kernel.kernel_manager`.
    timeout : int
        Seconds that one cell may take.
    on_cell : callable, optional
        Called whenever a cell begins.

    Returns
    -------
    Execution
        With a failure instead of an exception, whatever the notebook did.
    """
    file = scratch / "executed.ipynb"
    begun: list[int] = []

    def began(cell: nbformat.NotebookNode, cell_index: int) -> None:
        begun.append(cell_index)
        on_cell()

    stopped = ""
    try:
        _run(notebook, file, parameters, kernel_manager_class, timeout, began)
    except PapermillExecutionError:
        pass  # its cell holds the error; `_failure` reads it there
    except (CellTimeoutError, DeadKernelError, RuntimeError, OSError) as error:
        stopped = _in_words(error, timeout)
    finally:
        ensure_event_loop().close()  # nbclient opens one in every thread
    left = nbformat.read(file, 4) if file.exists() else notebook
    return _execution(left, stopped, begun[-1] if begun else 0)


def _run(
    notebook: nbformat.NotebookNode,
    file: Path,
    parameters: Mapping[str, Any],
    kernel_manager_class: type,
    timeout: int,
    began: Callable[..., None],
) -> None:
    """Hand the notebook to papermill; nothing it says reaches the terminal."""
    papermill.execute_notebook(
        notebook,
        file,
        parameters=dict(parameters),
        kernel_name="python3",
        language="python",
        progress_bar=False,
        autosave_cell_every=0,
        execution_timeout=timeout,
        # Interrupting would wait for ever on a cell that does not listen.
        interrupt_on_timeout=False,
        # A report's kernel has nothing to save, and asking it to end takes seconds.
        shutdown_kernel="immediate",
        kernel_manager_class=kernel_manager_class,
        resources={"metadata": {"path": str(file.parent)}},
        on_cell_start=began,
    )


def _in_words(error: Exception, timeout: int) -> str:
    if isinstance(error, CellTimeoutError):
        return f"A cell took longer than the {timeout} seconds it may take."
    if isinstance(error, DeadKernelError):
        return (
            "The kernel ended in the middle of a cell; most often the machine ran out "
            "of memory."
        )
    return f"The kernel did not start or lost its connection: {error}"


def _execution(
    notebook: nbformat.NotebookNode, stopped: str, last_begun: int
) -> Execution:
    """Read off a notebook that papermill left behind how its run went."""
    failure = None
    if stopped:
        failure = Failure(_section(notebook.cells[: last_begun + 1]), stopped)
    notebook.cells = [
        cell for cell in notebook.cells if _NOTICE_TAG not in cell.metadata.get("tags")
    ]
    failure = failure or _failure(notebook)
    seconds = _seconds(notebook)
    _forget_the_run(notebook)
    return Execution(notebook, failure, seconds)


def _forget_the_run(notebook: nbformat.NotebookNode) -> None:
    """Drop times of day and random ids: the same run leaves the same notebook."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        if _INJECTED_TAG in cell.metadata.get("tags", []):
            cell.id = _INJECTED_TAG


def _failure(notebook: nbformat.NotebookNode) -> Failure | None:
    """Find the error in the cells; None if the run went to its end."""
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                # Our own messages are sentences and need no name of a class.
                name = "" if hasattr(errors, output.ename) else f"{output.ename}: "
                trace = _readable("\n".join(output.traceback))
                section = _section(notebook.cells[:index])
                return Failure(section, name + _readable(output.evalue), trace)
    return None


def _section(cells: list[nbformat.NotebookNode]) -> str:
    """Return the last heading above a cell."""
    above = [heading(cell.source) for cell in cells if cell.cell_type == "markdown"]
    return next((title for title in reversed(above) if title), "")


def heading(markdown: str) -> str:
    """Return the last heading of a markdown text, or "".

    Examples
    --------
    >>> heading("# Concentration\\n\\nWhat it is.\\n\\n## Result")
    'Result'
    """
    found = re.findall(r"^#{1,6} +(.+?) *#*$", markdown, flags=re.MULTILINE)
    return found[-1] if found else ""


def _readable(text: str) -> str:
    """Drop colours and the machine's folders from a message."""
    return _ABSOLUTE_PATH.sub("…/", _ANSI.sub("", text))


def _seconds(notebook: nbformat.NotebookNode) -> dict[str, float]:
    """Split the run's duration into kernel start, imports and computing."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    imports = sum(_duration(cell) for cell in cells if is_only_imports(cell.source))
    total = sum(_duration(cell) for cell in cells)
    started = notebook.metadata.get("papermill", {}).get("start_time")
    first = next((_begin(cell) for cell in notebook.cells if _begin(cell)), None)
    start = 0.0
    if started and first:
        start = (first - datetime.fromisoformat(started)).total_seconds()
    split = {"kernel_start": start, "imports": imports, "computing": total - imports}
    return {name: round(each, 2) for name, each in split.items()}


def _duration(cell: nbformat.NotebookNode) -> float:
    return cell.metadata.get("papermill", {}).get("duration") or 0.0


def _begin(cell: nbformat.NotebookNode) -> datetime | None:
    start = cell.metadata.get("papermill", {}).get("start_time")
    return datetime.fromisoformat(start) if start else None

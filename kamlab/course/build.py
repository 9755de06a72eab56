"""Build the lessons: each text source becomes a notebook, run on the demo company.

Building twice gives the same bytes. Cells, tags and ids come from the source alone, so
that a notebook which no longer matches its source is found without running anything.
"""

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from kamlab.course.faults import faults_of
from kamlab.course.kernels import lesson_environment
from kamlab.course.rules import lesson_faults, rows_to_cover
from kamlab.course.source import METADATA, is_lesson, read_source
from kamlab.errors import NotebookError, UsageError, did_you_mean
from kamlab.report.kernel import kernel_manager
from kamlab.report.warm import WarmParent

#: Seconds that one cell may take.
TIMEOUT = 300


def build_notebooks(
    notebooks_folder: Path, names: list[str] | None = None
) -> list[Path]:
    """Build lessons from their sources, run them, and store them with their outputs.

    Parameters
    ----------
    notebooks_folder : Path
        With the sources in ``src/<part>/<name>.py``; the notebooks go to
        ``<part>/<name>.ipynb``.
    names : list of str, optional
        Names such as ``"11_concentration_and_profitability"``, or their numbers; all
        lessons if not given.

    Returns
    -------
    list of Path
        The notebooks written, in the order of the book.

    Raises
    ------
    UsageError
        If a name is unknown, or a source is malformed.
    NotebookError
        If a cell fails, or an output must not be stored; the old notebook stays.

    Examples
    --------
    >>> build_notebooks(Path("notebooks"), ["11_concentration_and_profit"])
    Traceback (most recent call last):
    kamlab.errors.UsageError: lesson '11_concentration_and_profit' is unknown: did you
    mean '11_concentration_and_profitability'?
    """
    return [
        _build(path, notebooks_folder) for path in sources_of(notebooks_folder, names)
    ]


def stale_notebooks(
    notebooks_folder: Path, names: list[str] | None = None
) -> list[Path]:
    """Find the notebooks that no longer match their sources, outputs aside.

    Parameters
    ----------
    notebooks_folder : Path
        As for `build_notebooks`.
    names : list of str, optional
        As for `build_notebooks`.

    Returns
    -------
    list of Path
        Notebooks whose cells, tags, ids or metadata differ, or that are missing; see
        ``kamlab course build --check``.

    Raises
    ------
    UsageError
        If a name is unknown, or a source is malformed.
    """
    built = {
        _target(path, notebooks_folder): read_source(path)
        for path in sources_of(notebooks_folder, names)
    }
    return [
        target
        for target, notebook in built.items()
        if not target.exists() or _bare(target) != nbformat.writes(notebook)
    ]


def incomplete_lessons(
    notebooks_folder: Path, names: list[str] | None = None
) -> list[str]:
    """Say what lessons lack to be taught: summaries, notes, exercises, coverage.

    Parameters
    ----------
    notebooks_folder : Path
        As for `build_notebooks`; ``coverage.csv`` there says what they have to treat.
    names : list of str, optional
        As for `build_notebooks`.

    Returns
    -------
    list of str
        A sentence each, from `kamlab.course.rules`.

    Raises
    ------
    UsageError
        If a name is unknown, or a source is malformed.
    """
    return [
        fault
        for source in sources_of(notebooks_folder, names)
        if is_lesson(source)
        for fault in lesson_faults(source, rows_to_cover(notebooks_folder, source))
    ]


def sources_of(notebooks_folder: Path, names: list[str] | None = None) -> list[Path]:
    """Return the text sources of lessons, in the order of the book.

    Parameters
    ----------
    notebooks_folder : Path
        With the sources in ``src``.
    names : list of str, optional
        Full names or numbers; all lessons if not given.

    Raises
    ------
    UsageError
        If there are no sources, or a name is unknown.

    Examples
    --------
    >>> [path.stem for path in sources_of(Path("notebooks"), ["11"])]
    ['11_concentration_and_profitability']
    """
    folder = Path(notebooks_folder) / "src"
    # By name, so that a lesson outside the parts stands where its number says.
    paths = sorted(folder.rglob("*.py"), key=lambda path: path.name)
    found = {path.stem: path for path in paths}
    if not found:
        raise UsageError(
            f"notebooks_folder = {str(notebooks_folder)!r} has no sources in src: run "
            "from the project's root, or name the folder that holds src"
        )
    if names is None:
        return list(found.values())
    return [found[_known(name, found)] for name in names]


def run_notebook(
    notebook: nbformat.NotebookNode,
    folder: Path,
    name: str,
    warm_parent: WarmParent | None = None,
) -> None:
    """Run a notebook's cells, as in a report: in this Python, warnings as errors.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        It receives the outputs; execution counts go by position.
    folder : Path
        The kernel's working folder.
    name : str
        What messages call the notebook.
    warm_parent : WarmParent, optional
        What the kernel forks from, from `kamlab.course.kernels.warm_kernels`.

    Raises
    ------
    NotebookError
        If a cell fails or takes too long; the message names the cell.
    """
    with tempfile.TemporaryDirectory() as profile:
        environment = lesson_environment(Path(profile))
        client = NotebookClient(
            notebook,
            timeout=TIMEOUT,
            kernel_name="python3",
            record_timing=False,
            # How a kernel cuts its prints into messages is chance.
            coalesce_streams=True,
            resources={"metadata": {"path": str(folder)}},
            kernel_manager_class=kernel_manager(environment, warm_parent=warm_parent),
        )
        try:
            client.execute()
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            cell = _failed(notebook)
            told = f"notebook {name!r}, cell {cell}: {_in_words(error)}"
            raise NotebookError(told) from error
    _normalise(notebook)


def _build(source: Path, notebooks_folder: Path) -> Path:
    target = _target(source, notebooks_folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    notebook = read_source(source)
    run_notebook(notebook, target.parent, source.stem)
    faults = faults_of(notebook, source.stem)
    if faults:
        raise NotebookError(f"notebook {source.stem!r}: " + "; ".join(faults))
    # Written aside and moved, so that a reader never sees half a notebook.
    aside = target.with_suffix(".ipynb.new")
    aside.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    os.replace(aside, target)
    return target


def _known(name: str, found: dict[str, Path]) -> str:
    """Return the full name of a lesson that was called by its name or number."""
    numbered = [each for each in found if each.split("_")[0] == name]
    if name in found:
        return name
    if len(numbered) == 1:
        return numbered[0]
    raise UsageError(f"lesson {name!r} is unknown: {did_you_mean(name, found)}")


def _target(source: Path, notebooks_folder: Path) -> Path:
    inside = source.relative_to(Path(notebooks_folder) / "src")
    return (Path(notebooks_folder) / inside).with_suffix(".ipynb")


def _bare(path: Path) -> str:
    """Return a stored notebook without what running it adds."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return nbformat.writes(notebook)


def _normalise(notebook: nbformat.NotebookNode) -> None:
    """Drop what differs from one run or machine to the next."""
    notebook.metadata = nbformat.from_dict(METADATA)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        cell.execution_count = number
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = number


def _in_words(error: Exception) -> str:
    if isinstance(error, CellExecutionError):
        return f"{error.ename}: {error.evalue}"
    return str(error).strip().splitlines()[0]


def _failed(notebook: nbformat.NotebookNode) -> str:
    """Return the id of the last cell that was begun."""
    begun = [cell.id for cell in notebook.cells if cell.get("execution_count")]
    return begun[-1] if begun else "?"

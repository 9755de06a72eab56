"""Which notebooks there are, what they are called, and which parameters they take."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from kamlab.errors import UsageError, did_you_mean
from kamlab.report.execute import heading
from kamlab.report.parameters import TAG, Parameter, read_parameters

_PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class NotebookFile:
    """A notebook on disk: its name, its title for people, and where it lies.

    Examples
    --------
    >>> path = Path("notebooks/1_value/11_concentration.ipynb")
    >>> NotebookFile("11_concentration", "Concentration 集中度", path, True).title
    'Concentration 集中度'
    """

    name: str
    title: str
    path: Path
    parametrised: bool

    def read(self) -> nbformat.NotebookNode:
        """Return the notebook.

        Raises
        ------
        UsageError
            If the file is not a notebook.
        """
        return _read(self.path)

    def parameters(self) -> dict[str, Parameter]:
        """Return the parameters it declares, by name.

        Raises
        ------
        UsageError
            If its parameters cell is missing or malformed.
        """
        return read_parameters(self.read(), self.name)


def find_notebooks(folder: Path | None = None) -> list[NotebookFile]:
    """Return the notebooks of a folder, in the order of the book.

    Parameters
    ----------
    folder : Path, optional
        The workbook's own notebooks if not given.

    Raises
    ------
    UsageError
        If the folder is missing, or a file in it is not a notebook.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     find_notebooks(Path(folder))
    []
    """
    folder = Path(folder) if folder else _PROJECT / "notebooks"
    if not folder.is_dir():
        raise UsageError(
            f"notebooks_folder = {str(folder)!r} is not a folder: name the one that "
            "holds the notebooks"
        )
    files = sorted(
        path
        for path in folder.rglob("*.ipynb")
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    return [_file(path) for path in files]


def list_notebooks(folder: Path | None = None) -> str:
    """Return a text that names every notebook with its parameters, for a terminal.

    Parameters
    ----------
    folder : Path, optional
        The workbook's own notebooks if not given.

    Raises
    ------
    UsageError
        If the folder is missing, or a notebook's parameters are malformed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     list_notebooks(Path(folder))
    ''
    """
    lines = []
    for each in find_notebooks(folder):
        lines.append(f"{each.name}  {each.title}")
        declared = each.parameters().values() if each.parametrised else ()
        lines.extend(f"    {parameter}" for parameter in declared)
    return "\n".join(lines)


def select_notebooks(
    names: Sequence[str] | None, folder: Path | None = None
) -> list[NotebookFile]:
    """Return the notebooks that were asked for.

    Parameters
    ----------
    names : sequence of str or None
        Names such as ``"11_concentration_and_profitability"``, or their numbers
        (``"11"``), or paths of notebook files. None takes every notebook of the
        folder that has parameters.
    folder : Path, optional
        Where names are looked up.

    Raises
    ------
    UsageError
        If a name is unknown, if two are the same, or if there is none at all.

    Examples
    --------
    >>> select_notebooks(["nowhere/11_concentration.ipynb"])
    Traceback (most recent call last):
    kamlab.errors.UsageError: notebook 'nowhere/11_concentration.ipynb' is not a
    file: check its path
    """
    known = find_notebooks(folder)
    if names is None:
        chosen = [each for each in known if each.parametrised]
    else:
        chosen = [_find(name, known) for name in names]
    if not chosen:
        raise UsageError(
            f"notebooks = {names!r}: there is nothing to report on; name a notebook"
        )
    _check_distinct(chosen)
    return chosen


def _check_distinct(chosen: list[NotebookFile]) -> None:
    seen = set()
    for each in chosen:
        if each.name == "index":
            raise UsageError(
                "notebook 'index' would take the place of the report's front page: "
                "rename the file"
            )
        if each.name in seen:
            raise UsageError(f"notebook {each.name!r} is named twice: name it once")
        seen.add(each.name)


def _find(name: str, known: list[NotebookFile]) -> NotebookFile:
    if name.endswith(".ipynb"):
        if not Path(name).is_file():
            raise UsageError(f"notebook {name!r} is not a file: check its path")
        return _file(Path(name))
    by_name = {each.name: each for each in known}
    numbered = [each for each in known if each.name.split("_")[0] == name]
    if name in by_name:
        return by_name[name]
    if len(numbered) == 1:
        return numbered[0]
    raise UsageError(f"notebook {name!r} is unknown: {did_you_mean(name, by_name)}")


def _read(path: Path) -> nbformat.NotebookNode:
    try:
        with warnings.catch_warnings():
            # Cells without ids, or with the same, are given new ones in silence.
            warnings.simplefilter("ignore")
            return nbformat.read(path, as_version=4)
    except (ValueError, AttributeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"notebook {path.name!r} cannot be read ({error}): save it again in Jupyter"
        ) from error


def _file(path: Path) -> NotebookFile:
    notebook = _read(path)
    tagged = any(TAG in cell.metadata.get("tags", []) for cell in notebook.cells)
    return NotebookFile(path.stem, title_of(notebook, path.stem), path, tagged)


def title_of(notebook: nbformat.NotebookNode, otherwise: str) -> str:
    """Return a notebook's first heading.

    Examples
    --------
    >>> cell = nbformat.v4.new_markdown_cell("# Concentration 集中度")
    >>> title_of(nbformat.v4.new_notebook(cells=[cell]), "11_concentration")
    'Concentration 集中度'
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and heading(cell.source):
            first_line = cell.source.strip().splitlines()[0]
            return heading(first_line) or heading(cell.source)
    return otherwise

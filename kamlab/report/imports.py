"""What the cells of notebooks import, read off their code without running it."""

import ast
from collections.abc import Iterable, Iterator

import nbformat

#: kamlab, and what it computes and draws with: importing them starts no thread of
#: Python and opens no connection, so that they may be imported before a fork.
SAFE_PACKAGES = frozenset(
    (
        "duckdb",
        "kamlab",
        "matplotlib",
        "narwhals",
        "numpy",
        "pandas",
        "pyarrow",
        "scipy",
        "seaborn",
        "sklearn",
        "statsmodels",
    )
)

#: What kamlab itself imports on first use, in nearly every notebook.
_ON_FIRST_USE = ("kamlab.opening", "matplotlib.pyplot")


def is_only_imports(source: str) -> bool:
    """Tell whether a cell does nothing but import.

    Parameters
    ----------
    source : str
        Code of a cell.

    Examples
    --------
    >>> is_only_imports("import kamlab"), is_only_imports("import kamlab; 1 + 1")
    (True, False)
    """
    statements = _statements(source)
    return bool(statements) and all(map(_is_import, statements))


def safe_imports(notebooks: Iterable[nbformat.NotebookNode]) -> list[str]:
    """Return what notebooks import that may be imported before their kernels fork.

    Parameters
    ----------
    notebooks : iterable of NotebookNode
        As they are to be run.

    Returns
    -------
    list of str
        Modules, and names in modules as ``module:name``, each once, in their order.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell("import numpy\\nfrom kamlab import value")
    >>> safe_imports([nbformat.v4.new_notebook(cells=[cell])])
    ['numpy', 'kamlab:value', 'kamlab.opening', 'matplotlib.pyplot']
    """
    names = [
        name
        for notebook in notebooks
        for cell in notebook.cells
        if cell.cell_type == "code"
        for statement in _statements(cell.source)
        for name in _names(statement)
        if _package(name) in SAFE_PACKAGES
    ]
    if any(_package(name) == "kamlab" for name in names):
        names += _ON_FIRST_USE
    return list(dict.fromkeys(names))


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError:
        return []  # a magic, or a fault that the kernel will tell


def _is_import(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Import | ast.ImportFrom)


def _names(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (each.name for each in statement.names)
    elif isinstance(statement, ast.ImportFrom) and statement.module:
        yield from (f"{statement.module}:{each.name}" for each in statement.names)


def _package(name: str) -> str:
    return name.partition(":")[0].partition(".")[0]

"""Read the beginnings of the tables of a database, whose address a variable holds."""

import re
from itertools import islice
from pathlib import Path

from kamlab.data.mapping.mapping import Place
from kamlab.data.presets.excerpt import ROWS, Excerpt
from kamlab.data.reading.pages import BrokenPage
from kamlab.data.reading.sqldatabase import database_page, table_names
from kamlab.errors import UsageError

#: Tables that are looked into.
MOST_TABLES = 200

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_ADDRESS = re.compile(r"[a-z][a-z0-9]*(\+[a-z0-9_]+)?:/")


def database_of(source: Path) -> str:
    """Return the environment variable that a source names, nothing for a file.

    Parameters
    ----------
    source : Path
        As typed, such as ``${ERP_URL}``.

    Raises
    ------
    UsageError
        If it is the address itself: it would stand in the history of the command line.

    Examples
    --------
    >>> database_of(Path("${ERP_URL}")), database_of(Path("export"))
    ('ERP_URL', '')
    """
    text = str(source)
    if _ADDRESS.match(text):
        raise UsageError(
            "source is the address of a database; keep it in an environment variable, "
            "and give its name as '${ERP_URL}'"
        )
    found = _VARIABLE.fullmatch(text)
    return found[1] if found else ""


def database_excerpts(variable: str) -> tuple[list[Excerpt], list[str]]:
    """Return the beginning of each table of a database, and what could not be read.

    Parameters
    ----------
    variable : str
        Name of the environment variable that holds its address.

    Raises
    ------
    UsageError
        If the variable is not set, or the database cannot be reached.

    Examples
    --------
    >>> import os
    >>> os.environ["KAMLAB_EXAMPLE"] = "sqlite://"
    >>> database_excerpts("KAMLAB_EXAMPLE")
    ([], [])
    """
    try:
        names = table_names(variable)
    except BrokenPage as error:
        raise UsageError(
            f"source = '${{{variable}}}' cannot be read: {error}"
        ) from None
    excerpts, left = [], []
    for name in names[:MOST_TABLES]:
        try:
            excerpts.append(_excerpt(variable, name))
        except BrokenPage as error:
            left.append(f"{name}: {error}")
    if len(names) > MOST_TABLES:
        left.append(f"{len(names) - MOST_TABLES} more tables were not looked into")
    return excerpts, left


def _excerpt(variable: str, name: str) -> Excerpt:
    page = database_page(Place(table=name, database=variable))
    try:
        rows = tuple(tuple(cells) for _, cells in islice(page.rows, ROWS))
    finally:
        page.close()
    return Excerpt(
        (variable,), "database", page.header, rows, table=name, database=variable
    )

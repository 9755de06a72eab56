"""Read where the decisions about names stand: beside the mapping, or by full path."""

from pathlib import Path

from kamlab.data.mapping.values import Problems
from kamlab.data.names.decisions import NAMES_FILE, NameDecisions, read_decisions
from kamlab.errors import UsageError

KEY = "account_names"


def with_decisions(content: object, folder: Path) -> object:
    """Return a mapping in which the sheets of decisions are paths.

    Parameters
    ----------
    content : object
        The whole mapping as YAML holds it; it is not changed.
    folder : Path
        Where the mapping lies.

    Examples
    --------
    >>> told = {"tables": {"orders": {"account_names": "names.csv"}}}
    >>> with_decisions(told, Path("mine"))["tables"]["orders"]["account_names"].name
    'names.csv'
    """
    tables = content.get("tables") if isinstance(content, dict) else None
    if not isinstance(tables, dict):
        return content
    located = {name: _located(node, folder) for name, node in tables.items()}
    return {**content, "tables": located}


def _located(node: object, folder: Path) -> object:
    if not isinstance(node, dict) or not isinstance(node.get(KEY), str):
        return node
    named, kept = folder / str(node[KEY]), folder / NAMES_FILE
    # A portfolio keeps its mapping, and the decisions in the sheet of its own import.
    is_kept = kept.is_file() and not named.exists()
    return {**node, KEY: kept if is_kept else named}


def decisions(node: object, path: str, problems: Problems) -> NameDecisions | None:
    """Read the decisions of a sheet.

    Examples
    --------
    >>> problems = []
    >>> decisions(7, "tables.orders.account_names", problems)
    >>> problems
    ['tables.orders.account_names = 7 is not the name of a file']
    """
    if not isinstance(node, Path):
        problems.append(f"{path} = {node!r} is not the name of a file")
        return None
    try:
        return read_decisions(node)
    except UsageError as error:
        problems.append(f"{path}: {error}")
        return None

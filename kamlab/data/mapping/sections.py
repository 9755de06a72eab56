"""Check the sections of a mapping: their keys against a table, each with its check."""

from collections.abc import Callable

from kamlab.data.mapping.values import Problems
from kamlab.errors import did_you_mean

Checks = dict[str, Callable[[object, str, Problems], object]]


def section(node: object, path: str, checks: Checks, problems: Problems) -> dict:
    """Return a section's known keys, their values checked; the rest are problems.

    Parameters
    ----------
    node : object
        The section as YAML holds it.
    path : str
        Its place in the mapping, such as "tables.orders".
    checks : dict
        By allowed key, the check of its value.
    problems : list of str
        Receives what is wrong.

    Examples
    --------
    >>> from kamlab.data.mapping.values import text
    >>> problems = []
    >>> section({"colum": "Art"}, "negate", {"column": text}, problems), problems
    ({}, ["negate.colum is not a key of a mapping: did you mean 'column'?"])
    """
    if not isinstance(node, dict):
        where = path or "the mapping"
        problems.append(f"{where} = {node!r}; keys and values belong there")
        return {}
    known = {}
    for key, value in node.items():
        name = str(key)
        where = f"{path}.{name}" if path else name
        if name in checks:
            known[name] = checks[name](value, where, problems)
        else:
            hint = did_you_mean(name, checks)
            problems.append(f"{where} is not a key of a mapping: {hint}")
    return known


def require(
    known: dict, node: object, path: str, keys: tuple, problems: Problems
) -> None:
    """Add a problem for each key that a section lacks.

    Examples
    --------
    >>> problems = []
    >>> require({}, {}, "negate", ("column",), problems)
    >>> problems
    ['negate.column is missing; add it']
    """
    for key in keys:
        if isinstance(node, dict) and key not in node:
            problems.append(f"{path}.{key} is missing; add it")


def listed(
    checked: Callable, node: object, path: str, problems: Problems
) -> tuple[object, ...]:
    """Check each item of a list, and leave out those that are wrong.

    Examples
    --------
    >>> from kamlab.data.mapping.values import text
    >>> listed(text, ["a", "b"], "names", [])
    ('a', 'b')
    """
    if not isinstance(node, list):
        problems.append(f"{path} = {node!r}; a list belongs there")
        return ()
    found = [
        checked(each, f"{path}[{number}]", problems) for number, each in enumerate(node)
    ]
    return tuple(each for each in found if each is not None)

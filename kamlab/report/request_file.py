"""Read a whole report from a file, ``report.yml``, with all its problems told at once.

::

    title: Portfolio review
    data: data/demo                      # folders as seen from the file
    out: reports/{as_of}
    as_of: last-fiscal-quarter-end       # or last-month-end, or a day
    language: en                         # en | zh
    audience: internal                   # internal | customer
    formats: [single, pdf, xlsx]         # single | pdf | xlsx | csv | parquet
    previous: latest                     # latest | none | a folder
    actions: actions.xlsx                # else the one in the last report
    parameters: {period: quarter}        # for every notebook that knows them
    notebooks:
      - portfolio_review
      - notebook: portfolio_review
        for_each: manager                # account | manager | region
      - notebook: account_dossier
        for_each: account
        only: [A10063, A10186]           # or top: 28; else the key accounts
        parameters: {months: 24}
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kamlab.data.mapping.text import Plain, load_text
from kamlab.errors import UsageError, did_you_mean
from kamlab.report.request import (
    LATEST,
    NONE,
    NotebookRequest,
    ReportRequest,
)

#: Where a report goes that does not say so.
DEFAULT_OUT = "reports/latest"

_Problems = list[str]
_Check = Callable[[object, str, _Problems], Any]


def read_request(path: Path) -> ReportRequest:
    """Return the report that a file describes.

    Parameters
    ----------
    path : Path
        A YAML file; folders in it are seen from the file's own.

    Raises
    ------
    UsageError
        If the file cannot be read, is not YAML, or says what a report may not; all
        problems stand in one message.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "report.yml"
    ...     _ = path.write_text("data: demo\\nnotebooks: [portfolio_review]")
    ...     read_request(path).notebooks[0].name
    'portfolio_review'
    """
    content, repeated = load_text(path, "report")
    problems = [f"{key} stands twice; keep one" for key in repeated]
    keys = _checked(content, "", _KEYS, problems)
    if "data" not in keys and not problems:
        problems.append("data is missing; name the folder of the portfolio")
    if not problems:
        try:
            return ReportRequest(**_placed(keys, path.parent))
        except UsageError as error:
            problems.append(str(error))
    told = "".join(f"\n- {each}" for each in problems)
    raise UsageError(f"{path.name}: {len(problems)} to mend:{told}")


def read_parameters_file(path: Path) -> dict[str, Any]:
    """Return parameters that stand in a YAML file, as texts or lists of texts.

    Parameters
    ----------
    path : Path
        Holds ``name: value``, one a line.

    Raises
    ------
    UsageError
        If the file cannot be read or holds anything else.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "params.yml"
    ...     _ = path.write_text("months: 24\\nregions: [DACH]")
    ...     read_parameters_file(path)
    {'months': '24', 'regions': ['DACH']}
    """
    content, repeated = load_text(path, "parameters")
    problems = [f"{key} stands twice; keep one" for key in repeated]
    found = _parameters(content, "the file", problems)
    if problems:
        raise UsageError(f"{path.name}: " + "; ".join(problems))
    return found


def _placed(keys: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the keys with folders as seen from the file."""
    placed = {"out": DEFAULT_OUT, **keys}
    for name in ("data", "out", "actions"):
        if name in placed:
            placed[name] = folder / placed[name]
    if placed.get("previous", LATEST) not in (LATEST, NONE):
        placed["previous"] = str(folder / placed["previous"])
    return placed


def _text(node: object, path: str, problems: _Problems) -> str:
    if isinstance(node, str) and node:
        return str(node)
    problems.append(f"{path} = {node!r}; a text belongs there")
    return ""


def _texts(node: object, path: str, problems: _Problems) -> tuple[str, ...]:
    if not isinstance(node, list):
        problems.append(f"{path} = {node!r}; a list belongs there, such as [a, b]")
        return ()
    return tuple(_text(e, f"{path}[{i}]", problems) for i, e in enumerate(node))


def _whole(node: object, path: str, problems: _Problems) -> int | None:
    number = node.number if isinstance(node, Plain) else None
    if isinstance(number, int) and number >= 1:
        return number
    problems.append(f"{path} = {node!r}; a whole number from 1 belongs there")
    return None


def _parameters(node: object, path: str, problems: _Problems) -> dict[str, Any]:
    """Return values as texts or lists of texts; the notebook says what they mean."""
    if not isinstance(node, dict):
        problems.append(f"{path} = {node!r}; name: value belongs there")
        return {}
    return {str(name): _value(value) for name, value in node.items()}


def _value(node: object) -> Any:
    if isinstance(node, list):
        return [_value(each) for each in node]
    return str(node) if isinstance(node, str) else node


def _notebooks(
    node: object, path: str, problems: _Problems
) -> tuple[NotebookRequest, ...]:
    if not isinstance(node, list) or not node:
        problems.append(f"{path} = {node!r}; a list of notebooks belongs there")
        return ()
    asked = (_notebook(e, f"{path}[{i}]", problems) for i, e in enumerate(node))
    return tuple(each for each in asked if each is not None)


def _notebook(node: object, path: str, problems: _Problems) -> NotebookRequest | None:
    if isinstance(node, str):
        return NotebookRequest(str(node))
    before = len(problems)
    keys = _checked(node, path, _NOTEBOOK_KEYS, problems)
    if "notebook" not in keys and len(problems) == before:
        problems.append(f"{path}.notebook is missing; name the notebook")
    if len(problems) > before:
        return None
    try:
        return NotebookRequest(name=keys.pop("notebook"), **keys)
    except UsageError as error:
        problems.append(f"{path}: {error}")
        return None


def _checked(
    node: object, path: str, checks: dict[str, _Check], problems: _Problems
) -> dict[str, Any]:
    """Return the known keys of a section, checked; what is unknown is a problem."""
    if not isinstance(node, dict):
        problems.append(
            f"{path or 'the file'} = {node!r}; keys and values belong there"
        )
        return {}
    found = {}
    for key, value in node.items():
        where = f"{path}.{key}" if path else str(key)
        if key in checks:
            found[str(key)] = checks[key](value, where, problems)
        else:
            hint = did_you_mean(str(key), checks)
            problems.append(f"{where} is not a key of a report: {hint}")
    return found


_KEYS = {
    **dict.fromkeys(
        (
            "title",
            "data",
            "out",
            "as_of",
            "language",
            "audience",
            "previous",
            "actions",
        ),
        _text,
    ),
    "formats": _texts,
    "parameters": _parameters,
    "notebooks": _notebooks,
}
_NOTEBOOK_KEYS = {
    "notebook": _text,
    "for_each": _text,
    "only": _texts,
    "top": _whole,
    "parameters": _parameters,
}

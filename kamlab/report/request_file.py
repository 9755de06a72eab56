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
    kernels: warm                        # warm | cold, which is slower
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

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kamlab.data.mapping.text import Plain, load_text
from kamlab.errors import UsageError, did_you_mean
from kamlab.language import LANGUAGES, _, current_language, in_language
from kamlab.report.request import (
    AUDIENCES,
    FORMATS,
    KERNELS,
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
    with in_language(_language_of(content)):
        return _request_of(content, repeated, path)


def _language_of(content: object) -> str:
    """Return in which language a file's readers are told what is wrong with it."""
    asked = content.get("language") if isinstance(content, dict) else None
    known = isinstance(asked, str) and str(asked) in LANGUAGES
    return str(asked) if known else current_language()


def _request_of(content: object, repeated: Sequence[str], path: Path) -> ReportRequest:
    problems = [_("{key} stands twice; keep one").format(key=key) for key in repeated]
    keys = _checked(content, "", _KEYS, problems)
    if "data" not in keys and not problems:
        problems.append(_("data is missing; name the folder of the portfolio"))
    if not problems:
        try:
            return ReportRequest(**_placed(keys, path.parent))
        except UsageError as error:
            problems.append(str(error))
    told = "".join(f"\n- {each}" for each in problems)
    head = _("{file}: {n} to mend:").format(file=path.name, n=len(problems))
    raise UsageError(head + told)


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
    told = _("{path} = {value!r}; a text belongs there")
    problems.append(told.format(path=path, value=node))
    return ""


def _texts(node: object, path: str, problems: _Problems) -> tuple[str, ...]:
    if not isinstance(node, list):
        told = _("{path} = {value!r}; a list belongs there, such as [a, b]")
        problems.append(told.format(path=path, value=node))
        return ()
    return tuple(_text(e, f"{path}[{i}]", problems) for i, e in enumerate(node))


def _one_of(choices: Sequence[str]) -> _Check:
    """Return what checks that a text is one of these."""

    def check(node: object, path: str, problems: _Problems) -> str:
        before = len(problems)
        text = _text(node, path, problems)
        if len(problems) == before and text not in choices:
            problems.append(f"{path} = {text!r}: {did_you_mean(text, choices)}")
        return text

    return check


def _formats(node: object, path: str, problems: _Problems) -> tuple[str, ...]:
    check = _one_of(FORMATS)
    texts = _texts(node, path, problems)
    return tuple(check(e, f"{path}[{i}]", problems) for i, e in enumerate(texts) if e)


def _whole(node: object, path: str, problems: _Problems) -> int | None:
    number = node.number if isinstance(node, Plain) else None
    if isinstance(number, int) and number >= 1:
        return number
    told = _("{path} = {value!r}; a whole number from 1 belongs there")
    problems.append(told.format(path=path, value=node))
    return None


def _parameters(node: object, path: str, problems: _Problems) -> dict[str, Any]:
    """Return values as texts or lists of texts; the notebook says what they mean."""
    if not isinstance(node, dict):
        told = _("{path} = {value!r}; name: value belongs there")
        problems.append(told.format(path=path, value=node))
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
        told = _("{path} = {value!r}; a list of notebooks belongs there")
        problems.append(told.format(path=path, value=node))
        return ()
    asked = (_notebook(e, f"{path}[{i}]", problems) for i, e in enumerate(node))
    return tuple(each for each in asked if each is not None)


def _notebook(node: object, path: str, problems: _Problems) -> NotebookRequest | None:
    if isinstance(node, str):
        return NotebookRequest(str(node))
    before = len(problems)
    keys = _checked(node, path, _NOTEBOOK_KEYS, problems)
    if "notebook" not in keys and len(problems) == before:
        told = _("{path}.notebook is missing; name the notebook")
        problems.append(told.format(path=path))
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
        told = _("{path} = {value!r}; keys and values belong there")
        problems.append(told.format(path=path or _("the file"), value=node))
        return {}
    found = {}
    for key, value in node.items():
        where = f"{path}.{key}" if path else str(key)
        if key in checks:
            found[str(key)] = checks[key](value, where, problems)
        else:
            hint = did_you_mean(str(key), checks)
            told = _("{key} is not a key of a report: {hint}")
            problems.append(told.format(key=where, hint=hint))
    return found


_KEYS = {
    **dict.fromkeys(
        (
            "title",
            "data",
            "out",
            "as_of",
            "previous",
            "actions",
        ),
        _text,
    ),
    "language": _one_of(LANGUAGES),
    "audience": _one_of(AUDIENCES),
    "kernels": _one_of(KERNELS),
    "formats": _formats,
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

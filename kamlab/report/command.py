"""``kamlab report``: options, or a whole report from a file, become one request."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from kamlab.errors import UsageError
from kamlab.language import LANGUAGES, _, current_language, in_language

#: Where a report reads and writes that does not say so.
DEFAULT_DATA, DEFAULT_OUT = Path("data/demo"), Path("reports/latest")

_Notebooks: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        help="Names of notebooks, or one file such as report.yml; by default all."
    ),
]
_Data: TypeAlias = Annotated[
    Path | None, typer.Option(help="A portfolio folder; by default data/demo.")
]
_Out: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        help="Where the pages go, by default reports/latest; {as_of} is put in."
    ),
]
_AsOf: TypeAlias = Annotated[
    str | None,
    typer.Option(
        help="Last day the report may see: YYYY-MM-DD, last-month-end, "
        "last-fiscal-quarter-end or last-fiscal-year-end."
    ),
]
_Parameter: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--parameter", "-p", help="name=value, as often as needed."),
]
_ParametersFile: TypeAlias = Annotated[
    Path | None,
    typer.Option("--parameters-file", "-f", help="A YAML file of name: value."),
]
_Language: TypeAlias = Annotated[
    str | None, typer.Option(help="en, by default, or zh.")
]
_Audience: TypeAlias = Annotated[
    str | None, typer.Option(help="internal, by default, or customer.")
]
_Formats: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        help="single (one HTML file), pdf, xlsx, csv, parquet; as often as needed.",
    ),
]
_Previous: TypeAlias = Annotated[
    str | None,
    typer.Option(help="The report before: latest, none, or its folder."),
]
_Actions: TypeAlias = Annotated[
    Path | None,
    typer.Option(help="The sheet of actions; by default that of the last report."),
]
_Workers: TypeAlias = Annotated[
    int | None, typer.Option(help="Notebooks that run at the same time.")
]
_Cold: TypeAlias = Annotated[
    bool,
    typer.Option("--cold", help="Start every notebook in a fresh interpreter; slower."),
]
_Folder: TypeAlias = Annotated[
    Path | None, typer.Option(help="Where the notebooks lie.")
]
_List: TypeAlias = Annotated[
    bool, typer.Option("--list", help="List notebooks and their parameters.")
]


def report(
    notebooks: _Notebooks = None,
    data: _Data = None,
    out: _Out = None,
    as_of: _AsOf = None,
    parameter: _Parameter = None,
    parameters_file: _ParametersFile = None,
    language: _Language = None,
    audience: _Audience = None,
    formats: _Formats = None,
    previous: _Previous = None,
    actions: _Actions = None,
    workers: _Workers = None,
    cold: _Cold = False,
    notebooks_folder: _Folder = None,
    list_: _List = False,
) -> None:
    """Run the notebooks on a portfolio at a date and write pages managers can read."""
    from kamlab.report.run import list_notebooks, run_request

    if list_:
        typer.echo(list_notebooks(notebooks_folder))
        return
    given = {
        "data": data,
        "out": out,
        "as_of": as_of,
        "language": language,
        "audience": audience,
        "formats": None if formats is None else tuple(formats),
        "previous": previous,
        "actions": actions,
        "kernels": "cold" if cold else None,
    }
    told = {name: value for name, value in given.items() if value is not None}
    with in_language(language if language in LANGUAGES else current_language()):
        told["parameters"] = _parameters(parameters_file, parameter or [])
        request = _request(notebooks or [], told)
    with in_language(request.language):
        run = run_request(request, workers, notebooks_folder)
        typer.echo(run)
    if run.exit_code:
        raise typer.Exit(run.exit_code)


def _request(notebooks: Sequence[str], given: dict[str, Any]) -> Any:
    """Return the request of a file or of options; options go before the file."""
    from kamlab.report.request import NotebookRequest, ReportRequest
    from kamlab.report.request_file import read_request

    files = [each for each in notebooks if each.endswith((".yml", ".yaml"))]
    if files and len(notebooks) > 1:
        told = _(
            "notebooks = {names!r}: {file} describes a whole report; name it alone"
        )
        raise UsageError(told.format(names=list(notebooks), file=files[0]))
    if files:
        described = read_request(Path(files[0]))
        given["parameters"] = {**described.parameters, **given["parameters"]}
        return replace(described, **given)
    asked = tuple(map(NotebookRequest, notebooks)) or None
    return ReportRequest(
        **{"data": DEFAULT_DATA, "out": DEFAULT_OUT, "notebooks": asked, **given}
    )


def _parameters(file: Path | None, pairs: Sequence[str]) -> dict[str, Any]:
    """Return parameters of a file and of the command line, which goes before it."""
    from kamlab.report.request_file import read_parameters_file

    of_file = read_parameters_file(file) if file else {}
    return {**of_file, **_pairs(pairs)}


def _pairs(given: Sequence[str]) -> dict[str, str]:
    """Split name=value arguments."""
    pairs = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.strip():
            told = _("-p {value!r} is not name=value; write -p top_share=0.2")
            raise UsageError(told.format(value=each))
        if name.strip() in pairs:
            told = _("-p {name} is given twice; keep one")
            raise UsageError(told.format(name=name.strip()))
        pairs[name.strip()] = value
    return pairs

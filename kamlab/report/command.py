"""``kamlab report``: options, or a whole report from a file, become one request."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from kamlab.errors import UsageError

_DATA, _OUT = Path("data/demo"), Path("reports/latest")


def report(
    notebooks: Annotated[
        list[str] | None,
        typer.Argument(
            help="Names of notebooks, or one file such as report.yml; by default all."
        ),
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="A portfolio folder.  [default: data/demo]")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Where the pages go; {as_of} is put in.  [default: reports/latest]"
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            help="Last day the report may see: YYYY-MM-DD, last-month-end, "
            "last-fiscal-quarter-end or last-fiscal-year-end."
        ),
    ] = None,
    parameter: Annotated[
        list[str] | None,
        typer.Option("--parameter", "-p", help="name=value, as often as needed."),
    ] = None,
    parameters_file: Annotated[
        Path | None,
        typer.Option("--parameters-file", "-f", help="A YAML file of name: value."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="en or zh.  [default: en]")
    ] = None,
    audience: Annotated[
        str | None, typer.Option(help="internal or customer.  [default: internal]")
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            help="single (one HTML file), pdf, xlsx, csv, parquet; as often as needed.",
        ),
    ] = None,
    previous: Annotated[
        str | None,
        typer.Option(help="The report before: latest, none, or its folder."),
    ] = None,
    actions: Annotated[
        Path | None,
        typer.Option(help="The sheet of actions; by default that of the last report."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Notebooks that run at the same time.")
    ] = None,
    notebooks_folder: Annotated[
        Path | None, typer.Option(help="Where the notebooks lie.")
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List notebooks and their parameters.")
    ] = False,
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
    }
    told = {name: value for name, value in given.items() if value is not None}
    told["parameters"] = _parameters(parameters_file, parameter or [])
    run = run_request(_request(notebooks or [], told), workers, notebooks_folder)
    typer.echo(run)
    if run.exit_code:
        raise typer.Exit(run.exit_code)


def _request(notebooks: Sequence[str], given: dict[str, Any]) -> Any:
    """Return the request of a file or of options; options go before the file."""
    from kamlab.report.request import NotebookRequest, ReportRequest
    from kamlab.report.request_file import read_request

    files = [each for each in notebooks if each.endswith((".yml", ".yaml"))]
    if files and len(notebooks) > 1:
        raise UsageError(
            f"notebooks = {list(notebooks)!r}: {files[0]} describes a whole report; "
            "name it alone"
        )
    if files:
        described = read_request(Path(files[0]))
        given["parameters"] = {**described.parameters, **given["parameters"]}
        return replace(described, **given)
    asked = tuple(map(NotebookRequest, notebooks)) or None
    return ReportRequest(**{"data": _DATA, "out": _OUT, "notebooks": asked, **given})


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
            raise UsageError(f"-p {each!r} is not name=value; write -p top_share=0.2")
        if name.strip() in pairs:
            raise UsageError(f"-p {name.strip()} is given twice; keep one")
        pairs[name.strip()] = value
    return pairs

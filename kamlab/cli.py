"""The command line: import, contract, demo, report, course.

Commands import what they need when they run, so that ``kamlab --help`` answers at once.
Exit codes: 0 well, 1 the data's findings block, 2 wrong usage, 3 a notebook failed,
4 a report is degraded, 130 interrupted.
"""

import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from kamlab.course.commands import app as course
from kamlab.data.importing.command import import_
from kamlab.errors import KamlabError, UsageError
from kamlab.report.command import report

INTERRUPTED = 130

app = typer.Typer(
    help="Key-account management (大客户管理): from order lines to decisions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(course, name="course")
app.command("import")(import_)
app.command()(report)


def _say(message: str) -> None:
    """Write a message for people, which is never mixed with a command's output."""
    typer.echo(message, err=True)


@app.command()
def contract(
    table: Annotated[
        str | None,
        typer.Argument(help="Only this table, or 'mapping' for what mapping.yml says."),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", help="text, markdown, csv or json.")
    ] = "text",
    personal: Annotated[
        bool, typer.Option("--personal", help="Only the columns about persons.")
    ] = False,
) -> None:
    """Print the data dictionary: every table and column a portfolio may hold."""
    if personal:
        from kamlab.data.privacy import personal_columns

        typer.echo(personal_columns().to_string(index=False))
        return
    if table == "mapping":
        from kamlab.data.mapping.reference import mapping_reference

        typer.echo(mapping_reference())
        return
    from kamlab.data.dictionary import describe_contract

    typer.echo(describe_contract(table, format_))


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="The portfolio folder to make.")],
    seed: Annotated[
        int | None, typer.Option(help="Another seed gives other numbers.")
    ] = None,
    preset: Annotated[str, typer.Option(help="Which company.")] = "talbruck",
    accounts: Annotated[int | None, typer.Option(help="How many accounts.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the portfolio that is there.")
    ] = False,
    dirt: Annotated[
        bool,
        typer.Option("--dirt", help="A company's dirty export in its place."),
    ] = False,
) -> None:
    """Make the demonstration company's portfolio, with its truth beside it."""
    from kamlab.data.demo import write_demo

    given = {"seed": seed, "accounts": accounts}
    chosen = {name: value for name, value in given.items() if value is not None}
    if dirt:
        from kamlab.data.demo.dirt import write_demo_export

        truth = write_demo_export(out, preset, **chosen)
        _say(f"made {out}, with {len(truth.faults):,} faults; see its README.txt")
        return
    made = write_demo(out, preset=preset, replace=replace, **chosen)
    _say(f"made {made}")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line; every refusal is a sentence and an exit code."""
    # A scheduler's SIGTERM clears up after itself as Ctrl-C does.
    signal.signal(signal.SIGTERM, _interrupt)
    # Whoever reads a notebook would first spend a second on learning a grammar of web
    # addresses (nbformat, by way of jsonschema), and no notebook needs it.
    sys.modules.setdefault("rfc3987_syntax", None)
    try:
        app()
    except KamlabError as error:
        _say(f"kamlab: {error}")
        sys.exit(error.exit_code)
    except OSError as error:
        place = f"{error.filename!r}: " if error.filename else ""
        told = error.strerror or error
        _say(f"kamlab: {place}{told}. Free or name another place, and try again")
        sys.exit(UsageError.exit_code)
    except SystemExit as end:
        if end.code == INTERRUPTED:  # Typer catches Ctrl-C itself, without a word
            _say("kamlab: interrupted; nothing half-written was left behind")
        raise


if __name__ == "__main__":
    main()

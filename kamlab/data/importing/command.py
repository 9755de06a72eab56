"""The command `kamlab import`: what it is given, and which part of the work that is.

What a part needs is imported when it runs, so that ``kamlab --help`` answers at once.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kamlab.errors import UsageError

if TYPE_CHECKING:
    from kamlab.data.pseudonymising import Privacy

_SUGGESTING, _EVERY_MONTH, _PRIVACY = "Suggest a mapping", "Every month", "Privacy"

Source = Annotated[
    Path | None,
    typer.Argument(help="A file, or a folder of files; or '${ERP_URL}'."),
]
MappingFile = Annotated[
    Path | None,
    typer.Option(help="Which column is what: see 'kamlab contract mapping'."),
]
Out = Annotated[Path | None, typer.Option(help="The portfolio folder to make.")]
Replace = Annotated[
    bool, typer.Option("--replace", help="Replace the portfolio that is there.")
]
Suggest = Annotated[
    bool,
    typer.Option(
        "--suggest",
        help="Suggest a mapping; import nothing.",
        rich_help_panel=_SUGGESTING,
    ),
]
Preset = Annotated[
    str | None,
    typer.Option(
        help="generic, sap_billing, salesforce, dynamics, kingdee or month_totals; "
        "by default the one that fits best.",
        rich_help_panel=_SUGGESTING,
    ),
]
OutMapping = Annotated[
    Path | None,
    typer.Option(
        help="The file to write; by default the screen.", rich_help_panel=_SUGGESTING
    ),
]
Update = Annotated[
    bool,
    typer.Option(
        "--update",
        help="Put a new extract over the portfolio there.",
        rich_help_panel=_EVERY_MONTH,
    ),
]
Rollback = Annotated[
    bool,
    typer.Option(
        "--rollback",
        help="Put the version before back.",
        rich_help_panel=_EVERY_MONTH,
    ),
]
ToVersion = Annotated[
    int | None,
    typer.Option(
        help="With --rollback: the version to put back.", rich_help_panel=_EVERY_MONTH
    ),
]
Versions = Annotated[
    bool,
    typer.Option(
        "--versions",
        help="List the versions that are kept.",
        rich_help_panel=_EVERY_MONTH,
    ),
]
WithPersonal = Annotated[
    bool,
    typer.Option(
        "--with-personal-columns",
        help="Show names of persons in the findings.",
        rich_help_panel=_PRIVACY,
    ),
]
Pseudonymise = Annotated[
    bool,
    typer.Option(
        "--pseudonymise",
        help="Codes in the place of names; needs --key.",
        rich_help_panel=_PRIVACY,
    ),
]
PseudonymiseIds = Annotated[
    bool,
    typer.Option(
        "--pseudonymise-ids",
        help="And in the place of numbers of accounts.",
        rich_help_panel=_PRIVACY,
    ),
]
Key = Annotated[
    Path | None,
    typer.Option(
        help="File with the secret, apart from the data; made if new.",
        rich_help_panel=_PRIVACY,
    ),
]


def import_(
    source: Source = None,
    mapping: MappingFile = None,
    out: Out = None,
    replace: Replace = False,
    suggest: Suggest = False,
    preset: Preset = None,
    out_mapping: OutMapping = None,
    update: Update = False,
    rollback: Rollback = False,
    to_version: ToVersion = None,
    versions: Versions = False,
    personal: WithPersonal = False,
    pseudonymise: Pseudonymise = False,
    pseudonymise_ids: PseudonymiseIds = False,
    key: Key = None,
) -> None:
    """Turn a company's export (files, a database) into a portfolio folder."""
    if suggest or preset or out_mapping:
        _suggest(_given(source), preset, out_mapping, replace)
        return
    if out is None:
        raise UsageError("--out is missing; name the portfolio folder to make")
    if rollback or versions or to_version is not None:
        if source or mapping or replace or update:
            raise UsageError(
                "--rollback and --versions go with --out alone; leave SOURCE, "
                "--mapping, --replace and --update away"
            )
        _versions(out, rollback or to_version is not None, to_version)
        return
    how = {"replace": replace, "update": update, "personal": personal}
    if pseudonymise or pseudonymise_ids or key:
        how["privacy"] = _privacy(key, pseudonymise_ids, [_given(source), out])
    _import(_given(source), mapping, out, how)


def _given(source: Path | None) -> Path:
    if source is None:
        raise UsageError("source is not given; name a file, or a folder of files")
    return source


def _say(message: str) -> None:
    """Write a message for people, which is never mixed with a command's output."""
    typer.echo(message, err=True)


def _import(
    source: Path, mapping: Path | None, out: Path, how: dict[str, object]
) -> None:
    """Import, show what came of it, and end with 1 where findings block."""
    if mapping is None and not how["update"]:
        from kamlab.data.presets.command import refuse_without_mapping

        refuse_without_mapping(source)
    from kamlab.data.findings.screen import show_import
    from kamlab.data.importing.loading import import_portfolio
    from kamlab.data.updates.refresh_screen import show_update

    result = import_portfolio(source, mapping, out, progress=_say, **how)
    show_import(result)
    if result.blocked:
        raise typer.Exit(1)
    if result.update:
        show_update(result.update, out)


def _suggest(
    source: Path, preset: str | None, out_mapping: Path | None, replace: bool
) -> None:
    """Show a mapping for an export, or write it into a file; import nothing."""
    from kamlab.data.presets.command import suggest

    suggest(source, preset, out_mapping, replace, _say, typer.echo)


def _privacy(key: Path | None, ids: bool, data: list[Path]) -> "Privacy":
    """Read or make the key that pseudonyms are computed with."""
    from kamlab.data.pseudonymising import Privacy, read_key

    if key is None:
        raise UsageError(
            "--pseudonymise needs --key: name a file for the secret, apart from the "
            "data, such as ~/kamlab.key; it is made if it is not there"
        )
    return Privacy(read_key(key.expanduser(), data), ids)


def _versions(out: Path, rollback: bool, to: int | None) -> None:
    """Put an earlier version of a portfolio back if that is asked, and list all."""
    from kamlab.data.updates import versions
    from kamlab.data.updates.refresh_screen import show_versions

    if rollback:
        _say(f"put back: {versions.roll_back(out, to)}")
    show_versions(versions.versions(out))

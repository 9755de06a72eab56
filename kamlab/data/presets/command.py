"""What `kamlab import --suggest` does, and what an import without a mapping says."""

from collections.abc import Callable
from pathlib import Path

from kamlab.data.presets.assemble import suggest_mapping
from kamlab.data.presets.suggestion import Suggestion
from kamlab.data.presets.writing import as_yaml
from kamlab.data.presets.yamltext import visible
from kamlab.errors import UsageError


def suggest(
    source: Path,
    preset: str | None,
    out_mapping: Path | None,
    replace: bool,
    say: Callable[[str], None],
    show: Callable[[str], None],
) -> Suggestion:
    """Suggest a mapping, and show it or write it into a file.

    Parameters
    ----------
    source : Path
        The export.
    preset : str or None
        The preset to take; None for the one that fits best.
    out_mapping : Path or None
        The file to write; None to show the mapping.
    replace : bool
        Whether a file that is there may be replaced.
    say, show : callable
        Called with what is told to a person, and with the mapping.

    Returns
    -------
    Suggestion

    Raises
    ------
    UsageError
        If the file is there already, or nothing can be read.

    Examples
    --------
    >>> import tempfile
    >>> said, shown = [], []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lines = "Kunde;Datum;Netto EUR\\nA;31.01.2025;9,50\\n"
    ...     _ = (Path(folder) / "lines.csv").write_text(lines)
    ...     _ = suggest(Path(folder), None, None, False, said.append, shown.append)
    >>> print(said[0][:19])
    recognised: generic
    """
    if out_mapping is not None and out_mapping.exists() and not replace:
        raise UsageError(
            f"--out-mapping {str(out_mapping)!r} is there already; name another file, "
            "or add --replace"
        )
    found = suggest_mapping(source, preset)
    for line in summary(found):
        say(line)
    if out_mapping is None:
        show(as_yaml(found))
    else:
        _write(out_mapping, as_yaml(found))
        say(f"wrote {out_mapping}")
    return found


def _write(path: Path, text: str) -> None:
    """Write a file aside and put it in its place whole."""
    aside = path.with_name(f".{path.name}.aside")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def summary(found: Suggestion) -> list[str]:
    """Return in a few lines what was recognised, and what is to be decided.

    Examples
    --------
    >>> summary(Suggestion("generic", "no names are known", (), (), (), (), 0, 2))[-1]
    'no order lines were recognised: an account, a day and an amount are needed'
    """
    lines = [
        f"recognised: {found.preset} ({visible(found.reason)})",
        f"{found.filled} columns filled, {len(found.unused)} not needed, "
        f"{found.asked} without a sure place (questions in the mapping)",
    ]
    lines += [f"decide: {each.key}: {visible(each.question)}" for each in found.open]
    lines += [f"not read: {visible(each)}" for each in found.left]
    if not found.has_orders:
        lines.append(
            "no order lines were recognised: an account, a day and an amount are needed"
        )
    return lines


def refuse_without_mapping(source: Path) -> None:
    """Say what an export was recognised as, and that nothing is imported on a guess.

    Raises
    ------
    UsageError
        Always: with what was recognised, and what to run.

    Examples
    --------
    >>> try:
    ...     refuse_without_mapping(Path("data/demo/orders.csv"))
    ... except UsageError as error:
    ...     print(str(error)[:45])
    --mapping is missing. 'data/demo/orders.csv'
    """
    found = suggest_mapping(source)
    command = f"kamlab import {source} --suggest --out-mapping mapping.yml"
    raise UsageError(
        f"--mapping is missing. {str(source)!r} looks like {found.preset} "
        f"({visible(found.reason)}). Nothing is imported on a guess; run first: "
        f"{command}"
    )

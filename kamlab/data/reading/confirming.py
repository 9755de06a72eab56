"""Show how text files were found to be written, so that a mapping can confirm it."""

from dataclasses import fields, replace
from pathlib import Path

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import Format, TableMapping
from kamlab.data.reading.detection import Proposal, propose_format
from kamlab.data.reading.export_files import find_files
from kamlab.data.reading.filekind import TEXT, kind_of


def with_detected_format(
    table: str, mapping: TableMapping, source: Path
) -> tuple[TableMapping, list[Finding]]:
    """Return the mapping with what was detected, and findings that show it.

    Nothing happens unless the mapping asks for it by ``format: detect``. What it
    declares beside ``detect: true`` stands. What the first text file leaves open is a
    finding that blocks.

    Parameters
    ----------
    table : str
        The contract's table.
    mapping : TableMapping
        What is said about it.
    source : Path
        The export.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "june.csv").write_text("Nr;Net\\n1;9,50\\n")
    ...     asked = TableMapping((), {}, Format(detect=True))
    ...     found, _ = with_detected_format("orders", asked, Path(folder))
    >>> found.format.delimiter, found.format.decimal
    (';', ',')
    """
    path = _first_text(table, mapping, source) if mapping.format.detect else None
    if path is None:
        return mapping, []
    told = propose_format(path)
    findings = [
        make_finding(
            "format_unclear",
            table,
            samples=[Sample(path.name, None, "")],
            question=each,
        )
        for each in told.questions
    ]
    if not findings:
        findings = [_shown("format_detected", table, path, told)]
    form = _declared_over(mapping.format, told.format)
    return replace(mapping, format=form), findings


def proposed_format(
    table: str, mapping: TableMapping, source: Path, faults: list[Finding]
) -> list[Finding]:
    """Return what a file seems to be written like, where faults block and none is said.

    Parameters
    ----------
    table : str
        The contract's table.
    mapping : TableMapping
        What is said about it.
    source : Path
        The export.
    faults : list of Finding
        What was found when it was read.

    Examples
    --------
    >>> proposed_format("orders", TableMapping((), {}), Path("data/demo"), [])
    []
    """
    if mapping.format != Format() or not any(fault.blocks for fault in faults):
        return []
    path = _first_text(table, mapping, source)
    told = propose_format(path) if path else None
    if told is None or told.questions or told.format == Format():
        return []
    return [_shown("format_proposed", table, path, told)]


def _first_text(table: str, mapping: TableMapping, source: Path) -> Path | None:
    if mapping.place.database:
        return None
    files = find_files(source, mapping.files, table)
    return next(
        (path for path in files if path.is_file() and kind_of(path) == TEXT), None
    )


def _shown(rule: str, table: str, path: Path, told: Proposal) -> Finding:
    reasons = "; ".join(told.reasons)
    place = [Sample(path.name, None, told.as_mapping())]
    return make_finding(
        rule, table, "", 0, place, reasons=reasons, declare=told.as_mapping()
    )


def _declared_over(declared: Format, detected: Format) -> Format:
    """Return what was detected, but what the mapping declares wherever it does."""
    usual = Format()
    said = {
        each.name: getattr(declared, each.name)
        for each in fields(Format)
        if getattr(declared, each.name) != getattr(usual, each.name)
    }
    return replace(detected, **said)

"""Write what an import found, for programs and for people: findings.json and .xlsx.

Both stand in the portfolio, or beside the place where it would be when findings block.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.contract import TABLES
from kamlab.data.controls.totals import ControlOutcome
from kamlab.data.findings.affected_rows import (
    AffectedRows,
    affected_rows,
    hold_rows,
    identities,
)
from kamlab.data.findings.comparison import Comparison, compared, unchecked_of
from kamlab.data.findings.file import FindingsFile, read_findings, write_findings
from kamlab.data.findings.quality import Finding, Sample
from kamlab.data.findings.workbook import MOST_ROWS, Contents, write_workbook
from kamlab.data.importing.accounting import FINDINGS_FILE, WORKBOOK_FILE, TableCount
from kamlab.data.names.decisions import NAMES_FILE
from kamlab.data.updates.restatement import RESTATEMENT_FILE

#: What a blocked attempt may leave beside its findings, for whoever has to decide.
FURTHER_FILES = (NAMES_FILE, RESTATEMENT_FILE)

#: Rows of one finding that are marked, so that the next import knows them again.
_MOST_MARKED = 20_000

#: What is shown in the place of a value about a person.
HIDDEN = "(personal)"


@dataclass(frozen=True)
class FoundRows:
    """What was found, and where its rows are looked up.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the rows while the import is at work.
    cleaned : mapping of str to CleanTable
        The tables that could be read.
    findings : sequence of Finding
        Worst first.
    counts : sequence of TableCount
        Rows read, dropped and kept.
    controls : sequence of ControlOutcome
        Totals of the books beside the import's.
    personal : bool
        Whether values about persons are written.
    hide : callable
        Takes names out of the names of files, where the import hides them.
    """

    connection: duckdb.DuckDBPyConnection
    cleaned: Mapping[str, CleanTable]
    findings: Sequence[Finding]
    counts: Sequence[TableCount] = ()
    controls: Sequence[ControlOutcome] = ()
    personal: bool = False
    hide: Callable[[str], str] = str

    @property
    def shown(self) -> list[Finding]:
        """The findings as they are written: values about persons only if asked for."""
        if self.personal:
            return list(self.findings)
        return [without_personal(each) for each in self.findings]

    def rows_of(self, finding: Finding, most: int) -> AffectedRows:
        """Return the rows that a finding touches, at most so many."""
        cleaned = self.cleaned.get(finding.table)
        told = affected_rows(self.connection, cleaned, finding, most, self.personal)
        places = told.header.index("row")
        rows = ((*map(self.hide, row[:places]), *row[places:]) for row in told.rows)
        return replace(told, rows=rows)

    @property
    def told_controls(self) -> list[ControlOutcome]:
        """The totals of the books, with hints that name no hidden file."""
        return [
            replace(each, hints=tuple(map(self.hide, each.hints)))
            for each in self.controls
        ]

    @property
    def marks(self) -> dict[int, list[str] | None]:
        """Marks of the rows of each finding, by its position."""
        return {
            position: identities(
                self.connection, self.cleaned.get(each.table), each, _MOST_MARKED
            )
            for position, each in enumerate(self.findings)
        }


def beside(out: Path, file: str = FINDINGS_FILE) -> Path:
    """Return where a file of findings stands that kept a portfolio from being made.

    Examples
    --------
    >>> beside(Path("reports/mine"), WORKBOOK_FILE).name
    'mine.findings.xlsx'
    """
    return out.with_name(f"{out.name}.{file}")


def earlier_findings(out: Path, with_portfolio: bool = True) -> FindingsFile | None:
    """Return what the import before found that was to go to the same place.

    Parameters
    ----------
    out : Path
        The portfolio folder.
    with_portfolio : bool
        Whether the findings of the portfolio there count, where no blocked attempt
        stands beside it.

    Examples
    --------
    >>> earlier_findings(Path("data/nowhere")) is None
    True
    """
    known = read_findings(beside(out))
    if known is None and with_portfolio:
        known = read_findings(out / FINDINGS_FILE)
    return known


def write_report(
    found: FoundRows, out: Path, folder: Path | None, work: Path, is_update: bool
) -> Comparison | None:
    """Write findings.json and findings.xlsx; return what changed since last time.

    Parameters
    ----------
    found : FoundRows
        What was found.
    out : Path
        Where the portfolio stands, or would stand.
    folder : Path or None
        Where it is being made; None where findings block.
    work : Path
        A folder for what is written on the way.
    is_update : bool
        Whether the portfolio there came from another extract, so that its findings
        are none to compare with.
    """
    found = replace(found, findings=_held(found))
    shown = tuple(found.shown)
    told = FindingsFile(shown, folder is None, found.marks)
    earlier = earlier_findings(out, with_portfolio=not is_update)
    if earlier is not None:
        unchecked = unchecked_of(earlier.found, shown, found.cleaned)
        changes = compared(earlier.found, told.found, unchecked)
        told = replace(
            told, since=Comparison(earlier.written, earlier.blocked, changes)
        )
    controls = found.told_controls
    contents = Contents(shown, found.rows_of, found.counts, controls, told.since)
    names = (FINDINGS_FILE, WORKBOOK_FILE)
    files = [beside(out, each) if folder is None else folder / each for each in names]
    write_workbook(contents, files[1], work)
    write_findings(told, files[0])
    return told.since


def _held(found: FoundRows) -> list[Finding]:
    return [
        hold_rows(found.connection, found.cleaned.get(f.table), f, number, MOST_ROWS)
        for number, f in enumerate(found.findings)
    ]


def forget_blocked(out: Path) -> None:
    """Remove what a blocked attempt left, once the portfolio is there.

    Examples
    --------
    >>> forget_blocked(Path("data/nowhere"))
    """
    for file in (FINDINGS_FILE, WORKBOOK_FILE, *FURTHER_FILES):
        beside(out, file).unlink(missing_ok=True)


def without_personal(finding: Finding) -> Finding:
    """Return a finding without the values of a column about persons.

    Examples
    --------
    >>> from kamlab.data.findings.quality import make_finding
    >>> place = Sample("contacts.csv", 7, "Anna Adler")
    >>> found = make_finding("blank_value", "kam_team", "kam_name", 1, [place])
    >>> without_personal(found).samples[0].value
    '(personal)'
    """
    declared = TABLES.get(finding.table)
    named = {column.name for column in declared or () if column.personal}
    if finding.column not in named:
        return finding
    message = finding.message
    for each in finding.places or finding.samples:
        message = message.replace(repr(each.value), HIDDEN)
    return replace(
        finding,
        message=message,
        samples=_hidden(finding.samples),
        places=_hidden(finding.places),
    )


def _hidden(samples: tuple[Sample, ...]) -> tuple[Sample, ...]:
    return tuple(replace(each, value=HIDDEN) for each in samples)

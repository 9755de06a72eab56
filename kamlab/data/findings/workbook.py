"""The workbook findings.xlsx: what is wrong, what to do, and every row that it is in.

It is made to be mailed to whoever made the export: one sheet sums up, the others list
the rows of one finding each, as a spreadsheet counts them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook

from kamlab.data.controls.totals import ControlOutcome
from kamlab.data.findings.affected_rows import AffectedRows
from kamlab.data.findings.comparison import Comparison
from kamlab.data.findings.meanings import MEANINGS
from kamlab.data.findings.quality import Finding
from kamlab.data.findings.sheets import Link, Styles, fill_sheet, sheet_name
from kamlab.data.importing.accounting import TableCount

#: Rows that are listed of one finding; the summary says how many there are.
MOST_ROWS = 50_000

#: The same where a finding only tells what was done.
_MOST_DONE = 1_000

_SUMMARY = (
    "No.",
    "Severity",
    "Must be mended first",
    "Rule",
    "Table",
    "Column",
    "Rows",
    "Money",
    "Share of money or rows",
    "What it means",
    "What is the matter",
    "What to do",
    "Rows listed",
)
_CONTROLS = (
    "Control total",
    "What",
    "Period",
    "First day",
    "Last day",
    "Books",
    "Imported",
    "Difference",
    "Allowed",
    "Ties",
    "Hints",
)

#: What stands beside a difference that no set of lines explains.
NO_HINT = "nothing was found that explains it to the cent"

_CHANGES = ("Change", "Rule", "Table", "Column", "Before", "Now", "Gone", "New")
_ROWS = ("Table", "Step", "Rows", "Money")


@dataclass(frozen=True)
class Contents:
    """What goes into the workbook.

    Parameters
    ----------
    findings : sequence of Finding
        Worst first.
    rows_of : callable
        Returns the rows of a finding, at most as many as it is told.
    counts : sequence of TableCount
        Rows read, dropped and kept.
    controls : sequence of ControlOutcome
        Totals of the books beside the import's.
    since : Comparison, optional
        What changed since the import before.

    Examples
    --------
    >>> Contents([], lambda finding, most: AffectedRows((), [])).controls
    ()
    """

    findings: Sequence[Finding]
    rows_of: Callable[[Finding, int], AffectedRows]
    counts: Sequence[TableCount] = ()
    controls: Sequence[ControlOutcome] = ()
    since: Comparison | None = None


def write_workbook(
    contents: Contents, path: Path, work: Path, most: int = MOST_ROWS
) -> None:
    """Write the workbook; it is there as a whole, or not at all.

    Parameters
    ----------
    contents : Contents
        What goes into it.
    path : Path
        The file to make.
    work : Path
        A folder for what is written on the way.
    most : int
        Rows that are listed of one finding; of those that only tell what was done, a
        thousand.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name:
    ...     folder = Path(name)
    ...     none = Contents([], lambda finding, most: AffectedRows((), []))
    ...     write_workbook(none, folder / "findings.xlsx", folder)
    ...     [file.name for file in folder.iterdir()]
    ['findings.xlsx']
    """
    aside = path.with_name(path.name + ".part")
    options = {
        "constant_memory": True,
        "tmpdir": str(work),
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    try:
        with Workbook(str(aside), options) as book:
            _fill(book, contents, most)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _fill(book: Workbook, contents: Contents, most: int) -> None:
    """Fill the sheets; the summary comes first, and says what the others list."""
    styles = Styles.of(book)
    summary = book.add_worksheet("Summary")
    if contents.controls:
        rows = map(_controlled, contents.controls)
        fill_sheet(book.add_worksheet("Control totals"), _CONTROLS, rows, styles)
    if contents.since:
        sheet = book.add_worksheet("Since last time")
        fill_sheet(sheet, _CHANGES, _changed(contents.since), styles)
    if contents.counts:
        sheet = book.add_worksheet("Rows by rule")
        fill_sheet(sheet, _ROWS, _counted(contents.counts), styles)
    listed = _list_rows(book, contents, styles, most)
    told = zip(contents.findings, listed, strict=True)
    rows = (_summed(n, *each) for n, each in enumerate(told, start=1))
    fill_sheet(summary, _SUMMARY, rows, styles, shares=("Share of money or rows",))


def _list_rows(
    book: Workbook, contents: Contents, styles: Styles, most: int
) -> list[int]:
    """Give each finding that has rows its sheet; return how many are listed."""
    listed = []
    for number, finding in enumerate(contents.findings, start=1):
        is_info = finding.severity == "info"
        affected = contents.rows_of(finding, min(most, _MOST_DONE) if is_info else most)
        rows = iter(affected.rows)
        first = next(rows, None)
        if first is None:
            listed.append(0)
            continue
        sheet = book.add_worksheet(_sheet_of(number, finding))
        listed.append(fill_sheet(sheet, affected.header, _again(first, rows), styles))
    return listed


def _sheet_of(number: int, finding: Finding) -> str:
    return sheet_name(f"{number} {finding.rule}")


def _again(
    first: tuple[object, ...], others: Iterator[tuple[object, ...]]
) -> Iterator[tuple[object, ...]]:
    yield first
    yield from others


def _summed(number: int, finding: Finding, listed: int) -> tuple[object, ...]:
    told = f"all {listed:,}" if listed else ""
    if 0 < listed < finding.rows:
        told = f"the first {listed:,} of {finding.rows:,}"
    return (
        number,
        finding.severity,
        _blocking(finding),
        Link(finding.rule, _sheet_of(number, finding)) if listed else finding.rule,
        finding.table,
        finding.column,
        finding.rows,
        in_cents(finding.money),
        finding.share,
        MEANINGS.get(finding.rule, ""),
        finding.message,
        finding.remedy,
        told,
    )


def _blocking(finding: Finding) -> str:
    """Say whether, and why: an error always does, a warning above its limit."""
    if not finding.blocks:
        return "no"
    return "yes" if finding.severity == "error" else "yes: above its limit"


def _controlled(outcome: ControlOutcome) -> tuple[object, ...]:
    control = outcome.control
    ties = "yes" if outcome.is_exact else "within tolerance"
    return (
        control.name,
        control.what,
        control.when,
        outcome.period.start,
        outcome.period.end,
        in_cents(control.amount),
        in_cents(outcome.computed),
        in_cents(outcome.difference),
        round(control.allowed, 4),
        ties if outcome.is_met else "NO",
        _hinted(outcome),
    )


def _hinted(outcome: ControlOutcome) -> str:
    """Return what may explain a difference; that nothing does, where nothing does."""
    if outcome.is_met:
        return ""
    return " – or ".join(outcome.hints) or NO_HINT


def in_cents(amount: float | None) -> float | None:
    """Return an amount of money in whole cents: converted ones have more digits.

    Examples
    --------
    >>> in_cents(301_586_573.451326), in_cents(None)
    (301586573.45, None)
    """
    return None if amount is None else round(amount, 2)


def _changed(since: Comparison) -> Iterator[tuple[object, ...]]:
    for each in since.changes:
        place = (each.rule, each.table, each.column)
        yield each.word, *place, each.before, each.now, each.gone, each.new


def _counted(counts: Sequence[TableCount]) -> Iterator[tuple[object, ...]]:
    for count in counts:
        yield count.table, "read", count.rows_in, None
        for rule in count.dropped:
            dropped = f"dropped: {rule.rule}"
            yield count.table, dropped, rule.rows, in_cents(rule.money)
        yield count.table, "kept", count.rows_out, in_cents(count.net_amount)

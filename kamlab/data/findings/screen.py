"""Show an import's result in the terminal: rows by rule, and what was found."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kamlab.data.controls.totals import COUNTS, ControlOutcome
from kamlab.data.findings.comparison import Comparison
from kamlab.data.findings.quality import Finding, Sample, counted, printable
from kamlab.data.findings.report import FURTHER_FILES, beside
from kamlab.data.findings.rules import RULES
from kamlab.data.importing.accounting import ImportResult, TableCount

_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}

#: Totals that tie and are shown; all of them stand in the log.
_MOST_MET = 30


def findings_table(findings: Iterable[Finding]) -> Table:
    """Return findings as a table for the terminal, with what to do about each.

    Values from the export are shown as they are and never read as markup.

    Parameters
    ----------
    findings : iterable of Finding
        As an import returns them, worst first.

    Examples
    --------
    >>> findings_table([]).row_count
    0
    """
    table = Table("", "What and where, and what to do", show_lines=True)
    for finding in findings:
        word = "blocks" if finding.blocks else finding.severity
        style = "bold red" if finding.blocks else _STYLES[finding.severity]
        table.add_row(Text(word, style), Text(_told(finding)))
    return table


def _told(finding: Finding) -> str:
    """Return message, further places, weight and remedy below each other.

    Beside each other they would be too narrow for keys of a mapping, which must not
    be broken within a word.
    """
    lines = [finding.message]
    if others := [each for each in finding.samples[1:] if each.row is not None]:
        lines.append(f"also {'; '.join(map(_placed, others))}")
    if finding.money is not None:
        rows = counted(finding.rows, RULES[finding.rule].unit)
        lines.append(f"{rows}, {finding.money:,.2f} in money")
    if finding.remedy != "nothing to do":
        lines.append(f"→ {finding.remedy}")
    return "\n".join(lines)


def _placed(place: Sample) -> str:
    value = f": {place.value!r}" if place.value else ""
    return f"{place.file} row {place.row:,}{value}"


def rows_table(result: ImportResult) -> Table:
    """Return a table that accounts for the rows of an import, table by table.

    Parameters
    ----------
    result : ImportResult
        What `import_portfolio` returned.

    Examples
    --------
    >>> from pathlib import Path
    >>> result = ImportResult(Path("mine"), [], [], False, Path("findings.json"))
    >>> rows_table(result).row_count
    0
    """
    table = Table("Table", "Step", "Rows", "Money")
    for column in (2, 3):
        table.columns[column].justify = "right"
    for count in result.tables:
        table.add_row(Text(count.table), "read", f"{count.rows_in:,}", "")
        for each in count.dropped:
            money = "" if each.money is None else f"{each.money:,.2f}"
            table.add_row("", Text(f"dropped: {each.rule}"), f"{each.rows:,}", money)
        if count.added:
            table.add_row("", "added: named by order lines", f"{count.added:,}", "")
        money = "" if count.net_amount is None else f"{count.net_amount:,.2f}"
        rows = f"{count.rows_out + count.added:,}"
        table.add_row("", Text(_kept(count)), rows, money)
    return table


def _kept(count: TableCount) -> str:
    """Say what the kept rows of order lines hold; their money is net."""
    if count.net_amount is None or count.first_day is None:
        return "kept"
    days = f"{count.first_day} to {count.last_day}"
    return f"kept: net amount, {days}, {count.accounts or 0:,} accounts"


def controls_table(outcomes: Iterable[ControlOutcome]) -> Table:
    """Return the totals of the books beside the import's, with their differences.

    Totals that are missed stand first; of those that tie, the first thirty are shown.

    Parameters
    ----------
    outcomes : iterable of ControlOutcome
        As an import returns them.

    Examples
    --------
    >>> controls_table([]).row_count
    0
    """
    table = Table("Control total", "Period", "Books", "Imported", "Difference")
    for column in (2, 3, 4):
        table.columns[column].justify = "right"
    in_order = sorted(outcomes, key=lambda each: each.is_met)
    missed = sum(not each.is_met for each in in_order)
    for each in in_order[: missed + _MOST_MET]:
        table.add_row(*_controlled(each))
    if len(in_order) > missed + _MOST_MET:
        more = len(in_order) - missed - _MOST_MET
        table.add_row(f"and {more:,} more totals that tie", "", "", "", "")
    return table


def _controlled(outcome: ControlOutcome) -> list[Text]:
    """Return the cells of one total; a difference beyond its tolerance is red."""
    control = outcome.control
    digits = 0 if control.measure in COUNTS else 2
    told = f"{outcome.difference:+,.{digits}f}"
    if outcome.is_exact:
        told = "0"
    elif outcome.is_met:
        told += " (tolerated)"
    return [
        Text(printable(f"{control.name}: {control.what}")),
        Text(control.when),
        Text(f"{control.amount:,.{digits}f}"),
        Text(f"{outcome.computed:,.{digits}f}"),
        Text(told, "" if outcome.is_met else "bold red"),
    ]


def show_import(result: ImportResult, console: Console | None = None) -> None:
    """Write what an import did, and where the portfolio or its findings stand.

    Parameters
    ----------
    result : ImportResult
        What `import_portfolio` returned.
    console : rich.console.Console, optional
        Where to write; by default standard output.

    Examples
    --------
    >>> from pathlib import Path
    >>> result = ImportResult(Path("/mine"), [], [], True, Path("/mine.findings.json"))
    >>> show_import(result, Console(width=80, stderr=False))
    Nothing was written to /mine; the findings stand in /mine.findings.json
    """
    console = console or Console()
    if result.tables:
        console.print(rows_table(result))
    if result.controls:
        console.print(controls_table(result.controls))
    if result.findings:
        console.print(findings_table(result.findings))
    if result.since:
        console.print(Text(_since_told(result.since)))
    if result.blocked:
        told = f"Nothing was written to {result.out}; "
        told += f"the findings stand in {result.findings_file}"
    else:
        told = f"The portfolio stands in {result.out}"
    if result.findings and result.workbook.is_file():
        told += f"; every row of the findings is in {result.workbook}"
    told += "".join(f"; see also {each}" for each in _left_beside(result))
    console.print(Text(told))


def _left_beside(result: ImportResult) -> list[Path]:
    """Return the files that a blocked import left, for whoever has to decide."""
    files = [beside(result.out, each) for each in FURTHER_FILES]
    return [each for each in files if result.blocked and each.is_file()]


def _since_told(since: Comparison) -> str:
    """Say what changed since the import before, a line for each kind of change."""
    day = f" of {since.written[:16].replace('T', ' ')} UTC" if since.written else ""
    blocked = ", which was blocked" if since.was_blocked else ""
    lines = "\n".join(f"  {each}" for each in since.lines)
    return f"Since the import{day}{blocked}:\n{lines}"

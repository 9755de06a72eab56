"""Show an import's result in the terminal: rows by rule, and what was found."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kamlab.data.accounting import ImportResult, TableCount
from kamlab.data.quality import Finding, counted

_STYLES = {"error": "bold red", "warning": "yellow", "info": "dim"}


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
    """Return message, weight and remedy below each other.

    Beside each other they would be too narrow for keys of a mapping, which must not
    be broken within a word.
    """
    lines = [finding.message]
    if finding.money is not None:
        lines.append(f"{counted(finding.rows)}, {finding.money:,.2f} in money")
    if finding.remedy != "nothing to do":
        lines.append(f"→ {finding.remedy}")
    return "\n".join(lines)


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
    if result.findings:
        console.print(findings_table(result.findings))
    if result.blocked:
        told = f"Nothing was written to {result.out}; "
        told += f"the findings stand in {result.findings_file}"
    else:
        told = f"The portfolio stands in {result.out}"
    console.print(Text(told))

"""Show an import's result in the terminal: rows by rule, and what was found."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kamlab.data.accounting import ImportResult
from kamlab.data.quality import Finding

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
    table = Table("", "What and where", "Rows", "Money", "What to do")
    table.columns[1].overflow = table.columns[4].overflow = "fold"
    for column in (2, 3):
        table.columns[column].justify = "right"
    for finding in findings:
        word = "blocks" if finding.blocks else finding.severity
        money = "" if finding.money is None else f"{finding.money:,.2f}"
        table.add_row(
            Text(word, "bold red" if finding.blocks else _STYLES[finding.severity]),
            Text(finding.message),
            Text(f"{finding.rows:,}"),
            Text(money),
            Text(finding.remedy),
        )
    return table


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
        table.add_row("", "kept", f"{count.rows_out + count.added:,}", "")
    return table


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

"""The data dictionary: every table and column a portfolio may hold, for people."""

import csv
import io
import json
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table as ScreenTable
from rich.text import Text

from kamlab.data.contract import EXTRACT, FIXED, ROW, TABLES, Column, Table
from kamlab.data.contract import table as declaration
from kamlab.errors import UsageError, did_you_mean

_WIDTH = 100

_KNOWN_FROM = {
    ROW: "with its row",
    FIXED: "always; it does not change",
    EXTRACT: "as of extract; not for models",
}


def contract_rows(table: str | None = None) -> list[dict[str, str]]:
    """Return the data dictionary as one dictionary for each column.

    Parameters
    ----------
    table : str, optional
        Only this table; by default all.

    Raises
    ------
    UsageError
        If the contract has no such table.

    Examples
    --------
    >>> contract_rows("products")[0]["column"]
    'product_id'
    """
    return [_row(each, column) for each in _tables(table) for column in each]


def _tables(name: str | None) -> Sequence[Table]:
    return list(TABLES.values()) if name is None else [declaration(name)]


def _row(table: Table, column: Column) -> dict[str, str]:
    return {
        "table": table.name,
        "column": column.name,
        "type": column.dtype,
        "required": "yes" if column.required else "",
        "unit": column.unit,
        "allowed": _allowed(column),
        "known_from": _KNOWN_FROM.get(column.known_from, f"on {column.known_from}"),
        "derived": column.derived,
        "personal": "yes" if column.personal else "",
        "description": column.description,
    }


def _allowed(column: Column) -> str:
    """Say which values a column takes, as a list or as a range."""
    if column.allowed:
        return ", ".join(column.allowed)
    low, high = column.minimum, column.maximum
    if low is None and high is None:
        return ""
    if high is None:
        return f"at least {low:g}"
    return f"at most {high:g}" if low is None else f"{low:g} to {high:g}"


def describe_contract(table: str | None = None, format_: str = "text") -> str:
    """Return the data dictionary as text for the terminal, Markdown, CSV or JSON.

    Parameters
    ----------
    table : str, optional
        Only this table; by default all.
    format_ : {"text", "markdown", "csv", "json"}
        For reading, for a document, for a spreadsheet, for a program.

    Raises
    ------
    UsageError
        If the contract has no such table, or the format is not one of these.

    Examples
    --------
    >>> print(describe_contract("events", "csv").splitlines()[1])
    events,event_id,text,,,,with its row,counted in order,,Number of the event
    """
    if format_ not in _FORMATS:
        hint = did_you_mean(format_, _FORMATS)
        raise UsageError(f"format = {format_!r} is not one of these: {hint}")
    return _FORMATS[format_](_tables(table))


def _as_text(tables: Sequence[Table]) -> str:
    """Draw one table for each table of the contract."""
    page = io.StringIO()
    console = Console(file=page, width=_WIDTH)
    for table in tables:
        console.print(_screen_table(table))
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


def _screen_table(table: Table) -> ScreenTable:
    screen = ScreenTable(
        "Column (* required)",
        "Type",
        "What it is",
        "Known from",
        title=Text(f"{table.name}: {table.row}"),
        title_justify="left",
    )
    for column in table:
        row = _row(table, column)
        star = "*" if column.required else ""
        screen.add_row(
            Text(column.name + star),
            Text(row["type"]),
            Text(_explained(row)),
            Text(row["known_from"]),
        )
    return screen


def _explained(row: dict[str, str]) -> str:
    """Join description, unit, allowed values and derivation to one text."""
    words = [row["description"]]
    words += [f"[{row['unit']}]"] if row["unit"] else []
    words += [f"({row['allowed']})"] if row["allowed"] else []
    words += ["(personal)"] if row["personal"] else []
    told = " ".join(words)
    return f"{told}; where missing: {row['derived']}" if row["derived"] else told


def _as_markdown(tables: Sequence[Table]) -> str:
    lines = []
    for table in tables:
        lines += [f"## {table.name}", "", f"A row is {table.row}.", ""]
        lines += ["| Column | Type | What it is | Known from |", "|---|---|---|---|"]
        for column in table:
            row = _row(table, column)
            name = f"**{column.name}**" if column.required else column.name
            cells = [name, row["type"], _explained(row), row["known_from"]]
            escaped = (cell.replace("|", "\\|") for cell in cells)
            lines.append(f"| {' | '.join(escaped)} |")
        lines.append("")
    return "\n".join(lines).rstrip()


def _as_csv(tables: Sequence[Table]) -> str:
    rows = [_row(table, column) for table in tables for column in table]
    page = io.StringIO()
    writer = csv.DictWriter(page, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return page.getvalue().rstrip("\n")


def _as_json(tables: Sequence[Table]) -> str:
    content = {
        table.name: {
            "row": table.row,
            "key": list(table.key),
            "columns": [_row(table, column) for column in table],
        }
        for table in tables
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


_FORMATS: dict[str, Callable[[Sequence[Table]], str]] = {
    "text": _as_text,
    "markdown": _as_markdown,
    "csv": _as_csv,
    "json": _as_json,
}

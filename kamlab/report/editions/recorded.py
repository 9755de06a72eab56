"""The tables that notebooks showed, and what they are called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nbformat

from kamlab.report.execute import heading
from kamlab.report.page import Page
from kamlab.report.table_values import Values, read_values
from kamlab.report.tables import MIME_TYPE


@dataclass(frozen=True)
class RecordedTable:
    """One table of a page: where it stands, its heads, and its values.

    Examples
    --------
    >>> values = Values(("orders",), ("count",), ((412.0,),), rows=1)
    >>> RecordedTable("11", "Concentration", "Orders", ("Orders",), values).title
    'Orders'
    """

    page: str
    page_title: str
    title: str
    heads: tuple[str, ...]
    data: Values


def recorded_tables(pages: Sequence[Page]) -> list[RecordedTable]:
    """Return every table that the pages show, in the order in which they are read.

    Parameters
    ----------
    pages : sequence of Page
        Of a report. Tables of which no values are kept, because another program made
        them, are left out.

    Examples
    --------
    >>> recorded_tables([])
    []
    """
    return [
        RecordedTable(page.name, page.title, title, heads, values)
        for page in pages
        for title, heads, values in _tables(page.notebook)
    ]


def _tables(
    notebook: nbformat.NotebookNode,
) -> Iterator[tuple[str, tuple[str, ...], Values]]:
    """Yield title, heads and values; the title is the caption, or the heading above."""
    above = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            above = heading(cell.source) or above
        for output in cell.get("outputs", []):
            shown = output.get("data", {}).get(MIME_TYPE)
            about: Mapping[str, Any] = output.get("metadata", {})
            if shown and MIME_TYPE in about:
                title = shown["caption"] or above or _named_by_heads(shown)
                values = read_values(about[MIME_TYPE])
                yield title, tuple(shown["columns"]), values


def _named_by_heads(shown: Mapping[str, Any]) -> str:
    """Return what a table without caption and heading is called: its first columns."""
    return ", ".join(shown["columns"][:2])

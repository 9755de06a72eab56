"""Sections that close up, with one sentence, when the data for them are missing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from kamlab.data.contract import table
from kamlab.errors import UsageError

#: Media type of the sentence in the output of an executed notebook.
MIME_TYPE = "application/vnd.kamlab.missing+json"


class HasTables(Protocol):
    """Anything that knows which tables and columns it has, such as a portfolio."""

    def has(self, name: str) -> bool:
        """Say whether a table ("events") or a column ("orders.cogs") is there."""


@dataclass(frozen=True)
class Missing:
    """A section that is not shown, and the tables and columns it would need.

    Examples
    --------
    >>> print(Missing("Gross margin", ("orders.cogs",)))
    Gross margin is not shown: the data have no “Cost of the goods on the line” (column
    cogs of table orders).
    """

    section: str
    needs: tuple[str, ...]

    def __str__(self) -> str:
        lacks = [f"no {_in_words(need)}" for need in self.needs]
        lacking = " and ".join(filter(None, [", ".join(lacks[:-1]), lacks[-1]]))
        return f"{self.section} is not shown: the data have {lacking}."

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {MIME_TYPE: {**asdict(self), "text": str(self)}, "text/plain": str(self)}


def available(portfolio: HasTables, *needs: str, section: str) -> bool:
    """Say whether the data for a section are there; if not, tell the reader why.

    Parameters
    ----------
    portfolio : Portfolio
        What is looked at; anything with a method `has`.
    *needs : str
        Tables and columns the section reads, such as ``"events"`` and
        ``"orders.cogs"``.
    section : str
        What the reader would see, such as ``"Gross margin by account"``.

    Returns
    -------
    bool
        True if all are there. If not, one sentence is displayed in the section's
        place, and the report's front page names what is missing.

    Raises
    ------
    UsageError
        If the data contract knows no such table or column.

    Examples
    --------
    >>> class OrdersOnly:
    ...     def has(self, name):
    ...         return name == "orders"
    >>> available(OrdersOnly(), "orders", section="Revenue")
    True
    >>> available(OrdersOnly(), "events", section="What happened")
    What happened is not shown: the data have no events (table events: something that
    happened and explains figures).
    False
    """
    if not needs:
        raise UsageError(
            f"section {section!r} names no table or column: give those it reads"
        )
    for need in needs:
        _in_words(need)
    missing = tuple(need for need in needs if not portfolio.has(need))
    if missing:
        _display(Missing(section, missing))
    return not missing


def _display(missing: Missing) -> None:
    from IPython.display import display  # a third of a second, only kernels need it

    display(missing)


def _in_words(need: str) -> str:
    """Name a table or column by what it is, in the contract's own words."""
    table_name, _, column_name = need.partition(".")
    declared = table(table_name)
    if not column_name:
        noun = table_name.replace("_", " ")
        return f"{noun} (table {table_name}: {_lower(declared.row)})"
    column = declared.column(column_name)
    return f"“{column.description}” (column {column_name} of table {table_name})"


def _lower(text: str) -> str:
    """Begin with a small letter, unless the first word is an abbreviation."""
    is_abbreviation = text[:2].isupper() and text[:2].isalpha()
    return text if is_abbreviation else text[:1].lower() + text[1:]


def read_missing(notebook: Mapping[str, Any]) -> list[Missing]:
    """Return the sections that an executed notebook could not show.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.

    Returns
    -------
    list of Missing
        In the notebook's order; empty if everything was there.

    Examples
    --------
    >>> payload = {"section": "What happened", "needs": ["events"], "text": "…"}
    >>> read_missing({"cells": [{"outputs": [{"data": {MIME_TYPE: payload}}]}]})
    [Missing(section='What happened', needs=('events',))]
    """
    payloads = [
        output.get("data", {}).get(MIME_TYPE)
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
    ]
    return [Missing(p["section"], tuple(p["needs"])) for p in payloads if p]

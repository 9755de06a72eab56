"""Sections that close up, with one sentence, when the data for them are missing.

Glossary
--------
gap
    A table or column that the data do not hold, with the sections that need it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from kamlab.data.contract import table
from kamlab.errors import UsageError
from kamlab.language import _, plural

#: Media type of the sentence in the output of an executed notebook.
MIME_TYPE = "application/vnd.kamlab.missing+json"


#: What a section asks for that needs to know on which days one ordered.
ORDER_DAYS = "order days"


class HasTables(Protocol):
    """Anything that knows which tables and columns it has, such as a portfolio."""

    @property
    def grain(self) -> str:
        """Whether order lines have days ("day") or are sums of months ("month")."""

    def has(self, name: str) -> bool:
        """Say whether a table ("events") or a column ("orders.cogs") is there."""


@dataclass(frozen=True)
class Missing:
    """A section that is not shown, and the tables and columns it would need.

    Examples
    --------
    >>> print(Missing("Gross margin", ("orders.cogs",)))
    “Gross margin” is not shown: the data have no “Cost of the goods on the line”
    (column cogs of table orders).
    """

    section: str
    needs: tuple[str, ...]

    def reason(self) -> str:
        """Say what the data lack, as half a sentence.

        Examples
        --------
        >>> print(Missing("Gross margin", ("orders.cogs",)).reason())
        the data have no “Cost of the goods on the line” (column cogs of table orders)
        """
        lacks = [_("no {what}").format(what=_in_words(need)) for need in self.needs]
        first = _(", ").join(lacks[:-1])
        lacking = _(" and ").join(filter(None, [first, lacks[-1]]))
        return _("the data have {lacking}").format(lacking=lacking)

    def __str__(self) -> str:
        told = _("“{section}” is not shown: {reason}.")
        return told.format(section=self.section, reason=self.reason())

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
        ``"orders.cogs"``; or ``"order days"``, where sums of months will not do.
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
    “What happened” is not shown: the data have no events (table events: something that
    happened and explains figures).
    False
    """
    if not needs:
        raise UsageError(
            f"section {section!r} names no table or column: give those it reads"
        )
    for need in needs:
        _in_words(need)
    missing = dict.fromkeys(
        _whole(portfolio, need) for need in needs if not _has(portfolio, need)
    )
    if missing:
        _display(Missing(section, tuple(missing)))
    return not missing


def _has(portfolio: HasTables, need: str) -> bool:
    return portfolio.grain == "day" if need == ORDER_DAYS else portfolio.has(need)


def _whole(portfolio: HasTables, need: str) -> str:
    """Name the table instead of its columns where the whole table is missing."""
    if need == ORDER_DAYS:
        return need
    table_name = need.partition(".")[0]
    return need if portfolio.has(table_name) else table_name


def _display(missing: Missing) -> None:
    from IPython.display import display  # a third of a second, only kernels need it

    display(missing)


def _in_words(need: str) -> str:
    """Name a table or column by what it is, in the contract's own words."""
    if need == ORDER_DAYS:
        return _("order days (order lines are sums of months)")
    table_name, _dot, column_name = need.partition(".")
    declared = table(table_name)
    if not column_name:
        noun = table_name.replace("_", " ")
        row = _lower(declared.row)
        told = _("{noun} (table {table}: {row})")
        return told.format(noun=noun, table=table_name, row=row)
    column = declared.column(column_name)
    return _("“{words}” (column {column} of table {table})").format(
        words=column.description, column=column_name, table=table_name
    )


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


@dataclass(frozen=True)
class Gap:
    """A missing table or column, and every section that is not shown for want of it.

    Examples
    --------
    >>> print(Gap("orders.cogs", ("Profit by account", "What if")))
    Cost of the goods on the line (column cogs of table orders): 2 sections
    """

    need: str
    sections: tuple[str, ...]

    def __str__(self) -> str:
        count = plural("{n} section", "{n} sections", len(self.sections))
        return _("{what}: {sections}").format(what=name_of(self.need), sections=count)


def name_of(need: str) -> str:
    """Name a table or column in a few words, as a list of missing data does.

    Parameters
    ----------
    need : str
        Such as ``"events"`` or ``"orders.cogs"``.

    Examples
    --------
    >>> name_of("activity_minutes")
    'Activity minutes (table activity_minutes)'
    """
    if need == ORDER_DAYS:
        return _("Order days (order lines are sums of months)")
    table_name, _dot, column_name = need.partition(".")
    declared = table(table_name)
    if not column_name:
        noun = table_name.replace("_", " ")
        noun = f"{noun[:1].upper()}{noun[1:]}"
        return _("{noun} (table {table})").format(noun=noun, table=table_name)
    words = declared.column(column_name).description
    return _("{words} (column {column} of table {table})").format(
        words=words, column=column_name, table=table_name
    )


def gaps_of(missing: Sequence[Missing]) -> list[Gap]:
    """Return each missing table or column once, the one that darkens most first.

    Parameters
    ----------
    missing : sequence of Missing
        Sections that are not shown. One that lacks two columns counts for both.

    Examples
    --------
    >>> profit = Missing("Profit", ("orders.cogs",))
    >>> time = Missing("Time", ("interactions", "orders.cogs"))
    >>> for gap in gaps_of([time, profit]):
    ...     print(gap)
    Cost of the goods on the line (column cogs of table orders): 2 sections
    Interactions (table interactions): 1 section
    """
    needs = dict.fromkeys(need for each in missing for need in each.needs)
    gaps = [
        Gap(need, tuple(each.section for each in missing if need in each.needs))
        for need in needs
    ]
    return sorted(gaps, key=lambda gap: -len(gap.sections))

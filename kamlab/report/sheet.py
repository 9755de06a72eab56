"""The sheet at the top of a page: cells tagged slot:<name> on one side of A4.

Glossary
--------
slot
    A place on the sheet with a name. All cells that carry its tag stand there, in their
    order; a slot that shows nothing closes up.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import nbformat

from kamlab.language import _
from kamlab.report.anchors import led
from kamlab.report.blocks import Block, Groups
from kamlab.report.columns import in_two_columns
from kamlab.report.content import blocks_of
from kamlab.report.sections import Missing

#: What the tag of a cell in a slot begins with.
SLOT_TAG = "slot:"

#: Slots as wide as the sheet; those between them stand in two columns.
_WIDE = frozenset(
    (
        "head",
        "sentence",
        "sentences",
        "tiles",
        "watch",
        "chances",
        "decide",
        "plan",
        "foot",
    )
)

#: Kinds of blocks that only tell what is not there.
_DARK = frozenset(("missing", "folded"))


@dataclass(frozen=True)
class Slot:
    """One place on the sheet, and what stands there.

    Examples
    --------
    >>> Slot("watch", []).is_wide, Slot("movers", []).is_wide
    (True, False)
    """

    name: str
    groups: Groups

    def led(self, places: Collection[str], page: str = "") -> "Slot":
        """Return the slot with its links as `kamlab.report.anchors.led` writes them.

        Examples
        --------
        >>> Slot("watch", []).led({"at-watch"})
        Slot(name='watch', groups=[])
        """
        return Slot(self.name, led(self.groups, places, page))

    @property
    def is_wide(self) -> bool:
        """Whether it is as wide as the sheet; others stand in two columns."""
        return self.name in _WIDE


def slot_of(cell: Mapping[str, object]) -> str:
    """Return the name of the slot that a cell belongs to, or "" if to none.

    Parameters
    ----------
    cell : nbformat.NotebookNode
        Its first tag that begins with ``slot:`` counts.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell("watch", metadata={"tags": ["slot:watch"]})
    >>> slot_of(cell), slot_of(nbformat.v4.new_code_cell("1"))
    ('watch', '')
    """
    tags = cell["metadata"].get("tags", [])
    names = (tag.removeprefix(SLOT_TAG) for tag in tags if tag.startswith(SLOT_TAG))
    return next(names, "")


def has_sheet(notebook: nbformat.NotebookNode) -> bool:
    """Say whether a notebook lays out a sheet.

    Examples
    --------
    >>> has_sheet(nbformat.v4.new_notebook())
    False
    """
    return any(slot_of(cell) for cell in notebook.cells)


def below_sheet(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a notebook without the cells that stand on its sheet.

    Examples
    --------
    >>> cells = [nbformat.v4.new_code_cell("1", metadata={"tags": ["slot:head"]}),
    ...          nbformat.v4.new_markdown_cell("Definitions")]
    >>> len(below_sheet(nbformat.v4.new_notebook(cells=cells)).cells)
    1
    """
    rest = [cell for cell in notebook.cells if not slot_of(cell)]
    return nbformat.from_dict({**notebook, "cells": rest})


def sheet_of(
    notebook: nbformat.NotebookNode, pages: Mapping[str, str] | None = None
) -> list[list[list[Slot]]]:
    """Return what stands on a notebook's sheet, band by band.

    A slot whose data are missing closes up; the last slot names what was missing.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.
    pages : mapping of str to str, optional
        File of every page of the report by its notebook's name.

    Returns
    -------
    list of list of list of Slot
        Bands in the order of the notebook; empty if it lays out no sheet. A band has
        one column of one slot, as wide as the sheet, or two columns of slots.

    Examples
    --------
    >>> def cell(name):
    ...     return nbformat.v4.new_markdown_cell("-", metadata={"tags": [name]})
    >>> cells = map(cell, ["slot:tiles", "slot:picture", "slot:movers", "slot:foot"])
    >>> bands = sheet_of(nbformat.v4.new_notebook(cells=list(cells)))
    >>> [[[slot.name for slot in column] for column in band] for band in bands]
    [[['tiles']], [['picture'], ['movers']], [['foot']]]
    """
    groups = {
        name: blocks_of(_only(notebook, name), pages) for name in _names(notebook)
    }
    lit = {name: _lit(each) for name, each in groups.items() if _lit(each)}
    dark = [block for each in groups.values() for block in _dark(each)]
    if lit and dark:
        told = Block("missing", not_available(_gathered(dark)))
        lit[list(lit)[-1]].append(("missing", [told]))
    bands = _bands([Slot(*each) for each in lit.items()])
    return [in_two_columns(band, lambda slot: slot.groups) for band in bands]


def _names(notebook: nbformat.NotebookNode) -> list[str]:
    """Return the names of the slots, each once, in the order of the notebook."""
    return [name for name in dict.fromkeys(map(slot_of, notebook.cells)) if name]


def _only(notebook: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    cells = [cell for cell in notebook.cells if slot_of(cell) == name]
    return nbformat.from_dict({**notebook, "cells": cells})


def _lit(groups: Groups) -> Groups:
    """Return what a slot shows; a recorded figure gives way to the tiles beside it."""
    kinds = {group[0] for group in groups}
    hidden = _DARK | ({"tile"} if "tiles" in kinds else set())
    return [(kind, blocks) for kind, blocks in groups if kind not in hidden]


def _dark(groups: Groups) -> list[Block]:
    return [block for kind, blocks in groups if kind in _DARK for block in blocks]


def _gathered(dark: list[Block]) -> list[Missing]:
    """Return every section that is not shown, from folded blocks and single ones."""
    told = [each.content if each.kind == "folded" else (each.content,) for each in dark]
    return list(dict.fromkeys(gap for gaps in told for gap in gaps))


def not_available(missing: Sequence[Missing]) -> str:
    """Say in one line which sections a sheet lacks, and for want of what.

    Parameters
    ----------
    missing : sequence of Missing
        The sections, at least one.

    Examples
    --------
    >>> not_available([Missing("Overdue", ("receivables",)),
    ...                Missing("Chances", ("contracts", "opportunities"))])
    'Not available: Overdue (receivables); Chances (contracts, opportunities).'
    """
    told = [f"{each.section} ({', '.join(each.needs)})" for each in missing]
    return _("Not available: {sections}.").format(sections="; ".join(told))


def _bands(slots: Sequence[Slot]) -> list[list[Slot]]:
    """Gather the narrow slots that follow each other; a wide one is a band itself."""
    bands: list[list[Slot]] = []
    for slot in slots:
        if bands and not slot.is_wide and not bands[-1][-1].is_wide:
            bands[-1].append(slot)
        else:
            bands.append([slot])
    return bands

"""Teaching notes: how long a section takes, what to ask, which mistakes to expect.

A note is a text cell tagged ``instructor``::

    Minutes: 8
    Ask: Who of your customers would you miss?
    Common mistake: Taking gross revenue.

``Minutes: 5 + 3 deeper`` keeps three of the minutes off the core path; in a cell that
is tagged ``deeper`` as well, all of them are. Whatever else the cell says is a remark.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import nbformat

from kamlab.course.lesson import sections_of, tags_of
from kamlab.course.source import INSTRUCTOR
from kamlab.errors import UsageError

#: Minutes that the core path of a lesson may take.
CORE_MINUTES = 60

_MINUTES = re.compile(r"Minutes: *(\d+)(?: *\+ *(\d+) +deeper)?\.?$")
_ITEM = re.compile(r"^(?:[*-] +)?(Ask|Common mistake): *(.*)$")


@dataclass(frozen=True)
class Note:
    """What a teacher should know about a section.

    Parameters
    ----------
    section : str
        Its heading; "" is the opening of the lesson.
    minutes, deeper : int
        Minutes on the core path, and beyond it.
    questions, mistakes : tuple of str
        What to ask, and what students often get wrong.
    remarks : tuple of str
        Anything else.

    Examples
    --------
    >>> Note("Limits", 3, 0).questions
    ()
    """

    section: str
    minutes: int
    deeper: int
    questions: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def read_note(text: str, section: str = "", goes_further: bool = False) -> Note:
    """Read one teaching note.

    Parameters
    ----------
    text : str
        The cell's text.
    section : str
        The heading it stands under.
    goes_further : bool
        Whether none of its minutes belongs to the core path.

    Returns
    -------
    Note

    Raises
    ------
    UsageError
        If its first line does not say how many minutes.

    Examples
    --------
    >>> note = read_note("Minutes: 5 + 3 deeper\\nAsk: Who brings\\nthe revenue?")
    >>> note.minutes, note.deeper, note.questions
    (5, 3, ('Who brings the revenue?',))
    """
    first, *rest = text.strip().splitlines() or [""]
    minutes = _MINUTES.match(first.strip())
    if not minutes:
        raise UsageError(
            f"a teaching note begins with {first!r:.60}: begin it with 'Minutes: 8', "
            "or 'Minutes: 5 + 3 deeper'"
        )
    core, more = int(minutes[1]), int(minutes[2] or 0)
    told = list(_items(rest))
    return Note(
        section,
        0 if goes_further else core,
        core + more if goes_further else more,
        tuple(text for kind, text in told if kind == "Ask"),
        tuple(text for kind, text in told if kind == "Common mistake"),
        tuple(text for kind, text in told if not kind),
    )


def notes_of(notebook: nbformat.NotebookNode) -> list[Note]:
    """Return the teaching notes of a lesson, in order.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The teacher's edition.

    Raises
    ------
    UsageError
        If a note does not say its minutes; the message names the cell.

    Examples
    --------
    >>> cell = nbformat.v4.new_markdown_cell(
    ...     "Minutes: 3", metadata={"tags": ["instructor"]})
    >>> notes_of(nbformat.v4.new_notebook(cells=[cell]))[0].minutes
    3
    """
    return [
        _note(cell, section.title, section.goes_further)
        for section in sections_of(notebook)
        for cell in section.cells
        if INSTRUCTOR in tags_of(cell)
    ]


def core_minutes(notes: Iterable[Note]) -> int:
    """Return how many minutes the core path of a lesson takes.

    Examples
    --------
    >>> core_minutes([Note("A", 8, 0), Note("B", 5, 3)])
    13
    """
    return sum(note.minutes for note in notes)


def _note(cell: nbformat.NotebookNode, section: str, goes_further: bool) -> Note:
    try:
        return read_note(
            cell.source, section, goes_further or "deeper" in tags_of(cell)
        )
    except UsageError as error:
        raise UsageError(f"cell {cell.id}: {error}") from None


def _items(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Join the lines of each question, mistake or remark; a blank line ends one."""
    kind, words = "", []
    for line in [*lines, ""]:
        item = _ITEM.match(line)
        if (item or not line.strip()) and words:
            yield kind, " ".join(words)
            kind, words = "", []
        if item:
            kind, words = item[1], [item[2].strip()]
        elif line.strip():
            words.append(line.strip())

"""Find the header of a sheet: below titles, over several lines, in merged cells.

Nothing is guessed: the header is where the columns stand that the mapping asks for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kamlab.data.mapping.mapping import FILE, SHEET, TableMapping
from kamlab.data.reading.cells import cell_text
from kamlab.data.reading.other_names import under_first_names

#: Rows among which a header is looked for.
LOOKED_AT = 60

_MOST_LINES = 2


@dataclass(frozen=True)
class Span:
    """Cells that were merged into one, counted from 0, both ends included.

    Examples
    --------
    >>> Span(0, 2, 0, 4).covers(0, 3)
    True
    """

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell is one of them.

        Examples
        --------
        >>> Span(0, 2, 1, 2).covers(2, 2)
        False
        """
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Heading:
    """A header: its first row and its lines, counted from 0, and the names in it.

    Examples
    --------
    >>> Heading(2, 1, ("Nr", "Netto")).below
    3
    """

    first: int
    lines: int
    names: tuple[str, ...]

    @property
    def below(self) -> int:
        """The first row below it.

        Examples
        --------
        >>> Heading(0, 2, ()).below
        2
        """
        return self.first + self.lines


def find_heading(
    head: Sequence[Sequence[object]], merged: Iterable[Span], mapping: TableMapping
) -> Heading:
    """Return the header among the first rows of a sheet.

    Parameters
    ----------
    head : sequence of sequences
        Cells of the first rows.
    merged : iterable of Span
        Cells that were merged.
    mapping : TableMapping
        The columns it asks for, and where it says that the header stands.

    Examples
    --------
    >>> from kamlab.data.mapping.mapping import ColumnSource
    >>> mapping = TableMapping((), {"order_id": ColumnSource(("Nr",))})
    >>> find_heading([["Sales 2025", ""], ["Nr", "Netto"]], [], mapping).first
    1
    """
    merged, form = list(merged), mapping.format
    starts = [form.skip_lines] if form.skip_lines else range(len(head))
    depths = [form.header_lines] if form.header_lines else range(1, _MOST_LINES + 1)
    found = [
        Heading(first, lines, _names(head, first, lines, merged))
        for first in starts
        for lines in depths
        if first + lines <= len(head)
    ]
    if not found:  # more lines are declared than there are
        return Heading(len(head), 0, ("",) * len(head[0]))
    best = max(
        found,
        key=lambda each: (
            _asked(each, mapping),
            _is_merged_into_one(each, merged),
            -each.lines,
            -each.first,
        ),
    )
    if form.skip_lines or _asked(best, mapping):
        return best
    wide = [each for each in found if sum(map(bool, each.names)) > 1]
    return min(wide, key=lambda each: (each.lines, each.first), default=best)


def _is_merged_into_one(heading: Heading, merged: list[Span]) -> bool:
    """Whether some cell goes over all lines of a header, as beside months of a year."""
    last = heading.below - 1
    return heading.lines > 1 and any(
        span.top == heading.first and span.bottom == last for span in merged
    )


def _asked(heading: Heading, mapping: TableMapping) -> int:
    """How many of the columns that a mapping asks for stand in a header."""
    there = set(under_first_names(heading.names, mapping))
    asked = len(asked_of_files(mapping) & there)
    unpivot = mapping.unpivot
    return asked + bool(unpivot and any(map(unpivot.takes, heading.names)))


def asked_of_files(mapping: TableMapping) -> set[str]:
    """Return the columns that a mapping asks of its files.

    The names of sheets and files, and what becomes of columns that are unpivoted, do
    not stand in them.

    Examples
    --------
    >>> from kamlab.data.mapping.mapping import ColumnSource
    >>> columns = {"order_id": ColumnSource(("Nr",)), "channel": ColumnSource((SHEET,))}
    >>> asked_of_files(TableMapping((), columns))
    {'Nr'}
    """
    if mapping.join is not None:  # which others its files have is not known
        return set(mapping.join.line_columns)
    made = {SHEET, FILE}
    if mapping.unpivot is not None:
        made |= {mapping.unpivot.name, mapping.unpivot.value}
    return set(mapping.asked) - made


def _names(
    head: Sequence[Sequence[object]], first: int, lines: int, merged: list[Span]
) -> tuple[str, ...]:
    """Join the lines of a header: 2024 above Umsatz is "2024 / Umsatz"."""
    rows = range(first, first + lines)
    spans = [each for each in merged if each.top in rows and each.right > each.left]
    written = [
        _line(head, row, merged, is_open=not spans and row < rows[-1]) for row in rows
    ]
    return tuple(
        " / ".join(dict.fromkeys(name for name in names if name))
        for names in zip(*written, strict=True)
    )


def _line(
    head: Sequence[Sequence[object]], row: int, merged: list[Span], is_open: bool
) -> list[str]:
    """One line of a header, merged cells filled.

    Where a file does not say which cells are merged, an upper line is `is_open`: its
    names go on to the right.
    """
    names = [_name(cell) for cell in head[row]]
    for span in merged:
        if span.top <= row <= span.bottom and span.top < len(head):
            text = _name(head[span.top][span.left])
            names[span.left : span.right + 1] = [text] * len(
                names[span.left : span.right + 1]
            )
    if is_open:
        for left, right in pairwise(range(len(names))):
            names[right] = names[right] or names[left]
    return names


def _name(cell: object) -> str:
    return " ".join((cell_text(cell) or "").split())


def titles_above(head: Sequence[Sequence[object]], heading: Heading) -> tuple[str, ...]:
    """Return the texts that stand above a header.

    Examples
    --------
    >>> titles_above([["Sales", "", "Unit: kEUR"], ["Nr"]], Heading(1, 1, ("Nr",)))
    ('Sales', 'Unit: kEUR')
    """
    above = (_name(cell) for row in head[: heading.first] for cell in row)
    return tuple(each for each in above if each)

"""Look at the lines of a text file: which are blank, and which is the header.

A row is counted as a spreadsheet counts it: blank lines are rows, and a text in quotes
that goes over several lines is in one row.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import Format

_LOOKED_AT = 20
_SAMPLED = 200
_LONGEST_CELL = 2_000_000


def records(lines: Iterable[str], form: Format) -> Iterator[list[str]]:
    """Return the records of lines of text; a blank line is an empty record.

    Examples
    --------
    >>> list(records(["Nr;Netto", "", "1;2"], Format(delimiter=";")))
    [['Nr', 'Netto'], [], ['1', '2']]
    """
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(
        lines,
        delimiter=form.delimiter,
        quotechar=form.quote or None,
        quoting=csv.QUOTE_MINIMAL if form.quote else csv.QUOTE_NONE,
        strict=False,
    )


def blank_rows(path: Path, form: Format) -> tuple[int, ...]:
    """Return the rows of a UTF-8 file that are blank, counted from 1.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "june.csv"
    ...     _ = path.write_text("Nr,Text\\n1,a\\n\\n2,'b\\n\\nc'\\n\\n")
    ...     blank_rows(path, Format(quote="'"))
    (3, 5)
    """
    with open(path, encoding="utf-8-sig", newline="") as lines:
        try:
            counted = enumerate(records(lines, form), 1)
            return tuple(number for number, cells in counted if not cells)
        except csv.Error:
            return ()  # a cell without end; the reader tells of it


def first_rows(path: Path, form: Format) -> list[list[str]]:
    """Return the cells of the first rows below the header of a UTF-8 file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "june.csv"
    ...     _ = path.write_text("Nr,Net\\n1,2.50\\n")
    ...     first_rows(path, Format())
    [['1', '2.50']]
    """
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as lines:
        try:
            return list(islice(records(lines, form), 1, 1 + _SAMPLED))
        except csv.Error:
            return []  # a cell without end; the reader tells of it


def title_above(
    first: tuple[str, ...],
    line: str,
    below: Iterable[str],
    form: Format,
    shown: str,
    table: str,
) -> Finding | None:
    """Return a finding when a title or a blank line stands where the header should.

    Parameters
    ----------
    first : tuple of str
        Cells of the line that should be the header.
    line : str
        The line itself.
    below : iterable of str
        The lines that follow.
    form : Format
        How the file is written.
    shown, table : str
        What findings call the file, and its table.

    Examples
    --------
    >>> lines = ["", "Nr,Netto"]
    >>> found = title_above(("Sales",), "Sales", lines, Format(), "a.csv", "orders")
    >>> found.remedy
    'line 3 looks like the header: set tables.orders.format.skip_lines: 2'
    """
    says_delimiter = line.lower().startswith("sep=")
    if _filled(first) > 1 and not says_delimiter:
        return None
    widths = [_filled(each) for each in islice(records(below, form), _LOOKED_AT)]
    widest = max(widths, default=0)
    place = [Sample(shown, 1 + form.skip_lines, line.rstrip("\r\n"))]
    if widest > 1 or (says_delimiter and widest):
        lines = form.skip_lines + 1 + widths.index(widest)
        return make_finding(
            "title_above_header", table, samples=place, line=lines + 1, lines=lines
        )
    if not first:
        reason = f"there is no header in line {1 + form.skip_lines}"
        return make_finding("unreadable_file", table, samples=place, reason=reason)
    return None


def _filled(cells: Iterable[str]) -> int:
    return sum(bool(each.strip()) for each in cells)

"""Read the tables of an HTML page, as which many systems save what they call Excel."""

import codecs
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.reading.headings import Span, asked_of_files
from kamlab.data.reading.pages import Grid, Page, page_of
from kamlab.data.reading.parquetfile import unreadable

_MOST_BYTES = 300_000_000
_MOST_SPANNED = 1_000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_BREAKS = ("br", "p", "div")
_UNSEEN = ("script", "style")


def html_pages(
    path: Path, shown: str, mapping: TableMapping, table: str
) -> tuple[list[Page], list[Finding]]:
    """Return the tables of a page that have the mapping's columns.

    Parameters
    ----------
    path : Path
        The file.
    shown : str
        What findings call it.
    mapping : TableMapping
        The columns it asks for, and the encoding where the page names none.
    table : str
        The contract's table.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "list.xls"
    ...     _ = path.write_text("<table><tr><th>Nr<th>Net<tr><td>7<td>9.50</table>")
    ...     pages, found = html_pages(path, "list.xls", TableMapping((), {}), "orders")
    >>> pages[0].header, list(pages[0].rows)
    (('Nr', 'Net'), [(2, ['7', '9.50'])])
    """
    if path.stat().st_size > _MOST_BYTES:
        return [], [unreadable(shown, table, "a page of this size is no table")]
    data = path.read_bytes()
    encoding = _encoding(data, mapping.format.encoding)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = 1 + data[: error.start].count(b"\n")
        wrong = data[error.start : error.end].hex(" ").upper()
        place = [Sample(shown, line, f"0x{wrong}")]
        told = make_finding("wrong_encoding", table, samples=place, encoding=encoding)
        return [], [told]
    grids = html_grids(text, path, shown)
    pages = [page for grid in grids if (page := page_of(grid, mapping)) is not None]
    asked = asked_of_files(mapping)
    fit = [page for page in pages if asked <= set(page.header)]
    if not pages:
        return [], [unreadable(shown, table, "there is no table in the page")]
    return fit or [max(pages, key=lambda page: len(page.header))], []


def _encoding(data: bytes, declared: str) -> str:
    """Return a page's encoding: its mark, what it says itself, what is declared."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16")):
        if data.startswith(mark):
            return name
    said = _CHARSET.search(data[:4_000])
    try:
        return codecs.lookup(said[1].decode()).name if said else declared
    except LookupError:
        return declared


def html_grids(text: str, path: Path, shown: str) -> list[Grid]:
    """Return the tables of a page that hold no table themselves.

    A row's number counts the rows of its table.

    Examples
    --------
    >>> page = "<table><tr><th>Nr<th>Net</tr><tr><td>1<td>9,50</tr></table>"
    >>> html_grids(page, Path("a.xls"), "a.xls")[0].rows
    [['Nr', 'Net'], ['1', '9,50']]
    """
    parser = _Tables()
    parser.feed(text)
    parser.close()
    found = [each for each in parser.found if each.rows]
    several = len(found) > 1
    return [
        Grid(
            path,
            f"{shown} [table {number}]" if several else shown,
            f"table {number}",
            table.padded(),
            tuple(table.merged),
        )
        for number, table in enumerate(found, 1)
    ]


@dataclass
class _Table:
    """A table as it is read: its rows, and the cells that go over several."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    cell: list[str] | None = None
    size: tuple[int, int] = (1, 1)
    holds_table: bool = False

    def open_cell(self, size: tuple[int, int]) -> None:
        """Begin a cell that goes over so many rows and columns."""
        self.close_cell()
        if not self.rows:
            self.rows.append([])
        self.cell, self.size = [], size

    def close_cell(self) -> None:
        """Put the cell into its row, beside those that reach down into it."""
        if self.cell is None:
            return
        row, top = self.rows[-1], len(self.rows) - 1
        self._step_over(row, top)
        text = " ".join("".join(self.cell).replace("\xa0", " ").split())
        high, wide = self.size
        if (high, wide) != (1, 1):
            left = len(row)
            self.merged.append(Span(top, left, top + high - 1, left + wide - 1))
        row.extend([text] + [""] * (wide - 1))
        self.cell = None

    def _step_over(self, row: list[str], top: int) -> None:
        while any(s.top < top and s.covers(top, len(row)) for s in self.merged[-200:]):
            row.append("")

    def padded(self) -> list[list[str]]:
        """Return the rows, all as wide as the widest."""
        width = max(map(len, self.rows))
        return [row + [""] * (width - len(row)) for row in self.rows]


class _Tables(HTMLParser):
    """Collects the cells of a page's innermost tables; scripts and styles are left."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Table] = []
        self._open: list[_Table] = []
        self._is_seen = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell; their closing tags may be missing."""
        self._is_seen = tag not in _UNSEEN
        if tag == "table":
            if self._open:
                self._open[-1].holds_table = True
            self._open.append(_Table())
        elif not self._open:
            return
        elif tag == "tr":
            self._open[-1].close_cell()
            self._open[-1].rows.append([])
        elif tag in ("td", "th"):
            told = dict(attrs)
            size = (_count(told.get("rowspan")), _count(told.get("colspan")))
            self._open[-1].open_cell(size)
        elif tag in _BREAKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close a cell or a table."""
        self._is_seen = True
        if not self._open:
            return
        if tag in ("td", "th", "tr"):
            self._open[-1].close_cell()
        elif tag == "table":
            self._open[-1].close_cell()
            closed = self._open.pop()
            if not closed.holds_table:
                self.found.append(closed)

    def handle_data(self, data: str) -> None:
        """Take the text of a cell."""
        if self._is_seen and self._open and self._open[-1].cell is not None:
            self._open[-1].cell.append(data)

    def close(self) -> None:
        """A page that is cut off still has the rows above the cut."""
        super().close()
        while self._open:
            self.handle_endtag("table")


def _count(told: str | None) -> int:
    """Return over how many rows or columns a cell goes; nonsense counts as one."""
    number = int(told) if told and told.strip().isdecimal() else 1
    return min(max(number, 1), _MOST_SPANNED)

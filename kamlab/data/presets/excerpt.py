"""The beginning of a file, a sheet or a table, from which a mapping is suggested.

Glossary
--------
excerpt
    A header and the first rows below it, nothing converted. Files of one export that
    have the same header are one excerpt.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kamlab.data.mapping.mapping import Format
from kamlab.data.reading.filekind import WORKBOOK
from kamlab.data.reading.raw import SourceFile

#: Rows that are looked at.
ROWS = 10_000


@dataclass(frozen=True)
class Excerpt:
    """The header and the first rows of files that belong together.

    Parameters
    ----------
    files : tuple of str
        Names relative to the source.
    kind : str
        What they are, as in `kamlab.data.reading.filekind`.
    header : tuple of str
        Names of the columns.
    rows : tuple of sequences
        Cells: texts, or the numbers and days of a workbook or database.
    format : Format
        Encoding, separator and lines above the header, where it is text.
    sheets : tuple of str
        Sheets of workbooks, in their order; empty where it does not matter.
    table : str
        Of a database file with several.
    titles : tuple of str
        What stands above the header.
    merged : tuple of str
        Columns with merged cells below the header.
    encodings : tuple of str
        Encodings of text between which nothing in the file decides.
    has_footer : bool
        Whether a report's footer stood below its rows.
    database : str
        The environment variable that holds the address of the database it is from.
    heads : Excerpt, optional
        The heads of the documents of which these are lines; their columns are here.
    on : str
        The column by which lines find their heads.
    repeats_header : bool
        Whether the header stood among its rows, as on every page of a printed list.
    pages : tuple of SourceFile
        Its sheets or pages, each with its own header and titles.
    also : mapping of str to tuple of str
        What sheets call a column that the first one calls otherwise.

    Examples
    --------
    >>> Excerpt(("a.csv",), "text", ("Nr", "Net"), (("1", "9.5"), ("2",))).column("Net")
    ('9.5',)
    """

    files: tuple[str, ...]
    kind: str
    header: tuple[str, ...]
    rows: tuple[Sequence[object], ...]
    format: Format = field(default_factory=Format)
    sheets: tuple[str, ...] = ()
    table: str = ""
    titles: tuple[str, ...] = ()
    merged: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ()
    has_footer: bool = False
    database: str = ""
    heads: "Excerpt | None" = None
    on: str = ""
    repeats_header: bool = False
    pages: tuple[SourceFile, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def each_page(self) -> tuple[SourceFile, ...]:
        """Its pages; where none were kept apart, all of it as one.

        Examples
        --------
        >>> Excerpt(("a.csv",), "text", ("Nr", "Net"), ()).each_page[0].header
        ('Nr', 'Net')
        """
        whole = SourceFile(
            None, self.files[0], 1, titles=self.titles, header=self.header
        )
        return self.pages or (whole,)

    @property
    def shown(self) -> str:
        """What the excerpt is called: its first file, and how many more there are.

        Examples
        --------
        >>> Excerpt(("a.csv", "b.csv"), "text", (), ()).shown
        'a.csv and 1 more'
        """
        more = f" and {len(self.files) - 1} more" if len(self.files) > 1 else ""
        return f"{self.files[0]}{more}"

    def column(self, name: str) -> tuple[object, ...]:
        """Return the cells of a column; rows that end before it have none.

        Examples
        --------
        >>> Excerpt(("a.csv",), "text", ("Nr",), (("7",), ())).column("Nr")
        ('7',)
        """
        place = self.header.index(name)
        return tuple(row[place] for row in self.rows if len(row) > place)


def without_headers(excerpt: Excerpt) -> Excerpt:
    """Return an excerpt without rows that are its header again.

    Parameters
    ----------
    excerpt : Excerpt
        Such as a list report that was printed to a file, page by page.

    Returns
    -------
    Excerpt
        What stands in such rows is no currency, no document type and no name.

    Examples
    --------
    >>> page = Excerpt(("a.txt",), "text", ("Nr", "Net"), (("1", "9"), ("Nr", "Net")))
    >>> found = without_headers(page)
    >>> found.rows, found.repeats_header
    ((('1', '9'),), True)
    """
    rows = tuple(row for row in excerpt.rows if not _is_header(row, excerpt.header))
    if len(rows) == len(excerpt.rows):
        return excerpt
    return replace(excerpt, rows=rows, repeats_header=True)


def _is_header(row: Sequence[object], header: Sequence[str]) -> bool:
    there = [name for name in header if name]
    return len(there) > 1 and there == [
        str(cell).strip()
        for name, cell in zip(header, row, strict=False)
        if name and cell is not None
    ]


def joined(excerpts: Iterable[Excerpt]) -> list[Excerpt]:
    """Put excerpts with the same header together, in the order of their files.

    Parameters
    ----------
    excerpts : iterable of Excerpt
        One for each file or sheet.

    Returns
    -------
    list of Excerpt
        Their rows follow each other.

    Examples
    --------
    >>> a = Excerpt(("a.csv",), "text", ("Nr",), (("1",),))
    >>> b = Excerpt(("b.csv",), "text", ("Nr",), (("2",),))
    >>> [(each.files, len(each.rows)) for each in joined([a, b])]
    [(('a.csv', 'b.csv'), 2)]
    """
    found: dict[object, Excerpt] = {}
    for each in excerpts:
        key = (each.kind, each.table, *_layout(each))
        before = found.get(key)
        found[key] = each if before is None else together(before, each)
    return list(found.values())


def _layout(each: Excerpt) -> tuple[object, ...]:
    """Return what files must share; columns of sheets may stand in another order."""
    if each.kind == WORKBOOK and len(set(each.header)) == len(each.header):
        return (frozenset(each.header),)
    return (each.header, each.format.delimiter, each.format.skip_lines)


def _ordered(other: Excerpt, header: tuple[str, ...]) -> tuple[Sequence[object], ...]:
    """Return the rows of an excerpt in the order of another header."""
    if other.header == header:
        return other.rows
    places = [other.header.index(name) for name in header]
    return tuple([row[place] for place in places] for row in other.rows)


def together(first: Excerpt, other: Excerpt) -> Excerpt:
    """Put two excerpts with the same columns together, the rows of the first first.

    Examples
    --------
    >>> a = Excerpt(("a.csv",), "text", ("Nr",), (("1",),))
    >>> b = Excerpt(("b.csv",), "text", ("Nr",), (("2",),))
    >>> together(a, b).rows
    (('1',), ('2',))
    """
    # A file of plain ASCII is of any encoding, so the other one's tells more.
    tells_less = first.format.encoding == "utf-8" or first.encodings
    form = other.format if tells_less else first.format
    is_open = first.encodings and other.encodings
    return replace(
        first,
        files=tuple(dict.fromkeys(first.files + other.files)),
        rows=first.rows + _ordered(other, first.header),
        format=form,
        sheets=tuple(dict.fromkeys(first.sheets + other.sheets)),
        titles=tuple(dict.fromkeys(first.titles + other.titles)),
        merged=tuple(dict.fromkeys(first.merged + other.merged)),
        encodings=first.encodings if is_open else (),
        has_footer=first.has_footer or other.has_footer,
        repeats_header=first.repeats_header or other.repeats_header,
        pages=first.each_page + other.each_page,
        also=dict(first.also),
    )

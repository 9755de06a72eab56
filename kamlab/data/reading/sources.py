"""Read whatever an export consists of as text, each row with its source and number.

Text files, Parquet, the sheets of workbooks, HTML tables, tables of databases: all of
them become the same raw table. Nothing is converted here.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb

from kamlab.data.checking.units import check_units
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.reading.export_files import find_files
from kamlab.data.reading.filekind import (
    ARCHIVE,
    DUCKDB,
    HTML,
    PARQUET,
    SQLITE,
    WORKBOOK,
    XML,
    kind_of,
)
from kamlab.data.reading.footer import footer_told
from kamlab.data.reading.headers import missing_columns, nameless_columns
from kamlab.data.reading.htmlfile import html_pages
from kamlab.data.reading.joining import heads_mapping, set_apart, with_heads
from kamlab.data.reading.other_names import absent_columns, under_first_names
from kamlab.data.reading.pages import BrokenPage, Page, append_page
from kamlab.data.reading.parquetfile import unreadable
from kamlab.data.reading.parts import start_raw
from kamlab.data.reading.queries import file_page
from kamlab.data.reading.raw import RawTable, SourceFile
from kamlab.data.reading.reshaping import reshape
from kamlab.data.reading.scanning import Scan, open_parquet, open_text, scan_file
from kamlab.data.reading.textfile import repeated_name
from kamlab.data.reading.typing_rows import Typed

__all__ = ["RawTable", "SourceFile", "read_table"]

#: Called with a line that says how far the reading of a long source has come.
Progress = Callable[[str], None]


_NOT_READ = {
    ARCHIVE: "it is an archive; unpack it, and name the files in it",
    XML: "it is a workbook of 2003 in XML; open it and save it as xlsx",
}


def read_table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    mapping: TableMapping,
    source: Path,
    work: Path,
    progress: Progress = lambda line: None,
    typed: Typed | None = None,
) -> tuple[RawTable | None, list[Finding]]:
    """Read all sources of a table as text; None when none of them can be read.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Where the text goes.
    table : str
        The contract's table.
    mapping : TableMapping
        Its files, how they are written, and which columns are needed.
    source, work : Path
        The export, and a folder for copies.
    progress : callable, optional
        Called now and then while a long source is read.
    typed : Typed, optional
        How the rows of a text file that is alone are typed while it is read.

    Returns
    -------
    RawTable or None, and list of Finding

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name, duckdb.connect() as connection:
    ...     folder = Path(name)
    ...     _ = (folder / "june.csv").write_text("Nr,Betrag\\n1,9.50\\n2\\n")
    ...     mapping = TableMapping(("june.csv",), {})
    ...     raw, found = read_table(connection, "orders", mapping, folder, folder)
    >>> raw.rows, found[0].rule, found[0].samples[0].row
    (1, 'ragged_row', 3)
    """
    heads, faults = None, []
    if mapping.join is not None:
        heads, faults = _read_heads(connection, table, mapping, source, work)
    is_database = bool(mapping.place.database)
    paths = [] if is_database else find_files(source, mapping.files, table)
    typed = typed if len(paths) == 1 else None
    reading = _Reading(connection, table, mapping, progress, typed)
    reading.take_heads(heads, faults)
    if is_database:
        reading.take_database()
    else:
        for path in paths:
            is_file = source.is_file()
            name = path.name if is_file else path.relative_to(source).as_posix()
            reading.take_file(path, name, work)
    return reading.ended()


def _read_heads(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    mapping: TableMapping,
    source: Path,
    work: Path,
) -> tuple[RawTable | None, list[Finding]]:
    """Read the heads of documents, of which the table's files hold the lines."""
    if mapping.join.files:
        find_files(source, mapping.join.files, f"{table}.join")
    told = heads_mapping(mapping, table)
    heads, faults = read_table(connection, table, told, source, work)
    return heads and set_apart(connection, heads), faults


class _Reading:
    """The raw table as it fills, source by source, and what was found on the way."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        table: str,
        mapping: TableMapping,
        progress: Progress,
        typed: Typed | None,
    ) -> None:
        self._connection = connection
        self._table = table
        self._mapping = mapping
        self._progress = progress
        self._typed = typed
        self._raw: RawTable | None = None
        self._heads: RawTable | None = None
        self._lacks_heads = False
        self._findings: list[Finding] = []

    def take_heads(self, heads: RawTable | None, faults: list[Finding]) -> None:
        """Take the heads of documents, and what was found in their files."""
        is_broken = any(each.blocks for each in faults)
        self._heads = None if is_broken else heads
        self._lacks_heads = self._mapping.join is not None and self._heads is None
        self._findings += faults

    def take_database(self) -> None:
        """Read the table or query of the mapping's database."""
        # SQLAlchemy is loaded only where somebody reads from a database.
        from kamlab.data.reading.sqldatabase import database_page

        place = self._mapping.place
        try:
            self._append_page(database_page(place))
        except BrokenPage as error:
            self._findings.append(unreadable(place.database, self._table, str(error)))

    def take_file(self, path: Path, name: str, work: Path) -> None:
        """Read a file, whatever it is."""
        if path.is_dir():
            self._refuse(name, "it is a folder")
            return
        try:
            kind = kind_of(path)
        except OSError as error:
            self._refuse(name, str(error.strerror).lower())
            return
        if kind in _NOT_READ:
            self._refuse(name, _NOT_READ[kind])
        elif kind in (WORKBOOK, HTML, SQLITE, DUCKDB):
            self._take_pages(path, name, kind)
        else:
            self._take_rows(path, name, kind, work)

    def _refuse(self, name: str, reason: str) -> None:
        self._findings.append(unreadable(name, self._table, reason))

    def _take_rows(self, path: Path, name: str, kind: str, work: Path) -> None:
        """Read a text or Parquet file with DuckDB."""
        form = self._mapping.format
        if kind == PARQUET:
            opened, faults = open_parquet(self._connection, path, name, self._table)
        else:
            opened, faults = open_text(path, name, form, self._table, work)
        self._findings += faults
        if opened is None:
            return
        written = opened.header
        if not opened.parquet:
            opened = replace(opened, header=under_first_names(written, self._mapping))
        if self._raw is None:
            self._start(opened)
        elif (opened.header, opened.typed) != (self._raw.header, self._raw.typed):
            self._header_differs(name, opened.header, 1 + form.skip_lines)
            return
        typed = self._typed
        is_typed = typed and not (opened.parquet or opened.blank)
        typing = typed if is_typed and typed.fits(opened.header) else None
        number = len(self._raw.files)
        self._findings += scan_file(
            self._connection, opened, self._raw, form, self._table, typing
        )
        files = [*self._raw.files[:number], *_under(self._raw.files[number:], written)]
        self._raw = replace(self._raw, files=files, measured=frozenset())

    def _take_pages(self, path: Path, name: str, kind: str) -> None:
        """Read the sheets of a workbook, the tables of a page, or a database file."""
        mapping = self._mapping
        try:
            if kind in (SQLITE, DUCKDB):
                pages, faults = [file_page(path, name, kind, mapping.place)], []
            else:
                # Most imports read no workbook.
                from kamlab.data.reading.workbook import workbook_pages

                read = html_pages if kind == HTML else workbook_pages
                pages, faults = read(path, name, mapping, self._table)
            self._findings += faults
            for page in pages:
                self._append_page(page)
        except BrokenPage as error:
            self._refuse(name, str(error))

    def _append_page(self, page: Page) -> None:
        """Append a page, unless it lacks what the mapping asks for."""
        try:
            faults = _page_faults(page, self._mapping, self._table)
            self._findings += faults
            if any(fault.rule == "duplicate_header" for fault in faults):
                return
            if self._raw is None:
                self._start(page)
            elif self._raw.typed:
                self._header_differs(page.name, page.header, page.header_row)
                return
            self._raw = append_page(
                self._connection, page, self._raw, self._mapping, self._progress
            )
            self._findings += footer_told(page.footer, page.name, self._table)
        finally:
            page.close()

    def _start(self, opened: Scan | Page) -> None:
        """Make the raw table for the first source."""
        parquet = opened.parquet if isinstance(opened, Scan) else None
        self._raw = RawTable(
            f"raw_{self._table}",
            opened.header,
            parquet.typed if parquet else frozenset(),
            parquet.zoned if parquet else frozenset(),
            measured=frozenset(opened.header),
        )
        start_raw(self._connection, self._raw)

    def _header_differs(self, name: str, header: tuple[str, ...], row: int) -> None:
        """Say which columns one header has and the other lacks."""
        raw = self._raw
        extra = [f"+{each}" for each in header if each not in raw.header]
        lacks = [f"-{each}" for each in raw.header if each not in header]
        told = make_finding(
            "header_differs",
            self._table,
            samples=[Sample(name, row, ", ".join(header))],
            first=raw.files[0].name if raw.files else "the first file",
            difference=", ".join(extra + lacks) or "another order, or other types",
        )
        self._findings.append(told)

    def ended(self) -> tuple[RawTable | None, list[Finding]]:
        """Return all that was read, reshaped, and what was found."""
        raw, findings, table = self._raw, self._findings, self._table
        if raw is None:
            return None, findings
        for each in (raw, self._heads):
            findings += absent_columns(each, self._mapping, table) if each else []
        raw, told = self._with_heads(raw)
        raw, shaped = reshape(self._connection, raw, self._mapping, table)
        told += shaped
        findings += told
        if not self._lacks_heads and not any(each.blocks for each in told):
            findings += missing_columns(raw.header, raw.files, self._mapping, table)
        is_broken = any(each.blocks for each in findings)
        findings += check_units(raw, self._mapping, table)
        return raw, findings + self._remarks(raw, is_broken)

    def _with_heads(self, raw: RawTable) -> tuple[RawTable, list[Finding]]:
        """Return the lines with the columns of their heads, where they have any."""
        if self._heads is None:
            return raw, []
        told = self._mapping.join
        return with_heads(self._connection, raw, self._heads, told, self._table)

    def _remarks(self, raw: RawTable, is_broken: bool) -> list[Finding]:
        """Tell of sources without rows, columns without a name, times with a zone."""
        table = self._table
        empty = [Sample(file.name, None, "") for file in raw.files if not file.rows]
        if not raw.rows:
            told = make_finding("header_only", table, rows=0, samples=empty)
            return [] if is_broken else [told]
        findings = [
            make_finding("file_without_rows", table, rows=0, samples=[place])
            for place in empty
        ]
        findings += nameless_columns(self._connection, raw, table)
        for name in sorted(raw.zoned & set(self._mapping.asked)):
            place = [Sample(raw.files[0].name, None, name)]
            findings.append(make_finding("time_zone_dropped", table, name, 0, place))
        return findings


def _under(files: list[SourceFile], header: tuple[str, ...]) -> list[SourceFile]:
    """Return files with the header that is written in them."""
    return [replace(file, header=header) for file in files]


def _page_faults(page: Page, mapping: TableMapping, table: str) -> list[Finding]:
    """Say which names a page's header repeats, and which needed cells are merged."""
    repeated = repeated_name(page.header, page.name, table, page.header_row)
    if repeated is not None:
        return [repeated]
    findings = []
    for position, name in enumerate(page.header):
        spans = [span for span in page.merged if span.left == position]
        if spans and name in mapping.asked and name not in mapping.fill_down:
            rows = sum(span.bottom - span.top for span in spans)
            place = [Sample(page.name, spans[0].top + 1, name)]
            findings.append(make_finding("merged_cells", table, "", rows, place))
    return findings

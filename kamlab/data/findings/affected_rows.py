"""Every row that a finding touches: where it stands, what it says, which row it is.

The rows are asked for while the import's database is open. Columns about persons are
left out unless they are asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import quoted
from kamlab.data.findings.quality import Finding, Sample
from kamlab.data.reading.raw import SourceFile

#: Columns of the contract that tell which row it is, beside the key of its table.
_TELLING = ("account_id", "order_date", "posted_on", "net_amount", "valid_from")

#: Columns that belong to what a rule compares.
_COMPARED = {
    "amount_not_price_times_quantity": ("quantity", "unit_net_price", "price_per"),
    "cost_sign_differs": ("cogs", "quantity", "line_type", "document_type"),
    "currency_not_converted": ("currency",),
    "deduction_is_positive": ("line_type", "document_type"),
    "delivered_before_order": ("delivered_date",),
    "promised_before_order": ("promised_date",),
}

#: Columns of the export that are shown where a finding is about whole rows.
_MOST_COLUMNS = 30

#: Mark of a column of the export, whose text is shown as it was written.
AS_WRITTEN = "as written"


@dataclass(frozen=True)
class AffectedRows:
    """The rows that a finding touches, as a sheet of a workbook shows them.

    Parameters
    ----------
    header : tuple of str
        File, sheet and row, the columns as written, the columns as understood.
    rows : iterable of tuple
        Texts, numbers and days.

    Examples
    --------
    >>> AffectedRows(("file", "row"), [("june.csv", 7)]).header
    ('file', 'row')
    """

    header: tuple[str, ...]
    rows: Iterable[tuple[object, ...]]


def hold_rows(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable | None,
    finding: Finding,
    number: int,
    most: int,
) -> Finding:
    """Look a finding's rows up once, and keep them for whoever asks for them again.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the rows; gets a table ``affected_<number>``.
    cleaned : CleanTable or None
        The finding's table, where it could be read.
    finding : Finding
        With `affected`.
    number : int
        Of the finding.
    most : int
        Rows that are kept.
    """
    if cleaned is None or not finding.affected:
        return finding
    held = f"affected_{number:d}"
    sql = (
        f"CREATE OR REPLACE TEMP TABLE {held} AS SELECT DISTINCT seq FROM "
        f"({finding.affected}) ORDER BY seq LIMIT {most:d}"
    )
    connection.execute(sql, cleaned.values.used_in(sql))
    return replace(finding, affected=f"SELECT seq FROM {held}")


def affected_rows(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable | None,
    finding: Finding,
    most: int,
    personal: bool = False,
) -> AffectedRows:
    """Return the rows that a finding touches, at most so many.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the rows and their text.
    cleaned : CleanTable or None
        The finding's table, where it could be read.
    finding : Finding
        With `affected`, or with the places that were kept when it was found.
    most : int
        Rows that are returned.
    personal : bool
        Whether columns about persons are shown.
    """
    if cleaned is None or not finding.affected:
        known = [each for each in finding.places if each.row is not None]
        return _known_places(known[:most])
    hidden = set() if personal else _personal(cleaned)
    written = [name for name in _written(cleaned, finding) if name not in hidden]
    understood = [name for name in _understood(cleaned, finding) if name not in hidden]
    header = ("file", "sheet", "row")
    header += tuple(f"{name} ({AS_WRITTEN})" for name in written) + tuple(understood)
    cells = [f"raw.{cleaned.raw.reference(name)}" for name in written]
    cells += [f"{cleaned.name}.{quoted(name)}" for name in understood]
    rows = _rows(connection, cleaned, finding, ["raw.file", "raw.row", *cells], most)
    return AffectedRows(header, _placed(rows, cleaned.raw.files))


def _known_places(known: Sequence[Sample]) -> AffectedRows:
    """Return places as rows: the value, or the figures that tell more than it."""
    names = tuple(dict.fromkeys(name for each in known for name in each.details))
    if not names:
        rows = [(each.file, each.row, each.value) for each in known]
        return AffectedRows(("file", "row", "value"), rows)
    figures = [[each.details.get(name) for name in names] for each in known]
    rows = [
        (each.file, each.row, *of_it)
        for each, of_it in zip(known, figures, strict=True)
    ]
    return AffectedRows(("file", "row", *names), rows)


def _rows(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    finding: Finding,
    cells: Sequence[str],
    most: int,
) -> list[tuple[object, ...]]:
    sql = (
        f"SELECT {', '.join(cells)} FROM {cleaned.name} JOIN {cleaned.raw.name} AS raw "
        f"USING (seq) WHERE seq IN ({finding.affected}) ORDER BY seq LIMIT {most:d}"
    )
    return connection.execute(sql, cleaned.values.used_in(sql)).fetchall()


def _placed(
    rows: Iterable[tuple[object, ...]], files: Sequence[SourceFile]
) -> Iterator[tuple[object, ...]]:
    """Put the names of file and sheet in the place of the file's number."""
    for number, *cells in rows:
        file = files[number]
        name = file.path.name if file.path else file.name
        sheet = file.label if file.label and file.label != name else ""
        yield name, sheet, *cells


def _personal(cleaned: CleanTable) -> set[str]:
    """Columns about persons: of the contract, and those of the export they are from."""
    named = {column.name for column in cleaned.declared if column.personal}
    sources = {
        part.source
        for plan in cleaned.plans
        if plan.name in named
        for part in plan.parts
    }
    return named | sources


def _written(cleaned: CleanTable, finding: Finding) -> list[str]:
    """Columns of the export that a finding is about; those mapped if about all."""
    about = [
        part.source
        for plan in cleaned.plans
        if not finding.column or finding.column in (plan.name, plan.shown)
        for part in plan.parts
    ]
    about = [finding.column, *about]
    there = [name for name in dict.fromkeys(about) if name in cleaned.raw.header]
    return there[:_MOST_COLUMNS]


def _understood(cleaned: CleanTable, finding: Finding) -> list[str]:
    """Columns of the contract that tell which row it is, and what was compared."""
    wanted = {*cleaned.declared.key, *_TELLING, *_COMPARED.get(finding.rule, ())}
    return [name for name in cleaned.columns if name in wanted]


def identities(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable | None,
    finding: Finding,
    most: int,
) -> list[str] | None:
    """Return a mark for each row by which it is found again in the next export.

    A row is known by its key, such as order and line; where the key is not there as a
    whole, by all of its cells.

    Parameters
    ----------
    connection, cleaned, finding
        As in `affected_rows`.
    most : int
        Rows that are marked.

    Returns
    -------
    list of str or None
        Sixteen characters each, in order; None where not every row can be marked.
    """
    if cleaned is None or not finding.affected or finding.rows > most:
        return None
    key = cleaned.declared.key
    known = "NULL"
    if key and set(key) <= set(cleaned.columns):
        # NULL as soon as one part of the key is.
        known = " || chr(31) || ".join(
            f"CAST({cleaned.name}.{quoted(name)} AS VARCHAR)" for name in key
        )
    cells = ", ".join(f"coalesce(raw.{cell}, chr(30))" for cell in cleaned.raw.cells)
    whole = f"concat_ws(chr(31), {cells})"
    mark = f"left(md5(coalesce({known}, {whole})), 16)"
    marks = sorted(
        each for (each,) in _rows(connection, cleaned, finding, [mark], most)
    )
    return marks if len(marks) == finding.rows else None

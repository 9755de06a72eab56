"""Read control totals from a file that finance sends: a workbook or a text file."""

import math
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from kamlab.data.cleaning.parsing import Values, narrow_sql, number_sql, present_sql
from kamlab.data.controls.periods import period_in
from kamlab.data.controls.totals import SUMS, Control, ControlFile, span_of
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import ColumnSource, Format, Place, TableMapping
from kamlab.data.reading.confirming import with_detected_format
from kamlab.data.reading.raw import RawTable
from kamlab.data.reading.sources import read_table
from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar

#: What the list is read as; the contract has no table of its own for it.
_READ_AS = "orders"

#: Columns that are no part of what narrows a total.
_NO_LINES = ("period", "currency")

#: Period, currency and what narrows a total, and what is totalled.
_Key = tuple[str, str, tuple[tuple[str, str], ...], str]


@dataclass(frozen=True)
class _Cell:
    """An amount of the list: where it stands, its texts, and what it is a total of."""

    place: Sample
    amount: float | None
    key: _Key


def read_control_file(
    file: ControlFile, folders: tuple[Path, ...], work: Path
) -> tuple[list[Control], list[Finding]]:
    """Return the totals of a file, and what keeps rows of it from being understood.

    Rows of the same period, currency and columns that narrow are added up, as in a
    list with a row for each ledger account.

    Parameters
    ----------
    file : ControlFile
        From the mapping.
    folders : tuple of Path
        Where it is looked for, in this order.
    work : Path
        A folder for copies.

    Raises
    ------
    UsageError
        If it is in none of the folders.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as name:
    ...     _ = (Path(name) / "books.csv").write_text("Month,Net\\n03/2024,9.50\\n")
    ...     file = ControlFile("books.csv", {"period": "Month", "net_amount": "Net"})
    ...     totals, findings = read_control_file(file, (Path(name),), Path(name))
    >>> totals[0].period, totals[0].amount
    ('2024-03', 9.5)
    """
    folder = _folder_of(file, folders)
    mapping, shown = with_detected_format(_READ_AS, _as_table(file), folder)
    with duckdb.connect() as connection:
        raw, faults = read_table(connection, _READ_AS, mapping, folder, work)
        faults = [_of_controls(each) for each in (*faults, *shown)]
        if raw is None or any(each.blocks for each in faults):
            return [], faults
        cells = [
            cell
            for measure in file.measures
            for cell in _read(connection, raw, file, measure, mapping.format)
        ]
    unread = _faults(cells, mapping.format)
    return ([] if unread else _summed(file, cells)), [*faults, *unread]


def _folder_of(file: ControlFile, folders: tuple[Path, ...]) -> Path:
    for folder in folders:
        if (folder / file.file).is_file():
            return folder
    places = " nor in ".join(repr(str(folder)) for folder in folders)
    raise UsageError(
        f"controls: file = {file.file!r} is neither in {places}; put it beside the "
        "mapping, or correct its name"
    )


def _as_table(file: ControlFile) -> TableMapping:
    """Say which columns the list must have, as mappings of tables do."""
    sums = {key: each for key, each in file.columns.items() if key in SUMS}
    others = tuple(each for key, each in file.columns.items() if key not in SUMS)
    columns = {key: ColumnSource((each,)) for key, each in sums.items()}
    columns["order_id"] = ColumnSource(others, combine="join")
    place = Place(sheets=(file.sheet,)) if file.sheet else Place()
    return TableMapping((file.file,), columns, file.format, place=place)


def _of_controls(finding: Finding) -> Finding:
    """Word a finding for the section of the mapping in which the list is named."""
    remedy = finding.remedy.replace(f"tables.{_READ_AS}.", "controls.")
    return replace(finding, table="controls", remedy=remedy)


def _read(
    connection: duckdb.DuckDBPyConnection,
    raw: RawTable,
    file: ControlFile,
    measure: str,
    form: Format,
) -> list[_Cell]:
    """Return the filled cells of one measure."""
    values = Values()
    asked = [name for name in file.columns if name not in file.measures]
    texts = ", ".join(
        f"coalesce({present_sql(raw.reference(file.columns[name]), form, values)}, '')"
        for name in asked
    )
    cell = present_sql(narrow_sql(raw.reference(file.columns[measure])), form, values)
    sql = (
        f"SELECT file, row, {cell}, {number_sql(cell, form, values)}, [{texts}] "
        f"FROM {raw.name} WHERE {cell} IS NOT NULL ORDER BY seq"
    )
    return [
        _Cell(
            Sample(raw.files[source].name, row, text),
            amount,
            _key(dict(zip(asked, told, strict=True)), measure),
        )
        for source, row, text, amount, told in connection.execute(
            sql, values.used_in(sql)
        ).fetchall()
    ]


def _key(told: dict[str, str], measure: str) -> _Key:
    narrowing = {key: each for key, each in told.items() if key not in _NO_LINES}
    period, currency = period_in(told["period"]), told.get("currency", "")
    return period, currency, tuple(narrowing.items()), measure


def _faults(cells: list[_Cell], form: Format) -> list[Finding]:
    """Return the amounts that are no numbers, and the periods that are none."""
    told = f"decimal {form.decimal!r} and thousands {form.thousands!r}"
    amounts = [each.place for each in cells if not _is_finite(each.amount)]
    periods = [
        replace(each.place, value=each.key[0])
        for each in cells
        if not _is_period(each.key[0])
    ]
    known = "a period such as 2024, 2024Q1, 2024-03 or 2024-01 to 2024-03"
    advice = "leave rows without a period out of the file"
    return [
        *_fault(amounts, f"a number with {told}", "or declare controls.format"),
        *_fault(periods, known, advice),
    ]


def _fault(places: list[Sample], wanted: str, advice: str) -> list[Finding]:
    if not places:
        return []
    rows = len(places)
    told = make_finding(
        "control_unreadable", "controls", "", rows, places, wanted=wanted, advice=advice
    )
    return [told]


def _is_finite(amount: float | None) -> bool:
    return amount is not None and math.isfinite(amount)


def _is_period(label: str) -> bool:
    try:
        span_of(label, FiscalCalendar())
    except UsageError:
        return False
    return True


def _summed(file: ControlFile, cells: list[_Cell]) -> list[Control]:
    """Return one total for each period, currency and narrowing, cents exact."""
    parts: dict[_Key, list[float]] = {}
    for each in cells:
        parts.setdefault(each.key, []).append(each.amount)
    return [
        Control(
            name=file.called,
            period=period,
            amount=round(math.fsum(amounts), 6),
            measure=measure,
            currency=currency,
            where={name: (value,) for name, value in narrowing if value},
            tolerance=file.tolerance,
            tolerance_share=file.tolerance_share,
            dated_by=file.dated_by,
        )
        for (period, currency, narrowing, measure), amounts in parts.items()
    ]

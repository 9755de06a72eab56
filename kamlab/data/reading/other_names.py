"""Sheets and files that differ: columns under other names, in other units, or absent.

A year's workbook is kept by people: 金额 in spring is 金额（万元） in autumn, a column
of remarks comes and goes. A mapping lists the names that a column has, and what one
unit is worth where a text says so; nothing else is taken for the same.
"""

from collections.abc import Sequence

from kamlab.data.contract import table as declaration
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.reading.raw import RawTable, SourceFile


def under_first_names(header: Sequence[str], mapping: TableMapping) -> tuple[str, ...]:
    """Return a header in which each column has the name that the mapping lists first.

    Parameters
    ----------
    header : sequence of str
        As it is written.
    mapping : TableMapping
        It lists names of one column under ``from``.

    Returns
    -------
    tuple of str
        Where several of the names are there, the first of them is the column.

    Examples
    --------
    >>> source = ColumnSource(("金额",), also=("金额（万元）",))
    >>> mapping = TableMapping((), {"net_amount": source})
    >>> under_first_names(("客户", "金额（万元）"), mapping)
    ('客户', '金额')
    """
    first = {}
    for source in mapping.columns.values():
        if source.also and (name := name_in(header, source)):
            first[name] = source.columns[0]
    return tuple(first.get(name, name) for name in header)


def name_in(header: Sequence[str], source: ColumnSource) -> str:
    """Return what a column is called in a header; nothing where it is not there.

    Examples
    --------
    >>> sales = ColumnSource(("Umsatz",), also=("Umsatz TEUR",))
    >>> name_in(("Kunde", "Umsatz TEUR"), sales)
    'Umsatz TEUR'
    """
    names = (*source.columns[:1], *source.also)
    return next((name for name in names if name in header), "")


def unit_of(file: SourceFile, source: ColumnSource) -> float | None:
    """Return what one unit of a column is worth in a sheet or file.

    Parameters
    ----------
    file : SourceFile
        Its header, and the titles above it.
    source : ColumnSource
        What the mapping says.

    Returns
    -------
    float or None
        None where the mapping lists texts, and none of them is there.

    Examples
    --------
    >>> may = SourceFile(None, "may", 9, titles=("单位：万元",), header=("金额",))
    >>> units = {"单位：万元": 10000.0, "金额": 1.0}
    >>> unit_of(may, ColumnSource(("金额",), units=units))
    10000.0
    """
    if not source.units:
        return 1.0 if source.unit is None else source.unit
    names = (*source.columns, *source.also)
    there = {*file.titles, *(name for name in names if name in file.header)}
    return next((worth for text, worth in source.units.items() if text in there), None)


def unit_sql(source: ColumnSource, raw: RawTable, file: str = "file") -> str:
    """Return SQL of what one unit of a column is worth, "" where it is in whole units.

    Parameters
    ----------
    source : ColumnSource
        What the mapping says.
    raw : RawTable
        Its files.
    file : str
        SQL of a row's place among the files.

    Examples
    --------
    >>> files = [SourceFile(None, "a", 9, header=("A",)), SourceFile(None, "b", 9)]
    >>> raw = RawTable("raw_orders", ("A",), files=files)
    >>> unit_sql(ColumnSource(("A",), units={"A": 1000.0}), raw)
    'CASE file WHEN 0 THEN 1000.0 END'
    """
    if not source.units:
        return "" if source.unit is None else repr(source.unit)
    worths = [(place, unit_of(each, source)) for place, each in enumerate(raw.files)]
    cases = [f"WHEN {place:d} THEN {worth!r}" for place, worth in worths if worth]
    return f"CASE {file} {' '.join(cases)} END" if cases else "NULL"


def absent_columns(raw: RawTable, mapping: TableMapping, table: str) -> list[Finding]:
    """Return the columns that some sheets have and others lack.

    Parameters
    ----------
    raw : RawTable
        All sheets that were read.
    mapping : TableMapping
        What is asked of them.
    table : str
        The contract's table.

    Returns
    -------
    list of Finding
        An error for each sheet without a column that every line needs; a warning for
        one without another, whose rows have nothing there.
    """
    declared = declaration(table)
    needed = set(mapping.asked_by_rules)
    needed |= {
        name
        for target in (*declared.required, "line_type")
        if target in mapping.columns
        for name in mapping.columns[target].asked
    }
    needed |= {name for each in mapping.columns.values() for name in each.asked[1:]}
    return [
        _absent(file, name, raw, mapping, table, name in needed)
        for name in mapping.asked
        for file in raw.files
        if file.rows and not _has(file, name, mapping)
        if any(_has(each, name, mapping) for each in raw.files)
    ]


def _has(file: SourceFile, name: str, mapping: TableMapping) -> bool:
    return name in under_first_names(file.header, mapping)


def _absent(
    file: SourceFile,
    name: str,
    raw: RawTable,
    mapping: TableMapping,
    table: str,
    is_needed: bool,
) -> Finding:
    with_it = next(each for each in raw.files if _has(each, name, mapping))
    if is_needed:
        place = [Sample(file.name, file.header_row, ", ".join(file.header))]
        told = {"first": with_it.name, "difference": f"-{name}"}
        return make_finding("header_differs", table, "", 1, place, **told)
    place = [Sample(file.name, file.header_row, name)]
    target, first = mapping.asked[name], with_it.name
    return make_finding("column_absent", table, target, file.rows, place, first=first)

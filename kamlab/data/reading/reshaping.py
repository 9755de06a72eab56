"""Reshape the rows of a table as its mapping says, before anything is made of them.

Blanks below a name are filled, the names of sheets and files become columns, and a
column for each month becomes a row for each month. No cell is lost: an empty cell is
a row too, which a rule of its own drops.
"""

import re
from dataclasses import replace
from pathlib import Path

import duckdb

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import FILE, SHEET, TableMapping, Unpivot
from kamlab.data.reading.parts import as_table
from kamlab.data.reading.raw import RawTable, SourceFile, content_sql
from kamlab.errors import did_you_mean

_YEAR = re.compile(r"(?<!\d)(19|20)\d{2}(?!\d)")


def reshape(
    connection: duckdb.DuckDBPyConnection,
    raw: RawTable,
    mapping: TableMapping,
    table: str,
) -> tuple[RawTable, list[Finding]]:
    """Return the table as the mapping wants it, and what is to be told of that.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the rows.
    raw : RawTable
        The rows as they were read.
    mapping : TableMapping
        What is filled, added and unpivoted.
    table : str
        The contract's table.
    """
    findings = _fill_down(connection, raw, mapping.fill_down, table)
    asked = mapping.asked
    for name in (SHEET, FILE):
        if name in asked and name not in raw.header:
            raw = _labelled(connection, raw, name)
    if mapping.unpivot is None:
        return raw, findings
    taken = [name for name in raw.header if mapping.unpivot.takes(name)]
    if not taken:
        pattern = mapping.unpivot.columns[0]
        place = [Sample(raw.files[0].name if raw.files else table, None, pattern)]
        hint = did_you_mean(pattern, raw.header)
        return raw, [make_finding("missing_column", table, samples=place, hint=hint)]
    findings += _years_missing(raw, mapping.unpivot, table)
    return _unpivoted(connection, raw, mapping.unpivot, taken), findings


def _fill_down(
    connection: duckdb.DuckDBPyConnection,
    raw: RawTable,
    names: tuple[str, ...],
    table: str,
) -> list[Finding]:
    """Fill blanks with the value above them, and say how many."""
    findings = []
    for name in names:
        if name not in raw.header:
            continue  # it is told with the other columns that are missing
        as_table(connection, raw)
        cell = raw.reference(name)
        filled = connection.execute(
            f"UPDATE {raw.name} SET {cell} = above FROM (SELECT seq, last_value(nullif("
            f"trim({cell}), '') IGNORE NULLS) OVER (PARTITION BY file ORDER BY seq) AS "
            f"above FROM {raw.name}) AS seen WHERE {raw.name}.seq = seen.seq "
            f"AND coalesce(trim({cell}), '') = '' AND above IS NOT NULL"
        ).fetchone()[0]
        if filled:
            place = [Sample(raw.files[0].name, None, name)]
            findings.append(make_finding("filled_down", table, "", filled, place))
    if findings:
        content = content_sql(raw.cells)
        connection.execute(f"UPDATE {raw.name} SET content = {content}")
    return findings


def _labelled(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, name: str
) -> RawTable:
    """Add a column with the name of each row's sheet or file."""
    cell = f"c{len(raw.header)}"
    labels = [
        (file.label if name == SHEET else "") or (file.path or Path(file.name)).name
        for file in raw.files
    ]
    as_table(connection, raw)
    connection.execute(f"ALTER TABLE {raw.name} ADD COLUMN {cell} VARCHAR")
    connection.execute(
        f"UPDATE {raw.name} SET {cell} = list_extract($labels, file + 1)",
        {"labels": labels},
    )
    return replace(raw, header=(*raw.header, name))


def _unpivoted(
    connection: duckdb.DuckDBPyConnection,
    raw: RawTable,
    unpivot: Unpivot,
    taken: list[str],
) -> RawTable:
    """Turn the columns that are taken into rows, in the order in which they stand."""
    kept = [(cell, n) for cell, n in zip(raw.cells, raw.header, strict=True)]
    cells = [cell for cell, name in kept if name in taken]
    kept = [(cell, name) for cell, name in kept if name not in taken]
    header = (*(name for _, name in kept), unpivot.name, unpivot.value)
    wide, new = f"{raw.name}_wide", [f"c{i}" for i in range(len(header))]
    sources = [cell for cell, _ in kept]
    sources += ["$fronts[file + 1] || $names[place]", f"[{', '.join(cells)}][place]"]
    named = ", ".join(f"{s} AS {n}" for s, n in zip(sources, new, strict=True))
    as_table(connection, raw)
    connection.execute(f"ALTER TABLE {raw.name} RENAME TO {wide}")
    connection.execute(
        f"CREATE TABLE {raw.name} AS SELECT file, row, seq, {content_sql(new)} AS "
        f"content, {', '.join(new)} FROM (SELECT file, row, (seq - 1) * {len(cells):d} "
        f"+ place AS seq, {named} FROM {wide}, "
        f"unnest(range(1, {len(cells) + 1:d})) AS months(place))",
        {"names": taken, "fronts": [_front(file, unpivot) for file in raw.files]},
    )
    connection.execute(f"DROP TABLE {wide}")
    return replace(
        raw,
        header=header,
        files=[replace(file, rows=file.rows * len(cells)) for file in raw.files],
        typed=_shared(raw.typed, taken, unpivot),
        measured=_shared(raw.measured, taken, unpivot),
    )


def _front(file: SourceFile, unpivot: Unpivot) -> str:
    """Return what is put before the names of a sheet's columns."""
    year = year_of(file) if unpivot.year_of_sheet else ""
    return f"{year} / " if year else ""


def year_of(file: SourceFile) -> str:
    """Return the year that the name of a sheet says, else its titles, else its file.

    Examples
    --------
    >>> year_of(SourceFile(None, "a.xlsx [Sales 2024]", 9, "Sales 2024"))
    '2024'
    >>> year_of(SourceFile(None, "a.xlsx [A]", 9, "A", ("2024 and 2025",)))
    ''
    """
    for texts in ((file.label,), file.titles, (file.name,)):
        years = {found[0] for text in texts for found in _YEAR.finditer(text)}
        if years:
            return years.pop() if len(years) == 1 else ""
    return ""


def _years_missing(raw: RawTable, unpivot: Unpivot, table: str) -> list[Finding]:
    """Tell of sheets that do not say of which year their months are."""
    silent = [file for file in raw.files if not year_of(file)]
    return [
        make_finding(
            "year_of_sheet_unknown",
            table,
            rows=file.rows,
            samples=[Sample(file.name, None, ", ".join(file.titles) or file.label)],
        )
        for file in silent
        if unpivot.year_of_sheet
    ]


def _shared(
    names: frozenset[str], taken: list[str], unpivot: Unpivot
) -> frozenset[str]:
    """The column of values is of a kind where all that it was made of were."""
    left = names - set(taken)
    return left | {unpivot.value} if names.issuperset(taken) else left

"""Check the marks in numbers: thousands that would be read as decimals.

With a decimal point, the German 1.234 is one and a quarter. Nothing fails when such a
column is read, so that every amount is a thousandth of what it should be.
"""

import re
from dataclasses import replace

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.plans import Part
from kamlab.data.findings.quality import Finding, Sample, make_finding

_FEWEST = 2


def check_marks(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return the columns whose decimals all look like groups of thousands.

    A column for which the mapping itself declares `decimal` or `thousands` is taken
    at its word.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table and its text.
    cleaned : CleanTable
        The typed rows.
    """
    told = _declared(cleaned)
    findings, seen = [], {*told, *cleaned.raw.typed, *cleaned.raw.measured}
    for plan in cleaned.plans:
        for part in plan.parts if plan.kind in ("number", "integer") else ():
            if part.source in cleaned.raw.header and part.source not in seen:
                seen.add(part.source)
                findings += _grouped(connection, cleaned, plan.shown, part)
    return findings


def _declared(cleaned: CleanTable) -> list[str]:
    """Columns of the export for which a mapping says how numbers are written."""
    return [
        name
        for source in cleaned.mapping.columns.values()
        if source.decimal is not None or source.thousands is not None
        for name in source.columns
    ]


def _grouped(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, shown: str, part: Part
) -> list[Finding]:
    """Return a finding when every text with a mark has it before three digits."""
    if part.form.thousands or _are_all_short(connection, cleaned, part):
        return []
    mark = part.form.decimal
    add = cleaned.values.add
    shape = add(rf"[+-]?[1-9]\d{{0,2}}({re.escape(mark)}\d{{3}})+-?")
    # Few of the texts that may hold a mark have to be cut and translated for it.
    cell = cleaned.raw.reference(part.source)
    may_hold = " OR ".join(f"contains({cell}, '{each}')" for each in ".,")
    may_hold += f" OR strlen({cell}) <> length({cell})"  # as with ．and ，
    marked = (
        f"FROM (SELECT file, row, seq, {part.text} AS text FROM {cleaned.raw.name} "
        f"WHERE {may_hold}) WHERE (contains(text, '.') OR contains(text, ','))"
    )
    other = f"SELECT 1 {marked} AND NOT regexp_full_match(text, {shape}) LIMIT 1"
    if connection.execute(other, cleaned.values.used_in(other)).fetchone():
        return []
    sql = "SELECT count(*), min({'seq': seq, 'f': file, 'r': row, 't': text}, 3) "
    sql += marked
    rows, places = connection.execute(sql, cleaned.values.used_in(sql)).fetchone()
    if rows < _FEWEST:
        return []
    files = cleaned.raw.files
    samples = [Sample(files[at["f"]].name, at["r"], at["t"]) for at in places]
    told = _doubted(cleaned, shown, part, rows, samples)
    return [replace(told, affected=f"SELECT seq {marked}")]


def _are_all_short(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, part: Part
) -> bool:
    """Whether no text is long enough for a group of thousands after a mark."""
    if not part.noted:
        return False
    sql = f"SELECT 1 FROM {cleaned.name} WHERE {part.note} LIMIT 1"
    return connection.execute(sql).fetchone() is None


def _doubted(
    cleaned: CleanTable, shown: str, part: Part, rows: int, samples: list[Sample]
) -> Finding:
    mark = part.form.decimal
    return make_finding(
        "thousands_as_decimals",
        cleaned.declared.name,
        shown,
        rows,
        samples,
        texts=", ".join(repr(each.value) for each in samples),
        mark=mark,
        other="," if mark == "." else ".",
        advice=f"{{from: {part.source}, decimal: '{mark}'}}",
    )

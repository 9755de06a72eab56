"""Tell which texts of a mapping no row of the export holds: most are mistyped."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import Values, present_sql
from kamlab.data.cleaning.plans import plan_column
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.documents import CANCELLATIONS
from kamlab.errors import did_you_mean

_MOST_NAMED = 12


@dataclass(frozen=True)
class _Listed:
    """Texts that a mapping lists, and SQL of the text they are compared with."""

    place: str
    column: str
    source: str
    texts: tuple[str, ...]
    sql: str


def check_unmatched(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return the texts under values, negate and drop that match no row.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the text of the table.
    cleaned : CleanTable
        The typed rows.
    """
    values = Values()
    findings = []
    for listed in _listed(cleaned, values):
        found = _compared(connection, cleaned, listed, values)
        missing = [each for each in listed.texts if each not in found]
        if missing:
            hint = _hint(connection, cleaned, listed, values, missing[0])
            findings.append(_told(cleaned, listed, missing, hint))
    return findings


def _listed(cleaned: CleanTable, values: Values) -> Iterator[_Listed]:
    """Yield every list of texts in a table's mapping."""
    mapping, raw = cleaned.mapping, cleaned.raw
    # Document types that do not occur are no fault; those not declared are found.
    documents = mapping.document_types and mapping.document_types.column
    for name, source in mapping.columns.items():
        if source.values and not source.only_listed:
            column = cleaned.declared.column(name)
            bare = replace(source, values={}, default=None)
            parts = plan_column(column, bare, raw, mapping.format, values).parts
            part = parts[0]
            yield _Listed("values", name, part.source, tuple(source.values), part.text)
        if source.negate_in and source.negate_column != documents:
            sql = present_sql(
                raw.reference(source.negate_column), mapping.format, values
            )
            yield _Listed("negate", name, source.negate_column, source.negate_in, sql)
    for rule in mapping.drop:
        if rule.predicate == "in" and rule.name != CANCELLATIONS:
            sql = present_sql(raw.reference(rule.column), mapping.format, values)
            place = f"the rule {rule.name!r}"
            yield _Listed(place, "", rule.column, rule.operand, sql)


def _compared(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    listed: _Listed,
    values: Values,
) -> set[str]:
    """Return those of the listed texts that some row holds."""
    wanted = values.add(list(listed.texts))
    sql = (
        f"SELECT DISTINCT text FROM (SELECT {listed.sql} AS text "
        f"FROM {cleaned.raw.name}) WHERE text IN (SELECT unnest({wanted}))"
    )
    return _texts(connection.execute(sql, values.used_in(sql)).fetchall())


def _texts(rows: Iterable[tuple[str]]) -> set[str]:
    return {text for (text,) in rows}


def _hint(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    listed: _Listed,
    values: Values,
    missing: str,
) -> str:
    """Name the text that was meant, or some that the column holds."""
    sql = (
        f"SELECT text FROM (SELECT {listed.sql} AS text FROM {cleaned.raw.name}) "
        f"WHERE text IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 "
        f"LIMIT {_MOST_NAMED}"
    )
    held = connection.execute(sql, values.used_in(sql)).fetchall()
    return did_you_mean(missing, [text for (text,) in held])


def _told(
    cleaned: CleanTable, listed: _Listed, missing: list[str], hint: str
) -> Finding:
    first = Sample(cleaned.raw.files[0].name, None, missing[0])
    return make_finding(
        "matches_no_row",
        cleaned.declared.name,
        listed.column,
        len(missing),
        [first],
        texts=", ".join(repr(each) for each in missing[:_MOST_NAMED]),
        verb="match" if len(missing) > 1 else "matches",
        place=listed.place,
        source=listed.source,
        hint=hint,
    )

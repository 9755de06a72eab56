"""Columns that last month's export had and this one has not.

A column that the mapping needs is missed by the import itself. One that it does not use
yet, or that only the heads of documents have, is gone before anybody asks for it.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.reading.raw import RawTable

if TYPE_CHECKING:
    from kamlab.data.updates.before import Before


def columns_gone(
    raw: RawTable | None, mapping: TableMapping, table: str, before: "Before | None"
) -> list[Finding]:
    """Return a warning for each column that the last import had and this one lacks.

    Parameters
    ----------
    raw : RawTable or None
        What was read of the table; None where nothing could be.
    mapping : TableMapping
        Columns that it calls by several names are one; those that it unpivots come and
        go with the months.
    table : str
        The contract's table.
    before : Before, optional
        The portfolio that is updated.

    Examples
    --------
    >>> raw = RawTable("raw_orders", ("Nr",))
    >>> columns_gone(raw, TableMapping((), {}), "orders", None)
    []
    """
    if raw is None or before is None:
        return []
    there = {name for file in (*raw.files, *raw.heads) for name in file.header}
    there |= _also_called(there, mapping)
    imported = _last_import(table, before.imports)
    return [
        make_finding(
            "column_gone",
            table,
            rows=0,
            samples=[Sample(raw.files[0].name if raw.files else table, None, name)],
            before=str(imported.get("created", ""))[:10],
            source=name,
        )
        for name in _columns(imported, table)
        if name not in there and not (mapping.unpivot and mapping.unpivot.takes(name))
    ]


def _also_called(there: set[str], mapping: TableMapping) -> set[str]:
    """Return the other names of columns that are there."""
    known = [
        (*each.columns, *each.also) for each in mapping.columns.values() if each.also
    ]
    return {name for names in known if there & set(names) for name in names}


def _last_import(table: str, imports: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the last import that read files of a table."""
    with_it = [each for each in imports if _columns(each, table)]
    return with_it[-1] if with_it else {}


def _columns(imported: Mapping[str, Any], table: str) -> list[str]:
    """Return the columns of a table's files and heads, as an import has logged them."""
    names = [
        name
        for each in imported.get("tables", ())
        if each["table"] == table
        for file in (*each["files"], *each.get("heads", ()))
        for name in file.get("columns", ())
    ]
    return list(dict.fromkeys(names))

"""Put the columns of documents' heads beside their lines, which are in another file.

No line is lost and none is doubled: a document with two heads is refused, and a line
without a head stays, with nothing in the head's columns.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb

from kamlab.data.contract import table as declaration
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.reading.parts import as_table
from kamlab.data.reading.raw import RawTable
from kamlab.errors import did_you_mean

if TYPE_CHECKING:
    from kamlab.data.mapping.join import Join


def heads_mapping(mapping: TableMapping, table: str) -> TableMapping:
    """Return how the heads are read: as the lines are, from their own files.

    Parameters
    ----------
    mapping : TableMapping
        Of the lines; it has a join.
    table : str
        The contract's table.

    Examples
    --------
    >>> from kamlab.data.mapping.join import Join
    >>> lines = TableMapping(("VBRP.csv",), {}, join=Join(("VBRK.csv",), (("a", "b"),)))
    >>> heads_mapping(lines, "orders").files
    ('VBRK.csv',)
    """
    told = mapping.join
    key = ColumnSource(tuple(head for _, head in told.on), "join")
    return TableMapping(
        told.files,
        {declaration(table).key[0]: key},
        format=mapping.format,
        place=told.place,
    )


def set_apart(connection: duckdb.DuckDBPyConnection, heads: RawTable) -> RawTable:
    """Return the heads under a name of their own, so that the lines can have theirs.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     _ = connection.execute("CREATE TABLE raw_orders (c0 VARCHAR)")
    ...     set_apart(connection, RawTable("raw_orders", ("Nr",))).name
    'raw_orders_heads'
    """
    as_table(connection, heads)
    name = f"{heads.name}_heads"
    connection.execute(f"ALTER TABLE {heads.name} RENAME TO {name}")
    return replace(heads, name=name)


def with_heads(
    connection: duckdb.DuckDBPyConnection,
    raw: RawTable,
    heads: RawTable,
    told: "Join",
    table: str,
) -> tuple[RawTable, list[Finding]]:
    """Return the lines with the columns of their heads, and what did not fit.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds both.
    raw, heads : RawTable
        The lines, and the heads.
    told : Join
        By which columns they belong together.
    table : str
        The contract's table.

    Returns
    -------
    RawTable
        As many rows as before. A column that lines and heads have is the lines'.
    list of Finding
        Heads that are there twice, lines without a head, heads without lines.
    """
    if lacking := _lacking(raw, told, table):
        return raw, lacking
    line_key = _key("lines", raw, told.line_columns)
    head_key = _key("heads", heads, tuple(head for _, head in told.on))
    if repeated := _repeated(connection, heads, head_key, table):
        return raw, repeated
    as_table(connection, raw)
    left, right = f"{raw.name} AS lines", f"{heads.name} AS heads"
    pair = f"{left} LEFT JOIN {right} ON {line_key} = {head_key}"
    findings = _unmatched(connection, raw, pair, (line_key, head_key), told, table)
    findings += _unused(connection, heads, raw, (line_key, head_key), table)
    return _widened(connection, raw, heads, pair), findings


def _lacking(raw: RawTable, told: "Join", table: str) -> list[Finding]:
    """Columns that the lines need to find their heads, and do not have."""
    shown = raw.files[0].name if raw.files else table
    return [
        make_finding(
            "missing_column",
            table,
            samples=[Sample(shown, None, name)],
            hint=did_you_mean(name, raw.header),
        )
        for name in told.line_columns
        if name not in raw.header
    ]


def _key(alias: str, raw: RawTable, columns: tuple[str, ...]) -> str:
    """SQL of a document's number, NULL where one of its columns is blank."""
    cells = [f"nullif(trim({alias}.{raw.reference(name)}), '')" for name in columns]
    return " || chr(31) || ".join(cells)


def _repeated(
    connection: duckdb.DuckDBPyConnection, heads: RawTable, key: str, table: str
) -> list[Finding]:
    """A document with two heads would double its lines."""
    found = connection.execute(
        f"SELECT {key} AS number, count(*), "
        "min({'seq': seq, 'file': file, 'row': row}) "
        f"FROM {heads.name} AS heads WHERE {key} IS NOT NULL GROUP BY 1 "
        "HAVING count(*) > 1 ORDER BY 1"
    ).fetchall()
    if not found:
        return []
    samples = [
        Sample(heads.files[first["file"]].name, first["row"], _shown(number))
        for number, _, first in found
    ]
    rows = sum(each[1] for each in found)
    return [make_finding("join_key_repeated", table, "", rows, samples)]


def _shown(number: str) -> str:
    return number.replace("\x1f", " ")


def _unmatched(
    connection: duckdb.DuckDBPyConnection,
    raw: RawTable,
    pair: str,
    keys: tuple[str, str],
    told: "Join",
    table: str,
) -> list[Finding]:
    line_key, head_key = keys
    found = connection.execute(
        f"SELECT lines.file, lines.row, coalesce({line_key}, ''), count(*) OVER () "
        f"FROM {pair} WHERE {head_key} IS NULL ORDER BY lines.seq LIMIT 3"
    ).fetchall()
    if not found:
        return []
    rows = found[0][3]
    samples = [
        Sample(raw.files[file].name, row, _shown(number))
        for file, row, number, _ in found
    ]
    share = rows / raw.rows
    weighs = {"share": share, "heads": told.shown}
    return [make_finding("join_unmatched", table, "", rows, samples, **weighs)]


def _unused(
    connection: duckdb.DuckDBPyConnection,
    heads: RawTable,
    raw: RawTable,
    keys: tuple[str, str],
    table: str,
) -> list[Finding]:
    line_key, head_key = keys
    found = connection.execute(
        f"SELECT heads.file, heads.row, coalesce({head_key}, ''), count(*) OVER () "
        f"FROM {heads.name} AS heads ANTI JOIN {raw.name} AS lines "
        f"ON {line_key} = {head_key} ORDER BY heads.seq LIMIT 3"
    ).fetchall()
    if not found:
        return []
    samples = [
        Sample(heads.files[file].name, row, _shown(number))
        for file, row, number, _ in found
    ]
    return [make_finding("join_heads_unused", table, "", found[0][3], samples)]


def _widened(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, heads: RawTable, pair: str
) -> RawTable:
    """Add the columns that only the heads have."""
    added = [name for name in heads.header if name and name not in raw.header]
    first = len(raw.header)
    cells = "".join(
        f", heads.{heads.reference(name)} AS c{first + i}"
        for i, name in enumerate(added)
    )
    wide = f"{raw.name}_wide"
    connection.execute(f"CREATE TABLE {wide} AS SELECT lines.*{cells} FROM {pair}")
    connection.execute(f"DROP TABLE {raw.name}")
    connection.execute(f"ALTER TABLE {wide} RENAME TO {raw.name}")
    new = frozenset(added)
    return replace(
        raw,
        header=(*raw.header, *added),
        typed=raw.typed | (heads.typed & new),
        zoned=raw.zoned | (heads.zoned & new),
        measured=raw.measured | (heads.measured & new),
        heads=tuple(heads.files),
    )

"""Put the rows of a new extract over those a portfolio has, each row counted.

Glossary
--------
identity
    The columns by which a row of the extract is recognised as one that is there: the
    contract's key; the number of the document, where its lines have no numbers; all
    columns, where rows have no number at all.
replaced
    Rows of the portfolio whose identity the extract has too; the extract wins.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from kamlab.data.cleaning.parsing import quoted
from kamlab.data.cleaning.writing import DERIVED, order_of
from kamlab.data.columns import Table
from kamlab.data.updates.merged_rows import MergedRows
from kamlab.errors import DataError

#: Names of the two sides, and of what is computed beside the contract's columns.
OLD, NEW, COPY, AT = "old_rows", "new_rows", "_copy", "_at"


@dataclass(frozen=True)
class Merge:
    """How two Parquet files of a table become one.

    Parameters
    ----------
    declared : Table
        The contract's table.
    old, new : tuple of str
        The columns that each side has.
    numbered : bool
        Whether the rows have a number of their own, which the export gives.
    identity : tuple of str
        The columns that tell which row of one side is which of the other.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> both = ("product_id", "category")
    >>> merge = Merge(table("products"), both, both, True, ("product_id",))
    >>> merge.common
    ('product_id', 'category')
    """

    declared: Table
    old: tuple[str, ...]
    new: tuple[str, ...]
    numbered: bool
    identity: tuple[str, ...]

    @property
    def common(self) -> tuple[str, ...]:
        """Columns that both sides have, without numbers that kamlab counted."""
        counted = () if self.numbered else self.declared.key[-1:]
        return tuple(n for n in self.old if n in self.new and n not in counted)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the outcome, in the contract's order."""
        there = {*self.old, *self.new}
        return tuple(name for name in self.declared.column_names if name in there)

    @property
    def matched(self) -> str:
        """SQL that holds where a row of the one side is a row of the other."""
        return " AND ".join(
            f"{OLD}.{quoted(name)} IS NOT DISTINCT FROM {NEW}.{quoted(name)}"
            for name in self.identity
        )


def open_sides(connection: duckdb.DuckDBPyConnection, old: Path, new: Path) -> None:
    """Make views of the two files, each row with its place in its file.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Receives the views `OLD` and `NEW`.
    old, new : Path
        Parquet files.
    """
    for name, path in ((OLD, old), (NEW, new)):
        literal = str(path).replace("'", "''")  # a view takes no parameters
        connection.execute(
            f"CREATE OR REPLACE VIEW {name}_file AS "
            f"FROM read_parquet('{literal}', file_row_number = true)"
        )


def plan_merge(
    connection: duckdb.DuckDBPyConnection,
    declared: Table,
    derived: tuple[set[str], set[str]],
) -> Merge:
    """Decide by which columns the rows of the two sides are recognised.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With the two views; receives the tables `OLD` and `NEW`.
    declared : Table
        The contract's table.
    derived : pair of set of str
        Columns that were derived in the portfolio, and in the new extract.

    Raises
    ------
    DataError
        If the rows of only one side have numbers that the export gives.
    """
    old, new = (_columns(connection, f"{side}_file") for side in (OLD, NEW))
    number = declared.key[-1]
    counted = [number in columns for columns in derived]
    if declared.name == "orders":
        key = ("order_id",) if any(counted) else declared.key
        merge = Merge(declared, old, new, not any(counted), key)
    elif counted[0] != counted[1]:
        raise DataError(
            f"{declared.name}: {number!r} came from the export in one import and was "
            "counted in the other, so that rows cannot be recognised. Map it as it was "
            "mapped before, or import the whole export again"
        )
    else:
        merge = Merge(declared, old, new, not counted[0], declared.key)
    if not merge.numbered and declared.name != "orders":
        merge = Merge(declared, old, new, False, (*merge.common, COPY))
    _stage(connection, merge)
    return merge


def _columns(connection: duckdb.DuckDBPyConnection, view: str) -> tuple[str, ...]:
    described = connection.execute(f"DESCRIBE {view}").fetchall()
    return tuple(each[0] for each in described if each[0] != "file_row_number")


def _stage(connection: duckdb.DuckDBPyConnection, merge: Merge) -> None:
    """Make the views of both sides with the identity and the place of their rows."""
    place, copy = "file_row_number", ""
    if COPY in merge.identity:
        # The file is in the order of the number as text: 1, 10, 2.
        place = f"coalesce(TRY_CAST({quoted(merge.declared.key[-1])} AS BIGINT), 0)"
        copy = (
            f", row_number() OVER (PARTITION BY {quoted(*merge.common)} "
            f"ORDER BY {place}) AS {COPY}"
        )
    for side in (OLD, NEW):
        connection.execute(
            f"CREATE OR REPLACE VIEW {side} AS SELECT * EXCLUDE (file_row_number), "
            f"{place} AS {AT}{copy} FROM {side}_file"
        )
    _leave_stubs(connection, merge)


def _leave_stubs(connection: duckdb.DuckDBPyConnection, merge: Merge) -> None:
    """Accounts that the extract knows by number alone never replace what is known."""
    others = [name for name in merge.new if name not in merge.declared.key]
    if merge.declared.name != "accounts":
        return
    bare = " AND ".join(f"{quoted(name)} IS NULL" for name in others) or "true"
    connection.execute(
        f"CREATE OR REPLACE TABLE known_stubs AS SELECT account_id FROM {NEW} "
        f"WHERE {bare} AND account_id IN (SELECT account_id FROM {OLD})"
    )
    connection.execute(
        f"CREATE OR REPLACE VIEW {NEW} AS SELECT * EXCLUDE (file_row_number), "
        f"file_row_number AS {AT} FROM {NEW}_file "
        "WHERE account_id NOT IN (SELECT account_id FROM known_stubs)"
    )


def write_merged(
    connection: duckdb.DuckDBPyConnection, merge: Merge, file: Path, gone: str = "false"
) -> MergedRows:
    """Write the rows of both sides in the place of the new file, and count them.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With both sides.
    merge : Merge
        What `plan_merge` returned.
    file : Path
        The new file, which is replaced.
    gone : str
        SQL over `OLD`: which of its rows are taken out although nothing replaces them.

    Raises
    ------
    DataError
        If rows were lost; it would be a fault of the update.
    """
    aside = file.with_name(f"{file.name}.part")
    survives = f"NOT EXISTS (FROM {NEW} WHERE {merge.matched})"
    taken_out = f"SELECT count(*) FROM {OLD} WHERE {survives} AND ({gone})"
    removed = connection.execute(taken_out).fetchone()[0]
    rows = (
        f"SELECT {_of_new(merge)}, 1 AS side, {AT} AS place FROM {NEW} "
        f"UNION ALL BY NAME SELECT {quoted(*merge.old)}, 0 AS side, {AT} AS place "
        f"FROM {OLD} WHERE {survives} AND NOT ({gone})"
    )
    counted = f"SELECT *, side * 1000000000000 + place AS seq FROM ({rows})"
    sql = f"SELECT {_selected(merge)} FROM ({counted}) ORDER BY {_order(merge)}"
    connection.execute(
        f"COPY ({sql}) TO $path (FORMAT parquet, COMPRESSION zstd)",
        {"path": str(aside)},
    )
    counts = _count(connection, merge, aside, removed)
    aside.replace(file)
    return counts


def _of_new(merge: Merge) -> str:
    """SQL of the extract's columns, and of those that only the portfolio has.

    A column that the extract does not tell keeps its value where the row is known.
    """
    selected = [quoted(name) for name in merge.new]
    where = f"FROM {OLD} WHERE {merge.matched}"
    if merge.declared.key == merge.identity:
        selected += [
            f"(SELECT any_value({quoted(name)}) {where}) AS {quoted(name)}"
            for name in merge.old
            if name not in merge.new
        ]
    return ", ".join(selected)


def _selected(merge: Merge) -> str:
    """SQL of the outcome's columns; numbers that kamlab counts are counted anew."""
    anew = {} if merge.identity[-1] != COPY else {merge.declared.key[-1]}
    return ", ".join(
        f"{DERIVED[merge.declared.name, name]} AS {quoted(name)}"
        if name in anew
        else quoted(name)
        for name in merge.columns
    )


def _order(merge: Merge) -> str:
    return quoted(*order_of(merge.declared, (*merge.columns, "seq")))


def _count(
    connection: duckdb.DuckDBPyConnection, merge: Merge, file: Path, removed: int
) -> MergedRows:
    """Count the rows of each kind, and check that none was lost."""
    count = connection.execute
    before, extract = (
        count(f"SELECT count(*) FROM {side}").fetchone()[0] for side in (OLD, NEW)
    )
    replaced = count(
        f"SELECT count(*) FROM {OLD} WHERE EXISTS (FROM {NEW} WHERE {merge.matched})"
    ).fetchone()[0]
    new, same, changed = count(
        "SELECT coalesce(sum(n) FILTER (kind = 'new'), 0)::BIGINT, "
        "coalesce(sum(n) FILTER (kind = 'same'), 0)::BIGINT, "
        "coalesce(sum(n) FILTER (kind = 'changed'), 0)::BIGINT "
        f"FROM ({compared(merge)})"
    ).fetchone()
    after, net, accounts = _held(connection, merge, file)
    if after != before - replaced - removed + extract:
        raise DataError(
            f"{merge.declared.name}: {before:,} rows less {replaced + removed:,} and "
            f"{extract:,} more came to {after:,}; the update is at fault, please "
            "report it"
        )
    kinds = (before, after, extract, new, same, changed, replaced, removed)
    added = tuple(name for name in merge.new if name not in merge.old)
    return MergedRows(*kinds, added, net, accounts)


def _held(
    connection: duckdb.DuckDBPyConnection, merge: Merge, file: Path
) -> tuple[int, float | None, int | None]:
    """Return rows, net amount and number of accounts of a file."""
    has = merge.columns
    net = "round(sum(net_amount), 2)" if "net_amount" in has else "NULL"
    accounts = "count(DISTINCT account_id)" if "account_id" in has else "NULL"
    sql = f"SELECT count(*), {net}, {accounts} FROM read_parquet($1)"
    return connection.execute(sql, [str(file)]).fetchone()


def compared(merge: Merge) -> str:
    """Return SQL that says of each identity in the extract what became of it.

    Columns: those of the identity, ``n`` rows, ``kind`` ("new", "same", "changed").

    Parameters
    ----------
    merge : Merge
        What `plan_merge` returned.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> both = ("product_id", "category")
    >>> merge = Merge(table("products"), both, both, True, ("product_id",))
    >>> with duckdb.connect() as connection:
    ...     _ = connection.execute(
    ...         f"CREATE TABLE {OLD} AS SELECT 'P1' AS product_id, 'gear' AS category"
    ...     )
    ...     _ = connection.execute(
    ...         f"CREATE TABLE {NEW} AS SELECT 'P1' AS product_id, 'motor' AS category"
    ...     )
    ...     connection.execute(compared(merge)).fetchall()
    [('P1', 1, 'changed')]
    """
    key = quoted(*merge.identity)
    content = f"sum(CAST(hash(row({quoted(*merge.common)})) AS HUGEINT))"
    sides = {
        side: f"SELECT {key}, count(*) AS n, {content} AS content FROM {side} "
        "GROUP BY ALL"
        for side in (OLD, NEW)
    }
    return (
        f"SELECT {', '.join(f'{NEW}.{quoted(k)}' for k in merge.identity)}, {NEW}.n, "
        f"CASE WHEN {OLD}.n IS NULL THEN 'new' WHEN {OLD}.n = {NEW}.n "
        f"AND {OLD}.content = {NEW}.content THEN 'same' ELSE 'changed' END AS kind "
        f"FROM ({sides[NEW]}) AS {NEW} LEFT JOIN ({sides[OLD]}) AS {OLD} "
        f"ON {merge.matched}"
    )


def with_survivors(
    connection: duckdb.DuckDBPyConnection, merge: Merge, gone: str, extract: str
) -> str:
    """Make a view of an extract's typed rows and the portfolio's that stay.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With the portfolio's side of the table.
    merge : Merge
        What `plan_merge` returned.
    gone : str
        SQL over `OLD`: which of its rows are taken out.
    extract : str
        Name of the typed rows, dropped ones included.

    Returns
    -------
    str
        Name of the view; the portfolio's rows have no place in a file.
    """
    name = f"updated_{merge.declared.name}"
    kept = f"SELECT * FROM {extract} AS {NEW} WHERE dropped IS NULL AND {merge.matched}"
    connection.execute(
        f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {extract} UNION ALL BY NAME "
        f"SELECT * EXCLUDE ({AT}) FROM {OLD} WHERE NOT EXISTS ({kept}) "
        f"AND NOT ({gone})"
    )
    return name

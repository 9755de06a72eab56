"""Bring a portfolio up to date with a new extract: nothing twice, nothing lost.

The new extract is imported by itself into a folder aside; here its tables are put over
those of the portfolio. What both have is taken from the extract, what only one has
stays, and what changed in periods that had been reported is told.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from kamlab.data.contract import table as declaration
from kamlab.data.findings.quality import Finding, make_finding
from kamlab.data.folder import sha256_of
from kamlab.data.updates.before import LOG_FILE, Before
from kamlab.data.updates.changed_attributes import changed_attributes
from kamlab.data.updates.merged_rows import MergedRows
from kamlab.data.updates.merging import (
    Merge,
    open_sides,
    plan_merge,
    with_survivors,
    write_merged,
)
from kamlab.data.updates.missing_documents import (
    covered_days,
    documents_missing,
    documents_moved,
)
from kamlab.data.updates.restatement import Restatement, restated, restatement
from kamlab.data.updates.versions import keep_version, link_or_copy
from kamlab.errors import DataError, UsageError


@dataclass(frozen=True)
class Update:
    """What an update did to a portfolio.

    Parameters
    ----------
    tables : dict of str to MergedRows
        By table: rows before, new, changed, after.
    files : dict of str to str
        The file of every table of the portfolio as it is now.
    history : Restatement
        By how much the quarters that had been reported changed.
    through : tuple of date
        Last day of the data before and now.
    findings : tuple of Finding
        What is to be told.

    Examples
    --------
    >>> was, now = date(2025, 11, 30), date(2025, 12, 31)
    >>> Update({}, {}, None, (was, now)).is_same
    False
    """

    tables: dict[str, MergedRows]
    files: dict[str, str]
    history: Restatement | None
    through: tuple[date, date]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def is_same(self) -> bool:
        """Whether the extract holds nothing that the portfolio does not have."""
        same_days = self.through[0] == self.through[1]
        return same_days and all(each.is_same for each in self.tables.values())


@dataclass
class _Found:
    """What comes to light while the tables are put together."""

    tables: dict[str, MergedRows] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    history: Restatement | None = None


def update_folder(
    connection: duckdb.DuckDBPyConnection,
    before: Before,
    folder: Path,
    files: dict[str, str],
    derived: dict[str, set[str]],
    through: date,
    missing: str = "keep",
    typed: dict[str, str] | None = None,
) -> Update:
    """Put the tables of a new extract over those of the portfolio.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        To compute with.
    before : Before
        The portfolio, which is read only.
    folder : Path
        Where the new extract was written; its files become the updated ones.
    files : dict of str to str
        The file of each table of the new extract.
    derived : dict of str to set of str
        Columns of the new extract that were derived, by table.
    through : date
        Last day that the new extract covers.
    missing : {"keep", "remove"}
        What happens to documents that the extract should have and has not.
    typed : dict of str to str
        Tables with the typed rows of the extract; for each of them a table
        ``updated_…`` is made that has the rows of the portfolio as well.

    Returns
    -------
    Update

    Raises
    ------
    DataError
        If a table of the portfolio is damaged, or its rows cannot be recognised.
    """
    found, typed = _Found(), typed or {}
    there = before.description.tables
    for name, file in files.items():
        if name in there:
            sides = before.derived.get(name, set()), derived.get(name, set())
            old = _whole(before.folder / there[name])
            open_sides(connection, old, folder / file)
            merge = plan_merge(connection, declaration(name), sides)
            gone = _tell(connection, before, merge, missing, found)
            if name in typed:
                with_survivors(connection, merge, gone, typed[name])
            found.tables[name] = write_merged(connection, merge, folder / file, gone)
        else:
            found.tables[name] = _all_new(connection, folder / file)
    for name, file in there.items():
        if name not in files:
            link_or_copy(_whole(before.folder / file), folder / file)
    was = before.description.data_through
    return Update(
        found.tables,
        {**there, **files},
        found.history,
        (was, max(was, through)),
        tuple(found.findings),
    )


def _tell(
    connection: duckdb.DuckDBPyConnection,
    before: Before,
    merge: Merge,
    missing: str,
    found: _Found,
) -> str:
    """Find out what an extract changes; return SQL of the rows that are taken out."""
    gone = "false"
    if merge.declared.name == "orders":
        covered, is_removed = covered_days(connection), missing == "remove"
        gone = covered.sql if is_removed else gone
        found.findings += documents_missing(connection, merge, covered, is_removed)
        found.findings += documents_moved(connection, merge)
        told = before.description
        found.history = restatement(
            connection, merge, told.data_through, told.calendar, gone
        )
        found.findings += restated(found.history)
    elif not merge.numbered:
        name, number = merge.declared.name, merge.declared.key[-1]
        rule = "rows_without_number"
        found.findings.append(make_finding(rule, name, number, 0))
    found.findings += changed_attributes(connection, merge)
    return gone


def keep_unchanged(before: Before | None) -> Callable[[Path], None]:
    """Return what keeps a portfolio as an earlier version just before it is replaced.

    Parameters
    ----------
    before : Before, optional
        The portfolio that an update began with; where another import has changed it
        since, the update is refused.

    Examples
    --------
    >>> keep_unchanged(None)(Path("/nowhere/yet"))
    """

    def keep(out: Path) -> None:
        log = out / LOG_FILE
        if before and (not log.is_file() or sha256_of(log) != before.log_hash):
            raise UsageError(
                f"out = {str(out)!r} was changed by another import in the meantime; "
                "nothing was written. Run the update again"
            )
        keep_version(out)

    return keep


def _all_new(connection: duckdb.DuckDBPyConnection, file: Path) -> MergedRows:
    sql = "SELECT count(*) FROM read_parquet($1)"
    count = connection.execute(sql, [str(file)]).fetchone()[0]
    return MergedRows(0, count, count, count, 0, 0, 0, 0)


def _whole(file: Path) -> Path:
    """Return the file, refusing one that is not there or that no import wrote."""
    if file.suffix != ".parquet" or not file.is_file():
        raise DataError(
            f"{file.name!r} in {str(file.parent)!r} is missing or was not written by "
            "an import; put an earlier version back with 'kamlab import --rollback', "
            "or import the whole export again"
        )
    return file

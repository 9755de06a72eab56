"""What a portfolio was made of, import by import, and its rows over all of them."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kamlab import __version__
from kamlab.data.controls.totals import ControlOutcome
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.folder import sha256_of
from kamlab.data.importing.accounting import (
    DroppedRows,
    FileCount,
    TableCount,
    count_as_json,
    write_log,
)
from kamlab.data.updates.merged_rows import MergedRows

if TYPE_CHECKING:
    from kamlab.data.updates.before import Before
    from kamlab.data.updates.updating import Update

#: How rows are called that a later import took the place of, or took out.
REPLACED = "replaced by a later import"
REMOVED = "missing in a later import"


@dataclass(frozen=True)
class LoggedImport:
    """What the log tells of an import beside its rows.

    Parameters
    ----------
    version : int
        Which import of this portfolio it is.
    derived : dict of str to set of str
        Columns that kamlab derived in this import, by table.
    before : Before, optional
        The portfolio that it updated.
    update : Update, optional
        What became of its rows.
    further : dict
        What else is to be told.

    Examples
    --------
    >>> LoggedImport(1, {"orders": {"line_id"}}).all_derived
    {'orders': ['line_id']}
    """

    version: int
    derived: dict[str, set[str]]
    before: "Before | None" = None
    update: "Update | None" = None
    further: dict[str, object] = field(default_factory=dict)

    @property
    def all_derived(self) -> dict[str, list[str]]:
        """Columns that were derived in any import, by table."""
        known = self.before.derived if self.before else {}
        return {
            table: sorted({*known.get(table, ()), *self.derived.get(table, ())})
            for table in sorted({*known, *self.derived})
        }


def write_history(
    counts: Sequence[TableCount],
    mapping: Path,
    folder: Path,
    controls: Sequence[ControlOutcome],
    told: LoggedImport,
) -> None:
    """Write the log of a portfolio: its rows over all imports, and each import.

    Parameters
    ----------
    counts : sequence of TableCount
        The rows of this import.
    mapping : Path
        The mapping that was used.
    folder : Path
        The portfolio folder.
    controls : sequence of ControlOutcome
        Totals of the books, and what was imported.
    told : LoggedImport
        What else there is to tell.
    """
    now = {
        "version": told.version,
        "kamlab": __version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "mapping": {"file": mapping.name, "sha256": sha256_of(mapping)},
        "tables": [count_as_json(count) for count in counts],
    }
    further = {"created": now["created"], "version": told.version, **told.further}
    further["derived"] = told.all_derived
    tables, earlier = list(counts), []
    if told.before and told.update:
        earlier = told.before.imports
        rows = told.update.tables
        tables = over_all_imports(told.before.log["tables"], counts, rows)
        now["update"] = {name: vars(each) for name, each in rows.items()}
    further["imports"] = [*earlier, now]
    write_log(tables, mapping, folder, controls, further)


def over_all_imports(
    before: Iterable[Mapping[str, Any]],
    now: Sequence[TableCount],
    merged: Mapping[str, MergedRows],
) -> list[TableCount]:
    """Return the rows of every table over all imports; they add up as for one.

    Rows that a later import replaced count as dropped, by a rule of that name.

    Parameters
    ----------
    before : iterable of mapping
        The tables in the log of the portfolio.
    now : sequence of TableCount
        The rows of the new extract.
    merged : mapping of str to MergedRows
        What became of them, by table.

    Examples
    --------
    >>> was = {"table": "orders", "rows_in": 5, "rows_out": 5, "dropped": [],
    ...        "files": [], "added": 0, "written": 5}
    >>> extract = TableCount("orders", [], [], 3, rows_out=3, written=3)
    >>> rows = MergedRows(5, 6, 3, new=1, same=2, changed=0, replaced=2, removed=0)
    >>> [count] = over_all_imports([was], [extract], {"orders": rows})
    >>> count.rows_in, count.rows_out, count.dropped[0].rows
    (8, 6, 2)
    """
    counts = {count.table: count for count in map(_count, before)}
    for extract in now:
        was = counts.get(extract.table)
        rows = merged.get(extract.table)
        known = was is not None and rows is not None
        counts[extract.table] = _added(was, extract, rows) if known else extract
    return list(counts.values())


def _count(told: Mapping[str, Any]) -> TableCount:
    """Return the rows of a table as a log tells them."""
    names = {each.name for each in dataclasses.fields(TableCount)}
    known = {name: value for name, value in told.items() if name in names}
    known["dropped"] = [DroppedRows(**each) for each in told["dropped"]]
    known["files"] = [FileCount(**each) for each in told["files"]]
    known["heads"] = [FileCount(**each) for each in told.get("heads", ())]
    return TableCount(**known)


def _added(was: TableCount, extract: TableCount, rows: MergedRows) -> TableCount:
    dropped = [*was.dropped, *extract.dropped]
    dropped += [DroppedRows(REPLACED, rows.replaced, None)]
    dropped += [DroppedRows(REMOVED, rows.removed, None)]
    rows_in = was.rows_in + extract.rows_in
    rows_out = rows_in - sum(each.rows for each in dropped)
    return dataclasses.replace(
        extract,
        files=[*was.files, *extract.files],
        heads=[*was.heads, *extract.heads],
        dropped=_by_rule(dropped),
        rows_in=rows_in,
        rows_out=rows_out,
        added=rows.after - rows_out,
        written=rows.after,
        net_amount=rows.net_amount,
        first_day=_present(min, was.first_day, extract.first_day),
        last_day=_present(max, was.last_day, extract.last_day),
        accounts=rows.accounts,
    )


def _present(
    choose: Callable[[list[str]], str], one: str | None, other: str | None
) -> str | None:
    """Choose among the days that are there."""
    days = [day for day in (one, other) if day is not None]
    return choose(days) if days else None


def _by_rule(dropped: Iterable[DroppedRows]) -> list[DroppedRows]:
    """Add up what rules of the same name took."""
    total: dict[str, DroppedRows] = {}
    for each in dropped:
        was = total.get(each.rule, DroppedRows(each.rule, 0, None))
        money = [x for x in (was.money, each.money) if x is not None]
        rows = was.rows + each.rows
        total[each.rule] = DroppedRows(each.rule, rows, sum(money) if money else None)
    ours = (REPLACED, REMOVED)
    return [each for each in total.values() if each.rows or each.rule not in ours]


def imported_before(
    sources: Mapping[str, str],
    now: Iterable[TableCount],
    merged: Mapping[str, MergedRows],
) -> list[Finding]:
    """Return a finding for each file that was taken in before and changes rows now.

    A file whose rows are all as they are in the portfolio, such as a list of rates that
    is sent every month, is not worth a word.

    Parameters
    ----------
    sources : mapping of str to str
        Name of every file so far, by its SHA-256.
    now : iterable of TableCount
        The rows of the new extract.
    merged : mapping of str to MergedRows
        What became of them, by table.

    Examples
    --------
    >>> rows = MergedRows(5, 5, 5, new=0, same=4, changed=1, replaced=5, removed=0)
    >>> june = FileCount("june.csv", "e3b0", 98, 5, {}, 5)
    >>> now = [TableCount("orders", [june], [], 5, 5)]
    >>> told = imported_before({"e3b0": "06.csv"}, now, {"orders": rows})
    >>> told[0].samples[0].value
    'june.csv'
    """
    return [
        make_finding(
            "imported_before", count.table, "", 0, [Sample(file.name, None, file.name)]
        )
        for count in now
        for file in count.files
        if file.sha256 in sources and merged[count.table].changed
    ]

"""Import an export into a portfolio folder: all of it, or nothing at all.

The export is read as text, cleaned by the rules of its mapping, checked against the
contract, and written aside; the folder gets its name only when all is there. Findings
that block are written next to the folder that was not made.
"""

import dataclasses
from functools import cache, partial
from pathlib import Path
from shutil import copyfile, rmtree

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.quality import Finding
from kamlab.data.findings.report import (
    FoundRows,
    beside,
    forget_blocked,
    write_report,
)
from kamlab.data.folder import new_folder
from kamlab.data.importing.accounting import (
    FINDINGS_FILE,
    LOG_FILE,
    ImportResult,
)
from kamlab.data.importing.blocked import write_beside
from kamlab.data.importing.completing import data_through, describe, write_tables
from kamlab.data.importing.inspection import check_all
from kamlab.data.importing.intake import read_and_clean
from kamlab.data.importing.work import Blocked, Nothing, Progress, Work
from kamlab.data.mapping.file import read_mapping
from kamlab.data.mapping.months import told_of_months
from kamlab.data.names.before import keep_names
from kamlab.data.pseudonymising import Privacy
from kamlab.data.reading.parts import hold_text
from kamlab.data.redaction import redact_log, without_names
from kamlab.data.updates.absent_files import fitted_to_update, keep_rates
from kamlab.data.updates.before import MAPPING_FILE, Before, check_agreement, prepared
from kamlab.data.updates.import_history import LoggedImport, write_history
from kamlab.data.updates.refreshing import refresh
from kamlab.data.updates.same_key import check_same_key
from kamlab.data.updates.updating import keep_unchanged
from kamlab.data.updates.versions import next_version
from kamlab.errors import UsageError

_MEMORY_LIMIT = "1250MB"


def import_portfolio(
    source: Path,
    mapping: Path | None,
    out: Path,
    replace: bool = False,
    progress: Progress | None = None,
    update: bool = False,
    privacy: Privacy | None = None,
    personal: bool = False,
) -> ImportResult:
    """Turn a company's export into a portfolio folder, or say why not.

    Parameters
    ----------
    source : Path
        One file, or the folder that holds the files of the export.
    mapping : Path
        The YAML file that says what is what; for an update, None means the one that
        the portfolio keeps.
    out : Path
        The portfolio folder to make.
    replace : bool
        Whether a portfolio that is there already may be replaced.
    progress : callable, optional
        Called with a line such as "orders: 541,909 rows read" after each step.
    update : bool
        Whether the export is put over the portfolio that is there: what both have is
        taken from the export, what only one has stays.
    privacy : Privacy, optional
        With which key names are hidden; by default they are not.
    personal : bool
        Whether the findings show columns about persons, such as names.

    Returns
    -------
    ImportResult
        With `blocked` set, and no folder written, where findings block; they stand in
        ``<out>.findings.json`` then.

    Raises
    ------
    UsageError
        If the source is not there, the mapping is wrong, or `out` is taken.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     here = Path(folder)
    ...     lines = "Nr,Who,Day,Net\\n1,A,2025-01-31,9.5\\n"
    ...     _ = (here / "lines.csv").write_text(lines)
    ...     _ = (here / "mapping.yml").write_text(
    ...         "portfolio: {currency: EUR}\\n"
    ...         "tables: {orders: {files: lines.csv, columns: {order_id: Nr,"
    ...         " account_id: Who, order_date: Day, net_amount: Net}}}"
    ...     )
    ...     result = import_portfolio(here, here / "mapping.yml", here / "portfolio")
    ...     result.rows_in, result.rows_out, result.blocked
    (1, 1, False)
    """
    source, out = Path(source), Path(out).absolute()
    _check_source(source)
    mapping, before = prepared(mapping, out, update)
    work = _begin(mapping, before, source, out, progress or _silent)
    work.out, work.personal, work.privacy = out, personal, privacy
    check_same_key(before, privacy, out)
    try:
        with new_folder(out, replace or update, keep_unchanged(before)) as folder:
            _fill(work, source, folder)
            _write_log(work, mapping, folder)
    except Nothing:
        work.progress("nothing new: the portfolio stays as it is")
    except Blocked:
        return _result(work, out, beside(out), blocked=True)
    except RuntimeError as error:
        # So DuckDB tells an interrupt that reaches it within a query.
        if "interrupted" in str(error):
            raise KeyboardInterrupt from error
        raise
    forget_blocked(out)
    return _result(work, out, out / FINDINGS_FILE, blocked=False)


def _check_source(source: Path) -> None:
    if not source.exists():
        raise UsageError(
            f"source = {str(source)!r} does not exist; name a file or a folder"
        )
    if not (source.is_file() or source.is_dir()):
        raise UsageError(
            f"source = {str(source)!r} is a pipe or a device; name a file or a folder"
        )


def _begin(
    mapping: Path, before: Before | None, source: Path, out: Path, progress: Progress
) -> Work:
    """Read the mapping, and check that an update fits to its portfolio."""
    told = read_mapping(mapping)
    name = before.description.name if before else out.name
    told = dataclasses.replace(told, name=told.name or name)
    stays: list[Finding] = []
    if before:
        check_agreement(before, told)
        told, stays = fitted_to_update(told, before, source)
    export = source if source.is_dir() else source.parent
    folders = mapping.parent, export
    return Work(told, progress, findings=stays, folders=folders, before=before)


def _result(work: Work, out: Path, findings: Path, blocked: bool) -> ImportResult:
    return ImportResult(
        out,
        work.counts,
        work.findings,
        blocked,
        findings,
        work.controls,
        work.update,
        work.since,
    )


def _write_log(work: Work, mapping: Path, folder: Path) -> None:
    """Write the log and keep the mapping, unless names may stand in it."""
    version, further = next_version(work.out), {}
    if work.privacy:
        further["pseudonyms"] = work.hidden.as_json(work.privacy)
    else:
        copyfile(mapping, folder / MAPPING_FILE)
    told = LoggedImport(version, work.derived, work.before, work.update, further)
    write_history(work.counts, mapping, folder, work.controls, told)
    redact_log(folder / LOG_FILE, work.hidden.names)


def _silent(line: str) -> None:
    """Tell nobody about the progress."""


def _fill(work: Work, source: Path, folder: Path) -> None:
    """Write the tables into the new folder, unless findings block."""
    scratch = folder / ".work"
    scratch.mkdir()
    spill = {"memory_limit": _MEMORY_LIMIT, "temp_directory": str(scratch / "spill")}
    with duckdb.connect(config=spill) as connection:
        _without_bar(connection)
        keep_rates(connection, work.mapping, work.before)
        keep_names(connection, work.mapping, work.before)
        cleaned = read_and_clean(connection, work, source, scratch)
        check_all(connection, work, cleaned)
        if work.mapping.grain == "month":
            work.findings = told_of_months(work.findings)
        _stop_if_blocked(connection, work, cleaned, scratch)
        tables = write_tables(connection, work, cleaned, folder)
        through = data_through(connection, work, cleaned["orders"])
        if work.before:
            done = refresh(connection, work, cleaned, folder, tables, through)
            tables, through = done.files, done.through[1]
            _stop_if_blocked(connection, work, cleaned, scratch)
        _report(connection, work, cleaned, scratch, folder)
    rmtree(scratch)
    describe(work.mapping, through, tables, folder)


def _stop_if_blocked(
    connection: duckdb.DuckDBPyConnection,
    work: Work,
    cleaned: dict[str, CleanTable],
    scratch: Path,
) -> None:
    """Write what was found beside the place of the folder, if it keeps it from it."""
    if work.settle():
        _report(connection, work, cleaned, scratch, None)
        write_beside(connection, work, cleaned)
        raise Blocked


def _report(
    connection: duckdb.DuckDBPyConnection,
    work: Work,
    cleaned: dict[str, CleanTable],
    scratch: Path,
    folder: Path | None,
) -> None:
    """Write what was found into the new folder, or beside its place where it blocks."""
    for table in {each.table for each in work.findings if each.affected}:
        if table in cleaned:
            hold_text(connection, cleaned[table].raw)
    told = (work.findings, work.counts, work.controls, work.personal)
    hide = cache(partial(without_names, names=work.hidden.names))
    found = FoundRows(connection, cleaned, *told, hide)
    work.since = write_report(found, work.out, folder, scratch, bool(work.before))


def _without_bar(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep DuckDB from drawing a bar over what stands in the terminal or a log.

    In a notebook the setting is off, and asking for it fails without ipywidgets.
    """
    name = "enable_progress_bar"
    if connection.execute(f"SELECT current_setting('{name}')").fetchone()[0]:
        connection.execute(f"SET {name} = false")

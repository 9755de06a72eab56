"""Put a new extract over the portfolio that is there, as a step of an import."""

import dataclasses
from datetime import date
from pathlib import Path

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.importing.inspection import check_books
from kamlab.data.importing.work import Nothing, Work
from kamlab.data.updates.history_overlaps import HISTORY, overlaps_checked_anew
from kamlab.data.updates.import_history import imported_before
from kamlab.data.updates.restatement import RESTATEMENT_FILE, write_restatement
from kamlab.data.updates.updating import Update, update_folder


def refresh(
    connection: duckdb.DuckDBPyConnection,
    work: Work,
    cleaned: dict[str, CleanTable],
    folder: Path,
    tables: dict[str, str],
    through: date,
) -> Update:
    """Put the tables over those of the portfolio, unless what that changes blocks.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the tables.
    work : Work
        Receives what is found and counted.
    cleaned : dict of str to CleanTable
        The typed rows of every table.
    folder : Path
        The new folder, where the tables of the extract are.
    tables : dict of str to str
        Their files.
    through : date
        Last day that the extract covers.

    Raises
    ------
    Nothing
        If the extract holds nothing that is not there.
    """
    mapping = work.mapping
    whole = ["accounts", HISTORY, *(["orders"] if mapping.controls else [])]
    typed = {name: cleaned[name].name for name in whole if name in cleaned}
    work.update = update_folder(
        connection,
        work.before,
        folder,
        tables,
        work.derived,
        through,
        mapping.missing_documents,
        typed,
    )
    updated = {
        name: dataclasses.replace(each, name=f"updated_{name}")
        if name in typed and name in work.before.description.tables
        else each
        for name, each in cleaned.items()
    }
    check_books(connection, work, updated["orders"], updated.get("accounts"))
    history = updated.get(HISTORY)
    work.findings = overlaps_checked_anew(connection, work.findings, history)
    work.findings += work.update.findings
    if not work.update.is_same:
        told = (work.before.sources, work.counts, work.update.tables)
        work.findings += imported_before(*told)
    if work.update.is_same and not work.settle():
        raise Nothing
    if work.update.history:
        write_restatement(work.update.history, folder / RESTATEMENT_FILE)
    return work.update

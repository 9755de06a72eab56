"""What is written beside the place of a portfolio that findings keep from being made.

Whoever has to decide needs to see it: which names look alike, and which quarters an
update would restate.
"""

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.report import beside
from kamlab.data.importing.work import Work
from kamlab.data.names.decisions import NAMES_FILE
from kamlab.data.names.sheet import write_names
from kamlab.data.updates.restatement import RESTATEMENT_FILE, write_restatement


def write_beside(
    connection: duckdb.DuckDBPyConnection, work: Work, cleaned: dict[str, CleanTable]
) -> None:
    """Write the names that look alike and the restated quarters beside the findings.

    What an earlier attempt left there is taken away.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the tables.
    work : Work
        What was found; names are not written where they are hidden.
    cleaned : dict of str to CleanTable
        The typed rows of every table.
    """
    names, quarters = (beside(work.out, f) for f in (NAMES_FILE, RESTATEMENT_FILE))
    for file in (names, quarters):
        file.unlink(missing_ok=True)
    if not work.privacy:
        write_names(connection, cleaned.values(), names)
    if work.update and work.update.history:
        write_restatement(work.update.history, quarters)

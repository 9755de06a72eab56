"""Write the sheet in which an analyst decides which names are one account."""

import io
from collections.abc import Iterable
from pathlib import Path

import duckdb
from xlsxwriter import Workbook

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.sheets import Styles, fill_sheet
from kamlab.data.names.checks import Proposal, is_keyed_by_name, proposals
from kamlab.data.names.decisions import COLUMNS


def write_names(
    connection: duckdb.DuckDBPyConnection,
    tables: Iterable[CleanTable],
    path: Path,
) -> bool:
    """Write which names look alike, where accounts are keyed by name.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the rows and their names.
    tables : iterable of CleanTable
        All typed rows; the proposals are those of the order lines.
    path : Path
        The file to make; it is there as a whole, or not at all.

    Returns
    -------
    bool
        Whether there is any name that looks like another.
    """
    for cleaned in tables:
        if cleaned.declared.name != "orders" or not is_keyed_by_name(cleaned):
            continue
        found = proposals(connection, cleaned)
        if found:
            aside = path.with_name(f"{path.name}.part")
            aside.write_bytes(names_workbook(found))
            aside.replace(path)
            return True
    return False


def names_workbook(found: Iterable[Proposal]) -> bytes:
    """Return the sheet as a workbook; what stands in it is never a formula.

    Parameters
    ----------
    found : iterable of Proposal
        Group by group.

    Examples
    --------
    >>> found = [Proposal("Adlor AG", "adlor", 3, 90.0, "adler", 0.92, "")]
    >>> names_workbook(found)[:2]
    b'PK'
    """
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        rows = [tuple(vars(each).values()) for each in found]
        sheet = book.add_worksheet("names")
        fill_sheet(sheet, COLUMNS, rows, Styles.of(book), shares=("similarity",))
    return content.getvalue()

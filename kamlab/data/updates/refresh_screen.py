"""Show in the terminal what an update did, and which versions there are."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kamlab.data.updates.restatement import RESTATEMENT_FILE
from kamlab.data.updates.updating import Update
from kamlab.data.updates.versions import Version, place_of_versions


def update_table(update: Update) -> Table:
    """Return a table of the rows that each table of a portfolio had and has.

    Parameters
    ----------
    update : Update
        What an import with `update` returned.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2025, 12, 31)
    >>> update_table(Update({}, {}, None, (day, day))).row_count
    0
    """
    columns = ("Before", "New", "Changed", "Same", "Removed", "Now")
    table = Table("Table", *columns)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, rows in update.tables.items():
        counts = (rows.before, rows.new, rows.changed, rows.same, rows.removed)
        table.add_row(Text(name), *(f"{n:,}" for n in (*counts, rows.after)))
    return table


def show_update(update: Update, out: Path, console: Console | None = None) -> None:
    """Write what an update did to a portfolio.

    Parameters
    ----------
    update : Update
        What an import with `update` returned.
    out : Path
        The portfolio folder.
    console : rich.console.Console, optional
        Where to write; by default standard output.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2025, 12, 31)
    >>> show_update(Update({}, {}, None, (day, day)), Path("mine"), Console(width=80))
    Nothing new: the portfolio in mine stays as it is.
    """
    console = console or Console()
    if update.is_same:
        console.print(Text(f"Nothing new: the portfolio in {out} stays as it is."))
        return
    console.print(update_table(update))
    history = update.history
    if history is not None:
        new = f"New after {update.through[0]}: {history.new_lines:,} order lines"
        console.print(Text(f"{new} ({history.new_amount:+,.2f})."))
    if history is not None and len(history.quarters):
        quarters = ", ".join(map(str, history.quarters.index))
        told = f"Restated: {quarters} ({history.change:+,.2f} together); see "
        console.print(Text(f"{told}{RESTATEMENT_FILE} in {out}."))
    console.print(Text(f"The version before is kept in {place_of_versions(out)}."))


def show_versions(known: Sequence[Version], console: Console | None = None) -> None:
    """Write which versions of a portfolio there are.

    Parameters
    ----------
    known : sequence of Version
        What `versions` returned.
    console : rich.console.Console, optional
        Where to write; by default standard output.

    Examples
    --------
    >>> from datetime import date
    >>> one = Version(1, Path("mine"), "", date(2025, 12, 31), current=True)
    >>> show_versions([one], Console(width=80))
    version 1, data through 2025-12-31 (current)
    """
    console = console or Console()
    for each in known:
        console.print(Text(str(each)))

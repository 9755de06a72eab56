"""What an update leaves as it is: tables whose files are not in the new extract.

A month's extract is often one file with a name of its own, without the master data and
rates that came with the first one.
"""

from dataclasses import replace
from pathlib import Path

import duckdb

from kamlab.data.cleaning.currency_rates import RATES_TABLE
from kamlab.data.cleaning.dated_rates import RATES_BEFORE
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import Mapping
from kamlab.data.reading.export_files import holds_files
from kamlab.data.updates.before import Before
from kamlab.data.updates.renamed_files import with_renamed_files


def fitted_to_update(
    mapping: Mapping, before: Before, source: Path
) -> tuple[Mapping, list[Finding]]:
    """Return a mapping for the files that an update has, and which tables stay.

    A single file that no table names is that of the order lines, and so is the one file
    of a folder that has their columns. A table whose files are absent stays as the
    portfolio has it.

    Parameters
    ----------
    mapping : Mapping
        Usually the one that the portfolio keeps.
    before : Before
        The portfolio.
    source : Path
        The new extract: one file, or a folder.

    Raises
    ------
    UsageError
        If no file of a folder can be that of the order lines, or several can.

    Examples
    --------
    >>> from kamlab.data.folder import Description
    >>> from kamlab.data.mapping.mapping import TableMapping
    >>> told = Description("Mine", "EUR", None, tables={"accounts": "accounts.parquet"})
    >>> tables = {"orders": TableMapping(("june.csv",), {})}
    >>> tables["accounts"] = TableMapping(("names.csv",), {})
    >>> before, mapping = Before(Path("mine"), told), Mapping("Mine", "EUR", tables)
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     july = Path(folder) / "july.csv"
    ...     july.touch()
    ...     fitted, stays = fitted_to_update(mapping, before, july)
    >>> list(fitted.tables), [each.table for each in stays]
    (['orders'], ['accounts'])
    """
    mapping = _with_given_file(mapping, source)
    mapping, renamed = with_renamed_files(mapping, source)
    stays = [
        name
        for name, table in mapping.tables.items()
        if name != "orders"
        and name in before.description.tables
        and not table.place.database
        and not holds_files(source, table.files)
    ]
    tables = {name: each for name, each in mapping.tables.items() if name not in stays}
    return replace(mapping, tables=tables), renamed + [
        make_finding(
            "table_stays",
            name,
            samples=[Sample(", ".join(mapping.tables[name].files), None, "")],
        )
        for name in stays
    ]


def _with_given_file(mapping: Mapping, source: Path) -> Mapping:
    """Let the order lines be read from the only file, whatever its name is."""
    tables = mapping.tables
    lines = tables["orders"]
    is_named = any(holds_files(source, each.files) for each in tables.values())
    if not source.is_file() or is_named or lines.place.database:
        return mapping
    taken = {
        name: replace(each, files=()) if each.files == lines.files else each
        for name, each in tables.items()
    }
    return replace(mapping, tables=taken)


def keep_rates(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, before: Before | None
) -> None:
    """Convert with the rates that a portfolio has, too, where an update lacks some.

    A month's extract brings the rates of its month; documents of the months before that
    come with it again are converted as they were.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Receives the rates.
    mapping : Mapping
        The update's.
    before : Before, optional
        The portfolio that is updated.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     keep_rates(connection, Mapping("Mine", "EUR", {}), None)
    """
    file = before.description.tables.get(RATES_TABLE) if before else None
    if file is None:
        return
    name = RATES_BEFORE if RATES_TABLE in mapping.tables else f"clean_{RATES_TABLE}"
    connection.execute(
        f"CREATE TABLE {name} AS SELECT currency, valid_on, rate, "
        "NULL::INTEGER AS dropped FROM read_parquet($1)",
        [str(before.folder / file)],
    )

"""Hide numbers that are made of names, such as an order's of customer and day.

Where an export has no number of its own, its mapping joins columns to make one. What
is made of a name holds that name, wherever it stands.
"""

from collections.abc import Mapping

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import quoted
from kamlab.data.pseudonymising import (
    FREE_TEXTS,
    Hidden,
    Privacy,
    hidden_rows,
    hide_text,
    is_number_of_account,
    put_pseudonyms,
)


def hide_ids_of_names(
    connection: duckdb.DuckDBPyConnection,
    cleaned: Mapping[str, CleanTable],
    privacy: Privacy,
    hidden: Hidden,
) -> None:
    """Put pseudonyms in the place of numbers that hold names, alike in every table.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the typed rows and their text.
    cleaned : mapping of str to CleanTable
        The tables of the export, whose names are hidden already.
    privacy : Privacy
        How.
    hidden : Hidden
        What was hidden so far; receives the numbers' columns.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     hide_ids_of_names(connection, {}, Privacy(b"keep me in a safe"), Hidden())
    """
    named = {
        (table, name)
        for table, each in cleaned.items()
        for name in _not_hidden(each, privacy)
        if _made_of_names(connection, each, name, hidden)
    }
    families = {_family(name) for _, name in named}
    for table, each in cleaned.items():
        for name in _not_hidden(each, privacy):
            if (table, name) in named or _family(name) in families:
                _hide(connection, each, name, privacy, hidden)


def _family(name: str) -> str:
    """Return the number that a column refers to: an order's, in a reference to it."""
    return name.removeprefix("ref_")


def _not_hidden(cleaned: CleanTable, privacy: Privacy) -> list[str]:
    """Return the columns of free text or numbers in which nothing is hidden yet."""
    declared = cleaned.declared
    return [
        name
        for name in cleaned.columns
        if name in cleaned.mapping.columns
        and declared.column(name).dtype == "text"
        and not declared.column(name).allowed
        and not hidden_rows(declared, name, privacy.ids)
        and not is_number_of_account(name)
        and (declared.name, name) not in FREE_TEXTS
    ]


def _made_of_names(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    name: str,
    hidden: Hidden,
) -> bool:
    """Whether a column is made of a hidden one, or of names hidden in other tables."""
    parts = cleaned.mapping.columns[name].columns
    if set(parts) & hidden.sources.get(cleaned.declared.name, set()):
        return True
    return name.endswith("_id") and any(
        _holds_names(connection, cleaned, part, hidden.names) for part in parts
    )


def _holds_names(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    part: str,
    names: set[str],
) -> bool:
    """Whether names stand in a column of the export; 17 is nobody's name."""
    column = cleaned.raw.reference(part)
    sql = f"SELECT DISTINCT trim({column}) FROM {cleaned.raw.name}"
    found = {value for (value,) in connection.execute(sql).fetchall() if value}
    return any(
        any(map(str.isalpha, value))
        for value in found & {each.strip() for each in names}
    )


def _hide(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    name: str,
    privacy: Privacy,
    hidden: Hidden,
) -> None:
    """Replace a column, and hide the text of those of its parts that hold names."""
    parts = {
        part
        for part in cleaned.mapping.columns[name].columns
        if part not in hidden.sources.get(cleaned.declared.name, set())
        and _holds_names(connection, cleaned, part, hidden.names)
    }
    values = put_pseudonyms(connection, cleaned.name, quoted(name), "true", privacy)
    hidden.columns[f"{cleaned.declared.name}.{name}"] = len(values)
    hidden.names |= hide_text(connection, cleaned, parts, privacy)
    hidden.sources.setdefault(cleaned.declared.name, set()).update(parts)

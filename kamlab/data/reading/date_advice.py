"""Find a way to declare how days are written that really reads them.

Advice that leads to the next error is worse than none, so that every format is tried
on texts of the export before a finding names it.
"""

from collections.abc import Sequence
from itertools import product

import duckdb

from kamlab.data.cleaning.parsing import Values, parsed_sql
from kamlab.data.mapping.mapping import Format
from kamlab.data.reading.dates import clashing, strptime_pattern

#: What may stand behind a day, tried in this order.
_TIMES = (
    "",
    " %H:%M",
    " %H:%M:%S",
    " %H:%M:%S.%f",
    "T%H:%M",
    "T%H:%M:%S",
    "T%H:%M:%S.%f",
    "T%H:%MZ",
    "T%H:%M:%SZ",
    "T%H:%M:%S.%fZ",
    " %H:%M:%SZ",
    " %H:%M:%S UTC",
    "T%H:%M%z",
    "T%H:%M:%S%z",
    "T%H:%M:%S.%f%z",
    " %H:%M%z",
    " %H:%M:%S%z",
    " %H:%M:%S.%f%z",
    " %H:%M:%S %z",
    " %I:%M %p",
    " %I:%M:%S %p",
)
_MOST_WAYS = 6


def working_format(
    connection: duckdb.DuckDBPyConnection, declared: str, texts: Sequence[str]
) -> str | None:
    """Return the format, with a time behind the day where needed, that reads all texts.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Reads the texts as an import would.
    declared : str
        A way to write days, such as "DD.MM.YYYY".
    texts : sequence of str
        Days of the export.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     working_format(connection, "YYYY-MM-DD", ["2025-01-31T23:00:00Z"])
    '%Y-%m-%dT%H:%M:%SZ'
    """
    for time in _TIMES:
        form = strptime_pattern(declared) + time if time else declared
        values = Values()
        texts_sql = values.add(list(texts))
        day = parsed_sql("text", "date", Format(dates=(form,)), values)
        sql = (
            f"SELECT bool_and(coalesce({day} >= DATE '1900-01-01', false)) "
            f"FROM (SELECT unnest({texts_sql}) AS text)"
        )
        if connection.execute(sql, values.used_in(sql)).fetchone()[0]:
            return form
    return None


def joint_formats(
    connection: duckdb.DuckDBPyConnection,
    ways: Sequence[tuple[Sequence[str], Sequence[str]]],
) -> tuple[str, ...]:
    """Return formats that together read all texts, none against another.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Reads the texts.
    ways : sequence of (formats, texts)
        For each group of texts, the formats that may be meant.

    Returns
    -------
    tuple of str
        Empty where there are none, as with days first and months first in one column.

    Examples
    --------
    >>> european = (["DD/MM/YYYY"], ["31/01/2025"])
    >>> american = (["MM/DD/YYYY"], ["01/31/2025"])
    >>> with duckdb.connect() as connection:
    ...     joint_formats(connection, [european, american])
    ()
    """
    if len(ways) > _MOST_WAYS:
        return ()
    for bases in product(*(formats for formats, _ in ways)):
        found = [
            working_format(connection, base, texts)
            for base, (_, texts) in zip(bases, ways, strict=True)
        ]
        if None not in found and not clashing(tuple(dict.fromkeys(found))):
            return tuple(dict.fromkeys(found))
    return ()


def told_formats(formats: Sequence[str]) -> list[str]:
    """Return formats as a mapping writes them; strptime patterns need quotes.

    Examples
    --------
    >>> told_formats(["DD.MM.YYYY", "%d.%m.%Y %H:%M"])
    ['DD.MM.YYYY', "'%d.%m.%Y %H:%M'"]
    """
    return [repr(each) if "%" in each else each for each in formats]

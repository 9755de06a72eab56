"""Check that customer numbers which replace each other lead somewhere.

Glossary
--------
alias 客户编号变更
    A number that another has replaced: customers merge, systems are changed, and the
    old number stays on old documents. A chain of them is followed to its end.
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.quality import Finding, Sample, make_finding

ALIASES_TABLE = "account_aliases"

#: SQL of the numbers that another has replaced.
REPLACED = (
    f"SELECT old_account_id FROM clean_{ALIASES_TABLE} "
    "WHERE dropped IS NULL AND old_account_id IS NOT NULL"
)

#: Old number, the one that replaced it, and the first day on which it did.
Alias = tuple[str, str, date]


def check_aliases(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return the numbers that replace each other in a circle.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    cleaned : CleanTable
        The typed rows; nothing is found in any table but that of aliases.
    """
    if cleaned.declared.name != ALIASES_TABLE:
        return []
    circle, day = first_circle(
        connection.execute(
            f"SELECT old_account_id, account_id, valid_from FROM {cleaned.name} WHERE "
            "dropped IS NULL AND valid_from IS NOT NULL AND account_id IS NOT NULL "
            "AND old_account_id IS NOT NULL ORDER BY valid_from, seq"
        ).fetchall()
    )
    if not circle:
        return []
    place = _place(connection, cleaned, circle[0], " → ".join([*circle, circle[0]]))
    return [
        make_finding(
            "alias_circle", ALIASES_TABLE, "account_id", len(circle), [place], day=day
        )
    ]


def _place(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, number: str, shown: str
) -> Sample:
    """Return the first row of a number, with the circle for its value."""
    file, row = connection.execute(
        f"SELECT file, row FROM {cleaned.name} WHERE old_account_id = $number "
        "AND dropped IS NULL ORDER BY seq LIMIT 1",
        {"number": number},
    ).fetchone()
    return Sample(cleaned.raw.files[file].name, row, shown)


def has_aliases(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether the export has a table of replaced numbers.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     has_aliases(connection)
    False
    """
    found = connection.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_name = $name",
        {"name": f"clean_{ALIASES_TABLE}"},
    ).fetchone()
    return bool(found[0])


def first_circle(aliases: Iterable[Alias]) -> tuple[list[str], date | None]:
    """Return the numbers of the first circle, and the day on which it closes.

    Parameters
    ----------
    aliases : iterable of (str, str, date)
        In the order of their days; a later one of the same number replaces it.

    Returns
    -------
    numbers : list of str
        Empty where there is no circle.
    day : date or None
        On which the circle closes.

    Examples
    --------
    >>> one, two = date(2024, 1, 1), date(2025, 1, 1)
    >>> first_circle([("A", "B", one), ("B", "A", two)])
    (['B', 'A'], datetime.date(2025, 1, 1))
    >>> first_circle([("A", "B", one), ("B", "C", two)])
    ([], None)
    """
    by_day: dict[date, dict[str, str]] = {}
    for old, new, day in aliases:
        by_day.setdefault(day, {})[old] = new
    steps: dict[str, str] = {}
    for day, changes in by_day.items():
        steps |= changes
        for old in changes:
            if circle := _circle(steps, old):
                return circle, day
    return [], None


def _circle(steps: dict[str, str], start: str) -> list[str]:
    """Follow a number; return those passed where it comes back to itself."""
    passed, number = [start], steps[start]
    while number in steps and number not in passed and steps[number] != number:
        passed.append(number)
        number = steps[number]
    return passed if number == start and len(passed) > 1 else []

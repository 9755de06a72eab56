"""Numbers with a unit behind them, such as 12%, 1.5万 or 1.2k, as they are declared.

Glossary
--------
万, 亿
    Ten thousand, and a hundred million: the units in which Chinese sheets count.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kamlab.data.cleaning.parsing import Values


def without_suffix(
    text: str, suffixes: Sequence[tuple[str, float]], values: "Values"
) -> tuple[str, str]:
    """Return SQL of a text without the unit behind it, and of what the unit is worth.

    Parameters
    ----------
    text : str
        SQL of the text.
    suffixes : sequence of (str, float)
        Units, and what one of each is worth.
    values : Values
        Receives both.

    Examples
    --------
    >>> import duckdb
    >>> from kamlab.data.cleaning.parsing import Values
    >>> values = Values()
    >>> bare, worth = without_suffix("'1.5 万'", [("万", 10_000), ("%", 0.01)], values)
    >>> sql = f"SELECT {bare}, {worth}"
    >>> with duckdb.connect() as connection:
    ...     connection.execute(sql, values.used_in(sql)).fetchone()
    ('1.5', 10000.0)
    """
    cut, worth = [], []
    # 百万 ends with 万, so that the longer one comes first.
    for suffix, factor in sorted(suffixes, key=lambda each: -len(each[0])):
        behind = f"WHEN suffix({text}, {values.add(suffix)}) THEN"
        cut.append(f"{behind} trim(left({text}, -{len(suffix)}))")
        worth.append(f"{behind} {values.add(float(factor))}")
    return f"CASE {' '.join(cut)} ELSE {text} END", f"CASE {' '.join(worth)} ELSE 1 END"

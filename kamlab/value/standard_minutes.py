"""Standard minutes: how long an activity takes each pool, and since when.

Glossary
--------
activity
    One kind of work for a customer: an order, an order line, a visit, a call.
pool
    People or machines whose time is taken: inside sales, the warehouse.
own pool
    Of all pools that an activity takes time in, the one it takes most time in. Where
    somebody entered how long a contact took, that stands in the place of the own
    pool's standard; the other pools keep theirs.
spell
    Days between two revisions of the standards; spells are numbered from 0.
"""

from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.data.view import midnight

_CELL = ["activity", "pool"]


def revisions(standards: pd.DataFrame) -> list[date]:
    """Return the days, but for the first, on which standard minutes changed.

    Parameters
    ----------
    standards : DataFrame
        Columns activity, pool, minutes, valid_from.

    Returns
    -------
    list of date
        In order. Before the first day of all, the first standards hold.

    Examples
    --------
    >>> days = pd.to_datetime(["2022-01-01", "2024-07-01", "2024-07-01"])
    >>> [str(day) for day in revisions(pd.DataFrame({"valid_from": days}))]
    ['2024-07-01']
    """
    return [day.date() for day in sorted(standards["valid_from"].unique())[1:]]


def spell_of(day: str, changes: list[date]) -> nw.Expr:
    """Return the number of the spell that a date column's days lie in.

    Parameters
    ----------
    day : str
        Name of the date column.
    changes : list of date
        From `revisions`.

    Returns
    -------
    narwhals.Expr
        Integers from 0 on, named "spell".

    Examples
    --------
    >>> days = pd.DataFrame({"day": pd.to_datetime(["2024-06-30", "2024-07-01"])})
    >>> frame = nw.from_native(days)
    >>> frame.select(spell_of("day", [date(2024, 7, 1)]))["spell"].to_list()
    [0, 1]
    """
    number = nw.when(nw.col(day).is_null()).then(0).otherwise(0)
    for change in changes:
        number = number + nw.when(nw.col(day) >= midnight(change)).then(1).otherwise(0)
    return number.alias("spell")


def standards_by_spell(standards: pd.DataFrame) -> pd.DataFrame:
    """Return the standard minutes that hold in every spell, and whose own pool it is.

    Parameters
    ----------
    standards : DataFrame
        Columns activity, pool, minutes, valid_from.

    Returns
    -------
    DataFrame
        Columns spell, activity, pool, minutes, ``own`` (flag): one row for each
        standard in each spell, sorted. A standard that begins later than the others
        holds before its first day as well.

    Examples
    --------
    >>> day = pd.Timestamp("2022-01-01")
    >>> standards_by_spell(pd.DataFrame({
    ...     "activity": "order", "pool": ["desk", "store"], "minutes": [8, 12],
    ...     "valid_from": day}))
       spell activity   pool  minutes    own
    0      0    order   desk        8  False
    1      0    order  store       12   True
    """
    changes = [standards["valid_from"].min(), *map(midnight, revisions(standards))]
    ordered = standards.sort_values(["valid_from", *_CELL])
    first = ordered.drop_duplicates(_CELL)
    spells = []
    for number, change in enumerate(changes):
        since = ordered[ordered["valid_from"] <= change]
        holding = pd.concat([first, since]).drop_duplicates(_CELL, keep="last")
        spells.append(holding.assign(spell=number))
    table = pd.concat(spells).sort_values(["spell", *_CELL], ignore_index=True)
    largest = table.groupby(["spell", "activity"])["minutes"].transform("idxmax")
    own = table.index == largest
    return table[["spell", *_CELL, "minutes"]].assign(own=own)


def minutes_spent(counts: pd.DataFrame, standards: pd.DataFrame) -> pd.DataFrame:
    """Turn counts of activities into minutes of every pool.

    Parameters
    ----------
    counts : DataFrame
        Columns account_id, activity, spell, ``count``, ``timed`` (how many of them
        carry a duration) and ``duration`` (the sum of these, minutes).
    standards : DataFrame
        Columns activity, pool, minutes, valid_from.

    Returns
    -------
    DataFrame
        Columns account_id, activity, pool, count, timed, minutes, summed over spells
        and sorted. An activity without any standard has no pool and no minutes.

    Notes
    -----
    Own pool: Σ durations + (count − timed) × standard. Other pools: count × standard.

    Examples
    --------
    >>> standards = pd.DataFrame({
    ...     "activity": "visit", "pool": ["field"], "minutes": [180.0],
    ...     "valid_from": pd.Timestamp("2022-01-01")})
    >>> counts = pd.DataFrame({"account_id": ["A"], "activity": ["visit"],
    ...     "spell": [0], "count": [3], "timed": [2], "duration": [250.0]})
    >>> minutes_spent(counts, standards)["minutes"].tolist()
    [430.0]
    """
    spells = standards_by_spell(standards)
    cells = counts.merge(spells, on=["spell", "activity"], how="left")
    is_own = cells["own"].fillna(False).astype(bool)
    by_standard = cells["count"] - cells["timed"].where(is_own, 0)
    entered = cells["duration"].where(is_own, 0.0)
    cells["minutes"] = entered + by_standard * cells["minutes"]
    keys = ["account_id", "activity", "pool"]
    sums = cells.groupby(keys, dropna=False)[["count", "timed", "minutes"]]
    return sums.sum(min_count=1).reset_index()

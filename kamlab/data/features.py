"""Which columns a model may learn from: those whose values are dated.

An attribute that is true as of the extract carries news of every earlier view's future.
"""

from collections.abc import Collection
from datetime import date

import pandas as pd

from kamlab.data.columns import EXTRACT, Table
from kamlab.errors import UsageError, did_you_mean


def undated_columns(
    declared: Table, present: Collection[str], dated: Collection[str] = ()
) -> list[str]:
    """Return the columns that are true as of the extract only.

    Parameters
    ----------
    declared : Table
        The table's declaration.
    present : collection of str
        Columns that are there.
    dated : collection of str
        Attributes that `account_history` dates.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> undated_columns(table("accounts"), ["account_id", "tier", "region"], ["tier"])
    ['region']
    """
    return [
        name
        for name in present
        if declared.column(name).known_from == EXTRACT and name not in dated
    ]


def checked_features(
    frame: pd.DataFrame,
    columns: list[str],
    declared: Table,
    undated: Collection[str],
    days: tuple[date, date],
) -> pd.DataFrame:
    """Return columns of a table, refusing those that a model must not learn from.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table as known on the view's day.
    columns : list of str
        The columns asked for.
    declared : Table
        The table's declaration.
    undated : collection of str
        Columns that are true as of the extract only.
    days : tuple of two dates
        Day of the extract and day of the view.

    Raises
    ------
    UsageError
        If a column is unknown, or is true as of the extract only.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> frame = pd.DataFrame({"created_on": [1], "region": ["DACH"]})
    >>> days = (date(2025, 12, 31), date(2024, 6, 30))
    >>> checked_features(frame, ["region"], table("accounts"), ["region"], days)
    Traceback (most recent call last):
    kamlab.errors.UsageError: accounts.region is as of the extract of 2025-12-31: ...
    """
    extract, view = days
    for column in columns:
        if column not in frame.columns:
            hint = did_you_mean(column, frame.columns)
            raise UsageError(f"{declared.name!r} has no column {column!r}: {hint}")
        if column in undated:
            raise UsageError(
                f"{declared.name}.{column} is as of the extract of {extract}: a model "
                f"of {view} must not know it. Date it in account_history, or leave it "
                "out"
            )
    return frame[columns]

"""What was known on a day: rows that had not come yet go, later values are blanked.

These functions take narwhals frames, lazy or not, so that one rule serves order lines
in DuckDB or Spark and small tables in pandas alike.
"""

from datetime import date, datetime, time
from typing import TypeVar

import narwhals as nw

from kamlab.data.contract import EXTRACT, FIXED, ROW, Table

Frame = TypeVar("Frame", nw.DataFrame, nw.LazyFrame)


def midnight(day: date) -> datetime:
    """Return the day as a timestamp, the type in which views hold their dates.

    Examples
    --------
    >>> midnight(date(2025, 12, 31))
    datetime.datetime(2025, 12, 31, 0, 0)
    """
    return datetime.combine(day, time.min)


def usable_columns(declared: Table, present: list[str]) -> list[str]:
    """Return the columns whose date of becoming known is at hand.

    A value that is filled in later is of no use without the date column that says
    when: it could come from the future of any view.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> usable_columns(table("orders"), ["order_id", "quality_flag"])
    ['order_id']
    """
    always = (ROW, FIXED, EXTRACT)
    return [
        name
        for name in present
        if (since := declared.column(name).known_from) in always or since in present
    ]


def rows_known_at(
    declared: Table, present: list[str], day: date, also: nw.Expr | None = None
) -> nw.Expr | None:
    """Return the condition under which a row of the table is known on `day`.

    Parameters
    ----------
    declared : Table
        The table's declaration.
    present : list of str
        The columns the frame has.
    day : date
        The last day of the view.
    also : narwhals.Expr, optional
        Another condition that makes a row known, such as an earlier first order.

    Returns
    -------
    narwhals.Expr or None
        None when nothing in the frame dates its rows.
    """
    dates = [nw.col(name) for name in declared.known_from if name in present]
    if not dates:
        return also
    end = midnight(day)
    none_later = nw.all_horizontal(
        *[each.is_null() | (each <= end) for each in dates], ignore_nulls=True
    )
    dated = nw.any_horizontal(*[~each.is_null() for each in dates], ignore_nulls=True)
    known = none_later & dated
    return known if also is None else known | also


def values_known_at(declared: Table, present: list[str], day: date) -> list[nw.Expr]:
    """Return the columns of a view on `day`, with later values blanked."""
    end = midnight(day)
    always = (ROW, FIXED, EXTRACT)
    return [
        nw.col(name)
        if (since := declared.column(name).known_from) in always
        else nw.when(nw.col(since) <= end).then(nw.col(name)).alias(name)
        for name in usable_columns(declared, present)
    ]


def known_at(
    frame: Frame, declared: Table, day: date, also: nw.Expr | None = None
) -> Frame:
    """Return the rows and values of a table that were known at the end of `day`.

    Parameters
    ----------
    frame : narwhals DataFrame or LazyFrame
        The table; its date columns are timestamps.
    declared : Table
        Its declaration in the data contract.
    day : date
        The last day whose news the view may hold.
    also : narwhals.Expr, optional
        A further condition under which a row is known.

    Returns
    -------
    narwhals DataFrame or LazyFrame
        Of the same kind as `frame`.

    Examples
    --------
    >>> import pandas as pd
    >>> from kamlab.data.contract import table
    >>> orders = pd.DataFrame({
    ...     "order_id": ["1", "2"],
    ...     "order_date": pd.to_datetime(["2025-01-10", "2025-03-01"]),
    ...     "delivered_date": pd.to_datetime(["2025-02-10", "2025-03-02"]),
    ... })
    >>> view = known_at(nw.from_native(orders), table("orders"), date(2025, 1, 31))
    >>> view.to_native()
      order_id order_date delivered_date
    0        1 2025-01-10            NaT
    """
    present = frame.collect_schema().names()
    condition = rows_known_at(declared, present, day, also)
    if condition is not None:
        frame = frame.filter(condition)
    return frame.select(*values_known_at(declared, present, day))

"""What came after a view's day: the only source of labels."""

from dataclasses import dataclass
from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.errors import UsageError
from kamlab.fiscal import add_months


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came after a view's date: the only source of labels.

    Parameters
    ----------
    start, end : date
        First and last day of the window; both belong to it.
    orders : narwhals.LazyFrame
        Order lines dated in the window, as known at its end.
    successors : pandas.Series
        New number of each account that was merged into another in the window.
    """

    start: date
    end: date
    orders: nw.LazyFrame
    successors: pd.Series


def outcome_end(as_of: date, months: int, data_through: date) -> date:
    """Return the last day of the months after a view, if the data reach so far.

    Parameters
    ----------
    as_of : date
        The view's day.
    months : int
        Length of the window, at least 1.
    data_through : date
        Last day of the data.

    Raises
    ------
    UsageError
        If `months` is no such number, or the window does not end within the data: half
        an outcome would make customers look lost.

    Examples
    --------
    >>> print(outcome_end(date(2025, 6, 30), 6, data_through=date(2025, 12, 31)))
    2025-12-31
    """
    if isinstance(months, bool) or not isinstance(months, int) or months < 1:
        raise UsageError(f"months = {months!r}; give a whole number from 1 on")
    end = add_months(as_of, months)
    if end > data_through:
        raise UsageError(
            f"months = {months}: the outcome of {as_of} would end on {end}, but the "
            f"data end on {data_through}. Choose an earlier as_of or fewer months"
        )
    return end

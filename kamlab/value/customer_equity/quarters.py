"""The quarters ahead: when each ends, and what money of it is worth today."""

from dataclasses import dataclass
from datetime import date
from numbers import Real

import numpy as np

from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar, add_months
from kamlab.value.contracts.rates import checked_count

_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, eq=False)
class AheadQuarters:
    """The fiscal quarters after a day, with the discount of each.

    Parameters
    ----------
    as_of : date
        The day from which they are counted.
    ends : tuple of date
        Last day of each quarter. The first is what is left of the running one.
    discount_rate : float
        Effective rate a year, as a share.

    Examples
    --------
    >>> ahead = AheadQuarters(date(2025, 12, 31), (date(2026, 3, 31),), 0.10)
    >>> ahead.days.tolist(), ahead.discount.round(3).tolist()
    ([90], [0.988])
    """

    as_of: date
    ends: tuple[date, ...]
    discount_rate: float

    @property
    def days(self) -> np.ndarray:
        """Days from `as_of` to the end of each quarter.

        Examples
        --------
        >>> quarters_ahead(date(2025, 12, 31), 0.1, 2).days.tolist()
        [90, 181]
        """
        return np.array([(end - self.as_of).days for end in self.ends])

    @property
    def lengths(self) -> np.ndarray:
        """Length of each quarter in years.

        Examples
        --------
        >>> quarters_ahead(date(2025, 12, 31), 0.1, 4).lengths.sum().round(2)
        np.float64(1.0)
        """
        return np.diff(self.days, prepend=0) / _DAYS_A_YEAR

    @property
    def discount(self) -> np.ndarray:
        """What money of each quarter is worth at `as_of`, taken as due in its middle.

        Examples
        --------
        >>> quarters_ahead(date(2025, 12, 31), 0.0, 2).discount.tolist()
        [1.0, 1.0]
        """
        middle = (self.days + np.append(0, self.days[:-1])) / 2
        return (1 + self.discount_rate) ** (-middle / _DAYS_A_YEAR)


def quarters_ahead(
    as_of: date,
    discount_rate: float,
    count: int = 12,
    calendar: FiscalCalendar | None = None,
) -> AheadQuarters:
    """Return the fiscal quarters after a day.

    Parameters
    ----------
    as_of : date
        The day; a quarter that has begun goes on after it.
    discount_rate : float
        Effective rate a year, as a share, 0 or more.
    count : int
        How many quarter ends.
    calendar : FiscalCalendar, optional
        The company's; by default the year begins in January.

    Returns
    -------
    AheadQuarters

    Raises
    ------
    UsageError
        If the rate or the count cannot be.

    Notes
    -----
    The factor of a quarter whose middle lies m days ahead is (1 + i)^(−m / 365.25).

    Examples
    --------
    >>> ahead = quarters_ahead(date(2025, 11, 20), 0.1, 3)
    >>> [str(end) for end in ahead.ends]
    ['2025-12-31', '2026-03-31', '2026-06-30']
    """
    if not isinstance(discount_rate, Real) or not 0 <= discount_rate < np.inf:
        raise UsageError(
            f"discount_rate = {discount_rate!r}: give a rate a year, 0.1 for 10 %"
        )
    checked_count(count, "count")
    end = (calendar or FiscalCalendar()).quarter_of(as_of).end
    skip = 1 if end == as_of else 0
    ends = tuple(add_months(end, 3 * (step + skip)) for step in range(count))
    return AheadQuarters(as_of, ends, float(discount_rate))

"""The quarters ahead: when each ends, and what money of it is worth today.

Glossary
--------
from here on
    All quarters of which money still counts today (剩余生命周期): until it is worth
    less than half a per cent of itself, and a hundred years at most.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar, add_months
from kamlab.style.formats import format_share
from kamlab.value.contracts.rates import checked_count, is_number
from kamlab.value.lifetime.units import DAYS_A_YEAR

#: How many quarters, by name: all that still count.
FROM_HERE_ON = "from here on"
#: Money that is worth less than this part of itself today does not count; nor does what
#: comes later than this.
_WORTH_NOTHING, _MOST_QUARTERS = 0.005, 400
#: Worth at the end of the quarters from which on a reader is told that they end there.
_WORTH_SAYING = 0.01


@dataclass(frozen=True, eq=False)
class AheadQuarters:
    """The fiscal quarters after a day, with the discount of each.

    Parameters
    ----------
    as_of : date
        The day from which they are counted.
    ends : tuple of date
        Last day of each quarter, each later than the one before; the first and the last
        may be parts of one.
    discount_rate : float
        Effective rate a year, as a share.
    growth : float
        Growth of the value of an order a year, as a share, from `as_of` on.

    Raises
    ------
    UsageError
        If a quarter ends before it begins.

    Examples
    --------
    >>> ahead = AheadQuarters(date(2025, 12, 31), (date(2026, 3, 31),), 0.10)
    >>> ahead.days.tolist(), ahead.discount.round(3).tolist()
    ([90], [0.988])
    """

    as_of: date
    ends: tuple[date, ...]
    discount_rate: float
    growth: float = 0.0

    def __post_init__(self) -> None:
        if not self.ends or (np.diff(self.days, prepend=0) <= 0).any():
            raise UsageError(
                f"ends = {[str(end) for end in self.ends]} after {self.as_of}: give "
                "days, each later than the one before"
            )

    @property
    def count(self) -> int:
        """How many quarters they are together; first and last part count as one.

        Examples
        --------
        >>> quarters_ahead(date(2025, 11, 20), 0.1, 3).count
        3
        """
        return round(4 * float(self.lengths.sum()))

    @property
    def note(self) -> str:
        """Say that money counts beyond the hundred years; empty where it does not.

        Examples
        --------
        >>> print(quarters_ahead(date(2025, 12, 31), 0.02, "from here on").note)
        After 100 years, where the sum ends, money still counts 13.8 % of itself: at so
        low a rate the values are too small.
        """
        left = float(self.order_worth[-1])
        if self.count < _MOST_QUARTERS or left <= _WORTH_SAYING:
            return ""
        years = self.count // 4
        return (
            f"After {years} years, where the sum ends, money still counts "
            f"{format_share(left)} of itself: at so low a rate the values are too "
            "small."
        )

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
        return np.diff(self.days, prepend=0) / DAYS_A_YEAR

    @property
    def middle(self) -> np.ndarray:
        """Years from `as_of` to the middle of each quarter.

        Examples
        --------
        >>> quarters_ahead(date(2025, 12, 31), 0.1, 2).middle.round(2).tolist()
        [0.12, 0.37]
        """
        return (self.days + np.append(0, self.days[:-1])) / 2 / DAYS_A_YEAR

    @property
    def discount(self) -> np.ndarray:
        """What money of each quarter is worth at `as_of`, taken as due in its middle.

        Examples
        --------
        >>> quarters_ahead(date(2025, 12, 31), 0.0, 2).discount.tolist()
        [1.0, 1.0]
        """
        return (1 + self.discount_rate) ** -self.middle

    @property
    def order_worth(self) -> np.ndarray:
        """What an order of each quarter is worth, if the same one today counts 1.

        Examples
        --------
        >>> ahead = quarters_ahead(date(2025, 12, 31), 0.0, 2, order_value_growth=0.1)
        >>> ahead.order_worth.round(2).tolist()
        [1.01, 1.04]
        """
        return (1 + self.growth) ** self.middle * self.discount


def quarters_ahead(
    as_of: date,
    discount_rate: float,
    count: int | str = 12,
    calendar: FiscalCalendar | None = None,
    order_value_growth: float = 0.0,
) -> AheadQuarters:
    """Return the fiscal quarters after a day, always equally much time.

    Parameters
    ----------
    as_of : date
        The day; a quarter that has begun goes on after it.
    discount_rate : float
        Effective rate a year, as a share, from 0 to below 1.
    count : int or "from here on"
        How many quarters, or all that count: until what is due is worth less than
        0.5 % of itself, 100 years at most (a rate of 5.5 % above the growth or more
        ends earlier).
    calendar : FiscalCalendar, optional
        The company's; by default the year begins in January.
    order_value_growth : float
        Growth of the value of an order a year, as a share; an assumption.

    Returns
    -------
    AheadQuarters

    Raises
    ------
    UsageError
        If a rate or the count cannot be, or values grow as fast as they are discounted
        and all that ever comes is asked for.

    Notes
    -----
    N quarters end on the same day 3 N months later: on the last day of a quarter they
    are N whole ones; on any other day the rest of the running one, N − 1 whole ones and
    the part of the last that was over of the first. So a sum over them moves no more
    than the accounts do from one day to the next. An order of a quarter whose middle
    lies t years ahead counts ((1 + g) / (1 + i))^t.

    Examples
    --------
    >>> ahead = quarters_ahead(date(2025, 11, 20), 0.1, 3)
    >>> [str(end) for end in ahead.ends]
    ['2025-12-31', '2026-03-31', '2026-06-30', '2026-08-20']
    >>> len(quarters_ahead(date(2025, 12, 31), 0.1, "from here on").ends)
    223
    """
    growth = order_value_growth
    _check_rates(discount_rate, growth)
    if count == FROM_HERE_ON:
        count = _all_that_count(discount_rate, growth)
    elif isinstance(count, str):
        raise UsageError(f"quarters = {count!r}: give a number or {FROM_HERE_ON!r}")
    checked_count(count, "quarters")
    end = (calendar or FiscalCalendar()).quarter_of(as_of).end
    whole = [add_months(end, 3 * step) for step in range(count)]
    last = add_months(as_of, 3 * count)
    ends = (*(each for each in whole if each > as_of), last)
    return AheadQuarters(as_of, ends, float(discount_rate), float(growth))


def _check_rates(discount_rate: float, growth: float) -> None:
    for name, rate, least in (
        ("discount_rate", discount_rate, 0),
        ("order_value_growth", growth, -1),
    ):
        # 1 and more was meant as per cent.
        if not is_number(rate) or not least <= rate < 1 or rate == -1:
            raise UsageError(
                f"{name} = {rate!r}: give a rate a year as a share, 0.1 for 10 %"
            )


def _all_that_count(discount_rate: float, growth: float) -> int:
    """Return after how many quarters money is as good as worthless."""
    a_year = np.log1p(discount_rate) - np.log1p(growth)
    if a_year <= 0:
        raise UsageError(
            f"discount_rate = {discount_rate!r}, order_value_growth = {growth!r}: what "
            f"comes {FROM_HERE_ON!r} has no end; take a rate above the growth, or a "
            "number of quarters"
        )
    return min(int(np.ceil(-4 * np.log(_WORTH_NOTHING) / a_year)), _MOST_QUARTERS)

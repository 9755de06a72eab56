"""The fiscal calendar: which days make up a year, a quarter, a month of the company.

Glossary
--------
fiscal year
    Twelve months that begin with `first_month`. A year from October 2024 to
    September 2025 is called 2024 if years are named by their start, 2025 by their end.
period
    A year, quarter or month with its first and last day, both belonging to it.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from kamlab.errors import UsageError

_PERIOD = re.compile(r"(\d{4})(?:(?:Q([1-4]))|(?:-(\d{2})))?")


@dataclass(frozen=True)
class Period:
    """A named span of days; `start` and `end` both belong to it.

    Examples
    --------
    >>> print(Period("2025", date(2025, 1, 1), date(2025, 12, 31)))
    2025 (2025-01-01 to 2025-12-31)
    """

    label: str
    start: date
    end: date

    @property
    def days(self) -> int:
        """Number of days in the period.

        Examples
        --------
        >>> FiscalCalendar().period("2024-02").days
        29
        """
        return (self.end - self.start).days + 1

    def __str__(self) -> str:
        return f"{self.label} ({self.start} to {self.end})"


def as_date(value: str | date, name: str = "date") -> date:
    """Return a plain day from an ISO text, a date or a timestamp.

    Parameters
    ----------
    value : str or date
        Such as "2025-12-31"; a time of day is dropped.
    name : str
        What the message calls the argument.

    Raises
    ------
    UsageError
        If the text is not a day in ISO form.

    Examples
    --------
    >>> as_date("2025-12-31")
    datetime.date(2025, 12, 31)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        day = date.fromisoformat(value)
        if day.isoformat() == value:  # Python reads week dates and more as well
            return day
        raise ValueError
    except (TypeError, ValueError):
        raise UsageError(
            f"{name} = {value!r} is not a day; write it as YYYY-MM-DD, "
            "for example 2025-12-31"
        ) from None


def _month_after(year: int, month: int, steps: int) -> tuple[int, int]:
    """Return year and month `steps` months after the given month."""
    index = year * 12 + (month - 1) + steps
    return index // 12, index % 12 + 1


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the month's last day where it is shorter.

    The last day of a month stays the last day of a month, so that quarter ends lead
    to quarter ends.

    Examples
    --------
    >>> add_months(date(2025, 6, 30), 6)
    datetime.date(2025, 12, 31)
    >>> add_months(date(2025, 8, 30), -6)
    datetime.date(2025, 2, 28)
    """
    year, month = _month_after(day.year, day.month, months)
    length = monthrange(year, month)[1]
    was_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, length if was_last else min(day.day, length))


@dataclass(frozen=True)
class FiscalCalendar:
    """How the company counts its years.

    Parameters
    ----------
    first_month : int
        First month of the fiscal year, 1 to 12.
    named_by : {"start", "end"}
        Whether a year carries the calendar year it starts in or the one it ends in.

    Raises
    ------
    UsageError
        If the month or the naming is not one of these.

    Examples
    --------
    >>> october = FiscalCalendar(first_month=10, named_by="end")
    >>> print(october.period("2025Q1"))
    2025Q1 (2024-10-01 to 2024-12-31)
    """

    first_month: int = 1
    named_by: str = "start"

    def __post_init__(self) -> None:
        if self.first_month not in range(1, 13) or isinstance(self.first_month, bool):
            raise UsageError(
                f"first_month = {self.first_month!r} is not a month; give 1 to 12"
            )
        if self.named_by not in ("start", "end"):
            raise UsageError(
                f"named_by = {self.named_by!r}; a fiscal year is named by its "
                "'start' or its 'end'"
            )

    def _span(self, label: str, year: int, offset: int, months: int) -> Period:
        """Return `months` months that begin `offset` months into fiscal `year`."""
        starts_earlier = self.named_by == "end" and self.first_month > 1
        calendar_year = year - 1 if starts_earlier else year
        first = _month_after(calendar_year, self.first_month, offset)
        last = _month_after(*first, months - 1)
        return Period(label, date(*first, 1), date(*last, monthrange(*last)[1]))

    def period(self, label: str) -> Period:
        """Return the period that a label such as "2025Q4" names.

        Parameters
        ----------
        label : str
            A fiscal year "2025", a fiscal quarter "2025Q4", or a calendar month
            "2025-11".

        Raises
        ------
        UsageError
            If the label is none of these.

        Examples
        --------
        >>> print(FiscalCalendar().period("2025Q4"))
        2025Q4 (2025-10-01 to 2025-12-31)
        """
        match = _PERIOD.fullmatch(label) if isinstance(label, str) else None
        year, quarter, month = match.groups() if match else (None, None, None)
        if match is None or (month and not 1 <= int(month) <= 12):
            raise UsageError(
                f"period = {label!r} is not a period; write a year '2025', a quarter "
                "'2025Q4' or a month '2025-11'"
            )
        if month:
            last = monthrange(int(year), int(month))[1]
            first_day = date(int(year), int(month), 1)
            return Period(label, first_day, first_day.replace(day=last))
        if quarter:
            return self._span(label, int(year), 3 * (int(quarter) - 1), 3)
        return self._span(label, int(year), 0, 12)

    def year_of(self, day: date) -> Period:
        """Return the fiscal year that `day` lies in.

        Examples
        --------
        >>> FiscalCalendar(10, "end").year_of(date(2024, 11, 5)).label
        '2025'
        """
        starts = day.year if day.month >= self.first_month else day.year - 1
        shift = 1 if self.named_by == "end" and self.first_month > 1 else 0
        return self.period(f"{starts + shift:04d}")

    def quarter_of(self, day: date) -> Period:
        """Return the fiscal quarter that `day` lies in.

        Examples
        --------
        >>> FiscalCalendar().quarter_of(date(2025, 12, 31)).label
        '2025Q4'
        """
        quarter = (day.month - self.first_month) % 12 // 3 + 1
        return self.period(f"{self.year_of(day).label}Q{quarter}")

    def last_quarter_end(self, day: date) -> date:
        """Return the last day of the latest fiscal quarter that is over on `day`.

        Examples
        --------
        >>> FiscalCalendar().last_quarter_end(date(2025, 11, 20))
        datetime.date(2025, 9, 30)
        """
        quarter = self.quarter_of(day)
        if day == quarter.end:
            return day
        return add_months(quarter.end, -3)

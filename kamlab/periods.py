"""Which period a report is about, and with which periods it is compared.

Glossary
--------
full period
    A fiscal year or quarter, or a month, that is over on the report's day.
same period last year
    The period twelve months earlier: seasons compare like with like.
"""

from datetime import date, timedelta

from kamlab.errors import UsageError, did_you_mean
from kamlab.fiscal import FiscalCalendar, Period, add_months

#: Months of a period, by what a report's parameter calls it.
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def period_of(calendar: FiscalCalendar, day: date, length: str) -> Period:
    """Return the fiscal year or quarter, or the month, that a day lies in.

    Parameters
    ----------
    calendar : FiscalCalendar
        How the company counts its years.
    day : date
        Any day of the period.
    length : {"month", "quarter", "year"}
        How long the period is.

    Raises
    ------
    UsageError
        If the length is none of these.

    Examples
    --------
    >>> period_of(FiscalCalendar(), date(2025, 11, 20), "month").label
    '2025-11'
    """
    _check_length(length)
    if length == "year":
        return calendar.year_of(day)
    if length == "quarter":
        return calendar.quarter_of(day)
    return calendar.period(f"{day:%Y-%m}")


def last_full_period(calendar: FiscalCalendar, day: date, length: str) -> Period:
    """Return the latest period that is over on a day.

    Parameters
    ----------
    calendar : FiscalCalendar
        How the company counts its years.
    day : date
        The report's day; a period that ends on it is over.
    length : {"month", "quarter", "year"}
        How long the period is.

    Raises
    ------
    UsageError
        If the length is none of these.

    Examples
    --------
    >>> last_full_period(FiscalCalendar(), date(2025, 12, 30), "quarter").label
    '2025Q3'
    """
    tomorrow = period_of(calendar, day + timedelta(days=1), length)
    return period_of(calendar, tomorrow.start - timedelta(days=1), length)


def period_back(calendar: FiscalCalendar, period: Period, steps: int) -> Period:
    """Return the period of the same length some steps earlier, or later.

    Parameters
    ----------
    calendar : FiscalCalendar
        How the company counts its years.
    period : Period
        A fiscal year or quarter, or a month.
    steps : int
        How many periods earlier; a negative number goes into the future.

    Raises
    ------
    UsageError
        If the days are no fiscal period.

    Examples
    --------
    >>> quarter = FiscalCalendar().period("2025Q1")
    >>> [period_back(FiscalCalendar(), quarter, steps).label for steps in (1, -1)]
    ['2024Q4', '2025Q2']
    """
    length = length_of(period)
    end = add_months(period.end, -MONTHS[length] * steps)
    return period_of(calendar, end, length)


def year_before(calendar: FiscalCalendar, period: Period) -> Period:
    """Return the same period of the year before.

    Parameters
    ----------
    calendar : FiscalCalendar
        How the company counts its years.
    period : Period
        A fiscal year or quarter, or a month.

    Raises
    ------
    UsageError
        If the days are no fiscal period.

    Examples
    --------
    >>> year_before(FiscalCalendar(), FiscalCalendar().period("2025Q4")).label
    '2024Q4'
    """
    return period_back(calendar, period, 12 // MONTHS[length_of(period)])


def length_of(period: Period) -> str:
    """Return whether a period is a month, a quarter or a year.

    Parameters
    ----------
    period : Period
        First day of a month to last day of a month.

    Raises
    ------
    UsageError
        If it is none of these.

    Examples
    --------
    >>> length_of(FiscalCalendar().period("2025"))
    'year'
    """
    for length, months in MONTHS.items():
        if add_months(period.start, months) - timedelta(days=1) == period.end:
            return length
    raise UsageError(
        f"period = {str(period)!r} is no month, quarter or year: give one, such as "
        "calendar.period('2025Q4')"
    )


def _check_length(length: str) -> None:
    if length not in MONTHS:
        raise UsageError(f"period = {length!r}: {did_you_mean(str(length), MONTHS)}")

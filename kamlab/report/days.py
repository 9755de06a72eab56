"""Days that a scheduler can name without knowing the date: the last month's end."""

from datetime import date

from kamlab.errors import UsageError, did_you_mean
from kamlab.fiscal import FiscalCalendar, as_date
from kamlab.periods import last_full_period

#: Words for a report's day, and the period whose end they mean.
NAMED_DAYS = {
    "last-month-end": "month",
    "last-fiscal-quarter-end": "quarter",
    "last-fiscal-year-end": "year",
}


def named_day(given: str | date, calendar: FiscalCalendar, today: date) -> date:
    """Return the day that a report is asked to stop at.

    Parameters
    ----------
    given : str or date
        A day such as "2025-12-31", or one of `NAMED_DAYS`.
    calendar : FiscalCalendar
        How the company counts its years.
    today : date
        The day the report is run; a period that ends today is over.

    Raises
    ------
    UsageError
        If it is neither.

    Examples
    --------
    >>> print(named_day("last-month-end", FiscalCalendar(), date(2026, 2, 3)))
    2026-01-31
    >>> named_day("last-mont-end", FiscalCalendar(), date(2026, 2, 3))
    Traceback (most recent call last):
    kamlab.errors.UsageError: as_of = 'last-mont-end': did you mean 'last-month-end'?
    """
    if given in NAMED_DAYS:
        return last_full_period(calendar, today, NAMED_DAYS[str(given)]).end
    if isinstance(given, str) and given[:1].isalpha():
        raise UsageError(f"as_of = {given!r}: {did_you_mean(given, NAMED_DAYS)}")
    return as_date(given, "as_of")

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
    if is_misspelt(given):
        raise UsageError(misspelt_day(given))
    return as_date(given, "as_of")


def is_misspelt(given: str | date) -> bool:
    """Say whether somebody meant a day by its name, but it has another.

    Examples
    --------
    >>> is_misspelt("last-quarter-end"), is_misspelt("31.12.2025")
    (True, False)
    """
    return isinstance(given, str) and given[:1].isalpha() and given not in NAMED_DAYS


def misspelt_day(given: str | date) -> str:
    """Say which names days have, to somebody who gave another.

    Examples
    --------
    >>> misspelt_day("last-quarter-end")
    "as_of = 'last-quarter-end': did you mean 'last-fiscal-quarter-end'?"
    """
    hint = did_you_mean(str(given), NAMED_DAYS)
    return f"as_of = {str(given)!r}: {hint}"

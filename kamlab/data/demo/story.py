"""Fixed points of Talbruck's story: its days and its planted figures, in one place.

Days are counted from the first day of the data, so that every process of the
generator can calculate with plain arrays.
"""

from datetime import date, timedelta

import numpy as np

FIRST_DAY = date(2022, 1, 1)
LAST_DAY = date(2025, 12, 31)
YEARS = (2022, 2023, 2024, 2025)


def day_number(day: date) -> int:
    """Return the number of a day, counted from the first day of the data.

    Examples
    --------
    >>> day_number(date(2022, 1, 1)), day_number(date(2025, 12, 31))
    (0, 1460)
    """
    return (day - FIRST_DAY).days


def day_of(number: int) -> date:
    """Return the day that has this number.

    Examples
    --------
    >>> day_of(1460)
    datetime.date(2025, 12, 31)
    """
    return FIRST_DAY + timedelta(days=int(number))


def dates_of(numbers: np.ndarray) -> np.ndarray:
    """Return the dates of many day numbers; NaN becomes no date.

    Examples
    --------
    >>> dates_of(np.array([0.0, np.nan]))
    array(['2022-01-01', 'NaT'], dtype='datetime64[D]')
    """
    numbers = np.asarray(numbers, dtype=float)
    known = ~np.isnan(numbers)
    days = np.datetime64(FIRST_DAY) + as_days(np.where(known, numbers, 0))
    return np.where(known, days, np.datetime64("NaT", "D"))


def year_of(numbers: np.ndarray) -> np.ndarray:
    """Return the calendar year of many day numbers.

    Examples
    --------
    >>> year_of(np.array([0, 364, 365, 1460]))
    array([2022, 2022, 2023, 2025])
    """
    starts = [day_number(date(year, 1, 1)) for year in YEARS]
    return np.searchsorted(starts, numbers, side="right") + YEARS[0] - 1


def as_days(numbers: np.ndarray) -> np.ndarray:
    """Return numbers as spans of days, which dates can be moved by.

    Examples
    --------
    >>> np.datetime64("2022-01-01") + as_days(np.array([0, 31]))
    array(['2022-01-01', '2022-02-01'], dtype='datetime64[D]')
    """
    return np.asarray(numbers).astype(np.int64).astype("timedelta64[D]")


def quarter_of(numbers: np.ndarray) -> np.ndarray:
    """Return the quarter, 1 to 4, of many day numbers.

    Examples
    --------
    >>> quarter_of(np.array([0, 90, 364]))
    array([1, 2, 4])
    """
    months = (np.datetime64(FIRST_DAY) + as_days(numbers)).astype("datetime64[M]")
    return months.astype(np.int64) % 12 // 3 + 1


def weekday_before(numbers: np.ndarray) -> np.ndarray:
    """Move weekends to the Friday before; the data's first weekend to its Monday.

    Examples
    --------
    >>> weekday_before(np.array([0, 6, 7, 8, 9]))
    array([2, 6, 6, 6, 9])
    """
    weekday = (numbers + 5) % 7  # the first day of the data is a Saturday
    return np.maximum(numbers - np.maximum(weekday - 4, 0), 2)


def weekday_after(numbers: np.ndarray) -> np.ndarray:
    """Move Saturdays and Sundays to the Monday after.

    Examples
    --------
    >>> weekday_after(np.array([0, 6, 7, 8, 9]))
    array([2, 6, 9, 9, 9])
    """
    weekday = (numbers + 5) % 7
    return numbers + np.where(weekday == 5, 2, 0) + np.where(weekday == 6, 1, 0)


N_DAYS = day_number(LAST_DAY) + 1

#: Net revenue of 2025 at 300 accounts, EUR, and each year's share of it.
REVENUE_2025 = 62_000_000.0
YEAR_INDEX = {2022: 0.864, 2023: 0.902, 2024: 0.952, 2025: 1.0}
FULL_SIZE = 300
SMALLEST, LARGEST = 30, 20_000

GROUPS_PER_ACCOUNT = 220 / 300
KEY_ACCOUNTS_PER_ACCOUNT = 28 / 300
ARRIVALS_PER_ACCOUNT = 36 / 300
LOSS_RATE = 0.078
KEY_LOSS_RATE = 0.029

#: Share of revenue invoiced in each currency.
CURRENCY_SHARES = {"EUR": 0.65, "CNY": 0.22, "USD": 0.13}

PRICE_LIST_2023 = date(2023, 4, 1)
PRICE_LIST_2025 = date(2025, 1, 1)
PRICE_RISES = {PRICE_LIST_2023: 0.04, PRICE_LIST_2025: 0.03}
#: How much of each rise reached net prices on average.
PRICE_STUCK = {PRICE_LIST_2023: 0.021, PRICE_LIST_2025: 0.016}

SHORTAGE = (date(2022, 7, 1), date(2022, 12, 31))
ON_TIME_USUAL, ON_TIME_SHORTAGE = 0.93, 0.81
GEARBOX_LOSSES_FROM = date(2023, 4, 1)
COMPETITOR_FROM = date(2024, 1, 15)
PROGRAMME_FROM = date(2024, 7, 1)
PROGRAMME_EFFECT = 0.08
#: Key accounts grow faster than the others from this day on, programme or not (log
#: points a year): comparing members with all others flatters the programme.
KEY_GROWTH_FROM = date(2023, 7, 1)
KEY_GROWTH = 0.12
MANAGERS_LEAVE = {"K04": date(2025, 3, 14), "K07": date(2025, 3, 21)}
ORPHANED_WEEKS = 8
CRM_STARTS = date(2023, 1, 9)
REVIEWS_FROM = date(2025, 1, 20)
MERGER = date(2024, 7, 1)
NUMBER_CHANGE = date(2023, 10, 1)
#: First day of the Chinese New Year.
CHINESE_NEW_YEAR = (
    date(2022, 2, 1),
    date(2023, 1, 22),
    date(2024, 2, 10),
    date(2025, 1, 29),
)

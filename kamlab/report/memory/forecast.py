"""The forecast that every better one has to beat: the same period of last year."""

import numpy as np
import pandas as pd
from scipy.stats import t as student

from kamlab.estimates import checked_level
from kamlab.fiscal import FiscalCalendar, Period
from kamlab.periods import MONTHS, length_of, period_back, year_before
from kamlab.portfolio import Portfolio
from kamlab.value.activity import account_months
from kamlab.value.windows import key_name

#: With fewer errors of its own a forecast has no interval, and is not made.
FEWEST_ERRORS = 4

#: How the forecast is called where it is recorded.
SOURCE = "same period last year"


def naive_forecast(
    portfolio: Portfolio,
    next_period: Period,
    by: str = "parent",
    level: float = 0.9,
) -> pd.DataFrame:
    """Expect of the next period what the same one of last year brought.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    next_period : Period
        A month, fiscal quarter or year that lies ahead.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    level : float
        Level of the interval, as a share.

    Returns
    -------
    DataFrame
        Columns ``account`` ("" for the whole portfolio, which comes first), ``value``,
        ``low``, ``high`` (net revenue, reporting currency) and ``n`` (past errors); the
        largest value first. Without four errors of the past nothing is expected, and
        accounts that brought nothing a year ago are left out.

    Raises
    ------
    UsageError
        If the days are no period, `by` is something else, or the level is none.

    Notes
    -----
    Seasonal random walk: value = revenue of the same period a year ago, ends = value ±
    t · √(mean squared error), where the errors are those that the same forecast made in
    every earlier full period and t is Student's quantile with as many degrees of
    freedom as there are errors. A company that grows steadily is thus told by a wide
    interval, not by a shifted value.

    References
    ----------
    Hyndman, R. J. and Athanasopoulos, G. (2021). Forecasting: principles and practice,
    3rd ed., sections 5.2 and 5.5. OTexts.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo", as_of="2025-09-30") as portfolio:
    ...     expected = naive_forecast(portfolio, portfolio.period("2025Q4"))
    >>> int(expected.loc[0, "n"])
    11
    """
    checked_level(level)
    key = key_name(by)
    by_month = account_months(portfolio, by).reset_index()
    months = by_month.pivot_table("revenue", key, "month", "sum")
    history = _history(portfolio, months, next_period)
    a_year = 12 // MONTHS[length_of(next_period)]
    errors = history.diff(a_year, axis=1).iloc[:, a_year:]
    columns = ["account", "value", "low", "high", "n"]
    n = errors.shape[1]
    if n < FEWEST_ERRORS:
        return pd.DataFrame(columns=columns)
    value = history[year_before(portfolio.calendar, next_period).label]
    half = student.ppf((1 + level) / 2, n) * np.sqrt((errors**2).mean(axis=1))
    table = pd.DataFrame({"value": value, "low": value - half, "high": value + half})
    table = table[table["value"] > 0].sort_values("value", ascending=False)
    return table.assign(n=n).rename_axis("account").reset_index()[columns]


def _history(portfolio: Portfolio, months: pd.DataFrame, ahead: Period) -> pd.DataFrame:
    """Return revenue by account and full period, oldest first, the whole on top."""
    periods = _full_periods(portfolio, ahead)
    history = pd.DataFrame(
        {
            each.label: months.loc[
                :,
                (months.columns >= str(each.start)) & (months.columns <= str(each.end)),
            ].sum(axis=1)
            for each in periods
        }
    )
    whole = history.sum().rename("").to_frame().T
    return pd.concat([whole, history]).astype("float64")


def _full_periods(portfolio: Portfolio, ahead: Period) -> list[Period]:
    """Return the periods that are over and covered by the data, oldest first."""
    calendar: FiscalCalendar = portfolio.calendar
    found: list[Period] = []
    period = period_back(calendar, ahead, 1)
    while period.start >= portfolio.first_day.replace(day=1):
        if period.end <= portfolio.as_of:
            found.append(period)
        period = period_back(calendar, period, 1)
    return found[::-1]

"""What the pools cost in a window, though their costs are booked by quarter or month.

Glossary
--------
carried on
    Days after the last booked period take its cost and capacity a day. Otherwise a
    report in the middle of a quarter would have work without cost.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kamlab.data.view import midnight
from kamlab.errors import UsageError
from kamlab.portfolio import Portfolio
from kamlab.value.windows import checked_window

_DAY = pd.Timedelta(days=1)
#: A book may begin, and a period end, some idle days beside the window.
_GRACE = 10 * _DAY


@dataclass(frozen=True)
class PoolCosts:
    """Cost and capacity of every pool in a window.

    Parameters
    ----------
    table : DataFrame
        Columns pool, cost, capacity_minutes, as `capacity_rates` takes it.
    booked_through : date
        Last day of the latest period that is booked.
    days_carried : int
        Days of the window after it, for which that period was carried on.

    Examples
    --------
    >>> PoolCosts(pd.DataFrame(), date(2025, 9, 30), 46).days_carried
    46
    """

    table: pd.DataFrame
    booked_through: date
    days_carried: int


def pool_costs(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
) -> PoolCosts:
    """Return what every pool cost between two days, and what it had to give.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with `costs`.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.

    Returns
    -------
    PoolCosts

    Raises
    ------
    MissingDataError
        If the portfolio has no costs of pools.
    UsageError
        If the costs begin after the window, or end longer before its end than one
        period lasts.

    Notes
    -----
    A period that lies partly in the window counts with its share of days. Days after
    the last period known are carried on at that period's cost and capacity a day, for
    the pools that still had one.

    Examples
    --------
    >>> orders = pd.DataFrame({"order_id": ["1"], "account_id": ["A"],
    ...     "order_date": pd.to_datetime(["2025-04-30"]), "net_amount": [90.0]})
    >>> costs = pd.DataFrame({"pool": ["desk"], "cost": [900.0],
    ...     "period_start": pd.to_datetime(["2025-01-01"]),
    ...     "period_end": pd.to_datetime(["2025-03-31"]), "capacity_minutes": [450.0]})
    >>> import kamlab
    >>> book = kamlab.portfolio_from_tables({"orders": orders, "costs": costs}, "EUR")
    >>> known = pool_costs(book, "2025-03-01", "2025-04-30")
    >>> known.table["cost"].tolist(), known.days_carried
    ([610.0], 30)
    """
    first, last = map(midnight, checked_window(portfolio, start, end))
    portfolio.require("costs", purpose="Cost of the pools")
    known = portfolio.table("costs")
    periods = known[known["period_start"] <= known["period_end"]]
    if periods.empty:
        raise UsageError(
            f"costs of pools: no period has ended by {portfolio.as_of}; move the "
            "portfolio to a later day with portfolio.at(...)"
        )
    booked = periods["period_end"].max()
    _check_cover(periods, booked, first, last)
    lasted = periods.assign(length=periods["period_end"] - periods["period_start"])
    carried = _carried_on(lasted[lasted["period_end"] == booked], booked, last)
    share = _days(periods, first, last) / _days(periods)
    inside = pd.concat(
        [_scaled(periods, share), _scaled(carried, _days(carried, first, last))]
    )
    table = inside.groupby("pool", as_index=False).sum()
    days = max(0, (last - max(booked, first - _DAY)).days)
    return PoolCosts(table, booked.date(), days)


def _check_cover(
    periods: pd.DataFrame, booked: pd.Timestamp, first: object, last: object
) -> None:
    """Refuse a window that the booked costs do not cover."""
    begin = periods["period_start"].min()
    if begin > first + _GRACE:
        raise UsageError(
            f"start = {first:%Y-%m-%d}: the costs of the pools begin on "
            f"{begin:%Y-%m-%d}; take a window from that day on"
        )
    latest = periods[periods["period_end"] == booked]
    longest = (latest["period_end"] - latest["period_start"]).max() + _DAY
    if last > booked + longest + _GRACE:
        raise UsageError(
            f"end = {last:%Y-%m-%d}: the costs of the pools end on {booked:%Y-%m-%d}; "
            "take a window up to that day, or import the later costs"
        )


def _carried_on(
    latest: pd.DataFrame, booked: pd.Timestamp, last: object
) -> pd.DataFrame:
    """Return one day's cost and capacity of the last period, for the days after it."""
    shortest = latest.sort_values("length").drop_duplicates("pool")
    a_day = _scaled(shortest, 1 / _days(shortest))
    return a_day.assign(period_start=booked + _DAY, period_end=last)


def _days(
    periods: pd.DataFrame, first: object = None, last: object = None
) -> pd.Series:
    """Return how many days of each period lie in the window, or all of them."""
    begin = periods["period_start"].clip(lower=first)
    end = periods["period_end"].clip(upper=last)
    return ((end - begin) / _DAY + 1).clip(lower=0)


def _scaled(periods: pd.DataFrame, factor: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "pool": periods["pool"],
            "cost": periods["cost"] * factor,
            "capacity_minutes": periods["capacity_minutes"] * factor,
        }
    )

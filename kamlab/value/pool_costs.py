"""What the pools cost in a window, though their costs are booked by quarter or month.

Glossary
--------
carried on
    Days after a pool's booked period take its cost and capacity a day. Otherwise a
    report in the middle of a quarter would have work without cost.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kamlab.data.view import midnight
from kamlab.errors import DataError, UsageError
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
        Columns pool, cost, capacity_minutes, as `capacity_rates` takes it; only pools
        that there are in the window.
    booked_through : date
        Last day of the latest period that is booked.
    days_carried : int
        Days of the window for which a pool's period before them was carried on; of
        several pools the most.

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
    DataError
        If two periods of a pool overlap in the window.

    Notes
    -----
    A period that lies partly in the window counts with its share of days. Days between
    two periods of a pool, and after its last one, are carried on at the cost and
    capacity a day of the period before, unless the pool was closed: the gap is longer
    than that period, or others are booked through the whole of its next one.

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
    _refuse_overlaps(periods, first, last)
    carried = _carried_on(periods, booked, last)
    inside = pd.concat([_within(periods, first, last), _within(carried, first, last)])
    table = inside.groupby("pool", as_index=False).sum()
    days = _days(carried, first, last).groupby(carried["pool"]).sum()
    return PoolCosts(table, booked.date(), int(days.max()))


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


def _refuse_overlaps(periods: pd.DataFrame, first: object, last: object) -> None:
    """Refuse periods of a pool that count days of the window twice."""
    ordered = periods.sort_values(["pool", "period_start"])
    follows = ordered.groupby("pool")["period_start"].shift(-1)
    concerns = (follows <= last) & (ordered["period_end"] >= first)
    twice = ordered[concerns & (follows <= ordered["period_end"])]
    if len(twice):
        row = twice.iloc[0]
        raise DataError(
            f"table costs, pool {row['pool']!r}: the period to "
            f"{row['period_end']:%Y-%m-%d} overlaps the one from "
            f"{follows[twice.index[0]]:%Y-%m-%d}; give every day of a pool once"
        )


def _carried_on(
    periods: pd.DataFrame, booked: pd.Timestamp, last: object
) -> pd.DataFrame:
    """Return what every period would come to on the days until the next one."""
    ordered = periods.sort_values(["pool", "period_start"])
    end = ordered["period_end"]
    lasts = end - ordered["period_start"] + _DAY
    until = ordered.groupby("pool")["period_start"].shift(-1) - _DAY
    # Pools that book by quarter lag behind those that book by month; a pool whose next
    # period the others have booked, or that paused for longer, was closed meanwhile.
    is_open = (end + lasts > booked + _GRACE) | (end == booked)
    is_open = is_open.where(until.isna(), until - end <= lasts + _GRACE)
    after = ordered.assign(period_start=end + _DAY, period_end=until.fillna(last))
    part = _days(after) / _days(ordered)
    costs = {name: ordered[name] * part for name in ("cost", "capacity_minutes")}
    return after.assign(**costs)[is_open]


def _within(periods: pd.DataFrame, first: object, last: object) -> pd.DataFrame:
    """Return the part of cost and capacity that falls on days of the window."""
    days = _days(periods, first, last)
    share = days / _days(periods).where(days > 0)
    parts = {
        "pool": periods["pool"],
        "cost": periods["cost"] * share,
        "capacity_minutes": periods["capacity_minutes"] * share,
    }
    return pd.DataFrame(parts)[days > 0]


def _days(
    periods: pd.DataFrame, first: object = None, last: object = None
) -> pd.Series:
    """Return how many days of each period lie in the window, or all of them."""
    begin = periods["period_start"].clip(lower=first)
    end = periods["period_end"].clip(upper=last)
    return ((end - begin) / _DAY + 1).clip(lower=0)

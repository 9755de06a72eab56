"""What the pools of people cost month by month, and how long each activity takes them.

The costs follow time-driven activity-based costing: the rate of a pool is its cost over
its practical capacity, and an account costs the minutes it takes times that rate.
"""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.story import FIRST_DAY, FULL_SIZE, LAST_DAY
from kamlab.data.demo.team import (
    ACCOUNT_MANAGEMENT,
    COST_PER_HOUR,
    ENGINEERING,
    HOURS_A_YEAR,
    INSIDE_SALES,
    TEAM,
    WAREHOUSE,
)

POOLS = (ACCOUNT_MANAGEMENT, INSIDE_SALES, WAREHOUSE, ENGINEERING)
WAREHOUSE_STAFF = 6
#: Cost of an hour falls by this share for each year before 2025.
WAGE_GROWTH = 0.03

#: Standard minutes of each activity in each pool. A contact's first pool is that of the
#: person who meets the account.
STANDARD_MINUTES = {
    "order": {INSIDE_SALES: 25, WAREHOUSE: 12},
    "order_line": {WAREHOUSE: 22, ENGINEERING: 9, INSIDE_SALES: 6},
    "rush_order": {WAREHOUSE: 38, INSIDE_SALES: 31, ENGINEERING: 6},
    "return": {WAREHOUSE: 60, ENGINEERING: 45, INSIDE_SALES: 35},
    "credit_note": {INSIDE_SALES: 50},
    "visit": {ACCOUNT_MANAGEMENT: 330, ENGINEERING: 75},
    "call": {ACCOUNT_MANAGEMENT: 18, INSIDE_SALES: 6},
    "email": {ACCOUNT_MANAGEMENT: 12, INSIDE_SALES: 6},
    "social": {ACCOUNT_MANAGEMENT: 10},
    "meeting": {ACCOUNT_MANAGEMENT: 210, ENGINEERING: 120},
    "event": {ACCOUNT_MANAGEMENT: 420},
    "qbr": {ACCOUNT_MANAGEMENT: 600, ENGINEERING: 120, INSIDE_SALES: 60},
    "training": {ENGINEERING: 480, ACCOUNT_MANAGEMENT: 120},
}
#: Customers ask for labels and documents of their own since the start of 2024.
REVISED_FROM = date(2024, 1, 1)
REVISED_MINUTES = {("order_line", WAREHOUSE): 24}


def standard_minutes() -> pd.DataFrame:
    """Return the table of standard minutes, with the revision of 2024.

    Examples
    --------
    >>> minutes = standard_minutes().set_index(["activity", "pool"])
    >>> minutes.loc[("order_line", "warehouse"), "minutes"].tolist()
    [22.0, 24.0]
    """
    rows = [
        (activity, pool, minutes, FIRST_DAY)
        for activity, by_pool in STANDARD_MINUTES.items()
        for pool, minutes in by_pool.items()
    ]
    rows += [(*key, minutes, REVISED_FROM) for key, minutes in REVISED_MINUTES.items()]
    columns = ["activity", "pool", "minutes", "valid_from"]
    table = pd.DataFrame(rows, columns=columns)
    table["minutes"] = table["minutes"].astype(float)
    table["valid_from"] = pd.to_datetime(table["valid_from"])
    return table.sort_values(["activity", "pool", "valid_from"], ignore_index=True)


def cost_per_hour(pool: str, year: int) -> float:
    """Return what an hour of a pool's practical capacity costs in a year, EUR.

    Examples
    --------
    >>> cost_per_hour("warehouse", 2025), round(cost_per_hour("warehouse", 2024), 2)
    (68.0, 66.02)
    """
    return COST_PER_HOUR[pool] / (1 + WAGE_GROWTH) ** (LAST_DAY.year - year)


def build_costs(accounts: int) -> pd.DataFrame:
    """Return cost and practical capacity of every pool, month by month.

    While a manager's place is empty it costs nothing and has no capacity. Both follow
    the size of the book.

    Parameters
    ----------
    accounts : int
        Accounts in the master.

    Examples
    --------
    >>> costs = build_costs(300).set_index(["pool", "period_start"])
    >>> float(costs.loc[("warehouse", "2025-01-01"), "cost"])
    45394.19
    """
    starts = pd.date_range(FIRST_DAY, LAST_DAY, freq="MS")
    parts = [_months_of(pool, starts, accounts / FULL_SIZE) for pool in POOLS]
    costs = pd.concat(parts, ignore_index=True)
    return costs.sort_values(["period_start", "pool"], ignore_index=True)


def _months_of(pool: str, starts: pd.DatetimeIndex, scale: float) -> pd.DataFrame:
    ends = starts + pd.offsets.MonthEnd(0)
    in_year = np.where(starts.is_leap_year, 366, 365)
    years = _staff_days(pool, starts, ends) / in_year * scale
    hours = years * HOURS_A_YEAR[pool]
    rate = np.array([cost_per_hour(pool, year) for year in starts.year])
    return pd.DataFrame(
        {
            "pool": pool,
            "period_start": starts,
            "period_end": ends,
            "cost": np.round(hours * rate, 2),
            "capacity_minutes": np.round(60 * hours),
        }
    )


def _staff_days(
    pool: str, starts: pd.DatetimeIndex, ends: pd.DatetimeIndex
) -> np.ndarray:
    """Return the days on which somebody of the pool was there, all people together."""
    if pool == WAREHOUSE:
        return WAREHOUSE_STAFF * ((ends - starts).days.to_numpy() + 1.0)
    total = np.zeros(len(starts))
    for person in TEAM:
        if person.pool != pool:
            continue
        first = np.maximum(starts, pd.Timestamp(person.joined))
        last = np.minimum(ends, pd.Timestamp(person.left or LAST_DAY))
        total += np.maximum((last - first).days.to_numpy() + 1.0, 0.0)
    return total

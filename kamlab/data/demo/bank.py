"""The bank of the sources' table: 10 % of its customers bring 93 % of its profit.

Three groups of 10, 30 and 60 % of the customers take exactly 18, 28 and 54 % of the
advisers' time and bring exactly 93, 17 and -10 % of the profit: revenue less direct
cost less the advisers' time at the rate of their pool. In the last group some customers
earn money, and among them a few grow: future stars. The bank itself is invented.
"""

import numpy as np
import pandas as pd

from kamlab.data.demo.bank_books import book_income, book_time
from kamlab.data.demo.company import DemoCompany
from kamlab.data.demo.shares import apportion, group_sizes, meet_total
from kamlab.data.demo.story import LAST_DAY
from kamlab.data.demo.streams import stream
from kamlab.data.demo.truth import plain
from kamlab.data.folder import Description

NAME = "Quellmoor Bank"
POOL = "advisers"
GROUPS = ("top", "middle", "bottom")
CUSTOMER_PERCENTS = (10, 30, 60)
TIME_PERCENTS = (18, 28, 54)
PROFIT_PERCENTS = (93, 17, -10)

#: The average customer: minutes of the year, and profit in cents.
MINUTES_EACH, PROFIT_EACH = 420, 120_000
#: Capacity for each customer, minutes of the year, and cost of a minute in cents.
CAPACITY_EACH, CENTS_A_MINUTE = 500, 150
#: Standard deviation of log profit in the two upper groups, and of the last in cents.
_PROFIT_SPREADS, _BOTTOM_SPREAD = (0.7, 0.5), 38_000
_TIME_SPREAD = 0.4
#: Share of the last group's earners that are future stars.
_STAR_SHARE = 0.15


def generate_bank(seed: int, accounts: int) -> DemoCompany:
    """Return the bank with its customers, a year of income and contacts, and the truth.

    Parameters
    ----------
    seed : int
        Everything follows from it.
    accounts : int
        Number of customers, a multiple of 10.

    Raises
    ------
    UsageError
        If a group would not be a whole number of customers.

    Examples
    --------
    >>> company = generate_bank(1, 50)
    >>> company.tables["accounts"]["kind"].value_counts().to_dict()
    {'bottom': 30, 'middle': 15, 'top': 5}
    """
    sizes = group_sizes(accounts, CUSTOMER_PERCENTS, "the bank's")
    customers = _customers(sizes, seed)
    contacts = book_time(customers, stream(seed, "bank contacts"))
    columns = ["account_id", "account_name", "account_type", "created_on", "kind"]
    tables = {
        "orders": book_income(customers, stream(seed, "bank income")),
        "accounts": customers[columns],
        "interactions": contacts,
        "costs": _costs(accounts),
        "activity_minutes": _standard_minutes(),
    }
    truth = _truth(customers, seed)
    return DemoCompany(tables, Description(NAME, "USD", LAST_DAY), truth)


def _customers(sizes: list[int], seed: int) -> pd.DataFrame:
    """Return the customers in random order, with their minutes and cents of profit."""
    rng = stream(seed, "bank customers")
    count = sum(sizes)
    minutes = [
        apportion(
            MINUTES_EACH * count * percent // 100,
            np.exp(rng.normal(0, _TIME_SPREAD, size)),
        )
        for size, percent in zip(sizes, TIME_PERCENTS, strict=True)
    ]
    customers = pd.DataFrame(
        {
            "kind": np.repeat(GROUPS, sizes),
            "minutes": np.concatenate(minutes),
            "profit": np.concatenate(_profits(sizes, rng)),
        }
    )
    earns = (customers["kind"] == "bottom") & (customers["profit"] > 0)
    customers["star"] = earns & (rng.random(count) < _STAR_SHARE)
    customers = customers.iloc[rng.permutation(count)].reset_index(drop=True)
    years = np.where(customers["star"], 2, 12)
    since = pd.to_timedelta((rng.random(count) * 365 * years).astype(int), unit="D")
    return customers.assign(
        account_id=[f"K{number:05d}" for number in range(1, count + 1)],
        account_name=[f"Client {number}" for number in range(1, count + 1)],
        account_type="individual",
        created_on=pd.Timestamp(LAST_DAY.year - 1, 12, 31) - since,
    )


def _profits(sizes: list[int], rng: np.random.Generator) -> list[np.ndarray]:
    """Return the cents of profit of each group's customers; the last has both signs."""
    totals = [PROFIT_EACH * sum(sizes) * percent // 100 for percent in PROFIT_PERCENTS]
    upper = [
        apportion(total, np.exp(rng.normal(0, spread, size)))
        for total, spread, size in zip(totals, _PROFIT_SPREADS, sizes, strict=False)
    ]
    around = np.round(rng.normal(0, _BOTTOM_SPREAD, sizes[-1])).astype(np.int64)
    return [*upper, meet_total(around, totals[-1])]


def _costs(accounts: int) -> pd.DataFrame:
    """Return the advisers' cost and capacity, quarter by quarter, at one rate."""
    starts = pd.date_range(f"{LAST_DAY.year}-01-01", periods=4, freq="QS")
    capacity = accounts * CAPACITY_EACH / 4
    return pd.DataFrame(
        {
            "pool": POOL,
            "period_start": starts,
            "period_end": starts + pd.offsets.QuarterEnd(0),
            "cost": capacity * CENTS_A_MINUTE / 100,
            "capacity_minutes": capacity,
        }
    )


def _standard_minutes() -> pd.DataFrame:
    """Return the advisers' standards; every contact carries its own duration."""
    return pd.DataFrame(
        {
            "activity": ["call", "email", "meeting"],
            "pool": POOL,
            "minutes": [20.0, 15.0, 75.0],
            "valid_from": pd.Timestamp(LAST_DAY.year, 1, 1),
        }
    )


def _truth(customers: pd.DataFrame, seed: int) -> dict[str, object]:
    percents = zip(
        GROUPS, CUSTOMER_PERCENTS, TIME_PERCENTS, PROFIT_PERCENTS, strict=True
    )
    shares = {
        name: {"customers": size / 100, "time": time / 100, "profit": profit / 100}
        for name, size, time, profit in percents
    }
    return plain(
        {
            "preset": "bank",
            "seed": seed,
            "accounts": len(customers),
            "groups": shares,
            "cost_of_a_minute": CENTS_A_MINUTE / 100,
            "utilisation": MINUTES_EACH / CAPACITY_EACH,
            "future_stars": customers.loc[customers["star"], "account_id"],
        }
    )

"""The bank's books of a year: income of every quarter, and contacts with durations."""

import numpy as np
import pandas as pd

from kamlab.data.demo.shares import apportion
from kamlab.data.demo.story import LAST_DAY

#: Cost of an adviser's minute, cents.
_CENTS_A_MINUTE = 150
_QUARTERS = 4
#: A future star's income in each quarter against the others' even quarters.
_STAR_GROWTH = np.array([0.4, 0.8, 1.2, 1.6])
#: Direct cost (interest, risk) as a share of income, at least.
_LEAST_COST = (0.30, 0.50)
_TYPES, _TYPE_SHARES = ("meeting", "call", "email"), (0.45, 0.35, 0.20)
#: Weight of a contact's type when a customer's minutes are shared out.
_WEIGHTS = {"meeting": 75.0, "call": 20.0, "email": 15.0}


def book_income(customers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return every customer's income and direct cost, booked as each quarter begins.

    Income less direct cost less the adviser's minutes is the customer's profit, to the
    cent.

    Parameters
    ----------
    customers : pandas.DataFrame
        ``account_id``, ``minutes``, ``profit`` (cents) and ``star``.
    rng : numpy.random.Generator
        Random numbers of this process.

    Examples
    --------
    >>> customers = pd.DataFrame({
    ...     "account_id": ["K1"], "minutes": [10], "profit": [-500], "star": [False],
    ... })
    >>> lines = book_income(customers, np.random.default_rng(1))
    >>> round(float(lines["net_amount"].sum() - lines["cogs"].sum()), 2)
    10.0
    """
    count = len(customers)
    margin = (customers["profit"] + _CENTS_A_MINUTE * customers["minutes"]).to_numpy()
    cost_share = rng.uniform(*_LEAST_COST, count)
    base = np.exp(rng.normal(np.log(60_000), 0.4, count))
    income = np.round(np.maximum(margin, 0) / (1 - cost_share) + base).astype(np.int64)
    shape = np.where(customers["star"].to_numpy()[:, None], _STAR_GROWTH, 1.0)
    noise = rng.uniform(0.9, 1.1, (count, _QUARTERS))
    parts = [
        apportion(total, weights)
        for total, weights in zip(income, shape * noise, strict=True)
    ]
    costs = [
        apportion(total, weights)
        for total, weights in zip(income - margin, parts, strict=True)
    ]
    days = pd.date_range(f"{LAST_DAY.year}-01-01", periods=_QUARTERS, freq="QS")
    lines = pd.DataFrame(
        {
            "account_id": np.repeat(customers["account_id"].to_numpy(), _QUARTERS),
            "order_date": np.tile(days, count),
            "net_amount": np.concatenate(parts) / 100,
            "cogs": np.concatenate(costs) / 100,
        }
    ).sort_values(["order_date", "account_id"], ignore_index=True, kind="stable")
    lines.insert(0, "order_id", [f"{number:07d}" for number in lines.index + 1])
    return lines.assign(line_id="1", line_type="service")


def book_time(customers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the contacts of the year; durations sum to each customer's minutes.

    Examples
    --------
    >>> customers = pd.DataFrame({"account_id": ["K1"], "minutes": [400]})
    >>> contacts = book_time(customers, np.random.default_rng(1))
    >>> float(contacts["duration_minutes"].sum())
    400.0
    """
    count = np.maximum(1, rng.poisson(customers["minutes"] / 60.0))
    types = rng.choice(_TYPES, int(count.sum()), p=_TYPE_SHARES)
    weight = pd.Series(types).map(_WEIGHTS).to_numpy()
    weight = weight * rng.uniform(0.7, 1.3, len(types))
    ends = np.cumsum(count)
    minutes = [
        apportion(total, weight[last - times : last])
        for total, times, last in zip(customers["minutes"], count, ends, strict=True)
    ]
    weekday = pd.bdate_range(f"{LAST_DAY.year}-01-02", LAST_DAY)
    contacts = pd.DataFrame(
        {
            "account_id": np.repeat(customers["account_id"].to_numpy(), count),
            "date": weekday[rng.integers(0, len(weekday), len(types))],
            "type": types,
            "direction": np.where(rng.random(len(types)) < 0.4, "in", "out"),
            "duration_minutes": np.concatenate(minutes).astype(float),
        }
    ).sort_values(["date", "account_id"], ignore_index=True, kind="stable")
    numbers = [f"T{number:06d}" for number in contacts.index + 1]
    contacts.insert(0, "interaction_id", numbers)
    return contacts

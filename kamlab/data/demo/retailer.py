"""The retailer of the sources' table: 29 % of its customers bring 80 % of the profit.

Four groups of 4, 11, 14 and 71 % of the customers bring exactly 37, 27, 16 and 20 % of
the profit, which is revenue less cost of goods. The rest of 71 and 20 % is implied by
the source, not printed there. The retailer itself is invented.
"""

import numpy as np
import pandas as pd

from kamlab.data.demo.company import DemoCompany
from kamlab.data.demo.shares import apportion, group_sizes
from kamlab.data.demo.story import LAST_DAY
from kamlab.data.demo.streams import stream
from kamlab.data.demo.truth import plain
from kamlab.data.folder import Description

NAME = "Larkmere Stores"
GROUPS = ("first", "second", "third", "rest")
CUSTOMER_PERCENTS = (4, 11, 14, 71)
PROFIT_PERCENTS = (37, 27, 16, 20)
#: Profit of the average customer, cents.
_PROFIT_EACH = 12_000
_SPREAD = 0.5
_MARGIN = (0.26, 0.38)
_PURCHASES = 5.0


def generate_retailer(seed: int, accounts: int) -> DemoCompany:
    """Return the retailer with its customers, a year of purchases, and the truth.

    Parameters
    ----------
    seed : int
        Everything follows from it.
    accounts : int
        Number of customers, a multiple of 100.

    Raises
    ------
    UsageError
        If a group would not be a whole number of customers.

    Examples
    --------
    >>> company = generate_retailer(1, 100)
    >>> company.tables["accounts"]["kind"].value_counts().to_dict()
    {'rest': 71, 'third': 14, 'second': 11, 'first': 4}
    """
    sizes = group_sizes(accounts, CUSTOMER_PERCENTS, "the retailer's")
    customers = _customers(sizes, stream(seed, "retail customers"))
    orders = _purchases(customers, stream(seed, "retail purchases"))
    shares = {
        name: {"customers": size / 100, "profit": profit / 100}
        for name, size, profit in zip(
            GROUPS, CUSTOMER_PERCENTS, PROFIT_PERCENTS, strict=True
        )
    }
    truth = {"preset": "retailer", "seed": seed, "accounts": accounts, "groups": shares}
    columns = ["account_id", "account_name", "account_type", "created_on", "kind"]
    tables = {"orders": orders, "accounts": customers[columns]}
    return DemoCompany(tables, Description(NAME, "USD", LAST_DAY), plain(truth))


def _customers(sizes: list[int], rng: np.random.Generator) -> pd.DataFrame:
    """Return the customers in random order, with the cents of profit each brings."""
    count = sum(sizes)
    profits = [
        apportion(
            _PROFIT_EACH * count * percent // 100, np.exp(rng.normal(0, _SPREAD, size))
        )
        for size, percent in zip(sizes, PROFIT_PERCENTS, strict=True)
    ]
    customers = pd.DataFrame(
        {"kind": np.repeat(GROUPS, sizes), "profit": np.concatenate(profits)}
    )
    customers = customers.iloc[rng.permutation(count)].reset_index(drop=True)
    since = pd.Timestamp(2019, 1, 1) + pd.to_timedelta(
        rng.integers(0, 6 * 365, count), unit="D"
    )
    return customers.assign(
        account_id=[f"C{number:05d}" for number in range(1, count + 1)],
        account_name=[f"Customer {number}" for number in range(1, count + 1)],
        account_type="individual",
        created_on=since,
    )


def _purchases(customers: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Cut every customer's profit into purchases of the year, cent by cent."""
    count = 1 + rng.poisson(_PURCHASES - 1, len(customers))
    row = np.repeat(customers.index, count)
    profit = np.concatenate(
        [
            apportion(total, rng.uniform(0.5, 1.5, times))
            for total, times in zip(customers["profit"], count, strict=True)
        ]
    )
    revenue = np.round(profit / rng.uniform(*_MARGIN, len(row))).astype(np.int64)
    first = pd.Timestamp(LAST_DAY.year, 1, 1)
    day = first + pd.to_timedelta(rng.integers(0, 365, len(row)), unit="D")
    lines = pd.DataFrame(
        {
            "account_id": customers["account_id"].to_numpy()[row],
            "order_date": day,
            "net_amount": np.maximum(revenue, 1) / 100,
            "cogs": (np.maximum(revenue, 1) - profit) / 100,
        }
    ).sort_values(["order_date", "account_id"], ignore_index=True, kind="stable")
    lines.insert(0, "order_id", [f"{number:07d}" for number in lines.index + 1])
    return lines.assign(line_id="1", line_type="sale")

"""Talbruck's order lines as they lie in the file, reckoned with pandas alone.

Nothing here calls kamlab: figures of the reports are compared with these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tests.conftest import DEMO

#: Money of a bridge is compared to the cent.
CENT = 0.005


def last_day(quarter: str) -> pd.Timestamp:
    """Return the last day of a quarter such as 2024Q1."""
    return pd.Period(quarter, "Q").end_time.normalize()


def first_day(quarter: str) -> pd.Timestamp:
    """Return the first day of a quarter such as 2024Q1."""
    return pd.Period(quarter, "Q").start_time


def shifted(quarter: str, by: int) -> str:
    """Return the quarter so many later, or earlier."""
    return str(pd.Period(quarter, "Q") + by)


def _table(name: str, *days: str) -> pd.DataFrame:
    file = DEMO / f"{name}.csv"
    return pd.read_csv(file, parse_dates=list(days), dtype={"order_id": "str"})


@dataclass(frozen=True)
class RawBook:
    """Order lines, and which number and which group an account had on which day."""

    orders: pd.DataFrame
    history: pd.DataFrame

    @classmethod
    def read(cls) -> "RawBook":
        """Read the files of the demo company."""
        return cls.of(
            {
                "orders": _table("orders", "order_date", "posted_on"),
                "products": _table("products"),
                "account_history": _table("account_history", "valid_from", "valid_to"),
            }
        )

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame]) -> "RawBook":
        """Take the tables of a company as they were generated or read."""
        orders = tables["orders"].copy()
        orders["booked"] = orders["posted_on"].fillna(orders["order_date"])
        orders["cents"] = (orders["net_amount"] * 100).round().astype("int64")
        products = tables["products"].set_index("product_id")
        orders["category"] = orders["product_id"].map(products["category"])
        is_buying = orders["line_type"].isin(["sale", "service"])
        orders["is_purchase"] = is_buying & (orders["net_amount"] >= 0)
        return cls(orders, tables["account_history"])

    def groups(self, day: pd.Timestamp) -> dict[str, str]:
        """Return the step from an old number to the new, and from account to group."""
        known = self.history[self.history["valid_from"] <= day]
        ended = known["valid_to"].notna() & (known["valid_to"] < day)
        known = known[~ended & known["value"].notna()]
        steps = {
            kind: known[known["attribute"] == kind].set_index("account_id")["value"]
            for kind in ("merged_into", "parent_id")
        }
        return steps["parent_id"].to_dict() | steps["merged_into"].to_dict()

    def group_of(self, accounts: pd.Series, day: pd.Timestamp) -> pd.Series:
        """Return under which number accounts stand in a report of a day."""
        steps = self.groups(day)
        for _ in range(4):
            accounts = accounts.map(lambda each: steps.get(each, each))
        return accounts

    def seen(self, day: pd.Timestamp) -> pd.DataFrame:
        """Return the lines that were booked by the end of a day, by group."""
        booked = (self.orders["order_date"] <= day) & (self.orders["booked"] <= day)
        lines = self.orders[booked]
        return lines.assign(group=self.group_of(lines["account_id"], day))


def between(
    lines: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp
) -> pd.DataFrame:
    """Return the lines that were ordered on some days."""
    return lines[(lines["order_date"] >= start) & (lines["order_date"] <= end)]


def revenue(lines: pd.DataFrame) -> pd.Series:
    """Return net revenue by group, added up in whole cents."""
    return lines.groupby("group")["cents"].sum() / 100


@dataclass(frozen=True)
class RawQuarter:
    """One quarter as the report of its last day sees it, and the same of last year."""

    book: RawBook
    label: str

    @property
    def end(self) -> pd.Timestamp:
        """Last day of the quarter, and of what its report sees."""
        return last_day(self.label)

    @cached_property
    def seen(self) -> pd.DataFrame:
        """Lines that the report sees."""
        return self.book.seen(self.end)

    @property
    def now(self) -> pd.DataFrame:
        """Lines of the quarter."""
        return between(self.seen, first_day(self.label), self.end)

    @property
    def then(self) -> pd.DataFrame:
        """Lines of last year's quarter that were booked by its own last day."""
        year_ago = shifted(self.label, -4)
        lines = between(self.seen, first_day(year_ago), last_day(year_ago))
        return lines[lines["booked"] <= last_day(year_ago)]

    def twelve_months(self, back: int) -> pd.Series:
        """Return revenue by group of twelve months, as booked by their last day."""
        end = last_day(shifted(self.label, -4 * back))
        start = first_day(shifted(self.label, -4 * back - 3))
        lines = between(self.seen, start, end)
        return revenue(lines[lines["booked"] <= end])

"""The order book of one year, small enough to be looked at: what a company exports."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd

from kamlab.data.demo.streams import stream
from kamlab.errors import DataError

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio

#: Accounts in an export, unless said otherwise: few enough to read, enough to err.
USUAL_ACCOUNTS = 30

_SORTED_BY = (
    "order_date",
    "date",
    "order_id",
    "line_id",
    "cost_id",
    "interaction_id",
    "account_id",
)
_TABLES = ("orders", "accounts", "account_costs", "interactions")


@dataclass(frozen=True)
class OrderBook:
    """The clean truth behind an export: one year of some accounts.

    Parameters
    ----------
    year : int
        The calendar year.
    orders, accounts, costs, contacts : pandas.DataFrame
        Tables ``orders``, ``accounts``, ``account_costs`` and ``interactions`` of the
        data contract, sorted by their keys; the last two may be empty.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> book = order_book(generate(seed=1, accounts=30).tables, 2025)
    >>> book.orders["order_date"].dt.year.unique().tolist()
    [2025]
    """

    year: int
    orders: pd.DataFrame
    accounts: pd.DataFrame
    costs: pd.DataFrame
    contacts: pd.DataFrame

    @property
    def net_by_quarter(self) -> dict[str, float]:
        """What finance reports: net amount of each quarter, and of the year.

        Examples
        --------
        >>> from kamlab.data.demo import generate
        >>> book = order_book(generate(seed=1, accounts=30).tables, 2025)
        >>> list(book.net_by_quarter)
        ['2025Q1', '2025Q2', '2025Q3', '2025Q4', '2025']
        """
        quarter = "Q" + self.orders["order_date"].dt.quarter.astype("str")
        sums = self.orders["net_amount"].groupby(f"{self.year}" + quarter).sum()
        total = self.orders["net_amount"].sum()
        return {**sums.round(2).to_dict(), str(self.year): round(float(total), 2)}


def order_book(
    tables: Mapping[str, pd.DataFrame],
    year: int,
    accounts: int = USUAL_ACCOUNTS,
    seed: int = 0,
) -> OrderBook:
    """Return one year of the order book of some accounts, drawn by a seed.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        Tables of the data contract; ``orders`` and ``accounts`` are needed.
    year : int
        Which calendar year.
    accounts : int
        How many of the accounts that ordered in it, at most.
    seed : int
        What the draw follows from.

    Raises
    ------
    DataError
        If nobody ordered in that year.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> tables = generate(seed=1, accounts=30).tables
    >>> len(order_book(tables, 2025, accounts=5).accounts)
    5
    """
    orders = _within(tables["orders"], "order_date", year)
    who = np.sort(orders["account_id"].dropna().unique())
    if not len(who):
        raise DataError(f"orders: no line of {year}; name a year with orders")
    if len(who) > accounts:
        who = np.sort(stream(seed, "dirt accounts").choice(who, accounts, False))
    master = tables["accounts"]
    return OrderBook(
        year,
        _of(orders, who),
        _of(master, who),
        _of(_within(_table(tables, "account_costs"), "date", year), who),
        _of(_within(_table(tables, "interactions"), "date", year), who),
    )


def order_book_of(
    portfolio: "Portfolio", accounts: int = USUAL_ACCOUNTS, seed: int = 0
) -> OrderBook:
    """Return the order book of the year of a portfolio's view.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date; its year is taken up to that day.
    accounts : int
        How many accounts at most.
    seed : int
        What the draw follows from.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     order_book_of(portfolio).year
    2025
    """
    first = pd.Timestamp(portfolio.as_of.year, 1, 1)
    orders = portfolio.orders.filter(nw.col("order_date") >= first.to_pydatetime())
    tables = {
        "orders": orders.collect("pandas").to_native(),
        "accounts": portfolio.accounts.reset_index(),
    }
    for name in _TABLES[2:]:
        if portfolio.has(name):
            lines = nw.from_native(portfolio.table(name)).lazy()
            lines = lines.filter(nw.col("date") >= first.to_pydatetime())
            tables[name] = lines.collect("pandas").to_native()
    return order_book(tables, portfolio.as_of.year, accounts, seed)


def _table(tables: Mapping[str, pd.DataFrame], name: str) -> pd.DataFrame:
    empty = pd.DataFrame({"account_id": pd.Series(dtype="str")})
    return tables.get(name, empty.assign(date=pd.Series(dtype="datetime64[us]")))


def _within(frame: pd.DataFrame, day: str, year: int) -> pd.DataFrame:
    """Return the rows of a year; what was booked later is in no export of it."""
    kept = frame[day].dt.year == year
    if "posted_on" in frame:
        kept &= ~(frame["posted_on"].dt.year > year)
    return frame[kept]


def _of(frame: pd.DataFrame, who: np.ndarray) -> pd.DataFrame:
    """Return the rows of some accounts, in an order that no database can change."""
    order = [name for name in _SORTED_BY if name in frame]
    own = frame[frame["account_id"].isin(who)]
    return own.sort_values(order, ignore_index=True)

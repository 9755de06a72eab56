"""A small company with everything in it, and Talbruck's accounts measured once."""

from dataclasses import dataclass

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import kamlab
from kamlab.orientation.key_accounts import KeyAccounts, key_accounts
from kamlab.orientation.measures import account_measures
from tests.conftest import DEMO


@dataclass(frozen=True)
class Measured:
    """Talbruck's measures and its key accounts."""

    measures: pd.DataFrame
    chosen: KeyAccounts

    @property
    def is_key(self) -> pd.Series:
        return self.chosen.is_key


@pytest.fixture(scope="session")
def talbruck() -> Measured:
    """Measure Talbruck at the end of its data."""
    with kamlab.open_portfolio(DEMO) as portfolio:
        return Measured(account_measures(portfolio), key_accounts(portfolio))


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def lines(rows: list[tuple[str, str, float]], **columns) -> pd.DataFrame:
    """Return order lines from (account, day, amount), an order each."""
    orders = pd.DataFrame(rows, columns=["account_id", "order_date", "net_amount"])
    orders["order_date"] = pd.to_datetime(orders["order_date"])
    orders["order_id"] = [str(number) for number in range(len(orders))]
    return orders.assign(**columns)


def book(rows: list[tuple[str, str, float]], **more) -> kamlab.Portfolio:
    """Return a portfolio of these lines; `more` are further tables."""
    return kamlab.portfolio_from_tables({"orders": lines(rows), **more}, "EUR")


def contacts(rows: list[tuple[str, str]], **columns) -> pd.DataFrame:
    """Return contacts from (account, day)."""
    table = pd.DataFrame(rows, columns=["account_id", "date"])
    table["date"] = pd.to_datetime(table["date"])
    table["interaction_id"] = [str(number) for number in range(len(table))]
    return table.assign(**{"type": "call", **columns})

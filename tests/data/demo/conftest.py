"""What the tests of the generator share: three books, none of them the demo's own."""

from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo import generate

SEEDS = (101, 202, 303)


@dataclass(frozen=True)
class Book:
    """A generated company as an analyst sees it, and the truth behind it."""

    orders: pd.DataFrame
    accounts: pd.DataFrame
    history: pd.DataFrame
    products: pd.DataFrame
    events: pd.DataFrame
    targets: pd.DataFrame
    contacts: pd.DataFrame
    costs: pd.DataFrame
    minutes: pd.DataFrame
    account_costs: pd.DataFrame
    team: pd.DataFrame
    contracts: pd.DataFrame
    opportunities: pd.DataFrame
    open_orders: pd.DataFrame
    receivables: pd.DataFrame
    collections: pd.DataFrame
    truth: dict

    def number_of(self, character: str) -> str:
        """Return a character's account number."""
        return self.truth["characters"][character]["account_id"]

    def of(self, character: str) -> pd.DataFrame:
        """Return a character's order lines."""
        return self.orders[self.orders["account_id"] == self.number_of(character)]

    def met(self, character: str) -> pd.DataFrame:
        """Return the contacts with a character."""
        return self.contacts[self.contacts["account_id"] == self.number_of(character)]

    @cached_property
    def sales(self) -> pd.DataFrame:
        """Return the lines on which something was sold."""
        return self.orders[self.orders["line_type"].isin(["sale", "service"])]

    @cached_property
    def yearly(self) -> pd.DataFrame:
        """Return net revenue by account and year."""
        table = self.orders.pivot_table(
            index="account_id", columns="year", values="net_amount", aggfunc="sum"
        )
        return table.reindex(self.accounts.index).fillna(0.0)

    def scrambled(self) -> "Book":
        """Return the book with every line given to a random account."""
        numbers = self.orders["account_id"].to_numpy()
        mixed = np.random.default_rng(0).permutation(numbers)
        return replace(self, orders=self.orders.assign(account_id=mixed))


@cache
def book_of(seed: int) -> Book:
    """Generate a book once for all tests."""
    company = generate("talbruck", seed=seed)
    tables = company.tables
    orders = tables["orders"]
    orders = orders.assign(year=orders["order_date"].dt.year)
    return Book(
        orders=orders,
        accounts=tables["accounts"].set_index("account_id"),
        history=tables["account_history"],
        products=tables["products"].set_index("product_id"),
        events=tables["events"],
        targets=tables["targets"],
        contacts=tables["interactions"],
        costs=tables["costs"],
        minutes=tables["activity_minutes"],
        account_costs=tables["account_costs"],
        team=tables["kam_team"].set_index("kam_id"),
        contracts=tables["contracts"],
        opportunities=tables["opportunities"],
        open_orders=tables["open_orders"],
        receivables=tables["receivables"],
        collections=tables["collections"],
        truth=company.truth,
    )


@pytest.fixture(params=SEEDS)
def book(request: pytest.FixtureRequest) -> Book:
    """Return each of three books in turn."""
    return book_of(request.param)


@pytest.fixture
def books() -> list[Book]:
    """Return all three books together."""
    return [book_of(seed) for seed in SEEDS]

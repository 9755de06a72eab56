"""An export in memory: its clean texts, onto which faults are planted."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from kamlab.data.demo.dirt_book import OrderBook
from kamlab.data.demo.dirt_texts import billing_texts

#: The month that is exported twice when a fault asks for it; other faults leave it be.
TWICE = 6

_MASTER = ("region", "country", "kind", "industry", "size_employees", "annual_revenue")
_CONTACT = ("date", "type", "direction", "duration_minutes", "topic", "outcome")


@dataclass(frozen=True)
class Export:
    """What a company's systems send, not yet written to files.

    Each frame carries a column ``_kind``: the fault of the row, empty on clean rows.

    Parameters
    ----------
    year : int
        The year exported.
    billing, customers, costs, contacts : pandas.DataFrame
        Lines of the ERP system, customers, direct costs, and contacts of the CRM.
    totals : bool
        Whether each billing file ends with a row of its sum.
    thousands : bool
        Whether costs are written in thousands.
    mends : dict
        What the right mapping has to know of: wrong text to right text, by kind.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> from kamlab.data.demo.dirt_book import order_book
    >>> book = order_book(generate(seed=1, accounts=30).tables, 2025)
    >>> clean_export(book).totals
    False
    """

    year: int
    billing: pd.DataFrame
    customers: pd.DataFrame
    costs: pd.DataFrame
    contacts: pd.DataFrame
    totals: bool = False
    thousands: bool = False
    mends: dict[str, dict[str, str]] = field(default_factory=dict)

    def free_lines(self) -> pd.DataFrame:
        """Lines of documents in which nothing is wrong yet, of months exported once.

        Examples
        --------
        >>> from kamlab.data.demo import generate
        >>> from kamlab.data.demo.dirt_book import order_book
        >>> book = order_book(generate(seed=1, accounts=30).tables, 2025)
        >>> 6 in clean_export(book).free_lines()["_month"].tolist()
        False
        """
        lines = self.billing
        touched = lines.loc[lines["_kind"] != "", "Beleg"]
        return lines[~lines["Beleg"].isin(touched) & (lines["_month"] != TWICE)]


def clean_export(book: OrderBook) -> Export:
    """Return an order book as its systems would export it on a good day.

    Parameters
    ----------
    book : OrderBook
        One year of some accounts.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> from kamlab.data.demo.dirt_book import order_book
    >>> book = order_book(generate(seed=1, accounts=30).tables, 2025)
    >>> len(clean_export(book).billing) == len(book.orders)
    True
    """
    names = book.accounts.set_index("account_id")["account_name"]
    return Export(
        book.year,
        billing_texts(book.orders).reset_index(drop=True),
        _customers(book.accounts),
        _costs(book.costs, names),
        _contacts(book.contacts),
    )


def _customers(accounts: pd.DataFrame) -> pd.DataFrame:
    there = accounts.reindex(columns=["account_id", "account_name", *_MASTER])
    ordered = there.sort_values(["region", "account_id"], ignore_index=True)
    return ordered.assign(_kind="")


def _costs(costs: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    asked = ["cost_id", "account_id", "date", "kind", "amount"]
    there = costs.reindex(columns=asked).sort_values(["date", "cost_id"])
    there["customer"] = there["account_id"] + " " + there["account_id"].map(names)
    return there.assign(_kind="").reset_index(drop=True)


def _contacts(contacts: pd.DataFrame) -> pd.DataFrame:
    asked = ["interaction_id", "account_id", *_CONTACT]
    there = contacts.reindex(columns=asked).sort_values(["date", "interaction_id"])
    there["date"] = pd.to_datetime(there["date"]).dt.strftime("%Y-%m-%d")
    return there.assign(_kind="").reset_index(drop=True)


def drawn(rows: pd.DataFrame, many: int, random: np.random.Generator) -> pd.Index:
    """Return the labels of some rows, in order; all of them where there are fewer.

    Parameters
    ----------
    rows : pandas.DataFrame
        To draw from.
    many : int
        How many.
    random : numpy.random.Generator
        Where chance comes from.

    Examples
    --------
    >>> drawn(pd.DataFrame(index=[3, 5]), 9, np.random.default_rng(1)).tolist()
    [3, 5]
    """
    if len(rows) <= many:
        return rows.index
    return rows.index[np.sort(random.choice(len(rows), many, replace=False))]

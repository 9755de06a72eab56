"""When customer numbers merge, agreements and open items go with the one that stays."""

import pandas as pd
import pytest

import kamlab
from kamlab.data.contract import TABLES

DAY = pd.Timestamp("2025-01-31")
#: One row of the old number and one of the new, in every small table that moves.
ROWS = {
    "contracts": {
        "contract_id": ["V1", "V2"],
        "signed_on": DAY,
        "start": DAY,
        "end": pd.Timestamp("2025-12-31"),
    },
    "opportunities": {"opp_id": ["Q1", "Q2"], "created": DAY},
    "open_orders": {
        "order_id": ["1", "2"],
        "line_id": "1",
        "ordered_on": DAY,
        "amount": [3.0, 4.0],
    },
    "receivables": {
        "as_of": DAY,
        "invoice_id": ["F1", "F2"],
        "due": DAY,
        "amount": [3.0, 4.0],
    },
    "collections": {"collection_id": ["Z1", "Z2"], "date": DAY, "amount": [3.0, 4.0]},
}


@pytest.fixture
def book() -> kamlab.Portfolio:
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2", "3"],
            "account_id": ["old", "new", "new"],
            "order_date": pd.to_datetime(["2025-01-02", "2025-01-05", "2025-06-30"]),
            "net_amount": [3.0, 4.0, 5.0],
        }
    )
    aliases = pd.DataFrame(
        {
            "old_account_id": ["old"],
            "account_id": ["new"],
            "valid_from": pd.to_datetime(["2025-04-01"]),
        }
    )
    own = {"account_id": ["old", "new"]}
    tables = {name: pd.DataFrame(own | rows) for name, rows in ROWS.items()}
    tables |= {"orders": orders, "account_aliases": aliases}
    return kamlab.portfolio_from_tables(tables, "EUR")


def test_every_small_table_that_moves_is_tried_here():
    small = {name for name, t in TABLES.items() if t.moves_with_merger and not t.lazy}
    assert small == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_rows_carry_the_number_that_stays_from_the_day_of_the_merger(book, name):
    before = book.at("2025-03-31").table(name)
    assert sorted(before["account_id"]) == ["new", "old"]
    assert book.table(name)["account_id"].tolist() == ["new", "new"]
    assert len(book.table(name)) == len(before)


@pytest.mark.parametrize("name", ["open_orders", "receivables", "collections"])
def test_no_cent_is_lost_on_the_way(book, name):
    assert book.table(name)["amount"].sum() == 7.0

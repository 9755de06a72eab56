"""Small tables show what was known on the day, row by row."""

from datetime import date

import pandas as pd
import pytest

from kamlab.data.contract import table
from kamlab.data.folder import Description
from kamlab.data.small_tables import small_table_at
from kamlab.data.store import Store, store_from_frames

JUNE, DECEMBER = date(2025, 6, 30), date(2025, 12, 31)


def store_of(**tables: pd.DataFrame) -> Store:
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "account_id": ["A", "A"],
            "order_date": pd.to_datetime(["2025-05-02", "2025-09-01"]),
            "net_amount": [9.0, 7.0],
            "product_id": ["P2", "P1"],
        }
    )
    told = Description("Little", "EUR", DECEMBER)
    return store_from_frames({"orders": orders} | tables, told)


@pytest.mark.parametrize(
    ("day", "known"), [(JUNE, ["P2"]), (DECEMBER, ["P1", "P2"])], ids=["June", "end"]
)
def test_a_product_is_known_from_its_first_order(day, known):
    products = pd.DataFrame({"product_id": ["P3", "P2", "P1"]})
    found = small_table_at(store_of(products=products), table("products"), day)
    assert found["product_id"].tolist() == known


def test_a_standard_is_known_from_the_day_it_is_valid():
    standards = pd.DataFrame(
        {
            "activity": ["order", "order"],
            "pool": ["desk", "desk"],
            "minutes": [12.0, 9.0],
            "valid_from": pd.to_datetime(["2025-07-01", "2024-01-01"]),
        }
    )
    store, declared = store_of(activity_minutes=standards), table("activity_minutes")
    assert small_table_at(store, declared, JUNE)["minutes"].tolist() == [9.0]
    assert small_table_at(store, declared, DECEMBER)["minutes"].tolist() == [9.0, 12.0]

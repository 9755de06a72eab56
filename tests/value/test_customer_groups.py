"""Accounts cut as the bank's table cuts them."""

import pandas as pd
import pytest

from kamlab.value.customer_groups import COLUMNS, bank_groups
from kamlab.value.time_allocation import time_allocation


def test_ten_thirty_and_sixty_of_a_hundred_accounts():
    groups = bank_groups(pd.Series(range(100)))
    assert groups.value_counts().to_dict() == {
        "last 60 %": 60,
        "next 30 %": 30,
        "best 10 %": 10,
    }


def test_the_best_stand_in_the_first_group():
    groups = bank_groups(pd.Series({f"A{n}": n for n in range(20)}))
    assert groups["A19"] == groups["A18"] == "best 10 %"
    assert groups["A17"] == "next 30 %"
    assert groups["A0"] == "last 60 %"


def test_every_account_keeps_its_place():
    profit = pd.Series({"Z": 1.0, "A": 9.0})
    assert bank_groups(profit).index.tolist() == ["Z", "A"]


def test_the_table_has_the_columns_of_the_bank_s():
    profit = pd.Series(range(1, 41), dtype=float)
    found = time_allocation(profit, profit * 0 + 60.0, bank_groups(profit))
    assert set(COLUMNS) <= set(found.table)
    assert found.table["time_index"].tolist() == pytest.approx([1, 1, 1])

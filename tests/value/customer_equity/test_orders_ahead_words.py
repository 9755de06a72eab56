"""Orders ahead, in words, stand beside those of the last twelve months."""

import pandas as pd
import pytest

from kamlab.estimates import Estimate
from kamlab.value.customer_equity.orders_ahead_words import (
    orders_sentence,
    orders_table,
)

AHEAD = Estimate(90.0, 80.0, 98.0, 30)


@pytest.mark.parametrize(
    ("last_year", "said"), [(100, "10.0 % fewer"), (60, "50.0 % more")]
)
def test_the_change_is_said_with_its_direction(last_year, said):
    told = orders_sentence(AHEAD, last_year)
    assert f"after {last_year} in the last twelve: {said}." in told
    assert "interval 80 to 98" in told


def test_a_book_without_a_last_year_has_no_change():
    told = orders_sentence(AHEAD, 0, "groups")
    assert "%" not in told.split("last twelve")[1]
    assert told.endswith("Customers still to be won are not in it.")


def test_the_table_lists_those_that_left_most():
    index = ["A", "B", "C"]
    ahead = pd.DataFrame({"expected": 9.0, "low": 4.0, "high": 15.0}, index)
    accounts = pd.DataFrame({"orders": [1, 2, 3], "contribution": [5, 50, 20]}, index)
    table = orders_table(ahead, accounts, 2, {"B": "Berg"})
    assert table.index.tolist() == ["Berg", "C"]
    assert table["last_year"].tolist() == [2, 3]


def test_an_interval_of_orders_has_whole_ends_and_leaves_nothing_out():
    ahead = pd.DataFrame({"expected": [28.5], "low": [11.475], "high": [36.2]}, ["A"])
    accounts = pd.DataFrame({"orders": [31], "contribution": [5.0]}, ["A"])
    row = orders_table(ahead, accounts).loc["A"]
    assert row.tolist() == [31, 28.5, 11, 37]

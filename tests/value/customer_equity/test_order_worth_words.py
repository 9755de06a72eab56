"""What an order leaves, in words: the middle, the most, and those that cost money."""

import numpy as np
import pandas as pd

from kamlab.value.customer_equity.order_worth_words import (
    dearest_order_sentence,
    order_worth_sentence,
    order_worth_table,
)

WORTH = pd.Series({"A": 900.0, "B": 300.0, "C": -40.0, "D": -400.0, "E": np.nan})


def test_the_middle_and_the_most_are_said_of_those_who_are_known():
    told = order_worth_sentence(WORTH, {"A": "Adler"}, "EUR", "groups")
    assert "the middle one of 4 groups leaves EUR 130, one of Adler EUR 900" in told
    assert told.endswith("Orders of 2 groups cost more than they bring.")


def test_where_all_orders_leave_something_nothing_is_said_of_cost():
    assert "cost" not in order_worth_sentence(WORTH.head(2))


def test_nothing_known_is_said():
    unknown = order_worth_sentence(WORTH.tail(1))
    assert unknown == "What an order leaves is known of no account."


def test_the_dearest_is_dearest_over_the_year_and_not_by_the_order():
    orders = pd.Series({"A": 1.0, "B": 1.0, "C": 250.0, "D": 2.0, "E": 9.0})
    told = dearest_order_sentence(WORTH, orders, {"C": "Cole"}, "EUR")
    assert told == (
        "The more Cole orders, the more it costs: 250 order days expected, each at "
        "−EUR 40."
    )


def test_a_book_without_losing_orders_has_no_dearest():
    assert dearest_order_sentence(WORTH.head(2), WORTH.head(2)) == ""
    assert dearest_order_sentence(WORTH.tail(1), WORTH.tail(1)) == ""


def test_the_table_follows_the_order_asked_for():
    columns = {"own_orders": [4, 2], "order_value": [100.0, 50.0]}
    columns |= {"contribution_margin": [0.3, 0.2], "order_worth": [29.0, 12.0]}
    accounts = pd.DataFrame(columns, index=["A", "B"])
    table = order_worth_table(accounts, ["B", "A"], {"A": "Adler"})
    assert table.index.tolist() == ["B", "Adler"]
    assert table["order_leaves"].tolist() == [12.0, 29.0]

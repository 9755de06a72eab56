"""Business customers beside the consumers of a real shop."""

import math
from dataclasses import asdict

import pandas as pd
import pytest

import kamlab
from kamlab.orientation.consumers import CDNOW, buying_profile, profiles_table
from tests.orientation.conftest import book


def test_the_consumers_figures_are_those_of_the_published_file(cdnow_master):
    orders = pd.DataFrame(
        {
            "order_id": [str(number) for number in range(len(cdnow_master))],
            "account_id": cdnow_master["customer_id"].to_numpy(),
            "order_date": cdnow_master["date"].to_numpy(),
            "net_amount": cdnow_master["amount"].astype(float).to_numpy(),
        }
    )
    shop = kamlab.portfolio_from_tables({"orders": orders}, "USD", as_of="1998-06-30")
    found = asdict(buying_profile(shop))
    stored = asdict(CDNOW)
    early = orders[orders["order_date"] <= "1997-06-30"]["account_id"].unique()
    late = orders[orders["order_date"] > "1997-06-30"]["account_id"].unique()
    found["came_back"] = pd.Index(early).isin(late).mean()
    assert found.pop("currency") == stored.pop("currency")
    assert found == pytest.approx(stored, rel=1e-4)


def test_talbruck_has_few_customers_with_large_orders_who_come_back(demo):
    ours = buying_profile(demo)
    assert ours.customers < CDNOW.customers / 10
    assert ours.order_value > 100 * CDNOW.order_value
    assert ours.came_back > 2 * CDNOW.came_back


def test_by_heart():
    profile = buying_profile(
        book(
            [
                ("A", "2024-01-01", 10.0),
                ("B", "2024-05-01", 10.0),
                ("A", "2025-02-01", 30.0),
                ("A", "2025-02-02", 50.0),
                ("C", "2025-12-31", 20.0),
            ]
        )
    )
    assert profile.customers == 2
    assert profile.order_days == 1.5
    assert profile.order_value == 30.0
    assert profile.revenue == 50.0
    assert profile.largest_share == 0.8
    assert profile.came_back == 0.5


def test_without_a_year_before_nobody_can_have_come_back():
    young = book([("A", "2025-01-01", 10.0), ("A", "2025-12-31", 5.0)])
    profile = buying_profile(young)
    assert math.isnan(profile.came_back)
    told = profiles_table({"x": profile})["x"]
    assert told["earlier customers who came back"] == "n/a"


def test_money_stands_in_each_one_s_own_currency(demo):
    table = profiles_table({"ours": buying_profile(demo), "consumers": CDNOW})
    assert table.loc["value of an order day, median customer"].str[:3].tolist() == [
        "EUR",
        "USD",
    ]

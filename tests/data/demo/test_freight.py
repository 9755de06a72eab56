"""Carriers, express parcels and customs: what it costs to bring goods to an account."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.freight import CUSTOMS, FREIGHT_INDEX, freight_costs


def yearly(book, kind):
    costs = book.account_costs[book.account_costs["kind"] == kind]
    return costs.groupby(costs["date"].dt.year)["amount"].sum()


def test_freight_grows_from_2_3_to_2_7_percent_of_revenue(book):
    share = yearly(book, "freight") / book.orders.groupby("year")["net_amount"].sum()
    assert 0.021 < share[2022] < 0.025
    assert 0.024 < share[2025] < 0.029
    assert share[2022] < share[2023] < share[2024]  # not all bills of 2025 are in


def test_wetterau_causes_most_rush_freight(book):
    rush = book.account_costs[book.account_costs["kind"] == "rush_freight"]
    mine = rush.loc[rush["account_id"] == book.number_of("wetterau"), "amount"]
    assert mine.sum() > 0.6 * rush["amount"].sum()


def test_customs_are_paid_where_goods_cross_a_border_only(book):
    customs = book.account_costs[book.account_costs["kind"] == "customs"]
    regions = customs["account_id"].map(book.accounts["region"])
    assert set(regions) == set(CUSTOMS)


def test_freight_is_billed_once_a_month_and_account(book):
    freight = book.account_costs[book.account_costs["kind"] == "freight"]
    assert not freight.duplicated(["account_id", "date"]).any()
    assert (freight["date"] + pd.Timedelta(days=1)).dt.is_month_start.all()


def lines_of(count):
    return pd.DataFrame(
        {
            "order_id": [str(number) for number in range(count)],
            "account": 0,
            "day": 1100,
            "category": 0,
            "rush": False,
            "line_type": "sale",
            "net_cents": 500_000,
        }
    )


def test_an_order_of_5000_euro_costs_some_150_to_send_within_dach():
    costs = freight_costs(lines_of(4000), pd.DataFrame({"region": ["DACH"]}), seed=1)
    planted = (36 + 0.023 * 5000) * FREIGHT_INDEX[2025]
    assert costs["amount"].sum() / 4000 == pytest.approx(planted, rel=0.01)


def test_services_are_not_sent():
    roster = pd.DataFrame({"region": ["DACH"]})
    services = lines_of(3).assign(line_type="service", category=5)
    assert freight_costs(services, roster, seed=1).empty


def test_scrambled_accounts_give_wetterau_no_rush_freight(book):
    rush = book.account_costs[book.account_costs["kind"] == "rush_freight"]
    numbers = np.random.default_rng(0).choice(book.accounts.index, len(rush))
    mine = rush.loc[numbers == book.number_of("wetterau"), "amount"]
    assert mine.sum() < 0.1 * rush["amount"].sum()

"""The largest losses are found by money, each with the cost that makes it."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from kamlab.value.cost_to_serve import capacity_rates, cost_to_serve
from kamlab.value.loss_causes import cause_name, loss_causes, work_by_cause
from kamlab.value.profitability import AccountProfit, account_profit
from tests.value.serving_books import book

DAY = date(2025, 12, 31)


def three_losses() -> AccountProfit:
    """Return two losses through engineering, one through orders, and a good account."""
    costs = {"pool": ["desk"], "cost": [9000.0], "capacity_minutes": [9000.0]}
    work = pd.DataFrame(
        {
            "account_id": ["W", "W", "W", "E"],
            "activity": ["order", "rush_order", "visit", "visit"],
            "pool": "desk",
            "minutes": [300.0, 250.0, 400.0, 50.0],
        }
    )
    served = cost_to_serve(work, capacity_rates(pd.DataFrame(costs)))
    table = pd.DataFrame(
        {
            "revenue": [500.0, 400.0, 3000.0, 4000.0],
            "charges": 0.0,
            "margin": [200.0, 150.0, 900.0, 1500.0],
            "contribution": [-150.0, -100.0, -50.0, 1500.0],
            "minutes": [50.0, 0.0, 950.0, 0.0],
        },
        index=list("EFWG"),
    )
    kinds = {"freight": [0.0, 10.0, 0.0], "engineering": [300.0, 240.0, 0.0]}
    direct = pd.DataFrame(kinds, index=list("EFW"))
    return AccountProfit(table, DAY, DAY, "contribution", direct, served)


@pytest.fixture
def profit() -> AccountProfit:
    return three_losses()


def test_the_largest_losses_in_money_come_first_whatever_their_revenue(profit):
    causes = loss_causes(profit)
    assert causes.index.tolist() == ["E", "F", "W"]
    assert causes["loss"].tolist() == [150.0, 100.0, 50.0]


def test_orders_and_rush_orders_are_one_cause(profit):
    causes = loss_causes(profit)
    assert causes["cause"].tolist() == ["engineering", "engineering", "orders"]
    assert causes["cost"].tolist() == [300.0, 240.0, 550.0]


def test_losses_are_listed_until_the_part_asked_for_is_explained(profit):
    assert loss_causes(profit, part=0.5).index.tolist() == ["E"]
    assert loss_causes(profit, part=0.6).index.tolist() == ["E", "F"]


def test_where_all_losses_are_small_none_is_worth_a_name(profit):
    assert loss_causes(profit, floor=0.9).empty


def test_goods_below_cost_are_a_cause_of_their_own(profit):
    profit.table.loc["E", "margin"] = -80.0
    first = loss_causes(profit).iloc[0]
    assert (first["cause"], first["cost"]) == ("goods", 80.0)


def test_who_bought_nothing_loses_through_the_visits_alone(profit):
    profit.table.loc["W", "margin"] = 0.0
    assert loss_causes(profit).loc["W", "cause"] == "orders"


def test_where_no_cost_beyond_the_goods_is_known_there_is_no_cause(profit):
    assert loss_causes(replace(profit, direct=None, served=None)).empty


def test_work_of_an_unknown_sort_stands_by_itself():
    money = pd.DataFrame({"order": [3.0], "call": [1.0], "audit": [2.0]})
    found = work_by_cause(money).iloc[0].to_dict()
    assert found == {"audit": 2.0, "contacts": 1.0, "orders": 3.0}


def test_causes_are_named_as_people_speak():
    assert cause_name("orders") == "handling orders and rush orders"
    assert cause_name("goods") == "goods that cost more than they bring"
    assert cause_name("rush_freight") == "rush freight"


def test_brandt_loses_through_orders_that_come_in_a_rush():
    made = account_profit(book(), "2025-01-01", "2025-03-31")
    assert loss_causes(made).loc["Brandt", "cause"] == "orders"


def test_talbruck_loses_most_through_engineering(demo):
    made = account_profit(demo, "2025-01-01", "2025-12-31")
    by_cause = loss_causes(made).groupby("cause")["loss"].sum()
    assert by_cause.idxmax() == "engineering"

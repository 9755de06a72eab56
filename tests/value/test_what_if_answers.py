"""The usual answers to a customer who costs money."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from kamlab.errors import MissingDataError
from kamlab.value.cost_to_serve import capacity_rates, cost_to_serve
from kamlab.value.profitability import AccountProfit
from kamlab.value.what_if_answers import (
    dearest_loss,
    fee_sentence,
    less_step,
    loss_makers,
    rise_sentence,
    stop_sentence,
    usual_answers,
)

DAY = date(2025, 12, 31)


@pytest.fixture
def profit() -> AccountProfit:
    """Return an account whose orders cost 300 of its margin of 280, and a good one."""
    costs = {"pool": ["desk"], "cost": [1000.0], "capacity_minutes": [1000.0]}
    work = pd.DataFrame(
        {
            "account_id": ["W", "W", "W", "A"],
            "activity": ["order", "rush_order", "visit", "visit"],
            "pool": "desk",
            "minutes": [160.0, 80.0, 60.0, 50.0],
        }
    )
    served = cost_to_serve(work, capacity_rates(pd.DataFrame(costs)))
    table = pd.DataFrame(
        {
            "revenue": [1000.0, 2000.0],
            "cost_of_goods": [-700.0, -1400.0],
            "margin": [300.0, 600.0],
            "direct_costs": [-20.0, 0.0],
            "cost_to_serve": [-300.0, -50.0],
            "contribution": [-20.0, 550.0],
        },
        index=["W", "A"],
    )
    return AccountProfit(table, DAY, DAY, "contribution", served=served)


def test_goods_sold_below_cost_are_no_loss_that_other_service_mends(profit):
    small = profit.table.loc[["W"]].set_axis(["S"]) / 10
    table = pd.concat([small * 5, profit.table])
    table.loc["S", ["margin", "contribution"]] = -500.0
    assert dearest_loss(replace(profit, table=table)) == "W"


def test_a_loss_too_small_beside_all_others_is_not_talked_about(profit):
    table = pd.concat([profit.table, profit.table.loc[["W"]].set_axis(["S"])])
    table.loc["S", ["margin", "contribution"]] = -2500.0
    assert dearest_loss(replace(profit, table=table)) is None


def test_all_who_cost_money_can_be_asked_about_together(profit):
    assert loss_makers(profit) == ["W"]
    together = usual_answers(profit, ["W", "A"], avoidable=1.0)
    assert together["stop, on the first day"].change == pytest.approx(-880)


def test_where_contacts_cost_more_than_orders_they_are_halved(profit):
    name, found = next(iter(usual_answers(profit, "A", avoidable=1.0).items()))
    assert name.startswith("half the visits and calls, 100 % of the time saved")
    assert found.change == pytest.approx(25)


def test_a_surcharge_is_told_by_the_order_where_orders_are_known(profit):
    names = list(usual_answers(profit, "W", 0.5, orders=75, currency="EUR"))
    assert names[1] == (
        "surcharge of EUR 2 an order (half the cost to serve), 10 % of the volume lost"
    )


def test_less_work_for_many_is_told_with_what_it_brings(profit):
    action, why = less_step(usual_answers(profit, ["W", "A"], avoidable=1.0), "EUR")
    assert action.startswith("Spend less time")
    assert why.endswith("100 % of the time saved really cut would bring EUR 120.")
    assert less_step(usual_answers(profit, ["W"], avoidable=0.0)) == ("", "")


def test_the_fee_that_removes_a_loss_is_not_what_an_order_costs(profit):
    said = fee_sentence(profit, "W", 40, {"W": "Wetterau"}, "EUR")
    assert said.endswith("serving costs EUR 7.50 an order.")


def test_where_all_earn_money_there_is_no_loss_to_talk_about(profit):
    table = profit.table.drop("W")
    assert dearest_loss(AccountProfit(table, DAY, DAY, "contribution")) is None


def test_bundling_saves_half_of_the_orders_as_far_as_capacity_goes(profit):
    answers = usual_answers(profit, "W", avoidable=0.5)
    found = answers["half the orders, same goods, 50 % of the time saved really cut"]
    assert found.change == pytest.approx((160 + 80) / 2 * 0.5)
    assert found.unused == pytest.approx((160 + 80) / 2 * 0.5)


def test_a_surcharge_of_half_the_cost_to_serve_arrives_less_lost_volume(profit):
    answers = usual_answers(profit, "W", avoidable=0.0)
    found = answers[
        "surcharges of 150 in all (half the cost to serve), 10 % of the volume lost"
    ]
    assert found.change == pytest.approx(0.9 * (1000 + 150 - 720) - 300 - (-20))


def test_on_the_first_day_parting_loses_the_whole_margin(profit):
    answers = usual_answers(profit, "W", avoidable=0.5)
    assert answers["stop, on the first day"].change == pytest.approx(-280)
    assert answers["stop, 50 % of the cost to serve gone"].change == pytest.approx(-130)


def test_without_cost_to_serve_there_are_no_answers(profit):
    bare = AccountProfit(profit.table, DAY, DAY, "gross margin")
    with pytest.raises(MissingDataError, match="without cost to serve"):
        usual_answers(bare, "W")


def test_without_rush_orders_only_orders_are_bundled(profit):
    served = cost_to_serve(
        pd.DataFrame(
            {"account_id": ["W"], "activity": "order", "pool": "desk", "minutes": 300.0}
        ),
        capacity_rates(
            pd.DataFrame({"pool": ["desk"], "cost": 1e3, "capacity_minutes": 1e3})
        ),
    )
    plain = AccountProfit(profit.table, DAY, DAY, "contribution", served=served)
    answers = usual_answers(plain, "W", avoidable=1.0)
    found = answers["half the orders, same goods, 100 % of the time saved really cut"]
    assert found.change == pytest.approx(150)


def test_the_fee_spreads_the_loss_over_the_orders(profit):
    said = fee_sentence(profit, "W", 40, {"W": "Wetterau"}, "EUR")
    assert said.startswith("A fee of EUR 0.50 an order")
    assert "Wetterau" in said


@pytest.mark.parametrize(("account", "orders"), [("A", 40), ("W", 0)])
def test_no_fee_without_a_loss_or_without_orders(profit, account, orders):
    assert fee_sentence(profit, account, orders) == ""


def test_a_higher_price_says_how_much_volume_may_go(profit):
    # 3 % of 2,000 is 60; 60 of 60 + 600 is 9.1 %.
    said = rise_sentence(profit, "A", {"A": "Adler"})
    assert "3 % higher for Adler pays as long as less than 9.1 %" in said


def test_goods_sold_below_cost_get_no_break_even(profit):
    profit.table.loc["A", ["cost_of_goods", "contribution"]] = [-2100.0, -150.0]
    said = rise_sentence(profit, "A")
    assert said.endswith("its goods earn hardly anything.")


def test_parting_is_weighed_for_all_loss_makers_together(profit):
    said = stop_sentence(profit, "EUR", avoidable=0.5)
    assert "EUR 280 of margin goes at once" in said
    assert "profit would change by −EUR 130" in said
    assert "more than 93.3 % must go" in said


def test_without_loss_makers_nothing_is_said(profit):
    table = profit.table.drop("W")
    assert stop_sentence(AccountProfit(table, DAY, DAY, "contribution")) == ""


def test_where_a_lower_price_pays_at_no_volume_no_infinite_share_is_printed(profit):
    costs = ["cost_of_goods", "cost_to_serve", "contribution"]
    profit.table.loc["A", costs] = [-1850.0, -140.0, 10.0]
    said = rise_sentence(profit, "A")
    assert "3 % lower would pay at no volume" in said
    assert "inf" not in said


def test_loss_makers_without_margin_are_not_said_to_take_one_with_them(profit):
    table = profit.table
    spent = table.loc["W", "revenue"] + table.loc["W", "direct_costs"] + 20
    loss = -20 + table.loc["W", "cost_to_serve"]
    table.loc["W", ["cost_of_goods", "contribution"]] = [-spent, loss]
    said = stop_sentence(profit, "EUR")
    assert said.startswith("All loss makers together bring −EUR 20 before any cost")
    assert "goes at once" not in said

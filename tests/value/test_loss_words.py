"""What is lost, and through what, is said as the numbers are."""

from dataclasses import replace

import pandas as pd
import pytest

from kamlab.value.loss_causes import loss_causes
from kamlab.value.loss_words import (
    causes_sentence,
    charge_step,
    large_loss_sentence,
    pattern_sentence,
)
from kamlab.value.profitability import AccountProfit, account_profit
from tests.value.serving_books import book, orders
from tests.value.test_loss_causes import DAY, three_losses

NAMES = {"E": "Eins", "F": "Fünf", "W": "Werk"}
QUARTER = ("2025-01-01", "2025-03-31")


@pytest.fixture
def profit() -> AccountProfit:
    return three_losses()


def test_losses_too_small_to_name_are_not_named(profit):
    assert causes_sentence(loss_causes(profit, floor=0.9), profit) == ""
    many = pd.DataFrame({"revenue": 9.0, "margin": 1.0, "contribution": [-1.0] * 200})
    small = AccountProfit(many, DAY, DAY, "contribution")
    assert large_loss_sentence(small) == ""


def test_the_cause_that_most_is_lost_through_is_told_first(profit):
    text = causes_sentence(loss_causes(profit), profit, NAMES, "EUR")
    assert text == (
        "Of the 3 loss makers, 2 lose EUR 250 mostly through engineering (EUR 540): "
        "Eins −EUR 150, Fünf −EUR 100. Werk loses EUR 50 mostly through handling "
        "orders and rush orders (EUR 550)."
    )


def test_a_single_loss_maker_is_named_at_once():
    table = pd.DataFrame({"contribution": [-20.0]}, index=["Eins"])
    causes = pd.DataFrame({"loss": 20.0, "cause": "freight", "cost": 30.0}, table.index)
    one = AccountProfit(table, DAY, DAY, "contribution")
    assert causes_sentence(causes, one) == "Eins loses 20 mostly through freight (30)."


def test_who_is_not_named_is_counted():
    many = pd.Series(range(20, 10, -1), [f"C{n}" for n in range(10)], dtype=float)
    table = pd.DataFrame({"contribution": -many})
    causes = pd.DataFrame({"loss": many, "cause": "freight", "cost": 30.0})
    profit = AccountProfit(table, DAY, DAY, "contribution")
    assert causes_sentence(causes, profit).endswith("C6 −14 and 3 more.")


def test_engineering_that_nobody_pays_for_is_to_be_charged(profit):
    assert charge_step(loss_causes(profit), profit, NAMES, "EUR") == (
        "Charge for engineering, or cap it in the contract.",
        "EUR 540 of it at Eins and Fünf stands against a loss of EUR 250, and nothing "
        "is charged for it; without it they would leave EUR 290.",
    )


def test_what_is_charged_already_is_not_said_to_be_free(profit):
    profit.table["charges"] = 20.0
    assert "nothing is charged" not in charge_step(loss_causes(profit), profit)[1]


def test_without_direct_costs_there_is_nothing_to_charge_for(profit):
    causes = loss_causes(profit)
    assert charge_step(causes[causes["cause"] == "orders"], profit) == ("", "")
    assert charge_step(causes, replace(profit, direct=None)) == ("", "")


def test_many_small_losses_are_told_by_what_the_average_one_takes(profit):
    assert pattern_sentence(profit, "EUR") == (
        "3 of 4 accounts (75.0 %) lose money, EUR 300 in all. The average one brings "
        "EUR 417 margin and takes 5.6 hours, which cost EUR 333, 55 % of it handling "
        "orders and rush orders."
    )


def test_a_pattern_needs_losses_and_known_work(profit):
    assert pattern_sentence(replace(profit, served=None)) == ""
    good = replace(profit, table=profit.table.loc[["G"]])
    assert pattern_sentence(good) == ""


def test_brandts_loss_is_one_of_service_and_not_of_goods():
    profit = account_profit(book(), *QUARTER)
    assert large_loss_sentence(profit, {"Brandt": "Brandt KG"}, "EUR") == (
        "Brandt KG is no. 2 by revenue (EUR 147) and costs EUR 122: its gross margin "
        "of EUR 72 (49.0 %; all together 43.8 %) does not cover EUR 25.50 direct costs "
        "and EUR 169 cost to serve, 54 % of the latter for handling "
        "orders and rush orders."
    )


def test_goods_below_cost_are_told_as_such():
    lines = orders()
    lines.loc[lines["order_id"] == "4", "cogs"] = 900.0
    text = large_loss_sentence(account_profit(book(orders=lines), *QUARTER))
    assert text.endswith("even its goods cost more than they bring.")


def test_without_a_loss_nobody_is_named():
    bare = account_profit(book(costs=None, account_costs=None), *QUARTER)
    assert large_loss_sentence(bare) == ""


def test_costs_that_nobody_knows_are_not_named(profit):
    table = profit.table.assign(direct_costs=0.0, cost_to_serve=-350.0)
    text = large_loss_sentence(replace(profit, table=table, direct=None), NAMES, "EUR")
    assert "does not cover EUR 350 cost to serve" in text
    assert "direct costs" not in text


def test_the_margin_of_all_together_is_that_of_accounts_with_known_costs():
    lines = orders()
    lines.loc[lines["order_id"] == "2", "cogs"] = None
    profit = account_profit(book(orders=lines), *QUARTER)
    assert "(49.0 %; all together 49.0 %)" in large_loss_sentence(profit)

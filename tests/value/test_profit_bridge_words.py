"""Sentences about the bridge name what gave, what took, and what does not compare."""

from datetime import date

import pandas as pd

from kamlab.value.profit_bridge import ProfitBridge, profit_bridge
from kamlab.value.profit_bridge_words import (
    accounts_sentence,
    bridge_sentence,
    comparable_sentence,
    price_list_sentence,
)
from kamlab.value.profit_periods import compared_periods
from kamlab.value.profitability import AccountProfit


def profit(number: int, amount: float, since: date | None = None) -> AccountProfit:
    table = pd.DataFrame({"contribution": [amount]}, index=["A"])
    first, last = date(number, 1, 1), date(number, 12, 31)
    return AccountProfit(table, first, last, "contribution", contacts_from=since)


def bridge(since: date | None = None, left_out: tuple = (), **steps: float):
    total = sum(steps.values())
    table = pd.DataFrame(steps, index=["A"])
    years = profit(2024, 50.0, since), profit(2025, 50.0 + total)
    return ProfitBridge(*years, table, left_out, 0.4 if since else 0.7)


def test_what_gave_and_what_took_most_is_named_in_order():
    text = bridge_sentence(bridge(volume=9, mix=-1, discounts=-12, list_prices=10))
    assert text == (
        "From 2024 to 2025 contribution rose by 6, from 50 to 56. List prices gave 10, "
        "volume 9. Discounts took 12, mix 1."
    )


def test_what_is_not_named_closes_the_sum():
    steps = {"list_prices": 90, "volume": 80, "mix": 70, "charges": 20, "returns": -5}
    text = bridge_sentence(bridge(**steps, discounts=-60, transport=-50, prices=-40))
    assert text.endswith("All other steps together gave 15.")
    many = bridge_sentence(
        bridge(volume=9, discounts=-9, mix=-8, prices=-7, transport=-6, returns=-3)
    )
    assert many.endswith("transport 6. Returns took 3.")


def test_who_got_most_of_the_discounts_is_named():
    steps = pd.DataFrame(
        {"list_prices": [100.0, 50.0], "discounts": [-60.0, -40.0], "cost_of_goods": 0},
        index=["A", "B"],
    )
    made = ProfitBridge(None, None, steps, (), 0.6)
    assert price_list_sentence(made, "EUR", {"A": "Adler"}) == (
        "Higher list prices were to bring EUR 150 on the 60.0 % of goods whose price "
        "can be compared; higher discounts gave back EUR 100 (66.7 %), 60 % of it to "
        "Adler."
    )


def test_a_year_in_which_nothing_moved_has_nothing_to_name():
    assert bridge_sentence(bridge(volume=0.0)) == (
        "From 2024 to 2025 contribution rose by 0, from 50 to 50."
    )


def test_a_price_list_that_paid_for_dearer_goods():
    text = price_list_sentence(
        bridge(list_prices=100, discounts=-20, cost_of_goods=-50), "EUR"
    )
    assert text.endswith("The EUR 80 that arrived covers EUR 50 for dearer goods.")


def test_a_price_list_that_was_given_back_entirely():
    text = price_list_sentence(
        bridge(list_prices=100, discounts=-120, cost_of_goods=-50)
    )
    assert "gave back 120 (120.0 %)" in text
    assert text.endswith("Nothing arrived to pay for dearer goods.")


def test_a_price_list_that_stuck_needs_no_more_words():
    text = price_list_sentence(bridge(list_prices=100, discounts=5, cost_of_goods=3))
    assert text.endswith("discounts gave nothing of it back.")


def test_without_higher_list_prices_there_is_nothing_to_give_back():
    assert price_list_sentence(bridge(list_prices=-3, discounts=1)) == ""
    assert price_list_sentence(bridge(prices=100)) == ""


def test_accounts_behind_a_step_are_named_by_size():
    steps = pd.DataFrame({"mix": [-1.0, -9.0, 2.0, -3.0, -2.0]}, index=list("ABCDE"))
    text = accounts_sentence(
        ProfitBridge(None, None, steps), "mix", {"B": "Brandt"}, "EUR"
    )
    assert text == (
        "Mix (−EUR 13 in all): Brandt −EUR 9, D −EUR 3, E −EUR 2; 1 account moved the "
        "other way."
    )


def test_a_step_that_did_nothing_names_nobody():
    steps = pd.DataFrame({"mix": [0.0]}, index=["A"])
    assert accounts_sentence(ProfitBridge(None, None, steps), "mix") == ""


def test_what_does_not_compare_is_told():
    text = comparable_sentence(
        bridge(since=date(2024, 9, 1), left_out=("B", "C"), time_to_serve=-5)
    )
    assert "too little to tell price from volume" in text
    assert "Contacts are recorded from 1 September 2024 only" in text
    assert "2 accounts are left out for want of cost of goods." in text
    assert text.endswith("A bridge says what changed, not who caused it.")


def test_periods_that_compare_carry_no_warning():
    text = comparable_sentence(bridge(volume=1))
    assert text.count(". ") == 1


def test_talbrucks_discounts_ate_the_price_list(demo):
    made = profit_bridge(*compared_periods(demo))
    text = price_list_sentence(made, "EUR")
    assert "higher discounts gave back EUR 1." in text
    names = demo.accounts["account_name"]
    assert "Marwitz" in accounts_sentence(made, "discounts", names, "EUR")

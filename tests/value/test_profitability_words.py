"""Sentences about profit by account say what the numbers say, and no more."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from kamlab.value.profitability import AccountProfit, account_profit, trailing_profits
from kamlab.value.profitability_words import (
    granted_sentence,
    how_well_known_sentence,
    profit_sentence,
    years_sentence,
)
from tests.value.serving_books import book, contacts, orders, standards

QUARTER = ("2025-01-01", "2025-03-31")


def year(number: int, revenue: float, left: float, since: date | None = None):
    columns = ["revenue", "contribution", "contribution_rate", "contribution_margin"]
    table = pd.DataFrame([[revenue, left, 1.0, left / revenue]], columns=columns)
    first, last = date(number, 1, 1), date(number, 12, 31)
    return AccountProfit(table, first, last, "contribution", contacts_from=since)


def test_losses_are_counted_and_summed():
    text = profit_sentence(account_profit(book(), *QUARTER), "EUR")
    assert text.startswith("3 accounts left EUR ")
    assert "2 of them cost more than they bring: −EUR 130 in all." in text


def test_a_book_without_losses_says_so():
    bare = account_profit(book(costs=None, account_costs=None), *QUARTER)
    text = profit_sentence(bare, "EUR", "groups")
    assert text.startswith("2 groups left EUR ")
    assert "gross margin" in text
    assert text.endswith("None of them has a negative gross margin.")


def test_before_the_cost_of_serving_nobody_is_said_to_cost_money():
    bare = account_profit(book(costs=None, account_costs=None), *QUARTER)
    bare.table.loc["Brandt", "contribution"] = -5.0
    text = profit_sentence(bare, "EUR")
    assert "1 of them has a negative gross margin: −EUR 5 in all." in text


def test_accounts_without_cost_of_goods_are_left_out_with_their_revenue():
    lines = orders()
    lines.loc[lines["order_id"] == "4", "cogs"] = None
    text = profit_sentence(account_profit(book(orders=lines), *QUARTER), "EUR")
    assert "Left out: 1 account with EUR 147 net revenue" in text


def test_what_is_granted_is_a_share_of_the_list_price():
    text = granted_sentence(account_profit(book(), *QUARTER), "EUR")
    assert text.startswith("Of EUR 2,400 at list price, EUR 245 (10.2 %) is granted")
    assert text.endswith("returns and credits take EUR 60 (2.5 %) more.")


def test_nothing_is_named_that_was_not_taken():
    steps = {"list_revenue": [200.0], "discounts": [-60.0], "returns": [0.0]}
    table = pd.DataFrame({**steps, "credits": 0.0, "rebates": 0.0})
    day = date(2025, 12, 31)
    text = granted_sentence(AccountProfit(table, day, day, "gross margin"))
    assert text == "Of 200 at list price, 60 (30.0 %) is granted on the invoice."


def test_where_every_contact_was_timed_there_are_no_others():
    done = AccountProfit(pd.DataFrame(), *map(date.fromisoformat, QUARTER), "")
    known = replace(done, served="known", direct=pd.DataFrame(), recorded=1.0)
    text = how_well_known_sentence(known)
    assert text.startswith("For all contacts somebody entered how long they took")
    assert "the others" not in text


def test_without_list_prices_discounts_cannot_be_told():
    bare = book(orders=orders().drop(columns="unit_list_price"))
    text = granted_sentence(account_profit(bare, *QUARTER))
    assert text == "Discounts cannot be told: the data have no list prices."


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({}, "For 40.0 % of the contacts somebody entered"),
        ({"interactions": None}, "cost to serve is that of orders alone"),
        ({"account_costs": None}, "Direct costs such as freight are not known."),
        ({"costs": None}, "The figures end at the margin after direct costs: cost to "),
        (
            {"activity_minutes": standards().query("activity != 'visit'")},
            "No standard minutes, and so no cost, for: visit.",
        ),
        (
            {"interactions": contacts().assign(date=pd.Timestamp("2025-02-20"))},
            "Contacts are recorded from 20 February 2025 only",
        ),
    ],
)
def test_what_is_assumed_is_told(others: dict, told: str):
    assert told in how_well_known_sentence(account_profit(book(**others), *QUARTER))


def test_costs_that_begin_within_the_window_are_told():
    bare = account_profit(book(costs=None), *QUARTER)
    text = how_well_known_sentence(replace(bare, costs_from=date(2025, 2, 1)))
    assert "begin on 1 February 2025, within the window." in text


def test_carried_costs_are_told():
    day = date(2025, 3, 31)
    none = pd.DataFrame()
    profit = AccountProfit(
        none, day, day, "contribution", none, served="known", days_carried=46
    )
    assert "For 46 days costs of the pools are not booked yet" in (
        how_well_known_sentence(profit)
    )


def test_revenue_that_grows_while_profit_stands_still():
    profits = {n: year(n, 100 * 1.05 ** (n - 2022), 30.0) for n in range(2022, 2026)}
    text = years_sentence(profits, "EUR")
    assert "From 2022 to 2025 net revenue rose by 5.0 % a year" in text
    assert "contribution stood still (+0.0 % a year)" in text


def test_years_without_contacts_are_not_compared():
    since = date(2023, 1, 9)
    profits = {2022: year(2022, 90, 40, since)}
    profits |= {n: year(n, 100, 35 - (n - 2023)) for n in (2023, 2024)}
    text = years_sentence(profits)
    assert text.startswith("From 2023 to 2024 net revenue stood still")
    assert "contribution fell by 2.9 % a year" in text
    assert text.endswith("Not compared: 2022 (contacts were not recorded throughout).")


def test_one_year_compares_with_nothing():
    assert years_sentence({2025: year(2025, 9, 3)}) == (
        "Only one year is fully known, so there is no comparison."
    )


def test_a_profit_that_turned_into_a_loss_has_no_growth():
    profits = {2024: year(2024, 100, 5), 2025: year(2025, 100, -5)}
    assert "contribution changed its sign: 5 became −5" in years_sentence(profits)


def test_talbrucks_revenue_grows_and_its_margin_shrinks(demo):
    text = years_sentence(trailing_profits(demo), "EUR")
    assert "net revenue rose by" in text
    assert "points)" in text


def test_revenue_without_known_cost_of_goods_spoils_neither_margin_nor_growth():
    before, after = year(2024, 100.0, 30.0), year(2025, 110.0, 33.0)
    columns = {"revenue": 40.0, "contribution": float("nan")}
    unknown = pd.DataFrame(columns, index=["X"])
    after = replace(after, table=pd.concat([after.table, unknown]))
    text = years_sentence({2024: before, 2025: after}, "EUR")
    assert "net revenue rose by 10.0 % a year" in text
    assert "EUR 30 is left instead of EUR 30" in text
    assert text.endswith(
        "Left out: net revenue without known cost of goods, EUR 0 of 2024 and EUR 40 "
        "of 2025."
    )

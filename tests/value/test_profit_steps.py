"""The steps from list price to contribution, named and grouped for people."""

import pandas as pd
import pytest

from kamlab.data.vocabulary import ACTIVITIES
from kamlab.errors import UsageError
from kamlab.value.profit_bridge import profit_bridge
from kamlab.value.profit_periods import compared_periods
from kamlab.value.profit_steps import (
    ACTIVITY_GROUPS,
    profit_steps,
    served_by_group,
    step_name,
)
from kamlab.value.profitability import account_profit
from tests.value.serving_books import book, orders

QUARTER = ("2025-01-01", "2025-03-31")


def test_every_activity_belongs_to_exactly_one_group():
    grouped = [activity for each in ACTIVITY_GROUPS.values() for activity in each]
    assert sorted(grouped) == sorted(ACTIVITIES)


def test_brandts_steps_lead_from_list_price_to_his_loss():
    steps = profit_steps(account_profit(book(), *QUARTER), "Brandt")["amount"]
    assert steps.to_dict() == {
        "list_revenue": 200.0,
        "discounts": -5.0,
        "charges": 12.0,
        "gross_revenue": 207.0,
        "returns": -50.0,
        "credits": -10.0,
        "revenue": 147.0,
        "cost_of_goods": -75.0,
        "margin": 72.0,
        "rush_freight": -25.5,
        "orders": -31.0,
        "rush_orders": -60.0,
        "returns_and_credits": -35.0,
        "calls_and_messages": -43.0,
        "contribution": -122.5,
    }


@pytest.mark.parametrize("account", [None, "Adler", "Brandt", "Cramer"])
def test_totals_repeat_what_stands_so_far(account):
    steps = profit_steps(account_profit(book(), *QUARTER), account)
    so_far = steps["amount"].where(~steps["is_total"], 0.0).cumsum()
    totals = steps["is_total"]
    assert (so_far - steps["amount"])[totals].abs().max() < 0.005


def test_shares_are_of_net_revenue():
    steps = profit_steps(account_profit(book(), *QUARTER), "Brandt")
    assert steps.loc["revenue", "share"] == 1
    assert steps.loc["contribution", "share"] == -122.5 / 147
    alone = profit_steps(account_profit(book(), *QUARTER), "Cramer")
    assert alone["share"].isna().all()


def test_a_company_without_costs_ends_at_the_gross_margin():
    bare = book(costs=None, account_costs=None)
    assert profit_steps(account_profit(bare, *QUARTER)).index[-1] == "margin"


def test_direct_costs_alone_end_at_the_margin_after_them():
    steps = profit_steps(account_profit(book(costs=None), *QUARTER))
    last = ["freight", "rush_freight", "margin_after_direct_costs"]
    assert steps.index[-3:].tolist() == last
    assert steps["is_total"].tolist()[-3:] == [False, False, True]


def test_without_list_prices_the_steps_open_where_something_moves():
    lines = orders().drop(columns="unit_list_price")
    lines = lines[lines["line_type"] == "sale"].assign(
        order_date=pd.Timestamp("2025-03-31")
    )
    profit = account_profit(book(orders=lines, costs=None, account_costs=None))
    steps = profit_steps(profit)
    assert steps.index.tolist() == ["revenue", "cost_of_goods", "margin"]
    assert steps["is_total"].tolist() == [False, False, True]


def test_an_account_that_is_not_there_is_told():
    profit = account_profit(book(), *QUARTER)
    with pytest.raises(UsageError, match="account 'Adlr' is not in profit: did you"):
        profit_steps(profit, "Adlr")


def test_an_account_without_cost_of_goods_has_no_steps():
    lines = orders()
    lines.loc[lines["order_id"] == "4", "cogs"] = None
    profit = account_profit(book(orders=lines), *QUARTER)
    with pytest.raises(UsageError, match="account 'Brandt' has purchases without cost"):
        profit_steps(profit, "Brandt")
    everybody = profit_steps(profit)["amount"]
    assert everybody["revenue"] == 1960


def test_every_step_has_a_name_in_both_languages(demo):
    profit = account_profit(book(), *QUARTER)
    bridge = profit_bridge(*compared_periods(demo))
    for step in [*profit_steps(profit).index, *bridge.steps.index]:
        if step not in ("freight", "rush_freight"):
            assert step_name(step, "zh") != step_name(step)


def test_a_language_that_is_not_spoken_is_refused():
    with pytest.raises(UsageError, match="language = 'de'"):
        step_name("volume", "de")


def test_groups_keep_their_order_and_what_is_in_none():
    work = pd.DataFrame({"visit": [4.0], "audit": [2.0], "order": [1.0], "qbr": [3.0]})
    groups = served_by_group(work)
    assert groups.columns.tolist() == ["orders", "visits_and_meetings", "audit"]
    assert groups.iloc[0].tolist() == [1, 7, 2]


def test_nobody_served_is_an_empty_table():
    assert served_by_group(pd.DataFrame(index=["A"])).shape == (1, 0)

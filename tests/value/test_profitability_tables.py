"""Tables of profit that print as they are."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.report import present
from kamlab.value.profitability import account_profit, trailing_profits
from kamlab.value.profitability_tables import (
    accounts_table,
    how_to_print,
    losers_table,
    pools_table,
    windows_table,
)
from tests.value.serving_books import book

QUARTER = ("2025-01-01", "2025-03-31")


def test_the_worst_accounts_come_first_when_asked_for():
    profit = account_profit(book(), *QUARTER)
    table = accounts_table(profit, 2, names={"Brandt": "Brandt KG"}, lowest=True)
    assert table.index.tolist() == ["Brandt KG", "Cramer"]
    best = accounts_table(profit, 1, order="revenue")
    assert best.index.tolist() == ["Adler"]


def test_steps_add_up_from_list_price_to_contribution(demo):
    table = windows_table(trailing_profits(demo, most=2))
    reached = 0.0
    for step, amounts in table.drop("Unused capacity").iterrows():
        if step in ("Net revenue", "Gross margin", "Contribution"):
            assert amounts.to_numpy() == pytest.approx(reached, abs=1.0)
        else:
            reached = reached + amounts.to_numpy()


def test_a_step_that_is_nothing_in_all_windows_is_left_out(demo):
    assert "Rebates" not in windows_table(trailing_profits(demo, most=2)).index


def test_the_small_losses_are_added_up_in_one_row():
    profit = account_profit(book(), *QUARTER)
    table = losers_table(profit, {"Brandt": "Brandt KG"}, part=0.5)
    assert table.index.tolist() == ["Brandt KG", "and 1 more account"]
    lost = profit.contribution[profit.contribution < 0].sum()
    assert table["contribution"].sum() == pytest.approx(lost)


def test_losses_that_are_all_listed_leave_no_rest():
    profit = account_profit(book(), *QUARTER)
    assert losers_table(profit, part=1.0).index.tolist() == ["Brandt", "Cramer"]
    bare = account_profit(book(costs=None, account_costs=None), *QUARTER)
    assert losers_table(bare).empty


def test_a_column_is_called_by_what_it_holds():
    columns = ["contribution", "contribution_rate"]
    heads = how_to_print(pd.DataFrame(columns=columns), "gross margin")["labels"]
    assert heads["contribution"] == "Gross margin"
    assert heads["contribution_rate"] == "Share of all gross margin"


def test_columns_that_nobody_knows_are_left_out():
    bare = account_profit(book(costs=None, account_costs=None), *QUARTER)
    columns = accounts_table(bare).columns.tolist()
    assert columns == ["revenue", "margin", "contribution_margin"]


def test_windows_stand_side_by_side_from_list_price_to_contribution(demo):
    profits = trailing_profits(demo, most=2)
    table = windows_table(profits, "zh")
    assert table.columns.tolist() == ["2024", "2025"]
    assert table.index[0] == "目录价收入"
    assert table.index[-1] in ("客户贡献", "闲置产能")
    english = windows_table(profits)
    assert english.loc["Net revenue", "2025"] > english.loc["Net revenue", "2024"]


def test_windows_before_contacts_were_recorded_show_no_cost_to_serve():
    profit = account_profit(book(), *QUARTER)
    partly = replace(profit, start=date(2024, 1, 1), contacts_from=date(2024, 2, 5))
    table = windows_table({1: partly, 2: profit})
    before, after = table.columns
    resting = ["Cost to serve", "Contribution", "Unused capacity"]
    assert table.loc[resting, before].isna().all()
    assert table.loc[resting, after].notna().all()
    assert table.loc["Gross margin"].notna().all()


def test_the_last_total_is_called_by_how_far_down_it_reaches():
    without_time = account_profit(book(costs=None), *QUARTER)
    table = windows_table({1: without_time})
    assert table.index[-1] == "Margin after direct costs"
    assert table.iloc[-1, 0] == without_time.contribution.sum()
    bare = windows_table({1: account_profit(book(costs=None, account_costs=None))})
    assert bare.index[-1] == "Gross margin"


def test_pools_are_shown_in_hours():
    pools = account_profit(book(), *QUARTER).pools
    table = pools_table(pools)
    assert table.index.tolist() == ["desk", "store"]
    assert table.loc["desk", "capacity_minutes"] == 500 / 60


@pytest.mark.parametrize("kind", ["accounts", "pools"])
def test_every_table_prints(kind: str):
    profit = account_profit(book(), *QUARTER)
    table = {"accounts": accounts_table(profit), "pools": pools_table(profit.pools)}[
        kind
    ]
    text = str(present(table, **how_to_print(table), currency="EUR"))
    assert "(EUR)" in text
    assert " %" in text


def test_what_cannot_be_ranked_is_refused():
    profit = account_profit(book(), *QUARTER)
    with pytest.raises(UsageError, match="order = 'profit' is no column of profit"):
        accounts_table(profit, order="profit")
    with pytest.raises(UsageError, match="n = 0: give a number of accounts"):
        accounts_table(profit, 0)

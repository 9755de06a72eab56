"""Bridges from year to year add up to one that leaves no rest, either."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.errors import UsageError
from kamlab.value.bridge_years import bridges_by_period, joined_bridge, steps_by_period
from kamlab.value.profit_bridge import ProfitBridge
from kamlab.value.profit_bridge_words import bridge_sentence
from kamlab.value.profitability import AccountProfit, trailing_profits


@pytest.fixture(scope="module")
def company():
    with kamlab.open_portfolio("data/demo", as_of="2025-12-31") as portfolio:
        yield portfolio


@pytest.fixture(scope="module")
def profits(company) -> dict:
    return trailing_profits(company)


@pytest.fixture(scope="module")
def bridges(company, profits) -> tuple[ProfitBridge, ...]:
    return bridges_by_period(company, profits)


def test_years_before_contacts_were_recorded_are_not_bridged(profits, bridges):
    assert [each.label for each in profits.values()] == ["2022", "2023", "2024", "2025"]
    assert [each.after.label for each in bridges] == ["2024", "2025"]


def test_where_no_two_years_are_fully_recorded_the_last_two_are_bridged(
    company, profits
):
    *_, early, late = profits
    partly = {
        end: replace(each, contacts_from=each.start)
        for end, each in profits.items()
        if end != late
    }
    (only,) = bridges_by_period(company, partly | {late: profits[late]})
    assert (only.before.end, only.after.end) == (early, late)


def test_one_year_has_nothing_to_be_bridged_to(company, profits):
    end = max(profits)
    with pytest.raises(UsageError, match="profits has 1 period: a bridge needs two"):
        bridges_by_period(company, {end: profits[end]})


def test_the_joined_bridge_closes_to_the_cent(bridges):
    joined = joined_bridge(bridges)
    assert joined.profit_before == bridges[0].profit_before
    assert joined.profit_after == bridges[-1].profit_after
    change = joined.profit_after - joined.profit_before
    assert joined.steps.sum() == pytest.approx(change, abs=0.005)
    by_account = joined.after.contribution.sub(
        joined.before.contribution, fill_value=0.0
    )
    sums = joined.by_account.sum(axis=1)
    assert np.allclose(sums, by_account.reindex(sums.index, fill_value=0.0), atol=0.005)


def test_one_bridge_joined_is_itself(bridges):
    joined = joined_bridge(bridges[-1:])
    assert joined.steps.to_dict() == pytest.approx(bridges[-1].steps.to_dict())
    assert joined.priced == bridges[-1].priced
    assert joined.growth == pytest.approx(bridges[-1].growth)


def test_growth_is_compounded_and_comparable_goods_are_averaged(bridges):
    joined, (one, two) = joined_bridge(bridges), bridges
    assert joined.growth == pytest.approx((1 + one.growth) * (1 + two.growth) - 1)
    assert min(one.priced, two.priced) < joined.priced < max(one.priced, two.priced)


def test_an_account_left_out_of_one_bridge_takes_part_in_none(bridges):
    one, two = bridges
    account = two.by_account.index[0]
    gap = replace(
        two, by_account=two.by_account.drop(index=account), left_out=(account,)
    )
    joined = joined_bridge([one, gap])
    assert joined.left_out == (account,)
    assert account not in joined.by_account.index
    change = joined.profit_after - joined.profit_before
    assert joined.steps.sum() == pytest.approx(change, abs=0.005)


def test_bridges_that_do_not_follow_each_other_are_refused(bridges):
    with pytest.raises(UsageError, match="ends with 2025, the next begins with 2023"):
        joined_bridge(bridges[::-1])
    with pytest.raises(UsageError, match="bridges is empty"):
        joined_bridge(())


def test_the_table_adds_up_over_years_and_over_steps(bridges):
    table = steps_by_period(bridges)
    assert table.columns.tolist() == ["2023 to 2024", "2024 to 2025", "together"]
    joined = joined_bridge(bridges)
    change = joined.profit_after - joined.profit_before
    assert table.loc["Change in all", "together"] == pytest.approx(change, abs=0.005)
    steps = table.drop("Change in all")
    assert steps["together"].is_monotonic_increasing
    assert np.allclose(steps.sum(), table.loc["Change in all"])


def test_a_single_bridge_has_no_column_of_sums(bridges):
    table = steps_by_period(bridges[-1:], "zh")
    assert table.columns.tolist() == ["2024 to 2025"]
    assert table.index[-1] == "变动合计"


def test_the_sentence_of_three_years_names_the_lost_accounts_in_their_place(bridges):
    text = bridge_sentence(joined_bridge(bridges), "EUR")
    assert text.startswith("From 2023 to 2025 contribution fell by")
    took = text.split("Discounts took ")[1]
    assert took.index("lost accounts") < took.index("cost of goods")
    assert "credits, rebates" not in text  # too small to be named


def test_a_bridge_on_which_everything_rose_names_all_that_gave():
    table = pd.DataFrame({"revenue": [9.0], "contribution": [5.0]}, index=["A"])
    day = pd.Timestamp("2025-12-31").date()
    profit = AccountProfit(table, day, day, "contribution")
    steps = {"volume": 9.0, "mix": 8.0, "list_prices": 7.0, "returns": 1.0}
    made = ProfitBridge(profit, profit, pd.DataFrame(steps, index=["A"]))
    assert bridge_sentence(made).endswith(
        "Volume gave 9, mix 8, list prices 7. Returns gave 1."
    )

"""How far the list of loss makers hangs on the minutes that were assumed."""

from datetime import date

import pandas as pd
import pytest

from kamlab.errors import MissingDataError, UsageError
from kamlab.value.cost_to_serve import capacity_rates, cost_to_serve
from kamlab.value.minutes_sensitivity import (
    minutes_sensitivity,
    sensitivity_sentence,
)
from kamlab.value.profitability import AccountProfit

DAY = date(2025, 12, 31)


@pytest.fixture
def profit() -> AccountProfit:
    """Return three accounts that each take 100 minutes at 1 a minute."""
    costs = {"pool": ["desk"], "cost": [400.0], "capacity_minutes": [400.0]}
    work = pd.DataFrame({"account_id": list("ABC"), "activity": "order"})
    work = work.assign(pool="desk", minutes=100.0)
    served = cost_to_serve(work, capacity_rates(pd.DataFrame(costs)))
    margin = pd.Series([300.0, 110.0, 20.0], list("ABC"))
    table = pd.DataFrame({"cost_to_serve": -100.0, "contribution": margin - 100})
    return AccountProfit(table, DAY, DAY, "contribution", served=served)


def test_longer_minutes_make_more_loss_makers(profit):
    table = minutes_sensitivity(profit).table
    assert table["losing"].tolist() == [1, 1, 2]
    assert table["lost"].tolist() == pytest.approx([55, 80, 120])


def test_as_assumed_nothing_changes(profit):
    row = minutes_sensitivity(profit, [1.0]).table.loc[1.0]
    assert row["contribution"] == pytest.approx(profit.contribution.sum())
    assert row["utilisation"] == pytest.approx(0.75)


def test_some_lose_under_any_minutes_and_some_hang_on_them(profit):
    found = minutes_sensitivity(profit)
    assert found.always.tolist() == ["C"]
    assert found.sometimes.tolist() == ["B"]


def test_accounts_of_unknown_profit_are_left_out(profit):
    profit.table.loc["C", "contribution"] = float("nan")
    assert minutes_sensitivity(profit).always.empty


def test_the_sentence_warns_of_accounts_that_hang_on_the_minutes(profit):
    said = sensitivity_sentence(minutes_sensitivity(profit), "EUR")
    assert "with 125 %, 2 (EUR 120)" in said
    assert "1 would in any case; for 1 it depends on the minutes" in said
    assert "cannot be true" not in said


def test_a_factor_beyond_capacity_cannot_be_true(profit):
    said = sensitivity_sentence(minutes_sensitivity(profit, [1.0, 1.5]), "EUR")
    assert said.endswith("the fullest pool would need 112 % of its capacity.")


def test_a_clear_list_needs_no_warning(profit):
    said = sensitivity_sentence(minutes_sensitivity(profit, [0.9, 1.0]), "EUR")
    assert said.endswith("for 0 it depends on the minutes.")


def test_without_cost_to_serve_it_says_what_to_import(profit):
    bare = AccountProfit(profit.table, DAY, DAY, "gross margin")
    with pytest.raises(MissingDataError, match="end at the gross margin"):
        minutes_sensitivity(bare)


@pytest.mark.parametrize("factors", [[], [-0.5]])
def test_factors_are_checked(profit, factors):
    with pytest.raises(UsageError, match="factors"):
        minutes_sensitivity(profit, factors)

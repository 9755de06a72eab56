"""The sheet of scenarios can be redone by hand, and loses no account on the way."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.profitability import trailing_profits
from kamlab.value.retention_scenarios import SCENARIOS, retention_scenarios

YEAR = pd.Series({"Adler": 100.0, "Berg": 40.0, "Cole": -10.0, "Dorn": np.nan})
money = st.floats(-1e6, 1e6).map(lambda amount: round(amount, 2))


def test_a_student_redoes_a_row_by_hand():
    sheet = retention_scenarios(YEAR, discount_rate=0.10)
    # Retention 80 %, discount 10 %: .8 / (1.1 − .8) = 2.667 contributions.
    assert sheet.accounts.loc["Adler", "expected"] == pytest.approx(100 * 0.8 / 0.3)
    assert sheet.accounts.loc["Berg", "cautious"] == pytest.approx(40 * 0.7 / 0.4)
    assert sheet.multiples.loc["Cole", "hopeful"] == pytest.approx(4.5)


def test_every_account_has_a_row_in_the_order_given():
    sheet = retention_scenarios(YEAR, 0.1)
    assert sheet.accounts.index.tolist() == YEAR.index.tolist()
    assert sheet.accounts.columns.tolist() == ["contribution", *SCENARIOS]


def test_an_account_without_a_known_contribution_is_named_and_in_no_total():
    sheet = retention_scenarios(YEAR, 0.1)
    assert sheet.not_known == ("Dorn",)
    assert sheet.accounts.loc["Dorn"].isna().all()
    assert sheet.totals.loc["all", "accounts"] == 3


def test_accounts_that_cost_are_added_up_apart():
    totals = retention_scenarios(YEAR, 0.1).totals
    assert totals["accounts"].to_dict() == {
        "accounts that earn": 2,
        "accounts that cost": 1,
        "all": 3,
    }
    assert totals.loc["accounts that earn", "contribution"] == 140
    assert totals.loc["accounts that cost", "hopeful"] == pytest.approx(-45)


def test_keeping_an_account_that_costs_makes_it_worth_less():
    row = retention_scenarios(YEAR, 0.1).accounts.loc["Cole"]
    assert row["hopeful"] < row["expected"] < row["cautious"] < 0


@given(st.lists(money, min_size=1, max_size=20), st.floats(0.01, 0.4))
def test_totals_are_the_sum_of_the_rows(amounts: list[float], rate: float) -> None:
    sheet = retention_scenarios(pd.Series(amounts), rate)
    earn, cost, everything = (sheet.totals.iloc[place] for place in range(3))
    of_nothing = amounts.count(0)
    assert earn["accounts"] + cost["accounts"] == everything["accounts"] - of_nothing
    both, money = (earn + cost).iloc[1:], everything.iloc[1:]
    assert both.to_list() == pytest.approx(money.to_list(), abs=1e-6)
    assert everything["expected"] == pytest.approx(
        sheet.accounts["expected"].sum(), abs=1e-6
    )


@given(st.lists(money, min_size=1, max_size=10), st.floats(0.1, 100))
def test_values_scale_with_the_currency(amounts: list[float], factor: float) -> None:
    one = retention_scenarios(pd.Series(amounts), 0.1).accounts
    other = retention_scenarios(pd.Series(amounts) * factor, 0.1).accounts
    np.testing.assert_allclose(other, one * factor, rtol=1e-9, atol=1e-6)


def test_another_account_changes_nobody_else():
    more = pd.concat([YEAR, pd.Series({"Ebert": 1e6})])
    one = retention_scenarios(YEAR, 0.1).accounts
    other = retention_scenarios(more, 0.1).accounts
    pd.testing.assert_frame_equal(one, other.loc[YEAR.index])


def test_each_tier_may_have_a_retention_of_its_own():
    kept = pd.Series({"Dorn": 0.5, "Cole": 0.5, "Berg": 0.7, "Adler": 0.9})
    sheet = retention_scenarios(YEAR, 0.1, {"by tier": kept})
    assert sheet.multiples["by tier"].round(2).tolist() == [4.5, 1.75, 0.83, 0.83]


def test_growth_years_and_timing_are_kept_with_the_sheet():
    sheet = retention_scenarios(YEAR, 0.1, growth=0.02, periods=5, first="at once")
    assert (sheet.growth, sheet.periods, sheet.first) == (0.02, 5, "at once")
    assert sheet.multiples.loc["Adler", "expected"] == pytest.approx(
        sum((0.8 * 1.02 / 1.1) ** year for year in range(5))
    )


def test_the_demo_s_sheet_holds_every_account_of_its_last_year(demo) -> None:
    (profit,) = trailing_profits(demo, most=1).values()
    sheet = retention_scenarios(profit.table["contribution"], 0.1)
    assert len(sheet.accounts) == len(profit.table)
    known = sheet.totals.loc["all", "accounts"] + len(sheet.not_known)
    assert known == len(profit.table)
    assert sheet.totals.loc["all", "contribution"] == pytest.approx(
        profit.table["contribution"].sum()
    )


def test_who_brings_exactly_nothing_neither_earns_nor_costs():
    sheet = retention_scenarios({"A": 50.0, "B": -20.0, "C": 0.0, "D": 0.0}, 0.1)
    accounts = sheet.totals["accounts"]
    assert accounts.to_dict() == {
        "accounts that earn": 1,
        "accounts that cost": 1,
        "all": 4,
    }
    parts = sheet.totals.drop(columns="accounts")
    earn_and_cost = parts.drop(index="all").sum()
    assert earn_and_cost.to_numpy() == pytest.approx(parts.loc["all"].to_numpy())


@pytest.mark.parametrize(
    ("contribution", "arguments", "said"),
    [
        ({"A": "much"}, {}, "contribution"),
        ({}, {}, "contribution has 0 accounts"),
        (pd.Series([1.0, np.nan], ["A", "A"]), {}, "account 'A' more than once"),
        ({"A": 1.0}, {"discount_rate": 10}, "discount_rate = 10"),
        (
            {"A": 1.0},
            {"scenarios": {"by tier": pd.Series([0.7, 0.8], ["A", "A"])}},
            r"scenarios\['by tier'\] has account 'A' more than once",
        ),
        ({"A": 1.0}, {"scenarios": {}}, r"scenarios = \[\]: give at least one"),
        ({"A": 1.0}, {"scenarios": {"contribution": 0.8}}, "called neither"),
        ({"A": 1.0}, {"scenarios": {"good": 90}}, r"scenarios\['good'\] = 90"),
        (
            {"A": 1.0},
            {"scenarios": {"good": pd.Series({"B": 0.9})}},
            r"scenarios\['good'\] has no rate for account 'A'",
        ),
        (
            {"A": 1.0},
            {"scenarios": {"good": pd.Series({"A": 9.0})}},
            "of account 'A' = 9.0",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_its_value(contribution, arguments, said):
    with pytest.raises(UsageError, match=said):
        retention_scenarios(contribution, **({"discount_rate": 0.1} | arguments))

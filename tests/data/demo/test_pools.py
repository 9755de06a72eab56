"""Pools: what they cost, what capacity they have, and how much of it is used."""

import json

import pandas as pd
import pytest

import kamlab
from kamlab.data.contract import ACTIVITIES
from kamlab.data.demo import write_demo
from kamlab.data.demo.pools import POOLS, WAGE_GROWTH, build_costs, cost_per_hour
from kamlab.data.demo.story import YEARS
from kamlab.value.profitability import account_profit

FIRST_WITH_CONTACTS = 2023


def yearly_rates(book):
    year = book.costs["period_start"].dt.year
    sums = book.costs.pivot_table(
        index="pool", columns=year, values=["cost", "capacity_minutes"], aggfunc="sum"
    )
    return sums["cost"] / sums["capacity_minutes"]


def test_every_month_has_its_four_pools(book):
    assert len(book.costs) == 48 * len(POOLS)
    ends = book.costs["period_end"] + pd.Timedelta(days=1)
    assert set(ends[ends.dt.year < 2026]) <= set(book.costs["period_start"])


def test_a_minute_grows_dearer_by_three_percent_a_year(book):
    rates = yearly_rates(book)
    growth = (rates[2025] / rates[2022]) ** (1 / 3) - 1
    assert growth.tolist() == pytest.approx([WAGE_GROWTH] * 4, abs=1e-4)


def test_the_team_and_the_costs_tell_the_same_rate(book):
    rates = yearly_rates(book)[2025]
    for pool in ("account management", "inside sales", "application engineering"):
        told = book.team.loc[book.team["pool"] == pool, "cost_per_hour"].iloc[0]
        assert 60 * rates[pool] == pytest.approx(told, rel=1e-3)


def test_empty_places_cost_nothing_and_have_no_capacity(book):
    managers = book.costs[book.costs["pool"] == "account management"]
    managers = managers.set_index("period_start")["capacity_minutes"]
    per_day = managers / managers.index.days_in_month
    assert per_day["2025-04-01"] == pytest.approx(
        7 / 9 * per_day["2025-02-01"], rel=1e-3
    )


def test_all_activities_have_standard_minutes(book):
    assert set(book.minutes["activity"]) == set(ACTIVITIES)
    assert set(book.minutes["pool"]) == set(POOLS)


def test_one_standard_was_revised_in_2024(book):
    lines = book.minutes.query("activity == 'order_line' and pool == 'warehouse'")
    assert lines["minutes"].tolist() == [22, 24]
    assert book.minutes["valid_from"].nunique() == 2


def test_costs_follow_the_size_of_the_book():
    half, whole = build_costs(150)["cost"].sum(), build_costs(300)["cost"].sum()
    assert 2 * half == pytest.approx(whole, rel=1e-6)


def test_the_last_year_is_the_base_of_wages():
    assert cost_per_hour("warehouse", 2022) == pytest.approx(68 / 1.03**3)


def test_pools_are_used_at_three_quarters_to_19_in_20(book):
    for year in YEARS[1:]:
        used = book.truth["serving"]["utilisation"][str(year)]
        assert all(0.75 <= share <= 0.95 for share in used.values()), (year, used)


def test_before_the_crm_managers_seem_idle(book):
    used = book.truth["serving"]["utilisation"]["2022"]
    assert used["account management"] == 0
    assert used["warehouse"] > 0.75


@pytest.mark.parametrize("seed", [101])
def test_the_module_finds_the_truth_from_the_folder(tmp_path, seed):
    folder = write_demo(tmp_path / "book", seed=seed)
    with kamlab.open_portfolio(folder) as portfolio:
        for year in (2022, 2025):
            found = account_profit(portfolio, f"{year}-01-01", f"{year}-12-31")
            truth = book_truth(folder)["serving"]
            told = truth["years"][str(year)]
            sums = found.table.sum()
            assert sums["contribution"] == pytest.approx(told["contribution"], abs=1)
            assert -sums["cost_to_serve"] == pytest.approx(told["pool_costs"], abs=1)
            used = truth["utilisation"][str(year)]
            assert found.pools["utilisation"].round(4).to_dict() == used


def book_truth(folder):
    return json.loads((folder / "truth.json").read_text("utf-8"))

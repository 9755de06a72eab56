"""Profit by account: what is left after everything that serving it costs."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.errors import DataError, MissingDataError, UsageError
from kamlab.value.profitability import (
    account_profit,
    totals_by_window,
    trailing_profits,
)
from kamlab.value.waterfall import account_waterfall
from tests.value.serving_books import (
    BACK_ENDS,
    account_costs,
    book,
    contacts,
    costs,
    orders,
    standards,
)

QUARTER = ("2025-01-01", "2025-03-31")
#: Minutes of Brandt at the desk (1 each) and in the store (0.50 each), by hand.
BRANDTS_DESK = 40 + 15 + 16 + 60
BRANDTS_STORE = 6 + 24 + 6 + 40


def test_brandt_loses_money_on_service_and_not_on_goods():
    row = account_profit(book(), *QUARTER).table.loc["Brandt"]
    assert row["margin"] == 72
    assert row["direct_costs"] == -25.5
    assert row["cost_to_serve"] == -(BRANDTS_DESK + BRANDTS_STORE / 2)
    assert row["contribution"] == 72 - 25.5 - BRANDTS_DESK - BRANDTS_STORE / 2
    assert row["minutes"] == BRANDTS_DESK + BRANDTS_STORE


def test_margin_of_the_account_and_rate_of_all_are_shares():
    table = account_profit(book(), *QUARTER).table
    total = table["contribution"].sum()
    adler = table.loc["Adler"]
    assert adler["contribution_rate"] == adler["contribution"] / total
    assert adler["contribution_margin"] == adler["contribution"] / 1960
    assert table["contribution_rate"].sum() == pytest.approx(1)


def test_an_account_with_costs_but_no_revenue_remains():
    cramer = account_profit(book(), *QUARTER).table.loc["Cramer"]
    assert cramer[["revenue", "contribution"]].tolist() == [0, -7]
    assert pd.isna(cramer["contribution_margin"])


def test_an_account_that_returned_more_than_it_bought_has_no_margin():
    lines = orders()
    lines.loc[lines["order_id"] == "R5", ["net_amount", "cogs"]] = [-500.0, -250.0]
    brandt = account_profit(book(orders=lines), *QUARTER).table.loc["Brandt"]
    assert brandt["revenue"] == 147 - 450
    assert brandt["margin"] == 72 - 225
    assert pd.isna(brandt["contribution_margin"])


def test_no_rate_where_all_together_lose_money():
    dear = account_costs().assign(amount=1000.0)
    table = account_profit(book(account_costs=dear), *QUARTER).table
    assert table["contribution"].sum() < 0
    assert table["contribution_rate"].isna().all()


def test_an_account_without_cost_of_goods_has_no_contribution_and_spoils_no_other():
    lines = orders()
    lines.loc[lines["order_id"] == "4", "cogs"] = None
    table = account_profit(book(orders=lines), *QUARTER).table
    assert pd.isna(table.loc["Brandt", "contribution"])
    known = table["contribution"].dropna()
    assert table.loc["Adler", "contribution_rate"] == known["Adler"] / known.sum()


def test_pool_costs_are_what_accounts_took_and_what_nobody_took():
    profit = account_profit(book(), *QUARTER)
    taken = -profit.table["cost_to_serve"].sum()
    assert taken + profit.served.unused_cost == pytest.approx(600.0)
    assert profit.pools.loc["desk", "used_minutes"] == 16 + 220 + BRANDTS_DESK


@pytest.mark.parametrize("by", ["account", "parent"])
def test_the_columns_of_the_demonstration_company_add_up_to_the_cent(demo, by: str):
    profit = account_profit(demo, "2025-01-01", "2025-12-31", by)
    steps = account_waterfall(demo, "2025-01-01", "2025-12-31", by)
    own = profit.table.loc[steps.index, steps.columns]
    pd.testing.assert_frame_equal(own, steps)
    table = profit.table
    sums = table["margin"] + table["direct_costs"] + table["cost_to_serve"]
    assert (sums - table["contribution"]).abs().max() < 0.005
    assert table.index.name == ("account_id" if by == "account" else "parent_id")


def test_groups_leave_what_their_branches_leave():
    family = {"account_id": ["Adler", "Brandt"], "parent_id": "Holding"}
    view = book(accounts=pd.DataFrame(family))
    branches = account_profit(view, *QUARTER).table["contribution"]
    groups = account_profit(view, *QUARTER, by="parent").table["contribution"]
    assert groups["Holding"] == pytest.approx(branches[["Adler", "Brandt"]].sum())
    assert groups.sum() == pytest.approx(branches.sum())


@pytest.mark.parametrize(
    ("left_out", "basis"),
    [
        ((), "contribution"),
        (("costs",), "margin after direct costs"),
        (("activity_minutes",), "margin after direct costs"),
        (("costs", "account_costs"), "gross margin"),
        (("account_costs",), "contribution"),
    ],
)
def test_the_basis_says_how_far_down_the_figures_reach(left_out, basis):
    profit = account_profit(book(**dict.fromkeys(left_out)), *QUARTER)
    assert profit.basis == basis
    assert (profit.pools is None) == (basis != "contribution")
    column = {"gross margin": "margin"}.get(basis, "contribution")
    assert profit.contribution.tolist() == profit.table[column].tolist()


def test_without_cost_of_goods_the_sentence_says_what_is_missing():
    bare = book(orders=orders().drop(columns="cogs"))
    with pytest.raises(
        MissingDataError, match=r"Profit by account .* no column 'cogs' in table 'ord"
    ):
        account_profit(bare)


def test_time_of_a_pool_without_costs_is_refused_with_a_hint():
    misspelt = standards().replace({"pool": {"store": "stor"}})
    with pytest.raises(
        DataError, match=r"takes time of pool 'stor', .* did you mean 'st"
    ):
        account_profit(book(activity_minutes=misspelt), *QUARTER)


def test_before_the_first_costs_are_known_the_figures_end_higher_up():
    early = book().at("2025-02-28")
    assert account_profit(early).basis == "margin after direct costs"


def test_recorded_is_the_share_of_contacts_with_a_duration():
    assert account_profit(book(), *QUARTER).recorded == pytest.approx(2 / 5)
    assert np.isnan(account_profit(book(interactions=None), *QUARTER).recorded)


def test_late_beginnings_of_the_contacts_are_told():
    assert account_profit(book(), *QUARTER).contacts_from is None
    late = contacts().assign(date=pd.Timestamp("2025-02-20"))
    profit = account_profit(book(interactions=late), *QUARTER)
    assert profit.contacts_from == date(2025, 2, 20)
    before = account_profit(book(interactions=late), "2025-01-01", "2025-01-31")
    assert before.contacts_from == date(2025, 2, 20)


def test_activities_without_standard_minutes_are_told():
    few = standards().query("activity not in ('visit', 'return')")
    assert account_profit(book(activity_minutes=few), *QUARTER).untimed == (
        "return",
        "visit",
    )


def test_days_whose_costs_are_not_booked_yet_are_told():
    months = pd.DataFrame(
        {
            "pool": ["desk", "desk", "store"],
            "period_start": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-01-01"]),
            "period_end": pd.to_datetime(["2025-01-31", "2025-02-28", "2025-02-28"]),
            "cost": [310.0, 280.0, 59.0],
            "capacity_minutes": [310.0, 280.0, 118.0],
        }
    )
    profit = account_profit(book(costs=months), "2025-01-01", "2025-03-10")
    assert profit.days_carried == 10
    assert profit.pools["rate"].round(9).tolist() == [1.0, 0.5]
    assert profit.pools.loc["desk", "cost"] == pytest.approx(690)


@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_every_back_end_gives_the_same_profit(back_end: str):
    found = account_profit(book(back_end), *QUARTER).table
    pd.testing.assert_frame_equal(found, account_profit(book(), *QUARTER).table)


@pytest.mark.parametrize("factor", [0.13, 7.8])
def test_another_currency_scales_money_and_leaves_shares_and_minutes(factor: float):
    lines, pools, bills = orders(), costs(), account_costs()
    money = ["unit_list_price", "net_amount", "cogs"]
    lines[money] = lines[money] * factor
    pools["cost"] = pools["cost"] * factor
    bills["amount"] = bills["amount"] * factor
    one = account_profit(book(), *QUARTER).table
    two = account_profit(
        book(orders=lines, costs=pools, account_costs=bills), *QUARTER
    ).table
    same = ["minutes", "contribution_rate", "contribution_margin"]
    assert np.allclose(two[same], one[same], atol=1e-4, equal_nan=True)
    scaled = one.drop(columns=same) * factor
    assert np.allclose(two.drop(columns=same), scaled, atol=0.001)


def test_a_window_is_called_by_its_year_or_its_days():
    assert account_profit(book(), *QUARTER).label == "1 Jan 2025 to 31 Mar 2025"


def test_windows_of_the_demonstration_company_are_its_years(demo):
    profits = trailing_profits(demo)
    assert [each.label for each in profits.values()] == ["2022", "2023", "2024", "2025"]
    totals = totals_by_window(profits)
    assert totals.index.tolist() == list(profits)
    assert totals["revenue"].is_monotonic_increasing
    margins = totals["margin"] / totals["revenue"]
    assert margins.is_monotonic_decreasing


def test_late_rebates_are_left_out_of_every_window_alike(demo):
    rebates = totals_by_window(trailing_profits(demo))["rebates"]
    assert (rebates == 0).all()


def test_only_as_many_windows_as_wanted_are_computed(demo):
    assert list(trailing_profits(demo, months=6, most=2)) == [
        date(2025, 6, 30),
        date(2025, 12, 31),
    ]
    with pytest.raises(UsageError, match="most = 0"):
        trailing_profits(demo, most=0)


def test_windows_reach_back_no_further_than_the_costs_of_the_pools():
    lines = pd.concat(
        [orders(), orders().iloc[[0]].assign(order_date=pd.Timestamp("2024-06-01"))],
        ignore_index=True,
    )
    view = book(orders=lines.assign(order_id=lines.index.astype(str)))
    assert list(trailing_profits(view, months=3)) == [date(2025, 3, 31)]
    with pytest.raises(UsageError, match="months = 24: the window would begin on"):
        trailing_profits(view, months=24)


def test_costs_of_less_than_a_window_leave_profit_at_the_margin():
    lines = pd.concat(
        [orders(), orders().iloc[[0]].assign(order_date=pd.Timestamp("2024-09-25"))],
        ignore_index=True,
    )
    view = book(orders=lines.assign(order_id=lines.index.astype(str)))
    ((end, profit),) = trailing_profits(view, months=6).items()
    assert end == date(2025, 3, 31)
    assert (profit.served, profit.basis) == (None, "margin after direct costs")
    assert profit.costs_from == date(2025, 1, 1)
    left = profit.table["margin"] + profit.table["direct_costs"]
    assert profit.contribution.equals(left.rename("contribution"))


def test_totals_set_unused_capacity_apart():
    totals = totals_by_window({"Q1": account_profit(book(), *QUARTER)}).loc["Q1"]
    taken = -totals["cost_to_serve"] - totals["unused_cost"]
    assert taken == pytest.approx(600)
    assert totals["contribution_margin"] == totals["contribution"] / totals["revenue"]


def character(demo: kamlab.Portfolio, name: str) -> str:
    """Return the account of one of the demonstration company's characters."""
    names = demo.accounts["account_name"]
    return names.index[names.str.contains(name)][0]


@pytest.mark.parametrize("year", [2024, 2025])
def test_wetterau_sells_well_and_loses_money_on_service(demo, year: int):
    profit = account_profit(demo, f"{year}-01-01", f"{year}-12-31")
    wetterau = character(demo, "Wetterau")
    row = profit.table.loc[wetterau]
    assert profit.table["revenue"].rank(ascending=False)[wetterau] <= 15
    assert row["margin"] > 0.25 * row["revenue"]
    assert row["contribution"] < 0
    assert profit.served.total.idxmax() == wetterau


def test_a_scrambled_cost_to_serve_would_not_find_wetterau(demo):
    """The loss hangs on who rushed: spread by revenue, the cost finds nobody."""
    table = account_profit(demo, "2025-01-01", "2025-12-31").table
    spread = table["revenue"] / table["revenue"].sum() * table["cost_to_serve"].sum()
    left = table["margin"] + table["direct_costs"] + spread
    assert left[character(demo, "Wetterau")] > 0


def test_revenue_grows_while_contribution_stands_still(demo):
    years = totals_by_window(trailing_profits(demo, most=3))
    growth = years["revenue"].pct_change().dropna()
    assert growth.between(0.04, 0.07).all()
    assert (years["contribution"] / years["contribution"].mean() - 1).abs().max() < 0.03


def test_time_before_the_contacts_were_recorded_is_told(demo):
    first = account_profit(demo, "2022-01-01", "2022-12-31")
    assert first.contacts_from.year == 2023
    assert first.pools.loc["account management", "used_minutes"] == 0
    assert account_profit(demo, "2023-01-01", "2023-12-31").contacts_from is None


def test_no_pool_of_the_demonstration_company_is_idle_or_overrun(demo):
    pools = account_profit(demo, "2025-01-01", "2025-12-31").pools
    assert pools["utilisation"].between(0.7, 0.98).all()


def test_a_single_day_has_a_profit_too(demo: kamlab.Portfolio):
    table = account_profit(demo, "2025-03-03", "2025-03-03").table
    assert len(table)
    assert table["contribution"].notna().all()


def test_an_account_without_cost_of_goods_takes_part_in_no_total():
    lines = orders()
    lines.loc[lines["order_id"] == "4", "cogs"] = None
    profit = account_profit(book(orders=lines), *QUARTER)
    totals = totals_by_window({"Q1": profit}).loc["Q1"]
    known = profit.table.loc[["Adler", "Cramer"]]
    assert totals["revenue"] == known["revenue"].sum()
    steps = ["revenue", "cost_of_goods", "direct_costs", "cost_to_serve"]
    assert totals[steps].sum() == pytest.approx(totals["contribution"])
    assert totals["contribution_margin"] == totals["contribution"] / totals["revenue"]


@pytest.mark.parametrize("by", ["account", "parent"])
def test_a_day_on_which_nothing_happened_has_no_accounts_and_costs_capacity(by: str):
    profit = account_profit(book(), "2025-02-20", "2025-02-20", by)
    assert profit.table.empty
    assert profit.served.unused_cost == pytest.approx(600 / 90)


def test_a_day_on_which_only_a_fee_was_booked_takes_no_time():
    table = account_profit(book(), "2025-03-25", "2025-03-25").table
    assert table.loc["Brandt", ["revenue", "minutes"]].tolist() == [-10, 15]
    no_credits = standards().query("activity != 'credit_note'")
    view = book(activity_minutes=no_credits)
    table = account_profit(view, "2025-03-25", "2025-03-25").table
    assert table.loc["Brandt", ["revenue", "minutes"]].tolist() == [-10, 0]


def test_work_of_a_pool_that_has_closed_is_refused_and_not_given_away():
    closed = (
        costs()
        .query("pool == 'store'")
        .assign(
            period_start=pd.Timestamp("2024-10-01"),
            period_end=pd.Timestamp("2024-12-31"),
        )
    )
    both = pd.concat([closed, costs().query("pool == 'desk'")], ignore_index=True)
    with pytest.raises(DataError, match="pool 'store', but table costs has no costs"):
        account_profit(book(costs=both), *QUARTER)

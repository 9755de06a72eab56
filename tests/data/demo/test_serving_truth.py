"""What serving costs: Talbruck grows 5 % a year and earns no more."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.serving_truth import contact_minutes, order_minutes

YEARS = ("2022", "2023", "2024", "2025")


def years_of(book):
    return pd.DataFrame(book.truth["serving"]["years"])[list(YEARS)]


def pools_cost(book):
    year = book.costs["period_start"].dt.year.astype(str)
    return book.costs.groupby(year)["cost"].sum()


def test_revenue_grows_by_5_percent_a_year(book):
    revenue = years_of(book).loc["revenue"]
    assert (revenue["2025"] / revenue["2022"]) ** (1 / 3) == pytest.approx(
        1.05, abs=0.005
    )


def test_contribution_after_all_pools_stands_still(book):
    found = years_of(book)
    left = found.loc["gross_margin"] - found.loc["direct_costs"] - pools_cost(book)
    assert (left / left.mean() - 1).abs().max() < 0.03


def test_contribution_after_cost_to_serve_stands_still_since_contacts_are_known(book):
    left = years_of(book).loc["contribution", list(YEARS[1:])]
    assert (left / left.mean() - 1).abs().max() < 0.03


def test_gross_margin_alone_would_have_grown(book):
    margin = years_of(book).loc["gross_margin"]
    assert margin["2025"] > 1.04 * margin["2022"]


def test_serving_customers_costs_a_tenth_of_revenue_and_rises(book):
    found = years_of(book)
    whole = found.loc["direct_costs"] + pools_cost(book)
    share = whole / found.loc["revenue"]
    assert share["2025"] == pytest.approx(0.10, abs=0.005)
    assert share["2022"] < share["2025"] - 0.004


def test_contribution_is_what_is_left_of_the_margin(book):
    found = years_of(book)
    parts = found.loc["direct_costs"] + found.loc["pool_costs"]
    assert found.loc["cost_to_serve"].tolist() == pytest.approx(
        parts.tolist(), abs=0.01
    )
    left = found.loc["gross_margin"] - found.loc["cost_to_serve"]
    assert found.loc["contribution"].tolist() == pytest.approx(left.tolist(), abs=0.01)


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_wetterau_loses_money_though_its_goods_do_not(book, year):
    found = book.truth["serving"]["wetterau"][year]
    assert found["gross_margin"] == pytest.approx(300_000, rel=0.05)
    assert found["cost_to_serve"] == pytest.approx(325_000, rel=0.06)
    assert found["contribution"] < -5_000


def test_workshops_and_projects_cost_more_to_serve_than_machine_builders(book):
    share = book.truth["serving"]["cost_to_serve_by_kind"]["2025"]
    assert share["machine builder"] == pytest.approx(0.067, abs=0.012)
    assert share["distributor"] == pytest.approx(0.083, abs=0.012)
    assert share["plant operator"] == pytest.approx(0.124, abs=0.015)
    assert min(share["workshop"], share["project"]) > 0.11


def test_cost_booked_on_scrambled_accounts_hides_the_profile(book):
    direct = book.account_costs[book.account_costs["date"].dt.year == 2025]
    kind = book.accounts["kind"]
    revenue = book.yearly[2025].groupby(kind).sum()
    told = direct["amount"].groupby(direct["account_id"].map(kind)).sum() / revenue
    mixed = np.random.default_rng(0).permutation(direct["account_id"].map(kind))
    hidden = direct["amount"].groupby(mixed).sum() / revenue
    assert told["project"] > 1.6 * told["distributor"]
    assert hidden["project"] < 1.6 * hidden["distributor"]


def test_rush_orders_take_time_on_top_of_orders():
    orders = pd.DataFrame(
        {
            "account_id": ["A", "A", "B"],
            "order_id": ["1", "1", "2"],
            "line_type": "sale",
            "rush_flag": pd.array([True, True, False], dtype="boolean"),
        }
    )
    standard = {"order": 10.0, "order_line": 2.0, "rush_order": 30.0, "return": 5.0}
    found = order_minutes(orders, pd.DataFrame({"desk": standard}))
    assert found["desk"].to_dict() == {"A": 44.0, "B": 12.0}


def test_a_noted_duration_counts_for_the_persons_own_pool_only():
    standard = pd.DataFrame({"desk": {"call": 5.0}, "field": {"call": 20.0}})
    contacts = pd.DataFrame(
        {"account_id": ["A"], "type": ["call"], "duration_minutes": [60.0]}
    )
    found = contact_minutes(contacts, standard)
    assert found.loc["A"].to_dict() == {"desk": 5.0, "field": 60.0}

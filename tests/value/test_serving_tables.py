"""What was done for accounts, and what an order brings and costs."""

import pandas as pd
import pytest

from kamlab.value.serving_tables import how_to_print, rush_sentence, work_table


@pytest.fixture
def workload() -> pd.DataFrame:
    """Return the work for one account, whose orders take two pools' time."""
    rows = [
        ("W", "order", "desk", 10, 80.0),
        ("W", "order", "store", 10, 120.0),
        ("W", "rush_order", "store", 9, 90.0),
        ("W", "visit", "managers", 2, 240.0),
        ("W", "call", "managers", 3, 30.0),
        ("B", "call", "managers", 1, 40.0),
    ]
    columns = ["account_id", "activity", "pool", "count", "minutes"]
    return pd.DataFrame(rows, columns=columns)


@pytest.fixture
def money() -> pd.DataFrame:
    """Return revenue and cost to serve of the two."""
    columns = {"revenue": [7000.0, 50.0], "cost_to_serve": [-900.0, -20.0]}
    return pd.DataFrame(columns, index=["W", "B"])


def test_an_order_that_takes_two_pools_time_is_one_order(workload, money):
    row = work_table(workload, money, ["W"]).loc["W"]
    assert row["orders"] == 10
    assert row["rush_orders"] == 9


def test_contacts_of_all_kinds_are_added_up(workload, money):
    table = work_table(workload, money, ["W", "B"])
    assert table["contacts"].tolist() == [5, 1]


def test_hours_are_of_all_pools(workload, money):
    assert work_table(workload, money, ["W"])["hours"].iloc[0] == pytest.approx(
        560 / 60
    )


def test_an_order_brings_revenue_and_costs_time(workload, money):
    row = work_table(workload, money, ["W"]).loc["W"]
    assert row["revenue_per_order"] == pytest.approx(700)
    assert row["cost_per_order"] == pytest.approx(90)


def test_without_orders_there_is_no_figure_an_order(workload, money):
    row = work_table(workload, money, ["B"]).loc["B"]
    assert row["orders"] == 0
    assert pd.isna(row["revenue_per_order"])


def test_names_stand_in_the_order_asked_for(workload, money):
    table = work_table(workload, money, ["B", "W"], {"W": "Wetterau"})
    assert table.index.tolist() == ["B", "Wetterau"]


def test_every_column_has_its_format(workload, money):
    table = work_table(workload, money, ["W"])
    assert set(how_to_print(table)["formats"]) == set(table)


def test_the_sentence_is_about_the_one_in_the_greatest_hurry(workload, money):
    table = work_table(workload, money, ["B", "W"], {"W": "Wetterau"})
    said = rush_sentence(table, "EUR")
    assert said.startswith("Wetterau sends 10 orders, 9 of them in a rush (90.0 %)")
    assert "EUR 700 revenue" in said
    assert "EUR 90 to serve" in said


def test_where_nobody_is_in_a_hurry_nothing_is_said(workload, money):
    calm = workload[workload["activity"] != "rush_order"]
    assert rush_sentence(work_table(calm, money, ["W"])) == ""
    assert rush_sentence(work_table(calm, money, [])) == ""

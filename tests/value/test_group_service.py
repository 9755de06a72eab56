"""What it takes to serve a group branch by branch."""

import pandas as pd
import pytest

from kamlab.value.group_service import served_apart, served_apart_sentence

PARENTS = pd.Series({"A": "A", "B": "B", "G1": "G", "G2": "G", "H1": "H", "H2": "H"})


@pytest.fixture
def money() -> pd.DataFrame:
    """Return two single customers and two groups by revenue."""
    columns = {
        "revenue": [100.0, 90.0, 80.0, 70.0, -5.0],
        "cost_to_serve": [-2.0, -9.0, -3.0, -2.0, -1.0],
        "minutes": [120.0, 540.0, 180.0, 120.0, 60.0],
    }
    return pd.DataFrame(columns, index=["A", "G", "H", "B", "N"])


def test_the_group_stands_first_and_single_customers_beside_it(money):
    table = served_apart(money, PARENTS, "G")
    assert table.index.tolist() == ["G", "A", "B"]
    assert table["accounts"].tolist() == [2, 1, 1]


def test_figures_are_positive_and_shares_of_revenue(money):
    row = served_apart(money, PARENTS, "G").loc["G"]
    assert row["hours"] == pytest.approx(9)
    assert row["cost_to_serve"] == pytest.approx(9)
    assert row["service_rate"] == pytest.approx(0.1)


def test_at_most_two_stand_on_either_side():
    revenue = pd.Series(range(9, 0, -1), list("ABCDGEFHI"), dtype=float)
    money = pd.DataFrame({"revenue": revenue, "cost_to_serve": -1.0, "minutes": 60.0})
    parents = pd.Series({"G1": "G", "G2": "G"})
    table = served_apart(money, parents, "G")
    assert table.index.tolist() == ["G", "C", "D", "E", "F"]


def test_a_group_without_revenue_is_not_compared(money):
    assert served_apart(money, PARENTS, "N").empty
    assert served_apart_sentence(served_apart(money, PARENTS, "N")) == ""


def test_the_sentence_sets_both_rates_beside_each_other(money):
    table = served_apart(money, PARENTS, "G")
    said = served_apart_sentence(table, {"G": "Brackwell"}, "EUR")
    assert "Brackwell takes 9 hours over its 2 accounts" in said
    assert "10.0 % of its revenue" in said
    assert "2 hours on average, 2.4 %" in said
    assert said.endswith("only a look at the visits can tell them apart.")


def test_a_group_served_as_lightly_as_others_is_said_to_cost_nothing_more(money):
    money.loc["G", "cost_to_serve"] = -1.0
    said = served_apart_sentence(served_apart(money, PARENTS, "G"))
    assert said.endswith("So being in parts costs nothing that shows here.")

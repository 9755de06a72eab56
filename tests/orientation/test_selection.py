"""Who is chosen for being large had a good year, and falls back."""

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.orientation.selection import SELECTION_COLUMNS, chosen_by_size, pure_luck
from kamlab.value.trailing import named_periods, trailing_revenues


def years(*books: dict[str, float]) -> dict[str, pd.Series]:
    return {str(2022 + i): pd.Series(each) for i, each in enumerate(books)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_luck_alone_makes_the_largest_rise_and_fall(seed):
    row = pure_luck(random_state=seed).iloc[0]
    assert row["into"] > 0.1
    assert row["out of"] < -0.1
    assert abs(row["others into"]) < 0.15


def test_without_luck_nobody_falls_back():
    row = pure_luck(luck=0.0, random_state=1).iloc[0]
    assert row.abs().max() < 1e-9


def test_at_talbruck_the_lead_is_gone_on_the_way_out(demo):
    table = chosen_by_size(named_periods(trailing_revenues(demo)), 28)
    lead_in = table["into"] - table["others into"]
    lead_out = table["out of"] - table["others out of"]
    assert (lead_in > 0.15).all()
    assert (lead_out < lead_in / 2).all()


def test_every_period_between_two_others_has_a_row():
    table = chosen_by_size(years({"A": 1}, {"A": 1}, {"A": 1}, {"A": 1}), 1)
    assert table.index.tolist() == ["2023", "2024"]
    assert tuple(table.columns) == SELECTION_COLUMNS


def test_newcomers_and_leavers_weigh_the_same():
    table = chosen_by_size(years({"B": 9.0}, {"A": 10.0, "B": 9.0}, {"B": 9.0}), 1)
    assert table.loc["2023", ["into", "out of"]].tolist() == [2.0, -2.0]


def test_returns_above_purchases_count_as_nothing_bought():
    table = chosen_by_size(
        years({"A": 10.0, "B": 1.0}, {"A": 10.0, "B": 1.0}, {"A": -4.0, "B": 1.0}), 1
    )
    assert table.loc["2023", "out of"] == -2.0


def test_two_periods_are_refused():
    with pytest.raises(UsageError, match="periods holds 2"):
        chosen_by_size(years({"A": 1}, {"A": 1}), 1)


@pytest.mark.parametrize("many", [0, -1, 1.5, True])
def test_another_number_of_accounts_is_refused(many):
    with pytest.raises(UsageError, match="many = "):
        chosen_by_size(years({"A": 1}, {"A": 1}, {"A": 1}), many)

"""The sheet in words says every guess aloud, and its table adds up."""

import pandas as pd
import pytest

from kamlab.estimates import Estimate
from kamlab.value.proportions import wilson_share
from kamlab.value.retention_scenarios import retention_scenarios
from kamlab.value.retention_scenarios_words import (
    kept_sentence,
    sheet_sentence,
    sheet_table,
)

YEAR = pd.Series({"A": 100.0, "B": 40.0, "C": -10.0, "D": 0.0, "E": float("nan")})


@pytest.fixture
def sheet():
    return retention_scenarios(YEAR, discount_rate=0.10)


def test_all_three_guesses_are_said_with_their_values(sheet):
    told = sheet_sentence(sheet, "EUR")
    for part in ("80 %", "EUR 347", "70 %", "EUR 227", "90 %", "EUR 585"):
        assert part in told


def test_an_account_at_nothing_does_not_cost_money(sheet):
    assert "1 account costs money, and the longer it stays" in sheet_sentence(sheet)
    two = retention_scenarios(pd.Series({"A": 5.0, "B": -1.0, "C": -2.0}), 0.1)
    assert "2 groups cost money, and the longer they stay" in sheet_sentence(
        two, of="groups"
    )


def test_a_book_that_earns_throughout_says_nothing_of_cost():
    assert "cost" not in sheet_sentence(retention_scenarios(YEAR.head(2), 0.1))


def test_what_was_left_is_called_by_its_name(sheet):
    assert "of revenue in the last" in sheet_sentence(sheet, measure="revenue")


def test_a_finite_sheet_says_over_how_many_years():
    told = sheet_sentence(retention_scenarios(YEAR, 0.1, periods=3))
    assert "within 3 years" in told
    assert "within" not in sheet_sentence(retention_scenarios(YEAR, 0.1))


def test_the_rows_of_the_table_add_up_to_the_last(sheet):
    table = sheet_table(sheet, 2, {"A": "Adler"})
    assert table.index.tolist() == ["Adler", "B", "2 others", "all"]
    parts = table.drop(index="all").sum()
    pd.testing.assert_series_equal(parts, table.loc["all"], check_names=False)


def test_a_short_book_has_no_others(sheet):
    assert sheet_table(sheet, 9).index.tolist() == ["A", "B", "D", "C", "all"]


@pytest.mark.parametrize(
    ("found", "side"), [(238, "above"), (200, "near"), (100, "below")]
)
def test_the_book_s_own_retention_is_set_beside_the_guess(found, side):
    told = kept_sentence(wilson_share(found, 250))
    assert f"That is {side} the expected scenario, 80 %." in told
    assert "95 % interval" in told


def test_too_few_cases_are_said_and_not_counted():
    told = kept_sentence(Estimate.unknown("3 accounts; 10 are needed", 3))
    assert told.endswith("one cannot tell: 3 accounts; 10 are needed.")

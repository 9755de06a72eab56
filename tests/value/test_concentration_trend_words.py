"""Who grew, who came and went, and whether it may be luck, in sentences."""

from types import SimpleNamespace

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.value.concentration_trend import changes_to_now, shares_by_period
from kamlab.value.concentration_trend_words import (
    change_figures,
    change_sentence,
    fewer_sentence,
    how_to_read_changes,
    largest_sentence,
    turnover_sentence,
)
from kamlab.value.trailing import account_names, named_periods, trailing_revenues


@pytest.fixture
def years(demo):
    """Return the demonstration company's years with the names of its accounts."""
    return SimpleNamespace(
        periods=named_periods(trailing_revenues(demo)), names=account_names(demo)
    )


def test_marwitz_grew_from_11_to_17_per_cent(years):
    sentence = largest_sentence(shares_by_period(years.periods), years.names)
    assert sentence.startswith("Marwitz Packaging GmbH brings 17.")
    assert sentence.endswith(" in 2022.")


def test_talbrucks_accounts_get_fewer_and_a_finished_project_is_no_loss(years):
    *_, before, latest = years.periods.values()
    told = turnover_sentence(before, latest, years.names, "EUR")
    assert "the largest of them Seilwerk Lienz AG (EUR 1." in told
    assert "did not buy" in told
    assert "lost" not in told
    assert "are fewer" in fewer_sentence(years.periods)


def test_one_period_has_a_largest_account_and_no_past():
    shares = pd.DataFrame({2025: [0.6, 0.4]}, ["A", "B"])
    assert largest_sentence(shares) == "A brings 60.0 % of revenue."
    assert fewer_sentence({2025: pd.Series([1.0])}) == ""


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ([5, 5, 5, 0], "are fewer: 0.6 groups instead of 0.8."),
        ([5, 5, 5, 5, 5], "are more: 1.0 groups instead of 0.8."),
        ([9, 8, 7, 1], "As many groups have revenue in 2025 as in 2024: 4."),
    ],
)
def test_customers_get_fewer_or_more_or_neither(now, told):
    years = {2024: pd.Series([5, 5, 5, 5]), 2025: pd.Series(now)}
    assert fewer_sentence(years, of="groups").endswith(told)


BEFORE = pd.Series({"A": 60.0, "B": 40.0})


def test_one_that_did_not_buy_is_named():
    told = turnover_sentence(BEFORE, pd.Series({"A": 60.0}), {"B": "Brandt"}, "EUR")
    assert (
        "1 did not buy, net of returns, in this one: Brandt, which had brought" in told
    )
    assert told.endswith("EUR 40 (40.0 % of that period). No account is new.")


def test_all_that_bought_again_and_new_ones_are_told():
    told = turnover_sentence(
        BEFORE, pd.Series({"A": 1.0, "B": 1.0, "C": 7.0, "D": 1.0})
    )
    assert told == (
        "All accounts with revenue in the period before bought again. 2 accounts have "
        "revenue now and had none then, 8."
    )


def estimate(value, low, high, reason=""):
    return Estimate(value, low, high, 300, unit="points", reason=reason)


def test_a_change_that_is_sure_is_more_than_luck():
    assert change_sentence(estimate(-0.03, -0.05, -0.01), 2024) == (
        "Since 2024 the share of the top 20 % has fallen by 3.0 points (95 % interval "
        "−5.0 to −1.0 points, n = 300): more than luck alone would explain."
    )


def test_an_interval_that_ends_near_zero_is_weak():
    sentence = change_sentence(estimate(0.044, 0.005, 0.095), 2022)
    assert sentence.endswith("more than luck alone would explain, but only just.")


def test_a_change_whose_interval_covers_zero_may_be_luck_and_is_not_denied():
    sentence = change_sentence(estimate(0.01, -0.02, 0.04, "covers 0"), 2024)
    assert "has risen by 1.0 points" in sentence
    assert sentence.endswith("this may be the luck of the year.")


def test_no_change_has_neither_risen_nor_fallen():
    sentence = change_sentence(estimate(0.0, 0.0, 0.0, "every account kept"), 2024)
    assert "has not moved" in sentence


def test_too_few_accounts_to_compare_give_change_and_reason():
    few = {2024: pd.Series({"A": 50, "B": 50}), 2025: pd.Series({"A": 75, "B": 25})}
    sentence = change_sentence(changes_to_now(few)[2024], 2024)
    assert "has risen by 10.0 points; whether that is luck one cannot tell" in sentence
    assert "a period has 2 accounts; 20 are needed (n = 2)" in sentence


def test_a_change_of_the_gini_coefficient_is_not_in_points():
    with pytest.raises(UsageError, match="'number': give a change of a share"):
        change_sentence(Estimate(0.1, 0.0, 0.2, 300), 2024)


def test_the_booked_change_is_recorded_beside_the_estimate():
    changes = {2022: estimate(0.044, 0.005, 0.095), 2024: estimate(0.015, -1, 1, "no")}
    figures = change_figures(changes)
    assert [figure["name"] for figure in figures] == [
        "top_share_change_long",
        "top_share_change_long_beyond_luck",
        "top_share_change",
        "top_share_change_beyond_luck",
    ]
    assert [figures[0]["value"], figures[2]["value"]] == [0.044, 0.015]
    assert figures[3]["value"].cannot_tell


def test_two_periods_have_one_change_and_it_is_the_latest():
    (booked, sure) = change_figures({2024: estimate(0.1, 0.05, 0.2)})
    assert (booked["name"], booked["unit"]) == ("top_share_change", "points")
    assert sure["name"] == "top_share_change_beyond_luck"


def test_nothing_compared_is_nothing_to_read():
    assert how_to_read_changes({}) == ""
    assert change_figures({}) == []
    told = how_to_read_changes({2024: estimate(0.1, 0.05, 0.2)})
    assert "if it ends near zero, the evidence is weak" in told

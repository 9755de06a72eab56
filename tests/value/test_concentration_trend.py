"""Concentration period by period, on the figures a reader can work out by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import DataError, UsageError
from kamlab.value.concentration_trend import (
    changes_to_now,
    concentration_by_period,
    shares_by_period,
)
from kamlab.value.trailing import trailing_revenues

YEARS = {
    2023: pd.Series({"A": 50.0, "B": 50.0}),
    2024: pd.Series({"A": 60.0, "B": 30.0, "C": 10.0}),
    2025: pd.Series({"A": 75.0, "C": 25.0, "D": -9.0}),
}


def lognormal_book(seed: int, spread: float = 1.2) -> pd.Series:
    return pd.Series(np.random.default_rng(seed).lognormal(10, spread, 250))


def test_each_period_has_its_own_measures():
    table = concentration_by_period(YEARS)
    assert table["top_1_share"].tolist() == [0.5, 0.6, 0.75]
    assert table["accounts"].tolist() == [2, 3, 2]
    assert table["revenue"].tolist() == [100.0, 100.0, 100.0]


def test_the_largest_account_can_be_shown_by_name():
    assert concentration_by_period(YEARS)["largest_account"].tolist() == ["A"] * 3
    named = concentration_by_period(YEARS, {"A": "Adler"})
    assert named["largest_account"].tolist() == ["Adler"] * 3


def test_an_account_that_brought_nothing_has_a_share_of_nothing():
    shares = shares_by_period(YEARS)
    assert shares.loc["C"].tolist() == [0.0, 0.1, 0.25]
    assert "D" not in shares.index


def test_shares_of_every_period_sum_to_one_and_the_largest_stands_on_top():
    shares = shares_by_period(YEARS)
    assert shares.sum().tolist() == pytest.approx([1, 1, 1])
    assert shares.index[0] == "A"


@pytest.mark.parametrize(
    "function", [concentration_by_period, shares_by_period, changes_to_now]
)
def test_no_period_at_all_is_refused(function):
    with pytest.raises(UsageError, match="at least one period"):
        function({})


def test_a_period_without_positive_revenue_is_refused():
    with pytest.raises(DataError, match="positive revenue"):
        concentration_by_period({2025: pd.Series({"A": -1.0})})


def test_changes_are_taken_since_the_first_and_since_the_last_period():
    book = lognormal_book(1)
    changes = changes_to_now({2022: book, 2023: book, 2024: book**1.1, 2025: book**1.3})
    assert list(changes) == [2022, 2024]
    assert changes[2022].value > changes[2024].value > 0


def test_two_periods_have_one_change_and_one_has_none():
    book = lognormal_book(2)
    assert list(changes_to_now({2024: book, 2025: book**1.3})) == [2024]
    assert changes_to_now({2025: book}) == {}


def test_a_book_that_became_more_concentrated_is_told_from_one_that_wobbles():
    book = lognormal_book(3)
    wobble = np.random.default_rng(4).lognormal(0, 0.3, 250)
    grown, same = (
        changes_to_now({1: book, 2: each}) for each in (book**1.4, book * wobble)
    )
    assert not grown[1].cannot_tell
    assert same[1].cannot_tell


def test_marwitz_grows_from_11_to_17_per_cent(demo):
    shares = shares_by_period(trailing_revenues(demo))
    largest = shares.iloc[0]
    assert largest.iloc[0] == pytest.approx(0.11, abs=0.01)
    assert largest.iloc[-1] == pytest.approx(0.17, abs=0.01)
    assert largest.index[-1] == date(2025, 12, 31)

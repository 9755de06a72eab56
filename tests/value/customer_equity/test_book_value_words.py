"""What the customers are worth, in words: once, with an interval, losers named."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from kamlab.estimates import Estimate
from kamlab.value.customer_equity.book_value_words import (
    basis_sentence,
    book_value_sentence,
    first_sentence,
    in_years,
    losing_sentence,
    multiple_sentence,
    values_table,
)
from kamlab.value.customer_equity.quarters import quarters_ahead
from kamlab.value.customer_equity.valuation import LifetimeValues


def values_of(**of_account: float) -> LifetimeValues:
    """Return a small book: value by account, contribution half of it."""
    value = pd.Series(of_account, dtype=float)
    accounts = pd.DataFrame({"value": value, "low": value - 5, "high": value + 5})
    accounts = accounts.assign(basis="repeat orders", contribution=value / 2, alive=0.9)
    total = value.sum()
    by_basis = pd.DataFrame({"accounts": [len(value)], "value": [total]}, ["sheet"])
    return LifetimeValues(
        accounts,
        Estimate(total, total - 30, total + 40, value.count(), unit="money"),
        by_basis,
        quarters_ahead(date(2025, 12, 31), 0.1, 12),
        "contribution",
        0.95,
    )


BOOK = values_of(A=60.0, B=40.0, C=20.0, D=-5.0, E=-15.0)


def test_the_sum_is_said_with_interval_horizon_and_basis():
    told = book_value_sentence(BOOK, "EUR", "groups")
    assert told == (
        "5 groups are worth EUR 100 over the 12 quarters ahead, in money of today "
        "(95 % interval EUR 70 to EUR 140): 5 by the sheet EUR 100."
    )


def test_what_cannot_be_told_is_said():
    unknown = replace(BOOK, equity=Estimate.unknown("nobody came back", 0, "money"))
    assert "one cannot tell: nobody came back." in book_value_sentence(unknown)
    assert in_years(unknown).reason == "nobody came back"


def test_the_multiple_divides_value_and_interval_by_last_year():
    multiple = in_years(BOOK)
    assert (multiple.value, multiple.low, multiple.high) == pytest.approx(
        (2.0, 1.4, 2.8)
    )
    assert "2.00 times the revenue of" in multiple_sentence(multiple, "revenue")


def test_a_year_that_left_nothing_has_no_multiple():
    multiple = in_years(values_of(A=-10.0))
    assert multiple.reason == "last year left nothing"
    assert multiple_sentence(multiple) == ""


def test_how_much_hangs_on_the_first_few():
    told = first_sentence(BOOK, {"A": "Adler"}, 2)
    assert (
        told == "The first of these, Adler, is 60.0 % of it, the first 2 are 100.0 %."
    )
    assert first_sentence(values_of(A=1.0), n=5).endswith("is 100.0 % of it.")
    assert first_sentence(values_of(A=-1.0)) == ""


def test_negative_values_are_said_plainly():
    told = losing_sentence(BOOK, "EUR")
    assert told.startswith(
        "2 accounts have a negative value, −EUR 20 together: as they"
    )
    assert losing_sentence(values_of(A=1.0)) == ""


def test_the_table_can_begin_at_either_end():
    assert values_table(BOOK, 2, {"A": "Adler"}).index.tolist() == ["Adler", "B"]
    assert values_table(BOOK, 1, lowest=True).index.tolist() == ["E"]


def test_an_account_without_a_value_is_not_listed():
    book = values_of(A=1.0, B=float("nan"))
    assert values_table(book).index.tolist() == ["A"]


@pytest.mark.parametrize("measure", ["revenue", "gross margin"])
def test_what_is_no_profit_is_called_by_its_name(measure):
    assert f"all values here are {measure}" in basis_sentence(measure)
    assert basis_sentence("contribution") == ""

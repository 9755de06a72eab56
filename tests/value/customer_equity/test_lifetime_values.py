"""Values of all bases stand side by side; scenarios stand in where no model can."""

import numpy as np
import pandas as pd
import pytest

from kamlab.value.customer_equity.book_value_words import (
    book_value_sentence,
    in_years,
    multiple_sentence,
)
from kamlab.value.customer_equity.equity_plots import plot_equity
from kamlab.value.customer_equity.lifetime_values import (
    told_together,
    values_by_sheet,
)
from kamlab.value.customer_equity.quarters import quarters_ahead
from kamlab.value.customer_equity.valued import COLUMNS, Valued
from tests.value.customer_equity.made_up_books import DAY, made_up

BOOK = made_up(4, contribution=[100.0, 50.0, 0.0, -20.0])
ACCOUNTS = BOOK.accounts.index
ENDS = ["low", "high"]


def valued(accounts: pd.Index, worth: float, basis: str) -> Valued:
    frame = pd.DataFrame(1.0, accounts, list(COLUMNS)).assign(value=worth)
    futures = np.full((3, len(accounts)), worth) * [[0.5], [1.0], [2.0]]
    return Valued(frame, futures, basis)


def by_sheet(quarters: int = 12, rate: float = 0.1, growth: float = 0.0):
    ahead = quarters_ahead(DAY, rate, quarters, order_value_growth=growth)
    return values_by_sheet(BOOK, ahead, 0.95, "too few accounts")


def multiple(retention: float, years: int, rate: float = 0.1) -> float:
    return sum((retention / (1 + rate)) ** year for year in range(1, years + 1))


def test_who_stands_on_no_basis_has_no_value_and_is_counted():
    parts = [
        valued(ACCOUNTS[:1], 10.0, "contract"),
        valued(ACCOUNTS[1:3], 30.0, "repeat orders"),
    ]
    told = told_together(parts, BOOK, quarters_ahead(DAY, 0.1, 4), 0.95)
    assert told.accounts["basis"].to_dict() == {
        "A001": "repeat orders",
        "A002": "repeat orders",
        "A000": "contract",
        "A003": "cannot tell",
    }
    assert (told.equity.value, told.equity.n) == (70.0, 3)
    assert told.by_basis["value"].to_dict() == {"contract": 10, "repeat orders": 60}
    assert told.notes[0].startswith("1 account has no value")


def test_values_that_a_hundred_years_cut_off_say_so():
    told = by_sheet(400, 0.01)
    assert "After 100 years, where the sum ends" in told.notes[0]
    assert by_sheet(400, 0.1).notes == by_sheet(12).notes


@pytest.mark.parametrize("quarters", [1, 4, 12])
def test_the_sheet_does_without_a_discount_as_well(quarters):
    years = quarters_ahead(DAY, 0.0, quarters).lengths.sum()
    row = by_sheet(quarters, rate=0.0).accounts.loc["A000"]
    assert row["value"] == pytest.approx(
        100 * (multiple(0.8, 3, 0.0) if quarters == 12 else 0.8 * years), rel=1e-3
    )


def test_a_basis_without_accounts_is_not_listed():
    parts = [
        valued(ACCOUNTS, 10.0, "contract"),
        valued(ACCOUNTS[:0], 1.0, "repeat orders"),
    ]
    told = told_together(parts, BOOK, quarters_ahead(DAY, 0.1, 4), 0.95)
    assert told.by_basis.index.tolist() == ["contract"]
    assert told.notes == ()


def test_the_sheet_is_last_year_s_contribution_times_a_multiple():
    accounts = by_sheet(12).accounts
    row = accounts.loc["A000"]
    assert row["value"] == pytest.approx(100 * multiple(0.8, 3), rel=1e-3)
    assert row["low"] == pytest.approx(100 * multiple(0.7, 3), rel=1e-3)
    assert row["high"] == pytest.approx(100 * multiple(0.9, 3), rel=1e-3)


def test_a_quarter_is_a_quarter_of_a_year_on_the_sheet():
    one, four = (by_sheet(n).equity.value for n in (1, 4))
    assert one == pytest.approx(four / 4, rel=0.02)
    values = [by_sheet(n).equity.value for n in range(1, 9)]
    assert (np.diff(values) > 0).all()


def test_growth_raises_the_second_year_of_the_sheet_and_not_the_first():
    assert by_sheet(4, growth=0.05).equity.value == pytest.approx(
        by_sheet(4).equity.value, rel=1e-3
    )
    second = [by_sheet(8, growth=g).equity.value for g in (0.0, 0.05)]
    expected = 130 * (multiple(0.8, 1) + 1.05 * (0.8 / 1.1) ** 2)
    assert second[1] == pytest.approx(expected, rel=1e-3)
    assert second[1] > second[0]


def test_an_account_that_costs_is_worth_less_the_longer_it_stays():
    row = by_sheet().accounts.loc["A003"]
    assert row["low"] < row["value"] < row["high"] < 0
    assert row["low"] == pytest.approx(-20 * multiple(0.9, 3), rel=1e-3)


def test_limits_of_the_sheet_are_guesses_and_no_interval():
    told = by_sheet()
    assert told.equity.interval is None
    assert told.equity.method == "retention 70 % to 90 %, guessed"
    assert "interval" not in str(told.equity)
    row = told.by_basis.loc["sheet"]
    assert row["low"] == pytest.approx(130 * multiple(0.7, 3), rel=1e-3)
    assert row["high"] == pytest.approx(130 * multiple(0.9, 3), rel=1e-3)
    assert "guesses and no interval" in told.notes[-1]


def test_no_sentence_makes_an_interval_of_guesses():
    told = by_sheet()
    sentence = book_value_sentence(told, "EUR")
    low, high = (f"EUR {each:.0f}" for each in told.by_basis.loc["sheet", ENDS])
    assert f"{low} to {high} by cautious and hopeful guesses" in sentence
    assert multiple_sentence(in_years(told)).endswith("of the last twelve months.")
    assert "95 %" not in sentence


def test_a_picture_of_guesses_tells_no_interval():
    ax = plot_equity(by_sheet(), currency="EUR")
    assert "interval" not in ax.get_title(loc="left") + ax.get_title()


def test_nobody_has_no_sheet():
    nobody = made_up(3, contribution=np.nan)
    told = values_by_sheet(nobody, quarters_ahead(DAY, 0.1, 4), 0.95, "no order")
    assert told.equity.cannot_tell
    assert set(told.accounts["basis"]) == {"cannot tell"}

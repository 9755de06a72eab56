"""Amounts by account are checked once, and what is wrong is named."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import DataError, UsageError
from kamlab.value.revenue import (
    checked_amounts,
    known_account,
    positive_amounts,
    split_by_sign,
)


@pytest.mark.parametrize(
    "amounts",
    [
        [10, 20],
        (10.0, 20.0),
        np.array([10, 20]),
        {0: 10, 1: 20},
        pd.Series([10, 20], dtype="Int64"),
        pd.Series([Decimal("10.00"), Decimal("20.00")]),
        pd.Series([10, 20], dtype="float32"),
    ],
)
def test_amounts_come_in_many_forms_and_leave_as_floats(amounts: object) -> None:
    series = checked_amounts(amounts)
    assert series.to_dict() == {0: 10.0, 1: 20.0}
    assert series.dtype == float


@pytest.mark.parametrize("amounts", [[], {}, pd.Series([], dtype=float), np.array([])])
def test_no_accounts_at_all_are_refused(amounts: object) -> None:
    with pytest.raises(UsageError, match=r"revenue has 0 accounts: give one amount"):
        checked_amounts(amounts)


@pytest.mark.parametrize("gap", [np.nan, None, pd.NA])
def test_a_missing_amount_names_the_account(gap: object) -> None:
    revenue = pd.Series({"A": 10, "B": gap, "C": gap}, dtype="Float64")
    with pytest.raises(UsageError, match=r"account 'B' is nan \(2 such accounts\)"):
        checked_amounts(revenue)


def test_an_infinite_amount_names_the_account() -> None:
    with pytest.raises(UsageError, match=r"revenue of account 'B' is inf"):
        checked_amounts({"A": 10, "B": float("inf")})


def test_text_is_shown_and_not_guessed_at() -> None:
    with pytest.raises(UsageError, match=r"account 'B' is '1\.234,56-', not a number"):
        checked_amounts({"A": 10, "B": "1.234,56-"})


def test_dates_are_no_amounts() -> None:
    with pytest.raises(UsageError, match=r"account 0 is Timestamp.*not a number"):
        checked_amounts(pd.Series(pd.to_datetime(["2025-12-31"])))


def test_an_account_that_stands_twice_is_shown_with_both_amounts() -> None:
    revenue = pd.Series([10.0, 20.0, 5.0], index=["A", "A", "B"])
    with pytest.raises(UsageError, match=r"'A' stands more than once.*10\.0, 20\.0"):
        checked_amounts(revenue)


def test_a_table_is_refused_with_the_way_to_a_column() -> None:
    with pytest.raises(UsageError, match=r"revenue has shape \(2, 2\).*groupby"):
        checked_amounts(pd.DataFrame({"a": [1, 2], "b": [3, 4]}))


def test_the_message_names_the_argument() -> None:
    with pytest.raises(UsageError, match=r"^margin has 0 accounts"):
        checked_amounts([], "margin")


def test_a_book_without_positive_revenue_is_a_matter_of_the_data() -> None:
    with pytest.raises(DataError, match=r"none of 2 accounts.*-3 \(account 'B'\)"):
        positive_amounts({"A": -10, "B": -3})


def test_positive_and_other_accounts_are_all_the_accounts() -> None:
    positive, others = split_by_sign({"A": 10, "B": 0, "C": -5, "D": 20})
    assert positive.to_dict() == {"D": 20.0, "A": 10.0}
    assert others.to_dict() == {"B": 0.0, "C": -5.0}


def test_the_callers_amounts_are_left_as_they_were() -> None:
    revenue = pd.Series({"A": 10, "B": 20}, name="net")
    positive_amounts(revenue)
    assert revenue.equals(pd.Series({"A": 10, "B": 20}, name="net"))


def test_an_unknown_account_is_answered_with_the_one_meant() -> None:
    revenue = pd.Series({"A0017": 10.0, "B0001": 1.0})
    with pytest.raises(UsageError, match=r"'A0071' is not in revenue: did you mean"):
        known_account(revenue, "A0071")


def test_an_unknown_account_of_a_large_book_gets_a_short_answer() -> None:
    revenue = pd.Series(1.0, index=[f"customer {i}" for i in range(3000)])
    with pytest.raises(UsageError) as refusal:
        known_account(revenue, "zzz")
    assert len(str(refusal.value)) < 300

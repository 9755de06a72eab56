"""Frequency, recency and T are checked once, and equal triples are worked out once."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime.counts import (
    FEWEST_ACCOUNTS,
    CannotTellError,
    checked_counts,
    checked_for_fit,
    compressed,
)

NAMES = ["Nordal", "Kovostav", "Brink"]


def three(name: str, value: float) -> dict[str, pd.Series]:
    """Three good accounts, one number of the second one replaced."""
    columns = {
        "frequency": [2.0, 1, 0],
        "recency": [30.0, 4, 0],
        "T": [39.0, 39, 20],
    }
    columns[name][1] = value
    return {key: pd.Series(each, NAMES) for key, each in columns.items()}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("recency", 40.5, r"recency = 40.5 is above T = 39.0; .* one end day for both"),
        ("frequency", 0, r"frequency = 0 with recency = 4.0; who ordered once"),
        ("recency", 0, r"frequency = 1.0 with recency = 0; .* merge them"),
        ("frequency", -1, r"frequency = -1.0, .* none can be negative"),
        ("T", -39, r".* T = -39.0: none can be negative; look for orders after"),
        ("frequency", 1.5, r"frequency = 1.5 is not a whole number; count order days"),
        ("frequency", np.nan, r"frequency = nan is missing or not finite"),
        ("recency", np.nan, r"recency = nan is missing or not finite"),
        ("T", np.inf, r"T = inf is missing or not finite"),
    ],
)
def test_an_impossible_account_is_named_with_value_and_remedy(
    name: str, value: float, told: str
) -> None:
    with pytest.raises(DataError, match=f"account 'Kovostav': {told}"):
        checked_counts(**three(name, value))


def test_further_impossible_accounts_are_counted() -> None:
    with pytest.raises(DataError, match=r"account 0: .*\(2 more accounts alike\)"):
        checked_counts([1, 2, 3], [50, 60, 70], [39, 39, 39])


def test_the_three_numbers_must_name_the_same_accounts() -> None:
    columns = three("T", 39)
    columns["recency"] = columns["recency"].set_axis(["Nordal", "Brink", "Kovostav"])
    with pytest.raises(UsageError, match="frequency and recency name different"):
        checked_counts(**columns)


def test_lengths_and_shapes_are_compared() -> None:
    with pytest.raises(UsageError, match="rows: frequency 2, recency 1, T 1; give"):
        checked_counts([1, 2], [3], [9])
    with pytest.raises(UsageError, match=r"frequency has shape \(1, 2\)"):
        checked_counts([[1, 2]], [3], [9])
    with pytest.raises(UsageError, match="frequency: give numbers"):
        checked_counts(["often"], [3], [9])


def test_results_carry_the_accounts_names_or_are_one_number() -> None:
    counts = checked_counts(**three("T", 39))
    assert counts.labelled(np.arange(3.0), "orders").to_dict() == {
        "Nordal": 0,
        "Kovostav": 1,
        "Brink": 2,
    }
    assert checked_counts(2, 30.43, 38.86).labelled(np.array([1.5]), "orders") == 1.5


def many(n: int, repeaters: int) -> tuple[np.ndarray, ...]:
    came_back = np.arange(n) < repeaters
    return came_back * 1, came_back * 5.0, np.full(n, 39.0)


def test_too_few_accounts_cannot_tell() -> None:
    one = checked_counts([2], [30], [39])
    with pytest.raises(CannotTellError, match=r"these data: 1 account; .* needs 10"):
        checked_for_fit(one)
    nine = checked_counts(*many(9, 5))
    with pytest.raises(CannotTellError, match="these data: 9 accounts;"):
        checked_for_fit(nine)
    assert checked_for_fit(nine, [FEWEST_ACCOUNTS / 9] * 9).sum() == pytest.approx(10)


def test_one_time_buyers_alone_cannot_tell() -> None:
    with pytest.raises(CannotTellError, match="0 of 40 accounts ordered a second time"):
        checked_for_fit(checked_counts(*many(40, 0)))
    assert len(checked_for_fit(checked_counts(*many(40, 3)))) == 40


def test_accounts_that_are_all_alike_cannot_tell() -> None:
    with pytest.raises(CannotTellError, match=r"all accounts are alike \(frequency 1"):
        checked_for_fit(checked_counts(*many(40, 40)))


@pytest.mark.parametrize("weights", [[1.0] * 39, [0.0] * 40, [np.nan] * 40])
def test_weights_are_one_positive_number_an_account(weights: list[float]) -> None:
    with pytest.raises(UsageError, match=r"weights: .* give each account a positive"):
        checked_for_fit(checked_counts(*many(40, 9)), weights)


def test_weights_of_other_accounts_are_not_taken_by_position() -> None:
    counts = checked_counts(*many(40, 9))
    names = counts.index[::-1]
    with pytest.raises(UsageError, match="weights and frequency name different acc"):
        checked_for_fit(counts, pd.Series(1.0, names))
    assert checked_for_fit(counts, pd.Series(2.0, counts.index)).sum() == 80


triples = st.tuples(
    st.integers(0, 3), st.sampled_from([0.0, 0.5, 2.0]), st.sampled_from([2.0, 9.0])
)


@given(st.lists(triples, min_size=1, max_size=30))
def test_compressing_loses_nobody(rows: list[tuple]) -> None:
    columns = np.array(rows, dtype=float).T
    found = compressed(*columns)
    assert found.weights.sum() == len(rows)
    assert len(found.x) == len(set(rows))
    for name, column in zip(("x", "tx", "T"), columns, strict=True):
        np.testing.assert_array_equal(getattr(found, name)[found.inverse], column)


def test_weights_of_equal_triples_add_up() -> None:
    found = compressed([1, 0, 1], [2, 0, 2], [9, 9, 9], weights=[0.5, 1, 2])
    assert dict(zip(found.x, found.weights, strict=True)) == {1: 2.5, 0: 1}

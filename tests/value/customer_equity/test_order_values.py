"""An order to come is worth what an account's own orders, and all others', say."""

import numpy as np
import pandas as pd
import pytest

from kamlab.value.customer_equity.order_values import order_values
from tests.value.customer_equity.made_up_books import SPENDING, spent_by


def spent(n: int = 300, seed: int = 2) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return spent_by(pd.Series(rng.integers(1, 30, n)), rng)


def values_of(book: pd.DataFrame, **arguments):
    columns = [book[name] for name in ("frequency", "mean_value", "variation")]
    return order_values(*columns, **arguments)


def test_few_orders_are_drawn_to_the_mean_of_all_and_many_are_not():
    book = spent()
    book.loc[0, ["frequency", "mean_value"]] = [1, 2000.0]
    book.loc[1, ["frequency", "mean_value"]] = [29, 2000.0]
    expected = values_of(book).expected
    assert expected[0] < 1600 < 1900 < expected[1] < 2000


def test_expected_values_lie_nearer_to_the_truth_than_the_own_means():
    book = spent()
    error = (values_of(book).expected - book["value"]).abs().mean()
    assert error < 0.98 * (book["mean_value"] - book["value"]).abs().mean()


def test_who_loses_money_keeps_the_own_mean():
    book = spent()
    own = book["frequency"] == 1
    values = values_of(book, own=own)
    assert (values.expected == book["mean_value"])[own].all()
    assert not (values.expected == book["mean_value"])[~own].any()
    drawn = values.drawn(np.full((3, len(book)), 2), np.random.default_rng(1))
    assert drawn[0][own] == pytest.approx(2 * book["mean_value"][own])


def test_what_was_sent_back_leaves_a_mean_that_no_model_takes():
    book = spent()
    book.loc[3, "mean_value"] = -40.0
    values = values_of(book)
    assert values.expected[3] == -40
    drawn = values.drawn(np.full((2, len(book)), 3), np.random.default_rng(1))
    assert drawn[:, 3].tolist() == [-120, -120]


def test_draws_hold_what_the_accounts_really_spend():
    book = spent()
    rng = np.random.default_rng(9)
    counts = np.full((2000, len(book)), 6)
    low, high = np.quantile(values_of(book).drawn(counts, rng), [0.025, 0.975], axis=0)
    rate = SPENDING.parameters_["p"] / book["value"]
    truth = rng.gamma(SPENDING.parameters_["p"] * 6, 1 / rate)
    assert 0.92 <= ((low <= truth) & (truth <= high)).mean() <= 0.98


def test_no_order_brings_nothing():
    book = spent()
    drawn = values_of(book).drawn(
        np.zeros((2, len(book)), int), np.random.default_rng()
    )
    assert not drawn.any()


def test_too_few_accounts_keep_their_means_and_say_so():
    book = spent(5)
    values = values_of(book)
    assert values.expected.equals(book["mean_value"])
    assert values.model is None
    assert len(values.notes) == 1
    drawn = values.drawn(np.full((1, 5), 2), np.random.default_rng(1))
    assert drawn[0] == pytest.approx(2 * book["mean_value"])


def test_some_accounts_may_be_taken_out_in_another_order():
    values = values_of(spent()).of([7, 2])
    assert values.expected.index.tolist() == [7, 2]
    assert values.drawn(np.ones((4, 2), int), np.random.default_rng(1)).shape == (4, 2)


def test_money_in_another_currency_is_the_same_money():
    book = spent()
    other = book.assign(mean_value=7.8 * book["mean_value"])
    expected = values_of(book).expected
    assert np.allclose(values_of(other).expected, 7.8 * expected, rtol=1e-4)


def test_an_order_returned_in_full_is_worth_nothing_also_as_a_float():
    book = spent()
    returned = book["mean_value"].mask(book.index == 3, 1e-7)
    expected = values_of(book.assign(mean_value=returned)).expected
    assert expected[3] == 1e-7
    small = book["mean_value"].mask(book.index == 3, 0.01 * book["mean_value"].median())
    assert values_of(book.assign(mean_value=small)).expected[3] > small[3]

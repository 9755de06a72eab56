"""Concentration of many books at once, and the influence of single accounts."""

from functools import partial

import numpy as np
import pytest

from kamlab.value.concentration_kernels import (
    accounts_for_share_influence,
    accounts_for_share_of,
    gini_influence,
    gini_of,
    sorted_down,
    standard_error_of,
    top_share_influence,
    top_share_of,
)

PAIRS = {
    "gini": (gini_of, gini_influence),
    "top_share": (
        partial(top_share_of, top=0.2),
        partial(top_share_influence, top=0.2),
    ),
    "accounts_for_share": (
        partial(accounts_for_share_of, share=0.8),
        partial(accounts_for_share_influence, share=0.8),
    ),
}
pairs = pytest.mark.parametrize(("of", "influence"), PAIRS.values(), ids=PAIRS)


@pytest.fixture
def books() -> np.ndarray:
    """Seven books of 400 accounts, sorted from the largest."""
    return sorted_down(np.random.default_rng(5).lognormal(0, 1.2, (7, 400)))


@pairs
def test_many_books_at_once_are_the_same_as_one_by_one(of, influence, books) -> None:
    assert of(books) == pytest.approx(np.array([of(book) for book in books]))
    one_by_one = np.array([influence(book) for book in books])
    assert influence(books) == pytest.approx(one_by_one)


@pairs
def test_accounts_without_revenue_do_not_count(of, influence, books) -> None:
    padded = np.pad(books, ((0, 0), (0, 50)))
    assert of(padded) == pytest.approx(of(books))
    assert influence(padded)[:, :400] == pytest.approx(influence(books))
    assert (influence(padded)[:, 400:] == 0).all()


@pairs
def test_influences_cancel_out(of, influence, books) -> None:
    assert influence(books).sum(axis=-1) == pytest.approx(np.zeros(7), abs=1e-9)


@pairs
@pytest.mark.parametrize("position", [0, 30, 200, 399])
def test_influence_is_what_one_more_such_account_changes(
    of, influence, books, position: int
) -> None:
    book = books[0]
    # Twenty copies of each account and one more of the one: a small change of weight.
    many = np.repeat(book, 20)
    more = sorted_down(np.append(many, book[position]))
    change = (of(more) - of(many)) * len(more)
    scale = np.abs(influence(book)).max()
    assert change == pytest.approx(influence(book)[position], abs=0.02 * scale)


@pairs
def test_standard_error_is_the_spread_over_many_books(of, influence) -> None:
    many = sorted_down(np.random.default_rng(8).gamma(2, 1, (3000, 200)))
    errors = standard_error_of(influence(many), np.array(200))
    assert errors.mean() == pytest.approx(of(many).std(), rel=0.05)


def test_sorting_leaves_the_original_alone() -> None:
    amounts = np.array([1.0, 3.0, 2.0])
    assert sorted_down(amounts).tolist() == [3.0, 2.0, 1.0]
    assert amounts.tolist() == [1.0, 3.0, 2.0]


def test_rounding_does_not_hide_the_last_account() -> None:
    book = np.full(10, 0.1)
    assert accounts_for_share_of(book, share=1.0) == pytest.approx(1)
    assert top_share_of(book, top=1.0) == pytest.approx(1)

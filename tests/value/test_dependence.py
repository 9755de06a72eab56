"""What is lost with an account, and what is left."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.errors import DataError, UsageError
from kamlab.value.concentration import effective_number, gini, top_share
from kamlab.value.dependence import loss_of_each
from tests.conftest import examples

BOOK = pd.Series({"C": 10.0, "A": 60.0, "B": 30.0, "credit": -5.0})

books = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=12).map(pd.Series)


def test_losses_are_ranked_from_the_largest_account() -> None:
    lost = loss_of_each(BOOK)
    assert lost.index.tolist() == ["A", "B", "C"]
    assert lost["rank"].tolist() == [1, 2, 3]
    assert lost["share_of_revenue"].tolist() == pytest.approx([0.6, 0.3, 0.1])
    assert lost["revenue_left"].tolist() == [40, 70, 90]


@settings(max_examples=examples(50), deadline=None)
@given(books, st.sampled_from([0.05, 0.2, 0.5, 1.0]))
def test_what_is_left_is_the_book_without_the_account(
    book: pd.Series, top: float
) -> None:
    lost = loss_of_each(book, top=top)
    for account in book.index:
        others = book.drop(account)
        row = lost.loc[account]
        assert row["revenue_left"] == pytest.approx(others.sum())
        assert row["top_share"] == pytest.approx(top_share(others, top))
        assert row["gini"] == pytest.approx(gini(others), abs=1e-9)
        assert row["effective_number"] == pytest.approx(effective_number(others))


def test_losing_one_of_equal_accounts_changes_nothing_but_their_number() -> None:
    lost = loss_of_each(pd.Series([5.0] * 10))
    assert lost["effective_number"].tolist() == pytest.approx([9] * 10)
    assert lost["gini"].tolist() == pytest.approx([0] * 10, abs=1e-12)
    assert lost["top_share"].tolist() == pytest.approx([0.2] * 10)


def test_a_giant_leaves_no_rounding_behind() -> None:
    lost = loss_of_each(pd.Series({"giant": 1e12, "A": 0.01, "B": 0.01}))
    assert lost.loc["giant", "effective_number"] == pytest.approx(2)
    assert lost.loc["giant", "revenue_left"] == pytest.approx(0.02)


def test_the_only_account_leaves_nothing_to_measure() -> None:
    lost = loss_of_each(pd.Series({"only": 5.0})).loc["only"]
    assert lost["share_of_revenue"] == 1
    assert lost["revenue_left"] == 0
    assert lost[["top_share", "gini", "effective_number"]].isna().all()


def test_a_large_account_at_a_loss_leaves_more_profit_behind() -> None:
    margin = pd.Series({"A": -10.0, "B": 20.0, "C": 5.0, "credit": 5.0})
    lost = loss_of_each(BOOK, margin)
    assert lost["profit"].tolist() == [-10, 20, 5]
    assert lost["share_of_profit"].tolist() == pytest.approx([-0.5, 1.0, 0.25])


def test_shares_of_no_profit_are_not_known() -> None:
    lost = loss_of_each(BOOK, pd.Series({"A": -10.0, "B": 5.0, "C": 1, "credit": 0}))
    assert lost["share_of_profit"].isna().all()
    assert lost["profit"].tolist() == [-10, 5, 1]


def test_profit_columns_come_only_with_a_margin() -> None:
    assert "profit" not in loss_of_each(BOOK)


def test_an_account_without_margin_is_named() -> None:
    with pytest.raises(UsageError, match=r"account 'B' has revenue 30 but no margin"):
        loss_of_each(BOOK, pd.Series({"A": 1.0, "C": 2.0}))


def test_a_top_that_is_no_share_is_refused() -> None:
    with pytest.raises(UsageError, match=r"top = 20"):
        loss_of_each(BOOK, top=20)


def test_a_book_of_credits_has_nothing_to_lose() -> None:
    with pytest.raises(DataError, match=r"none of 1 accounts"):
        loss_of_each({"credit": -5})


def test_thousands_of_accounts_are_one_pass() -> None:
    book = pd.Series(np.random.default_rng(0).lognormal(0, 2, 50_000))
    lost = loss_of_each(book)
    first = book.drop(lost.index[0])
    assert lost["gini"].iloc[0] == pytest.approx(gini(first))
    assert lost["top_share"].iloc[0] == pytest.approx(top_share(first))

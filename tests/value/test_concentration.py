"""Concentration of revenue over accounts: reference values and properties."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.concentration import (
    accounts_for_share,
    concentration_summary,
    effective_number,
    gini,
    herfindahl,
    top_n_share,
    top_share,
)

#: The example of R's package ineq.
INEQ = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]

amounts = st.floats(0.01, 1e9)
books = st.lists(amounts, min_size=1, max_size=60)
shares = st.floats(0.01, 1.0)


# --- reference values --------------------------------------------------------------


def test_gini_of_the_ineq_example_agrees_with_r() -> None:
    assert gini(INEQ) == pytest.approx(0.4620911, abs=5e-8)


def test_corrected_gini_of_the_ineq_example_agrees_with_r() -> None:
    assert gini(INEQ, corrected=True) == pytest.approx(0.5134346, abs=5e-8)


def test_herfindahl_of_30_30_20_20_is_2600_points() -> None:
    assert 10_000 * herfindahl([30, 30, 20, 20]) == pytest.approx(2600)
    assert effective_number([30, 30, 20, 20]) == pytest.approx(1 / 0.26)


def test_cdnow_is_20_68_rather_than_20_80(cdnow_master: pd.DataFrame) -> None:
    revenue = cdnow_master.groupby("customer_id")["amount"].sum()
    summary = concentration_summary(revenue)
    assert summary.accounts + summary.zero_accounts == len(revenue) == 23_570
    assert summary.top_20_percent_share == pytest.approx(0.677, abs=5e-4)
    # The published figures count the 68 customers who paid nothing.
    counted = summary.accounts / len(revenue)
    assert summary.zero_accounts == 68
    assert top_share(revenue, 0.20 / counted) == pytest.approx(0.678, abs=5e-4)
    assert top_n_share(revenue, len(revenue) // 100) == pytest.approx(0.158, abs=5e-4)
    assert 1 - counted * (1 - summary.gini) == pytest.approx(0.6346, abs=5e-5)


@pytest.mark.data
def test_top_fifth_of_the_online_retailer_is_867_6_accounts(
    shared_datasets: Path,
) -> None:
    lines = pd.read_parquet(
        shared_datasets / "online_retail" / "online_retail_I.parquet"
    ).dropna(subset=["CustomerID"])
    is_sale = ~lines["InvoiceNo"].str.startswith("C")
    sold = lines[is_sale & (lines["Quantity"] > 0) & (lines["UnitPrice"] > 0)]
    revenue = (sold["Quantity"] * sold["UnitPrice"]).groupby(sold["CustomerID"]).sum()
    ranked = revenue.sort_values(ascending=False)
    by_hand = ranked.iloc[:867].sum() + 0.6 * ranked.iloc[867]
    assert concentration_summary(revenue).accounts == 4338
    assert top_share(revenue) == pytest.approx(by_hand / ranked.sum())
    assert top_share(revenue) == pytest.approx(0.746, abs=5e-4)


# --- worked by hand ----------------------------------------------------------------


def test_top_share_takes_part_of_an_account() -> None:
    assert top_share([60, 30, 10], top=0.5) == pytest.approx((60 + 15) / 100)
    assert top_share([70, 10, 10, 5, 5], top=0.2) == pytest.approx(0.7)


def test_top_share_of_all_accounts_is_everything() -> None:
    assert top_share([0.1] * 7, top=1) == pytest.approx(1)


def test_top_n_share_counts_accounts() -> None:
    assert top_n_share([60, 30, 10], n=2) == pytest.approx(0.9)
    assert top_n_share([60, 30, 10], n=99) == 1.0


def test_accounts_for_80_percent_may_end_within_an_account() -> None:
    assert accounts_for_share([60, 30, 10], share=0.75) == pytest.approx(1.5 / 3)


def test_equal_accounts_are_not_concentrated() -> None:
    equal = [5.0] * 40
    assert gini(equal) == pytest.approx(0, abs=1e-12)
    assert top_share(equal) == pytest.approx(0.2)
    assert accounts_for_share(equal) == pytest.approx(0.8)
    assert effective_number(equal) == pytest.approx(40)


def test_a_single_account_is_all_there_is() -> None:
    summary = concentration_summary({"only": 12.0})
    assert summary.top_1_share == summary.top_5_share == 1.0
    assert summary.effective_number == 1.0
    assert summary.gini == 0.0
    assert np.isnan(summary.gini_corrected)


def test_accounts_without_positive_revenue_do_not_count() -> None:
    with_others = {"A": 60, "B": 40, "C": 0, "D": -500}
    assert gini(with_others) == gini([60, 40])
    assert top_share(with_others) == top_share([60, 40])
    assert herfindahl(with_others) == herfindahl([60, 40])


def test_the_summary_counts_and_sums_what_it_left_out() -> None:
    summary = concentration_summary({"A": 60, "B": 40, "C": 0, "D": -5, "E": -2})
    assert (summary.accounts, summary.revenue) == (2, 100.0)
    assert (summary.zero_accounts, summary.negative_accounts) == (1, 2)
    assert (summary.others, summary.others_revenue) == (3, -7.0)
    assert summary.largest_account == "A"


def test_the_summary_agrees_with_the_single_measures() -> None:
    summary = concentration_summary(INEQ)
    assert summary.top_20_percent_share == top_share(INEQ)
    assert summary.accounts_for_80_percent == accounts_for_share(INEQ)
    assert summary.gini == gini(INEQ)
    assert summary.gini_corrected == gini(INEQ, corrected=True)
    assert summary.herfindahl == herfindahl(INEQ)
    assert summary.top_5_share == top_n_share(INEQ, 5)


# --- refusals ----------------------------------------------------------------------


@pytest.mark.parametrize("top", [0, -0.2, 20, float("nan")])
def test_a_top_that_is_no_share_is_refused_with_the_other_function(top: float) -> None:
    with pytest.raises(UsageError, match=rf"top = {top}.*use top_n_share"):
        top_share([1, 2], top=top)


@pytest.mark.parametrize("n", [0, -1, 0.2])
def test_a_number_of_accounts_that_is_none_is_refused(n: float) -> None:
    with pytest.raises(UsageError, match=rf"n = {n}.*use top_share"):
        top_n_share([1, 2], n=n)


def test_eighty_is_not_a_share() -> None:
    with pytest.raises(UsageError, match=r"share = 80: give a share above 0"):
        accounts_for_share([1, 2], share=80)


# --- properties --------------------------------------------------------------------


@given(books, st.floats(0.001, 1000))
def test_the_currency_does_not_matter(book: list[float], rate: float) -> None:
    converted = [amount * rate for amount in book]
    assert gini(converted) == pytest.approx(gini(book), abs=1e-9)
    assert top_share(converted) == pytest.approx(top_share(book))
    assert herfindahl(converted) == pytest.approx(herfindahl(book))


@given(books, st.randoms())
def test_the_order_of_accounts_does_not_matter(book: list[float], random) -> None:
    shuffled = random.sample(book, len(book))
    assert gini(shuffled) == pytest.approx(gini(book), abs=1e-12)
    assert top_share(shuffled) == pytest.approx(top_share(book))
    assert accounts_for_share(shuffled) == pytest.approx(accounts_for_share(book))


@given(books, st.integers(2, 4))
def test_a_book_copied_over_is_as_unequal_as_before(
    book: list[float], copies: int
) -> None:
    assert gini(book * copies) == pytest.approx(gini(book), abs=1e-9)
    assert top_share(book * copies) <= top_share(book) + 1e-9
    assert effective_number(book * copies) == pytest.approx(
        copies * effective_number(book)
    )


@given(books)
def test_gini_lies_between_equality_and_one_account_for_all(book: list[float]) -> None:
    assert 0 <= gini(book) <= 1 - 1 / len(book) + 1e-12


@given(books, shares, shares)
def test_more_accounts_never_bring_less(book: list[float], a: float, b: float) -> None:
    assert top_share(book, min(a, b)) <= top_share(book, max(a, b)) + 1e-12


@given(books, shares)
def test_the_top_brings_at_least_its_own_share(book: list[float], top: float) -> None:
    assert top - 1e-9 <= top_share(book, top) <= 1 + 1e-12


@given(books, st.floats(0.01, 0.99))
def test_accounts_for_share_is_the_inverse_of_top_share(
    book: list[float], share: float
) -> None:
    assert top_share(book, accounts_for_share(book, share)) == pytest.approx(share)


@given(books)
def test_effective_number_lies_between_one_and_all(book: list[float]) -> None:
    assert 1 - 1e-9 <= effective_number(book) <= len(book) * (1 + 1e-9)


@given(st.lists(amounts, min_size=2, max_size=60), st.floats(0.01, 0.5))
def test_a_gift_from_large_to_small_makes_a_book_more_equal(
    book: list[float], part: float
) -> None:
    ranked = sorted(book)
    gift = part * (ranked[-1] - ranked[0])
    after = [ranked[0] + gift, *ranked[1:-1], ranked[-1] - gift]
    assert gini(after) <= gini(book) + 1e-9
    assert herfindahl(after) <= herfindahl(book) + 1e-12

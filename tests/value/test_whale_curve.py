"""The whale curve: the sources' tables exactly, and what holds for every book."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.whale_curve import grouped_whale_curve, whale_curve

BANK = pd.Index(["top", "middle", "bottom"])
BANK_CUSTOMERS, BANK_PROFIT = [0.10, 0.30, 0.60], [0.93, 0.17, -0.10]

money = st.floats(-1e7, 1e7).map(lambda amount: round(amount, 2))
books = st.lists(money, min_size=1, max_size=60)


def within(amounts: list[float]) -> float:
    """What adding up floats in another order may change."""
    return 1e-9 * (1 + sum(map(abs, amounts)))


# --- the sources' tables -------------------------------------------------------------


def test_whale_curve_of_the_bank_peaks_at_110_percent_of_profit() -> None:
    bank = grouped_whale_curve(pd.Series(BANK_CUSTOMERS, BANK), BANK_PROFIT)
    assert bank.peak_share == pytest.approx(1.10, abs=1e-12)
    assert bank.peak_at == pytest.approx(0.40, abs=1e-12)
    assert bank.lost == pytest.approx(0.10, abs=1e-12)


def test_points_of_the_bank_are_10_93_then_40_110_then_100_100() -> None:
    bank = grouped_whale_curve(pd.Series(BANK_CUSTOMERS, BANK), BANK_PROFIT)
    points = bank.points[["share_of_accounts", "cumulative_share"]]
    expected = [[0.10, 0.93], [0.40, 1.10], [1.00, 1.00]]
    assert np.allclose(points, expected, rtol=0, atol=1e-12)
    assert points.index.tolist() == BANK.tolist()


def test_the_retailer_has_no_peak_before_its_last_customer() -> None:
    retailer = grouped_whale_curve([0.04, 0.11, 0.14], [0.37, 0.27, 0.16], rest="rest")
    points = retailer.points[["share_of_accounts", "cumulative_share"]]
    expected = [[0.04, 0.37], [0.15, 0.64], [0.29, 0.80], [1.0, 1.0]]
    assert np.allclose(points, expected, rtol=0, atol=1e-12)
    assert retailer.peak_at == pytest.approx(1.0)
    assert retailer.lost == pytest.approx(0.0, abs=1e-12)
    assert retailer.losing == 0


def test_groups_stand_by_profit_per_customer_not_by_profit() -> None:
    shuffled = grouped_whale_curve(
        pd.Series([0.60, 0.10, 0.30], ["bottom", "top", "middle"]), [-0.10, 0.93, 0.17]
    )
    assert shuffled.points.index.tolist() == BANK.tolist()


def test_customers_that_make_up_the_banks_groups_peak_above_its_groups() -> None:
    # 100 customers whose groups sum to the table; the last group is of mixed sign.
    bottom = np.full(60, -1.0)
    bottom[:20] = 1.5
    bottom *= 1.0
    bottom += (-10.0 - bottom.sum()) / 60
    customers = np.r_[np.full(10, 9.3), np.full(30, 17 / 30), bottom]
    curve = whale_curve(customers)
    assert curve.total == pytest.approx(100)
    assert curve.peak_share > 1.10
    assert curve.peak_at == pytest.approx(0.60)


# --- what an account-level curve says ------------------------------------------------


def test_a_curve_counts_who_makes_money_and_who_costs_it() -> None:
    curve = whale_curve({"A": 90, "B": -10, "C": 20, "D": 0, "E": -5})
    assert (curve.earning, curve.neither, curve.losing) == (2, 1, 2)
    assert curve.accounts == 5
    assert curve.loss_makers.to_dict() == {"B": -10.0, "E": -5.0}
    assert curve.lost == 15
    assert curve.lost_share == pytest.approx(15 / 110)


def test_the_peak_stands_at_the_last_account_that_makes_money() -> None:
    curve = whale_curve({"A": 5, "B": 0, "C": 0, "D": -5})
    assert curve.peak == 5
    assert curve.peak_at == 0.25


def test_a_loss_in_all_has_a_peak_in_money_and_no_shares() -> None:
    curve = whale_curve({"A": 10, "B": -30})
    assert not curve.has_shares
    assert np.isnan(curve.peak_share)
    assert curve.points["cumulative_share"].isna().all()
    assert (curve.peak, curve.total, curve.lost) == (10, -20, 30)


def test_a_total_of_nothing_has_no_shares_either() -> None:
    assert not whale_curve({"A": 10, "B": -10}).has_shares


def test_a_book_of_losses_never_rises() -> None:
    curve = whale_curve([-1, -2, -3])
    assert (curve.peak, curve.peak_at, curve.earning) == (0, 0, 0)
    assert curve.lost == 6
    assert curve.lost_share == 0


def test_a_single_account_is_the_whole_curve() -> None:
    curve = whale_curve({"A": 7.0})
    assert (curve.peak_share, curve.peak_at, curve.lost) == (1, 1, 0)


def test_equal_accounts_make_a_straight_line() -> None:
    curve = whale_curve([5.0] * 10)
    reached = curve.points["share_of_accounts"]
    assert np.allclose(curve.points["cumulative_share"], reached)


def test_ties_keep_the_order_in_which_accounts_came() -> None:
    assert whale_curve({"B": 1, "A": 1, "C": 2}).points.index.tolist() == list("CBA")


def test_accounts_of_unknown_profit_are_counted_and_left_out() -> None:
    curve = whale_curve(pd.Series({"A": 10.0, "B": np.nan, "C": -2.0}))
    assert (curve.accounts, curve.unknown) == (2, 1)
    assert curve.total == 8


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([], "0 accounts"),
        ([np.nan, np.nan], "missing for all 2"),
        (["much"], "not a number"),
        ([np.inf, 1.0], "inf"),
    ],
)
def test_amounts_that_are_none_are_refused(wrong: list, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        whale_curve(pd.Series(wrong))


def test_an_account_that_stands_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="'A' stands more than once"):
        whale_curve(pd.Series([1.0, 2.0], index=["A", "A"]))


# --- properties ----------------------------------------------------------------------


@given(books)
def test_the_curve_ends_at_the_total(book: list[float]) -> None:
    curve = whale_curve(book)
    assert curve.points["cumulative"].iloc[-1] == curve.total
    assert curve.total == pytest.approx(sum(book), abs=within(book))
    if curve.has_shares:
        assert curve.points["cumulative_share"].iloc[-1] == 1


@given(books)
def test_the_peak_is_the_highest_point_and_at_least_the_total(
    book: list[float],
) -> None:
    curve = whale_curve(book)
    assert curve.peak >= curve.total
    assert curve.peak == max(0.0, curve.points["cumulative"].max())
    assert curve.lost >= 0


@given(books)
def test_peak_and_loss_are_the_sums_by_sign(book: list[float]) -> None:
    curve = whale_curve(book)
    gains = sum(amount for amount in book if amount > 0)
    assert curve.peak == pytest.approx(gains, abs=within(book))
    assert curve.lost == pytest.approx(-curve.loss_makers.sum(), abs=within(book))


@given(books, st.randoms())
def test_the_order_of_accounts_does_not_matter(book: list[float], dice) -> None:
    shuffled = list(book)
    dice.shuffle(shuffled)
    first, second = whale_curve(book), whale_curve(shuffled)
    assert first.points["cumulative"].tolist() == second.points["cumulative"].tolist()
    assert (first.peak, first.peak_at) == (second.peak, second.peak_at)


@given(books, st.floats(1e-3, 1e3))
def test_another_currency_changes_no_share(book: list[float], rate: float) -> None:
    curve = whale_curve(book)
    assume(curve.total > 1)
    other = whale_curve(rate * np.array(book))
    assert other.peak_share == pytest.approx(curve.peak_share, rel=1e-6)
    assert other.peak_at == curve.peak_at
    assert other.losing == curve.losing


@given(books)
def test_the_curve_is_concave(book: list[float]) -> None:
    steps = np.diff(np.r_[0.0, whale_curve(book).points["cumulative"]])
    assert (np.diff(steps) <= within(book)).all()


@given(books)
def test_every_account_stands_once(book: list[float]) -> None:
    curve = whale_curve(book)
    assert sorted(curve.points["contribution"]) == sorted(map(float, book))
    assert curve.earning + curve.neither + curve.losing == len(book)

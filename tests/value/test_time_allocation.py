"""Time against profit: the bank's table exactly, and own accounts by group."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import DataError, UsageError
from kamlab.value.time_allocation import (
    grouped_time_allocation,
    profit_deciles,
    time_allocation,
    time_mismatch,
)

GROUPS = pd.Index(["top", "middle", "bottom"])
CUSTOMERS = pd.Series([0.10, 0.30, 0.60], GROUPS)
TIME, PROFIT = [0.18, 0.28, 0.54], [0.93, 0.17, -0.10]

amounts = st.lists(st.floats(0, 1e6), min_size=1, max_size=20)


# --- the bank ------------------------------------------------------------------------


def test_indices_of_the_bank_are_the_printed_ones() -> None:
    table = grouped_time_allocation(CUSTOMERS, TIME, PROFIT).table
    assert table["profit_index"].round(3).tolist() == [9.3, 0.567, -0.167]
    assert table["time_index"].round(3).tolist() == [1.8, 0.933, 0.9]
    assert table["profit_per_time"].round(3).tolist() == [5.167, 0.607, -0.185]


def test_gini_coefficients_of_the_bank_are_962_of_profit_and_086_of_time() -> None:
    bank = grouped_time_allocation(CUSTOMERS, TIME, PROFIT)
    assert round(bank.profit_gini, 3) == 0.962
    assert round(bank.time_gini, 3) == 0.086


def test_two_thirds_of_the_banks_time_would_have_to_move() -> None:
    bank = grouped_time_allocation(CUSTOMERS, TIME, PROFIT)
    # By hand: 93/110 and 17/110 of the time, and none for the last group.
    by_hand = (abs(93 / 110 - 0.18) + abs(17 / 110 - 0.28) + 0.54) / 2
    assert bank.mismatch == pytest.approx(by_hand)


def test_the_order_of_groups_does_not_matter() -> None:
    first = grouped_time_allocation(CUSTOMERS, TIME, PROFIT)
    second = grouped_time_allocation(CUSTOMERS[::-1], TIME[::-1], PROFIT[::-1])
    pd.testing.assert_frame_equal(first.table, second.table)
    assert first.mismatch == pytest.approx(second.mismatch)


def test_a_missing_group_can_be_implied() -> None:
    two = grouped_time_allocation([0.1, 0.3], TIME[:2], PROFIT[:2], rest="rest")
    assert two.table.loc["rest", "share_of_time"] == pytest.approx(0.54)
    assert two.table.loc["rest", "profit_index"] == pytest.approx(-0.1 / 0.6)


def test_shares_that_do_not_sum_to_one_are_refused() -> None:
    with pytest.raises(UsageError, match=r"sums to 0\.9"):
        grouped_time_allocation(CUSTOMERS, [0.18, 0.28, 0.44], PROFIT)


# --- own accounts --------------------------------------------------------------------


def bank_of_customers() -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return profit, minutes and group of 1,000 customers like the bank's."""
    of = np.repeat(GROUPS, [100, 300, 600])
    index = [f"C{i:04d}" for i in range(1000)]
    profit = np.repeat([930.0, 56.67, -16.67], [100, 300, 600])
    minutes = np.repeat([180.0, 93.3333333, 90.0], [100, 300, 600])
    return (
        pd.Series(profit, index),
        pd.Series(minutes, index),
        pd.Series(of, index),
    )


def test_customers_by_group_give_the_printed_table_again() -> None:
    found = time_allocation(*bank_of_customers())
    printed = grouped_time_allocation(CUSTOMERS, TIME, PROFIT).table
    columns = printed.columns
    assert np.allclose(found.table[columns], printed, atol=2e-3)
    assert found.table["accounts"].tolist() == [100, 300, 600]


def test_deciles_are_the_groups_where_none_are_given() -> None:
    profit, minutes, _ = bank_of_customers()
    table = time_allocation(profit, minutes).table
    assert table.index.tolist() == list(range(1, 11))
    assert table["accounts"].eq(100).all()
    assert table.loc[1, "share_of_profit"] == pytest.approx(0.93, abs=1e-3)


def test_profit_per_hour_is_profit_by_hours() -> None:
    found = time_allocation({"A": 90, "B": -30}, {"A": 60, "B": 120})
    assert found.table["profit_per_hour"].tolist() == [90, -15]
    assert found.table["hours"].tolist() == [1, 2]


def test_accounts_without_time_have_no_profit_per_hour() -> None:
    table = time_allocation({"A": 90, "B": 10}, {"A": 60}).table
    assert table.loc[2, ["hours", "profit"]].tolist() == [0, 10]
    assert np.isnan(table.loc[2, "profit_per_hour"])


def test_time_for_accounts_without_profit_counts() -> None:
    found = time_allocation({"A": 90}, {"A": 60, "prospect": 60})
    assert found.table["share_of_time"].tolist() == [0.5, 0.5]
    assert found.mismatch == pytest.approx(0.5)


def test_accounts_of_unknown_profit_are_left_out_with_their_time() -> None:
    profit = pd.Series({"A": 90.0, "B": np.nan, "C": 10.0})
    found = time_allocation(profit, {"A": 60, "B": 600, "C": 60})
    assert found.unknown.tolist() == ["B"]
    assert found.table["hours"].sum() == 2


def test_a_loss_in_all_has_no_shares_of_profit_but_a_mismatch() -> None:
    found = time_allocation({"A": 10, "B": -30}, {"A": 60, "B": 60})
    assert found.table["share_of_profit"].isna().all()
    assert np.isnan(found.profit_gini)
    assert found.mismatch == pytest.approx(0.5)


def test_if_nobody_makes_money_there_is_nothing_to_follow() -> None:
    assert np.isnan(time_allocation([-1, -2], [60, 60]).mismatch)


def test_an_account_without_a_group_is_named() -> None:
    with pytest.raises(UsageError, match="account 'B' has no group"):
        time_allocation({"A": 1, "B": 2}, {"A": 1, "B": 1}, pd.Series({"A": "key"}))


def test_negative_minutes_are_refused() -> None:
    with pytest.raises(UsageError, match="account 'B' are -5"):
        time_allocation({"A": 1, "B": 2}, {"A": 1, "B": -5})


def test_no_time_at_all_points_to_the_standard_minutes() -> None:
    with pytest.raises(DataError, match="standard minutes"):
        time_allocation({"A": 1, "B": 2}, {"A": 0, "B": 0})


# --- deciles and mismatch ------------------------------------------------------------


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60), st.integers(1, 12))
def test_tenths_differ_by_one_account_and_fall_in_profit(
    book: list[float], parts: int
) -> None:
    of = profit_deciles(book, parts)
    sizes = of.value_counts()
    assert len(sizes) == min(parts, len(book))
    assert sizes.max() - sizes.min() <= 1
    ranges = pd.Series(book).groupby(of.to_numpy()).agg(["min", "max"])
    assert (ranges["min"].to_numpy()[:-1] >= ranges["max"].to_numpy()[1:]).all()


def test_a_part_of_a_group_is_refused() -> None:
    with pytest.raises(UsageError, match=r"parts = 2\.5"):
        profit_deciles([1, 2, 3], parts=2.5)


@given(amounts)
def test_time_in_proportion_to_profit_has_no_mismatch(profit: list[float]) -> None:
    if sum(profit) > 0:
        assert time_mismatch(profit, profit) == pytest.approx(0, abs=1e-12)


@given(amounts, amounts)
def test_mismatch_is_a_share_of_time(time: list[float], profit: list[float]) -> None:
    n = min(len(time), len(profit))
    if sum(time[:n]) > 0 and sum(profit[:n]) > 0:
        assert 0 <= time_mismatch(time[:n], profit[:n]) <= 1 + 1e-12


def test_moving_the_mismatch_makes_time_follow_profit() -> None:
    time, profit = np.array(TIME), np.array([0.5, 0.3, 0.2])
    moved = np.clip(profit - time, 0, None).sum()
    assert time_mismatch(time, profit) == pytest.approx(moved)


def test_all_time_on_loss_makers_is_a_mismatch_of_one() -> None:
    assert time_mismatch([0.0, 1.0], [1.0, -0.5]) == 1


def test_finer_groups_never_show_less_mismatch() -> None:
    dice = np.random.default_rng(2)
    time, profit = dice.gamma(2, 1, 60), dice.lognormal(0, 1, 60)
    coarse = time.reshape(6, 10).sum(axis=1), profit.reshape(6, 10).sum(axis=1)
    assert time_mismatch(*coarse) <= time_mismatch(time, profit)


@pytest.mark.parametrize(
    ("time", "told"),
    [([1.0], r"shape \(1,\)"), ([0.0, 0.0], "not all 0"), ([-1.0, 2.0], "0 or more")],
)
def test_times_that_are_none_are_refused(time: list[float], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        time_mismatch(time, [0.5, 0.5])

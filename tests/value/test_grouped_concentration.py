"""The bank's and the retailer's tables of customer groups."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.concentration import gini
from kamlab.value.grouped_concentration import grouped_concentration, grouped_gini

CUSTOMERS = pd.Series([0.10, 0.30, 0.60], index=["top", "middle", "bottom"])
TIME = pd.Series([0.18, 0.28, 0.54], index=CUSTOMERS.index)
PROFIT = pd.Series([0.93, 0.17, -0.10], index=CUSTOMERS.index)
RETAILER = ([0.04, 0.11, 0.14], [0.37, 0.27, 0.16])


def test_a_top_customer_of_the_bank_brings_nine_times_the_average_profit() -> None:
    index = grouped_concentration(CUSTOMERS, PROFIT)["index"]
    assert index.round(3).to_dict() == {"top": 9.3, "middle": 0.567, "bottom": -0.167}


def test_a_top_customer_of_the_bank_takes_not_even_twice_the_average_time() -> None:
    index = grouped_concentration(CUSTOMERS, TIME)["index"]
    assert index.round(3).to_dict() == {"top": 1.8, "middle": 0.933, "bottom": 0.9}


def test_an_hour_with_the_banks_top_customers_earns_five_times_the_average() -> None:
    profit = grouped_concentration(CUSTOMERS, PROFIT)["index"]
    time = grouped_concentration(CUSTOMERS, TIME)["index"]
    assert (profit / time).round(3).tolist() == [5.167, 0.607, -0.185]


def test_whale_curve_of_the_bank_peaks_at_110_percent() -> None:
    groups = grouped_concentration(CUSTOMERS, PROFIT)
    assert groups["cumulative_customers"].tolist() == pytest.approx([0.1, 0.4, 1])
    assert groups["cumulative_value"].tolist() == pytest.approx([0.93, 1.10, 1])


def test_the_bank_spreads_time_evenly_and_earns_profit_unevenly() -> None:
    assert grouped_gini(CUSTOMERS, PROFIT) == pytest.approx(0.962)
    assert grouped_gini(CUSTOMERS, TIME) == pytest.approx(0.086)


def test_the_retailer_is_29_80_and_the_rest_is_implied() -> None:
    groups = grouped_concentration(*RETAILER, rest="all others")
    assert groups["index"].round(3).tolist() == [9.25, 2.455, 1.143, 0.282]
    assert groups.index[-1] == "all others"
    third = groups.iloc[2]
    assert third["cumulative_customers"] == pytest.approx(0.29)
    assert third["cumulative_value"] == pytest.approx(0.80)
    assert grouped_gini(*RETAILER, rest="all others") == pytest.approx(0.6055)


def test_a_top_customer_of_the_retailer_is_worth_33_of_the_tail() -> None:
    index = grouped_concentration(*RETAILER, rest="tail")["index"]
    assert index.iloc[0] / index["tail"] == pytest.approx(32.8, abs=0.05)


def test_groups_come_in_any_order_and_are_ranked() -> None:
    shuffled = grouped_concentration(CUSTOMERS.iloc[::-1], PROFIT.iloc[[1, 0, 2]])
    assert shuffled.index.tolist() == ["top", "middle", "bottom"]
    assert shuffled.equals(grouped_concentration(CUSTOMERS, PROFIT))


def test_either_column_may_name_the_groups() -> None:
    named = grouped_concentration(CUSTOMERS.tolist(), PROFIT)
    assert named.equals(grouped_concentration(CUSTOMERS, PROFIT.tolist()))


@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=30))
def test_groups_of_one_customer_give_the_gini_of_customers(book: list[float]) -> None:
    customers = np.full(len(book), 1 / len(book))
    value = np.array(book) / sum(book)
    assert grouped_gini(customers, value) == pytest.approx(gini(book), abs=1e-9)


def test_grouping_hides_part_of_the_inequality() -> None:
    book = np.sort(np.random.default_rng(0).lognormal(0, 1, 100))[::-1]
    value = book.reshape(4, 25).sum(axis=1) / book.sum()
    assert grouped_gini([0.25] * 4, value) < gini(book)


def test_shares_that_do_not_sum_to_one_are_refused_with_the_remedy() -> None:
    with pytest.raises(UsageError, match=r"sums to 0\.29.*rest='all others'"):
        grouped_concentration(*RETAILER)


def test_per_cent_are_no_shares() -> None:
    with pytest.raises(UsageError, match=r"share_of_customers sums to 100, not to 1"):
        grouped_concentration([10, 30, 60], [93, 17, -10])


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(UsageError, match=r"shape \(2,\) and share_of_value \(3,\)"):
        grouped_concentration([0.5, 0.5], [0.2, 0.3, 0.5])


@pytest.mark.parametrize("value", ["much", None])
def test_what_is_no_number_names_its_group(value: object) -> None:
    profit = pd.Series([0.93, value, -0.10], index=CUSTOMERS.index)
    with pytest.raises(UsageError, match=r"group 'middle' has .*nan"):
        grouped_concentration(CUSTOMERS, profit)


def test_a_group_without_customers_is_refused() -> None:
    with pytest.raises(UsageError, match=r"group 0 has 0 of the customers"):
        grouped_concentration([0, 1], [0.5, 0.5])

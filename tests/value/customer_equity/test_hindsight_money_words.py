"""A year foretold in money is taken apart: were there too few orders, or too small?"""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.value.customer_equity import quarters_ahead
from kamlab.value.customer_equity.hindsight_money_words import (
    held_by_basis,
    money_in_hindsight,
    money_sentence,
)
from kamlab.value.customer_equity.valuation import LifetimeValues

ACCOUNTS = ["A", "B", "C"]
ORDERS = pd.DataFrame({"expected": [10.0, 20.0, 5.0], "came": [12, 20, 0]}, ACCOUNTS)
VALUE = pd.Series([100.0, 10.0, 40.0], ACCOUNTS)
BEFORE = pd.Series([900.0, 250.0, 300.0], ACCOUNTS)
CAME = pd.Series([1320.0, 200.0, 0.0], ACCOUNTS)


def table(bound=("A",), **changed) -> pd.DataFrame:
    given = {"year_before": BEFORE, "came": CAME, "bound": bound} | changed
    return money_in_hindsight(ORDERS, VALUE, **given)


def test_money_is_orders_times_what_an_order_day_was_worth():
    assert table().loc["all", ["expected", "year_before", "came"]].tolist() == [
        1400.0,
        1450.0,
        1520.0,
    ]


def test_those_under_contract_and_the_others_add_up_to_all():
    found = table()
    assert found.index.tolist() == ["under contract", "without contract", "all"]
    sums = found[["accounts", "expected", "year_before", "came"]]
    assert (sums.iloc[:2].sum() == sums.loc["all"]).all()


def test_the_error_of_money_is_that_of_orders_times_that_of_their_value():
    found = table()
    whole = found["came"] / found["expected"]
    assert np.allclose((1 + found["orders_off"]) * (1 + found["value_off"]), whole)
    assert found.loc["under contract", "orders_off"] == pytest.approx(0.2)
    assert found.loc["under contract", "value_off"] == pytest.approx(0.1)


def test_errors_of_accounts_do_not_even_out():
    missed = table().loc["all", ["missed", "missed_before"]]
    assert missed.tolist() == pytest.approx([520 / 3, 770 / 3])


@pytest.mark.parametrize("bound", [(), ("Z",), ("A", "B", "C")])
def test_one_kind_of_account_gives_one_row(bound):
    assert table(bound).index.tolist() == ["all"]


def test_who_had_no_revenue_counts_as_nothing_and_strangers_do_not_count():
    found = table((), came=pd.Series({"A": 1320.0, "new": 5000.0}))
    assert found.loc["all", "came"] == 1320.0


def test_a_year_without_orders_has_no_order_value():
    silent = ORDERS.assign(came=0)
    found = money_in_hindsight(silent, VALUE, BEFORE, 0 * CAME)
    assert found.loc["all", "orders_off"] == -1.0
    assert np.isnan(found.loc["all", "value_off"])


def test_nothing_expected_has_no_error_in_per_cent():
    found = money_in_hindsight(ORDERS.assign(expected=0.0), VALUE, BEFORE, CAME)
    assert found.loc["all", ["orders_off", "value_off"]].isna().all()


def test_orders_without_what_came_are_refused():
    with pytest.raises(UsageError, match=r"\['expected'\]: give expected and came"):
        money_in_hindsight(ORDERS[["expected"]], VALUE, BEFORE, CAME)


@pytest.mark.parametrize(
    ("missed", "before", "said"),
    [
        (5.0, 9.0, "the model was nearer"),
        (9.0, 5.0, "the year before was nearer"),
        (5.0, 5.0, "neither was nearer"),
    ],
)
def test_the_loser_is_named(missed, before, said):
    found = table().assign(missed=missed, missed_before=before)
    assert money_sentence(found, "EUR").endswith(f"{said}.")


def test_the_sentence_says_all_three_sums():
    told = money_sentence(table(), "EUR")
    assert "said EUR 1,400, and “as the year before” EUR 1,450; EUR 1,520 came" in told


def valued(**columns) -> LifetimeValues:
    """Return 20 accounts of which half are under contract, expected at 8 to 12."""
    frame = {"orders_year": 10.0, "orders_low": 8.0, "orders_high": 12.0, "value": 1.0}
    accounts = pd.DataFrame(frame | columns, index=[f"A{i:02d}" for i in range(20)])
    accounts["basis"] = ["contract"] * 10 + ["repeat orders"] * 10
    total = Estimate(20.0, 10.0, 30.0, 20, unit="money")
    ahead = quarters_ahead(date(2024, 12, 31), 0.1, 4)
    return LifetimeValues(accounts, total, accounts, ahead, "contribution", 0.95)


def test_accounts_inside_their_interval_are_counted_by_basis():
    values = valued()
    came = pd.Series([8, 12] * 4 + [7, 13] + [10] * 10, values.accounts.index)
    held = held_by_basis(values, came)
    assert held["accounts"].tolist() == [10, 10]
    assert held["inside"].tolist() == [0.8, 1.0]
    assert (held["low"] < held["inside"]).all()
    assert held.loc["contract", ["expected", "came"]].tolist() == [100.0, 100]


def test_who_did_not_come_again_fell_outside():
    values = valued()
    held = held_by_basis(values, pd.Series({"A00": 10, "stranger": 99}))
    assert held["came"].tolist() == [10, 0]
    assert held["inside"].tolist() == [0.1, 0.0]


def test_accounts_of_which_nothing_was_foretold_do_not_count():
    unknown = [np.nan] * 5 + [10.0] * 15
    values = valued(orders_year=unknown)
    held = held_by_basis(values, pd.Series(10, values.accounts.index))
    assert held["accounts"].tolist() == [5, 10]
    assert held["inside"].tolist()[1] == 1.0

"""Traits of accounts: what can be one, and what can be learnt from."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.traits import check_informative, checked_traits, combined

ACCOUNTS = pd.Index(["Nordal", "Kovostav", "Brenta"])


def test_traits_come_in_the_order_of_the_accounts():
    given = pd.DataFrame({"size": [3, 1, 2]}, index=["Brenta", "Nordal", "Kovostav"])
    assert checked_traits(given, ACCOUNTS)["size"].tolist() == [1.0, 2.0, 3.0]


def test_yes_and_no_are_numbers():
    given = pd.DataFrame({"online": [True, False, True]}, index=ACCOUNTS)
    assert checked_traits(given, ACCOUNTS)["online"].tolist() == [1.0, 0.0, 1.0]


@pytest.mark.parametrize("given", [None, [1, 2, 3], pd.DataFrame(index=ACCOUNTS)])
def test_traits_are_a_table(given):
    with pytest.raises(UsageError, match=r"ordering is .*: give a DataFrame"):
        checked_traits(given, ACCOUNTS, "ordering")


def test_a_category_has_to_become_columns():
    given = pd.DataFrame({"region": ["north", "south", "north"]}, index=ACCOUNTS)
    with pytest.raises(UsageError, match=r"'region' holds 'north'.*get_dummies"):
        checked_traits(given, ACCOUNTS)


def test_an_account_without_a_row_is_named():
    given = pd.DataFrame({"size": [1, 2]}, index=["Nordal", "Brenta"])
    with pytest.raises(DataError, match=r"'Kovostav' has no row \(1 of 3 accounts\)"):
        checked_traits(given, ACCOUNTS)


def test_an_account_with_two_rows_is_named():
    given = pd.DataFrame({"size": [1, 2, 3, 4]}, index=[*ACCOUNTS, "Brenta"])
    with pytest.raises(DataError, match="'Brenta' has several rows"):
        checked_traits(given, ACCOUNTS)


def test_an_account_without_a_value_is_named():
    given = pd.DataFrame({"size": [1, np.nan, 3]}, index=ACCOUNTS)
    with pytest.raises(DataError, match="'Kovostav' lacks a value"):
        checked_traits(given, ACCOUNTS)


def test_what_all_accounts_share_tells_nothing():
    with pytest.raises(CannotTellError, match="'online' is 1 for all accounts"):
        check_informative(pd.DataFrame({"online": np.ones(40)}))


def test_all_columns_of_a_category_tell_the_last_one_twice():
    north = np.arange(40) % 2.0
    both = pd.DataFrame({"north": north, "south": 1 - north})
    with pytest.raises(CannotTellError, match="north, south tell the same twice"):
        check_informative(both)


def test_ten_accounts_a_trait_are_needed():
    drawn = np.random.default_rng(1).normal(size=(29, 3))
    with pytest.raises(
        CannotTellError, match="29 accounts for 3 traits; 30 are needed"
    ):
        check_informative(pd.DataFrame(drawn))


def test_accounts_with_equal_traits_belong_together():
    traits = combined(pd.DataFrame({"a": [1.0, 0, 1], "b": [2.0, 2, 2]}))
    assert traits.names == ["a", "b"]
    assert traits.distinct[traits.kind].tolist() == [[1, 2], [0, 2], [1, 2]]
    assert len(traits.distinct) == 2

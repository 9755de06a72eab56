"""The account master, as of the extract."""

import pytest

from kamlab.data.demo.master import RUBRICS


def test_older_accounts_have_lower_numbers(book):
    by_number = book.accounts.sort_index()["created_on"]
    assert by_number.is_monotonic_increasing


@pytest.mark.parametrize("rubric", RUBRICS)
def test_rubrics_go_from_1_to_5(book, rubric):
    assert set(book.accounts[rubric]) <= {1, 2, 3, 4, 5}
    assert book.accounts[rubric].nunique() == 5


def test_larger_customers_fit_the_strategy_better_on_the_whole(book):
    rank = book.yearly.sum(axis=1).rank()
    assert rank.corr(book.accounts["strategic_fit"].rank()) > 0.2


def test_workshops_are_small_companies(book):
    employees = book.accounts.groupby("kind")["size_employees"].median()
    assert employees["workshop"] < 40 < employees["machine builder"]


def test_a_customer_is_larger_than_what_it_buys(book):
    bought = book.yearly.max(axis=1)
    assert (book.accounts["annual_revenue"] > bought).mean() > 0.97


def test_28_accounts_carry_the_key_account_flag(book):
    assert book.accounts["key_account_flag"].sum() == 28


def test_parents_and_successors_are_accounts_themselves(book):
    for column in ("parent_id", "merged_into"):
        assert book.accounts[column].dropna().isin(book.accounts.index).all()

"""Conclusions are written from the numbers, and change with them."""

from datetime import date

import numpy as np
import pytest

from kamlab.value.concentration import concentration_summary
from kamlab.value.concentration_words import (
    book_sentence,
    effective_number_sentence,
    gini_sentence,
    law_sentence,
    nothing_taken_back_sentence,
    one_of,
    pareto_sentence,
    short_window_sentence,
)
from kamlab.value.power_tail import pareto_tail_index
from kamlab.value.trailing import trailing_revenue


def test_everybody_of_the_master_is_counted_in_the_first_sentence(demo):
    revenue = trailing_revenue(demo)
    sentence = book_sentence(revenue, currency="EUR")
    idle = len(demo.accounts) - (revenue > 0).sum()
    assert sentence.endswith(
        f"{idle} further accounts brought nothing in these months."
    )


@pytest.mark.parametrize(
    ("book", "ending"),
    [
        ([60, 40], "of them."),
        ([60, 40, 0], "1 further account brought nothing in these months."),
        (
            [60, 40, 0, 0, -7],
            "2 further accounts brought nothing in these months; 1 returned more than "
            "it bought, −EUR 7 in all.",
        ),
        (
            [60, 40, -7, -3],
            "2 further accounts returned more than they bought, −EUR 10 in all.",
        ),
    ],
)
def test_who_is_outside_is_told_only_where_somebody_is(book, ending):
    assert book_sentence(book, currency="EUR").endswith(ending)


def test_the_first_sentence_takes_another_top_and_groups():
    sentence = book_sentence([70, 10, 10, 5, 5], top=0.4, of="groups")
    assert sentence.startswith("The top 40 % of 5 groups bring 80.0 % of 100;")


def test_books_without_any_return_are_doubted():
    told = nothing_taken_back_sentence({"A": 10.0, "B": 5.0}, {"A": 10.0, "B": 5.0})
    assert told.startswith("No line of these months takes revenue back")
    assert nothing_taken_back_sentence([10.0, 5.0], [10.0, 4.99]) == ""


def test_the_demonstration_company_takes_revenue_back(demo):
    gross = trailing_revenue(demo, kind="gross")
    assert nothing_taken_back_sentence(gross, trailing_revenue(demo)) == ""


def test_only_a_window_that_is_too_short_is_told():
    assert short_window_sentence(12, 12, date(2025, 1, 1)) == ""
    assert "cover 1 month instead of 12" in short_window_sentence(
        12, 1, date(2025, 11, 20)
    )


@pytest.mark.parametrize(
    ("book", "verdict"),
    [
        ([70, 10, 10, 5, 5], "70.0 %: less concentrated than the saying."),
        ([81, 10, 5, 2, 2], "81.0 %: close to the saying."),
        ([95, 2, 1, 1, 1], "95.0 %: more concentrated than the saying."),
    ],
)
def test_a_book_is_more_less_or_as_concentrated_as_20_80(book, verdict):
    assert law_sentence(book).endswith(verdict)


def test_another_saying_is_named_by_its_own_numbers():
    sentence = law_sentence([70, 10, 10, 5, 5], top=0.4, law=0.8, of="groups")
    assert sentence.startswith(
        "The saying 40/80 would have 80 % come from the top 40 % of groups"
    )


def test_a_single_account_is_no_gini_coefficient():
    single = gini_sentence(concentration_summary([5]), "groups")
    assert single.endswith("of 1 group is 0.000: a single group is equal to itself.")
    assert "0.25" in gini_sentence(concentration_summary([1, 3]))


def test_the_effective_number_is_explained_beside_the_number():
    sentence = effective_number_sentence(concentration_summary([1] * 40))
    assert "the 40 accounts are as good as 40.0 of equal size" in sentence
    assert "the lower, the more of the revenue hangs on the first few" in sentence
    assert "hangs on 1 account" in effective_number_sentence(concentration_summary([5]))


def test_a_law_that_does_not_fit_is_rejected_not_left_open():
    book = np.random.default_rng(1).lognormal(10, 1.5, size=300)
    assert pareto_sentence(pareto_tail_index(book)).startswith("Rejected: a Pareto law")


def test_a_law_that_fits_is_not_rejected_and_never_proven():
    book = (np.random.default_rng(1).pareto(1.5, size=400) + 1) * 1000
    told = pareto_sentence(pareto_tail_index(book))
    assert told.startswith("Not rejected: a Pareto tail fits (p = ")
    assert "One lognormal for all accounts is rejected (p = 0.000)." in told


def test_few_accounts_decide_nothing():
    told = pareto_sentence(pareto_tail_index(np.arange(1, 30)))
    assert told == "Cannot decide: 29 accounts in the tail; 50 are needed."


def test_one_of_several():
    assert [one_of(of) for of in ("accounts", "groups")] == ["account", "group"]

"""Customers who pause and come back: published values, and where to stop."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.contracts import best_stop, markov_value, recency_chain

CHANCES = [0.3, 0.2, 0.15, 0.05]
CHAIN = recency_chain(CHANCES, contribution=40, cost=4)
chances = st.lists(st.floats(0.0, 0.95), min_size=1, max_size=6)


def test_values_over_four_periods_are_the_published_ones():
    found = markov_value(CHAIN.transition, CHAIN.rewards, 0.2, horizon=4)
    assert found.to_list() == pytest.approx([50.115, 4.220, 0.592, -1.98, 0], abs=6e-4)


def test_values_without_end_are_the_published_ones():
    found = markov_value(CHAIN.transition, CHAIN.rewards, 0.2)
    assert found.to_list() == pytest.approx([52.320, 5.554, 1.251, -1.82, 0], abs=6e-4)


def test_contact_stops_at_recency_4_with_the_published_values():
    stop = best_stop(CHANCES, 40, 4, 0.2)
    assert stop.recency == 3
    assert stop.value.to_list()[:3] == pytest.approx([53.149, 6.621, 2.644], abs=6e-4)
    assert stop.value.to_list()[3:] == [0, 0]
    assert stop.compared[4] == pytest.approx(52.320, abs=6e-4)


def test_a_chain_says_who_buys_and_who_waits():
    assert CHAIN.rewards.to_list() == [36, -4, -4, -4, 0]
    assert CHAIN.transition.loc[2].to_dict() == {
        1: 0.2,
        2: 0.0,
        3: 0.8,
        4: 0.0,
        "former": 0.0,
    }


def test_at_horizon_0_only_the_present_period_counts():
    found = markov_value(CHAIN.transition, CHAIN.rewards, 0.2, horizon=0)
    assert found.to_list() == CHAIN.rewards.to_list()


@given(chances, st.floats(0.02, 0.5))
def test_a_long_horizon_comes_to_the_value_without_end(given_chances, rate):
    chain = recency_chain(given_chances, 40, 4)
    args = chain.transition, chain.rewards, rate
    long = markov_value(*args, horizon=1500)
    assert long.to_list() == pytest.approx(markov_value(*args).to_list(), abs=1e-6)


@given(chances, st.floats(0.0, 30.0), st.floats(0.02, 0.5))
def test_no_choice_at_any_recency_beats_the_best_stop(given_chances, cost, rate):
    best = best_stop(given_chances, 40, cost, rate).value
    moves = recency_chain(given_chances, 40, cost).transition.to_numpy()
    base = np.zeros(len(moves))
    base[0] = 40
    # Bellman: what one more period of contact is worth, or nothing without it.
    goes_on = -cost + moves @ best.to_numpy() / (1 + rate)
    goes_on[-1] = 0
    assert (base + np.maximum(goes_on, 0) <= best.to_numpy() + 1e-6)[0]


def test_contact_that_never_pays_is_given_up_at_once():
    stop = best_stop([0.01, 0.01], 40, 20, 0.2)
    assert stop.recency == 0
    assert stop.value[1] == pytest.approx(40)


def test_contact_that_costs_nothing_never_stops():
    stop = best_stop(CHANCES, 40, 0, 0.2)
    assert stop.recency == len(CHANCES)
    assert all(one <= other for one, other in pairwise(stop.compared))


def test_any_states_can_be_valued_such_as_tiers():
    tiers = ["key", "other", "lost"]
    moves = pd.DataFrame([[0.9, 0.1, 0], [0.05, 0.8, 0.15], [0, 0, 1]], tiers, tiers)
    money = pd.Series([100.0, 20.0, 0.0], tiers)
    found = markov_value(moves, money, 0.1)
    after = money + moves.to_numpy() @ found / 1.1
    assert found.to_list() == pytest.approx(after.to_list())


def test_a_row_that_does_not_sum_to_1_is_named():
    moves = CHAIN.transition.copy()
    moves.loc[2, 3] = 0.7
    with pytest.raises(UsageError, match=r"transition from 2 sums to 0\.9"):
        markov_value(moves, CHAIN.rewards, 0.2)


def test_states_in_another_order_are_refused():
    with pytest.raises(UsageError, match="name the same states in the same order"):
        markov_value(CHAIN.transition, CHAIN.rewards[::-1], 0.2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([0.3, 1.2], 40, 4, 0.2), r"return_chances\[1\] = 1.2"),
        (([0.3], "40", 4, 0.2), "contribution = '40'"),
        (([0.3], 40, np.inf, 0.2), "cost = inf"),
        (([0.3], 40, 4, 20), "discount_rate = 20"),
    ],
)
def test_impossible_arguments_are_refused(arguments: tuple, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        best_stop(*arguments)

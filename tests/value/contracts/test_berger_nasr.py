"""Berger and Nasr's five cases: the published figure, and how the cases nest."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.contracts import (
    ProfitPath,
    changing_profit_value,
    flowing_profit_value,
    markov_value,
    migrating_customer_value,
    recency_chain,
    repeated_sales_value,
)
from kamlab.value.contracts.berger_nasr import buyers_by_cycle

CHANCES = [0.3, 0.2, 0.15, 0.05]
chances = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=5)


def test_case_1_is_the_published_568_78():
    assert repeated_sales_value(260, 50, 0.75, 0.2, 10) == pytest.approx(
        568.78, abs=0.005
    )


def test_case_2_with_two_cycles_a_year_is_the_sum_by_hand():
    sales = sum(125 * 0.8**i / 1.2 ** (i / 2) for i in range(21))
    spent = sum(25 * 0.8 ** (i - 1) / 1.2 ** ((i - 0.5) / 2) for i in range(1, 21))
    found = repeated_sales_value(125, 25, 0.8, 0.2, 10, cycles_a_year=2)
    assert found == pytest.approx(sales - spent)


def test_case_2_with_a_sale_every_other_year_is_the_sum_by_hand():
    sales = sum(1000 * 0.3**i / 1.2 ** (2 * i) for i in range(5))
    spent = sum(95 * 0.3 ** (i - 1) / 1.2 ** (2 * (i - 0.5)) for i in range(1, 5))
    found = repeated_sales_value(1000, 95, 0.3, 0.2, 8, cycles_a_year=0.5)
    assert found == pytest.approx(sales - spent)


@given(st.floats(0.0, 1.0), st.floats(0.01, 0.5), st.integers(1, 15))
def test_case_3_with_a_level_contribution_is_case_1_without_promotion(
    kept: float, rate: float, years: int
) -> None:
    level = ProfitPath(start=260, growth=0, turn=0, further=0)
    assert changing_profit_value(level, kept, rate, years) == pytest.approx(
        repeated_sales_value(260, 0, kept, rate, years)
    )


def test_case_3_adds_up_year_by_year():
    path = ProfitPath(start=100, growth=10, turn=2, further=60)
    by_hand = 100 + 110 * 0.5 + 140 * 0.25
    by_hand += (140 + 60 * (1 - np.exp(-1))) * 0.125
    assert changing_profit_value(path, 0.6, 0.2, 3) == pytest.approx(by_hand)


def test_a_profit_path_has_no_jump_and_levels_off():
    path = ProfitPath(start=100, growth=10, turn=2, further=60)
    assert path.at(2 - 1e-9) == pytest.approx(path.at(2 + 1e-9))
    assert path.at(40) == pytest.approx(200)


@given(st.floats(0.1, 1.0), st.floats(0.02, 0.5), st.floats(0.2, 20.0))
def test_case_4_is_the_integral_of_the_flow(kept: float, rate: float, years: float):
    path = ProfitPath(start=80, growth=5, turn=3, further=40)
    moment = np.linspace(0, years, 20001)
    flow = path.at(moment) * (kept / (1 + rate)) ** moment
    by_hand = np.trapezoid(flow, moment)
    assert flowing_profit_value(path, kept, rate, years) == pytest.approx(
        by_hand, rel=1e-4
    )


@given(chances, st.integers(1, 12))
def test_buyers_of_case_5_are_those_of_the_markov_chain(given_chances, cycles):
    moves = recency_chain(given_chances, 1, 0).transition.to_numpy()
    now = np.eye(len(moves))[0]
    buyers = [1.0]
    for _ in range(cycles):
        now = now @ moves
        buyers.append(now[0])
    assert buyers_by_cycle(given_chances, cycles) == pytest.approx(buyers, abs=1e-12)


@given(chances, st.floats(0.01, 0.5), st.integers(1, 12))
def test_case_5_is_pfeifer_and_carraway_when_money_is_spent_early(
    given_chances, rate, cycles
) -> None:
    chain = recency_chain(given_chances, 40, 4)
    whole = markov_value(chain.transition, chain.rewards, rate, horizon=cycles)[1]
    moves = np.linalg.matrix_power(chain.transition.to_numpy(), cycles)
    # The chain spends in the last cycle, too, where case 5 has stopped.
    last = 4 * (1 - moves[0, -1]) / (1 + rate) ** cycles
    found = migrating_customer_value(40, 4, given_chances, rate, cycles, promotion_at=0)
    assert found == pytest.approx(whole + last)


def test_case_5_where_nobody_comes_back_is_one_purchase_and_its_follow_up():
    found = migrating_customer_value(40, 4, [0.0, 0.0], 0.2, cycles=5)
    assert found == pytest.approx(40 - 4 / 1.2**0.5 - 4 / 1.2**1.5)


def test_later_spending_costs_less():
    early, late = (
        migrating_customer_value(40, 4, CHANCES, 0.2, 6, promotion_at=at)
        for at in (0, 1)
    )
    assert late > early


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"retention": 75}, "retention = 75"),
        ({"years": -1}, "years = -1: give a number above 0"),
        ({"years": 0.5}, "no cycle of 1 years ends within"),
        ({"cycles_a_year": 0}, "cycles_a_year = 0"),
        ({"promotion": np.nan}, "promotion = nan"),
        ({"contribution": None}, "contribution = None"),
    ],
)
def test_impossible_arguments_are_refused(arguments: dict, said: str) -> None:
    well = {
        "contribution": 260,
        "promotion": 50,
        "retention": 0.75,
        "discount_rate": 0.2,
        "years": 10,
    }
    with pytest.raises(UsageError, match=said):
        repeated_sales_value(**(well | arguments))


def test_a_flow_needs_a_retention_above_0():
    level = ProfitPath(start=100, growth=0, turn=0, further=0)
    with pytest.raises(UsageError, match="retention = 0"):
        flowing_profit_value(level, 0, 0.1, 5)

"""A Pareto tail is found where one was planted, and nowhere else."""

import math

import numpy as np
import pytest

from kamlab.errors import DataError, UsageError
from kamlab.value.power_tail import FEWEST_IN_TAIL, pareto_tail_index

SEEDS = [11, 12, 13]


def pareto(n: int, index: float, seed: int, scale: float = 1000) -> np.ndarray:
    return (np.random.default_rng(seed).pareto(index, n) + 1) * scale


def body_with_tail(n: int, index: float, seed: int) -> np.ndarray:
    """Seven tenths of small accounts below 2000, three tenths of a tail above."""
    body = np.random.default_rng(seed).uniform(100, 2000, int(0.7 * n))
    return np.concatenate([body, pareto(n - len(body), index, seed, 2000)])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("index", [1.2, 1.8, 2.5])
def test_a_planted_tail_is_recovered(seed: int, index: float) -> None:
    tail = pareto_tail_index(pareto(600, index, seed), draws=60)
    assert not tail.index.cannot_tell
    assert tail.index.value == pytest.approx(index, abs=4 * tail.standard_error)
    assert tail.standard_error == pytest.approx(
        tail.index.value / math.sqrt(tail.index.n)
    )


def test_a_tail_above_a_body_is_found_where_it_begins() -> None:
    tails = [pareto_tail_index(body_with_tail(1500, 1.5, s), draws=60) for s in SEEDS]
    told = [tail for tail in tails if not tail.index.cannot_tell]
    # A test at 10 % turns down one true tail in ten.
    assert len(told) >= len(SEEDS) - 1
    for tail in told:
        assert 1000 < tail.threshold < 4000
        assert tail.index.value == pytest.approx(1.5, abs=0.25)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("spread", [1.0, 1.5, 2.0])
def test_lognormal_accounts_are_not_mistaken_for_a_pareto_tail(
    seed: int, spread: float
) -> None:
    book = np.random.default_rng(seed).lognormal(10, spread, 300)
    tail = pareto_tail_index(book, draws=60)
    assert tail.index.cannot_tell
    assert math.isnan(tail.index.value)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_lognormal_for_all_accounts_is_said_to_be_enough(seed: int) -> None:
    book = np.random.default_rng(seed).lognormal(10, 1.5, 120)
    tail = pareto_tail_index(book, draws=40)
    assert tail.p_lognormal > 0.1 or tail.p_value < 0.1


def test_a_thinner_tail_is_named_as_such() -> None:
    book = body_with_tail(800, 1.5, 11)
    thin = book[book < 2000], 2000 + 3000 * np.random.default_rng(0).random(240)
    tail = pareto_tail_index(np.concatenate(thin), threshold=2000, draws=40)
    assert tail.index.cannot_tell
    assert tail.p_thinner < 0.01


def test_thirty_accounts_cannot_tell() -> None:
    tail = pareto_tail_index(pareto(30, 1.5, 1))
    assert "30 accounts in the tail; 50 are needed" in str(tail.index)
    assert math.isnan(tail.threshold)


def test_a_given_threshold_is_kept() -> None:
    book = pareto(400, 1.5, 11)
    tail = pareto_tail_index(book, threshold=2000, draws=40)
    above = book[book >= 2000]
    assert tail.threshold == pytest.approx(2000)
    assert tail.index.n == len(above)
    assert tail.index.value == pytest.approx(1 / np.log(above / 2000).mean())


def test_a_threshold_above_most_accounts_cannot_tell() -> None:
    book = pareto(400, 1.5, 11)
    high = np.sort(book)[-20]
    assert "20 accounts in the tail" in str(pareto_tail_index(book, high).index)


def test_a_threshold_that_is_no_revenue_is_refused() -> None:
    with pytest.raises(UsageError, match=r"threshold = -5: give a revenue above 0"):
        pareto_tail_index(pareto(100, 1.5, 1), threshold=-5)


def test_equal_accounts_have_no_tail() -> None:
    tail = pareto_tail_index([100.0] * 80)
    assert "all accounts in the tail bring the same" in str(tail.index)


def test_the_currency_does_not_matter() -> None:
    book = pareto(300, 1.5, 12)
    euro, yuan = (pareto_tail_index(book * rate, draws=40) for rate in (1, 7.8))
    assert yuan.index.value == pytest.approx(euro.index.value)
    assert yuan.threshold == pytest.approx(7.8 * euro.threshold)


def test_accounts_without_revenue_do_not_count() -> None:
    book = pareto(300, 1.5, 12)
    padded = pareto_tail_index([*book, 0, -10], draws=40)
    assert padded == pareto_tail_index(book, draws=40)


def test_the_same_seed_gives_the_same_answer() -> None:
    book = pareto(FEWEST_IN_TAIL * 3, 1.5, 13)
    first, second = (pareto_tail_index(book, draws=40, random_state=3) for _ in "12")
    assert first == second


def test_a_book_of_credits_has_no_tail() -> None:
    with pytest.raises(DataError, match=r"none of 2 accounts"):
        pareto_tail_index([-1, -2])


@pytest.mark.slow
def test_one_lognormal_book_in_twenty_passes_for_pareto_at_most() -> None:
    passed = 0
    for seed in range(60):
        rng = np.random.default_rng(seed + 100)
        tail = pareto_tail_index(rng.lognormal(0, 1.5, 300), draws=60, random_state=rng)
        passed += not tail.index.cannot_tell
    assert passed <= 3

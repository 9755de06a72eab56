"""Made-up customers keep the rules of the process that makes them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.value.lifetime.counts import checked_counts
from kamlab.value.lifetime.dropout_likelihood import Process
from kamlab.value.lifetime.dropout_simulation import drawn_future, drawn_past

VALUES = np.array([1.3, 4.0, 1.4, 3.0])
PROCESSES = [Process(1, 0), Process(1, 1), Process(4, 1)]


@given(st.sampled_from(PROCESSES), st.integers(0, 10_000))
def test_every_made_up_account_is_possible(process: Process, seed: int) -> None:
    T = np.linspace(0, 60, 40)
    past = drawn_past(VALUES, process, T, np.random.default_rng(seed))
    counts = checked_counts(past["frequency"], past["recency"], T)
    x, tx = counts.frequency, counts.recency
    equal = np.where(x > 0, x * np.log(np.where(x > 0, tx / np.maximum(x, 1), 1)), 0)
    assert (past["log_gaps"] <= equal + 1e-9).all()
    if process.s == 0:
        assert past["alive"][x == 0].all()


@pytest.mark.parametrize("process", PROCESSES)
def test_last_orders_are_where_the_process_puts_them(process: Process) -> None:
    """Against orders drawn one after the other."""
    rng = np.random.default_rng(7)
    T, seen = 30.0, []
    for _ in range(4_000):
        rate = rng.gamma(VALUES[0], 1 / VALUES[1])
        coin = rng.beta(VALUES[2], VALUES[3])
        orders, last, here = 0, 0.0, not (process.s and rng.random() < coin)
        while here and (day := last + rng.gamma(process.k, 1 / rate)) <= T:
            orders, last, here = orders + 1, day, rng.random() >= coin
        seen.append((orders, last, here))
    one_by_one = np.array(seen, dtype=float).T
    past = drawn_past(VALUES, process, np.full(40_000, T), np.random.default_rng(8))
    at_once = np.array([past["frequency"], past["recency"], past["alive"]], dtype=float)
    for before, after in zip(one_by_one, at_once, strict=True):
        error = np.hypot(before.std() / 4_000**0.5, after.std() / 40_000**0.5)
        assert abs(before.mean() - after.mean()) < 4 * error


def test_nobody_comes_where_nobody_is_alive() -> None:
    """Many orders, then long silence."""
    counts = checked_counts([60] * 50, [10.0] * 50, [500.0] * 50)
    for process in PROCESSES:
        future = drawn_future(VALUES, process, 50, counts, np.random.default_rng(1))
        assert (future == 0).all()


def test_who_hardly_ever_leaves_is_no_overflow() -> None:
    values = np.array([1.3, 4.0, 1e-4, 50.0])
    past = drawn_past(
        values, Process(1, 1), np.full(99, 52.0), np.random.default_rng(1)
    )
    assert past["alive"].mean() > 0.95

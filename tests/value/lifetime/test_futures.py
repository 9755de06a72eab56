"""Futures are counted by what they are worth, and few of them end an interval late."""

import numpy as np
import pytest

from kamlab.value.lifetime.futures import effective_draws, tails


def test_tails_share_what_is_outside():
    assert tails(0.9) == pytest.approx((0.05, 0.95))


def test_with_fewer_draws_less_is_left_out():
    lows = [tails(0.9, n)[0] for n in (19, 30, 100, 1000, np.inf)]
    assert lows == sorted(lows)
    assert lows[0] == pytest.approx(0)
    assert lows[-1] == pytest.approx(0.05)


def test_an_interval_of_few_draws_holds_the_next_as_often_as_it_says():
    rng = np.random.default_rng(1)
    drawn = rng.random((4000, 60))
    low, high = np.quantile(drawn, tails(0.9, 60), axis=1)
    after = rng.random(4000)
    assert ((low <= after) & (after <= high)).mean() == pytest.approx(0.9, abs=0.015)


def test_independent_futures_all_count_and_equal_ones_count_once():
    rng = np.random.default_rng(2)
    refits = rng.normal(size=(2000, 1))
    assert effective_draws(np.repeat(refits, 5, axis=1)) == pytest.approx(2000)
    apart = effective_draws(rng.normal(size=(2000, 5)))
    assert apart == pytest.approx(10_000, rel=0.15)
    half = effective_draws(refits + rng.normal(size=(2000, 5)))
    # Kish: 10,000 / (1 + 4 × one half).
    assert half == pytest.approx(10_000 / 3, rel=0.1)


def test_one_future_each_counts_as_one():
    assert effective_draws(np.arange(30.0)[:, None]) == 30
    assert effective_draws(np.arange(5.0)[None, :]) == 1

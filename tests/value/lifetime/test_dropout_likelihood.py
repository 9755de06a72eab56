"""The fast likelihood is the plain one, and its gradient is its slope."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import betaln

from kamlab.value.lifetime.counts import Triples, compressed
from kamlab.value.lifetime.dropout_likelihood import (
    DropoutObjective,
    Process,
    log_likelihoods,
    log_split,
)
from kamlab.value.lifetime.fitting import with_numeric_gradient

PROCESSES = [Process(k, s) for k in (1, 2, 5) for s in (0, 1)]

thetas = st.lists(st.floats(-3, 3), min_size=4, max_size=4).map(np.array)
processes = st.sampled_from(PROCESSES)


def book(seed: int, n: int = 30) -> Triples:
    rng = np.random.default_rng(seed)
    x = rng.poisson(2, n)
    T = rng.uniform(5, 40, n)
    tx = np.where(x > 0, rng.uniform(0.1, 1, n) * T, 0)
    return compressed(x, tx, T, rng.integers(1, 4, n))


@given(thetas, processes, st.integers(0, 9))
def test_the_objective_is_minus_the_mean_log_likelihood(
    theta: np.ndarray, process: Process, seed: int
) -> None:
    triples = book(seed)
    value, _ = DropoutObjective(triples, process)(theta)
    plain = log_likelihoods(np.exp(theta), process, *triples[:3])
    mean = float(triples.weights @ plain) / triples.weights.sum()
    assert value == pytest.approx(-mean, rel=1e-11)


@given(thetas, processes, st.integers(0, 9))
def test_the_gradient_is_the_slope(
    theta: np.ndarray, process: Process, seed: int
) -> None:
    objective = DropoutObjective(book(seed), process)
    numeric = with_numeric_gradient(lambda point: objective(point)[0])
    gradient, slope = objective(theta)[1], numeric(theta)[1]
    np.testing.assert_allclose(gradient, slope, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("process", PROCESSES)
def test_the_likelihood_is_the_story_told_with_integrals(process: Process) -> None:
    """Erlang gaps, a coin after each order, rates and coins mixed over customers."""
    r, alpha, a, b = 1.3, 4.0, 1.4, 3.0
    k, s = process
    x, tx, T = 2, 9.0, 20.0

    def of_rate(rate: float, leaving: bool) -> float:
        gamma = alpha**r * rate ** (r - 1) * math.exp(-alpha * rate) / math.gamma(r)
        orders = rate ** (k * x) * math.exp(-rate * tx)
        span = rate * (T - tx)
        quiet = sum(math.exp(-span) * span**j / math.factorial(j) for j in range(k))
        return gamma * orders * (1 if leaving else quiet)

    def of_coin(tails: int, heads: int) -> float:
        return math.exp(betaln(a + heads, b + tails) - betaln(a, b))

    gone = quad(of_rate, 0, np.inf, args=(True,))[0] * of_coin(x + s - 1, 1)
    there = quad(of_rate, 0, np.inf, args=(False,))[0] * of_coin(x + s, 0)
    one = np.array([[float(x)], [tx], [T]])
    found = log_likelihoods((r, alpha, a, b), process, *one)
    assert found[0] == pytest.approx(math.log(gone + there), rel=1e-7)
    split = log_split((r, alpha, a, b), process, *one)
    assert split.left[0] - split.there[0] == pytest.approx(math.log(gone / there))


def test_one_time_customers_cannot_have_left_under_bg_nbd() -> None:
    none = np.zeros(1)
    usual = log_split((1, 2, 3, 4), Process(1, 0), none, none, np.array([30.0]))
    modified = log_split((1, 2, 3, 4), Process(1, 1), none, none, np.array([30.0]))
    assert usual.left[0] == -np.inf
    assert np.isfinite(modified.left[0])

"""Orders ahead as sums and means: exact where they can be checked by other ways."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import beta, roots_genlaguerre

from kamlab.value.lifetime.dropout_forecasts import (
    _beta_nodes,
    _gamma_nodes,
    begun_shares,
    count_probabilities,
    expected_orders,
    orders_while_alive,
    residual_orders,
)
from kamlab.value.lifetime.dropout_likelihood import Process, log_split

VALUES = np.array([1.3, 4.0, 1.4, 3.0])


@given(st.floats(0.05, 300), st.floats(1e-6, 20), st.sampled_from([1, 2, 3, 7]))
def test_customers_who_never_leave_order_at_their_rate(
    shape: float, odds: float, k: int
) -> None:
    """With b out of reach nobody leaves: events ÷ k, less what is only begun."""
    found = orders_while_alive(np.array([shape]), odds, 1e-9, 1e9, k)[0]
    events = shape * odds
    assert found <= events / k * (1 + 1e-6) + 1e-12
    assert found >= events / k - (k - 1) / k - 1e-6
    if k == 1:
        assert found == pytest.approx(events, rel=1e-6)


def test_the_more_is_begun_the_sooner_the_next_order_comes() -> None:
    shape = np.ones(1)
    ahead = [orders_while_alive(shape, 0.5, 1, 3, 4, begun)[0] for begun in range(4)]
    assert ahead == sorted(ahead)
    assert orders_while_alive(shape, 0.0, 1, 3)[0] == 0


def test_thousands_of_orders_neither_overflow_nor_vanish() -> None:
    shape = np.array([1e4, 1e5, 3e5])
    found = orders_while_alive(shape, 1.0, 0.01, 1e6)
    assert found == pytest.approx(shape, rel=0.02)


def test_many_customers_are_worked_out_as_each_alone() -> None:
    rng = np.random.default_rng(1)
    shape, odds = rng.uniform(0.1, 50, 60), rng.uniform(0, 5, 60)
    b = rng.uniform(0.5, 30, 60)
    together = orders_while_alive(shape, odds, 0.7, b, 2, 1)
    alone = [
        orders_while_alive(np.array([s]), o, 0.7, each, 2, 1)[0]
        for s, o, each in zip(shape, odds, b, strict=True)
    ]
    assert together == pytest.approx(alone, rel=1e-12)


@pytest.mark.parametrize("process", [Process(1, 0), Process(1, 1), Process(4, 1)])
def test_shares_of_what_is_begun_sum_to_being_alive(process: Process) -> None:
    triple = np.array([[3.0, 0.0], [9.0, 0.0], [14.0, 30.0]])
    split = log_split(VALUES, process, *triple)
    alive = 1 / (1 + np.exp(split.left - split.there))
    shares = begun_shares(VALUES, process, *triple)
    assert len(shares) == process.k
    assert sum(shares) == pytest.approx(alive)


def test_nobody_has_ordered_at_the_start() -> None:
    found = count_probabilities(VALUES, Process(3, 1), np.arange(3.0), 0.0)
    assert found.tolist() == [1, 0, 0]


@pytest.mark.parametrize(("a", "b"), [(0.3, 0.7), (1.0, 1.0), (0.01, 4.0), (12, 90)])
def test_beta_nodes_give_the_moments_of_a_beta_distribution(a: float, b: float) -> None:
    nodes, weights = _beta_nodes(a, b)
    assert weights.sum() == pytest.approx(1)
    for power in (1, 2, 5, 20):
        i = np.arange(power)
        moment = np.prod((a + i) / (a + b + i))
        assert weights @ nodes**power == pytest.approx(moment, rel=1e-8)


@pytest.mark.parametrize("shape", [0.2, 1.0, 7.5, 400.0])
def test_gamma_nodes_give_the_moments_of_a_gamma_distribution(shape: float) -> None:
    nodes, weights = _gamma_nodes(shape)
    assert weights.sum() == pytest.approx(1)
    for power in (1, 2, 5):
        moment = np.prod(shape + np.arange(power))
        assert weights @ nodes**power == pytest.approx(moment, rel=1e-8)


@pytest.mark.parametrize("process", [Process(1, 0), Process(3, 1)])
def test_a_high_rate_of_discount_leaves_nothing(process: Process) -> None:
    triple = np.array([[3.0], [9.0], [10.0]])
    now = residual_orders(VALUES, process, 1e-3, *triple)[0]
    later = residual_orders(VALUES, process, 1e3, *triple)[0]
    assert later < 1e-2 < now
    plain = expected_orders(VALUES, process, 100.0, *triple)[0]
    assert now > 0.8 * plain


def orders_of_the_loyal(a: float, b: float, discounts: np.ndarray) -> np.ndarray:
    """Return E[1 / (discount + p)] with p from a beta distribution, by adaptive steps.

    In u = p^a what is summed has no peak where hardly anybody ever leaves.
    """

    def stays(u: float, discount: float) -> float:
        p = u ** (1 / a)
        return (1 - p) ** (b - 1) / (discount + p)

    points = [1e-12, 1e-6, 1e-3, 0.1, 0.5, 0.9]
    sums = [quad(stays, 0, 1, (d,), points=points, limit=400)[0] for d in discounts]
    return np.array(sums) / (a * beta(a, b))


@pytest.mark.parametrize(
    ("eta", "error"), [(0.03, 2e-2), (0.1, 3e-4), (0.3, 1e-5), (1.0, 1e-8)]
)
def test_residual_orders_are_as_exact_as_their_notes_say(eta, error) -> None:
    a, orders, known = 0.3, 30.0, 100.0
    shape, scale, b = 2 + orders, 4 + known, 9 + orders
    rate = eta * shape / (scale * b)
    values, triple = (2.0, 4.0, a, 9.0), np.array([[orders], [98.0], [known]])
    process = Process(k=1, s=0)
    (alive,) = begun_shares(values, process, *triple)[0]
    nodes, weights = roots_genlaguerre(30, shape - 1)
    ahead = orders_of_the_loyal(a, b, rate * scale / nodes) @ weights / weights.sum()
    found = residual_orders(values, process, rate, *triple)[0]
    assert found == pytest.approx(alive * ahead, rel=error)

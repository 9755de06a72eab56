"""The likelihood of occasions taken and missed."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import roots_jacobi

from kamlab.value.lifetime.beta_geometric_beta_binomial import BetaGeoBetaBinomial
from kamlab.value.lifetime.beta_geometric_beta_binomial_likelihood import (
    Occasions,
    log_likelihoods,
    log_likelihoods_and_slopes,
    log_there,
)

PAPER = (1.204, 0.750, 0.657, 2.783)


def rows_of(*histories: tuple[int, int, int]) -> Occasions:
    return Occasions(*np.array(histories, dtype=float).T)


def by_hand(p: np.ndarray, theta: np.ndarray, x: int, tx: int, n: int) -> np.ndarray:
    """Probability of one history if p and θ are known."""
    stayed = p**x * (1 - p) ** (n - x) * (1 - theta) ** n
    left = [p**x * (1 - p) ** (t - x) * theta * (1 - theta) ** t for t in range(tx, n)]
    return stayed + sum(left)


def beta_nodes(first: float, second: float) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights whose sums are exact means of polynomials."""
    nodes, weights = roots_jacobi(8, second - 1, first - 1)
    return (nodes + 1) / 2, weights / weights.sum()


@pytest.mark.parametrize("history", [(0, 0, 3), (2, 3, 5), (4, 4, 4)])
def test_it_is_the_mean_over_all_accounts_there_may_be(history):
    takes, of_taking = beta_nodes(1.5, 2.0)
    leaves, of_leaving = beta_nodes(1.2, 3.0)
    by_kind = by_hand(takes[:, None], leaves[None, :], *history)
    found = np.exp(log_likelihoods((1.5, 2.0, 1.2, 3.0), rows_of(history)))
    assert found == pytest.approx(of_taking @ by_kind @ of_leaving, rel=1e-10)


def test_probabilities_of_all_histories_make_those_of_the_counts():
    # The last of x occasions taken is the t-th: the others lie anywhere before it.
    cells = [(0, 0, 1)]
    cells += [(x, t, comb(t - 1, x - 1)) for t in range(1, 8) for x in range(1, t + 1)]
    x, tx, ways = np.array(cells, dtype=float).T
    rows = Occasions(x, tx, np.full(len(x), 7.0))
    probability = ways * np.exp(log_likelihoods(PAPER, rows))
    by_count = np.bincount(x.astype(int), weights=probability)
    names = ("alpha", "beta", "gamma", "delta")
    model = BetaGeoBetaBinomial().with_parameters(
        **dict(zip(names, PAPER, strict=True))
    )
    assert by_count == pytest.approx(model.order_probability(np.arange(8), 7))
    assert by_count.sum() == pytest.approx(1, abs=1e-12)


def test_who_took_the_last_occasion_had_not_left_before_it():
    rows = rows_of((3, 6, 6), (6, 6, 6))
    there = log_there(PAPER, rows)
    assert log_likelihoods(PAPER, rows) == pytest.approx(there, rel=1e-14)


def test_to_be_there_later_is_less_probable():
    rows = rows_of((2, 3, 6))
    beyond = [log_there(PAPER, rows, t)[0] for t in range(5)]
    assert (np.diff(beyond) < 0).all()


def test_values_come_with_their_slopes():
    rows = rows_of((0, 0, 1), (1, 1, 1), (3, 5, 8))
    values, slopes = log_likelihoods_and_slopes(PAPER, rows)
    assert values == pytest.approx(log_likelihoods(PAPER, rows), rel=1e-14)
    assert slopes.shape == (3, 4)


@given(*[st.floats(-1, 1.3)] * 4, st.integers(1, 12), st.data())
def test_slopes_equal_numeric_differences(a, b, c, d, n, data):
    logs = np.log(10) * np.array([a, b, c, d])
    tx = data.draw(st.integers(0, n))
    x = data.draw(st.integers(min(tx, 1), tx))
    rows = rows_of((x, tx, n))
    found = log_likelihoods_and_slopes(tuple(np.exp(logs)), rows)[1][0] * np.exp(logs)
    for i, step in enumerate(np.eye(4) * 1e-5):
        up, down = (
            log_likelihoods(tuple(np.exp(logs + h)), rows) for h in (step, -step)
        )
        assert found[i] == pytest.approx(((up - down) / 2e-5)[0], abs=1e-6)


@given(*[st.floats(-3, 3)] * 4)
def test_extreme_parameters_give_finite_likelihoods(a, b, c, d):
    parameters = tuple(10.0 ** np.array([a, b, c, d]))
    rows = rows_of((0, 0, 60), (1, 60, 60), (60, 60, 60), (1, 1, 60))
    values, slopes = log_likelihoods_and_slopes(parameters, rows)
    assert np.isfinite(values).all()
    assert (values <= 1e-9).all()
    assert np.isfinite(slopes).all()

"""Sums that stand for integrals."""

import numpy as np
import pytest

from kamlab.value.lifetime.quadrature import gauss_legendre


@pytest.mark.parametrize("degree", range(8))
def test_four_nodes_sum_polynomials_up_to_the_seventh_degree(degree):
    nodes, weights = gauss_legendre(4)
    assert weights @ nodes**degree == pytest.approx(1 / (degree + 1), rel=1e-14)


def test_four_nodes_do_not_sum_the_eighth():
    nodes, weights = gauss_legendre(4)
    assert abs(weights @ nodes**8 - 1 / 9) > 1e-6


def test_nodes_lie_inside_and_are_symmetric():
    nodes, weights = gauss_legendre(24)
    assert ((nodes > 0) & (nodes < 1)).all()
    assert nodes + nodes[::-1] == pytest.approx(np.ones(24))
    assert weights.sum() == pytest.approx(1)

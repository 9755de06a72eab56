"""Occasions left, at today's worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import hyp2f1

from kamlab.value.lifetime.discounted_occasions import discounted_occasions


@pytest.mark.parametrize("gamma", [0.05, 0.657, 1.0, 3.0, 25.0])
@pytest.mark.parametrize("rate", [0.002, 0.1, 1.0])
def test_it_equals_gausss_function(gamma, rate):
    closed = hyp2f1(1, 8.783, gamma + 8.783, 1 / (1 + rate)) - 1
    found = discounted_occasions(gamma, [8.783], rate)[0]
    assert found == pytest.approx(closed, rel=1e-9)


@given(st.floats(0.02, 20), st.floats(0.02, 200), st.floats(0.03, 2))
def test_it_equals_the_sum_of_all_occasions(gamma, delta, rate):
    summed = discounted_occasions(gamma, [delta], rate, horizon=1500)
    endless = discounted_occasions(gamma, [delta], rate)
    assert endless == pytest.approx(summed, rel=1e-10)


def test_without_a_discount_it_is_the_mean_lifetime():
    assert discounted_occasions(3.0, [4.0])[0] == 2.0
    assert discounted_occasions(1.0, [4.0])[0] == np.inf


def test_no_occasions_ahead_are_worth_nothing():
    assert discounted_occasions(0.7, [2.8, 8.8], 0.1, horizon=0).tolist() == [0, 0]

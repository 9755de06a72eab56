"""Discounting: a yearly rate in the model's unit, and the integral over a horizon."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.lifetime.discounting import (
    checked_rate,
    continuous_rate,
    discounted_integral,
)


def test_fifteen_per_cent_a_year_is_27_ten_thousandths_a_week() -> None:
    assert continuous_rate(0.15, "W") == pytest.approx(0.0027, abs=5e-5)


@given(st.floats(0, 2), st.sampled_from("DWMQ"))
def test_a_year_of_small_steps_is_the_yearly_rate(yearly: float, unit: str) -> None:
    steps = {"D": 365.25, "W": 365.25 / 7, "M": 12, "Q": 4}[unit]
    grown = math.exp(continuous_rate(yearly, unit) * steps)
    assert grown == pytest.approx(1 + yearly)


@given(st.floats(0.1, 500), st.floats(1e-4, 1))
def test_a_steady_stream_has_its_textbook_value(horizon: float, rate: float) -> None:
    found = discounted_integral(lambda span: np.array([2 * span]), horizon, rate)
    exact = 2 * -math.expm1(-rate * horizon) / rate
    assert found[0] == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize("rate", [-0.1, math.nan, math.inf, "5%", True])
def test_what_is_no_rate_is_shown_and_refused(rate: object) -> None:
    with pytest.raises(UsageError, match="discount_rate = "):
        checked_rate(rate, zero=True)


def test_nothing_is_worth_anything_for_ever_without_a_rate() -> None:
    assert checked_rate(0, zero=True) == 0
    with pytest.raises(UsageError, match=r"discount_rate = 0: .*above 0"):
        checked_rate(0)
    with pytest.raises(UsageError, match=r"yearly = -1: give a share"):
        continuous_rate(-1)

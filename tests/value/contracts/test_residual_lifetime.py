"""Discounted lifetimes: published values, and closed form = direct sum = integral."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import betaln
from scipy.stats import beta as beta_distribution

from kamlab.errors import UsageError
from kamlab.value.contracts.residual_lifetime import (
    checked_periods,
    discounted_lifetime,
    discounted_residual_lifetime,
    summed_residual_lifetime,
)

HIGH_END, REGULAR = (0.668, 3.806), (0.704, 1.182)
above_0 = st.floats(0.05, 50.0)
rates = st.floats(0.01, 0.5)


def survival(alpha: float, beta: float):
    return lambda t: np.exp(betaln(alpha, beta + t) - betaln(alpha, beta))


@pytest.mark.parametrize(
    ("parameters", "lifetime", "residual"),
    [
        (HIGH_END, 5.9222, [5.414, 5.901, 6.294, 6.620, 6.897]),
        (REGULAR, 3.6948, [2.964, 4.103, 4.870, 5.442, 5.894]),
    ],
)
def test_lifetimes_are_the_reference_ones(parameters, lifetime, residual) -> None:
    # Parameters are printed to three digits, and so the last digit may move.
    found = discounted_residual_lifetime(*parameters, 0.1, [1, 2, 3, 4, 5])
    assert discounted_lifetime(*parameters, 0.1) == pytest.approx(lifetime, abs=2e-3)
    assert found == pytest.approx(residual, abs=2e-3)


@given(above_0, above_0, rates, st.integers(1, 40))
def test_the_closed_form_is_the_direct_sum(alpha, beta, rate, period):
    closed = discounted_residual_lifetime(alpha, beta, rate, period)
    direct = summed_residual_lifetime(survival(alpha, beta), rate, period)
    assert closed == pytest.approx(direct, rel=1e-7)


@pytest.mark.parametrize("rate", [0.1, 0.01, 0.001])
@pytest.mark.parametrize(
    "parameters",
    [(1380.0, 8103.0), (8103.0, 8103.0), (0.05, 8103.0), (8103.0, 1e-4), (1e-4, 1e-4)],
)
def test_accounts_that_are_nearly_alike_have_a_lifetime_too(parameters, rate):
    direct = summed_residual_lifetime(survival(*parameters), rate, [1, 2, 30])
    closed = discounted_residual_lifetime(*parameters, rate, [1, 2, 30])
    assert closed == pytest.approx(direct, rel=1e-6)
    assert discounted_lifetime(*parameters, rate) == pytest.approx(
        1 + direct[0] / (1 + rate), rel=1e-6
    )


@given(above_0, above_0, rates)
def test_a_new_account_s_lifetime_is_the_first_period_and_what_follows(
    alpha, beta, rate
) -> None:
    after = discounted_residual_lifetime(alpha, beta, rate, 1) / (1 + rate)
    assert discounted_lifetime(alpha, beta, rate) == pytest.approx(1 + after, rel=1e-8)


def test_lifetime_is_the_mean_over_accounts_of_their_own():
    alpha, beta, rate = 1.7, 5.2, 0.1
    mean, _error = quad(
        lambda churn: (
            beta_distribution.pdf(churn, alpha, beta) * (1 + rate) / (rate + churn)
        ),
        0,
        1,
    )
    assert discounted_lifetime(alpha, beta, rate) == pytest.approx(mean, rel=1e-8)


@given(above_0, above_0, rates, st.integers(1, 20))
def test_who_has_renewed_more_often_is_worth_more(alpha, beta, rate, period):
    one, other = discounted_residual_lifetime(alpha, beta, rate, [period, period + 1])
    assert one < other < (1 + rate) / rate


def test_accounts_that_are_all_alike_have_the_margin_multiple():
    kept, rate = 0.8, 0.1
    found = summed_residual_lifetime(lambda t: kept**t, rate, [1, 7])
    assert found == pytest.approx([kept * (1 + rate) / (1 + rate - kept)] * 2)


def test_where_nobody_is_left_nothing_is_to_come():
    found = summed_residual_lifetime(lambda t: np.where(t < 2, 1.0, 0.0), 0.1, [1, 4])
    assert found.tolist() == [1.0, 0.0]


@pytest.mark.parametrize("period", [0, 1.5, "2", np.nan, None, True, [1, -3]])
def test_a_period_is_a_whole_number_from_1(period: object) -> None:
    with pytest.raises(UsageError, match="period = "):
        discounted_residual_lifetime(1.0, 1.0, 0.1, period)


def test_whole_numbers_as_floats_are_periods():
    assert checked_periods([1.0, 2.0]).tolist() == [1, 2]


@pytest.mark.parametrize("wrong", [0, -1, np.nan, "1"])
def test_parameters_are_above_0(wrong: object) -> None:
    with pytest.raises(UsageError, match=r"beta = .*: give a number above 0"):
        discounted_lifetime(1.0, wrong, 0.1)

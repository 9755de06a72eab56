"""The likelihood of an account's silence, however loyal the account."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import gammaln, hyp2f1

from kamlab.value.lifetime.pareto_nbd_likelihood import (
    Histories,
    histories,
    log_alive,
    log_likelihoods,
    log_likelihoods_and_slopes,
)

CDNOW = (0.55315, 10.57633, 0.60625, 11.67150)

# r, alpha, s, beta, x, tx, T; log-likelihood and probability alive by mpmath with 60
# digits, from the printed formula.
EXTREMES = [
    ((0.0295, 173.0, 4.71, 0.0339, 5, 30.6411, 30.6412), -58.93575372025, 0.999984646),
    ((5.76, 0.0295, 0.0126, 103.0, 300, 19.8747, 19.8747), 502.91416671152, 1.0),
    ((0.0855, 102.0, 1.17, 0.00411, 0, 0, 8.95961), -1.467838164951e-05, 0.000123215),
    ((0.0597, 1.55, 0.544, 0.025, 1, 4.92227, 4.92719), -7.648599873927, 0.999459196),
    ((17.5, 1.2, 16.1, 341.0, 100, 1.99327, 1.99527), 275.612200275794, 0.999902587),
    ((0.0707, 97.1, 0.282, 0.0109, 100, 44.2549, 44.2992), -140.6814877093, 0.9997135),
    ((0.0201, 20.8, 0.0239, 0.0096, 2, 162.098, 331.02), -15.884470614062, 0.965159718),
    ((6.16, 121.0, 0.0783, 112.0, 0, 0.0, 104.554), -3.392532244140, 0.609356666),
    ((10.9, 1.84, 4.36, 0.0487, 300, 6.38985, 6.39625), 786.48582067982, 0.995112889),
]


def by_hypergeometric_functions(rows: Histories) -> np.ndarray:
    """Fader and Hardie (2005), the form with a difference of two functions."""
    r, alpha, s, beta, x, tx, T = rows
    total = r + s + x
    low, high = np.minimum(alpha, beta), np.maximum(alpha, beta)
    second = np.where(alpha >= beta, s + 1, r + x)

    def at(t: np.ndarray) -> np.ndarray:
        z = (high - low) / (high + t)
        return hyp2f1(total, second, total + 1, z) / (high + t) ** total

    there = (alpha + T) ** -(r + x) * (beta + T) ** -s
    both = there + s / total * (at(tx) - at(T))
    constant = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    return constant + np.log(both)


@pytest.mark.parametrize("parameters", [CDNOW, (0.8, 5.0, 1.4, 20.0)])
def test_the_sum_over_days_of_leaving_equals_the_printed_formula(parameters):
    x, tx, T = [0, 1, 2, 7, 3], [0, 1.7, 30.43, 35, 38.9], [38.86, 38.86, 38.86, 39, 39]
    rows = histories(parameters, x, tx, T)
    assert log_likelihoods(rows) == pytest.approx(
        by_hypergeometric_functions(rows), rel=1e-10
    )


def test_the_part_that_left_equals_an_adaptive_integral():
    r, alpha, s, beta, x, tx, T = 0.5, 3.0, 4.0, 0.2, 6, 2.0, 50.0
    left, _ = quad(
        lambda t: s * (alpha + t) ** -(r + x) * (beta + t) ** -(s + 1), tx, T
    )
    there = (alpha + T) ** -(r + x) * (beta + T) ** -s
    rows = histories((r, alpha, s, beta), x, tx, T)
    assert np.exp(log_alive(rows)) == pytest.approx(there / (there + left), rel=1e-9)


@pytest.mark.parametrize(
    ("history", "published"),
    [
        ((7, 35, 77.86), 0.100746),
        ((1, 30, 77.86), 0.575085),
        ((2, 30, 77.86), 0.453466),
        ((5, 30, 77.86), 0.135227),
        ((10, 30, 77.86), 0.006498),
        ((0, 0, 77.86), 0.264808),
        ((7, 77.86, 77.86), 1.0),
    ],
)
def test_probability_alive_after_78_weeks_of_cdnow(history, published):
    rows = histories((0.5629966, 12.559037, 0.4081095, 10.5148048), *history)
    assert np.exp(log_alive(rows))[0] == pytest.approx(published, abs=1e-6)


def test_who_ordered_once_39_weeks_ago_is_there_with_29_percent():
    rows = histories(CDNOW, 0, 0, 39)
    # BTYD prints 0.2941633 at its own, slightly less exact optimum.
    assert np.exp(log_alive(rows))[0] == pytest.approx(0.2941633, abs=2e-4)


def test_an_order_today_leaves_no_doubt():
    assert np.exp(log_alive(histories(CDNOW, 4, 39, 39))).tolist() == [1.0]


def test_very_loyal_accounts_have_finite_likelihoods():
    x = [221, 254, 161, 204]
    tx = [103.42857, 97.14286, 94.71429, 98.57143]
    T = [103.57143, 97.28571, 98, 99.42857]
    # By mpmath with 200 digits.
    exact = [0.9995960523179381, 0.9995582261230107, 0.7494877522581, 0.994255079637896]
    rows = histories((0.5143, 2.8845, 0.2856, 14.1087), x, tx, T)
    values, slopes = log_likelihoods_and_slopes(rows)
    assert np.isfinite(values).all()
    assert np.isfinite(slopes).all()
    assert np.exp(log_alive(rows)) == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize(
    ("case", "exact_log_likelihood", "exact_alive"),
    EXTREMES,
)
def test_extreme_cases_agree_with_sixty_digits(case, exact_log_likelihood, exact_alive):
    rows = histories(case[:4], *case[4:])
    assert log_likelihoods(rows)[0] == pytest.approx(exact_log_likelihood, rel=1e-9)
    assert np.exp(log_alive(rows))[0] == pytest.approx(exact_alive, abs=1e-8)


log_scale = st.floats(-2, 2)
some = st.tuples(
    log_scale, log_scale, log_scale, log_scale, st.integers(0, 60), st.floats(0, 1)
)


@given(some)
def test_slopes_equal_numeric_differences(drawn):
    parameters, x = 10.0 ** np.array(drawn[:4]), drawn[4]
    tx = 0.0 if x == 0 else 20 * (0.001 + 0.998 * drawn[5])
    slopes = log_likelihoods_and_slopes(histories(tuple(parameters), x, tx, 20))[1][0]
    for i in range(4):
        step = np.zeros(4)
        step[i] = 1e-5
        up, down = (
            log_likelihoods(histories(tuple(parameters * np.exp(h)), x, tx, 20))[0]
            for h in (step, -step)
        )
        numeric = (up - down) / 2e-5
        assert slopes[i] * parameters[i] == pytest.approx(numeric, abs=2e-5, rel=2e-5)


@given(some)
def test_probability_alive_is_one_and_falls_with_silence(drawn):
    parameters, x = tuple(10.0 ** np.array(drawn[:4])), drawn[4]
    tx = 0.0 if x == 0 else 20 * (0.001 + 0.998 * drawn[5])
    T = tx + np.array([0, 0.1, 1, 5, 20, 100])
    alive = np.exp(log_alive(histories(parameters, x, tx, T)))
    assert alive[0] == 1
    assert ((alive >= 0) & (alive <= 1)).all()
    assert (np.diff(alive) <= 1e-12).all()


@given(some)
def test_counting_in_days_or_weeks_tells_the_same(drawn):
    (r, alpha, s, beta), x = 10.0 ** np.array(drawn[:4]), drawn[4]
    tx = 0.0 if x == 0 else 20 * (0.001 + 0.998 * drawn[5])
    weeks = log_likelihoods(histories((r, alpha, s, beta), x, tx, 20))[0]
    days = log_likelihoods(histories((r, 7 * alpha, s, 7 * beta), x, 7 * tx, 140))[0]
    # Each order's density is per unit of time.
    assert days + x * np.log(7) == pytest.approx(weeks, rel=1e-9, abs=1e-9)


def test_many_rows_are_worked_out_as_one_is():
    x = np.arange(5000) % 30
    tx = np.where(x > 0, 1 + x, 0)
    rows = histories(CDNOW, x, tx, 39.0)
    alone = [log_likelihoods(Histories(*(c[[i]] for c in rows)))[0] for i in (0, 4999)]
    assert log_likelihoods(rows)[[0, 4999]] == pytest.approx(alone, rel=1e-14)

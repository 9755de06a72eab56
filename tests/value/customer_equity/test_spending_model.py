"""How orders vary within an account is seen from the orders, not guessed from means."""

import numpy as np
import pandas as pd
import pytest

from kamlab.value.customer_equity.spending_model import spending_model
from kamlab.value.lifetime import CannotTellError
from tests.value.customer_equity.made_up_books import SPENDING, spent_by


def learnt(n: int = 300, seed: int = 2, **columns: object):
    rng = np.random.default_rng(seed)
    book = spent_by(pd.Series(rng.integers(1, 30, n)), rng).assign(**columns)
    return spending_model(book["frequency"], book["mean_value"], book["variation"])


@pytest.mark.parametrize("seed", [2, 4, 6])
def test_the_planted_spending_is_found_again(seed):
    # The means alone put p of these books at 2.4, 8,100 and 2.2 instead of 4.
    found, errors = (
        learnt(seed=seed),
        np.sqrt(np.diag(learnt(seed=seed).log_covariance)),
    )
    distance = np.log(found.model.parameters_ / SPENDING.parameters_)
    assert found.model.parameters_["p"] == pytest.approx(4, rel=0.15)
    assert (distance.abs() < 3 * errors).all()
    assert found.notes == ()


def test_draws_vary_as_far_as_the_parameters_are_known():
    found = learnt()
    drawn = np.log(found.drawn(6000, np.random.default_rng(1))[:, :, 0])
    assert drawn.shape == (3, 6000)
    assert np.cov(drawn) == pytest.approx(found.log_covariance, rel=0.1, abs=1e-4)


def test_ten_times_the_accounts_are_three_times_as_sure():
    few, many = (np.sqrt(np.diag(learnt(n).log_covariance)) for n in (100, 1000))
    assert (few / many).tolist() == pytest.approx([10**0.5] * 3, rel=0.3)


def test_orders_that_are_all_alike_have_an_end_all_the_same():
    found = learnt(variation=0.0)
    assert np.isfinite(found.model.parameters_).all()
    expected = found.model.expected_value(pd.Series([1, 30]), pd.Series([50.0, 50.0]))
    assert np.allclose(expected, 50, rtol=0.01)


def test_who_ordered_once_each_does_not_tell_how_orders_vary():
    once = pd.Series(1, range(50))
    mean = pd.Series(np.linspace(10, 90, 50))
    with pytest.raises(CannotTellError, match="0 orders after their first"):
        spending_model(once, mean, pd.Series(np.nan, once.index))


def test_nine_accounts_are_too_few():
    with pytest.raises(CannotTellError):
        learnt(9)


def test_the_mean_order_is_known_better_than_how_orders_vary():
    """60 alike accounts of 6 orders: their mean is known to 2.6 %, p to 8 %."""
    rng = np.random.default_rng(4)
    means = 1000 * np.exp(rng.normal(0, 0.1, 60))
    orders = rng.gamma(4, means / 4, (6, 60))
    mean = pd.Series(orders.mean(axis=0))
    variation = pd.Series(orders.std(axis=0, ddof=1)) / mean
    found = spending_model(pd.Series(6, mean.index), mean, variation)
    p, q, gamma = found.drawn(4000, np.random.default_rng(1))[:, :, 0]
    typical = np.log(p * gamma / q)
    assert np.log(p).std() > 0.07
    assert typical.std() == pytest.approx(0.029, abs=0.008)


def test_parameters_that_nobody_knows_keep_the_mean_that_is_known():
    rng = np.random.default_rng(2)
    orders = rng.gamma(4, 250, (6, 15))
    mean = pd.Series(orders.mean(axis=0))
    variation = pd.Series(orders.std(axis=0, ddof=1)) / mean
    found = spending_model(pd.Series(6, mean.index), mean, variation)
    p, q, gamma = found.drawn(4000, np.random.default_rng(1))[:, :, 0]
    low, high = np.quantile(p * gamma / (q - 1), [0.025, 0.975])
    assert 0.8 < low / mean.mean() < 1 < high / mean.mean() < 1.25

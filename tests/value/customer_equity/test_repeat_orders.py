"""Orders to come without a contract: by quarter, and in possible futures."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.customer_equity.margins import Margins
from kamlab.value.customer_equity.order_values import order_values
from kamlab.value.customer_equity.quarters import quarters_ahead
from kamlab.value.customer_equity.repeat_orders import (
    expected_by_quarter,
    repeat_orders,
)
from kamlab.value.lifetime import CannotTellError
from kamlab.value.lifetime.named_models import PURCHASE_MODELS, fitted_model
from tests.value.customer_equity.made_up_books import DAY, made_up

AHEAD = quarters_ahead(DAY, 0.1, 8)
COUNTS = made_up(150).accounts


@pytest.fixture(scope="module")
def ahead():
    return repeat_orders(COUNTS, AHEAD, model="BG/NBD", repetitions=20)


def test_quarters_add_up_to_the_whole_horizon(ahead):
    triple = [COUNTS[name] for name in ("frequency", "recency", "T")]
    whole = ahead.model.expected_orders(AHEAD.days[-1] / 7, *triple)
    assert np.allclose(ahead.by_quarter.sum(axis=1), whole)


def test_orders_fade_from_quarter_to_quarter_as_accounts_leave(ahead):
    a_day = ahead.by_quarter.sum() / AHEAD.lengths
    assert a_day.is_monotonic_decreasing


def test_the_mean_of_the_futures_is_what_is_expected(ahead):
    assert ahead.futures.sum(axis=1).mean() == pytest.approx(
        ahead.by_quarter.to_numpy().sum(), rel=0.06
    )


def test_discounted_orders_are_fewer(ahead):
    plain = ahead.by_quarter.sum(axis=1)
    discounted = ahead.discounted(AHEAD.discount)
    assert (discounted < plain).all()
    assert np.allclose(ahead.discounted(np.ones(8)), plain)


def test_value_is_orders_times_worth(ahead):
    columns = ["own_orders", "order_value", "order_variation"]
    values = order_values(*(COUNTS[name] for name in columns))
    margins = Margins(COUNTS["contribution_margin"], 0 * COUNTS["margin_spread"])
    valued = ahead.valued(values, margins, AHEAD.discount, np.random.default_rng(1))
    worth = ahead.discounted(AHEAD.discount) * values.expected * 0.3
    assert np.allclose(valued.accounts["value"], worth)
    assert valued.futures.mean(axis=0).sum() == pytest.approx(worth.sum(), rel=0.08)


def test_unsure_margins_widen_an_account(ahead):
    columns = ["own_orders", "order_value", "order_variation"]
    values = order_values(*(COUNTS[name] for name in columns))
    expected = COUNTS["contribution_margin"]
    widths = []
    for spread in (0.0, 0.2):
        margins = Margins(expected, pd.Series(spread, expected.index))
        generator = np.random.default_rng(1)
        valued = ahead.valued(values, margins, AHEAD.discount, generator)
        frame = valued.with_intervals(0.95)
        widths.append((frame["high"] - frame["low"]).median())
    assert widths[1] > 1.2 * widths[0]


def test_the_same_seed_is_the_same_future(ahead):
    again = repeat_orders(COUNTS, AHEAD, model="BG/NBD", repetitions=20)
    assert np.array_equal(ahead.futures, again.futures)


def test_another_seed_is_another_future(ahead):
    other = repeat_orders(COUNTS, AHEAD, model="BG/NBD", repetitions=20, random_state=5)
    assert not np.array_equal(ahead.futures, other.futures)


@pytest.mark.parametrize("name", PURCHASE_MODELS)
def test_every_model_says_much_the_same_of_a_book_of_chance(name, ahead):
    counts = COUNTS.assign(log_gaps=0.0)
    if name == "MBG/CNBD-k":
        gaps = COUNTS["recency"] / COUNTS["frequency"].where(COUNTS["frequency"] > 0)
        # Gaps at random are exponential: the mean of their logarithm is 0.577 lower.
        logs = COUNTS["frequency"] * (np.log(gaps) - np.euler_gamma)
        counts = counts.assign(log_gaps=logs.fillna(0.0))
    fitted = fitted_model(counts, "W", name)
    triple = [counts[column] for column in ("frequency", "recency", "T")]
    orders = fitted.expected_orders(52, *triple).sum()
    expected = ahead.model.expected_orders(52, *triple).sum()
    assert orders == pytest.approx(expected, rel=0.08)


def test_an_unknown_model_is_refused_with_a_hint():
    with pytest.raises(UsageError, match=r"BG/NDB.*did you mean.*BG/NBD"):
        repeat_orders(COUNTS, AHEAD, model="BG/NDB")


def test_who_all_bought_once_cannot_be_told():
    once = COUNTS.assign(frequency=0, recency=0.0)
    with pytest.raises(CannotTellError):
        repeat_orders(once, AHEAD, model="BG/NBD")


def test_a_generator_is_a_seed_too_and_a_negative_number_is_none():
    a, b = (
        repeat_orders(
            COUNTS,
            AHEAD,
            model="BG/NBD",
            repetitions=20,
            random_state=np.random.default_rng(3),
        )
        for _ in range(2)
    )
    assert np.array_equal(a.futures, b.futures)
    with pytest.raises(UsageError, match="random_state = -1"):
        repeat_orders(COUNTS, AHEAD, random_state=-1)


def test_many_quarters_are_interpolated_to_the_fourth_digit(ahead):
    triple = [COUNTS[name] for name in ("frequency", "recency", "T")]
    many = quarters_ahead(DAY, 0.1, 160)
    told = expected_by_quarter(
        lambda end: ahead.model.expected_orders(end, *triple), many, "W"
    )
    assert told.shape == (150, 160)
    assert (told >= 0).all(axis=None)
    for quarters in (1, 13, 77, 160):
        whole = ahead.model.expected_orders(many.days[quarters - 1] / 7, *triple)
        summed = told.iloc[:, :quarters].sum(axis=1)
        assert summed.to_numpy() == pytest.approx(whole.to_numpy(), rel=2e-4, abs=1e-6)


def test_a_single_quarter_is_its_own_end():
    one = quarters_ahead(DAY, 0.1, 1)
    told = expected_by_quarter(lambda end: pd.Series({"A": end}), one, "D")
    assert told.iloc[0].tolist() == [90.0]

"""Intervals of parameters, and of the means that they make."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.lifetime.beta_geometric import BetaGeoNBD
from kamlab.value.lifetime.parameter_intervals import (
    on_open_scale,
    quantities,
    wald_intervals,
)
from kamlab.value.lifetime.pareto_nbd import ParetoNBD


def fitted(model_class, n: int = 800, **parameters):
    book = model_class().with_parameters(**parameters).simulate(np.full(n, 60.0), 7)
    return model_class().fit(book["frequency"], book["recency"], book["T"])


@pytest.fixture(scope="module")
def shop():
    return fitted(BetaGeoNBD, r=0.8, alpha=6, a=0.9, b=3)


@pytest.mark.parametrize(
    ("names", "means"),
    [
        ("r alpha a b", ["r/alpha", "a/(a+b)"]),
        ("r alpha s beta", ["r/alpha", "s/beta"]),
        ("alpha beta gamma delta", ["alpha/(alpha+beta)", "gamma/(gamma+delta)"]),
    ],
)
def test_each_model_has_its_means(names, means):
    names = pd.Index(names.split())
    assert [each.name for each in quantities(names)] == [*names, *means]


def test_the_values_are_the_parameters_and_their_ratios(shop):
    r, alpha, a, b = shop.parameters_
    expected = [r, alpha, a, b, r / alpha, a / (a + b)]
    assert wald_intervals(shop)["value"].tolist() == pytest.approx(expected)


def test_errors_of_logarithms_are_relative_errors(shop):
    relative = shop.standard_errors_ / shop.parameters_
    assert on_open_scale(shop).errors[:4] == pytest.approx(relative.to_numpy())


def test_a_share_is_known_better_than_what_it_is_made_of(shop):
    errors = on_open_scale(shop).errors
    assert errors[5] < errors[2]
    assert errors[4] < errors[1]


def test_intervals_hold_the_value_and_stay_where_it_can_be(shop):
    intervals = wald_intervals(shop)
    assert (intervals["low"] < intervals["value"]).all()
    assert (intervals["value"] < intervals["high"]).all()
    assert (intervals["low"] > 0).all()
    assert intervals.loc["a/(a+b)", "high"] < 1


def test_more_certainty_needs_a_wider_interval(shop):
    wide, narrow = wald_intervals(shop, 0.99), wald_intervals(shop, 0.8)
    assert (wide["low"] < narrow["low"]).all()
    assert (wide["high"] > narrow["high"]).all()
    with pytest.raises(UsageError, match="level = 95"):
        wald_intervals(shop, 95)


def test_four_times_the_accounts_halve_the_interval():
    small, large = (
        on_open_scale(fitted(ParetoNBD, n, r=0.8, alpha=6, s=0.7, beta=20)).errors
        for n in (2000, 8000)
    )
    assert small / large == pytest.approx(np.full(6, 2), rel=0.25)


def test_what_the_data_leave_open_has_no_interval(shop):
    open_end = ParetoNBD().with_parameters(r=1, alpha=5, s=1, beta=9)
    names = open_end.parameters_.index
    known = pd.DataFrame(np.diag([0.01, 0.02, np.nan, np.nan]), names, names)
    known.loc["s", "r"] = known.loc["r", "s"] = np.nan
    open_end.covariance_ = known
    intervals = wald_intervals(open_end)
    known_ones = intervals.index[intervals["low"].notna()]
    assert known_ones.tolist() == ["r", "alpha", "r/alpha"]

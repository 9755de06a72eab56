"""A steady margin's value is the sum of what comes, discounted and thinned out."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.contracts import margin_multiple, retention_elasticity

#: Gupta and Lehmann: multiples at retention .6, .7, .8, .9.
PUBLISHED = {
    0.10: [1.20, 1.75, 2.67, 4.50],
    0.12: [1.15, 1.67, 2.50, 4.09],
    0.14: [1.11, 1.59, 2.35, 3.75],
    0.16: [1.07, 1.52, 2.22, 3.46],
}
rates = st.floats(0.01, 0.3)
shares = st.floats(0.0, 0.98)


@pytest.mark.parametrize("rate", PUBLISHED)
def test_multiples_are_the_published_ones(rate: float) -> None:
    found = margin_multiple([0.6, 0.7, 0.8, 0.9], rate)
    assert found == pytest.approx(PUBLISHED[rate], abs=0.005)


@given(shares, rates, st.floats(-0.2, 0.1), st.sampled_from(["at once", "after"]))
def test_a_finite_multiple_is_the_sum_a_student_adds_up(
    kept: float, rate: float, growth: float, when: str
) -> None:
    at_once = when == "at once"
    year = np.arange(0, 7) if at_once else np.arange(1, 8)
    grown = (1 + growth) ** (year - year[0])
    by_hand = (grown * kept**year / (1 + rate) ** year).sum()
    first = "at once" if at_once else "after a period"
    found = margin_multiple(kept, rate, growth, periods=7, first=first)
    assert found == pytest.approx(by_hand, rel=1e-9)


@given(shares, rates)
def test_many_periods_come_to_the_multiple_without_end(kept: float, rate: float):
    without_end = margin_multiple(kept, rate)
    assert margin_multiple(kept, rate, periods=5000) == pytest.approx(without_end)


def test_a_margin_that_neither_grows_nor_shrinks_counts_its_periods():
    found = margin_multiple(1.0, 0.1, growth=0.1, periods=8, first="at once")
    assert found == pytest.approx(8)


@given(st.floats(0.05, 0.9), rates, st.floats(-0.1, 0.05))
def test_elasticity_is_the_slope_of_the_logarithms(kept, rate, growth):
    step = 1e-6
    values = [
        margin_multiple(kept * np.exp(sign * step), rate, growth) for sign in (1, -1)
    ]
    slope = np.diff(np.log(values[::-1]))[0] / (2 * step)
    assert retention_elasticity(kept, rate, growth) == pytest.approx(slope, rel=1e-4)


def test_accounts_keep_their_names():
    kept = pd.Series({"Adler": 0.8, "Berg": 0.6})
    found = margin_multiple(kept, 0.12)
    assert found.index.tolist() == ["Adler", "Berg"]
    assert found["Adler"] == pytest.approx(2.5)


def test_a_lost_account_is_worth_nothing_but_a_margin_that_comes_at_once():
    assert margin_multiple(0.0, 0.1) == 0
    assert margin_multiple(0.0, 0.1, first="at once") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"retention": 80}, "retention = 80: give a share from 0 to 1"),
        ({"retention": [0.5, 1.2]}, r"retention\[1\] = 1.2"),
        ({"retention": pd.Series({"Berg": -0.1})}, "of account 'Berg' = -0.1"),
        ({"retention": [0.5, np.nan]}, r"retention\[1\] = nan"),
        ({"discount_rate": 12}, "discount_rate = 12: give a share above 0"),
        ({"discount_rate": 0}, "discount_rate = 0: give a share above 0"),
        ({"growth": "3 %"}, "growth = '3 %': give a number above -1"),
        ({"periods": 0}, "periods = 0: give a whole number from 1 on"),
        ({"periods": 2.5}, "periods = 2.5: give a whole number"),
        ({"first": "at end"}, "first = 'at end': "),
        ({"retention": 1.0, "growth": 0.2}, "has no finite value: lower growth"),
    ],
)
def test_what_cannot_be_is_refused_with_its_value(arguments: dict, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        margin_multiple(**{"retention": 0.8, "discount_rate": 0.1, **arguments})

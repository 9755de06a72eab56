"""Spending on retention has a best amount, and the curve goes through what is seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.contracts import best_retention_spending, retention_curve
from kamlab.value.contracts.margin_retention import margin_multiple

money = st.floats(1.0, 1000.0)
kept = st.floats(0.05, 0.85)


@given(money, kept, st.floats(0.01, 0.14))
def test_the_curve_goes_through_the_present_point(spending, retention, more) -> None:
    curve = retention_curve(spending, retention, retention + more)
    assert curve.at(spending) == pytest.approx(retention)
    assert curve.at(0) == 0
    assert curve.at(1e9) == pytest.approx(retention + more)


@given(money, kept, st.floats(0.01, 0.14), st.floats(1.0, 5000.0))
def test_no_other_spending_is_worth_more(spending, retention, more, margin) -> None:
    curve = retention_curve(spending, retention, retention + more)
    best = best_retention_spending(curve, margin, 0.1)
    assert best.value >= best.compared["value"].max() - 1e-6 * margin
    assert best.retention == pytest.approx(float(curve.at(best.spending)))


def test_the_value_is_what_a_student_adds_up():
    curve = retention_curve(100, 0.6, 0.8)
    best = best_retention_spending(curve, 500, 0.1)
    net = 500 - best.spending / best.retention
    assert best.value == pytest.approx(net * margin_multiple(best.retention, 0.1))


def test_at_the_best_spending_the_slope_is_level():
    curve = retention_curve(100, 0.6, 0.8)
    best = best_retention_spending(curve, 500, 0.1)
    near = best.compared["value"].to_numpy()
    middle = len(near) // 2
    assert near[middle] == near.max()
    assert best.compared.index[middle] == pytest.approx(best.spending)


def test_a_larger_margin_deserves_more_spending():
    curve = retention_curve(100, 0.6, 0.8)
    found = [best_retention_spending(curve, m, 0.1).spending for m in (300, 600, 1200)]
    assert found == sorted(found)
    assert found[0] < found[-1]


@pytest.mark.parametrize("margin", [100, 0, -50])
def test_an_account_that_cannot_pay_its_keeping_is_not_kept(margin: float) -> None:
    curve = retention_curve(spending=1000, retention=0.5, ceiling=0.6)
    best = best_retention_spending(curve, margin, 0.1)
    assert (best.spending, best.retention, best.value) == (0, 0, 0)
    assert np.isfinite(best.compared).all(axis=None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((0, 0.6, 0.8), "spending = 0: give a number above 0"),
        ((100, 60, 0.8), "retention = 60: give a share"),
        ((100, 0, 0.8), "retention = 0: give a number above 0"),
        ((100, 0.6, 0.6), r"ceiling = 0\.6 is not above retention = 0\.6"),
        ((100, 0.6, None), "ceiling = None"),
    ],
)
def test_judgements_that_cannot_be_are_refused(arguments: tuple, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        retention_curve(*arguments)


@pytest.mark.parametrize(("margin", "rate"), [("500", 0.1), (500, 10)])
def test_money_and_rates_that_cannot_be_are_refused(margin, rate) -> None:
    curve = retention_curve(100, 0.6, 0.8)
    with pytest.raises(UsageError, match=r"margin = '500'|discount_rate = 10"):
        best_retention_spending(curve, margin, rate)

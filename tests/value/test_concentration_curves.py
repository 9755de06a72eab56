"""The Lorenz curve and its other end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.value.concentration import gini, top_share
from kamlab.value.concentration_curves import concentration_curve, lorenz_curve

books = st.lists(st.floats(0.01, 1e9), min_size=1, max_size=60)


def test_lorenz_curve_of_three_accounts() -> None:
    curve = lorenz_curve([10, 60, 30])
    assert curve["share_of_accounts"].tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert curve["share_of_revenue"].tolist() == pytest.approx([0, 0.1, 0.4, 1])


def test_negative_accounts_belong_to_the_whale_curve_not_here() -> None:
    assert lorenz_curve([10, 60, 30, -40, 0]).equals(lorenz_curve([10, 60, 30]))


@given(books)
def test_lorenz_curve_runs_from_0_to_1_below_the_straight_line(
    book: list[float],
) -> None:
    curve = lorenz_curve(book)
    assert curve.iloc[0].tolist() == [0, 0]
    assert curve.iloc[-1].tolist() == [1, 1]
    assert (curve["share_of_revenue"] <= curve["share_of_accounts"] + 1e-9).all()


@given(books)
def test_lorenz_curve_bends_upwards(book: list[float]) -> None:
    steps = np.diff(lorenz_curve(book)["share_of_revenue"])
    assert (np.diff(steps) >= -1e-9).all()


@given(books)
def test_gini_is_twice_the_area_between_the_curve_and_the_line(
    book: list[float],
) -> None:
    curve = lorenz_curve(book)
    area = np.trapezoid(curve["share_of_revenue"], curve["share_of_accounts"])
    assert gini(book) == pytest.approx(1 - 2 * area, abs=1e-9)


@given(books)
def test_the_concentration_curve_is_the_lorenz_curve_from_its_other_end(
    book: list[float],
) -> None:
    down = concentration_curve(book)["share_of_revenue"].to_numpy()
    up = lorenz_curve(book)["share_of_revenue"].to_numpy()
    assert down == pytest.approx(1 - up[::-1])


@given(books, st.floats(0.01, 1))
def test_top_share_is_a_point_of_the_concentration_curve(
    book: list[float], top: float
) -> None:
    curve = concentration_curve(book)
    point = np.interp(top, curve["share_of_accounts"], curve["share_of_revenue"])
    assert top_share(book, top) == pytest.approx(point)

"""A self-assessment: 22 practices, their gaps, and whether the raters agree."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.orientation.maturity import (
    BEST,
    EXAMPLE_RATINGS,
    PRACTICES,
    maturity_by_principle,
    rater_reliability,
    ratings_frame,
    widest_gaps,
)
from kamlab.orientation.maturity_plots import plot_maturity
from kamlab.style import alternative_text, png_of

RATINGS = ratings_frame(EXAMPLE_RATINGS)


def test_there_are_six_principles_with_22_practices():
    assert len(PRACTICES) == 6
    assert sum(map(len, PRACTICES.values())) == 22
    every = [each for practices in PRACTICES.values() for each in practices]
    assert len(set(every)) == 22


def test_the_widest_gap_stands_first():
    table = maturity_by_principle(RATINGS)
    assert table["gap"].is_monotonic_decreasing
    assert (table["lowest"] <= table["mean"]).all()
    assert (table["mean"] <= table["highest"]).all()
    assert table["mean"].iloc[0] + table["gap"].iloc[0] == pytest.approx(3.0)


def test_nobody_is_above_the_target_by_a_negative_gap():
    assert (maturity_by_principle(RATINGS, target=0.1)["gap"] == 0).all()


def test_the_lowest_practices_come_first_with_the_raters_distance():
    gaps = widest_gaps(RATINGS, many=22)
    assert gaps["mean"].is_monotonic_increasing
    assert gaps["raters apart"].between(0, BEST).all()


def test_alpha_by_hand():
    # Variances 5/3 each, of the sum 10: alpha = 2 (1 − 10/3 / 6.25).
    two = pd.DataFrame({"one": [1, 2, 3, 4], "two": [2, 1, 4, 3]})
    of_sum = (two["one"] + two["two"]).var()
    expected = 2 * (1 - 2 * (5 / 3) / of_sum)
    assert rater_reliability(two).value == pytest.approx(expected)


def test_alpha_equals_the_intraclass_correlation_of_two_way_tables():
    ratings = RATINGS.to_numpy(dtype=float)
    n, k = ratings.shape
    grand = ratings.mean()
    rows = k * ((ratings.mean(axis=1) - grand) ** 2).sum() / (n - 1)
    total = ((ratings - grand) ** 2).sum()
    columns = n * ((ratings.mean(axis=0) - grand) ** 2).sum()
    error = (total - rows * (n - 1) - columns) / ((n - 1) * (k - 1))
    assert rater_reliability(RATINGS).value == pytest.approx((rows - error) / rows)


@given(st.integers(-2, 2))
def test_a_stricter_rater_does_not_lower_the_reliability(shift):
    shifted = RATINGS.assign(finance=RATINGS["finance"] + shift)
    assert rater_reliability(shifted).value == pytest.approx(
        rater_reliability(RATINGS).value
    )


def test_feldt_s_interval_covers_the_truth():
    rng = np.random.default_rng(4)
    # Three raters with error variance 1 on practices with variance 1: alpha = 3/4.
    covered = []
    for _ in range(300):
        practice = rng.normal(size=(22, 1))
        table = pd.DataFrame(practice + rng.normal(size=(22, 3)))
        alpha = rater_reliability(table)
        covered.append(alpha.low <= 0.75 <= alpha.high)
    assert 0.91 <= np.mean(covered) <= 0.985


def test_raters_who_contradict_each_other_have_a_reliability_below_zero():
    rng = np.random.default_rng(0)
    one = pd.Series(rng.integers(0, 5, 22).astype(float))
    noise = pd.Series(rng.normal(0, 0.1, 22))
    assert rater_reliability(pd.DataFrame({"a": one, "b": 4 - one + noise})).value < 0


def test_one_rater_cannot_tell():
    assert rater_reliability(RATINGS[["finance"]]).cannot_tell


def test_raters_who_never_differ_cannot_tell():
    flat = pd.DataFrame({"a": [2] * 22, "b": [3] * 22})
    assert "the same sum" in rater_reliability(flat).reason


@pytest.mark.parametrize("rating", [-1, 5, 2.5, "3", None])
def test_a_rating_off_the_scale_is_refused_with_its_practice(rating):
    with pytest.raises(UsageError, match=r"'me'.*strategic accounts.*0 to 4"):
        ratings_frame({"me": (rating, *[2] * 21)})


def test_a_forgotten_practice_is_noticed():
    with pytest.raises(UsageError, match=r"'me'\] has 21 numbers: give 22"):
        ratings_frame({"me": tuple([2] * 21)})


def test_ratings_of_nobody_are_refused():
    with pytest.raises(UsageError, match="empty"):
        ratings_frame({})


def test_the_picture_has_a_row_for_every_principle():
    ax = plot_maturity(maturity_by_principle(RATINGS), source="three raters")
    words = alternative_text(ax)
    assert all(name in words for name in PRACTICES)
    assert ax.get_xlim() == (0, BEST)
    assert len(png_of(ax)) < 80_000


def test_the_label_of_the_scale_stays_inside_the_figure():
    ax = plot_maturity(maturity_by_principle(RATINGS))
    ax.figure.canvas.draw()
    label = ax.xaxis.label.get_window_extent()
    assert label.x0 >= ax.figure.bbox.x0
    assert label.x1 <= ax.figure.bbox.x1

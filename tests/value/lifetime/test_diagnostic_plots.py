"""Pictures of a purchase model say how far it can be believed."""

from collections.abc import Iterator

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.style import alternative_text, png_of
from kamlab.value.lifetime.diagnostic_plots import (
    plot_conditional_expectation,
    plot_frequency_histogram,
    plot_interval_calibration,
    plot_tracking,
)

LEVELS = pd.Index([0.5, 0.8, 0.9, 0.95], name="level")


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture
def histogram() -> pd.DataFrame:
    rows = pd.RangeIndex(8, name="frequency")
    seen = [1411, 439, 214, 100, 62, 38, 29, 64]
    expected = [1407.7, 460.3, 192.5, 101.2, 59.8, 38.1, 25.5, 71.9]
    return pd.DataFrame({"accounts": seen, "expected": expected}, rows)


@pytest.fixture
def track() -> pd.DataFrame:
    ends = pd.date_range("1997-01-07", periods=78, freq="7D")
    seen = np.linspace(80, 30, 78).round()
    frame = pd.DataFrame({"actual": seen, "expected": seen * 0.9}, ends)
    return frame.assign(
        actual_so_far=seen.cumsum(),
        expected_so_far=(seen * 0.9).cumsum(),
        held_out=ends > pd.Timestamp("1997-09-30"),
    )


@pytest.fixture
def means() -> pd.DataFrame:
    rows = pd.RangeIndex(3, name="frequency")
    return pd.DataFrame(
        {
            "accounts": [1411, 439, 507],
            "actual": [0.237, 0.697, 2.6],
            "BG/NBD": [0.225, 0.523, 2.3],
            "Pareto/NBD": [0.138, 0.600, 2.59],
        },
        rows,
    )


@pytest.fixture
def intervals() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "inside": [0.67, 0.863, 0.911, 0.938],
            "low": [0.614, 0.818, 0.872, 0.904],
            "high": [0.722, 0.897, 0.938, 0.961],
            "expected": [0.697, 0.888, 0.948, 0.973],
            "n": 291,
        },
        LEVELS,
    )


def texts(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def boxes(ax: plt.Axes, words: set[str]) -> list:
    """Return where texts stand in the drawn figure."""
    ax.figure.canvas.draw()
    return [each.get_window_extent() for each in ax.texts if each.get_text() in words]


def test_the_histogram_says_how_many_never_re_ordered(histogram: pd.DataFrame) -> None:
    ax = plot_frequency_histogram(histogram, "CDNOW, BG/NBD")
    finding = "1,411 of 2,357 accounts never re-ordered; the model expects 1,408"
    assert ax.figure.get_suptitle().replace("\n", " ") == finding
    assert "7+: 64 and 71.9" in alternative_text(ax)
    assert texts(ax) == ["1,411", "439", "214", "100", "62", "38", "29", "64"]
    assert ax.figure.get_supxlabel() == "Source: CDNOW, BG/NBD"


def test_tracking_says_by_how_much_the_model_was_wrong(track: pd.DataFrame) -> None:
    came = track.loc[track["held_out"], "actual"].sum()
    ax = plot_tracking(track)
    words = alternative_text(ax)
    assert f"{came:,.0f} came (10.0 % too few)" in words
    assert "after 30 Sep 1997" in words
    assert {"seen", "foretold", "held out from here on"} <= set(texts(ax))


@pytest.mark.parametrize("cumulative", [True, False])
def test_names_of_tracks_do_not_lie_on_one_another(
    track: pd.DataFrame, cumulative: bool
) -> None:
    track["expected"], track["expected_so_far"] = (
        track["actual"],
        track["actual_so_far"],
    )
    first, second = boxes(plot_tracking(track, cumulative), {"seen", "foretold"})
    assert not first.overlaps(second)


def test_no_month_is_named_behind_the_last_day(track: pd.DataFrame) -> None:
    labels = [each.get_text() for each in plot_tracking(track).get_xticklabels()]
    assert labels
    assert all(pd.Timestamp(f"1 {each}") <= track.index[-1] for each in labels)


def test_a_hold_out_without_orders_has_no_error_in_per_cent(
    track: pd.DataFrame,
) -> None:
    track.loc[track["held_out"], "actual"] = 0
    assert "none came" in alternative_text(plot_tracking(track))


@pytest.mark.parametrize("everything", [True, False])
def test_tracking_needs_something_held_out(
    track: pd.DataFrame, everything: bool
) -> None:
    with pytest.raises(UsageError, match=f"{78 * everything} of 78 periods"):
        plot_tracking(track.assign(held_out=everything))


def test_the_model_that_misses_least_is_named(means: pd.DataFrame) -> None:
    ax = plot_conditional_expectation(means)
    heading = ax.figure.get_suptitle().replace("\n", " ")
    assert heading.startswith("Pareto/NBD misses the mean of accounts with equal past")
    assert "least, by 0.08 orders" in heading
    assert "2+ (n = 507): seen 2.60, BG/NBD 2.30" in alternative_text(ax)
    assert "n=1,411" in ax.get_xticklabels()[0].get_text()


def test_every_model_is_named_at_its_line_and_inside_the_figure(
    means: pd.DataFrame,
) -> None:
    names = {"seen", "BG/NBD", "Pareto/NBD"}
    ax = plot_conditional_expectation(means)
    places = boxes(ax, names)
    frame = ax.get_window_extent()
    assert len(places) == 3
    assert all(box.y1 <= frame.y1 + 12 and box.x1 <= frame.x1 + 2 for box in places)
    assert not any(
        one.overlaps(other)
        for row, one in enumerate(places)
        for other in places[row + 1 :]
    )


def test_means_without_a_model_are_refused(means: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="add one for each model"):
        plot_conditional_expectation(means[["accounts", "actual"]])


def test_intervals_are_judged_by_what_was_due(intervals: pd.DataFrame) -> None:
    ax = plot_interval_calibration(intervals)
    words = alternative_text(ax)
    assert words.startswith(
        "95 % intervals held 93.8 % of 291 accounts; 97.3 % were due."
    )
    assert "50 %: 67.0 % (61.4 % to 72.2 %), 69.7 %" in words
    assert [each.split(" int")[0] for each in texts(ax)] == [
        "50 %",
        "80 %",
        "90 %",
        "95 %",
    ]


def test_names_of_intervals_do_not_lie_on_one_another(intervals: pd.DataFrame) -> None:
    ax = plot_interval_calibration(intervals)
    places = boxes(ax, set(texts(ax)))
    assert not any(
        one.overlaps(other)
        for row, one in enumerate(places)
        for other in places[row + 1 :]
    )


def test_names_of_intervals_do_not_lie_on_the_bars_of_others(
    intervals: pd.DataFrame,
) -> None:
    ax = plot_interval_calibration(intervals)
    places = boxes(ax, set(texts(ax)))
    rows = intervals[["expected", "low", "high"]].to_numpy()
    for place, box in enumerate(places):
        for due, low, high in np.delete(rows, place, axis=0):
            (x, bottom), (_, top) = ax.transData.transform([(due, low), (due, high)])
            assert not (box.x0 < x < box.x1 and box.y0 < top and bottom < box.y1)


def test_frequencies_may_be_put_into_bands(histogram: pd.DataFrame) -> None:
    bands = histogram.set_axis([*"01234", "5–9", "10–24", "25"])
    labels = plot_frequency_histogram(bands).get_xticklabels()
    assert [each.get_text() for each in labels][-2:] == ["10–24", "25+"]


@pytest.mark.parametrize(
    "plot",
    [
        plot_frequency_histogram,
        plot_tracking,
        plot_conditional_expectation,
        plot_interval_calibration,
    ],
)
def test_a_table_of_something_else_names_what_is_needed(plot) -> None:
    with pytest.raises(UsageError, match="give one with"):
        plot(pd.DataFrame({"revenue": [1.0]}))


def test_pictures_are_light(
    histogram: pd.DataFrame,
    track: pd.DataFrame,
    means: pd.DataFrame,
    intervals: pd.DataFrame,
) -> None:
    drawn = [
        plot_frequency_histogram(histogram),
        plot_tracking(track),
        plot_conditional_expectation(means),
        plot_interval_calibration(intervals),
    ]
    assert all(len(png_of(ax)) < 80_000 for ax in drawn)


def test_names_of_models_are_no_formulas(means: pd.DataFrame) -> None:
    strange = means.rename(columns={"BG/NBD": "$\\alpha$ <b>model</b>"})
    ax = plot_conditional_expectation(strange)
    assert png_of(ax).startswith(b"\x89PNG")

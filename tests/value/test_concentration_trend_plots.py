"""The picture of shares over time says the finding in words, whatever the names."""

from datetime import date
from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.style import alternative_text, png_of
from kamlab.value.concentration_trend_plots import plot_share_paths

SHARES = pd.DataFrame({"2022": [0.11, 0.09], "2025": [0.17, 0.08]}, ["A", "B"])


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    plt.close("all")


def test_the_finding_is_the_way_of_the_largest_account():
    ax = plot_share_paths(SHARES, names={"A": "Marwitz"})
    assert ax.figure.get_suptitle().replace("\n", " ") == (
        "Marwitz brings 17.0 % of revenue, after 11.0 % in 2022"
    )


def test_the_words_hold_every_number_drawn():
    words = alternative_text(plot_share_paths(SHARES, names={"B": "Brandt"}))
    assert "Brandt: 2022 9.0 %, 2025 8.0 %" in words


def test_a_period_that_ends_within_the_year_is_named_by_its_day():
    shares = SHARES.set_axis([date(2024, 6, 30), date(2025, 6, 30)], axis=1)
    ax = plot_share_paths(shares)
    assert [t.get_text() for t in ax.get_xticklabels()] == [
        "to 30 Jun\n2024",
        "to 30 Jun\n2025",
    ]


def test_labels_of_many_periods_do_not_run_into_each_other():
    names = [f"the 6 months to 30 Jun {year}" for year in range(2018, 2026)]
    shares = pd.DataFrame({name: [0.5, 0.2] for name in names}, ["A", "B"])
    ax = plot_share_paths(shares)
    ax.figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
    assert "2025" in ax.get_xticklabels()[-1].get_text()
    assert "in the 6 months to 30 Jun 2018" in alternative_text(ax)


def test_only_the_largest_accounts_are_drawn():
    shares = pd.concat([SHARES / 2] * 6).set_axis(list("ABCDEFGHIJKL"))
    assert len(plot_share_paths(shares, n=3).lines) == 3


def test_names_of_lines_that_end_together_do_not_overlap():
    shares = pd.DataFrame({"2024": [0.1] * 6, "2025": [0.1] * 6}, list("ABCDEF"))
    ax = plot_share_paths(shares, n=6)
    heights = sorted(text.xy[1] for text in ax.texts)
    gaps = [above - below for below, above in pairwise(heights)]
    assert min(gaps) > 0.05 * 0.1


@pytest.mark.parametrize(
    "name", ["$100 Club_x^2", "<script>", "苏州昊锐 🚀", "شركة", "a\nb", "x" * 200]
)
def test_awkward_names_are_drawn_without_a_warning(name):
    ax = plot_share_paths(SHARES, names={"A": name}, source="order lines")
    assert len(png_of(ax)) < 80_000


def test_one_period_is_no_path():
    with pytest.raises(UsageError, match="shares has 1 period"):
        plot_share_paths(SHARES.iloc[:, :1])


@pytest.mark.parametrize("n", [0, 7])
def test_more_accounts_than_colours_are_refused(n):
    with pytest.raises(UsageError, match=f"n = {n}: give a number from 1 to 6"):
        plot_share_paths(SHARES, n=n)

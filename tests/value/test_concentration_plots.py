"""Pictures of concentration say their finding, in drawing and in words."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.style import alternative_text, png_of
from kamlab.value.concentration_plots import (
    REFERENCES,
    plot_concentration_curve,
    plot_top_accounts,
)

STRANGE_NAMES = [
    "Harbour $ Cranes & $on",
    "深圳市大客户传动设备有限公司",
    "مجموعة الخليج للصناعات",
    "<script>alert(1)</script>",
    "🚀 Robotics",
    "under_score_^2_{x}",
    "a very long name of a machine builder in Westphalia",
    "two\nlines",
]


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def revenue() -> pd.Series:
    """Revenue of 180 accounts."""
    amounts = np.random.default_rng(4).lognormal(11, 1.6, 180)
    return pd.Series(amounts, index=[f"A{i:03d}" for i in range(180)])


def texts(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_the_curve_names_its_finding_in_headline_and_words(
    revenue: pd.Series,
) -> None:
    ax = plot_concentration_curve(revenue)
    headline = "The top 20 % of 180 accounts bring 74.7 % of revenue"
    assert ax.figure.get_suptitle() == headline
    words = alternative_text(ax)
    assert words.startswith(headline)
    assert "24.9 % of them bring 80 %" in words
    assert "below 20/80 (the top 20 % would bring 80 %)" in words


def test_the_curve_can_stand_beside_several_sayings(revenue: pd.Series) -> None:
    ax = plot_concentration_curve(revenue, references=list(REFERENCES))
    assert set(REFERENCES) <= set(texts(ax))
    assert "above 29/80" in alternative_text(ax)
    assert "below 10/93" in alternative_text(ax)


def test_the_first_saying_sets_the_headline(revenue: pd.Series) -> None:
    ax = plot_concentration_curve(revenue, references=["10/93"])
    assert ax.figure.get_suptitle().startswith("The top 10 % of 180 accounts")


def test_names_of_sayings_do_not_lie_on_the_curve(revenue: pd.Series) -> None:
    ax = plot_concentration_curve(revenue, references=list(REFERENCES))
    ax.figure.canvas.draw()
    x, y = ax.lines[0].get_data()
    fine = np.linspace(0, 1, 2000)
    curve = ax.transData.transform(np.c_[fine, np.interp(fine, x, y)])
    for text in ax.texts:
        if text.get_text() in REFERENCES:
            box = text.get_window_extent()
            assert not any(box.contains(*point) for point in curve)


@pytest.mark.parametrize("plot", [plot_concentration_curve, plot_top_accounts])
def test_a_book_of_groups_says_groups(plot, revenue: pd.Series) -> None:
    words = alternative_text(plot(revenue, of="groups"))
    assert "180 groups" in words
    assert "accounts" not in words


def test_a_book_on_the_saying_is_said_to_be_on_it() -> None:
    ax = plot_concentration_curve([80, 5, 5, 5, 5])
    assert "The curve lies on 20/80" in alternative_text(ax)


def test_the_curve_needs_no_saying(revenue: pd.Series) -> None:
    ax = plot_concentration_curve(revenue, references=())
    assert "20/80" not in texts(ax)
    assert "here 74.7 %" in texts(ax)


def test_an_unknown_saying_is_refused(revenue: pd.Series) -> None:
    with pytest.raises(UsageError, match=r"'20/8'.*did you mean '20/80'"):
        plot_concentration_curve(revenue, references=["20/8"])


def test_top_accounts_are_drawn_largest_first_with_their_sums() -> None:
    revenue = pd.Series({"B": 30_000, "A": 60_000, "C": 10_000, "D": -5_000})
    ax = plot_top_accounts(revenue, n=2, currency="EUR")
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["A", "B"]
    assert {"EUR 60.0 k", "60.0 %", "EUR 30.0 k", "90.0 %"} <= set(texts(ax))
    assert alternative_text(ax) == (
        "The 2 largest of 3 accounts bring 90.0 % of revenue. A EUR 60.0 k (60.0 %, "
        "together 60.0 %); B EUR 30.0 k (30.0 %, together 90.0 %)."
    )


def test_a_small_book_shows_all_its_accounts() -> None:
    ax = plot_top_accounts({"only": 5}, n=10)
    assert (
        ax.figure.get_suptitle()
        == "The largest of 1 accounts brings 100.0 % of revenue"
    )


def test_a_number_of_accounts_that_is_none_is_refused(revenue: pd.Series) -> None:
    with pytest.raises(UsageError, match=r"n = 0"):
        plot_top_accounts(revenue, n=0)


def test_strange_names_are_drawn_and_told(revenue: pd.Series) -> None:
    largest = revenue.sort_values(ascending=False).index
    names = dict(zip(largest, STRANGE_NAMES, strict=False))
    ax = plot_top_accounts(revenue, 10, names, "CN$", source="CRM $ export_1 $")
    assert len(png_of(ax)) < 80_000
    assert all(name.split("\n")[0] in alternative_text(ax) for name in STRANGE_NAMES)
    assert largest[9] in alternative_text(ax)


def test_columns_of_figures_do_not_run_into_each_other(revenue: pd.Series) -> None:
    ax = plot_top_accounts(revenue * 123.4, currency="EUR")
    ax.figure.canvas.draw()
    boxes = {}
    for text in ax.texts:
        row = round(text.xy[1] if hasattr(text, "xy") else text.get_position()[1])
        boxes.setdefault(row, []).append(text.get_window_extent())
    for row in boxes.values():
        row.sort(key=lambda box: box.x0)
        gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
        assert min(gaps) > 0


@pytest.mark.parametrize("plot", [plot_concentration_curve, plot_top_accounts])
def test_every_plot_draws_on_given_axes_and_names_its_source(plot, revenue) -> None:
    _, ax = plt.subplots()
    assert plot(revenue, source="orders to 31 Dec 2025", ax=ax) is ax
    assert ax.figure.get_supxlabel() == "Source: orders to 31 Dec 2025"
    assert alternative_text(ax)


@pytest.mark.parametrize("plot", [plot_concentration_curve, plot_top_accounts])
def test_every_plot_is_readable_at_640_pixels(plot, revenue) -> None:
    ax = plot(revenue)
    assert ax.figure.get_figwidth() * 100 == 640
    drawn = [text for text in ax.texts if text.get_text()]
    assert min(text.get_fontsize() for text in drawn) >= 9

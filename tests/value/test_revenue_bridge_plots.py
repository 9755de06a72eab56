"""The picture of a revenue bridge: every column begins where the one before ended."""

from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.style import COLOURS, alternative_text, png_of
from kamlab.value.revenue_bridge import RevenueBridge, revenue_bridge
from kamlab.value.revenue_bridge_plots import plot_revenue_bridge
from tests.value.revenue_books import NOW, THEN


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def made(then: float, now: float, **steps: float) -> RevenueBridge:
    table = pd.DataFrame({"then": then, **steps, "now": now}, index=["A$_1"])
    return RevenueBridge(NOW, THEN, table, pd.Series("continuing", table.index))


def columns(ax: plt.Axes) -> list[tuple[float, float]]:
    """Return from where to where each column reaches."""
    return [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in ax.patches]


def test_every_column_begins_where_the_one_before_ended(demo):
    bridge = revenue_bridge(demo, demo.period("2025Q4"), demo.period("2024Q4"))
    drawn = columns(plot_revenue_bridge(bridge, "EUR"))
    assert len(drawn) == len(bridge.steps)
    for before, after in pairwise(drawn):
        assert any(after[1] == pytest.approx(end) for end in before) or any(
            after[0] == pytest.approx(end) for end in before
        )
    assert drawn[-1][1] == pytest.approx(bridge.steps["now"])


def test_losses_and_gains_have_their_colours():
    ax = plot_revenue_bridge(made(100, 95, lost=-10, new=5))
    colours = [plt.matplotlib.colors.to_hex(bar.get_facecolor()) for bar in ax.patches]
    names = ("blue", "red", "green", "blue")
    assert [c.upper() for c in colours] == [COLOURS[name].upper() for name in names]


def test_amounts_stand_above_their_columns_with_their_signs():
    ax = plot_revenue_bridge(made(1e6, 0.95e6, lost=-1e5, new=5e4), "EUR")
    written = [text.get_text() for text in ax.texts]
    assert written == ["1.00 M", "−100 k", "+50.0 k", "950 k"]


def test_totals_that_are_cut_off_say_so():
    ax = plot_revenue_bridge(made(1000, 990, lost=-10))
    assert ax.get_ylim()[0] > 0
    assert "cut off" in ax.get_xlabel()


@pytest.mark.parametrize(
    ("then", "now", "steps"),
    [
        (0, 5, {"new": 5}),
        (5, -5, {"shrunk": -10}),
        (0, 0, {}),
        (100, 5, {"lost": -95}),
    ],
)
def test_columns_that_reach_nothing_stand_on_the_line(then, now, steps):
    ax = plot_revenue_bridge(made(then, now, **steps))
    assert ax.get_ylim()[0] <= 0
    assert ax.get_xlabel() == ""
    assert png_of(ax)


def test_the_words_of_the_picture_hold_every_step_and_the_names_as_they_are():
    ax = plot_revenue_bridge(made(100, 95, lost=-10, new=5), "EUR", source="lines")
    text = alternative_text(ax)
    assert "1 lost account took EUR 10: A$_1." in text
    assert "1 new account brought EUR 5: A$_1." in text
    assert ax.figure.get_supxlabel() == "Source: lines"
    headline = ax.figure.get_suptitle().replace("\n", " ")
    assert headline == "Net revenue of 2025 is EUR 95, EUR 5 (5.0 %) less than in 2024"


def test_it_draws_on_the_readers_own_axes():
    own = plt.subplots()[1]
    assert plot_revenue_bridge(made(1, 1), ax=own) is own

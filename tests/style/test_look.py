"""What figures look like."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from kamlab.errors import UsageError
from kamlab.style import (
    COLOURS,
    PALETTE,
    figure_of,
    headline,
    money_axis,
    new_axes,
    new_rows,
    share_axis,
    source_line,
    use_style,
)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def luminance(colour: str) -> float:
    """Relative luminance as the web's accessibility guidelines define it."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in mpl.colors.to_rgb(colour)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("name", ["ink", "grey"])
def test_text_colours_stand_out_from_white(name: str) -> None:
    assert 1.05 / (luminance(COLOURS[name]) + 0.05) >= 4.5


def test_series_take_colours_that_all_readers_tell_apart() -> None:
    use_style()
    cycle = [entry["color"] for entry in mpl.rcParams["axes.prop_cycle"]]
    assert cycle == list(PALETTE)
    assert len(set(PALETTE)) == len(PALETTE)


def test_a_new_figure_is_640_pixels_wide() -> None:
    figure = new_axes().figure
    assert figure.get_figwidth() * figure.dpi == 640


def test_own_axes_are_drawn_on() -> None:
    _, (left, right) = plt.subplots(1, 2)
    assert new_axes(left) is left
    headline(right, "Right")
    assert right.get_title("left") == "Right"
    assert left.get_title("left") == ""


def test_a_long_headline_stays_inside_the_figure() -> None:
    ax = new_axes()
    headline(ax, "Losing Wöhrmann Maschinenbau would cost 17.7 % of revenue " * 2)
    figure = ax.figure
    figure.canvas.draw()
    box = figure._suptitle.get_window_extent()
    assert box.x0 >= 0
    assert box.x1 <= figure.bbox.width


def test_a_number_is_not_torn_from_its_per_cent_sign() -> None:
    ax = new_axes()
    for length in range(40, 58):
        headline(ax, "x" * length + " 20 % of them")
        lines = ax.figure.get_suptitle().split("\n")
        assert not any(line.startswith("%") for line in lines)


def test_headline_axes_and_source_line_do_not_overlap() -> None:
    ax = new_axes()
    headline(ax, "A finding that needs two lines because it names a long name " * 2)
    ax.set_xlabel("Share of accounts")
    source_line(ax, "Talbruck order lines, data to 31 Dec 2025")
    figure = ax.figure
    figure.canvas.draw()
    title = figure._suptitle.get_window_extent()
    label = ax.xaxis.label.get_window_extent()
    source = figure._supxlabel.get_window_extent()
    assert title.y0 >= ax.get_window_extent().y1
    assert label.y0 >= source.y1
    assert source.y0 >= 0


def test_rows_run_from_the_top_and_grow_the_figure() -> None:
    few, many = new_rows(["A", "B"]), new_rows(range(20))
    assert few.get_ylim()[0] > few.get_ylim()[1]
    assert many.figure.get_figheight() > few.figure.get_figheight()


def test_axes_print_shares_and_money() -> None:
    ax = new_axes()
    share_axis(ax.xaxis)
    money_axis(ax.yaxis, "EUR")
    ax.set(xlim=(0, 1), ylim=(0, 2e6))
    ax.figure.canvas.draw()
    assert "20 %" in [tick.get_text() for tick in ax.get_xticklabels()]
    assert "EUR 1.00 M" in [tick.get_text() for tick in ax.get_yticklabels()]


def test_axes_that_were_removed_are_refused() -> None:
    ax = new_axes()
    ax.remove()
    with pytest.raises(UsageError, match=r"draw it again"):
        figure_of(ax)

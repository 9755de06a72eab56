"""Lines are named where they end, and months where there are days."""

from collections.abc import Iterator
from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.style import new_axes
from kamlab.value.lifetime.line_names import name_lines, name_months


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.mark.parametrize("heights", [(5.0, 5.0, 5.0), (0.0, 0.1, 9.9), (9.0, 9.9, 10)])
def test_names_keep_their_order_and_their_distance(heights: tuple) -> None:
    ax = new_axes()
    ax.plot([0, 1], [0, 10])
    ax.set_ylim(0, 10)
    name_lines(ax, 1, {f"line {h} {i}": (h, "red") for i, h in enumerate(heights)})
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert [text.get_text()[-1] for text in ax.texts] == ["0", "1", "2"]
    assert all(low.y1 <= high.y0 for low, high in pairwise(boxes))


def test_the_axis_grows_for_names_above_it() -> None:
    ax = new_axes()
    ax.set_ylim(0, 10)
    name_lines(ax, 1, dict.fromkeys(("one", "two", "three"), (10.0, "red")))
    assert ax.get_ylim()[1] > max(text.xy[1] for text in ax.texts)


def test_a_name_at_its_own_height_is_not_moved() -> None:
    ax = new_axes()
    ax.set_ylim(0, 10)
    name_lines(ax, 1, {"low": (2.0, "red"), "high": (8.0, "blue")})
    assert [text.xy[1] for text in ax.texts] == [2.0, 8.0]
    assert ax.get_ylim()[1] == 10


def test_months_are_named_up_to_the_last_day() -> None:
    ax = new_axes()
    days = pd.date_range("2024-01-01", "2025-12-31", freq="MS")
    ax.plot(days, range(len(days)))
    name_months(ax, pd.Timestamp("2025-03-15"))
    labels = [each.get_text() for each in ax.get_xticklabels()]
    assert labels[0] == "Jan 2024"
    assert "2025" in labels[-1]
    assert all(
        pd.Timestamp(f"1 {each}") <= pd.Timestamp("2025-03-15") for each in labels
    )

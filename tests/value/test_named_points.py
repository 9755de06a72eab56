"""Names beside points never overlap, and stay inside the picture."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.style import new_axes
from kamlab.value.named_points import name_points


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def test_of_points_in_one_place_the_first_keeps_its_name() -> None:
    places = pd.DataFrame({"x": [0.5, 0.5, 0.1], "y": [0.5, 0.5, 0.9]}, list("BAC"))
    assert name_points(new_axes(), places) == ["B", "C"]


def test_a_name_near_the_right_edge_stands_left_of_its_point() -> None:
    ax = new_axes()
    name_points(ax, pd.DataFrame({"x": [0.95], "y": [0.5]}, ["A"]))
    assert ax.texts[0].get_horizontalalignment() == "right"


def test_accounts_without_a_name_show_their_id_and_strange_names_are_safe() -> None:
    places = pd.DataFrame({"x": [0.1, 0.1], "y": [0.2, 0.8]}, ["A", "B"])
    assert name_points(new_axes(), places, {"B": "Cash $ Carry"}) == [
        "A",
        "Cash \\$ Carry",
    ]


def test_no_points_carry_no_names() -> None:
    assert name_points(new_axes(), pd.DataFrame({"x": [], "y": []})) == []

"""The picture of time beside profit names both and labels few groups."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.style import alternative_text, png_of
from kamlab.value.time_allocation import grouped_time_allocation, time_allocation
from kamlab.value.time_allocation_plots import plot_time_and_profit

BANK = grouped_time_allocation(
    pd.Series([0.10, 0.30, 0.60], ["top", "middle", "bottom"]),
    [0.18, 0.28, 0.54],
    [0.93, 0.17, -0.10],
)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def texts(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_every_group_of_the_bank_is_labelled() -> None:
    ax = plot_time_and_profit(BANK)
    labels = {"18 %", "28 %", "time\n54 %", "profit\n93 %", "17 %", "−10 %"}
    assert set(texts(ax)) == labels
    ticks = [tick.get_text() for tick in ax.get_xticklabels()]
    assert ticks == ["top", "middle", "bottom"]


def test_the_headline_sets_the_best_groups_time_beside_its_profit() -> None:
    finding = "The best 10 % of customers get 18.0 % of the time and bring 93.0 %"
    assert alternative_text(plot_time_and_profit(BANK)).startswith(finding)


def test_ten_groups_carry_only_the_two_words() -> None:
    profit = {i: 100.0 - 9 * i for i in range(20)}
    ax = plot_time_and_profit(time_allocation(profit, dict.fromkeys(profit, 30.0)))
    assert texts(ax) == ["time", "profit"]
    time, profit = (text.get_window_extent() for text in ax.texts)
    assert not time.overlaps(profit)


def test_a_loss_in_all_is_drawn_without_profit() -> None:
    found = time_allocation({"A": 10, "B": -30}, {"A": 60, "B": 60})
    ax = plot_time_and_profit(found)
    assert "there is no profit in all" in alternative_text(ax)
    assert not any("profit" in text for text in texts(ax))


def test_strange_names_are_drawn_safely_and_the_picture_is_small() -> None:
    found = grouped_time_allocation(
        pd.Series([0.5, 0.5], ["A$AP_^2", "深圳市大客户传动设备有限公司"]),
        [0.5, 0.5],
        [0.5, 0.5],
    )
    assert len(png_of(plot_time_and_profit(found, source="x"))) < 80_000

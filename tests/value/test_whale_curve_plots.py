"""Pictures of the whale curve show its peak, name who costs most, and say so."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kamlab.style import alternative_text, png_of
from kamlab.value.whale_curve import grouped_whale_curve, whale_curve
from kamlab.value.whale_curve_plots import plot_whale_curve

BANK = grouped_whale_curve(
    pd.Series([0.10, 0.30, 0.60], ["top", "middle", "bottom"]), [0.93, 0.17, -0.10]
)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def book() -> pd.Series:
    """Profit of 200 accounts, some two fifths of them loss makers."""
    dice = np.random.default_rng(3)
    profit = dice.lognormal(9, 1.3, 200) - dice.gamma(2, 3500, 200)
    return pd.Series(profit, index=[f"A{i:03d}" for i in range(200)])


def texts(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_the_banks_curve_is_labelled_at_its_peak() -> None:
    ax = plot_whale_curve(BANK, of="groups")
    assert "peak 110 %, after 40 %" in texts(ax)
    assert "110 % of the profit" in ax.figure.get_suptitle()
    assert "together 110.0 % of the total" in alternative_text(ax)


def test_the_curve_begins_at_nothing_and_ends_at_the_whole() -> None:
    x, y = plot_whale_curve(BANK).lines[0].get_data()
    assert (x[0], y[0]) == (0, 0)
    assert (x[-1], y[-1]) == pytest.approx((1, 1))


def test_loss_makers_are_named_on_the_curve(book: pd.Series) -> None:
    curve = whale_curve(book)
    worst = curve.loss_makers.index[:2]
    names = {worst[0]: "Wetterau $ Tools"}
    ax = plot_whale_curve(curve, names, "EUR")
    assert f"costs most:\nWetterau \\$ Tools\n{worst[1]}" in texts(ax)
    assert "Wetterau $ Tools (−EUR" in alternative_text(ax)


def test_naming_nobody_is_possible(book: pd.Series) -> None:
    labels = texts(plot_whale_curve(whale_curve(book), label=0))
    assert not any("costs most" in label for label in labels)


@pytest.mark.parametrize("shift", [6000, 0, -3000, -30_000])
def test_names_stand_where_the_curve_does_not_pass(
    book: pd.Series, shift: float
) -> None:
    curve = whale_curve(book + shift)
    ax = plot_whale_curve(curve)
    ax.figure.canvas.draw()
    x, y = ax.lines[0].get_data()
    fine = np.linspace(0, 1, 2000)
    drawn = ax.transData.transform(np.c_[fine, np.interp(fine, x, y)])
    for text in ax.texts:
        if text.get_text().startswith("costs most"):
            box = text.get_window_extent()
            assert not any(box.contains(*point) for point in drawn)


def test_without_profit_the_axis_is_money(book: pd.Series) -> None:
    ax = plot_whale_curve(whale_curve(book - 30_000), currency="EUR")
    assert ax.get_ylabel() == "Profit, added up"
    assert "no profit is left" in ax.figure.get_suptitle().replace("\n", " ")
    assert ax.yaxis.get_major_formatter()(20_000) == "EUR 20.0 k"


def test_a_book_without_loss_makers_has_no_peak_to_mark() -> None:
    ax = plot_whale_curve(whale_curve([3.0, 2.0, 1.0]))
    assert not any("peak" in text for text in texts(ax))
    assert ax.figure.get_suptitle() == "None of 3 accounts costs money"


def test_of_a_gross_margin_it_is_not_said_who_costs_money(book: pd.Series) -> None:
    ax = plot_whale_curve(
        whale_curve([3.0, 2.0]), currency="EUR", measure="gross margin"
    )
    assert ax.figure.get_suptitle() == "None of 2 accounts has a negative gross margin"
    assert alternative_text(ax).endswith("negative gross margin. EUR 5 in all.")
    ax = plot_whale_curve(whale_curve(book), measure="gross margin")
    told = [alternative_text(ax), ax.figure.get_suptitle(), *texts(ax)]
    assert not any("cost" in text for text in told)
    assert any(text.startswith("lowest:") for text in texts(ax))
    assert ax.get_ylabel() == "Gross margin, added up, as share of total"


@pytest.mark.parametrize("amounts", [[5.0], [-5.0], [0.0, 0.0], [-1.0, -2.0]])
def test_the_smallest_books_are_drawn_without_complaint(amounts: list[float]) -> None:
    curve = whale_curve(amounts)
    assert alternative_text(plot_whale_curve(curve))


def test_pictures_stay_small(book: pd.Series) -> None:
    assert len(png_of(plot_whale_curve(whale_curve(book)))) < 80_000

"""The grid of price and service names the accounts that matter, without collisions."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kamlab.style import alternative_text, png_of
from kamlab.value.price_and_service import price_and_service
from kamlab.value.price_and_service_plots import plot_price_and_service


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def profit() -> pd.DataFrame:
    """Profit of 150 accounts of very different size."""
    dice = np.random.default_rng(8)
    revenue = dice.lognormal(11, 1.5, 150)
    at_list = revenue / dice.uniform(0.6, 0.95, 150)
    served = revenue * dice.uniform(0.03, 0.1, 150) + dice.gamma(2, 1500, 150)
    return pd.DataFrame(
        {
            "list_revenue": at_list,
            "revenue": revenue,
            "cost_to_serve": -served,
            "contribution": revenue - 0.55 * at_list - served,
        },
        index=[f"A{i:03d}" for i in range(150)],
    )


def texts(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_all_four_corners_are_named(profit: pd.DataFrame) -> None:
    corners = {"passive", "carriage trade", "economy", "aggressive"}
    assert corners <= set(texts(plot_price_and_service(price_and_service(profit))))


def test_the_account_that_loses_most_is_named(profit: pd.DataFrame) -> None:
    worst = profit["contribution"].idxmin()
    ax = plot_price_and_service(price_and_service(profit), {worst: "Wetterau $ Tools"})
    assert "Wetterau \\$ Tools" in texts(ax)


def test_names_of_accounts_do_not_overlap(profit: pd.DataFrame) -> None:
    found = price_and_service(profit)
    ax = plot_price_and_service(found, n=20)
    boxes = [t.get_window_extent() for t in ax.texts if t.get_text() in profit.index]
    assert len(boxes) > 2
    for i, box in enumerate(boxes):
        assert not box.count_overlaps(boxes[:i])


def test_the_alternative_text_tells_all_quadrants(profit: pd.DataFrame) -> None:
    words = alternative_text(
        plot_price_and_service(price_and_service(profit), currency="EUR", of="groups")
    )
    for quadrant in ("Passive", "Carriage trade", "Economy", "Aggressive"):
        assert f"{quadrant} (" in words
    assert "accounts" not in words


def test_accounts_without_any_service_are_drawn_at_the_edge(
    profit: pd.DataFrame,
) -> None:
    profit.loc["A000", "cost_to_serve"] = 0.0
    assert alternative_text(plot_price_and_service(price_and_service(profit)))


def test_a_book_without_loss_makers_says_so(profit: pd.DataFrame) -> None:
    ax = plot_price_and_service(price_and_service(profit.assign(contribution=1.0)))
    assert ax.figure.get_suptitle() == "None of 150 accounts loses money"


def test_another_measure_of_price_is_labelled_plainly(profit: pd.DataFrame) -> None:
    found = price_and_service(profit, price=profit["revenue"] / profit["list_revenue"])
    assert plot_price_and_service(found).get_ylabel() == "Price"


def test_the_picture_stays_small(profit: pd.DataFrame) -> None:
    assert len(png_of(plot_price_and_service(price_and_service(profit)))) < 80_000

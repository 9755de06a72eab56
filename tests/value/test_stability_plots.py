"""The picture of steadiness sets accounts of equal size above one another."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kamlab.errors import DataError
from kamlab.style import alternative_text, png_of
from kamlab.value.stability_plots import plot_stability


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def stability() -> pd.DataFrame:
    """Two hundred accounts, the larger the steadier."""
    dice = np.random.default_rng(9)
    revenue = np.exp(dice.normal(10.5, 1.2, 200))
    variation = 30 / np.sqrt(revenue) * np.exp(dice.normal(0, 0.3, 200))
    return pd.DataFrame({"revenue": revenue, "variation": variation})


@pytest.fixture
def is_key(stability: pd.DataFrame) -> pd.Series:
    """Mark the 28 largest accounts."""
    return stability["revenue"].rank(ascending=False) <= 28


def texts(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_both_sides_are_named_with_their_number(stability, is_key) -> None:
    ax = plot_stability(stability, is_key)
    assert {"key accounts (28)", "others (172)"} <= set(texts(ax))


def test_the_unsteadiest_key_account_is_named(stability, is_key) -> None:
    worst = stability["variation"].where(is_key).idxmax()
    ax = plot_stability(stability, is_key, {worst: "Seilwerk Lienz"}, n=1)
    assert "Seilwerk Lienz" in texts(ax)


def test_ticks_are_money_and_per_cent(stability, is_key) -> None:
    ax = plot_stability(stability, is_key, currency="EUR")
    assert "EUR 10.0 k" in [tick.get_text() for tick in ax.get_xticklabels()]
    assert "20 %" in [tick.get_text() for tick in ax.get_yticklabels()]


def test_the_words_tell_the_medians_and_what_cannot_be_told(stability, is_key) -> None:
    words = alternative_text(plot_stability(stability, is_key))
    assert words.startswith("The median key account varies by")
    assert "cannot tell: 0 key and 0 other accounts" in words


def test_few_key_accounts_are_drawn_and_not_compared(stability) -> None:
    ax = plot_stability(stability, pd.Series({0: True}))
    assert "Too few accounts" in alternative_text(ax)


def test_only_key_accounts_can_be_drawn(stability) -> None:
    ax = plot_stability(stability, pd.Series(True, stability.index))
    assert "key accounts (200)" in texts(ax)


def test_nothing_to_draw_is_told(stability, is_key) -> None:
    with pytest.raises(DataError, match="none of 200 accounts"):
        plot_stability(stability.assign(variation=np.nan), is_key)


def test_the_picture_stays_small(stability, is_key) -> None:
    assert len(png_of(plot_stability(stability, is_key))) < 80_000

"""Spending on retention in words: more, less, or enough."""

from itertools import pairwise

import matplotlib.pyplot as plt
import pytest

from kamlab.style import alternative_text
from kamlab.value.contracts import best_retention_spending, retention_curve
from kamlab.value.contracts.retention_spending_words import (
    plot_spending,
    spending_sentence,
)

CURVE = retention_curve(spending=100, retention=0.6, ceiling=0.8)
BEST = best_retention_spending(CURVE, margin=500, discount_rate=0.1)


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize(
    ("part", "said"), [(0.5, ": more."), (1.0, ": about what is"), (2.0, ": less.")]
)
def test_the_best_is_set_beside_what_is_spent(part, said):
    assert said in spending_sentence(part * BEST.spending, CURVE, BEST, "EUR")


def test_where_nothing_comes_back_no_spending_pays():
    nothing = best_retention_spending(CURVE, margin=-5, discount_rate=0.1)
    assert "no spending pays" in spending_sentence(100, CURVE, nothing, "EUR")


def test_the_picture_marks_the_best_and_says_what_it_shows():
    ax = plot_spending(100, CURVE, BEST, "EUR", "Source X")
    texts = [text.get_text() for text in ax.texts]
    assert "best: 72.9 % stay" in texts
    assert "now: 60.0 % stay" in texts
    assert spending_sentence(100, CURVE, BEST, "EUR") in " ".join(
        alternative_text(ax).split()
    )


def test_amounts_under_the_axis_do_not_touch_and_the_currency_is_said_once():
    curve = retention_curve(spending=23_400, retention=0.92, ceiling=0.96)
    best = best_retention_spending(curve, margin=70_000, discount_rate=0.1)
    ax = plot_spending(23_400, curve, best, "EUR")
    ax.figure.canvas.draw()
    labels = [each.get_window_extent() for each in ax.get_xticklabels()]
    assert all(a.x1 + 4 < b.x0 for a, b in pairwise(labels))
    assert ax.get_xlabel() == "Spent on keeping an account, a year, EUR"
    assert ax.get_ylabel() == "Worth of an account, EUR"

"""The picture of dependence."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.style import alternative_text, png_of
from kamlab.value.dependence_plots import plot_loss_of_each

REVENUE = pd.Series({"A": 60.0, "B": 30.0, "C": 10.0})
MARGIN = pd.Series({"A": 3.0, "B": 9.0, "C": -2.0})


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def test_the_headline_says_what_losing_the_largest_would_cost() -> None:
    ax = plot_loss_of_each(REVENUE, MARGIN, names={"A": "A$AP_Ltd $"})
    title = ax.figure.get_suptitle().replace("\n", " ")
    assert (
        title
        == r"Losing A\$AP_Ltd \$ would cost 60.0 % of revenue and 30.0 % of profit"
    )
    assert alternative_text(ax).startswith("Losing A$AP_Ltd $ would cost 60.0 %")


def test_every_account_is_told_in_words() -> None:
    words = alternative_text(plot_loss_of_each(REVENUE, MARGIN))
    assert "B: 30.0 % of revenue, 90.0 % of profit" in words
    assert words.endswith("C: 10.0 % of revenue, −20.0 % of profit.")


def test_without_margin_only_revenue_is_drawn() -> None:
    ax = plot_loss_of_each(REVENUE)
    assert "profit" not in alternative_text(ax)
    assert ax.get_xlabel() == "Share that would be lost of all revenue"
    assert not ax.texts


def test_a_book_without_profit_shows_no_shares_of_it() -> None:
    ax = plot_loss_of_each(REVENUE, MARGIN - 10)
    assert "profit" not in alternative_text(ax)


def test_both_marks_of_the_first_row_are_named_on_their_outer_sides() -> None:
    ax = plot_loss_of_each(REVENUE, MARGIN)
    sides = {text.get_text(): text.get_ha() for text in ax.texts}
    assert sides == {"profit": "right", "revenue": "left"}


def test_only_the_largest_are_drawn() -> None:
    ax = plot_loss_of_each(REVENUE, n=2, source="orders to 31 Dec 2025")
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["A", "B"]
    assert ax.figure.get_supxlabel() == "Source: orders to 31 Dec 2025"
    assert len(png_of(ax)) < 80_000


@pytest.mark.parametrize("n", [0, 2.5])
def test_a_number_of_accounts_that_is_none_is_refused(n: float) -> None:
    with pytest.raises(UsageError, match=rf"n = {n}: give a number"):
        plot_loss_of_each(REVENUE, n=n)

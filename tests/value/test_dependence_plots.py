"""The picture of dependence."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.style import alternative_text, png_of
from kamlab.value.dependence_plots import plot_loss_of_each, plot_what_is_left

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


@pytest.mark.parametrize("plot", [plot_loss_of_each, plot_what_is_left])
@pytest.mark.parametrize("n", [0, 2.5])
def test_a_number_of_accounts_that_is_none_is_refused(plot, n: float) -> None:
    with pytest.raises(UsageError, match=rf"n = {n}: give a number"):
        plot(REVENUE, n=n)


def test_shares_begin_at_nothing_unless_profit_is_lost() -> None:
    assert plot_loss_of_each(REVENUE).get_xlim()[0] == 0
    assert plot_loss_of_each(REVENUE, MARGIN).get_xlim()[0] < 0


def test_without_a_giant_the_others_are_a_broad_book() -> None:
    book = pd.Series({"G": 50.0} | {f"A{n}": 5.0 for n in range(10)})
    ax = plot_what_is_left(book, names={"G": "Giant $"}, source="orders", of="groups")
    assert alternative_text(ax).startswith(
        "Without Giant $ the others are as concentrated as 10.0 equal groups; today it "
        "is 3.6. Without Giant $: 10.0 (50.0 % of revenue goes); A0: "
    )
    assert r"Giant \$" in ax.figure.get_suptitle()
    assert ax.get_xlabel() == "Effective number of the other groups"


def test_what_is_left_shows_the_share_that_goes_beside_each_mark() -> None:
    ax = plot_what_is_left(REVENUE, n=2)
    texts = [text.get_text() for text in ax.texts]
    assert texts == ["today 2.2", "revenue lost", "60.0 %", "30.0 %"]
    assert ax.get_xlim()[0] == 0


def test_a_single_account_leaves_nothing_but_can_be_drawn() -> None:
    ax = plot_what_is_left(pd.Series({"only": 5.0}), source="orders")
    assert "as concentrated as 0.0 equal accounts" in alternative_text(ax)
    assert len(png_of(ax)) < 80_000

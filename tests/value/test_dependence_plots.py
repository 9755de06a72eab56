"""The picture of dependence."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.style import alternative_text, png_of
from kamlab.value.dependence_plots import plot_what_is_left

REVENUE = pd.Series({"A": 60.0, "B": 30.0, "C": 10.0})


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("n", [0, 2.5])
def test_a_number_of_accounts_that_is_none_is_refused(n: float) -> None:
    with pytest.raises(UsageError, match=rf"n = {n}: give a number"):
        plot_what_is_left(REVENUE, n=n)


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

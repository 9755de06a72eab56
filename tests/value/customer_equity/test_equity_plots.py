"""Pictures of customer equity name the sum, its interval, and what moves it."""

from collections.abc import Iterator
from datetime import date

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.style import alternative_text, png_of
from kamlab.value.customer_equity import LifetimeValues, quarters_ahead
from kamlab.value.customer_equity.equity_plots import plot_equity, plot_sensitivity


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def valued(amounts: list[float], bases: list[str]) -> LifetimeValues:
    """Return accounts with these values, and intervals half as wide again."""
    value = np.array(amounts)
    names = [f"A{place:02d}" for place in range(len(amounts))]
    frame = {
        "value": value,
        "low": value - abs(value) / 2,
        "high": value + abs(value) / 2,
        "basis": bases,
    }
    accounts = pd.DataFrame(frame, index=names)
    known = accounts["value"].dropna()
    total = known.sum()
    equity = Estimate(total, total - 5, total + 5, len(known), unit="money")
    ahead = quarters_ahead(date(2025, 12, 31), 0.1, 12)
    return LifetimeValues(accounts, equity, accounts, ahead, "contribution", 0.95)


@pytest.fixture
def book() -> LifetimeValues:
    amounts = [5000.0, 100.0, 3000.0, np.nan, -200.0]
    bases = ["contract", "repeat orders", "repeat orders", "cannot tell", "contract"]
    return valued(amounts, bases)


@pytest.fixture
def levers() -> pd.DataFrame:
    rows = ["Discount rate, 1 point", "Retention, 1 point", "Acquisition cost, 1 %"]
    return pd.DataFrame(
        {"down": [310e3, -1.2e6, 2e4], "up": [-300e3, 1.25e6, -2e4]}, rows
    )


def texts(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_equity_names_the_sum_its_interval_and_the_share_drawn(
    book: LifetimeValues,
) -> None:
    ax = plot_equity(book, n=2, currency="EUR")
    heading = ax.figure.get_suptitle().replace("\n", " ")
    assert heading == (
        "Customer equity is EUR 7,900 (95 % interval EUR 7,895 to EUR 7,905); "
        "the 2 of 4 drawn bring 101.3 %"
    )
    words = alternative_text(ax)
    assert "A00 EUR 5,000 (EUR 2,500 to EUR 7,500, contract)" in words
    assert words.index("A00") < words.index("A02")
    assert "A01" not in words


def test_accounts_without_a_value_are_not_drawn(book: LifetimeValues) -> None:
    ax = plot_equity(book, n=20)
    labels = [each.get_text() for each in ax.get_yticklabels()]
    assert labels == ["A00", "A02", "A01", "A04"]


def test_an_account_that_costs_is_drawn_on_the_other_side_of_a_line(
    book: LifetimeValues,
) -> None:
    ax = plot_equity(book, n=20)
    assert ax.get_xlim()[0] < -200
    assert "A04 −200 (−300 to −100, contract)" in alternative_text(ax)
    assert any(set(line.get_xdata()) == {0} for line in ax.lines if line.get_xdata())


def test_every_basis_has_its_colour_and_name(book: LifetimeValues) -> None:
    legend = plot_equity(book, n=3).get_legend()
    named = [each.get_text() for each in legend.get_texts()]
    assert named == ["by contract", "by repeat orders"]


def test_one_basis_needs_no_legend() -> None:
    book = valued([3.0, 2.0], ["sheet", "sheet"])
    assert plot_equity(book).get_legend() is None


def test_the_quarters_and_the_currency_stand_under_the_axis(
    book: LifetimeValues,
) -> None:
    label = plot_equity(book, currency="CNY").get_xlabel()
    assert label == "Value of the 12 quarters ahead, today, CNY"


def test_a_book_that_costs_has_no_shares() -> None:
    book = valued([-3000.0, 100.0], ["contract", "contract"])
    assert "bring" not in plot_equity(book).figure.get_suptitle()


@pytest.mark.parametrize("n", [0, -1, True])
def test_a_number_of_accounts_that_is_none_is_refused(
    book: LifetimeValues, n: int
) -> None:
    with pytest.raises(UsageError, match=f"n = {n} of 4 accounts"):
        plot_equity(book, n)


def test_a_book_without_values_is_refused() -> None:
    with pytest.raises(UsageError, match="of 0 accounts"):
        plot_equity(valued([np.nan], ["cannot tell"]))


def test_names_of_any_script_are_drawn_as_they_are(book: LifetimeValues) -> None:
    names = {"A00": "$ Harbour_{2} & <b>Cranes</b>", "A02": "深圳市大客户传动"}
    ax = plot_equity(book, names=names)
    assert "深圳市大客户传动" in alternative_text(ax)
    assert len(png_of(ax)) < 80_000


def test_the_strongest_lever_stands_on_top(levers: pd.DataFrame) -> None:
    ax = plot_sensitivity(levers, "EUR")
    rows = [each.get_text() for each in ax.get_yticklabels()]
    assert rows[0] == "Retention, 1 point"
    assert rows[-1] == "Acquisition cost, 1 %"
    words = alternative_text(ax)
    assert words.startswith("Retention, 1 point moves customer equity most")
    assert "EUR 1.25 M up, −EUR 1.20 M down" in words


def test_amounts_of_levers_stand_beside_their_bars(levers: pd.DataFrame) -> None:
    written = texts(plot_sensitivity(levers))
    assert {"+1.25 M", "−1.20 M", "−300 k", "+310 k"} <= set(written)


def test_amounts_stand_inside_the_figure_and_not_on_the_names(
    levers: pd.DataFrame,
) -> None:
    ax = plot_sensitivity(levers, "EUR")
    ax.figure.canvas.draw()
    frame = ax.get_window_extent()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)
    legend = ax.get_legend().get_window_extent()
    assert not any(legend.overlaps(box) for box in boxes)


def test_the_longest_name_of_a_lever_keeps_clear_of_its_amount() -> None:
    rows = ["Contribution margin, 1 point", "Retention, 1 point"]
    table = pd.DataFrame({"down": [-1.46e6, -5e5], "up": [1.46e6, 5e5]}, rows)
    ax = plot_sensitivity(table, "EUR")
    ax.figure.canvas.draw()
    name = ax.get_yticklabels()[0].get_window_extent()
    amount = min(text.get_window_extent().x0 for text in ax.texts)
    assert amount - name.x1 > 12


def test_a_lever_that_hurts_either_way_shows_the_larger_amount_once() -> None:
    table = pd.DataFrame({"down": [-5.0], "up": [-20.0]}, ["Price, 1 %"])
    assert texts(plot_sensitivity(table)) == ["−20"]


def test_levers_that_move_nothing_can_be_drawn() -> None:
    table = pd.DataFrame({"down": [0.0], "up": [0.0]}, ["Price, 1 %"])
    assert "0 up, 0 down" in alternative_text(plot_sensitivity(table))


@pytest.mark.parametrize(
    "table",
    [
        pd.DataFrame({"down": [1.0]}, ["Price"]),
        pd.DataFrame({"down": [], "up": []}),
        pd.DataFrame({"down": [1.0], "up": [np.nan]}, ["Price"]),
    ],
)
def test_a_table_that_lacks_an_amount_is_refused(table: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="levers with down and up"):
        plot_sensitivity(table)

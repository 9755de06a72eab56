"""Pictures of profit: what they say in headline and words, and that they fit."""

from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamlab.style import COLOURS, alternative_text, png_of
from kamlab.value.profit_bridge import profit_bridge
from kamlab.value.profit_periods import compared_periods
from kamlab.value.profit_plots import (
    plot_bridge,
    plot_pools,
    plot_waterfall,
)
from kamlab.value.profitability import AccountProfit, account_profit
from tests.value.serving_books import book


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def profit() -> AccountProfit:
    return account_profit(book(), "2025-01-01", "2025-03-31")


def headline(ax: plt.Axes) -> str:
    return ax.figure.get_suptitle().replace("\n", " ")


def test_the_waterfall_says_what_is_left_of_the_list_price(profit):
    ax = plot_waterfall(profit, currency="EUR", source="two accounts")
    assert headline(ax).startswith("Of EUR 2,400 list revenue of all accounts, EUR ")
    assert alternative_text(ax).count(";") == len(ax.get_yticklabels()) - 1
    assert ax.figure.get_supxlabel() == "Source: two accounts"


def test_the_waterfall_of_an_account_names_it_safely(profit):
    ax = plot_waterfall(profit, "Brandt", names={"Brandt": "B$A_Co $"})
    assert r"list revenue of B\$A_Co \$, −122 is left" in headline(ax)
    assert "list revenue of B$A_Co $," in alternative_text(ax)


def test_every_bar_of_the_waterfall_begins_where_the_one_above_ended(profit):
    ax = plot_waterfall(profit, "Adler")
    bars = ax.patches
    for above, bar in pairwise(bars):
        end = above.get_x() + above.get_width()
        starts = (bar.get_x(), bar.get_x() + bar.get_width())
        assert any(end == pytest.approx(each) for each in starts)


def test_losses_and_gains_have_their_colours(profit):
    ax = plot_waterfall(profit, "Brandt")
    rows = [label.get_text() for label in ax.get_yticklabels()]
    colour = dict(zip(rows, [bar.get_facecolor() for bar in ax.patches], strict=True))
    assert colour["Discounts"] == colour["Returns"] != colour["Charges"]
    assert colour["List revenue"] == colour["Net revenue"]


def test_the_bridge_leads_from_one_years_profit_to_the_next(demo):
    bridge = profit_bridge(*compared_periods(demo))
    ax = plot_bridge(bridge, "EUR", "Talbruck")
    rows = [label.get_text() for label in ax.get_yticklabels()]
    assert (rows[0], rows[-1]) == ("2024", "2025")
    assert "discounts took EUR" in headline(ax)
    assert len(png_of(ax)) < 80_000


def test_totals_cut_off_on_the_left_are_told(demo):
    ax = plot_bridge(profit_bridge(*compared_periods(demo)))
    assert ax.get_xlim()[0] > 0
    assert "cut off" in ax.get_xlabel()


def test_use_of_pools_is_drawn_against_their_capacity(profit):
    ax = plot_pools(profit.pools, "EUR")
    used = [bar.get_width() for bar in ax.patches[len(profit.pools) :]]
    shares = profit.pools.sort_values("cost", ascending=False)["utilisation"]
    assert used == pytest.approx(shares.tolist())
    assert "of EUR 600 for the pools" in f"{headline(ax)}".replace("Of", "of")


def test_a_pool_beyond_its_capacity_is_red_and_told():
    pools = pd.DataFrame(
        {"cost": [100.0], "unused_cost": [-20.0], "utilisation": [1.2]}, index=["desk"]
    )
    ax = plot_pools(pools, "EUR")
    assert "desk: 120.0 % used, EUR 20 beyond capacity." in alternative_text(ax)
    assert plt.matplotlib.colors.to_hex(ax.patches[-1].get_facecolor()) == (
        COLOURS["red"].lower()
    )


def test_overtime_of_one_pool_pays_for_no_idle_hour_of_another():
    columns = {"cost": [100.0, 300.0], "unused_cost": [-20.0, 60.0]}
    pools = pd.DataFrame({**columns, "utilisation": [1.2, 0.8]}, index=["desk", "van"])
    assert "EUR 60 (15.0 %) pays for capacity" in headline(plot_pools(pools, "EUR"))


def test_a_pool_without_capacity_is_drawn_empty():
    pools = pd.DataFrame(
        {"cost": [0.0], "unused_cost": [0.0], "utilisation": [float("nan")]},
        index=["idle"],
    )
    assert "idle: capacity 0" in alternative_text(plot_pools(pools))

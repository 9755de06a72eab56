"""Price lists, discounts, and how much of a rise stuck."""

import numpy as np
import pytest

from kamlab.data.demo.pricing import COST_INDEX, draw_stuck, list_factor
from kamlab.data.demo.roster import build_roster
from kamlab.data.demo.story import PRICE_LIST_2023, PRICE_LIST_2025, day_number


def price_change(book, before, after, without=()):
    """Return the like-for-like change of net prices between two spans of days."""
    sales = book.sales.query("line_type == 'sale'")
    sales = sales[~sales["account_id"].isin([book.number_of(key) for key in without])]
    keys = ["account_id", "product_id"]
    tables = [
        sales[sales["order_date"].between(*span)]
        .groupby(keys)[["net_amount", "quantity"]]
        .sum()
        for span in (before, after)
    ]
    both = tables[0].join(tables[1], how="inner", suffixes=("_before", "_after"))
    old = both["net_amount_before"] / both["quantity_before"]
    return both["net_amount_after"].sum() / (old * both["quantity_after"]).sum() - 1


def test_list_prices_rose_by_4_percent_in_april_2023(book):
    prices = book.sales.groupby(
        ["product_id", book.sales["order_date"] >= "2023-04-01"]
    )["unit_list_price"].min()
    table = prices.unstack()
    assert (table[True] / table[False]).median() == pytest.approx(1.04, abs=0.001)


def test_2_1_percent_of_the_rise_of_april_2023_stuck(book):
    before, after = ("2022-04-01", "2023-03-31"), ("2023-04-01", "2023-12-31")
    found = price_change(book, before, after, without=["marwitz"])
    assert found == pytest.approx(0.021, abs=0.003)


def test_about_half_of_the_rise_of_2025_stuck(book):
    before, after = ("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31")
    found = price_change(book, before, after, without=["marwitz", "price_cut"])
    assert found == pytest.approx(0.016, abs=0.004)


def test_without_a_new_list_prices_stay(book):
    before, after = ("2023-05-01", "2023-12-31"), ("2024-01-01", "2024-12-31")
    found = price_change(book, before, after, without=["marwitz"])
    assert found == pytest.approx(0.0, abs=0.002)


def test_net_price_is_list_price_less_discount(book):
    sales = book.sales
    found = sales["unit_list_price"] * (1 - sales["discount_pct"])
    assert np.abs(found - sales["unit_net_price"]).max() < 0.5


def test_net_amount_is_quantity_times_net_price_to_the_cent(book):
    sales = book.sales
    cents = (100 * sales["unit_net_price"]).round() * sales["quantity"].astype(float)
    assert (cents == (100 * sales["net_amount"]).round()).all()


def test_discounts_are_shares(book):
    assert book.sales["discount_pct"].between(0, 0.6).all()


def test_the_average_of_what_stuck_is_the_planted_figure():
    roster, _ = build_roster(1, 300)
    stuck = draw_stuck(roster, 1)[PRICE_LIST_2023]
    own = roster["character"].isin(["marwitz", "price_cut"])
    weight = roster["size"].where(~own, 0.0)
    assert np.average(stuck, weights=weight) == pytest.approx(0.021)


def test_list_factor_rises_with_each_list():
    days = np.array([day_number(PRICE_LIST_2023) - 1, day_number(PRICE_LIST_2023)])
    assert list_factor(days) == pytest.approx([1.0, 1.04])
    assert list_factor(np.array([day_number(PRICE_LIST_2025)])) == pytest.approx(1.0712)


def test_unit_costs_rise_every_year():
    assert list(COST_INDEX.values()) == sorted(COST_INDEX.values())

"""About 120 products with price, cost and day of launch."""

import numpy as np
import pytest

from kamlab.data.demo.assortment import (
    build_products,
    choose_categories,
    choose_products,
)
from kamlab.data.demo.kinds import CATEGORIES
from kamlab.data.demo.streams import stream


def test_the_assortment_has_120_products_in_six_categories(book):
    assert len(book.products) == 120
    assert set(book.products["category"]) == set(CATEGORIES)


def test_nothing_is_sold_before_its_launch(book):
    launch = book.sales["product_id"].map(book.products["launch_date"])
    assert (book.sales["order_date"] >= launch).all()


def test_some_products_come_within_the_data(book):
    assert 3 <= (book.products["launch_date"] >= "2022-01-01").sum() <= 30


def test_every_product_is_sold(book):
    sold = book.sales["product_id"].value_counts()
    assert book.products.index.isin(sold.index).mean() > 0.97


def test_service_lines_are_services(book):
    service = book.sales["product_id"].map(book.products["service_flag"])
    assert (service == (book.sales["line_type"] == "service")).all()


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_brings_revenue(book, category):
    share = book.sales.groupby(book.sales["product_id"].map(book.products["category"]))
    share = share["net_amount"].sum() / book.sales["net_amount"].sum()
    assert 0.02 < share[category] < 0.35


def test_products_cost_less_than_their_list_price():
    products = build_products(3)
    assert (products["cost_2025"] < products["list_2022"]).all()


def test_products_of_a_category_are_sorted_by_price():
    for _, shelf in build_products(3).groupby("category"):
        assert shelf["list_2022"].is_monotonic_increasing


def test_categories_are_drawn_in_the_accounts_own_shares():
    mix = np.array([[0.7, 0.3, 0, 0, 0, 0]])
    drawn = choose_categories(np.zeros(20_000, dtype=int), mix, stream(1, "test"))
    assert np.bincount(drawn, minlength=6) / 20_000 == pytest.approx(mix[0], abs=0.02)


def test_a_small_order_is_for_a_cheap_product():
    products = build_products(3)
    category = np.full(500, CATEGORIES.index("gearboxes"))
    value, day = np.full(500, 600.0), np.full(500, 1460)
    chosen = choose_products(category, day, value, products, stream(1, "test"))
    assert (products["list_2022"].to_numpy()[chosen] <= 600).all()


def test_a_product_not_yet_launched_gives_way_to_the_cheapest():
    products = build_products(3).assign(launch_day=2000)
    products.loc[products.groupby("category").head(1).index, "launch_day"] = -1
    category = np.zeros(50, dtype=int)
    value, day = np.full(50, 9000.0), np.zeros(50)
    chosen = choose_products(category, day, value, products, stream(1, "test"))
    assert set(chosen) == {0}

"""Lines of an order."""

import numpy as np
import pytest


def test_orders_of_most_accounts_have_several_lines(book):
    others = book.sales[book.sales["account_id"] != book.number_of("wetterau")]
    lines = others.groupby("order_id").size()
    assert 2.0 < lines.mean() < 5.0


def test_wetterau_orders_one_line_at_a_time(book):
    lines = book.of("wetterau").query("line_type == 'sale'")
    assert lines.groupby("order_id").size().max() == 1


def test_line_values_are_skewed_to_the_right(book):
    values = book.sales["net_amount"]
    assert values.mean() > 1.5 * values.median()


def test_every_sale_line_earns_its_cost_on_the_whole(book):
    loss = book.sales["net_amount"] < book.sales["cogs"]
    assert loss.mean() < 0.05


def test_unit_costs_rise_by_some_2_percent_a_year(book):
    sales = book.sales.query("line_type == 'sale'")
    unit = (sales["cogs"] / sales["quantity"].astype(float)).groupby(
        [sales["product_id"], sales["year"]]
    )
    table = unit.mean().unstack()
    yearly = (table[2025] / table[2022]).median() ** (1 / 3) - 1
    assert yearly == pytest.approx(0.021, abs=0.003)


def test_plant_operators_buy_spares_and_machine_builders_guides(book):
    kind = book.sales["account_id"].map(book.accounts["kind"])
    category = book.sales["product_id"].map(book.products["category"])
    table = book.sales.groupby([kind, category])["net_amount"].sum().unstack()
    share = table.div(table.sum(axis=1), axis=0)
    assert share.loc["plant operator", "spare parts"] > 0.25
    assert share.loc["machine builder", "linear guides"] > 0.2
    assert np.isnan(share.loc["workshop", "service"])

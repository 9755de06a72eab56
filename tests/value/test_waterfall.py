"""What is left of the list price, and that no cent is lost on the way."""

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.errors import MissingDataError, UsageError
from kamlab.value.activity import account_activity, account_revenue
from kamlab.value.waterfall import account_sales, account_waterfall
from tests.value.serving_books import BACK_ENDS, book, orders

STEPS = (
    ["list_revenue", "discounts", "charges"],
    ["returns", "credits", "rebates"],
    ["cost_of_goods"],
)
TOTALS = ["gross_revenue", "revenue", "margin"]


def cents(table: pd.DataFrame) -> pd.DataFrame:
    return (table * 100).round().astype("int64")


def test_adlers_waterfall_is_that_of_its_lines():
    row = account_waterfall(book(), "2025-01-01").loc["Adler"]
    assert row["list_revenue"] == 10 * 100 + 4 * 50 + 10 * 100
    assert row["discounts"] == 900 + 180 + 880 - 2200
    assert row["gross_revenue"] == row["revenue"] == 1960
    assert row["cost_of_goods"] == -1110
    assert row["margin"] == 850


def test_a_return_gives_goods_and_their_cost_back():
    row = account_waterfall(book(), "2025-01-01").loc["Brandt"]
    assert row[["returns", "credits", "charges"]].tolist() == [-50, -10, 12]
    assert row["revenue"] == 95 + 12 + 100 - 50 - 10
    assert row["cost_of_goods"] == -(50 + 50 - 25)


@pytest.mark.parametrize("by", ["account", "parent"])
def test_steps_add_up_from_left_to_right_to_the_cent(demo, by: str):
    table = cents(account_waterfall(demo, "2025-01-01", "2025-12-31", by))
    so_far = pd.Series(0, index=table.index)
    for steps, total in zip(STEPS, TOTALS, strict=True):
        so_far = so_far + table[steps].sum(axis=1)
        # Each step of each account is rounded by itself: half a cent each at most.
        assert (so_far - table[total]).abs().max() <= len(steps) + 1
        so_far = table[total]


@pytest.mark.parametrize("by", ["account", "parent"])
def test_revenue_gross_and_net_and_margin_are_those_of_the_activity_table(demo, by):
    year = ("2025-01-01", "2025-12-31", by)
    table = account_waterfall(demo, *year)
    for kind, column in {"net": "revenue", "gross": "gross_revenue"}.items():
        expected = account_revenue(demo, *year, kind=kind)
        assert cents(table[column]).to_dict() == cents(expected).to_dict()
    margin = account_activity(demo, *year)["margin"]
    assert cents(table["margin"]).to_dict() == cents(margin).to_dict()


def test_groups_have_the_sums_of_their_branches(demo):
    branches = account_waterfall(demo, "2025-01-01")
    groups = account_waterfall(demo, "2025-01-01", by="parent")
    assert groups.index.name == "parent_id"
    rolled = demo.roll_up(branches)
    assert (rolled - groups).abs().max().max() < 0.005
    assert cents(branches.sum()).to_dict() == cents(groups.sum()).to_dict()


def test_cost_and_margin_are_unknown_where_a_purchase_has_no_cost():
    lines = orders()
    lines.loc[lines["order_id"] == "4", "cogs"] = None
    table = account_waterfall(book(orders=lines))
    assert table.loc["Brandt", ["cost_of_goods", "margin"]].isna().all()
    assert table.loc["Brandt", "revenue"] == 147
    assert table.loc["Adler", "margin"] == 850


def test_without_list_prices_the_waterfall_begins_with_the_goods():
    lines = orders().drop(columns="unit_list_price")
    table = account_waterfall(book(orders=lines))
    assert table.columns[:3].tolist() == ["goods", "charges", "gross_revenue"]
    assert table.loc["Brandt", "gross_revenue"] == 207


def test_without_costs_it_ends_with_revenue():
    table = account_waterfall(book(orders=orders().drop(columns="cogs")))
    assert table.columns[-1] == "revenue"


def test_late_rebates_are_left_out_of_a_year_as_it_was_known(demo):
    year = ("2024-01-01", "2024-12-31")
    now = account_waterfall(demo, *year)["rebates"].sum()
    then = account_waterfall(demo, *year, booked_by="2024-12-31")["rebates"].sum()
    assert now < then == 0


@pytest.mark.parametrize("back_end", BACK_ENDS)
@pytest.mark.parametrize("table", [account_waterfall, account_sales])
def test_every_back_end_gives_the_same_figures(back_end: str, table):
    expected, found = table(book(), "2025-01-01"), table(book(back_end), "2025-01-01")
    pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("factor", [0.13, 7.8])
def test_another_currency_scales_every_step(factor: float):
    money = ["unit_list_price", "net_amount", "cogs"]
    lines = orders()
    lines[money] = lines[money] * factor
    table = account_waterfall(book(orders=lines))
    assert np.allclose(table, account_waterfall(book()) * factor, atol=0.001)


def test_sales_tell_units_value_and_cost_of_each_product():
    sales = account_sales(book(), "2025-01-01")
    assert sales.loc[("Adler", "P1")].to_dict() == {
        "quantity": 20.0,
        "goods": 1780.0,
        "cost": 1010.0,
        "list_value": 2000.0,
    }
    assert sales.loc[("Brandt", "P2"), "quantity"] == 2.0  # before the return


@pytest.mark.parametrize("lacking", ["quantity", "product_id"])
def test_a_line_without_product_or_quantity_has_no_price(lacking: str):
    lines = orders()
    lines.loc[lines["order_id"] == "4", lacking] = None
    brandt = account_sales(book(orders=lines), "2025-01-01").loc["Brandt"]
    assert brandt["goods"].sum() == 195.0
    assert brandt.loc[brandt["quantity"].isna(), "goods"].tolist() == [100.0]


def test_sales_add_up_to_the_goods_of_the_waterfall(demo):
    sales = account_sales(demo, "2025-01-01").groupby("account_id").sum()
    table = account_waterfall(demo, "2025-01-01").loc[sales.index]
    assert np.allclose(sales["list_value"], table["list_revenue"])
    goods = table["list_revenue"] + table["discounts"]
    assert np.allclose(sales["goods"], goods)


def test_sales_need_products_quantities_and_costs():
    bare = book(orders=orders().drop(columns=["cogs", "quantity"]))
    with pytest.raises(MissingDataError, match="no column 'quantity' in table"):
        account_sales(bare)


@pytest.mark.parametrize("table", [account_waterfall, account_sales])
def test_days_and_rows_that_cannot_be_are_refused(table):
    with pytest.raises(UsageError, match="by = 'branch'"):
        table(book(), by="branch")
    with pytest.raises(UsageError, match="lies after the view's day"):
        table(book(), end="2026-01-01")


def test_an_empty_window_gives_an_empty_table(demo: kamlab.Portfolio):
    table = account_waterfall(demo, "1999-01-01", "1999-12-31")
    assert table.empty
    assert table.index.name == "account_id"
    assert table.columns[-1] == "margin"


def test_a_product_of_which_nothing_is_left_has_no_price():
    lines = orders()
    lines.loc[lines["order_id"] == "4", ["quantity", "net_amount"]] = [-2.0, -100.0]
    brandt = account_sales(book(orders=lines), "2025-01-01").loc["Brandt"]
    assert brandt.loc["P2", "goods"] == -100
    assert pd.isna(brandt.loc["P2", "quantity"])


def test_a_sale_taken_back_needs_no_cost_of_goods():
    lines = orders()
    lines.loc[lines["order_id"] == "4", "net_amount"] = -100.0
    lines.loc[lines["order_id"] == "4", "cogs"] = None
    steps = account_waterfall(book(orders=lines), "2025-01-01")
    assert steps.loc["Brandt", "cost_of_goods"] == -(50 - 25)

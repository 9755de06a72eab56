"""What takes revenue back: returns, value credits, cancellations, rebates."""

import pandas as pd
import pytest

from kamlab.data.contract import DEDUCTIONS


def lines_of(book, line_type):
    return book.orders[book.orders["line_type"] == line_type]


def with_origin(book, line_type):
    """Return the lines with the first line of the order that they refer to."""
    origin = book.sales.drop_duplicates(["order_id"]).set_index("order_id")
    return lines_of(book, line_type).join(
        origin, on="ref_order_id", suffixes=("", "_origin")
    )


@pytest.mark.parametrize("line_type", DEDUCTIONS)
def test_every_deduction_takes_money_back(book, line_type):
    lines = lines_of(book, line_type)
    assert len(lines) > 20
    assert (lines["net_amount"] < 0).all()


def test_sales_bring_money_in(book):
    assert (book.sales["net_amount"] > 0).all()
    assert (book.sales["quantity"] > 0).all()


@pytest.mark.parametrize("line_type", ["return", "price_credit", "cancellation"])
def test_deductions_refer_to_an_earlier_order_of_the_same_account(book, line_type):
    lines = with_origin(book, line_type)
    assert lines["account_id_origin"].notna().all()
    assert (lines["account_id"] == lines["account_id_origin"]).all()
    assert (lines["order_date"] >= lines["order_date_origin"]).all()


def test_about_one_line_in_a_hundred_is_returned(book):
    assert len(lines_of(book, "return")) / len(book.sales) == pytest.approx(
        0.0105, abs=0.002
    )


def test_returned_goods_bring_their_cost_back(book):
    returns = lines_of(book, "return")
    assert (returns["quantity"] < 0).all()
    assert (returns["cogs"] < 0).all()


def test_value_credits_move_money_and_no_goods(book):
    given = lines_of(book, "price_credit")
    assert given["quantity"].isna().all()
    assert given["product_id"].isna().all()
    assert (given["cogs"] == 0).all()


def test_cancelled_lines_are_taken_back_to_the_cent_within_two_weeks(book):
    lines = lines_of(book, "cancellation")
    sold = book.sales.set_index("order_id")[["product_id", "net_amount"]]
    both = lines.join(sold, on="ref_order_id", suffixes=("", "_sold"))
    same = both["product_id"] == both["product_id_sold"]
    same &= both["net_amount"] == -both["net_amount_sold"]
    assert set(lines["order_id"]) == set(both.loc[same, "order_id"])
    lag = with_origin(book, "cancellation")
    assert (lag["order_date"] - lag["order_date_origin"]).dt.days.max() <= 14


def test_distributors_get_their_rebate_booked_in_the_next_january(book):
    rebates = lines_of(book, "rebate")
    kinds = rebates["account_id"].map(book.accounts["kind"])
    assert set(kinds) == {"distributor"}
    assert (rebates["order_date"].dt.strftime("%m-%d") == "12-31").all()
    assert (rebates["posted_on"].dt.month == 1).all()
    lag = rebates["posted_on"].dt.year - rebates["order_date"].dt.year
    assert (lag == 1).all()


def test_rebates_are_some_3_percent_of_a_distributors_year(book):
    rebates = lines_of(book, "rebate").query("year == 2024")["net_amount"].sum()
    kind = book.orders["account_id"].map(book.accounts["kind"])
    lines = book.orders[(kind == "distributor") & (book.orders["year"] == 2024)]
    sold = lines.loc[lines["line_type"] != "rebate", "net_amount"].sum()
    assert -rebates / sold == pytest.approx(0.027, abs=0.008)


def test_rebates_of_2025_are_not_in_an_extract_of_its_last_day(book):
    assert set(lines_of(book, "rebate")["year"]) == {2022, 2023, 2024}


def test_late_deliveries_are_credited_more_often(book):
    late = book.sales["delivered_date"] > book.sales["promised_date"]
    orders = pd.Series(late.to_numpy(), index=book.sales["order_id"])
    late_orders = set(orders[orders].index)
    refs = lines_of(book, "price_credit")["ref_order_id"]
    assert (
        refs.isin(late_orders).mean() > 1.2 * len(late_orders) / orders.index.nunique()
    )

"""One row per account from order lines, the same on every back end."""

from datetime import date

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kamlab
from kamlab.errors import MissingDataError, UsageError
from kamlab.value.activity import (
    account_activity,
    account_months,
    account_products,
    account_revenue,
)
from tests.conftest import examples

BACK_ENDS = {
    "polars": pl.from_pandas,
    "pyarrow": pa.Table.from_pandas,
    "duckdb": lambda frame: duckdb.connect().from_df(frame),
}


def orders(*lines: tuple) -> pd.DataFrame:
    """Return order lines from (account, day, amount[, line_type[, cogs]])."""
    full = [(*line, *(None, None))[:5] for line in lines]
    names = ["account_id", "order_date", "net_amount", "line_type", "cogs"]
    frame = pd.DataFrame(full, columns=names)
    frame["order_date"] = pd.to_datetime(frame["order_date"])
    frame = frame.dropna(axis=1, how="all")
    return frame.assign(order_id=[str(number) for number in range(len(frame))])


def portfolio(*lines: tuple, as_of: str | None = None) -> kamlab.Portfolio:
    return kamlab.portfolio_from_tables({"orders": orders(*lines)}, "EUR", as_of)


#: Unsorted; an account whose first line is a return; two orders on a day; a single
#: order; returns only; a return on an order day.
AWKWARD = (
    ("RETURN FIRST", "2024-03-01", -40.0),
    ("SAME DAY", "2024-05-05", 10.0),
    ("RETURN FIRST", "2024-05-01", 100.0),
    ("SAME DAY", "2024-01-05", 30.0),
    ("SINGLE", "2024-02-29", 70.0),
    ("SAME DAY", "2024-01-05", 20.0),
    ("SAME DAY", "2024-02-05", -5.0),
    ("RETURN FIRST", "2024-04-01", 60.0),
    ("RETURNS ONLY", "2024-06-30", -9.0),
    ("SAME DAY", "2024-05-05", -4.0),
)


def test_the_purchase_models_figures_are_those_of_fader_hardie_and_lee():
    activity = account_activity(portfolio(*AWKWARD, as_of="2024-06-30"))
    row = activity.loc["SAME DAY"]
    assert (row["order_days"], row["frequency"]) == (2, 1)
    assert (row["recency"], row["T"]) == (121, 177)
    assert row["first_order"] == pd.Timestamp("2024-01-05")
    assert row["last_order"] == pd.Timestamp("2024-05-05")


def test_T_ends_with_the_view_and_not_with_the_data():
    early = account_activity(portfolio(*AWKWARD, as_of="2024-03-31"))
    assert early.loc["SAME DAY", "T"] == 86
    assert early["last_order"].max() <= pd.Timestamp("2024-03-31")


def test_a_return_is_no_order_but_lowers_revenue():
    activity = account_activity(portfolio(*AWKWARD))
    first = activity.loc["RETURN FIRST"]
    assert first["first_order"] == pd.Timestamp("2024-04-01")
    assert (first["revenue"], first["gross_revenue"]) == (120.0, 160.0)
    only = activity.loc["RETURNS ONLY"]
    assert (only["order_days"], only["frequency"], only["revenue"]) == (0, 0, -9.0)
    assert only[["first_order", "recency", "T", "median_gap"]].isna().all()


def test_spend_per_order_day_counts_the_first_order_or_leaves_it_out_by_name():
    row = account_activity(portfolio(*AWKWARD)).loc["SAME DAY"]
    assert row["monetary_value_with_first"] == (50 + 10) / 2
    assert row["monetary_value_without_first"] == 10


def test_a_single_order_has_neither_gap_nor_repeat_spend():
    row = account_activity(portfolio(*AWKWARD)).loc["SINGLE"]
    assert row[["median_gap", "gap_90", "monetary_value_without_first"]].isna().all()
    assert (row["frequency"], row["recency"]) == (0, 0)


def test_gaps_are_those_between_order_days():
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta([0, 10, 30, 60, 100], unit="D")
    row = account_activity(portfolio(*[("A", day, 1.0) for day in days])).loc["A"]
    assert row["median_gap"] == np.median([10, 20, 30, 40])
    assert row["gap_90"] == np.quantile([10, 20, 30, 40], 0.9)


def test_line_types_decide_what_is_a_purchase_and_what_takes_revenue_back():
    lines = portfolio(
        ("A", "2024-01-01", 100.0, "sale"),
        ("A", "2024-01-02", 40.0, "service"),
        ("A", "2024-01-03", 9.0, "freight"),
        ("A", "2024-01-04", -10.0, "price_credit"),
        ("A", "2024-01-05", -20.0, "rebate"),
        ("A", "2024-01-06", -100.0, "cancellation"),
        ("A", "2024-01-07", 5000.0, "intercompany"),
        ("A", "2024-01-08", 7.0, None),
        ("A", "2024-01-09", -3.0, None),
    )
    row = account_activity(lines).loc["A"]
    assert row["order_days"] == 3
    assert row["gross_revenue"] == 100 + 40 + 9 + 7
    assert row["revenue"] == 156 - 10 - 20 - 100 - 3


def test_margin_is_unknown_where_a_purchase_has_no_cost():
    lines = portfolio(
        ("KNOWN", "2024-01-01", 100.0, "sale", 60.0),
        ("KNOWN", "2024-01-09", -10.0, "rebate", None),
        ("UNKNOWN", "2024-01-01", 100.0, "sale", None),
    )
    margin = account_activity(lines)["margin"]
    assert margin["KNOWN"] == 30.0
    assert pd.isna(margin["UNKNOWN"])


def test_there_is_no_margin_without_costs():
    assert "margin" not in account_activity(portfolio(*AWKWARD))


def test_groups_count_their_branches_orders_once_a_day():
    lines = orders(("B1", "2024-01-01", 1.0), ("B2", "2024-01-01", 2.0))
    master = pd.DataFrame({"account_id": ["B1", "B2"], "parent_id": ["H", "H"]})
    view = kamlab.portfolio_from_tables({"orders": lines, "accounts": master}, "EUR")
    activity = account_activity(view, by="parent")
    assert activity.index.name == "parent_id"
    assert activity.loc["H", ["order_days", "revenue"]].tolist() == [1, 3.0]
    assert account_revenue(view, by="parent").to_dict() == {"H": 3.0}


@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_every_back_end_gives_the_same_table(back_end):
    rng = np.random.default_rng(7)
    random = [
        (f"A{account}", pd.Timestamp("2023-01-01") + pd.Timedelta(days=day), amount)
        for account, day, amount in zip(
            rng.integers(0, 300, 2000),
            rng.integers(0, 700, 2000).tolist(),
            rng.normal(80, 60, 2000).round(2),
            strict=True,
        )
    ]
    frame = (
        orders(*AWKWARD, *random)
        .assign(product_id="P")
        .sample(frac=1, ignore_index=True)
    )
    frame["cogs"] = frame["net_amount"] * 0.6
    views = [
        kamlab.portfolio_from_tables({"orders": each}, "EUR")
        for each in (frame, BACK_ENDS[back_end](frame))
    ]
    for table in (account_activity, account_months, account_products, account_revenue):
        expected, found = (table(view) for view in views)
        if isinstance(expected, pd.Series):
            pd.testing.assert_series_equal(found, expected)
        else:
            pd.testing.assert_frame_equal(found, expected)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABC"),
            st.dates(date(2023, 1, 1), date(2024, 12, 31)),
            st.integers(-500, 1000).map(float),
        ),
        min_size=1,
        max_size=40,
    )
)
@settings(max_examples=examples(60), deadline=None)
def test_the_table_equals_a_loop_over_accounts(lines):
    view = portfolio(*lines)
    activity = account_activity(view)
    for account, own in orders(*lines).groupby("account_id"):
        row = activity.loc[account]
        bought = own[own["net_amount"] >= 0].groupby("order_date")["net_amount"].sum()
        assert row["revenue"] == pytest.approx(own["net_amount"].sum())
        assert row["order_days"] == len(bought)
        if len(bought):
            days = np.sort(bought.index.to_numpy())
            gaps = np.diff(days) / np.timedelta64(1, "D")
            assert row["recency"] == (days[-1] - days[0]) / np.timedelta64(1, "D")
            assert row["monetary_value_with_first"] == pytest.approx(bought.mean())
        if len(bought) > 1:
            assert row["median_gap"] == pytest.approx(np.quantile(gaps, 0.5))
            assert row["gap_90"] == pytest.approx(np.quantile(gaps, 0.9))
            without = bought.sort_index().iloc[1:].mean()
            assert row["monetary_value_without_first"] == pytest.approx(without)


def test_months_add_up_to_the_account(demo):
    months, whole = account_months(demo), account_activity(demo)
    by_account = months.groupby("account_id").sum()
    assert np.allclose(by_account["revenue"], whole["revenue"])
    assert np.allclose(by_account["gross_revenue"], whole["gross_revenue"])
    assert (by_account["order_days"] == whole["order_days"]).all()
    assert (months.index.get_level_values("month").day == 1).all()


def test_products_add_up_to_the_account(demo):
    products = account_products(demo, "2025-01-01", "2025-12-31")
    whole = account_revenue(demo, "2025-01-01", "2025-12-31")
    by_account = products["revenue"].groupby("account_id").sum()
    pd.testing.assert_series_equal(by_account, whole)
    assert products["lines"].min() >= 1


def test_products_need_a_product_column():
    with pytest.raises(MissingDataError, match="no column 'product_id'"):
        account_products(portfolio(*AWKWARD))


def test_a_window_beyond_the_view_is_refused(demo):
    with pytest.raises(UsageError, match=r"end = 2026-01-31 lies after the view's day"):
        account_revenue(demo, end="2026-01-31")
    with pytest.raises(UsageError, match=r"start = 2025-06-01 lies after end"):
        account_activity(demo, "2025-06-01", "2025-05-01")
    with pytest.raises(UsageError, match=r"by = 'group'; choose 'account' or 'parent'"):
        account_activity(demo, by="group")
    with pytest.raises(UsageError, match=r"kind = 'brutto'; choose 'net' or 'gross'"):
        account_revenue(demo, kind="brutto")


def test_an_empty_window_gives_an_empty_table(demo):
    day = demo.first_day.isoformat()
    empty = account_activity(demo.at("2022-06-30"), "1999-01-01", "1999-12-31")
    assert empty.empty
    assert empty.index.name == "account_id"
    assert account_revenue(demo, "1999-01-01", "1999-12-31").empty
    assert not account_activity(demo, day, day).empty

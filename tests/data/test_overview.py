"""What a portfolio holds, and how far its columns are filled."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import kamlab
from kamlab.data.contract import TABLES, table
from kamlab.data.overview import (
    EMPTY_MEANS_NONE,
    completeness,
    gaps,
    overall_completeness,
    tables_overview,
)
from kamlab.data.overview_plots import plot_completeness
from kamlab.errors import UsageError
from kamlab.style import alternative_text, png_of

DAYS = pd.to_datetime(["2025-01-10", "2025-12-31"])


@pytest.fixture
def small():
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "account_id": ["A", "B"],
            "order_date": DAYS,
            "net_amount": [5.0, 7.0],
            "product_id": ["P", None],
            "delivered_date": [DAYS[0], pd.NaT],
        }
    )
    master = pd.DataFrame({"account_id": ["A", "B"], "region": ["East", None]})
    return kamlab.portfolio_from_tables({"orders": orders, "accounts": master}, "EUR")


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


def test_every_table_of_the_contract_is_listed(small):
    overview = tables_overview(small)
    assert overview.index.tolist() == list(TABLES)
    assert overview.index[overview["there"]].tolist() == ["orders", "accounts"]


def test_rows_days_and_columns_are_those_of_the_view(small):
    orders = tables_overview(small).loc["orders"]
    assert orders["rows"] == 2
    assert (orders["first"], orders["last"]) == tuple(DAYS)
    assert orders["columns"] == f"6 of {len(table('orders').columns)}"
    assert tables_overview(small.at("2025-06-30")).loc["orders", "rows"] == 1


def test_talbruck_s_rows_are_counted(demo):
    overview = tables_overview(demo)
    assert overview.loc["orders", "rows"] == len(demo.orders.collect())
    assert overview.loc["accounts", "rows"] == len(demo.accounts)


def test_columns_are_counted_where_they_hold_a_value(small):
    filled = completeness(small).set_index(["table", "column"])["filled"]
    assert filled["orders", "net_amount"] == 1.0
    assert filled["orders", "product_id"] == 0.5
    assert filled["accounts", "region"] == 0.5
    assert filled["accounts", "account_id"] == 1.0


def test_what_comes_later_is_no_gap(small):
    filled = completeness(small)
    late = filled.loc[filled["column"] == "delivered_date"]
    assert late["may be empty"].all()
    assert "delivered_date" not in gaps(filled)["column"].tolist()


def test_required_columns_are_full_or_nothing_would_be_there(demo):
    filled = completeness(demo)
    assert (filled.loc[filled["required"], "filled"] == 1).all()


def test_the_exceptions_are_columns_of_the_contract():
    for name, column in EMPTY_MEANS_NONE:
        assert not table(name).column(column).required


def test_the_emptiest_gap_comes_first(demo):
    empty = gaps(completeness(demo))
    assert empty["filled"].is_monotonic_increasing
    assert (empty["filled"] < 0.99).all()


def test_many_full_lines_do_not_hide_an_empty_master():
    filled = pd.DataFrame(
        {
            "table": ["orders"] * 9 + ["accounts"],
            "filled": [1.0] * 9 + [0.0],
            "may be empty": False,
        }
    )
    assert overall_completeness(filled) == 0.5


def test_the_picture_has_a_row_for_every_table(demo):
    ax = plot_completeness(completeness(demo), "Talbruck")
    words = alternative_text(ax)
    for name in tables_overview(demo).query("there").index:
        assert f"{name}: " in words
    assert len(png_of(ax)) < 80_000


def test_a_picture_of_nothing_is_refused():
    nothing = pd.DataFrame({"table": ["x"], "filled": [1.0], "may be empty": [True]})
    with pytest.raises(UsageError, match="no column that is meant to be filled"):
        plot_completeness(nothing)

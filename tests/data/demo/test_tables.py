"""The tables keep the data contract."""

import pandas as pd
import pytest

import kamlab
from kamlab.data.contract import TABLES
from kamlab.data.demo import generate, write_demo
from kamlab.data.demo.tables import number_orders

#: Talbruck bills in euros, by the line, and keeps its customers' numbers.
NOT_ITS_OWN = {"account_aliases", "fx_rates", "sales_monthly"}
OF_TALBRUCK = sorted(set(TABLES) - NOT_ITS_OWN)


@pytest.fixture(scope="module")
def tables():
    return generate(seed=404).tables


def test_talbruck_has_every_table_that_its_story_needs(tables):
    assert sorted(tables) == OF_TALBRUCK


@pytest.mark.parametrize("name", OF_TALBRUCK)
def test_tables_have_columns_of_the_contract_only(tables, name):
    declared = TABLES[name]
    assert set(tables[name].columns) <= set(declared.column_names)
    assert set(declared.required) <= set(tables[name].columns)


@pytest.mark.parametrize("name", OF_TALBRUCK)
def test_keys_identify_rows(tables, name):
    assert not tables[name].duplicated(list(TABLES[name].key)).any()


@pytest.mark.parametrize("name", OF_TALBRUCK)
def test_required_columns_are_filled_in(tables, name):
    assert tables[name][TABLES[name].required].notna().all().all()


@pytest.mark.parametrize("name", OF_TALBRUCK)
def test_values_are_among_those_allowed_and_within_bounds(tables, name):
    for column in TABLES[name]:
        if column.name not in tables[name]:
            continue
        values = tables[name][column.name].dropna()
        if column.allowed:
            assert set(values) <= set(column.allowed), column.name
        if column.minimum is not None:
            assert values.min() >= column.minimum, column.name
        if column.maximum is not None:
            assert values.max() <= column.maximum, column.name


def test_money_is_in_whole_cents(book):
    for column in ("net_amount", "cogs", "unit_net_price", "unit_list_price"):
        cents = 100 * book.orders[column].dropna()
        assert (cents - cents.round()).abs().max() < 1e-6


def test_orders_are_numbered_by_year_without_gaps_before_late_ones_go():
    lines = pd.DataFrame({"order": [0, 1, 1, 2], "day": [3, 5, 5, 366]})
    numbered = number_orders(lines)
    assert numbered["order_id"].tolist() == [
        "22000001",
        "22000002",
        "22000002",
        "23000001",
    ]
    assert numbered["line_id"].tolist() == [1, 1, 2, 1]


def test_workshops_often_buy_online(book):
    kind = book.orders["account_id"].map(book.accounts["kind"])
    online = book.orders["channel"] == "online"
    assert online[kind == "workshop"].mean() > 0.25
    assert not online[kind != "workshop"].any()


def test_the_written_folder_opens_as_a_portfolio(tmp_path):
    folder = write_demo(tmp_path / "book", seed=404)
    with kamlab.open_portfolio(folder, as_of="2024-06-30") as portfolio:
        orders = portfolio.orders.collect().to_native()
        assert portfolio.currency == "EUR"
    frame = pd.DataFrame(orders.to_pandas() if hasattr(orders, "to_pandas") else orders)
    assert pd.to_datetime(frame["order_date"]).max() <= pd.Timestamp("2024-06-30")
    assert pd.to_datetime(frame["delivered_date"]).max() <= pd.Timestamp("2024-06-30")


def test_the_merged_number_is_gone_from_later_views(tmp_path):
    folder = write_demo(tmp_path / "book", seed=101)
    company = generate(seed=101)
    merged = company.truth["merged"][0]
    with kamlab.open_portfolio(folder, as_of="2024-06-28") as before:
        assert merged["old"] in before.accounts.index
    with kamlab.open_portfolio(folder, as_of="2024-07-31") as after:
        assert merged["old"] not in after.accounts.index
        assert merged["new"] in after.accounts.index

"""Exports that nobody prepared: what is suggested for them is sensible."""

import zipfile

import pandas as pd
import pytest

from kamlab.data.importing.loading import import_portfolio
from kamlab.data.presets import as_yaml, suggest_mapping

pytestmark = pytest.mark.data


def columns_of(found, table: str = "orders") -> dict[str, object]:
    """Return what is suggested for the columns of a table."""
    (told,) = [each for each in found.tables if each.name == table]
    return {each.key: each.value for each in told.columns}


def test_online_retail_is_recognised_column_by_column(shared_datasets):
    found = suggest_mapping(shared_datasets / "online_retail/online_retail_I.parquet")
    assert (found.preset, found.filled_share) == ("generic", 1.0)
    assert columns_of(found)["net_amount"] == {"product": ["Quantity", "UnitPrice"]}
    assert [each.key for each in found.open] == ["currency", "no customer"]
    assert [each.name for each in found.tables] == ["orders", "accounts", "products"]


def test_days_of_online_retail_as_raw_files_are_one_table(shared_datasets, tmp_path):
    packed = shared_datasets / "online_retail" / "by_day_2010-12_raw_csv.zip"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "raw", archive.namelist()[:5])
    found = suggest_mapping(tmp_path / "raw")
    columns = columns_of(found)
    assert columns["account_id"] == {"from": "CustomerID", "strip_suffix": ".0"}
    assert found.tables[0].keys[0].value == "2010-12-0*.csv"


def test_iowas_raw_layout_imports_as_suggested(shared_datasets, tmp_path):
    source = shared_datasets / "iowa_liquor" / "iowa_raw_format_1000rows.csv"
    found = suggest_mapping(source)
    assert (found.open, found.has_orders) == ((), True)
    assert columns_of(found)["order_date"] == "date"
    assert found.tables[0].keys[0].value["dates"] == "MM/DD/YYYY"
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(as_yaml(found), encoding="utf-8")
    result = import_portfolio(source, mapping, tmp_path / "portfolio")
    assert not result.blocked
    lines = pd.read_parquet(tmp_path / "portfolio" / "orders.parquet")
    raw = pd.read_csv(source)
    assert len(lines) == len(raw) == 999
    assert lines["net_amount"].sum() == pytest.approx(raw["sale_dollars"].sum())


def test_iowas_months_are_totals_of_months(shared_datasets):
    source = shared_datasets / "iowa_liquor" / "iowa_store_month_2018_2021.csv.gz"
    found = suggest_mapping(source)
    assert found.preset == "month_totals"
    assert columns_of(found, "sales_monthly") == {
        "account_id": "Store Number",
        "month": "month",
        "net_amount": "sales",
        "quantity": "bottles",
    }


def test_northwinds_heads_and_lines_are_joined_by_the_orders_number(shared_datasets):
    found = suggest_mapping(shared_datasets / "northwind")
    assert columns_of(found, "accounts")["account_name"] == "companyName"
    assert columns_of(found, "products")["product_name"] == "productName"
    orders = next(each for each in found.tables if each.name == "orders")
    keys = {each.key: each.value for each in orders.keys}
    assert keys["files"] == "order-details.csv"
    assert keys["join"] == {"files": "orders.csv", "by": "orderID"}


def test_a_banks_campaign_has_no_order_lines(shared_datasets, tmp_path):
    with zipfile.ZipFile(shared_datasets / "uci" / "bank-full.csv.zip") as archive:
        archive.extractall(tmp_path)
    found = suggest_mapping(tmp_path)
    assert (found.has_orders, found.tables) == (False, ())
    assert found.left[0].startswith("bank-full.csv: not recognised; no name is known")

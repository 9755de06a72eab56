"""Northwind's order book, restored from its SQL dump, imports from database files."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from kamlab.data.importing.loading import import_portfolio

pytestmark = pytest.mark.data

TABLES = {
    "Customers": "CustomerID, CompanyName, ContactName, ContactTitle, Address, City, "
    "Region, PostalCode, Country, Phone, Fax",
    "Orders": "OrderID, CustomerID, EmployeeID, OrderDate, RequiredDate, ShippedDate, "
    "ShipVia, Freight, ShipName, ShipAddress, ShipCity, ShipRegion, ShipPostalCode, "
    "ShipCountry",
    "Order Details": "OrderID, ProductID, UnitPrice, Quantity, Discount",
}
MAPPING = """
portfolio: {name: Northwind, currency: USD, data_through: 1998-05-06}
tables:
  orders:
    files: shop.db
    query: |
      SELECT o.OrderID, o.CustomerID, o.OrderDate, o.ShippedDate, d.ProductID,
        d.Quantity, d.UnitPrice, d.UnitPrice * d.Quantity * (1 - d.Discount) AS Net
      FROM "Order Details" AS d JOIN Orders AS o ON o.OrderID = d.OrderID
      ORDER BY d.OrderID, d.ProductID
    format: {dates: MM/DD/YYYY}
    columns:
      order_id: OrderID
      account_id: CustomerID
      order_date: OrderDate
      delivered_date: ShippedDate
      product_id: ProductID
      quantity: Quantity
      unit_list_price: UnitPrice
      net_amount: Net
  accounts:
    files: shop.db
    table: Customers
    columns: {account_id: CustomerID, account_name: CompanyName, region: Country}
"""


def statements(dump: Path) -> list[str]:
    """Return the dump's inserts into the tables of the order book."""
    text = dump.read_text(encoding="utf-8", errors="replace")
    names = "|".join(f'"{name}"' for name in TABLES)
    found = re.findall(
        rf"^INSERT (?:INTO )?({names})(.*?)(?=^(?:INSERT|go|GO|set|SET)\b)",
        text,
        re.DOTALL | re.MULTILINE,
    )
    values = [(name, re.sub(r"\bN'", "'", rest)) for name, rest in found]
    return [f"INSERT INTO {name} {rest}" for name, rest in values]


@pytest.fixture(scope="module")
def restored(shared_datasets, tmp_path_factory) -> dict[str, Path]:
    """Return Northwind as a SQLite and as a DuckDB file."""
    inserts = statements(shared_datasets / "northwind" / "instnwnd.sql")
    files = {}
    for kind in ("sqlite", "duckdb"):
        folder = tmp_path_factory.mktemp(kind)
        opened = sqlite3.connect if kind == "sqlite" else duckdb.connect
        with closing(opened(folder / "shop.db")) as connection:
            for name, columns in TABLES.items():
                types = "NUMERIC" if kind == "sqlite" else "VARCHAR"
                typed = ", ".join(
                    f"{c} {'DOUBLE' if c in NUMBERS else types}"
                    for c in columns.split(", ")
                )
                connection.execute(f'CREATE TABLE "{name}" ({typed})')
            connection.execute("BEGIN")
            for insert in inserts:
                connection.execute(insert)
            connection.commit()
        files[kind] = folder
    return files


NUMBERS = ("UnitPrice", "Quantity", "Discount")


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_northwind_has_its_accounts_orders_and_revenue(restored, kind, tmp_path):
    (tmp_path / "mapping.yml").write_text(MAPPING)
    out = tmp_path / "northwind"
    result = import_portfolio(restored[kind], tmp_path / "mapping.yml", out)
    assert not result.blocked, [each.message for each in result.findings]
    lines = pd.read_parquet(out / "orders.parquet")
    assert len(lines) == 2_155
    assert lines["order_id"].nunique() == 830
    assert lines["account_id"].nunique() == 89
    assert round(lines["net_amount"].sum(), 2) == 1_265_793.04
    assert len(pd.read_parquet(out / "accounts.parquet")) == 91

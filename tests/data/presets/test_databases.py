"""A mapping is suggested for a database, whose address is shown nowhere."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from kamlab.data.importing.loading import import_portfolio
from kamlab.data.presets.assemble import suggest_mapping
from kamlab.data.presets.databases import database_excerpts, database_of
from kamlab.data.presets.writing import as_yaml
from kamlab.errors import UsageError

pytest.importorskip("sqlalchemy")

SOURCE = Path("${SHOP_URL}")


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A database with order lines and customers, and the variable of its address."""
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
        connection.executescript(
            "CREATE TABLE sales (KUNAG, FKDAT, NETWR, VBELN);"
            "CREATE TABLE customers (Kundennummer, Name);"
            "CREATE TABLE settings (a, b);"
            "INSERT INTO sales VALUES ('A', '2025-01-31', 9.5, '90');"
            "INSERT INTO customers VALUES ('A', 'Adler'), ('B', 'Brandt');"
            "INSERT INTO settings VALUES (1, 2);"
        )
        connection.commit()
    monkeypatch.setenv("SHOP_URL", f"sqlite:///{tmp_path / 'shop.db'}")


@pytest.mark.usefixtures("shop")
def test_tables_are_recognised_and_named_with_the_variable():
    found = suggest_mapping(SOURCE)
    places = {each.name: {k.key: k.value for k in each.keys} for each in found.tables}
    assert places["orders"]["database"] == "${SHOP_URL}"
    assert places["orders"]["table"] == "sales"
    assert places["accounts"]["table"] == "customers"
    assert "files" not in places["orders"]
    assert any("settings" in line for line in found.left)


def test_the_address_is_not_in_the_mapping(shop, tmp_path):
    assert str(tmp_path) not in as_yaml(suggest_mapping(SOURCE))


def test_a_variable_that_is_not_set_is_told(monkeypatch):
    monkeypatch.delenv("SHOP_URL", raising=False)
    with pytest.raises(UsageError, match="SHOP_URL is not set"):
        suggest_mapping(SOURCE)


def test_a_database_that_cannot_be_reached_is_told_without_its_address(
    monkeypatch, tmp_path
):
    monkeypatch.setenv("SHOP_URL", f"sqlite:///{tmp_path / 'no' / 'shop.db'}")
    with pytest.raises(UsageError, match="cannot be read") as error:
        database_excerpts("SHOP_URL")
    assert str(tmp_path) not in str(error.value)


@pytest.mark.parametrize(
    "address", ["postgresql+psycopg://reader:secret@server/erp", "sqlite:///shop.db"]
)
def test_an_address_as_source_is_refused_and_not_repeated(address):
    with pytest.raises(UsageError, match="environment variable") as error:
        suggest_mapping(Path(address))
    assert "secret" not in str(error.value)


@pytest.fixture
def positions(tmp_path, monkeypatch):
    """A web shop's database: positions, the orders that are their heads, customers."""
    with closing(sqlite3.connect(tmp_path / "web.db")) as connection:
        connection.executescript(
            "CREATE TABLE positions (order_id, product_id, quantity, unit_price);"
            "CREATE TABLE orders (order_id, customer_id, order_date);"
            "CREATE TABLE customers (customer_id, customer_name);"
            "INSERT INTO positions VALUES (1, 'G1', 2, 9.5), (1, 'G2', 1, 4), "
            "(2, 'G1', 1, 9.5);"
            "INSERT INTO orders VALUES (1, 'A', '2025-01-31'), (2, 'B', '2025-02-03');"
            "INSERT INTO customers VALUES ('A', 'Adler AG'), ('B', 'Brandt KG');"
        )
        connection.commit()
    monkeypatch.setenv("SHOP_URL", f"sqlite:///{tmp_path / 'web.db'}")
    return tmp_path


def test_positions_and_orders_of_a_database_are_joined_by_their_number(positions):
    found = suggest_mapping(SOURCE)
    orders = next(each for each in found.tables if each.name == "orders")
    keys = {each.key: each.value for each in orders.keys}
    assert (keys["database"], keys["table"]) == ("${SHOP_URL}", "positions")
    assert keys["join"] == {"table": "orders", "by": "order_id"}


def test_the_suggestion_for_a_database_imports_every_position(positions):
    mapping = positions / "mapping.yml"
    text = as_yaml(suggest_mapping(SOURCE))
    mapping.write_text(text.replace("# currency: EUR", "currency: EUR"))
    export, out = positions / "export", positions / "portfolio"
    export.mkdir()
    assert not import_portfolio(export, mapping, out).blocked
    lines = pd.read_parquet(out / "orders.parquet")
    assert lines["account_id"].tolist() == ["A", "A", "B"]
    assert lines["net_amount"].sum() == 19 + 4 + 9.5
    names = pd.read_parquet(out / "accounts.parquet")["account_name"]
    assert names.tolist() == ["Adler AG", "Brandt KG"]


@pytest.mark.parametrize("name", ["export", "a/b.csv", "$ERP", "C:\\exports"])
def test_files_and_folders_are_no_databases(name):
    assert database_of(Path(name)) == ""

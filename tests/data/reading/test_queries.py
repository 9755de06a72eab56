"""Database files are read as they are, and never changed."""

import sqlite3
from contextlib import closing
from datetime import datetime
from decimal import Decimal

import duckdb
import pytest

MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.db"
    columns: {order_id: nr, account_id: who, order_date: day, net_amount: net}
"""
LINES = [(7, "A", "2025-01-31", 100.25), (8, "B", "2025-02-01", -0.1)]


@pytest.fixture
def shop(export):
    """A SQLite file with order lines and another table."""
    with closing(sqlite3.connect(export.source / "shop.db")) as connection:
        connection.execute('CREATE TABLE "order lines" (nr, who, day, net)')
        connection.executemany('INSERT INTO "order lines" VALUES (?, ?, ?, ?)', LINES)
        connection.execute("CREATE TABLE people (name)")
        connection.commit()
    return export


def found(export, *more: str):
    export.map(MAPPING, *more)
    return export.run()


def test_a_table_is_named_in_the_mapping(shop):
    result = found(shop, "table: order lines")
    assert not result.blocked
    assert shop.table()["net_amount"].tolist() == [100.25, -0.1]
    assert result.tables[0].files[0].name == "shop.db [order lines]"


def test_a_query_may_stand_for_a_table(shop):
    query = "query: 'SELECT nr, who, day, 2 * net AS net FROM \"order lines\"'"
    found(shop, query)
    assert shop.table()["net_amount"].tolist() == [200.5, -0.2]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "it has 2 tables (order lines, people); name one by table:"),
        (("table: order line",), "did you mean 'order lines'?"),
        (("query: SELECT * FROM nowhere",), "no such table: nowhere"),
        (("query: SELECT FROM people",), "near "),
    ],
)
def test_what_cannot_be_read_is_told(shop, more, told):
    result = found(shop, *more)
    assert result.findings[0].rule == "unreadable_file"
    assert told in result.findings[0].message


@pytest.mark.parametrize(
    ("kind", "rule"), [("sqlite", "duplicate_header"), ("duckdb", "missing_column")]
)
def test_a_query_that_names_a_column_twice_is_refused(export, kind, rule):
    opened = sqlite3.connect if kind == "sqlite" else duckdb.connect
    with closing(opened(export.source / "shop.db")) as connection:
        connection.execute("CREATE TABLE lines (nr INT, who TEXT)")
        connection.commit()
    result = found(export, "query: SELECT nr, nr FROM lines")
    assert result.findings[0].rule == rule


def test_a_query_cannot_change_a_file(shop):
    before = (shop.source / "shop.db").read_bytes()
    result = found(
        shop, "query: WITH x AS (SELECT 1) INSERT INTO people SELECT * FROM x"
    )
    assert result.blocked
    assert (shop.source / "shop.db").read_bytes() == before


def test_values_that_do_not_parse_are_told_by_the_row_of_the_result(export):
    with closing(sqlite3.connect(export.source / "shop.db")) as connection:
        connection.execute("CREATE TABLE lines (nr, who, day, net)")
        rows = [*LINES, (9, "C", "2025-02-01", "much")]
        connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)", rows)
        connection.commit()
    message = found(export).findings[0].message
    assert message.startswith("shop.db [lines] row 3, column 'net_amount': 'much'")


def test_duckdb_keeps_decimals_and_takes_times_in_utc(export):
    with duckdb.connect(export.source / "shop.db") as connection:
        connection.execute(
            "CREATE TABLE lines AS SELECT 12345678901234567::HUGEINT AS nr, 'A' AS who,"
            " 0.10::DECIMAL(18,2) AS net, TIMESTAMPTZ '2025-01-31 23:30:00-05' AS day"
        )
    result = found(export)
    line = export.table().iloc[0]
    assert (line["order_id"], line["net_amount"]) == ("12345678901234567", 0.1)
    assert str(line["order_date"])[:10] == "2025-02-01"
    assert "time_zone_dropped" in {each.rule for each in result.findings}


def test_a_query_of_a_duckdb_file_reads_no_other_file(export, tmp_path):
    with duckdb.connect(export.source / "shop.db") as connection:
        connection.execute("CREATE TABLE lines (nr INT)")
    secret = tmp_path / "secret.csv"
    secret.write_text("nr,who,day,net\n1,A,2025-01-31,1\n")
    result = found(export, f"query: SELECT * FROM '{secret}'")
    assert result.findings[0].rule == "unreadable_file"
    assert "disabled" in result.findings[0].message


def test_a_duckdb_file_that_is_cut_off_is_a_finding(export):
    with duckdb.connect(export.source / "shop.db") as connection:
        connection.execute("CREATE TABLE lines AS SELECT range AS nr FROM range(99999)")
    data = (export.source / "shop.db").read_bytes()
    (export.source / "shop.db").write_bytes(data[:5000])
    assert found(export).findings[0].rule == "unreadable_file"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("12800.00"), "12800.00"),
        (Decimal("1E-7"), "0.0000001"),
        (datetime(2025, 1, 31, 13, 5), "2025-01-31 13:05:00"),
        (b"\x01\xff", "01ff"),
    ],
)
def test_values_of_databases_become_the_text_that_says_the_same(value, text):
    from kamlab.data.reading.cells import cell_text

    assert cell_text(value) == text


def test_a_database_that_somebody_writes_to_is_told_without_jargon(export):
    path = export.source / "shop.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE lines (nr, who, day, net)")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("INSERT INTO lines VALUES (7, 'A', '2025-01-31', 1)")
        export.map(MAPPING)
        (found,) = (f for f in export.run().findings if f.rule == "unreadable_file")
        assert found.message == "shop.db: cannot be read: database is locked"


def test_a_broken_duckdb_file_is_told_without_jargon(export):
    content = bytes(8) + b"DUCK" + bytes(5_000)
    export.write(content, "shop.db")
    export.map(MAPPING)
    (found,) = (f for f in export.run().findings if f.rule == "unreadable_file")
    assert "Error" not in found.message
    assert str(export.source) not in found.message

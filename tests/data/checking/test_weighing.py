"""A fault is weighed by its money, or by its rows where there is no money."""

import duckdb
import pytest

from kamlab.data.checking.weighing import samples_where, weight
from kamlab.data.cleaning.cleaning import clean_table, dropped_rows, later_rows
from kamlab.data.cleaning.writing import derived_columns, write_accounts_of, write_table
from kamlab.data.mapping.mapping import ColumnSource, DropRule, TableMapping
from kamlab.data.reading.sources import RawTable, SourceFile


@pytest.fixture
def connection():
    with duckdb.connect() as open_connection:
        yield open_connection


@pytest.fixture
def lines(connection, tmp_path):
    """Five order lines of two files; the one of nobody is dropped."""
    connection.execute(
        "CREATE TABLE raw_orders AS SELECT * FROM (VALUES "
        "(0, 2, 1, 11, '1', 'A', '2025-01-03', '90'),"
        "(0, 3, 2, 12, '2', 'B', '2025-01-01', '-10'),"
        "(0, 4, 3, 13, '3', NULL, '2025-01-01', '70'),"
        "(1, 2, 4, 12, '2', 'B', '2025-01-01', '-10'),"
        "(1, 3, 5, 14, '4', 'B', '2025-01-02', 'inf')"
        ") AS v(file, row, seq, content, c0, c1, c2, c3)"
    )
    files = [SourceFile(tmp_path / name, name, 0) for name in ("a.csv", "b.csv")]
    raw = RawTable("raw_orders", ("No", "Who", "Day", "Net"), files=files)
    names = {"order_id": "No", "account_id": "Who", "order_date": "Day"}
    columns = {
        target: ColumnSource((name,))
        for target, name in {**names, "net_amount": "Net"}.items()
    }
    drop = (DropRule("nobody", "Who", "is", "blank"),)
    mapping = TableMapping((), columns, drop=drop)
    return clean_table(connection, "orders", mapping, raw, "EUR")


def test_a_share_is_one_of_the_kept_money(connection, lines):
    told = weight(connection, lines, 2, 20.0)
    assert told == {"money": 20.0, "share": pytest.approx(20 / 110)}


@pytest.mark.parametrize("money", [None, float("inf"), float("nan")])
def test_money_that_is_not_finite_gives_way_to_rows(connection, lines, money):
    assert weight(connection, lines, 1, money) == {"money": None, "share": 0.25}


def test_samples_are_the_first_kept_rows_with_their_places(connection, lines):
    samples = samples_where(connection, lines, "net_amount < 100", "net_amount")
    assert [(each.file, each.row, each.value) for each in samples] == [
        ("a.csv", 2, "90.0"),
        ("a.csv", 3, "-10.0"),
        ("b.csv", 2, "-10.0"),
    ]


def test_dropped_rows_keep_their_money(connection, lines):
    assert dropped_rows(connection, lines) == [("nobody", 1, 70.0)]


def test_the_later_of_two_equal_rows_is_the_repeat(connection, lines):
    found = connection.execute(later_rows(lines, "content")).fetchall()
    assert found == [(4,)]
    found = connection.execute(later_rows(lines, "account_id")).fetchall()
    assert sorted(found) == [(4,), (5,)]


def test_lines_are_written_by_day_and_order(connection, lines, tmp_path):
    file, rows = write_table(connection, lines, tmp_path)
    assert (file, rows) == ("orders.parquet", 4)
    written = connection.execute(
        "SELECT order_id, line_id, line_type FROM read_parquet($path)",
        {"path": str(tmp_path / file)},
    ).fetchall()
    assert written == [
        ("2", "1", "return"),
        ("2", "2", "return"),
        ("4", "1", "sale"),
        ("1", "1", "sale"),
    ]


def test_what_the_lines_lack_is_derived(lines):
    assert derived_columns(lines) == ["line_id", "line_type"]


def test_accounts_of_dropped_lines_are_not_written(connection, lines, tmp_path):
    assert write_accounts_of(connection, lines, tmp_path) == ("accounts.parquet", 2)


def test_a_table_has_its_columns_in_the_contracts_order(lines):
    assert lines.columns == ["order_id", "account_id", "order_date", "net_amount"]
    assert lines.money == "abs(net_amount)"

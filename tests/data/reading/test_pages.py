"""Pages go into the raw table by the names of their columns, batch by batch."""

from pathlib import Path

import duckdb
import pytest

from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.reading.pages import Grid, Page, append_page, page_of
from kamlab.data.reading.raw import RawTable

MAPPING = TableMapping((), {"order_id": ColumnSource(("Nr",))})


@pytest.fixture
def raw():
    """An empty raw table with two columns, and the connection that holds it."""
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE raw_orders (file INTEGER, row BIGINT, seq BIGINT, "
            "content UBIGINT, c0 VARCHAR, c1 VARCHAR)"
        )
        header = ("Nr", "Net")
        table = RawTable("raw_orders", header, measured=frozenset(header))
        yield connection, table


def page(header: tuple[str, ...], *rows: tuple, name: str = "a") -> Page:
    return Page(None, name, name, header, iter(list(enumerate(rows, 2))))


def rows_of(connection) -> list[tuple]:
    sql = "SELECT * EXCLUDE (content) FROM raw_orders ORDER BY seq"
    return connection.execute(sql).fetchall()


def test_columns_go_by_their_names_and_new_ones_are_added(raw):
    connection, table = raw
    first = page(("Nr", "Net"), ("1", 5.0))
    second = page(("Note", "Net", "Nr"), ("x", 6.0, "2"), name="b")
    table = append_page(connection, first, table, MAPPING, print)
    table = append_page(connection, second, table, MAPPING, print)
    assert table.header == ("Nr", "Net", "Note")
    assert rows_of(connection) == [
        (0, 2, 1, "1", "5", None),
        (1, 2, 2, "2", "6", "x"),
    ]
    assert [(file.name, file.rows) for file in table.files] == [("a", 1), ("b", 1)]


def test_columns_without_a_name_stay_apart(raw):
    connection, table = raw
    wide = page(("Nr", "", "Net", ""), ("1", "x", 5.0, "y"))
    table = append_page(connection, wide, table, MAPPING, print)
    assert table.header == ("Nr", "Net", "", "")
    assert rows_of(connection)[0][3:] == ("1", "5", "x", "y")


def test_a_column_is_measured_while_no_page_spells_it(raw):
    connection, table = raw
    table = append_page(
        connection, page(("Nr", "Net"), ("1", 5.0)), table, MAPPING, print
    )
    assert table.measured == {"Net"}
    spelt = page(("Nr", "Net"), ("2", "5,0"), name="b")
    assert append_page(connection, spelt, table, MAPPING, print).measured == set()


def test_equal_rows_have_equal_contents_and_others_have_not(raw):
    connection, table = raw
    rows = [("1", 5.0), ("1", 5.0), ("1", None), ("1", 0.5)]
    append_page(connection, page(("Nr", "Net"), *rows), table, MAPPING, print)
    sql = "SELECT count(DISTINCT content) FROM raw_orders"
    assert connection.execute(sql).fetchone() == (3,)


def test_a_long_page_tells_how_far_it_is(raw):
    connection, table = raw
    told = []
    rows = ((number, (str(number), 1.0)) for number in range(200_001))
    long = Page(None, "a", "a", ("Nr", "Net"), rows)
    table = append_page(connection, long, table, MAPPING, told.append)
    assert told == ["a: 200,000 rows so far"]
    assert table.rows == 200_001


def test_a_grid_of_blanks_is_no_page():
    grid = Grid(Path("a.xlsx"), "a.xlsx [x]", "x", [["", None], [" ", ""]])
    assert page_of(grid, MAPPING) is None

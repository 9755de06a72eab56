"""Rows have the numbers of their places, on however many processors they were read."""

import os

import duckdb
import pytest

from kamlab.data.cleaning.at_once import TypedRows
from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.reading.parts import as_table, hold_text
from kamlab.data.reading.raw import content_sql
from kamlab.data.reading.sources import read_table
from kamlab.errors import DataError

ROWS = 400_000
MAPPING = TableMapping(("*.csv",), {"order_id": ColumnSource(("Nr",))})


@pytest.fixture
def connection():
    with duckdb.connect() as connected:
        yield connected


def numbered(tmp_path, name: str, first: int, last: int) -> None:
    """Write lines of which each holds its number, and a text of changing length."""
    rows = "\n".join(f"{i},{'x' * (i % 50)}" for i in range(first, last + 1))
    (tmp_path / name).write_text(f"Nr,Text\n{rows}\n")


def test_rows_of_long_files_are_numbered_as_they_stand_there(connection, tmp_path):
    connection.execute("SET threads = 4")
    numbered(tmp_path, "a.csv", 1, ROWS)
    numbered(tmp_path, "b.csv", ROWS + 1, ROWS + 10)
    raw, faults = read_table(connection, "orders", MAPPING, tmp_path, tmp_path)
    assert (faults, raw.rows) == ([], ROWS + 10)
    wrong = (
        f"seq <> CAST(c0 AS BIGINT) OR file <> (seq > {ROWS})::INTEGER OR "
        f"row <> seq + 1 - if(file = 1, {ROWS}, 0) OR "
        f"content <> {content_sql(raw.cells)}"
    )
    counted = f"SELECT count(*), count_if({wrong}) FROM {raw.name}"
    assert connection.execute(counted).fetchone() == (ROWS + 10, 0)
    as_table(connection, raw)
    assert connection.execute(counted).fetchone() == (ROWS + 10, 0)


def typed_file(connection, tmp_path):
    typed = TypedRows("orders", MAPPING, "EUR")
    return read_table(connection, "orders", MAPPING, tmp_path, tmp_path, typed=typed)[0]


def test_text_that_was_not_kept_is_read_again_with_the_same_numbers(
    connection, tmp_path
):
    connection.execute("SET threads = 4")
    numbered(tmp_path, "a.csv", 1, ROWS)
    raw = typed_file(connection, tmp_path)
    assert raw.typed_rows
    wrong = "count_if(seq <> CAST(c0 AS BIGINT) OR row <> seq + 1)"
    asked = f"SELECT count(*), {wrong} FROM {raw.name}"
    assert connection.execute(asked).fetchone() == (ROWS, 0)
    hold_text(connection, raw)
    assert not any(part.reader for part in raw.parts)
    assert connection.execute(asked).fetchone() == (ROWS, 0)
    typed = f"count_if(rowid + 1 <> CAST(order_id AS BIGINT)) FROM {raw.typed_rows}"
    assert connection.execute(f"SELECT count(*), {typed}").fetchone() == (ROWS, 0)


def test_a_file_that_changed_meanwhile_is_refused(connection, tmp_path):
    numbered(tmp_path, "a.csv", 1, 3)
    raw = typed_file(connection, tmp_path)
    os.utime(tmp_path / "a.csv", ns=(1, 1))
    with pytest.raises(DataError, match=r"a\.csv was changed while it was imported"):
        hold_text(connection, raw)


def test_a_file_that_is_gone_meanwhile_is_refused(connection, tmp_path):
    numbered(tmp_path, "a.csv", 1, 3)
    raw = typed_file(connection, tmp_path)
    (tmp_path / "a.csv").unlink()
    with pytest.raises(DataError, match="import it again"):
        hold_text(connection, raw)


def test_marks_in_a_name_of_a_file_are_no_sql(connection, tmp_path):
    numbered(tmp_path, "it's $v0 $quote.csv", 1, 3)
    raw = typed_file(connection, tmp_path)
    hold_text(connection, raw)
    rows = connection.execute(f"SELECT row, c0 FROM {raw.name}").fetchall()
    assert rows == [(2, "1"), (3, "2"), (4, "3")]

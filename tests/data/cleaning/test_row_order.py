"""The order of the lines proves what grouping them would find out, or nothing."""

import duckdb
import pytest

from kamlab.data.cleaning.cleaning import planned
from kamlab.data.cleaning.row_order import RowOrder, row_order
from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.reading.raw import RawTable

COLUMNS = ("order_id", "line_id", "account_id", "order_date")
JAN, FEB = "2025-01-31", "2025-02-01"


def proved(
    *rows: tuple[str | None, ...],
    columns: tuple[str, ...] = COLUMNS,
    dropped: int | None = None,
):
    """Return what the order of lines (order, line, account, day) proves."""
    mapping = TableMapping((), {name: ColumnSource((name,)) for name in columns})
    cleaned = planned("orders", mapping, RawTable("raw_orders", columns), "EUR")
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE clean_orders (seq BIGINT, dropped INTEGER, order_id VARCHAR, "
            "line_id VARCHAR, account_id VARCHAR, order_date DATE)"
        )
        for number, row in enumerate(rows, 1):
            connection.execute(
                "INSERT INTO clean_orders VALUES (?, NULL, ?, ?, ?, ?)", [number, *row]
            )
        connection.execute(
            "UPDATE clean_orders SET dropped = 0 WHERE seq - 1 = ?", [dropped]
        )
        return row_order(connection, cleaned)


def test_lines_in_the_order_of_documents_prove_all():
    found = proved(("1", "10", "A", JAN), ("1", "20", "A", JAN), ("2", "10", "B", FEB))
    same = frozenset({"account_id", "order_date"})
    assert found == RowOrder(True, True, True, same)


def test_a_key_that_stands_twice_is_never_proved_away():
    twice = [("1", "10", "A", JAN), ("1", "20", "A", JAN), ("1", "10", "A", JAN)]
    assert not proved(*twice).has_unique_keys
    assert not proved(twice[0], twice[0]).has_unique_keys
    assert not proved(twice[0], ("2", "1", "A", JAN), twice[0]).has_unique_keys


def test_a_blank_part_of_a_key_proves_nothing():
    assert not proved((None, "1", "A", JAN), (None, "1", "A", JAN)).has_unique_keys
    assert not proved(("1", None, "A", JAN), ("1", None, "A", JAN)).has_unique_keys


def test_numbers_without_zeros_in_front_are_in_order_although_texts_are_not():
    found = proved(("1", "9", "A", JAN), ("1", "10", "A", JAN), ("1", "100", "A", JAN))
    assert found.has_unique_keys
    found = proved(("9", "1", "A", JAN), ("10", "1", "A", JAN))
    assert found.has_unique_keys
    assert (found.is_by_order, found.is_by_day) == (False, False)


def test_an_order_of_two_accounts_or_days_is_not_proved_to_have_one():
    found = proved(("1", "1", "A", JAN), ("1", "2", "B", JAN))
    assert found.same == {"order_date"}
    found = proved(("1", "1", "A", JAN), ("1", "2", "A", FEB))
    assert found.same == {"account_id"}
    found = proved(("1", "1", "A", JAN), ("1", "2", None, JAN), ("1", "3", "B", JAN))
    assert found.same == {"order_date"}


def test_lines_of_an_order_that_do_not_follow_each_other_prove_nothing_about_it():
    found = proved(("1", "1", "A", JAN), ("2", "1", "A", JAN), ("1", "2", "B", JAN))
    assert found.same == frozenset()
    assert (found.is_by_order, found.is_by_day) == (False, False)


def test_days_may_come_in_order_although_order_numbers_do_not():
    found = proved(("2", "1", "A", JAN), ("1", "1", "A", FEB))
    assert (found.is_by_order, found.is_by_day) == (False, True)
    found = proved(("1", "1", "A", FEB), ("2", "1", "A", JAN))
    assert (found.is_by_order, found.is_by_day) == (True, False)


def test_without_line_numbers_no_key_is_unique():
    columns = tuple(name for name in COLUMNS if name != "line_id")
    rows = [("1", None, "A", JAN), ("2", None, "A", JAN)]
    assert not proved(*rows, columns=columns).has_unique_keys
    assert proved(*rows, columns=columns).is_by_order


@pytest.mark.parametrize("rows", [[], [("1", "1", "A", JAN)]], ids=["none", "one"])
def test_no_line_and_a_single_line_are_no_fault(rows):
    assert proved(*rows).same <= {"account_id", "order_date"}


@pytest.mark.parametrize("fault", range(6))
@pytest.mark.parametrize("dropped", [None, 0, 2, 3, 5])
def test_a_fault_is_found_wherever_it_is_and_whichever_line_is_left_out(fault, dropped):
    rows = [(str(number), "1", "A", JAN) for number in range(6)]
    assert proved(*rows, dropped=dropped).has_unique_keys
    rows.insert(fault, rows[fault])
    other = None if dropped in (fault, fault + 1) else dropped
    assert not proved(*rows, dropped=other).has_unique_keys


def test_the_file_is_sorted_by_day_and_number_however_the_lines_came(export):
    lines = [
        f"{order},{line},A,2025-01-{day:02d},1"
        for day, order, line in [(2, 5, 1), (2, 5, 2), (1, 7, 1), (1, 6, 1), (3, 1, 1)]
    ]
    for rows in (lines, sorted(lines), sorted(lines, key=lambda each: each[6:])):
        export.write("Nr,Pos,Kunde,Tag,Netto\n" + "\n".join(rows) + "\n")
        assert not export.run(replace=export.out.exists()).blocked
        written = export.table()[["order_date", "order_id"]].to_numpy().tolist()
        assert written == sorted(written)

"""Cells that hold numbers and days become the text that a mapping expects."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.cleaning.parsing import Values, number_sql
from kamlab.data.mapping.mapping import ColumnSource, Format, TableMapping, Unpivot
from kamlab.data.reading.cells import CellStyle, cell_styles, cell_text, column_texts

GERMAN = CellStyle(",", "%d.%m.%Y")


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (None, GERMAN, None),
        ("", GERMAN, None),
        (" 1.5 ", GERMAN, " 1.5 "),
        (10023.0, GERMAN, "10023"),
        (-0.1, GERMAN, "-0,1"),
        (0.1 + 0.2, CellStyle(), "0.3"),
        (1.005 * 100, CellStyle(), "100.5"),
        (123456789012345.0, CellStyle(), "123456789012345"),
        (1e-7, CellStyle(), "1e-07"),
        (float("inf"), CellStyle(), "inf"),
        (7, GERMAN, "7"),
        (True, GERMAN, "true"),
        (Decimal("0.10"), GERMAN, "0,10"),
        (date(2025, 1, 31), GERMAN, "31.01.2025"),
        (date(2025, 1, 31), CellStyle(), "2025-01-31"),
        (date(2025, 1, 31), CellStyle(pattern="excel"), "45688"),
        (datetime(2025, 1, 31), CellStyle(), "2025-01-31"),
        (datetime(2025, 1, 31, 8, 15), CellStyle(), "2025-01-31 08:15:00"),
        (datetime(2025, 1, 31, 8, 15), GERMAN, "31.01.2025"),
        (datetime(2025, 1, 31, tzinfo=UTC), CellStyle(), "2025-01-31"),
        (timedelta(hours=6), CellStyle(), "6:00:00"),
    ],
)
def test_a_cell_says_in_text_what_it_holds(value, style, text):
    assert cell_text(value, style) == text
    assert column_texts([value], style) == [text]


def test_a_time_in_another_zone_is_taken_in_utc():
    evening = datetime(2025, 1, 31, 23, tzinfo=timezone(timedelta(hours=-5)))
    assert cell_text(evening) == "2025-02-01 04:00:00"


@given(st.decimals(-(10**9), 10**9, places=2))
def test_cents_survive_the_way_through_a_cell_and_its_text(amount):
    text = cell_text(float(amount), CellStyle(","))
    values = Values()
    sql = "SELECT " + number_sql(f"'{text}'", Format(decimal=","), values)
    with duckdb.connect() as connection:
        found = connection.execute(sql, values.used_in(sql)).fetchone()[0]
    assert round(found * 100) == amount * 100


def test_columns_are_written_as_the_mapping_declares_them():
    mapping = TableMapping(
        (),
        {
            "order_date": ColumnSource(("Day",), dates=("excel",)),
            "cogs": ColumnSource(("Cost",), decimal="."),
            "net_amount": ColumnSource(("amount",), decimal="."),
        },
        Format(decimal=",", dates=("DD.MM.YYYY",)),
        unpivot=Unpivot(("2024-*",), "month", "amount"),
    )
    styles = cell_styles(mapping, ("Day", "Cost", "2024-01", "Other"))
    assert [each.decimal for each in styles] == [",", ".", ".", ","]
    assert styles[0].pattern == "excel"
    assert styles[3].pattern == "%d.%m.%Y"

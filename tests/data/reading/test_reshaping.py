"""Month columns become rows, blanks are filled, sheets become columns: all counted."""

import pandas as pd
import pytest

MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.csv"
    unpivot: {columns: "2024-*", name: month, value: amount}
    columns:
      order_id: {join: [Who, month]}
      account_id: Who
      order_date: {from: month, format: YYYY-MM}
      net_amount: amount
"""
WIDE = "Who,2024-01,2024-02,2024-03,Total\nA,1,,3,4\nB,5,6,,11\n"


def test_months_as_columns_become_rows_and_no_cell_is_lost(export):
    export.write(WIDE)
    export.map(MAPPING)
    result = export.run()
    assert not result.blocked
    assert (result.rows_in, result.rows_out) == (6, 4)
    assert result.dropped == {"empty cells of an unpivot": 2}
    lines = export.table().set_index("order_id")
    assert lines["net_amount"].to_dict() == {
        "A 2024-01": 1,
        "A 2024-03": 3,
        "B 2024-01": 5,
        "B 2024-02": 6,
    }
    days = pd.to_datetime(lines["order_date"]).dt.strftime("%Y-%m-%d")
    assert days["B 2024-02"] == "2024-02-29"


def test_a_cell_that_is_no_number_is_told_by_its_row_in_the_sheet(export):
    export.write(WIDE + "C,7,much,8,15\n")
    export.map(MAPPING)
    found = export.run().findings[0]
    assert found.message.startswith("lines.csv row 4, column 'net_amount': 'much'")


def test_columns_that_no_pattern_takes_are_told(export):
    export.write(WIDE)
    export.map(MAPPING.replace("2024-*", "2023-*"))
    found = export.run().findings[0]
    assert found.rule == "missing_column"
    assert "no column '2023-*'" in found.message


def test_columns_to_unpivot_may_be_listed(export):
    export.write(WIDE)
    export.map(MAPPING.replace('"2024-*"', "[2024-01, 2024-03]"))
    assert export.run().rows_in == 4


def test_numbers_of_parquet_stay_numbers_when_they_are_unpivoted(export):
    frame = pd.DataFrame({"Who": ["A"], "2024-01": [1234.5], "2024-02": [0.25]})
    frame.to_parquet(export.source / "wide.parquet")
    text = MAPPING.replace("*.csv", "*.parquet")
    export.map(text, 'format: {decimal: ",", thousands: "."}')
    assert not export.run().blocked
    assert export.table()["net_amount"].tolist() == [1234.5, 0.25]


LONG = "Nr,Who,Day,Net\n1,A,2024-01-31,1\n2,,2024-01-31,2\n3, ,2024-01-31,3\n"
FILLED = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.csv"
    columns: {order_id: Nr, account_id: Who, order_date: Day, net_amount: Net}
"""


def test_blanks_below_a_name_are_filled_and_counted(export):
    export.write(LONG)
    export.map(FILLED, "fill_down: Who")
    result = export.run()
    assert export.table()["account_id"].tolist() == ["A", "A", "A"]
    told = next(each for each in result.findings if each.rule == "filled_down")
    assert told.rows == 2


def test_nothing_is_filled_from_the_file_before(export):
    export.write(LONG, "a.csv")
    export.write("Nr,Who,Day,Net\n4,,2024-01-31,1\n", "b.csv")
    export.map(FILLED, "fill_down: Who")
    found = next(e for e in export.run().findings if e.rule == "blank_id")
    assert (found.samples[0].file, found.samples[0].row) == ("b.csv", 2)


def test_rows_that_differ_only_in_what_was_filled_are_no_duplicates(export):
    lines = "1,A,2024-01-31,1\n1,,2024-01-31,1\n2,B,2024-01-31,1\n2,,2024-01-31,1\n"
    export.write(f"Nr,Who,Day,Net\n{lines}")
    export.map(FILLED, "fill_down: Who", "exact_duplicates: drop")
    export.run()
    assert export.table()["account_id"].tolist() == ["A", "B"]


@pytest.mark.parametrize("name", ["(file)", "(sheet)"])
def test_the_name_of_the_file_may_be_a_column(export, name):
    for company in ("north", "south"):
        export.write(f"Nr,Who,Day,Net\n{company},A,2024-01-31,1\n", f"{company}.csv")
    columns = f'net_amount: Net, sales_org: {{from: "{name}", strip_suffix: .csv}}'
    export.map(FILLED.replace("net_amount: Net", columns))
    assert not export.run().blocked
    assert export.table()["sales_org"].tolist() == ["north", "south"]

"""Heads and lines of documents in two files make order lines, each of them once."""

import sqlite3
from contextlib import closing

import pytest
import xlsxwriter

from kamlab.errors import UsageError

HEADS = "VBELN,FKDAT,KUNAG,NETWR\n90,2025-01-31,A,150\n91,2025-02-28,B,7\n"
LINES = "VBELN,POSNR,MATNR,NETWR\n90,10,M1,100\n90,20,M2,50\n91,10,M1,7\n"
MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: VBRP.csv
    join: {files: VBRK.csv, by: VBELN}
    columns:
      order_id: VBELN
      line_id: POSNR
      account_id: KUNAG
      order_date: FKDAT
      product_id: MATNR
      net_amount: NETWR
"""
ROWS = [
    ("90", "10", "A", "2025-01-31", 100.0),
    ("90", "20", "A", "2025-01-31", 50.0),
    ("91", "10", "B", "2025-02-28", 7.0),
]


@pytest.fixture
def joined(export):
    """Import heads and lines; return the findings by rule."""

    def run(heads: str = HEADS, lines: str = LINES, mapping: str = MAPPING):
        export.write(heads, "VBRK.csv")
        export.write(lines, "VBRP.csv")
        export.map(mapping)
        return {each.rule: each for each in export.run().findings}

    return run


def rows_of(export) -> list[tuple[object, ...]]:
    lines = export.table()
    lines["order_date"] = lines["order_date"].astype(str)
    names = ["order_id", "line_id", "account_id", "order_date", "net_amount"]
    return sorted(lines[names].itertuples(index=False, name=None))


def test_lines_get_the_account_and_the_day_of_their_head(joined, export):
    assert not any(each.blocks for each in joined().values())
    assert rows_of(export) == ROWS


def test_a_column_that_both_have_is_that_of_the_lines(joined, export):
    joined()
    assert export.table()["net_amount"].sum() == 157


def test_a_document_with_two_heads_blocks_and_doubles_nothing(joined):
    found = joined(heads=HEADS + "90,2025-01-31,A,150\n")
    assert found["join_key_repeated"].blocks
    assert (found["join_key_repeated"].rows, "missing_column" in found) == (2, False)
    first = found["join_key_repeated"].samples[0]
    assert (first.file, first.row, first.value) == ("VBRK.csv", 2, "90")


def test_two_columns_tell_documents_of_two_companies_apart(joined, export):
    heads = "BUKRS,VBELN,FKDAT,KUNAG\n1,90,2025-01-31,A\n2,90,2025-02-28,B\n"
    lines = "BUKRS,VBELN,POSNR,MATNR,NETWR\n1,90,10,M1,100\n2,90,20,M2,50\n"
    mapping = MAPPING.replace("by: VBELN", "by: [BUKRS, VBELN]")
    mapping = mapping.replace("order_id: VBELN", "order_id: {join: [BUKRS, VBELN]}")
    assert not any(each.blocks for each in joined(heads, lines, mapping).values())
    assert export.table().sort_values("line_id")["account_id"].tolist() == ["A", "B"]


def test_heads_may_call_the_number_otherwise(joined, export):
    mapping = MAPPING.replace("by: VBELN", "by: {VBELN: Beleg}")
    joined(heads=HEADS.replace("VBELN", "Beleg"), mapping=mapping)
    assert rows_of(export) == ROWS


def test_a_line_without_a_head_is_told_and_stays(joined):
    found = joined(lines=LINES + "92,10,M1,1\n")
    told = found["join_unmatched"]
    assert (told.rows, told.samples[0].row, told.samples[0].value) == (1, 5, "92")
    assert "missing_value" in found or any(each.blocks for each in found.values())


def test_lines_without_a_head_may_be_left_out_by_a_rule(joined, export):
    rule = "    drop: [{name: no head, column: KUNAG, is: blank}]\n"
    limit = "limits: {join_unmatched: 1}\n"
    found = joined(lines=LINES + "92,10,M1,1\n", mapping=MAPPING + rule + limit)
    assert not any(each.blocks for each in found.values())
    assert rows_of(export) == ROWS


def test_heads_without_lines_are_told(joined, export):
    told = joined(heads=HEADS + "93,2025-02-28,C,0\n")["join_heads_unused"]
    assert (told.severity, told.rows, told.samples[0].value) == ("info", 1, "93")
    assert rows_of(export) == ROWS


def test_blanks_and_spaces_around_a_number_do_not_part_what_belongs_together(
    joined, export
):
    joined(heads=HEADS.replace("\n90", "\n 90 "))
    assert rows_of(export) == ROWS


def test_a_blank_number_belongs_to_no_document(joined):
    found = joined(heads=HEADS + ",2025-01-31,C,0\n", lines=LINES + ",10,M1,1\n")
    assert found["join_unmatched"].rows == 1
    assert found["join_heads_unused"].rows == 1


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [("VBELN,POSNR", "Beleg,POSNR", "VBELN"), ("VBELN,FKDAT", "Beleg,FKDAT", "VBELN")],
)
def test_a_number_that_one_file_lacks_is_a_missing_column(joined, old, new, column):
    found = joined(HEADS.replace(old, new), LINES.replace(old, new))
    assert repr(column) in found["missing_column"].message


def test_heads_that_are_not_there_are_told_with_their_key(joined):
    mapping = MAPPING.replace("VBRK.csv", "VBRX.csv")
    with pytest.raises(UsageError, match=r"tables\.orders\.join\.files"):
        joined(mapping=mapping)


def test_heads_and_lines_may_be_two_sheets_of_a_workbook(export):
    with xlsxwriter.Workbook(export.source / "book.xlsx") as book:
        for name, text in {"Lines": LINES, "Heads": HEADS}.items():
            sheet = book.add_worksheet(name)
            for number, line in enumerate(text.splitlines()):
                sheet.write_row(number, 0, line.split(","))
    told = MAPPING.replace("VBRP.csv", "book.xlsx\n    sheet: Lines")
    export.map(told.replace("VBRK.csv,", "book.xlsx, sheet: Heads,"))
    assert not export.run().blocked
    assert rows_of(export) == ROWS


def test_heads_and_lines_may_be_two_tables_of_a_database_file(export):
    with closing(sqlite3.connect(export.source / "shop.db")) as connection:
        for name, text in {"VBRP": LINES, "VBRK": HEADS}.items():
            header, *rows = (line.split(",") for line in text.splitlines())
            connection.execute(f"CREATE TABLE {name} ({', '.join(header)})")
            marks = ", ".join("?" * len(header))
            connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        connection.commit()
    told = MAPPING.replace("VBRP.csv", "shop.db\n    table: VBRP")
    export.map(told.replace("VBRK.csv,", "shop.db, table: VBRK,"))
    assert not export.run().blocked
    assert rows_of(export) == ROWS


@pytest.mark.parametrize(
    ("join", "problem"),
    [
        ("{files: VBRK.csv}", "tables.orders.join.by is missing"),
        ("{by: VBELN}", "tables.orders.join.files is missing"),
        ("{files: a, by: b, table: c, query: SELECT 1}", "has table and query"),
        ("{files: VBRK.csv, by: {}}", "tables.orders.join.by is empty"),
        ("{files: VBRK.csv, at: VBELN, by: VBELN}", "tables.orders.join.at"),
    ],
)
def test_a_join_is_said_completely(joined, join, problem):
    mapping = MAPPING.replace("{files: VBRK.csv, by: VBELN}", join)
    with pytest.raises(UsageError) as error:
        joined(mapping=mapping)
    assert problem in str(error.value)

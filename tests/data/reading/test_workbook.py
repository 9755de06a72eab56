"""Workbooks as people keep them: titles, merged cells, a sheet for every month."""

import struct
from datetime import datetime

import pandas as pd
import pytest
import xlsxwriter

MAPPING = """
portfolio: {name: Probe, currency: CNY}
tables:
  orders:
    files: "*.xlsx"
    columns: {order_id: 单号, account_id: 客户, order_date: 日期, net_amount: 金额}
"""
HEADER = ["单号", "客户", "日期", "金额"]


@pytest.fixture
def book(export):
    """Write a workbook: sheets by name, each a list of rows; and its mapping."""

    def write(sheets: dict[str, list[list]], *more: str, text: str = MAPPING):
        workbook = xlsxwriter.Workbook(export.source / "book.xlsx")
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        workbook.close()
        export.map(text, *more)
        return export

    return write


def rules(result) -> set[str]:
    return {each.rule for each in result.findings if each.severity != "info"}


def finding(result, rule: str):
    return next(each for each in result.findings if each.rule == rule)


def line(number: str, amount: object = 1.5, day: object = "2024-03-05") -> list:
    return [number, "甲", day, amount]


def test_the_header_is_where_the_columns_of_the_mapping_stand(book):
    rows = [["销售明细", "2024"], [], HEADER, line("X1"), [], line("X2")]
    export = book({"A": rows})
    assert rules(export.run()) == set()
    assert export.table()["order_id"].tolist() == ["X1", "X2"]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them(book):
    rows = [["销售明细"], [], HEADER, line("X1"), [], line("X2", "much")]
    found = finding(book({"A": rows}).run(), "not_a_number")
    assert found.message.startswith("book.xlsx [A] row 6, column 'net_amount': 'much'")


def test_a_missing_column_is_told_at_the_row_of_the_header(book):
    rows = [["销售明细"], [], ["单号", "客户", "日期", "金 额"], line("X1")]
    found = finding(book({"A": rows}).run(), "missing_column")
    assert (found.samples[0].file, found.samples[0].row) == ("book.xlsx [A]", 3)
    assert "did you mean '金 额'?" in found.message


def test_declared_lines_above_the_header_are_taken_at_their_word(book):
    rows = [HEADER, HEADER, line("X1")]
    export = book({"A": rows}, "format: {skip_lines: 1}")
    export.run()
    assert export.table()["order_id"].tolist() == ["X1"]


def test_more_declared_lines_than_rows_are_told(book):
    result = book({"A": [HEADER, line("X1")]}, "format: {skip_lines: 90}").run()
    assert "missing_column" in rules(result)


def test_numbers_have_no_noise_and_texts_among_them_are_read_as_declared(book):
    rows = [HEADER, line("X1", 0.1 + 0.2), line("X2", "1.234,50-"), line("X3", 1e-7)]
    export = book({"A": rows}, 'format: {decimal: ",", thousands: "."}')
    assert rules(export.run()) == set()
    assert export.table()["net_amount"].tolist() == [0.3, -1234.5, 1e-7]


def test_amounts_in_cells_of_numbers_are_no_thousands_in_disguise(book):
    rows = [HEADER, line("X1", 1.234), line("X2", 12.505)]
    assert rules(book({"A": rows}).run()) == set()


def test_texts_that_may_be_thousands_are_doubted_in_a_workbook_too(book):
    rows = [HEADER, line("X1", "1.234"), line("X2", "12.505")]
    assert rules(book({"A": rows}).run()) == {"thousands_as_decimals"}


def test_days_may_be_cells_of_days_texts_or_declared_serial_numbers(book):
    day = datetime(2024, 3, 5, 17, 45)
    rows = [HEADER, line("X1", day="2024年3月5日"), line("X2", day=45356)]
    form = 'format: {dates: ["YYYY年M月D日", excel]}'
    export = book({"A": rows}, form)
    assert rules(export.run()) == set()
    assert set(pd.to_datetime(export.table()["order_date"]).dt.date) == {day.date()}


def test_a_serial_number_that_is_not_declared_is_told(book):
    result = book({"A": [HEADER, line("X1", day=45356)]}).run()
    assert "format: excel" in finding(result, "excel_serial").remedy


def test_full_width_signs_and_brackets_are_read(book):
    rows = [HEADER, ["Ｘ１", "甲", "２０２４－０３－０５", "（１，２３４．５０）"]]
    export = book({"A": rows}, 'format: {thousands: ","}')
    assert rules(export.run()) == set()
    told = export.table().iloc[0]
    assert (told["order_id"], told["net_amount"]) == ("X1", -1234.5)


def test_declared_signs_are_taken_off_numbers(book):
    rows = [HEADER, line("X1", "¥1,234.50"), line("X2", "-¥2"), line("X3", "3 元")]
    more = 'format: {thousands: ",", symbols: ["¥", "元"]}'
    export = book({"A": rows}, more)
    assert rules(export.run()) == set()
    assert export.table()["net_amount"].tolist() == [1234.5, -2.0, 3.0]


def test_a_sign_that_is_not_declared_is_told_with_what_to_write(book):
    result = book({"A": [HEADER, line("X1", "¥1234.50")]}).run()
    assert "format.symbols: ['¥']" in finding(result, "sign_of_currency").remedy


def test_one_sheet_a_month_is_one_table_and_the_sheet_may_be_a_column(book):
    text = MAPPING.replace("日期", '{from: "(sheet)", format: YYYY年M月}')
    header = ["单号", "客户", "金额"]
    sheets = {
        f"2024年{month}月": [header, [f"X{month}", "甲", month]] for month in (1, 2)
    }
    sheets["说明"] = [["notes"]]
    export = book(sheets, 'sheet: "2024*"', text=text)
    result = export.run()
    assert rules(result) == set()
    days = pd.to_datetime(export.table()["order_date"]).dt.strftime("%Y-%m-%d")
    assert days.tolist() == ["2024-01-31", "2024-02-29"]
    names = [file.name for file in result.tables[0].files]
    assert names == ["book.xlsx [2024年1月]", "book.xlsx [2024年2月]"]


def test_columns_of_month_sheets_may_stand_in_another_order_and_be_more(book):
    sheets = {
        "1": [HEADER, line("X1", 10)],
        "2": [["金额", "备注", *HEADER[:3]], [20, "late", "X2", "甲", "2024-03-05"]],
    }
    export = book(sheets, "sheet: '*'")
    assert rules(export.run()) == set()
    assert export.table()["net_amount"].tolist() == [10, 20]


def test_a_sheet_that_lacks_a_needed_column_is_refused(book):
    sheets = {"1": [HEADER, line("X1")], "2": [HEADER[:3], ["X2", "甲", "2024-03-05"]]}
    found = finding(book(sheets, "sheet: '*'").run(), "header_differs")
    assert found.message.endswith("differ from those of book.xlsx [1]: -金额")


def test_the_only_sheet_with_the_columns_is_taken_and_the_others_are_told(book):
    export = book({"说明": [["notes"]], "数据": [HEADER, line("X1")]})
    result = export.run()
    assert not result.blocked
    assert finding(result, "sheets_not_read").message.endswith("'说明'")


def test_two_sheets_with_the_columns_are_a_question(book):
    result = book({"1": [HEADER, line("X1")], "2": [HEADER, line("X2")]}).run()
    found = finding(result, "which_sheet")
    assert "'1', '2'" in found.message
    assert "tables.orders.sheet" in found.remedy


def test_a_sheet_that_is_not_there_comes_with_the_nearest_name(book):
    result = book({"Orders": [HEADER, line("X1")]}, "sheet: Order").run()
    assert "did you mean 'Orders'?" in finding(result, "missing_sheet").message


def test_hidden_sheets_are_read_only_by_name(export):
    workbook = xlsxwriter.Workbook(export.source / "book.xlsx")
    for name in ("seen", "hidden"):
        sheet = workbook.add_worksheet(name)
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, line(name))
    sheet.hide()
    workbook.close()
    export.map(MAPPING)
    result = export.run()
    assert export.table()["order_id"].tolist() == ["seen"]
    assert "'hidden'" in finding(result, "sheets_not_read").message
    export.map(MAPPING, "sheet: '*'")
    export.run(replace=True)
    assert export.table()["order_id"].tolist() == ["seen"]
    export.map(MAPPING, "sheet: hidden")
    export.run(replace=True)
    assert export.table()["order_id"].tolist() == ["hidden"]


@pytest.fixture
def merged(export):
    """A header of two lines with merged cells, and a customer over two rows."""
    workbook = xlsxwriter.Workbook(export.source / "book.xlsx")
    sheet = workbook.add_worksheet("A")
    sheet.merge_range("B2:B3", "客户")
    sheet.merge_range("C2:D2", "2024")
    sheet.write("E2", "单号")
    sheet.write_row("C3", ["日期", "金额"])
    sheet.merge_range("B4:B5", "甲")
    sheet.write_row("C4", ["2024-03-05", 1, "X1"])
    sheet.write_row("C5", ["2024-03-05", 2, "X2"])
    workbook.close()
    columns = "{order_id: 单号, account_id: 客户, order_date: 2024 / 日期, "
    columns += "net_amount: 2024 / 金额}"
    start = MAPPING.index("columns:")
    export.map(MAPPING[:start] + f"columns: {columns}\n")
    return export


def test_a_header_of_two_lines_is_joined_and_merged_cells_are_filled(merged):
    merged.map(merged.mapping.read_text(), "fill_down: [客户]")
    result = merged.run()
    assert rules(result) == set()
    assert merged.table()["account_id"].tolist() == ["甲", "甲"]
    assert "(1 row)" in finding(result, "filled_down").message


def test_merged_cells_below_the_header_are_told_with_what_to_declare(merged):
    found = finding(merged.run(), "merged_cells")
    assert (found.samples[0].row, found.rows) == (4, 1)
    assert "tables.orders.fill_down" in found.remedy


def test_a_header_in_which_a_name_repeats_is_refused(book):
    rows = [["单号", "客户", "日期", "金额", "金额"], [*line("X1"), 2]]
    assert rules(book({"A": rows}).run()) == {"duplicate_header"}


def test_an_empty_workbook_is_told(book):
    assert rules(book({"A": []}).run()) == {"empty_file"}


def test_a_header_without_rows_is_told(book):
    assert rules(book({"A": [HEADER]}).run()) == {"header_only"}


def test_a_cell_in_the_last_corner_is_refused_before_memory_is_asked_for(export):
    workbook = xlsxwriter.Workbook(export.source / "book.xlsx")
    sheet = workbook.add_worksheet("A")
    sheet.write_row(0, 0, HEADER)
    sheet.write("XFD1048576", "x")
    workbook.close()
    export.map(MAPPING)
    found = finding(export.run(), "workbook_too_large")
    assert "row 1,048,576 and column 16,384" in found.message


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04 and then nothing", "cannot be read"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + struct.pack("<500I", *range(500)), ""),
    ],
    ids=["archive that is cut off", "compound file of rubbish"],
)
def test_a_damaged_workbook_is_a_finding(export, content, told):
    export.write(content, "book.xlsx")
    export.map(MAPPING)
    found = finding(export.run(), "unreadable_file")
    assert told in found.message


def test_a_workbook_of_2003_in_xml_is_told_what_to_do(export):
    text = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:'
    export.write(text + 'spreadsheet"></Workbook>', "book.xlsx")
    export.map(MAPPING)
    assert "save it as xlsx" in finding(export.run(), "unreadable_file").message


def test_days_counted_from_1904_are_the_days_that_people_see(export):
    file = export.source / "mac.xlsx"
    with xlsxwriter.Workbook(file, {"date_1904": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Nr", "Pos", "Kunde", "Tag", "Netto"])
        sheet.write_row(1, 0, [1, 1, "A", None, 5])
        days = workbook.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_datetime(1, 3, datetime(2025, 1, 31), days)
    export.map(export.mapping.read_text().replace("*.csv", "mac.xlsx"))
    assert not export.run().blocked
    assert export.table()["order_date"].astype(str).tolist() == ["2025-01-31"]

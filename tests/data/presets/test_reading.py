"""The beginning of every kind of file is read; what cannot be read is told."""

import gzip

import pytest
import xlsxwriter

from kamlab.data.mapping.mapping import Format
from kamlab.data.presets.excerpt import Excerpt, joined
from kamlab.data.presets.reading import MOST_FILES, read_excerpts
from kamlab.data.presets.sheets import is_known, sheet_excerpt

TEXT = "Kunde;Netto\nA;9,50\n"


def read(folder):
    return read_excerpts(folder.source)


def test_text_is_read_as_it_seems_to_be_written(folder):
    folder.write("a.csv", TEXT, "utf-16")
    ((excerpt,), left) = read(folder)
    assert excerpt.header == ("Kunde", "Netto")
    assert excerpt.rows == (("A", "9,50"),)
    assert (excerpt.format.encoding, excerpt.format.delimiter) == ("utf-16", ";")
    assert left == []


def test_a_line_that_is_cut_at_the_end_of_the_excerpt_is_left(folder):
    row = "x" * 996 + ";1\n"
    folder.write("a.csv", "Name;Qty\n" + row * 4_100)
    ((excerpt,), _) = read(folder)
    assert {len(cells[0]) for cells in excerpt.rows} == {996}
    assert {cells[1] for cells in excerpt.rows} == {"1"}


def test_packed_text_is_unpacked(folder):
    (folder.source / "a.csv.gz").write_bytes(gzip.compress(TEXT.encode()))
    ((excerpt,), _) = read(folder)
    assert excerpt.rows == (("A", "9,50"),)


def test_lines_above_the_header_are_passed_over(folder):
    folder.write("a.csv", "Umsatzliste\n\n" + TEXT)
    ((excerpt,), _) = read(folder)
    assert (excerpt.header, excerpt.format.skip_lines) == (("Kunde", "Netto"), 2)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", b"", "it is empty"),
        ("a.csv", b"alone\n1\n", "a single column"),
        ("a.zip", b"PK\x05\x06" + bytes(18), None),
        ("a.xlsx", b"PK\x03\x04 broken", "a.xlsx:"),
        ("a.parquet", b"nonsense", "a.parquet:"),
        ("a.db", b"SQLite format 3\0 broken", "a.db:"),
        ("a.csv.gz", b"not packed", "a.csv.gz:"),
        ("a.csv.gz", gzip.compress(b"a,b\n" * 99, mtime=0)[:-12], "a.csv.gz:"),
        ("a.csv.gz", gzip.compress(b"a,b\n", mtime=0)[:10] + b"\xff" * 20, "a.csv.gz:"),
        ("a.csv", b'a,b\n1,"' + b"x" * 2_100_000, "never closed"),
        ("a.xls", b"<html><body>nothing</body></html>", "a.xls:"),
    ],
)
def test_what_cannot_be_read_is_told(folder, name, content, told):
    (folder.source / name).write_bytes(content)
    excerpts, left = read(folder)
    assert excerpts == []
    assert len(left) == 1
    assert left[0].startswith(f"{name}: ")
    assert told is None or told in left[0]


def test_notes_are_no_data(folder):
    folder.write("a.csv", TEXT)
    folder.write("README.md", "about\n")
    folder.write("mapping.yml", "portfolio: {}\n")
    excerpts, left = read(folder)
    assert ([each.files for each in excerpts], left) == ([("a.csv",)], [])


def test_folders_are_looked_into_where_there_are_no_files(folder):
    (folder.source / "2025").mkdir()
    folder.write("2025/a.csv", TEXT)
    ((excerpt,), _) = read(folder)
    assert excerpt.files == ("2025/a.csv",)


def test_not_more_files_are_looked_into_than_are_needed(folder):
    for number in range(MOST_FILES + 2):
        folder.write(f"{number:03d}.csv", TEXT)
    excerpts, left = read(folder)
    assert len(excerpts) == MOST_FILES
    assert left == ["2 more files were not looked into"]


def test_hidden_sheets_and_blank_ones_are_passed_over(folder):
    book = xlsxwriter.Workbook(folder.source / "book.xlsx")
    for name in ("seen", "hidden", "blank"):
        sheet = book.add_worksheet(name)
        if name != "blank":
            sheet.write_row(0, 0, ["客户", "金额"])
            sheet.write_row(1, 0, ["A", 9.5])
        if name == "hidden":
            sheet.hide()
    book.close()
    ((excerpt,), _) = read(folder)
    assert (excerpt.sheets, excerpt.rows) == (("seen",), (["A", 9.5],))


def test_the_header_is_the_line_with_known_names():
    rows = [
        ["报表", "", ""],
        ["", "", ""],
        ["客户", "日期", "金额"],
        ["A", "2025-1-2", 1],
    ]
    found = sheet_excerpt(rows, [], "a.xlsx", "s")
    assert (found.header, len(found.rows)) == (("客户", "日期", "金额"), 1)
    assert found.titles == ("报表",)


def test_a_year_above_months_is_a_title():
    rows = [["", "2025年", ""], ["客户", "1月", "2月"], ["A", 1, 2]]
    found = sheet_excerpt(rows, [], "a.xlsx", "s")
    assert found.header == ("客户", "1月", "2月")
    assert found.titles == ("2025年",)


def test_two_years_above_months_make_a_header_of_two_lines(folder):
    book = xlsxwriter.Workbook(folder.source / "book.xlsx")
    sheet = book.add_worksheet("万元")
    sheet.write_row(0, 1, ["2024年", "", "2025年", ""])
    sheet.write_row(1, 0, ["客户（元）", "11月", "12月", "11月", "12月"])
    sheet.write_row(2, 0, ["A", 1, 2, 3, 4])
    book.close()
    found = folder.suggest()
    assert found.tables[0].columns[1].value == {
        "from": "month",
        "format": "YYYY年 / MM月",
    }
    text = (folder.path / "mapping.yml").read_text(encoding="utf-8")
    assert "2024年 / 11月" in text


def test_a_sheet_without_two_columns_is_no_table():
    assert sheet_excerpt([["a note"], ["another"]], [], "a.xlsx", "s") is None
    assert sheet_excerpt([["", None]], [], "a.xlsx", "s") is None


def test_names_that_any_preset_knows():
    assert is_known("物料编码")
    assert is_known("MANDT")
    assert not is_known("")


def test_sheets_with_the_same_columns_in_another_order_are_one():
    first = Excerpt(("a",), "workbook", ("x", "y"), ((1, 2),), sheets=("1",))
    second = Excerpt(("a",), "workbook", ("y", "x"), ((4, 3),), sheets=("2",))
    (found,) = joined([first, second])
    assert found.rows == ((1, 2), [3, 4])
    assert found.sheets == ("1", "2")


def test_text_files_with_another_order_are_two():
    first = Excerpt(("a",), "text", ("x", "y"), ())
    assert len(joined([first, Excerpt(("b",), "text", ("y", "x"), ())])) == 2


def test_plain_ascii_goes_with_a_file_that_tells_its_encoding():
    first = Excerpt(("a",), "text", ("x",), ())
    second = Excerpt(("b",), "text", ("x",), (), Format(encoding="cp1252"))
    assert joined([first, second])[0].format.encoding == "cp1252"


def test_an_encoding_that_one_file_tells_is_no_question():
    tell = Format(encoding="gb18030")
    first = Excerpt(("a",), "text", ("x",), (), encodings=("gb18030", "cp1252"))
    (found,) = joined([first, Excerpt(("b",), "text", ("x",), (), tell)])
    assert (found.encodings, found.format.encoding) == ((), "gb18030")


def test_an_excerpt_is_called_after_its_first_file():
    assert Excerpt(("a", "b", "c"), "text", (), ()).shown == "a and 2 more"

"""Each binary or packed format tells its failed cells by sheet, row and column."""

import zipfile

import pytest

from kamlab.data.reading.failed_cells import ERROR_NAMES, FailedCell
from kamlab.data.reading.failed_ods import failed_in_ods
from kamlab.data.reading.failed_xls import failed_in_xls
from kamlab.data.reading.failed_xlsb import failed_in_xlsb
from kamlab.data.reading.failed_xlsx import failed_in_xlsx, member_of
from tests.data.reading.failing_books import (
    MANIFEST,
    ODS_END,
    ODS_START,
    Failed,
    FailedValue,
    write_ods,
    write_xls,
    write_xlsb,
    write_xlsx,
)

ROWS = [("Nr", "Netto", "Marge"), ("1", Failed("#N/A"), 2.5), ("2", 9.0, "x")]
FAILED = [FailedCell(2, 1, "#N/A")]
ARCHIVES = {
    "xlsx": (write_xlsx, failed_in_xlsx),
    "xlsb": (write_xlsb, failed_in_xlsb),
    "ods": (write_ods, failed_in_ods),
}


def found_in(kind: str, folder, rows, sheet: str, asked: str = "") -> list[FailedCell]:
    write, find = ARCHIVES[kind]
    write(folder / "book", rows, sheet)
    with zipfile.ZipFile(folder / "book") as archive:
        return list(find(archive, asked or sheet))


@pytest.mark.parametrize("kind", ARCHIVES)
def test_a_failed_cell_is_found_on_its_sheet_only(tmp_path, kind):
    assert found_in(kind, tmp_path, ROWS, "März") == FAILED
    assert found_in(kind, tmp_path, ROWS, "März", "April") == []


@pytest.mark.parametrize("error", sorted(ERROR_NAMES.values()))
def test_every_error_of_excel_goes_by_its_name_in_binary_workbooks(tmp_path, error):
    rows = [("Netto", Failed(error), FailedValue(error))]
    whole = [FailedCell(1, 1, error), FailedCell(1, 2, error)]
    assert found_in("xlsb", tmp_path, rows, "Lines") == whole
    write_xls(tmp_path / "book.xls", rows)
    assert list(failed_in_xls((tmp_path / "book.xls").read_bytes(), "Lines")) == whole


@pytest.mark.parametrize("sheet", ["Lines", "März", "三月"])
def test_a_workbook_of_excel_97_has_its_sheets_by_any_name(tmp_path, sheet):
    write_xls(tmp_path / "book.xls", ROWS, sheet)
    data = (tmp_path / "book.xls").read_bytes()
    assert list(failed_in_xls(data, sheet)) == FAILED
    assert list(failed_in_xls(data, "another")) == []


def test_a_workbook_of_excel_95_names_its_sheets_in_its_code_page(tmp_path):
    write_xls(tmp_path / "book.xls", ROWS, "三月", is_old=True)
    data = (tmp_path / "book.xls").read_bytes()
    assert list(failed_in_xls(data, "三月")) == FAILED


def test_a_logical_value_is_no_error(tmp_path):
    write_xls(tmp_path / "book.xls", [("Netto", FailedValue("#NULL!"))])
    data = (tmp_path / "book.xls").read_bytes()
    record = bytes.fromhex("0502 0800 0000 0100 0000 00")
    told, false = record + b"\1", record + b"\0"
    assert data.count(told) == 1
    assert list(failed_in_xls(data.replace(told, false), "Lines")) == []


def test_rows_and_cells_that_stand_for_several_are_counted_in_ods(tmp_path):
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string">'
        "<text:p>#NV</text:p></table:table-cell>"
    )
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    empty = '<table:table-row table:number-rows-repeated="3">' + gap
    twice = '<table:table-row table:number-rows-repeated="2">' + gap + error
    end = "</table:table-row>"
    with zipfile.ZipFile(tmp_path / "book", "w") as archive:
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        text = ODS_START + empty + end + twice + end + ODS_END
        archive.writestr("content.xml", text)
        found = list(failed_in_ods(archive, "Lines"))
    assert found == [FailedCell(4, 2, "#NV"), FailedCell(5, 2, "#NV")]


def test_a_text_that_only_looks_like_an_error_is_a_text_in_ods(tmp_path):
    assert found_in("ods", tmp_path, [("Nr", "#N/A", "#1!")], "Lines") == []


def test_records_of_a_binary_workbook_may_lie_across_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("kamlab.data.reading.failed_xlsb._PIECE", 7)
    assert found_in("xlsb", tmp_path, ROWS, "März") == FAILED


def test_an_error_may_lie_across_pieces_of_an_ods(tmp_path, monkeypatch):
    monkeypatch.setattr("kamlab.data.reading.failed_ods._PIECE", 37)
    assert found_in("ods", tmp_path, ROWS, "März") == FAILED


def test_members_of_an_archive_are_named_from_its_root_or_from_the_workbook():
    assert member_of("/xl/worksheets/a.xml") == member_of("worksheets/a.xml")

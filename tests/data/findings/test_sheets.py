"""A workbook holds texts as texts, numbers as numbers, days as days."""

import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from kamlab.data.findings.sheets import Link, Styles, clean_text, fill_sheet, sheet_name
from tests.conftest import examples


@pytest.fixture
def filled(tmp_path):
    """Write rows into a workbook; return its path."""

    def filler(header, rows, **options):
        path = tmp_path / "book.xlsx"
        with Workbook(str(path), {"constant_memory": True}) as book:
            book.add_worksheet("Other")
            fill_sheet(book.add_worksheet("Rows"), header, rows, Styles.of(book))
        return path

    return filler


def read(path):
    return CalamineWorkbook.from_path(path).get_sheet_by_name("Rows").to_python()


def test_what_looks_like_a_formula_or_a_link_stays_a_text(filled):
    texts = ["=1+1", "+49 89 1", "-cmd", "@SUM(A1)", "http://a.b", "{=1}", "007", "1e5"]
    path = filled(["value"], [(each,) for each in texts])
    assert [row[0] for row in read(path)[1:]] == texts
    content = zipfile.ZipFile(path)
    assert b"<f>" not in content.read("xl/worksheets/sheet2.xml")
    assert "xl/worksheets/_rels/sheet2.xml.rels" not in content.namelist()


def test_numbers_and_days_keep_their_kind(filled):
    path = filled(["a"], [(7,), (9.5,), (date(2025, 1, 31),), (None,), ("x",)])
    values = [row[0] for row in read(path)[1:]]
    assert values == [7.0, 9.5, date(2025, 1, 31), "", "x"]


def test_what_a_spreadsheet_cannot_hold_is_written_as_text(filled):
    path = filled(["a"], [(2**60,), (float("inf"),), (date(1021, 1, 31),), (True,)])
    values = [row[0] for row in read(path)[1:]]
    assert values == [str(2**60), "inf", "1021-01-31", "True"]


def test_the_header_stays_and_can_be_filtered(filled):
    path = filled(["file", "row"], [("a", 1), ("b", 2)])
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet2.xml").decode()
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:B3"/>' in sheet


def test_columns_are_as_wide_as_their_texts_within_bounds(filled):
    path = filled(["n", "text", "wide"], [(1, "x" * 500, "客户名称")])
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet2.xml").decode()
    widths = [float(part.split('"')[0]) for part in sheet.split(' width="')[1:]]
    assert widths == pytest.approx([6, 70, 10], abs=1)


def test_a_link_leads_to_a_sheet_of_the_same_book(filled):
    path = filled(["rule"], [(Link("blank_id", "Other"),)])
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet2.xml").decode()
    assert "location=\"'Other'!A1\"" in sheet
    assert read(path)[1] == ["blank_id"]


def test_a_sheet_without_rows_has_its_header(filled):
    assert read(filled(["file", "row"], [])) == [["file", "row"]]


@given(st.text(max_size=80))
def test_the_name_of_a_sheet_is_one_that_excel_takes(text):
    name = sheet_name(f"1 {text}")
    assert len(name) <= 31
    assert not set(name) & set("[]:*?/\\'")


@settings(max_examples=examples(25))
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_any_text_makes_a_workbook_that_opens(texts):
    import io

    page = io.BytesIO()
    with Workbook(page, {"constant_memory": True}) as book:
        fill_sheet(book.add_worksheet(), ["x"], [(t,) for t in texts], Styles.of(book))
    opened = CalamineWorkbook.from_filelike(io.BytesIO(page.getvalue()))
    assert opened.get_sheet_by_index(0).to_python()[0] == ["x"]


def test_a_long_text_is_cut_and_its_length_told():
    assert clean_text("x" * 50_000).endswith("… (50,000 characters)")
    assert len(clean_text("x" * 50_000)) < 2_100


def test_marks_that_xml_does_not_know_are_replaced():
    assert clean_text("a\ufffeb\ud800") == "a\ufffdb\ufffd"

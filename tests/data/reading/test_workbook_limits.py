"""Workbooks that would ask for all memory are refused before they are opened."""

import zipfile

import pytest
import xlsxwriter

from kamlab.data.reading import workbook_limits
from kamlab.data.reading.workbook_limits import too_large


def write(path, *cells: str) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for cell in cells:
        sheet.write(cell, "x")
    book.close()


@pytest.mark.parametrize("corner", ["Z1048576", "XFD20", "AB999999"])
def test_long_and_wide_sheets_are_read(tmp_path, corner):
    write(tmp_path / "a.xlsx", "A1", corner)
    assert too_large(tmp_path / "a.xlsx") == ""


@pytest.mark.parametrize(
    ("corner", "told"),
    [("XFD1048576", "column 16,384"), ("AZ1000000", "row 1,000,000 and column 52")],
)
def test_a_sheet_whose_corner_is_far_away_is_too_large(tmp_path, corner, told):
    write(tmp_path / "a.xlsx", "A1", corner)
    assert told in too_large(tmp_path / "a.xlsx")


def test_an_archive_that_unpacks_to_far_more_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_limits, "_MOST_BYTES", 1_000_000)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", " " * 2_000_000)
    assert too_large(tmp_path / "a.xlsx") == "it unpacks to 0.0 GB"


def test_what_is_no_archive_has_no_corner(tmp_path):
    (tmp_path / "a.xls").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1"))
    assert too_large(tmp_path / "a.xls") == ""

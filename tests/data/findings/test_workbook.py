"""The workbook of findings is there as a whole or not at all, and leads to its rows."""

import zipfile

import pytest
from python_calamine import CalamineWorkbook

from kamlab.data.findings.affected_rows import AffectedRows
from kamlab.data.findings.meanings import MEANINGS
from kamlab.data.findings.quality import make_finding
from kamlab.data.findings.workbook import Contents, write_workbook
from kamlab.data.importing.accounting import DroppedRows, TableCount
from tests.data.conftest import LINES

FOUND = [make_finding("not_a_number", "orders", "net_amount", 3)]


def rows_of(finding, most):
    return AffectedRows(("file", "row"), [("a.csv", n) for n in range(2, 5)][:most])


def test_the_rule_in_the_summary_leads_to_its_rows(tmp_path):
    path = tmp_path / "findings.xlsx"
    write_workbook(Contents(FOUND, rows_of), path, tmp_path)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Summary", "1 not_a_number"]
    assert book.get_sheet_by_name("1 not_a_number").to_python() == [
        ["file", "row"],
        ["a.csv", 2],
        ["a.csv", 3],
        ["a.csv", 4],
    ]
    summary = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "location=\"'1 not_a_number'!A1\"" in summary


@pytest.mark.parametrize(
    ("most", "told"), [(9, "all 3"), (2, "the first 2 of 3"), (0, "")]
)
def test_the_summary_says_how_many_rows_are_listed(tmp_path, most, told):
    path = tmp_path / "findings.xlsx"
    write_workbook(Contents(FOUND, rows_of), path, tmp_path, most)
    summary = CalamineWorkbook.from_path(path).get_sheet_by_name("Summary")
    assert summary.to_python()[1][-1] == told


def test_findings_of_one_rule_have_a_sheet_each(tmp_path):
    path = tmp_path / "findings.xlsx"
    write_workbook(Contents(FOUND * 12, rows_of), path, tmp_path)
    names = CalamineWorkbook.from_path(path).sheet_names
    assert len(set(names)) == 13


def test_nothing_half_written_is_left_when_it_fails(tmp_path):
    path = tmp_path / "findings.xlsx"
    path.write_text("as it was")
    work = tmp_path / "work"
    work.mkdir()

    def fails(finding, most):
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"):
        write_workbook(Contents(FOUND, fails), path, work)
    assert path.read_text() == "as it was"
    assert {file.name for file in tmp_path.iterdir()} == {"findings.xlsx", "work"}


def test_without_findings_the_summary_has_its_header_only(tmp_path):
    path = tmp_path / "findings.xlsx"
    write_workbook(Contents([], rows_of), path, tmp_path)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["Summary"]
    assert len(book.get_sheet_by_name("Summary").to_python()) == 1


def test_money_is_written_in_whole_cents(tmp_path):
    converted = make_finding("not_a_number", "orders", "cogs", 3, money=86.573451326)
    count = TableCount(
        "orders", [], [DroppedRows("none", 1, 86.5734)], 3, 2, net_amount=12.00049
    )
    path = tmp_path / "findings.xlsx"
    write_workbook(Contents([converted], rows_of, [count]), path, tmp_path)
    book = CalamineWorkbook.from_path(path)
    assert book.get_sheet_by_name("Summary").to_python()[1][7] == 86.57
    counted = book.get_sheet_by_name("Rows by rule").to_python()[1:]
    assert [row[3] for row in counted] == ["", 86.57, 12.0]


def test_the_summary_says_in_plain_words_what_a_finding_means(export):
    export.write(LINES.replace("100.00", "ten"))
    export.map()
    book = CalamineWorkbook.from_path(export.run().workbook)
    header, first = book.get_sheet_by_name("Summary").to_python()[:2]
    told = dict(zip(header, first, strict=True))
    assert told["What it means"] == MEANINGS["not_a_number"]

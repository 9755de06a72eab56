"""Every row that a finding touches is found again, as a spreadsheet counts it."""

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from kamlab.data.findings import report as findings_report
from kamlab.data.findings.file import read_findings

HEADER = "Nr,Pos,Kunde,Tag,Netto,Menge,Preis\n"

MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.csv"
    columns:
      order_id: Nr
      line_id: Pos
      account_id: Kunde
      order_date: Tag
      net_amount: Netto
      quantity: Menge
      unit_net_price: Preis
"""


@pytest.fixture
def listed(export):
    """Import lines; return the rows that the workbook lists for a rule."""

    def lister(lines: str, rule: str, more: str = "", **options: object):
        export.write(HEADER + lines)
        export.map(MAPPING + more)
        book = CalamineWorkbook.from_path(export.run(**options).workbook)
        (name,) = [each for each in book.sheet_names if rule in each]
        header, *rows = book.get_sheet_by_name(name).to_python()
        return [dict(zip(header, row, strict=True)) for row in rows]

    return lister


def test_all_rows_with_a_text_for_a_number_are_listed_not_three(listed):
    lines = "".join(f"{n},1,A,2025-01-31,ten{n},,\n" for n in range(1, 41))
    rows = listed(lines + "99,1,A,2025-01-31,9.50,,\n", "not_a_number")
    assert [each["Netto (as written)"] for each in rows] == [
        f"ten{n}" for n in range(1, 41)
    ]
    assert [each["row"] for each in rows] == list(range(2, 42))
    assert {each["file"] for each in rows} == {"lines.csv"}


def test_the_key_stands_beside_the_value_as_it_was_understood(listed):
    (row,) = listed("7,2,,2025-01-31,9.50,,\n8,1,B,2025-01-31,1,,\n", "blank_id")
    assert (row["order_id"], row["line_id"], row["net_amount"]) == ("7", "2", 9.5)
    assert row["order_date"].isoformat() == "2025-01-31"
    assert row["Kunde (as written)"] == ""


def test_what_a_rule_compares_stands_side_by_side(listed):
    lines = "1,1,A,2025-01-31,9.50,2,5\n2,1,A,2025-01-31,10,2,5\n"
    (row,) = listed(lines, "amount_not_price_times", "limits: {default: 1}\n")
    assert (row["quantity"], row["unit_net_price"], row["net_amount"]) == (2, 5, 9.5)


def test_days_of_one_reason_are_apart_from_days_of_another(export):
    export.write(
        HEADER + "1,1,A,2025-02-31,1,,\n2,1,A,soon,1,,\n3,1,A,2025-04-31,1,,\n"
    )
    export.map(MAPPING)
    book = CalamineWorkbook.from_path(export.run().workbook)
    found = {
        name.split(" ")[1]: [row[2] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
        if name[0].isdigit()
    }
    assert found["impossible_date"][1:] == [2, 4]
    assert found["not_a_date"][1:] == [3]


def test_days_written_in_two_ways_are_listed_together(listed):
    lines = "1,1,A,31.01.2025,1,,\n2,1,A,2025-01-31,1,,\n3,1,A,01/31/2025,1,,\n"
    rows = listed(lines, "two_date_formats")
    assert [each["Tag (as written)"] for each in rows] == ["31.01.2025", "01/31/2025"]


def test_rows_that_repeat_show_every_mapped_column(listed):
    line = "1,1,A,2025-01-31,9.5,1,9.5\n"
    (row,) = listed(line + "2,1,B,2025-01-31,1,1,1\n" + line, "exact_duplicates")
    assert row["row"] == 4
    assert row["Preis (as written)"] == "9.5"


def test_lines_of_a_broken_file_are_listed_with_their_text(listed):
    lines = "1,1,A,2025-01-31,1,,\n" + "2,1,A\n" * 5
    rows = listed(lines, "ragged_row")
    assert [each["row"] for each in rows] == [3, 4, 5, 6, 7]
    assert rows[0]["value"] == "2,1,A"


def test_rows_of_a_sheet_have_its_name_and_the_number_that_excel_shows(export):
    with xlsxwriter.Workbook(export.source / "book.xlsx") as book:
        sheet = book.add_worksheet("March")
        sheet.write_row(0, 0, ["Sales 2025"])
        sheet.write_row(2, 0, ["Nr", "Pos", "Kunde", "Tag", "Netto"])
        sheet.write_row(3, 0, ["1", "1", "A", "2025-03-31", "ten"])
    export.map(export.mapping.read_text().replace("*.csv", "book.xlsx"))
    workbook = CalamineWorkbook.from_path(export.run().workbook)
    (name,) = [each for each in workbook.sheet_names if "not_a_number" in each]
    row = workbook.get_sheet_by_name(name).to_python()[1]
    assert row[:3] == ["book.xlsx", "March", 4]


def test_more_rows_than_the_limit_are_counted(export, monkeypatch):
    monkeypatch.setattr(findings_report, "MOST_ROWS", 10)
    lines = "".join(f"{n},1,A,2025-01-31,ten,,\n" for n in range(1, 41))
    export.write(HEADER + lines)
    export.map(MAPPING)
    book = CalamineWorkbook.from_path(export.run().workbook)
    summary = book.get_sheet_by_name("Summary").to_python()
    assert summary[1][-1] == "the first 10 of 40"


def test_names_of_persons_are_listed_only_when_asked_for(export):
    export.write()
    export.write("Id;Name;Since\nA;Anna;2020-01-31\nA;Anna;2020-01-31\n", "team.txt")
    export.map(
        export.mapping.read_text() + "  kam_team:\n    files: team.txt\n"
        "    format: {delimiter: ';'}\n"
        "    columns: {kam_id: Id, kam_name: Name, joined_on: Since}\n"
    )
    for personal in (False, True):
        result = export.run(personal=personal)
        assert result.blocked
        book = CalamineWorkbook.from_path(result.workbook)
        cells = str([book.get_sheet_by_name(n).to_python() for n in book.sheet_names])
        assert "Since (as written)" in cells
        assert ("Name (as written)" in cells) is personal
        assert ("Anna" in cells) is personal


def test_rows_are_marked_by_their_key_whatever_else_changes(export):
    export.write(HEADER + "1,1,A,2025-01-31,ten,,\n1,2,A,2025-01-31,elf,,\n")
    export.map(MAPPING)
    first = read_findings(export.run().findings_file).marks[0]
    export.write(HEADER + "9,9,Z,2025-01-31,1,,\n1,1,B,2025-02-01,eleven,,\n")
    assert read_findings(export.run().findings_file).marks[0][0] in first
    assert len(set(first)) == 2


def test_without_a_line_number_a_row_is_marked_by_all_its_cells(export):
    export.map(MAPPING.replace("      line_id: Pos\n", ""))
    export.write(HEADER + "1,1,A,2025-01-31,ten,,\n1,1,A,2025-01-31,elf,,\n")
    first = read_findings(export.run().findings_file).marks[0]
    export.write(HEADER + "1,1,A,2025-01-31,ten,,\n1,1,A,2025-01-31,11,,\n")
    second = read_findings(export.run().findings_file).marks[0]
    assert len(set(first)) == 2
    assert set(second) < set(first)

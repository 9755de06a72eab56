"""What was found is written where people look for it, and compared with last time."""

import io
import json

import pytest
from python_calamine import CalamineWorkbook
from rich.console import Console

from kamlab.data.findings.file import read_findings
from kamlab.data.findings.quality import Sample, make_finding
from kamlab.data.findings.report import beside, earlier_findings, without_personal
from kamlab.data.findings.screen import show_import
from kamlab.data.findings.workbook import NO_HINT
from tests.test_cli import kamlab_command

HEADER = "Nr,Pos,Kunde,Tag,Netto\n"
GOOD = "1,1,A,2025-01-31,9.50\n"
BAD = GOOD + "2,1,A,2025-01-31,ten\n3,1,,2025-01-31,1\n"


def shown(result) -> str:
    page = io.StringIO()
    show_import(result, Console(file=page, width=400))
    return page.getvalue()


def sheets(result) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(result.workbook)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_findings_that_block_stand_beside_the_place_of_the_portfolio(export):
    export.write(HEADER + BAD)
    result = export.run()
    assert result.findings_file == beside(export.out)
    assert result.workbook.name == "portfolio.findings.xlsx"
    assert result.workbook.is_file()
    assert not export.out.exists()
    assert str(result.workbook) in shown(result)


def test_they_go_into_the_portfolio_when_it_is_made(export):
    export.write(HEADER + BAD)
    export.run()
    export.write(HEADER + GOOD)
    result = export.run()
    assert result.workbook == export.out / "findings.xlsx"
    assert result.workbook.is_file()
    assert not list(export.folder.glob("portfolio.findings.*"))


def test_the_summary_says_what_is_wrong_and_what_to_do(export):
    export.write(HEADER + BAD)
    summary = sheets(export.run())["Summary"]
    told = {row[3]: dict(zip(summary[0], row, strict=True)) for row in summary[1:]}
    blank = told["blank_id"]
    assert (blank["Severity"], blank["Must be mended first"]) == ("error", "yes")
    assert (blank["Rows"], blank["Money"]) == (1, 1.0)
    assert blank["Share of money or rows"] == pytest.approx(1 / 10.5)
    assert "lines.csv row 4, column 'account_id'" in blank["What is the matter"]
    assert "correct it in the export" in blank["What to do"]
    assert blank["Rows listed"] == "all 1"


def test_rows_read_dropped_and_kept_are_accounted_for(export):
    export.write(HEADER + GOOD + "2,1,,2025-01-31,1\n")
    export.map(
        export.mapping.read_text(), "drop: [{name: none, column: Kunde, is: blank}]"
    )
    assert sheets(export.run())["Rows by rule"][1:] == [
        ["orders", "read", 2, ""],
        ["orders", "dropped: none", 1, 1],
        ["orders", "kept", 1, 9.5],
    ]


def test_totals_of_the_books_have_their_sheet(export):
    export.write(HEADER + GOOD)
    total = "{name: =books, period: 2025, net_amount: 9}"
    export.map(export.mapping.read_text() + f"controls: [{total}]\n")
    row = sheets(export.run())["Control totals"][1]
    assert row[0] == "=books"
    assert row[5:8] == [9, 9.5, 0.5]
    assert row[9] == "NO"


def test_the_first_import_has_nothing_to_compare_with(export):
    export.write(HEADER + BAD)
    result = export.run()
    assert result.since is None
    assert "Since" not in shown(result)
    assert "Since last time" not in sheets(result)


def test_the_second_import_says_what_is_gone_fewer_and_new(export):
    export.write(HEADER + BAD + "4,1,A,2025-01-31,elf\n")
    export.run()
    export.write(
        HEADER + BAD.replace("ten", "10").replace(",,", ",B,") + "4,1,A,,elf\n"
    )
    result = export.run()
    assert [each.word for each in result.since.changes] == ["new", "fewer", "gone"]
    text = shown(result)
    assert "which was blocked:" in text
    assert "gone: 1 rule (1 row)" in text
    assert "fewer: not_a_number in orders.net_amount: 2 → 1 row (1 gone, 0 new)" in text
    assert "new: blank_value in orders.order_date: 0 → 1 row" in text
    assert sheets(result)["Since last time"][1][:2] == ["new", "blank_value"]
    kept = json.loads(result.findings_file.read_text())["since_last_time"]
    assert [each["change"] for each in kept["changes"]] == ["new", "fewer", "gone"]


def test_a_row_is_known_again_in_a_file_of_another_name(export):
    export.write(HEADER + BAD)
    export.run()
    (export.source / "lines.csv").rename(export.source / "march.csv")
    result = export.run()
    assert [each.word for each in result.since.changes] == ["same", "same"]
    assert {each.gone for each in result.since.changes} == {0}


def test_an_import_that_goes_well_is_compared_with_the_attempt_before_it(export):
    export.write(HEADER + BAD)
    export.run()
    export.write(HEADER + GOOD)
    result = export.run()
    assert not result.blocked
    assert result.since.lines == ["gone: 2 rules (2 rows)"]
    assert read_findings(export.out / "findings.json").blocked is False


def test_an_import_is_compared_with_the_portfolio_that_it_replaces(export):
    export.write(HEADER + GOOD + GOOD)
    export.map(export.mapping.read_text().replace("line_id: Pos", "product_id: Pos"))
    export.map(export.mapping.read_text() + "limits: {default: 1}\n")
    assert not export.run().blocked
    export.write(HEADER + GOOD)
    result = export.run(replace=True)
    assert result.since.lines == ["gone: 1 rule (1 row)"]
    assert not result.since.was_blocked


def test_damaged_findings_are_nothing_to_compare_with(export):
    beside(export.out).write_text("{torn")
    export.write(HEADER + BAD)
    assert export.run().since is None


def test_the_attempt_beside_counts_before_the_portfolio(export):
    export.write(HEADER + GOOD)
    export.run()
    export.write(HEADER + BAD)
    export.run(replace=True)
    assert earlier_findings(export.out).blocked
    assert earlier_findings(export.out, with_portfolio=False).blocked


def test_what_names_a_person_is_hidden_in_message_and_samples():
    place = Sample("visits.csv", 7, "Anna Adler")
    found = make_finding("scientific_id", "interactions", "contact_id", 1, [place])
    hidden = without_personal(found)
    assert "Adler" not in str(hidden)
    assert "visits.csv row 7" in hidden.message
    other = make_finding("scientific_id", "orders", "order_id", 1, [place])
    assert without_personal(other) is other


@pytest.mark.parametrize("asked", [True, False])
def test_the_command_line_lists_names_of_persons_only_when_asked(export, asked):
    export.write()
    export.write("Id;Name;Since\nA;Anna;2020-01-31\nA;Anna;2020-01-31\n", "team.txt")
    export.map(
        export.mapping.read_text() + "  kam_team:\n    files: team.txt\n"
        "    format: {delimiter: ';'}\n"
        "    columns: {kam_id: Id, kam_name: Name, joined_on: Since}\n"
    )
    more = ["--with-personal-columns"] if asked else []
    where = ("--mapping", export.mapping, "--out", export.out)
    assert kamlab_command("import", export.source, *where, *more) == 1
    book = CalamineWorkbook.from_path(beside(export.out).with_suffix(".xlsx"))
    cells = str([book.get_sheet_by_name(n).to_python() for n in book.sheet_names])
    assert ("Anna" in cells) is asked


def test_a_total_taken_out_of_the_mapping_is_not_gone(export):
    export.write(HEADER + GOOD)
    mapping = export.mapping.read_text()
    export.map(mapping + "controls: [{name: books, period: 2025, net_amount: 9}]\n")
    export.run()
    export.map(mapping)
    result = export.run()
    assert [each.word for each in result.since.changes] == ["not checked"]
    assert "gone: " not in shown(result)
    row = ["not checked", "control_missed", "orders", "net_amount", 1, 0]
    assert sheets(result)["Since last time"][1][:6] == row


def test_a_total_that_nothing_explains_says_so(export):
    export.write(HEADER + GOOD)
    total = "{name: books, period: 2025, net_amount: 4711.11}"
    export.map(export.mapping.read_text() + f"controls: [{total}]\n")
    assert sheets(export.run())["Control totals"][1][-1] == NO_HINT


def test_a_warning_that_blocks_says_that_it_is_above_its_limit(export):
    export.write(HEADER + GOOD)
    total = "{name: books, period: 2025, net_amount: 4711.11}"
    export.map(export.mapping.read_text() + f"controls: [{total}]\n")
    summary = sheets(export.run())["Summary"]
    row = next(each for each in summary if each[3] == "control_missed")
    assert row[1:3] == ["warning", "yes: above its limit"]

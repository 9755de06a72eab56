"""Titles are skipped when the mapping says so, and rows keep the number they have."""

import pytest

HEADER = "Nr,Pos,Kunde,Tag,Netto\n"
ROW = "{},1,A,2025-01-31,{}\n"


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        ("Sales 2025\n", 1),
        ("Sales 2025\n\n", 2),
        ("\n\n", 2),
        ("sep=,\n", 1),
        ("Sales,,,,\n,,,,\n", 2),
        ("Sales, all of them\n", 1),
    ],
)
def test_lines_above_the_header_are_skipped(export, above, lines):
    export.write(above + HEADER + ROW.format(7, 5) + ROW.format(8, "ten"))
    export.map(export.mapping.read_text(), f"format: {{skip_lines: {lines}}}")
    found = export.run().findings[0]
    assert (found.rule, found.samples[0].row) == ("not_a_number", lines + 3)


@pytest.mark.parametrize(
    ("above", "lines"), [("Sales\n", 1), ("\n\n", 2), ("sep=,\n", 1), (",,,,\n", 1)]
)
def test_following_the_advice_on_the_header_imports(export, above, lines):
    export.write(above + HEADER + ROW.format(7, 5))
    found = export.run().findings[0]
    assert found.rule == "title_above_header"
    assert found.remedy.endswith(f"skip_lines: {lines}")
    export.map(export.mapping.read_text(), f"format: {{skip_lines: {lines}}}")
    assert not export.run().blocked


def test_a_table_of_one_column_has_a_header_of_one_name(export):
    export.write(HEADER + ROW.format(7, 5))
    export.write("Id\nA\n", "master.txt")
    export.map(
        export.mapping.read_text() + "  accounts:\n    files: master.txt\n"
        "    columns: {account_id: Id}\n"
    )
    assert not export.run().blocked


def test_more_lines_to_skip_than_there_are_is_told(export):
    export.write(HEADER + ROW.format(7, 5))
    export.map(export.mapping.read_text(), "format: {skip_lines: 9}")
    assert "there is no header in line 10" in export.run().findings[0].message


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blank_lines_count_as_rows(export, end):
    rows = [
        ROW.format(1, 5),
        "\n",
        "\n",
        ROW.format(2, "ten"),
        "\n",
        ROW.format(3, "x"),
    ]
    export.write((HEADER + "".join(rows)).replace("\n", end))
    found = export.run().findings[0]
    assert [sample.row for sample in found.samples] == [5, 7]


def test_blank_lines_count_below_a_title_and_in_every_file(export):
    export.write("Title\n" + HEADER + "\n" + ROW.format(1, "ten"), "a.csv")
    export.write("Title\n" + HEADER + ROW.format(2, "x") + "\n1\n", "b.csv")
    export.map(export.mapping.read_text(), "format: {skip_lines: 1}")
    ragged = export.run().findings[0]
    assert (ragged.samples[0].file, ragged.samples[0].row) == ("b.csv", 5)
    export.write("Title\n" + HEADER + ROW.format(2, "x"), "b.csv")
    found = export.run().findings[0]
    assert [(each.file, each.row) for each in found.samples] == [
        ("a.csv", 4),
        ("b.csv", 3),
    ]


def test_blank_lines_in_a_quoted_text_are_no_rows(export):
    row = '1,1,"A\n\nB",2025-01-31,5\n'
    export.write(HEADER + row + "\n" + ROW.format(2, "ten"))
    assert export.run().findings[0].samples[0].row == 4


def test_every_other_line_may_be_blank(export):
    lines = [ROW.format(i, 1) for i in range(3_000)] + [ROW.format("x", "ten")]
    export.write(HEADER + "\n" + "\n".join(lines))
    assert export.run().findings[0].samples[0].row == 2 * 3_001 + 1

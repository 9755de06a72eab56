"""What a header lacks is told by its place."""

import pytest


def test_a_column_with_values_and_no_name_is_told_by_its_position(export):
    export.write(
        "Nr,Pos,Kunde,Tag,Netto,,\n1,1,A,2025-01-31,5,,\n2,1,A,2025-01-31,5,,EUR\n"
    )
    result = export.run()
    found = [each for each in result.findings if each.rule == "nameless_column"]
    assert [each.message for each in found] == [
        "lines.csv row 3: column 7 of the file has no name in the header, but holds "
        "'EUR' and more (1 row)"
    ]
    assert not result.blocked


@pytest.mark.parametrize("cell", ["", " "])
def test_a_nameless_column_without_values_is_of_no_interest(export, cell):
    export.write(f"Nr,Pos,Kunde,Tag,Netto,\n1,1,A,2025-01-31,5,{cell}\n")
    assert "nameless_column" not in {each.rule for each in export.run().findings}


def test_a_column_that_is_missing_below_a_title_is_told_at_the_headers_row(export):
    export.write("Title\nNr,Pos,Kunde,Tag,Nett\n1,1,A,2025-01-31,5\n")
    export.map(export.mapping.read_text(), "format: {skip_lines: 1}")
    found = export.run().findings[0]
    assert (found.rule, found.samples[0].row) == ("missing_column", 2)

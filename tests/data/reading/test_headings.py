"""A header is found where the columns of the mapping stand, over one line or two."""

import pytest

from kamlab.data.mapping.mapping import (
    FILE,
    SHEET,
    ColumnSource,
    DropRule,
    Format,
    TableMapping,
    Unpivot,
)
from kamlab.data.reading.headings import (
    Span,
    asked_of_files,
    find_heading,
    titles_above,
)


def asking(*names: str, **more: object) -> TableMapping:
    """A mapping that asks for columns of the export."""
    return TableMapping((), {"order_id": ColumnSource(names)}, **more)


def test_the_row_with_most_of_the_asked_names_is_the_header():
    head = [["Nr", "", ""], ["Nr", "Net", "Who"], ["Nr", "7", "A"]]
    found = find_heading(head, [], asking("Nr", "Net"))
    assert (found.first, found.lines, found.below) == (1, 1, 2)


def test_where_no_name_is_found_the_first_row_of_several_names_is_shown():
    head = [["Sales", ""], ["Number", "Net"], ["7", "1"]]
    assert find_heading(head, [], asking("Nr")).names == ("Number", "Net")


def test_merged_cells_go_over_the_columns_that_were_merged():
    head = [["Who", "2024", "", "", "Note"], ["", "Net", "Qty", "Net", ""]]
    spans = [Span(0, 1, 0, 2), Span(0, 0, 1, 0)]
    found = find_heading(head, spans, asking("2024 / Net"))
    assert found.names == ("Who", "2024 / Net", "2024 / Qty", "Net", "Note")


def test_where_a_file_tells_no_merged_cells_an_upper_line_goes_on():
    head = [["Who", "2024", "", "2025", ""], ["", "Net", "Qty", "Net", "Qty"]]
    found = find_heading(head, [], asking("2025 / Qty"))
    assert found.names[1:] == ("2024 / Net", "2024 / Qty", "2025 / Net", "2025 / Qty")


def test_names_are_written_without_line_breaks_and_double_spaces():
    found = find_heading([["Net\n(EUR)", " Nr "]], [], asking("Nr"))
    assert found.names == ("Net (EUR)", "Nr")


def test_numbers_and_days_may_be_names():
    found = find_heading([["Nr", 2024.0]], [], asking("Nr", "2024"))
    assert found.names == ("Nr", "2024")


@pytest.mark.parametrize(("lines", "below"), [(1, 1), (2, 2), (3, 3)])
def test_declared_lines_of_a_header_are_taken(lines, below):
    head = [["Nr"], ["b"], ["c"], ["d"]]
    form = Format(header_lines=lines)
    assert find_heading(head, [], asking("Nr", format=form)).below == below


def test_columns_to_unpivot_tell_the_header_too():
    unpivot = Unpivot(("2024-*",), "month", "amount")
    mapping = asking("month", "amount", unpivot=unpivot)
    head = [["Plan", ""], ["Who", "2024-01"], ["A", "7"]]
    assert find_heading(head, [], mapping).first == 1


def test_what_a_mapping_makes_itself_is_not_looked_for_in_files():
    mapping = asking(
        "Nr",
        SHEET,
        FILE,
        "month",
        drop=(DropRule("x", "Kind", "is", "blank"),),
        unpivot=Unpivot(("a",), "month", "amount"),
        fill_down=("Who",),
    )
    assert asked_of_files(mapping) == {"Nr", "Kind", "Who"}


def test_titles_are_what_stands_above():
    head = [["Sales", None, "单位：万元"], ["", "", ""], ["Nr", "Net", ""]]
    heading = find_heading(head, [], asking("Nr"))
    assert titles_above(head, heading) == ("Sales", "单位：万元")

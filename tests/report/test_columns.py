"""Two columns of a sheet are about as high as each other, wrapped cells included."""

import pytest

from kamlab.report.blocks import Block
from kamlab.report.columns import in_two_columns
from kamlab.report.tables import Presented


def table(*rows: tuple[str, ...]) -> Block:
    """Make the block of a table without caption."""
    size = len(rows[0])
    return Block("table", Presented(("",) * size, ("text",) * size, rows).to_html())


def columns_of(blocks: dict[str, Block]) -> list[list[str]]:
    """Return the columns that named blocks are told into."""
    return in_two_columns(list(blocks), lambda name: [("table", [blocks[name]])])


@pytest.mark.parametrize(
    ("heights", "left"), [([9, 3, 3, 3], 1), ([3, 3, 3, 9], 3), ([5, 5], 1), ([1], 1)]
)
def test_two_columns_are_as_even_as_their_order_allows(heights, left):
    def groups(height):
        return [("table", [table(*[("a",)] * (height - 1))])]

    columns = in_two_columns(heights, groups)
    assert len(columns[0]) == left
    assert [height for column in columns for height in column] == heights


SHORT = ("2 visits", "3", "4")
LONG = (
    "Usual at this level",
    "16 visits and meetings, median of 13 others",
    "26 by all",
)


def test_a_row_whose_cells_wrap_counts_for_as_many_lines():
    rest = table(*[SHORT] * 5)
    blocks = {"people": table(*[SHORT] * 4), "ahead": rest, "service": rest}
    assert columns_of(blocks) == [["people", "ahead"], ["service"]]
    blocks["people"] = table(*[LONG] * 4)
    assert columns_of(blocks) == [["people"], ["ahead", "service"]]


def test_a_chinese_character_is_as_wide_as_two_letters():
    chinese = table(*[("苏州昊锐自动化有限公司的工程师们" * 3, "十二月")] * 4)
    latin = table(*[("a" * 48, "December")] * 4)
    rest = table(*[SHORT] * 5)
    blocks = {"first": chinese, "second": rest, "third": rest}
    assert columns_of(blocks) == [["first"], ["second", "third"]]
    blocks["first"] = latin
    assert columns_of(blocks) == [["first", "second"], ["third"]]


def test_an_empty_table_and_unequal_rows_are_measured_too():
    blocks = {"none": Block("table", "<table><tr></tr></table>"), "one": table(SHORT)}
    ragged = "<tr><th>a</th></tr><tr><td>b</td><td>" + "c" * 200 + "</td></tr>"
    blocks["ragged"] = Block("table", ragged)
    assert columns_of(blocks) == [["none", "one"], ["ragged"]]

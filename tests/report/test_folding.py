"""Sections without anything but missing data are told once, at the end of a page."""

import nbformat
import pytest

from kamlab.report.blocks import Block
from kamlab.report.content import blocks_of
from kamlab.report.folding import fold_dark_sections, folded_sentence
from kamlab.report.sections import Missing

PROFIT = Missing("Profit by account", ("orders.cogs",))
TIME = Missing("Time against profit", ("interactions", "orders.cogs"))


def _heading(text: str, level: int = 2, more: str = "") -> Block:
    return Block("html", f"<h{level}>{text}</h{level}>\n{more}")


def _missing(gap: Missing = PROFIT) -> Block:
    return Block("missing", gap)


TEXT = Block("html", "<p>Why.</p>")


def test_dark_sections_are_gathered_behind_everything_that_is_shown():
    limits = _heading("Limits", more="<p>None.</p>")
    page = [TEXT, _heading("Profit"), _missing(), _heading("Time"), _missing(TIME)]
    assert fold_dark_sections([*page, limits]) == [
        TEXT,
        limits,
        Block("folded", (PROFIT, TIME)),
    ]


def test_a_page_with_all_its_data_stays_as_it_is():
    page = [TEXT, _heading("Revenue"), Block("figure", "data:")]
    assert fold_dark_sections(page) == page
    assert fold_dark_sections([]) == []


def test_a_heading_over_nothing_is_not_shown():
    page = [TEXT, _heading("Empty"), _heading("Revenue"), TEXT, _heading("Last")]
    assert fold_dark_sections(page) == [TEXT, _heading("Revenue"), TEXT]


@pytest.mark.parametrize("other", [TEXT, Block("figure", "data:"), Block("table", "")])
def test_a_section_that_shows_anything_keeps_its_place(other):
    for page in (
        [_heading("Groups"), _missing(), other],
        [_heading("Groups"), other, _missing()],
    ):
        assert fold_dark_sections(page) == page


def test_a_heading_with_words_below_it_is_not_bare():
    page = [_heading("Profit", more="<p>What is left.</p>"), _missing()]
    assert fold_dark_sections(page) == page


def test_a_missing_part_without_a_heading_stays_where_it_is():
    assert fold_dark_sections([TEXT, _missing()]) == [TEXT, _missing()]


def test_a_dark_part_leaves_the_chapter_around_it():
    page = [_heading("Profit"), TEXT, _heading("By group", 3), _missing()]
    kept = fold_dark_sections([*page, _heading("Limits"), TEXT])
    assert kept == [*page[:2], _heading("Limits"), TEXT, Block("folded", (PROFIT,))]


def test_a_chapter_of_dark_parts_is_dark_as_a_whole():
    page = [_heading("Profit"), _heading("A", 3), _missing(), _heading("B", 3)]
    assert fold_dark_sections([*page, _missing(TIME)]) == [
        Block("folded", (PROFIT, TIME))
    ]


def test_the_sentence_names_each_missing_thing_once():
    told = folded_sentence([PROFIT, TIME, PROFIT])
    assert told.count("orders") == 1
    assert "no “Cost of the goods on the line”" in told
    assert "and no interactions (table interactions" in told
    assert told.endswith(": Profit by account; Time against profit.")


def test_an_executed_notebook_is_folded():
    output = nbformat.v4.new_output("display_data", data=TIME._repr_mimebundle_())
    cells = [
        nbformat.v4.new_markdown_cell("# Title"),
        nbformat.v4.new_markdown_cell("## Does time follow profit?"),
        nbformat.v4.new_code_cell("available(…)", outputs=[output]),
    ]
    ((kind, blocks),) = blocks_of(nbformat.v4.new_notebook(cells=cells))
    assert kind == "folded"
    assert blocks[0].content == (TIME,)

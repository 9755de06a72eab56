"""The sheet of a page: slots in bands, what closes up, and what stands below."""

from dataclasses import replace

import nbformat

from kamlab.report.execute import Failure
from kamlab.report.page import About
from kamlab.report.pages import page_html
from kamlab.report.results import Result
from kamlab.report.sections import Missing
from kamlab.report.sentences import Sentence
from kamlab.report.sheet import below_sheet, has_sheet, not_available, sheet_of, slot_of
from kamlab.report.tiles import Tile, tiles
from tests.report.sheets import DAY, dossier, heading, review, shown

V4 = nbformat.v4
ABOUT = About("Talbruck", "EUR", DAY, DAY, "demo")


def _names(*cells: nbformat.NotebookNode) -> list[list[list[str]]]:
    bands = sheet_of(V4.new_notebook(cells=list(cells)))
    return [[[slot.name for slot in column] for column in band] for band in bands]


def _said(slot: str, text: str = "A sentence.") -> nbformat.NotebookNode:
    return shown(Sentence(text), slot)


def test_a_review_reads_from_sentences_to_decisions_in_its_own_order():
    names = [
        [slot.name for column in band for slot in column]
        for band in sheet_of(review().notebook)
    ]
    assert names == [
        ["head"],
        ["sentences"],
        ["tiles"],
        ["picture", "movers"],
        ["watch"],
        ["chances"],
        ["dependence", "kept"],
        ["decide"],
        ["foot"],
    ]


def test_cells_of_one_slot_stand_together_wherever_they_are():
    bands = sheet_of(
        V4.new_notebook(cells=[_said("watch", "One."), _said("foot"), _said("watch")])
    )
    watch = bands[0][0][0]
    assert "One." in str(watch.groups)
    assert "A sentence." in str(watch.groups)


def test_a_slot_alone_between_wide_ones_is_as_wide_as_the_sheet():
    cells = [_said(name) for name in ("tiles", "picture", "watch", "kept", "foot")]
    assert _names(*cells) == [
        [["tiles"]],
        [["picture"]],
        [["watch"]],
        [["kept"]],
        [["foot"]],
    ]


def test_a_slot_without_data_closes_up_and_the_foot_names_it():
    gap = shown(Missing("Overdue", ("receivables",)), "overdue")
    cells = [heading("Overdue", "overdue"), gap, _said("foot", "Definitions.")]
    assert _names(*cells) == [[["foot"]]]
    foot = sheet_of(V4.new_notebook(cells=cells))[0][0][0]
    assert foot.groups[-1][1][0].content == "Not available: Overdue (receivables)."


def test_a_gap_beside_other_things_is_told_in_the_foot_too():
    gap = shown(Missing("Organic growth", ("events",)), "tiles")
    cells = [shown(tiles([Tile("Orders", "412")]), "tiles"), gap, _said("foot")]
    bands = sheet_of(V4.new_notebook(cells=cells))
    assert [kind for kind, _blocks in bands[0][0][0].groups] == ["tiles"]
    assert "Organic growth (events)" in str(bands[-1][0][0].groups)


def test_a_heading_over_nothing_is_no_slot():
    assert _names(heading("Chances", "chances"), _said("foot")) == [[["foot"]]]


def test_a_recorded_figure_gives_way_to_the_tiles_of_the_sheet():
    recorded = shown(Result("revenue", 1.0, "Net revenue"), "tiles")
    tile = shown(tiles([Tile("Net revenue", "EUR 1")]), "tiles")
    (((slot,),),) = sheet_of(V4.new_notebook(cells=[recorded, tile]))
    assert [kind for kind, _blocks in slot.groups] == ["tiles"]
    (((slot,),),) = sheet_of(V4.new_notebook(cells=[recorded]))
    assert [kind for kind, _blocks in slot.groups] == ["tile"]


def test_cells_without_a_slot_stand_below_the_sheet():
    page = review()
    assert has_sheet(page.notebook)
    html = page_html(page, ABOUT)
    sheet, below = html.split('<div class="below">')
    assert "How the figures are made" in below
    assert "How the figures are made" not in sheet
    assert len(below_sheet(page.notebook).cells) == 2


def test_a_page_without_slots_is_what_it_was():
    notebook = V4.new_notebook(cells=[V4.new_markdown_cell("Why.")])
    assert not has_sheet(notebook)
    assert sheet_of(notebook) == []


def test_the_first_tag_that_names_a_slot_counts():
    cell = V4.new_code_cell("1", metadata={"tags": ["x", "slot:kept", "slot:foot"]})
    assert slot_of(cell) == "kept"
    assert slot_of(V4.new_code_cell("1")) == ""


def test_the_head_of_a_sheet_is_the_slot_not_the_page():
    html = page_html(dossier(), ABOUT)
    assert html.count("<h1>") == 1
    assert '<p class="company">' not in html
    assert "money in EUR" not in html


def test_no_section_is_named_twice_among_what_is_missing():
    gaps = [
        Missing("Overdue", ("receivables",)),
        Missing("Plan", ("targets", "events")),
    ]
    told = "Not available: Overdue (receivables); Plan (targets, events)."
    assert not_available(gaps) == told


def test_a_sheet_that_failed_says_so_before_what_it_has():
    failure = Failure("Watch", "row 3: give a number")
    html = page_html(replace(review(), failure=failure), ABOUT)
    assert html.index("This page is not complete") < html.index('<div class="sheet">')


def test_every_slot_can_be_told_by_its_name_in_the_page():
    html = page_html(dossier(), ABOUT)
    for name in ("head", "sentence", "tiles", "buys", "earns", "people", "plan"):
        assert f'<section class="slot slot-{name}">' in html

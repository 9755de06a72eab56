"""A note leads to the whole table on its own page, and nowhere else."""

import re
from dataclasses import replace

import nbformat
import pandas as pd

from kamlab.report import present
from kamlab.report.anchors import led, link_to, place_of, places_in
from kamlab.report.editions.drawing import Sheet
from kamlab.report.editions.pdf import write_pdfs
from kamlab.report.editions.single_file import single_html
from kamlab.report.page import About, Page
from kamlab.report.pages import page_html
from kamlab.report.tables import Presented
from tests.report.sheets import DAY, shown

V4 = nbformat.v4
ABOUT = About("Talbruck", "EUR", DAY, DAY, "demo")
WORDS = "34 more (EUR 1.91 M) in the whole list."
FRAME = pd.DataFrame({"account": ["Kovostav"], "at_stake": [611_000.0]})


def short(name: str = "watch") -> Presented:
    note = f"{WORDS} Two accounts < EUR 5 are faint."
    return replace(present(FRAME), note=note, leads=(WORDS, name))


def whole(name: str = "watch") -> Presented:
    return replace(present(FRAME, caption="Watch, whole"), place=name)


def page(name: str, *cells: nbformat.NotebookNode) -> Page:
    return Page(name, name.title(), V4.new_notebook(cells=list(cells)), {})


def below(table: Presented) -> nbformat.NotebookNode:
    cell = shown(table, "none")
    return V4.new_code_cell("whole", outputs=cell.outputs, execution_count=1)


def links(html: str) -> list[str]:
    return re.findall(r'<a class="below" href="#([^"]+)">', html)


def places(html: str) -> list[str]:
    return re.findall(r'<div class="kamlab-table" id="([^"]+)">', html)


def test_a_note_leads_to_the_whole_table_below_the_sheet() -> None:
    html = page_html(page("review", shown(short(), "watch"), below(whole())), ABOUT)
    assert links(html) == places(html) == ["at-watch"]
    told = re.search(r'<a class="below"[^>]*>([^<]+)</a> Two accounts &lt;', html)
    assert told is not None
    assert told[1].replace("\N{NO-BREAK SPACE}", " ") == WORDS


def test_where_the_whole_table_is_not_shown_the_words_are_plain() -> None:
    html = page_html(page("review", shown(short(), "watch")), ABOUT)
    assert not links(html)
    assert "in the whole list." in html


def test_on_paper_no_words_lead_to_what_is_not_printed(monkeypatch, tmp_path) -> None:
    printed: list[str] = []
    module = "kamlab.report.editions.pdf"
    monkeypatch.setattr(f"{module}.what_is_lacking", lambda: "")

    def draw(pages: list[str], workers: int) -> list[Sheet]:
        printed.extend(pages)
        return [Sheet(b"", workers) for _ in pages]

    monkeypatch.setattr(f"{module}.draw_sheets", draw)
    write_pdfs(
        [page("review", shown(short(), "watch"), below(whole()))], ABOUT, tmp_path
    )
    assert "in the whole list." in printed[0]
    assert not links(printed[0])


def test_pages_of_one_file_have_places_of_their_own() -> None:
    cells = (shown(short(), "watch"), below(whole()))
    html = single_html([page("one", *cells), page("two", *cells)], ABOUT)
    assert links(html) == places(html) == ["page-1-at-watch", "page-2-at-watch"]
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_stored_table_keeps_its_place_and_its_lead() -> None:
    bundles = [table._repr_mimebundle_()[0] for table in (short(), whole())]
    payloads = [next(iter(bundle.values())) for bundle in bundles]
    assert payloads[0]["leads"] == (WORDS, "watch")
    assert payloads[1]["place"] == "watch"
    plain = next(iter(present(FRAME)._repr_mimebundle_()[0].values()))
    assert not {"place", "leads"} & set(plain)


def test_what_data_say_is_never_taken_for_a_link() -> None:
    name = '<a class="below" href="#at-watch">x</a>'
    table = replace(present(pd.DataFrame({"account": [name]})), note=name)
    html = page_html(page("review", shown(table, "watch"), below(whole())), ABOUT)
    assert not links(html)
    assert place_of("") == ""
    assert link_to("watch", "", "<b>") == "&lt;b&gt;"


def test_only_tables_are_looked_at() -> None:
    assert places_in([]) == set()
    assert led([], {"at-watch"}) == []

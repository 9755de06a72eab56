"""The front page says what happened, why, and what to do, before it shows figures."""

import re
from datetime import date

import nbformat

from kamlab.report.front import (
    contents_of,
    front_figures,
    front_messages,
    in_order_of_weight,
)
from kamlab.report.pages import About, Page, index_html
from kamlab.report.results import Result
from kamlab.report.sections import Missing
from kamlab.report.sentences import Headline

DAY = date(2025, 12, 31)
ABOUT = About("Talbruck", "EUR", DAY, DAY, "demo")


def _page(name: str, marked: int = 0, **more) -> Page:
    results = [
        Result(f"r{i}", float(i), f"{name} figure {i}", headline=True)
        for i in range(marked)
    ]
    notebook = nbformat.v4.new_notebook()
    return Page(name, f"Page {name}", notebook, {}, results=results, **more)


def _said(name: str, **counts: int) -> Page:
    told = {
        asked: [f"{name} {asked} {i}." for i in range(count)]
        for asked, count in counts.items()
    }
    return _page(name, headlines=told)


def _sentences(pages: list[Page]) -> dict[str, list[str]]:
    return {
        question: [sentence for message in told for sentence in message.sentences]
        for question, told in front_messages(pages).items()
    }


def test_what_chapters_find_comes_before_company_and_data():
    pages = [_page("00_orientation"), _page("01_data"), _page("11"), _page("21")]
    order = [page.name for page in in_order_of_weight(pages)]
    assert order == ["11", "21", "00_orientation", "01_data"]


def test_messages_stand_under_the_question_that_they_answer():
    pages = [_said("00", what=1), _said("11", do=1, why=1, what=2)]
    assert _sentences(pages) == {
        "What happened": ["11 what 0.", "11 what 1.", "00 what 0."],
        "Why": ["11 why 0."],
        "What to do next": ["11 do 0."],
    }


def test_three_sentences_a_question_are_enough():
    pages = [_said("00", what=2, do=2), _said("11", what=2, why=5)]
    assert _sentences(pages) == {
        "What happened": ["11 what 0.", "11 what 1.", "00 what 0."],
        "Why": ["11 why 0.", "11 why 1.", "11 why 2."],
        "What to do next": ["00 do 0.", "00 do 1."],
    }


def test_a_question_that_nobody_answers_is_not_asked():
    assert front_messages([_page("11"), _said("12", why=0)]) == {}
    assert "<h2>Why" not in index_html([_said("11", what=1)], ABOUT)


def test_neighbouring_sentences_of_a_page_share_one_link():
    html = index_html([_said("00", what=1), _said("11", what=2)], ABOUT)
    front = html[: html.index("<h2>Contents")]
    linked = re.findall(r'<a href="(\d\d).html">Page', front)
    assert linked == ["11", "00"]


def test_eight_figures_are_enough_and_chapters_bring_them_first():
    figures = front_figures([_page("00", marked=4), _page("11", marked=6)])
    assert [page.name for page, _ in figures] == ["11"] * 6 + ["00"] * 2


def test_messages_come_first_then_figures_then_contents_then_what_is_missing():
    gap = Missing("Profit", ("orders.cogs",))
    said = {"what": ["It fell."], "why": ["Discounts."], "do": ["Charge for it."]}
    html = index_html([_page("11", 2, headlines=said, missing=[gap])], ABOUT)
    heads = re.findall(r"<h2>([^<]*)</h2>", html)
    asked = ["What happened", "Why", "What to do next"]
    assert heads == [*asked, "Figures", "Contents", "Not shown"]


def test_what_to_do_begins_with_the_action_in_bold():
    step = Headline("Charge for <it>. Nobody pays.", "Charge for <it>.")
    html = index_html([_page("11", 2, headlines={"do": [step]})], ABOUT)
    assert "<strong>Charge for &lt;it&gt;.</strong> Nobody pays.</p>" in html


def test_every_figure_leads_to_its_page():
    html = index_html([_page("11", marked=1)], ABOUT)
    assert '<a href="11.html">11 figure 0</a>' in html


def test_a_missing_column_takes_one_line_however_many_sections_it_darkens():
    gaps = [Missing(name, ("orders.cogs",)) for name in ("Profit", "Bridge", "What if")]
    pages = [_page("11", missing=gaps), _page("12", missing=gaps[:1])]
    html = index_html(pages, ABOUT)
    listed, _, folded = html[html.index("<h2>Not shown") :].partition("<details>")
    assert re.findall(r"<li>(.*)</li>", listed) == [
        "Cost of the goods on the line (column cogs of table orders): 4 sections"
    ]
    assert "Profit" not in listed
    assert "Profit; Bridge; What if" in folded


def test_the_six_gaps_that_darken_most_are_listed_and_the_others_folded():
    columns = ["channel", "cogs", "payer_id", "posted_on", "product_id", "quantity"]
    often = [Missing("Often", (f"orders.{name}",)) for name in columns * 2]
    html = index_html([_page("11", missing=[Missing("A", ("events",)), *often])], ABOUT)
    listed, _, folded = html[html.index("<h2>Not shown") :].partition("<details>")
    assert listed.count(": 2 sections</li>") == 6
    assert "Events" not in listed
    assert "What else they do not hold" in folded
    assert "<li>Events (table events): 1 section</li>" in folded


def test_dossiers_are_listed_under_their_own_heading_after_the_other_pages():
    dossiers = [_page(f"d{i}", group="Account dossiers") for i in range(3)]
    pages = [*dossiers, _page("11"), _page("12")]
    listed = {name: len(each) for name, each in contents_of(pages).items()}
    assert listed == {"": 2, "Account dossiers": 3}
    html = index_html(pages, ABOUT)
    assert html.index("Page 12</a>") < html.index("<h2>Account dossiers")
    assert html.index("<h2>Account dossiers") < html.index("Page d0</a>")


def test_a_dossier_speaks_for_one_account_and_not_on_the_front_page():
    told = {"what": ["Nordkai ordered less."]}
    dossier = _page("d", marked=2, group="Account dossiers", headlines=told)
    assert front_messages([dossier]) == {}
    assert front_figures([dossier, _page("11", marked=1)])[0][0].name == "11"


def test_a_long_list_can_be_searched_by_more_than_its_titles():
    terms = ("A01", 'Brandt "KAM" <b>')
    many = [_page(f"d{i}", group="Dossiers", terms=terms) for i in range(8)]
    html = index_html(many, ABOUT)
    assert '<input type="search"' in html
    assert 'data-terms="A01 Brandt &#34;KAM&#34; &lt;b&gt;"' in html
    assert '<input type="search"' not in index_html(many[:7], ABOUT)

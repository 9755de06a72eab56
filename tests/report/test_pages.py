"""Pages for managers: complete in themselves, escaped, linked, in words."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import nbformat
import pytest

from kamlab.data.importing.accounting import DroppedRows
from kamlab.report.execute import Failure
from kamlab.report.left_out import LeftOut
from kamlab.report.pages import About, Page, index_html, page_html, write_pages
from kamlab.report.results import Result
from kamlab.report.sections import Missing

NASTY = "<script>alert(1)</script>\"' onload=x"
DAY = date(2025, 12, 31)
ABOUT = About(f"Little {NASTY}", "EUR", DAY, DAY, "little")
PIXEL = "iVBORw0KGgo="


def _notebook(alt: str = "words") -> nbformat.NotebookNode:
    picture = nbformat.v4.new_output(
        "display_data",
        data={"image/png": PIXEL},
        metadata={"image/png": {"alt": alt}},
    )
    cells = [
        nbformat.v4.new_markdown_cell("# Title\n\nWhy."),
        nbformat.v4.new_code_cell("gini(x)", outputs=[picture], execution_count=1),
    ]
    return nbformat.v4.new_notebook(cells=cells)


def _page(name: str = "11", **more) -> Page:
    given = {"title": f"Page {name}", "notebook": _notebook(), "parameters": {}}
    return Page(name, **{**given, **more})


class _Elements(HTMLParser):
    """Collects every start tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def nasty_html() -> list[str]:
    """Return page and front page on which every text tries to break out."""
    result = Result("r", 1.0, NASTY, currency=NASTY, unit="money", reason=NASTY)
    page = _page(
        title=NASTY,
        notebook=_notebook(NASTY),
        parameters={"basis": NASTY, "language": NASTY},
        results=[result],
        headlines={"what": [NASTY], "why": [NASTY], "do": [NASTY]},
        missing=[Missing(NASTY, ("events",))],
        failure=Failure(NASTY, NASTY, NASTY),
    )
    return [page_html(page, ABOUT, [page], (page, page)), index_html([page], ABOUT)]


def test_no_text_becomes_markup(nasty_html):
    for html in nasty_html:
        elements = _Elements(html).found
        assert [tag for tag, _ in elements].count("script") == 1
        assert not [attrs for _, attrs in elements if "onload" in attrs]


def test_the_browser_is_told_to_run_our_own_script_and_no_other(nasty_html):
    for html in nasty_html:
        (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
        known = b64encode(sha256(script.encode()).digest()).decode()
        assert f"script-src 'sha256-{known}'; base-uri 'none'" in html


def test_pages_ask_nothing_of_the_network(nasty_html):
    for html in nasty_html:
        for _, attributes in _Elements(html).found:
            for name in ("src", "href", "action", "data", "srcset"):
                address = attributes.get(name) or ""
                assert not re.match(r"\w+:(?<!data:)|//", address), address
        assert "@import" not in html
        assert "url(" not in html
        assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in html


def test_a_page_names_language_title_company_and_day():
    assert '<html lang="zh">' in page_html(_page(parameters={"language": "zh"}), ABOUT)
    html = page_html(_page(), ABOUT)
    assert '<html lang="en">' in html
    assert "<title>Page 11 · Little" in html
    assert "as of 31 December 2025 · money in EUR" in html
    assert '<meta name="viewport"' in html


def test_figures_carry_their_alternative_text():
    html = page_html(_page(notebook=_notebook("Top 20 % bring < 80 %")), ABOUT)
    assert 'alt="Top 20 % bring &lt; 80 %"' in html


def test_code_is_hidden_one_click_away():
    html = page_html(_page(), ABOUT)
    before, _, behind = html.partition("<details>")
    assert "gini(x)" not in before
    assert "gini(x)" in behind


def test_the_foot_tells_parameters_but_not_where_the_data_lie():
    page = _page(parameters={"data": "little", "top": 0.2})
    html = page_html(page, ABOUT)
    assert "<dt>top</dt><dd>0.2</dd>" in html
    assert "<dt>Data</dt><dd>little</dd>" in html


def test_pages_lead_to_their_neighbours_and_to_the_contents():
    pages = [_page("11"), _page("12"), _page("a b")]
    html = page_html(pages[1], ABOUT, pages, (pages[0], pages[2]))
    assert 'rel="prev" href="11.html"' in html
    assert 'rel="next" href="a%20b.html"' in html
    assert 'href="index.html"' in html


def test_a_failed_page_says_first_in_words_what_happened():
    failure = Failure("The loss of an account", "row 3: give a number", "Traceback …")
    html = page_html(_page(failure=failure), ABOUT)
    assert html.index("This page is not complete") < html.index("<figure>")
    assert "in the section “The loss of an account”" in html
    assert re.search(r"<details><summary>Details[^<]*</summary><pre>Traceback", html)


def test_the_front_page_shows_booked_figures_and_how_sure_estimates_are():
    sure = {"kind": "estimate", "low": 0.6, "high": 0.7, "n": 180}
    results = [
        Result("top", 0.775, "Top 20 %", unit="share", n=235, of="accounts"),
        Result("revenue", 62.4e6, "Net revenue", unit="money", n=77),
        Result("gini", 0.64, "Gini", **sure),
    ]
    html = _plain(index_html([_page(results=results)], ABOUT))
    for text in ("77.5 %", "235 accounts", "EUR 62.4 M", 'href="11.html"'):
        assert text in html
    assert "95 % interval 0.600 to 0.700, n = 180" in html
    assert "n = 235" not in html
    assert "77<" not in html  # nobody said what they are


def _plain(html: str) -> str:
    """Return a page with plain spaces where its lines must not break."""
    return html.replace("\xa0", " ")


def _six(*marked: str) -> list[Result]:
    return [Result(x, 1.0, f"Figure {x}", headline=x in marked) for x in "abcdef"]


def _tiles(html: str) -> str:
    return "".join(re.findall(r"<a[^>]*>Figure (\w)", html))


def test_the_front_page_shows_what_the_notebook_marked_in_its_order():
    said = {"what": ["One.", "Two < three."]}
    page = _page(results=_six("e", "b"), headlines=said)
    html = index_html([page], ABOUT)
    assert _tiles(html) == "be"
    assert html.index("One.") < html.index("Two &lt; three.") < html.index("Figure b")
    assert html.index("Figure b") < html.index("<h2>Contents")


def test_where_nothing_is_marked_the_first_four_figures_stand_in_front():
    assert _tiles(index_html([_page(results=_six())], ABOUT)) == "abcd"


def test_a_notebook_that_marks_a_sentence_alone_gets_no_figures_in_front():
    page = _page(results=_six(), headlines={"what": ["All is well."], "why": []})
    html = index_html([page], ABOUT)
    assert _tiles(html) == ""
    assert '<div class="tiles">' not in html
    assert "All is well." in html


def test_every_page_tells_what_the_import_left_out_in_its_head():
    rows = {"orders": (DroppedRows("no <b>customer</b>", 1200, 9.5e6),)}
    about = replace(ABOUT, left_out=LeftOut(rows))
    for html in (page_html(_page(), about), index_html([_page()], about)):
        head = html[html.index("<header>") : html.index("</header>")]
        assert "1,200 order lines “no &lt;b&gt;customer&lt;/b&gt;”" in head
        assert "(EUR\xa09.50\xa0M)" in head
    assert "Left out at import" not in index_html([_page()], ABOUT)


def test_the_data_folder_is_named_in_the_foot_only():
    for html in (page_html(_page(), ABOUT), index_html([_page()], ABOUT)):
        head, _, foot = html.partition("<footer>")
        assert "little" not in head
        assert "little" in foot


def test_a_printed_page_lists_its_parameters_without_a_click():
    html = page_html(_page(parameters={"data": "little", "top": 0.2}), ABOUT)
    printed = re.search(r'<p class="print-only">([^<]*)</p>', html).group(1)
    assert printed.startswith("How this page was made: data little, top 0.2, kamlab")


def test_the_front_page_sets_the_last_report_beside_todays():
    now = Result("top", 0.775, "Share", unit="share")
    then = {"11": {"top": Result("top", 0.741, "Share", unit="share")}}
    front = index_html([_page(results=[now])], ABOUT, then)
    assert "before: 74.1 %" in _plain(front)
    html = page_html(_page(results=[now]), ABOUT, before=then["11"])
    assert "74.1" not in html  # the notebook itself shows no tile


def test_contents_speak_of_a_page_only_where_something_is_not_as_it_should_be():
    gap = Missing("Gross margin", ("orders.cogs",))
    pages = [_page("11"), _page("12", missing=[gap]), _page("13", missing=[gap, gap])]
    html = index_html([*pages, _page("14", failure=Failure("", "no"))], ABOUT)
    contents = html[html.index("<h2>Contents") :]
    lines = re.findall(r"<li><a[^>]*>Page (\d+)</a>(.*)\n", contents)
    told = [re.sub("<[^>]*>", "", text).strip() for _, text in lines[:4]]
    assert told == ["", "1 section not shown", "2 sections not shown", "not complete"]


def test_the_front_page_tells_status_and_what_is_not_shown():
    pages = [
        _page("11", missing=[Missing("Gross margin", ("orders.cogs",))]),
        _page("12", failure=Failure("", "kernel ended")),
    ]
    html = index_html(pages, ABOUT)
    assert "1 of 2 pages is not complete" in html
    assert "kernel ended" in html
    assert "<h2>Not shown" in html
    assert "<h2>Not shown" not in index_html([_page()], ABOUT)


def test_all_pages_are_written(tmp_path):
    write_pages([_page("11"), _page("12")], ABOUT, tmp_path)
    names = sorted(each.name for each in tmp_path.iterdir())
    assert names == ["11.html", "12.html", "index.html"]


def test_the_same_content_gives_the_same_bytes():
    assert page_html(_page(), ABOUT) == page_html(_page(), ABOUT)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({}, "EUR\xa015.4\xa0M"),
        ({"language": "zh"}, "EUR\xa01,543\xa0万"),
        ({"language": "zh", "money_unit": "million"}, "EUR\xa015.4\xa0百万"),
        ({"money_unit": "thousand"}, "EUR\xa015,432\xa0k"),
        ({"money_unit": "of another program"}, "EUR\xa015.4\xa0M"),
    ],
)
def test_front_page_and_pages_count_money_as_the_notebook_was_asked_to(
    parameters, told
):
    found = Result("net", 15_432_100.0, "Net", unit="money", headline=True)
    page = _page(parameters=parameters, results=[found])
    assert told in index_html([page], ABOUT)
    assert page.wording[0] == parameters.get("language", "en")


def test_a_page_of_a_group_says_on_screen_and_on_paper_of_which():
    cell = nbformat.v4.new_markdown_cell("Words", metadata={"tags": ["slot:head"]})
    sheet = nbformat.v4.new_notebook(cells=[cell])
    page = _page(title="Account manager K01", notebook=sheet, group="Review <b>")
    html = page_html(page, ABOUT)
    assert '<p class="group">Review &lt;b&gt;</p>' in html
    assert "Review &lt;b&gt; · data little" in html
    assert 'class="group"' not in page_html(replace(page, group=""), ABOUT)


def test_the_front_page_leads_to_the_pages_that_stand_beside_it_as_pdf(tmp_path):
    (tmp_path / "a b.pdf").write_bytes(b"%PDF")
    write_pages([_page("a b"), _page("11")], ABOUT, tmp_path)
    front = (tmp_path / "index.html").read_text(encoding="utf-8")
    links = [link for tag, link in _Elements(front).found if tag == "a"]
    printed = [link for link in links if link["href"].endswith(".pdf")]
    assert [link["href"] for link in printed] == ["a%20b.pdf"]
    assert printed[0]["aria-label"] == "Page a b as PDF"


def test_figures_of_the_report_before_name_its_day_in_the_page_s_language():
    found = Result("net", 15_432_100.0, "Net", unit="money", headline=True)
    page = _page(parameters={"language": "zh"}, results=[found])
    about = replace(ABOUT, compared_with=date(2025, 9, 30))
    before = {"11": {"net": replace(found, value=1.0)}}
    assert "2025年9月30日: EUR" in index_html([page], about, before)

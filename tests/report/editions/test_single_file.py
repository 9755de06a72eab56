"""The whole report in one file: every page in it, every link within it."""

import re

import nbformat
import pytest

from kamlab.report.editions.single_file import single_html
from kamlab.report.execute import Failure
from kamlab.report.page import About, Page
from tests.report.sheets import DAY, dossier, review

V4 = nbformat.v4
ABOUT = About("Talbruck", "EUR", DAY, DAY, "demo")


@pytest.fixture(scope="module")
def html() -> str:
    linking = V4.new_markdown_cell("See [the review](portfolio_review.ipynb).")
    chapter = Page("a b", "Concentration", V4.new_notebook(cells=[linking]), {})
    pages = [review(), dossier(), dossier("Nordkai", "A02"), chapter]
    return single_html(pages, ABOUT)


def test_every_link_leads_to_a_place_in_the_file(html):
    addresses = set(re.findall(r'href="([^"]+)"', html)) - {"data:,"}
    places = {f"#{name}" for name in re.findall(r' id="([^"]+)"', html)}
    assert addresses == places
    assert len(places) == 5


def test_text_links_from_page_to_page_lead_within_the_file(html):
    assert '<a href="#page-1">the review</a>' in html


def test_all_pages_are_there_with_their_pictures(html):
    for title in ("Portfolio review", "Kovostav Machinery", "Nordkai", "Concentration"):
        assert re.search(rf"<h1>{title}", html)
    assert set(re.findall(r'<img src="([^;]+);', html)) == {"data:image/png"}


def test_nothing_is_fetched(html):
    assert not re.search(r'(?:src|href)="(?!data:|#)', html)
    assert "default-src 'none'" in html
    assert html.count("<script>") == 1


def test_ids_are_given_once(html):
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_failed_page_says_so_in_one_file_too():
    page = Page("11", "P", V4.new_notebook(), {}, failure=Failure("", "row 3: mend it"))
    html = single_html([page], ABOUT)
    assert html.count("row 3: mend it") == 2


def test_the_same_report_gives_the_same_file():
    assert single_html([review()], ABOUT) == single_html([review()], ABOUT)

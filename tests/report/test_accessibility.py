"""Everybody can read the pages: also who hears them, or sees colours badly."""

from importlib.resources import files

import pytest

from kamlab.report.editions.single_file import single_html
from kamlab.report.execute import Failure
from kamlab.report.pages import index_html, page_html
from kamlab.style import COLOURS
from tests.report.accessibility import LEAST_CONTRAST, colours_of, contrast, faults
from tests.report.sheets import NAMES as ACCOUNTS
from tests.report.sheets import dossier, review
from tests.report.stored import ABOUT, NAMES, stored_page

STYLES = files("kamlab.report") / "templates"


def _translated(page, language: str):
    page.parameters["language"] = language
    return page


@pytest.mark.parametrize("name", NAMES)
def test_the_real_pages_can_be_read_by_everybody(name):
    page = stored_page(name)
    assert page.has_sheet
    assert faults(page_html(page, ABOUT, [page, review()], (None, review()))) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_front_page_pages_and_single_file_can_be_read_by_everybody(language):
    dossiers = [dossier(name, f"A{i}") for i, name in enumerate(ACCOUNTS)]
    pages = [_translated(page, language) for page in (review(), *dossiers)]
    front = index_html(pages, ABOUT, None, {"one file": "report.html"}, [pages[1].name])
    assert f'<html lang="{language}">' in front
    assert faults(front) == []
    assert faults(page_html(pages[1], ABOUT, pages, (pages[0], pages[2]))) == []
    assert faults(single_html(pages, ABOUT)) == []


def test_a_failed_page_can_be_read_by_everybody():
    failed = stored_page(
        NAMES[0], failure=Failure("Watch", "orders.csv, row 7", "trace")
    )
    assert faults(page_html(failed, ABOUT)) == []
    assert faults(index_html([failed], ABOUT)) == []


@pytest.mark.parametrize("name", ["ink", "soft", "accent", "bad"])
def test_words_stand_out_from_their_ground(name):
    colours = colours_of((STYLES / "report.css").read_text(encoding="utf-8"))
    grounds = ("#ffffff", colours["ground"])
    least = min(contrast(colours[name], ground) for ground in grounds)
    assert least >= LEAST_CONTRAST


@pytest.mark.parametrize("name", ["ink", "grey"])
def test_words_in_figures_stand_out_from_white(name):
    assert contrast(COLOURS[name], "#ffffff") >= LEAST_CONTRAST


def test_contrast_is_that_of_its_definition():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#ffffff", "#ffffff") == 1


HEAD = (
    '<html lang="en"><head><title>Review</title>'
    '<meta name="viewport" content="width=device-width"></head><body>'
)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<main><h1>A</h1><h3>B</h3></main>", "is an h3 below an h1"),
        ("<main><h1></h1></main>", "an h1 is empty"),
        ('<main><img src="a"></main>', "a picture has no words"),
        ("<main><svg></svg></main>", "a drawing has no words"),
        (
            "<main><table><tr><th>A</th></tr></table></main>",
            "hides what its heads are of",
        ),
        (
            '<main><table><tr><th scope="col">A</th></tr>'
            "<tr><td>1</td><td>2</td></tr></table></main>",
            "differ in width",
        ),
        ("<main><input></main>", "a field has no label"),
        ("<main><button></button></main>", "a button has no name"),
        ('<main><p id="a"></p><p id="a"></p></main>', "id 'a' stands twice"),
        ('<main><a href="#b">B</a></main>', "leads nowhere"),
        ("<nav></nav><main></main>", "its navigations are called"),
        ("<p></p>", "one main part"),
        ("<main><li>A</li></main>", "outside of a list"),
        ("<main><details>A</details></main>", "what unfolds does not say"),
    ],
)
def test_a_page_that_shuts_somebody_out_is_noticed(body, told):
    (fault,) = faults(HEAD + body)
    assert told in fault


def test_a_page_without_language_or_title_is_noticed():
    told = " ".join(faults("<html><head></head><body><main></main></body></html>"))
    assert all(each in told for each in ("3.1.1", "2.4.2", "1.4.4"))

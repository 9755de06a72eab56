"""What every page carries with it: style, one script, words in the page's language."""

import re

import pytest
from jinja2 import UndefinedError

from kamlab.language import LANGUAGES
from kamlab.report.page import About
from kamlab.report.templating import render
from tests.report.sheets import DAY

ABOUT = About("Talbruck", "EUR", DAY, DAY, "demo")


def test_a_page_carries_its_style_and_asks_for_nothing():
    html = render("base.html.j2", language="en", about=ABOUT)
    assert ".sheet" in html
    assert ".tile" in html
    assert not re.search(r"@import|url\(|https?:", html)


def test_a_page_without_behaviour_allows_no_script():
    html = render("base.html.j2", language="en", about=ABOUT)
    assert "script" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_names_its_language(language):
    html = render("base.html.j2", language=language, about=ABOUT)
    assert f'<html lang="{language}">' in html


def test_a_value_that_a_template_misses_is_an_error_and_no_blank():
    with pytest.raises(UndefinedError, match="language"):
        render("base.html.j2", about=ABOUT)

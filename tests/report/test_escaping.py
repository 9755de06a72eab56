"""Whatever an account is called, its name stays a name on every page."""

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.report import present
from kamlab.report.markup import markdown_html, safe_html

#: Pieces out of which people, and pages, have been tricked.
PIECES = (
    "<script>",
    "</script>",
    "<img src=x onerror=y()>",
    "<svg/onload=y()>",
    "<style>@import url(//x)</style>",
    '"><b onclick=y()>',
    "<!--",
    "-->",
    "<![CDATA[",
    "&lt;script&gt;",
    "[a](javascript:y())",
    "![a](//x.invalid/p.png)",
    "<https://x.invalid>",
    "`",
    "$x$",
    "|",
    "\n",
    "\n\n",
    "</td></table>",
    "苏州",
)
NAMES = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=6).map("".join)

HARMLESS_ATTRIBUTES = {"class", "scope", "dir", "alt", "style", "start"}


class _Alive(HTMLParser):
    """Collects tags and attributes that could act or ask the network."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style", "iframe", "object", "svg", "link", "meta"):
            self.found.append(tag)
        for name, value in attrs:
            embedded = name == "src" and (value or "").startswith("data:image/")
            if name not in HARMLESS_ATTRIBUTES and not embedded:
                self.found.append(f"{tag} {name}={value}")


@settings(deadline=None)
@given(NAMES)
def test_in_a_table(name):
    table = present(pd.DataFrame({"account": [name]}), caption=name)
    assert _Alive(table.to_html()).found == []
    assert table.rows == ((name,),)


@settings(deadline=None)
@given(NAMES)
def test_in_a_text(name):
    assert _Alive(markdown_html(f"The account {name} left.")).found == []


@settings(deadline=None)
@given(NAMES)
def test_in_a_text_that_data_made(name):
    assert _Alive(markdown_html(name, math=False)).found == []


@settings(deadline=None)
@given(NAMES)
def test_in_another_librarys_table(name):
    html = safe_html(f"<table><tr><td>{name}</td></tr></table>")
    assert _Alive(html).found == []


@settings(deadline=None)
@given(NAMES)
def test_foreign_html_is_always_closed(name):
    html = safe_html(f"<div><p>{name}")
    opened, closed = html.count("<div>"), html.count("</div>")
    assert opened == closed


@pytest.mark.parametrize("piece", PIECES[:6])
def test_the_pieces_are_alive_when_nobody_escapes_them(piece):
    alive = _Alive(f"<p>{piece}</p>").found
    assert bool(alive) == (not piece.startswith("</"))


def test_broken_declarations_are_shown_as_text():
    assert safe_html("<![a](//x.invalid/p.png)") == "&lt;![a](//x.invalid/p.png)"

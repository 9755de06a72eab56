"""Text from notebooks as HTML in which nothing but kamlab's own markup is alive.

What people write in Markdown becomes HTML; raw HTML, scripts, foreign addresses and
whatever hides in an account's name come out as plain text.
"""

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import mistune
from markupsafe import Markup

from kamlab.report.formulas import formula
from kamlab.report.typography import bound

_TABLE_TAGS = frozenset(
    ("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
)
_LIST_TAGS = frozenset(("ul", "ol", "li", "dl", "dt", "dd"))
_TEXT_TAGS = frozenset(
    ("h3", "h4", "h5", "h6", "p", "b", "strong", "i", "em", "u", "sub", "sup")
)
_OTHER_TAGS = frozenset(("br", "div", "span", "pre", "code", "blockquote"))
_ALLOWED_TAGS = _TABLE_TAGS | _LIST_TAGS | _TEXT_TAGS | _OTHER_TAGS
_SILENT_TAGS = frozenset(
    ("script", "style", "head", "title", "template", "iframe", "object")
)
_VOID_TAGS = frozenset(["br"])
_LEADING_TITLE = re.compile(r"\A\s*# [^\n]*\n?")


class _PageRenderer(mistune.HTMLRenderer):
    """Markdown as HTML that asks nothing of the network."""

    def __init__(self, pages: Mapping[str, str], pictures: Mapping[str, str]) -> None:
        super().__init__(escape=True)
        self._pages = pages
        self._pictures = pictures

    def text(self, text: str) -> str:
        """Keep numbers on one line with their units."""
        return super().text(bound(text))

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Link to pages of this report; write other addresses out."""
        path = PurePosixPath(unquote(urlsplit(url).path))
        if path.suffix == ".ipynb" and path.stem in self._pages:
            return f'<a href="{escape(self._pages[path.stem])}">{text}</a>'
        is_address = url.startswith(("http://", "https://")) and url not in text
        return f"{text} ({escape(url)})" if is_address else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Show attached pictures; of all others the words."""
        source = self._pictures.get(url.removeprefix("attachment:"))
        alt = mistune.util.striptags(text)
        return f'<img src="{source}" alt="{alt}">' if source else alt

    def block_html(self, html: str) -> str:
        """Drop comments; show other raw HTML as text."""
        return "" if html.lstrip().startswith("<!--") else super().block_html(html)

    def inline_html(self, html: str) -> str:
        """Drop comments; keep line breaks; show other raw HTML as text."""
        if html.startswith("<!--"):
            return ""
        is_break = html.replace(" ", "").lower() in ("<br>", "<br/>")
        return "<br>" if is_break else super().inline_html(html)

    def inline_math(self, text: str) -> str:
        """Set a formula within a line."""
        return formula(text)

    def block_math(self, text: str) -> str:
        """Set a formula on a line of its own."""
        displayed = text.replace(r"\frac", r"\dfrac")
        return f'<p class="formula">{formula(displayed)}</p>\n'


def markdown_html(
    text: str,
    pages: Mapping[str, str] | None = None,
    pictures: Mapping[str, str] | None = None,
    math: bool = True,
) -> Markup:
    """Return Markdown as safe HTML.

    Parameters
    ----------
    text : str
        What was written.
    pages : mapping of str to str, optional
        File of every page by its notebook's name: links to notebooks lead there.
    pictures : mapping of str to str, optional
        Data address of every attached picture by its name.
    math : bool
        Whether dollars set formulas; not in text that data made.

    Returns
    -------
    markupsafe.Markup

    Examples
    --------
    >>> markdown_html("**Nordkai** <script>")
    Markup('<p><strong>Nordkai</strong> &lt;script&gt;</p>\\n')
    """
    plugins = ["table", "strikethrough", *(["math"] if math else [])]
    renderer = _PageRenderer(pages or {}, pictures or {})
    markdown = mistune.create_markdown(renderer=renderer, plugins=plugins)
    if math:  # the plugin has registered its own way of writing formulas
        renderer.register("inline_math", lambda _, text: renderer.inline_math(text))
        renderer.register("block_math", lambda _, text: renderer.block_math(text))
    return Markup(markdown(text))


def without_title(text: str) -> str:
    """Return Markdown without its leading title, which the page's head shows.

    Examples
    --------
    >>> without_title("# Concentration\\n\\nWho brings the revenue?")
    '\\nWho brings the revenue?'
    """
    return _LEADING_TITLE.sub("", text)


class _Sanitiser(HTMLParser):
    """Keeps words, tables and lists; drops scripts and every attribute."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an allowed tag, without its attributes; fall silent within a script."""
        if tag in _SILENT_TAGS:
            self._silent += 1
        elif tag in _ALLOWED_TAGS and not self._silent:
            self.parts.append(f"<{tag}>")
            if tag not in _VOID_TAGS:
                self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close a tag that is open, and those left open within it before it."""
        if tag in _SILENT_TAGS:
            self._silent = max(0, self._silent - 1)
        elif tag in self._open and not self._silent:
            while self._open and (closed := self._open.pop()) != tag:
                self.parts.append(f"</{closed}>")
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep words, escaped, unless they belong to a script."""
        if not self._silent:
            self.parts.append(escape(data))

    def html(self) -> str:
        """Return what was kept, every tag closed."""
        rest = "".join(f"</{tag}>" for tag in reversed(self._open))
        return "".join(self.parts) + rest


def safe_html(html: str) -> Markup:
    """Return foreign HTML with its words, tables and lists, and nothing else.

    Parameters
    ----------
    html : str
        Such as a library's own table.

    Examples
    --------
    >>> safe_html('<p onclick="x()">Tier <b>A</b><script>x()</script>')
    Markup('<p>Tier <b>A</b></p>')
    """
    sanitiser = _Sanitiser()
    try:
        sanitiser.feed(html)
        sanitiser.close()
    except AssertionError:  # what the parser says of some broken declarations
        return Markup(escape(html))
    return Markup(sanitiser.html())

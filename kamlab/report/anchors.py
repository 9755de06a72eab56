"""Links within a page: from a note under a short table to the whole table below.

A file may hold many pages, and a printed sheet holds no table below it. So a link and
its target get the name of their page before them, and a link that leads nowhere
becomes plain text.
"""

import re
from collections.abc import Collection
from dataclasses import replace
from html import escape

from markupsafe import Markup

from kamlab.report.blocks import Block, Groups

#: What the name of every place begins with.
_MARK = "at-"

_PLACE = re.compile(rf'<div class="kamlab-table" id="({_MARK}[a-z-]+)">')
_LINK = re.compile(rf'<a class="below" href="#({_MARK}[a-z-]+)">(.*?)</a>')


def place_of(name: str) -> str:
    """Return the attribute that makes a table a place to which links lead.

    Parameters
    ----------
    name : str
        Small letters and hyphens; empty for no place.

    Examples
    --------
    >>> place_of("watch")
    ' id="at-watch"'
    """
    return f' id="{escape(_MARK + name)}"' if name else ""


def link_to(name: str, words: str, text: str) -> str:
    """Return a text as HTML in which some words lead to a place.

    Parameters
    ----------
    name : str
        Of the place; empty for no link.
    words : str
        Those that lead there.
    text : str
        The whole text.

    Examples
    --------
    >>> link_to("watch", "34 more.", "34 more. All < EUR 1 M.")
    '<a class="below" href="#at-watch">34 more.</a> All &lt; EUR 1 M.'
    """
    if not (name and words):
        return escape(text)
    link = f'<a class="below" href="#{escape(_MARK + name)}">{escape(words)}</a>'
    return escape(text).replace(escape(words), link, 1)


def places_in(groups: Groups) -> set[str]:
    """Return the places that blocks hold.

    Parameters
    ----------
    groups : list of (str, list of Block)
        What stands below a sheet, or on a page without one.

    Examples
    --------
    >>> html = Markup('<div class="kamlab-table" id="at-watch"></div>')
    >>> places_in([("table", [Block("table", html)])])
    {'at-watch'}
    """
    tables = (block for _kind, blocks in groups for block in blocks if _is_table(block))
    return {place for table in tables for place in _PLACE.findall(table.content)}


def led(groups: Groups, places: Collection[str], page: str = "") -> Groups:
    """Return blocks whose links lead to places of their own page, or nowhere.

    Parameters
    ----------
    groups : list of (str, list of Block)
        What is shown.
    places : collection of str
        From `places_in`, of all that the page shows.
    page : str
        Where the page begins in a file that holds several.

    Examples
    --------
    >>> html = Markup('<a class="below" href="#at-watch">34 more.</a>')
    >>> groups = [("table", [Block("table", html)])]
    >>> led(groups, {"at-watch"}, "page-2")[0][1][0].content
    Markup('<a class="below" href="#page-2-at-watch">34 more.</a>')
    >>> led(groups, set())[0][1][0].content
    Markup('34 more.')
    """
    before = f"{page}-" if page else ""

    def link(found: re.Match[str]) -> str:
        place, words = found.groups()
        if place not in places:
            return words
        return f'<a class="below" href="#{before}{place}">{words}</a>'

    def changed(block: Block) -> Block:
        if not _is_table(block):
            return block
        html = _LINK.sub(link, block.content)
        named = rf'<div class="kamlab-table" id="{before}\1">'
        return replace(block, content=Markup(_PLACE.sub(named, html)))

    return [(kind, list(map(changed, blocks))) for kind, blocks in groups]


def _is_table(block: Block) -> bool:
    return block.kind == "table"

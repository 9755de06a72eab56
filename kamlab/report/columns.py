"""Two columns of about equal height, told apart before anything is drawn.

Browsers balance columns themselves, but what draws the PDF takes ten times as long over
it, and the page on paper and on screen should be the same.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from kamlab.report.blocks import Block, Groups

Item = TypeVar("Item")

#: Heights in lines of text: a picture, a row of tiles, a heading.
_PICTURE, _TILES, _HEADING = 17.0, 8.0, 1.5

#: Characters on a line of half a sheet.
_LINE = 62

_TAG = re.compile(r"<[^>]*>")


def in_two_columns(
    items: Sequence[Item], groups_of: Callable[[Item], Groups]
) -> list[list[Item]]:
    """Return items in two columns that read from top to bottom, the left one first.

    Parameters
    ----------
    items : sequence
        In the order in which they are read.
    groups_of : callable
        From an item to the blocks that it shows.

    Returns
    -------
    list of list
        One column of one item, or two columns of which the higher is as low as can be.

    Examples
    --------
    >>> row = [("text", [Block("text", "a line")])]
    >>> picture = [("figure", [Block("figure", "")])]
    >>> blocks = {"picture": picture, "movers": row, "kept": row}
    >>> in_two_columns(list(blocks), blocks.get)
    [['picture'], ['movers', 'kept']]
    """
    if len(items) < 2:
        return [list(items)]
    heights = [_height(groups_of(item)) for item in items]
    cut = min(
        range(1, len(items)), key=lambda at: max(sum(heights[:at]), sum(heights[at:]))
    )
    return [list(items[:cut]), list(items[cut:])]


def _height(groups: Groups) -> float:
    return sum(_lines(block) for _kind, blocks in groups for block in blocks)


def _lines(block: Block) -> float:
    """Estimate how many lines of half a sheet a block takes."""
    if block.kind == "figure":
        return _PICTURE
    if block.kind in ("tile", "tiles"):
        return _TILES
    html = str(block.content)
    if rows := html.count("<tr"):
        return rows + _HEADING
    headings = html.count("<h")
    paragraphs = html.count("<p") + html.count("<li")
    words = len(_TAG.sub("", html)) / _LINE
    return headings * _HEADING + max(paragraphs - headings, words)

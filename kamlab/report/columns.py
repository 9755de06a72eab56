"""Two columns of about equal height, told apart before anything is drawn.

Browsers balance columns themselves, but what draws the PDF takes ten times as long over
it, and the page on paper and on screen should be the same.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import zip_longest
from math import ceil
from typing import TypeVar

from kamlab.report.blocks import Block, Groups
from kamlab.style.lines import text_width

Item = TypeVar("Item")

#: Heights in lines of text: a picture, a row of tiles, a heading. A picture takes
#: fourteen lines on paper and eight on a screen, where rows are higher.
_PICTURE, _TILES, _HEADING = 12.0, 8.0, 1.5

#: Characters on a line of half a sheet.
_LINE = 62

_TAG = re.compile(r"<[^>]*>")
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)


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
    if rows := [_CELL.findall(row) for row in _ROW.findall(html)]:
        return sum(_row_lines(rows)) + _HEADING
    headings = html.count("<h")
    paragraphs = html.count("<p") + html.count("<li")
    words = _width(html) / _LINE
    return headings * _HEADING + max(paragraphs - headings, words)


def _row_lines(rows: Sequence[Sequence[str]]) -> Iterator[int]:
    """Yield how many lines each row takes when its table is as wide as half a sheet.

    A table that fits breaks no cell; of one that does not, browsers give each column
    about its part of the width that all would like to have.
    """
    widths = [[_width(cell) for cell in row] for row in rows]
    wanted = [max(column) for column in zip_longest(*widths, fillvalue=0)]
    shrunk = min(1.0, _LINE / max(sum(wanted), 1))
    for row in widths:
        lines = (
            ceil(width / (whole * shrunk))
            for width, whole in zip(row, wanted, strict=False)
            if width
        )
        yield max(lines, default=1)


def _width(html: str) -> int:
    """Return how wide a text is in letters; a Chinese character takes two."""
    return text_width(unescape(_TAG.sub("", html)))

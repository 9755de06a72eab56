"""The pieces of a page, between an executed notebook and the HTML that shows it."""

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True)
class Block:
    """One piece of a page.

    `kind` is "html", "figure", "table", "tile" (a recorded figure), "tiles" (a row of
    them, ready), "missing", "folded", "foreign" (HTML that is not ours, made safe),
    "text" or "message"; `content` is safe HTML, a data address, a `Result`, a
    `Missing`, a tuple of these, or a text; `alt` says in words what a figure shows,
    `width` how wide it was drawn, in pixels (0: not known).

    Examples
    --------
    >>> Block("text", "42").kind
    'text'
    """

    kind: str
    content: Any
    alt: str = ""
    width: int = 0


#: Blocks in their order, neighbours of one kind together.
Groups: TypeAlias = list[tuple[str, list[Block]]]

"""The pieces of a page, between an executed notebook and the HTML that shows it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Block:
    """One piece of a page.

    `kind` is "html", "figure", "table", "tile", "missing", "folded", "foreign" (HTML
    that is not ours, made safe), "text" or "message"; `content` is safe HTML, a data
    address, a `Result`, a `Missing`, a tuple of these, or a text; `alt` says in words
    what a figure shows.

    Examples
    --------
    >>> Block("text", "42").kind
    'text'
    """

    kind: str
    content: Any
    alt: str = ""

"""Sentences that a notebook computes from the data, shown as text like any other.

A report reads on from headings to conclusions; a conclusion that holds numbers must
change with them, so it is made by code and shown with `say`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Media type that marks a sentence for the front page, in an executed notebook.
MIME_TYPE = "application/vnd.kamlab.headline+json"

_SPECIAL = re.compile(r"([\\`*_\[\]<>$|~])")
_START = re.compile(r"^(\d+)([.)])(?=\s)|^([#+=-])")


@dataclass(frozen=True)
class Sentence:
    """Text that notebooks and reports set as a paragraph, whatever is in it.

    Examples
    --------
    >>> Sentence("Marwitz brings 17.0 %.")
    Marwitz brings 17.0 %.
    >>> Sentence("Bolt_1 & <b>Co</b>").markdown()
    'Bolt\\\\_1 & \\\\<b\\\\>Co\\\\</b\\\\>'
    """

    text: str
    headline: bool = False

    def __repr__(self) -> str:
        return self.text

    def markdown(self) -> str:
        """Return the text as Markdown in which names cannot become markup."""
        escaped = _SPECIAL.sub(r"\\\1", self.text)
        return _START.sub(r"\1\\\2\3", escaped)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        bundle = {"text/markdown": self.markdown(), "text/plain": self.text}
        return bundle | ({MIME_TYPE: {"text": self.text}} if self.headline else {})


def say(*sentences: str, headline: bool = False) -> None:
    """Show computed sentences as one paragraph.

    Parameters
    ----------
    *sentences : str
        They are joined by blanks; empty ones are left out.
    headline : bool
        Whether the report's front page shows the paragraph too, above its figures.

    Examples
    --------
    >>> say("Marwitz brings 17.0 %.", "", "It brought 11.0 % three years ago.")
    Marwitz brings 17.0 %. It brought 11.0 % three years ago.
    """
    from IPython.display import display  # a third of a second, only kernels need it

    paragraph = " ".join(each for each in sentences if each)
    if paragraph:
        display(Sentence(paragraph, headline))


def read_headlines(notebook: Mapping[str, Any]) -> list[str]:
    """Return the sentences that an executed notebook marked for the front page.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.

    Returns
    -------
    list of str
        In the notebook's order; empty if it marked none.

    Examples
    --------
    >>> output = {"data": {MIME_TYPE: {"text": "Marwitz brings 17.0 %."}}}
    >>> read_headlines({"cells": [{"outputs": [output]}]})
    ['Marwitz brings 17.0 %.']
    """
    payloads = [
        output.get("data", {}).get(MIME_TYPE)
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
    ]
    return [payload["text"] for payload in payloads if payload]

"""Sentences that a notebook computes from the data, shown as text like any other.

A report reads on from headings to conclusions; a conclusion that holds numbers must
change with them, so it is made by code and shown with `say`.
"""

import re
from typing import Any

_SPECIAL = re.compile(r"([\\`*_\[\]<>$|~])")
_START = re.compile(r"^(\d+)([.)])(?=\s)|^([#+=-])")


class Sentence(str):
    """Text that notebooks and reports set as a paragraph, whatever is in it.

    Examples
    --------
    >>> Sentence("Marwitz brings 17.0 %.")
    Marwitz brings 17.0 %.
    >>> Sentence("Bolt_1 & <b>Co</b>").markdown()
    'Bolt\\\\_1 & \\\\<b\\\\>Co\\\\</b\\\\>'
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)

    def markdown(self) -> str:
        """Return the text as Markdown in which names cannot become markup."""
        escaped = _SPECIAL.sub(r"\\\1", self)
        return _START.sub(r"\1\\\2\3", escaped)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {"text/markdown": self.markdown(), "text/plain": str(self)}


def say(*sentences: str) -> None:
    """Show computed sentences as one paragraph.

    Parameters
    ----------
    *sentences : str
        They are joined by blanks; empty ones are left out.

    Examples
    --------
    >>> say("Marwitz brings 17.0 %.", "", "It brought 11.0 % three years ago.")
    Marwitz brings 17.0 %. It brought 11.0 % three years ago.
    """
    from IPython.display import display  # a third of a second, only kernels need it

    paragraph = " ".join(each for each in sentences if each)
    if paragraph:
        display(Sentence(paragraph))

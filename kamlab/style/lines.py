"""Text broken into lines of a width: Chinese breaks between characters, not at spaces.

Glossary
--------
column
    The width of a Latin letter; a Chinese character (汉字) takes two.
"""

import re
from textwrap import fill
from unicodedata import east_asian_width

_NO_BREAK = "\N{NO-BREAK SPACE}"

#: A number keeps its unit, and its currency before it.
_BOUND = re.compile(r"(?<=\d) (?=[%百千万亿])|(?<=\b[A-Z]{3}) (?=\d)")

_OPENING, _CLOSING, _WIDE = "（《「“", "，。；：！？、）》」”%", "\u2e80-\uffef"

#: What stays together: a word, or one Chinese character; and signs that neither begin
#: a line nor end one.
_PIECE = re.compile(
    rf"[ \n]+|[{_OPENING}]*"
    rf"(?:(?:[^ \n{_WIDE}{_OPENING}{_CLOSING}]|(?<={_NO_BREAK})[{_WIDE}])+|[{_WIDE}])?"
    rf"[{_CLOSING}]*"
)


def text_width(text: str) -> int:
    """Return how many columns a text takes; a Chinese character takes two.

    Parameters
    ----------
    text : str
        One line.

    Examples
    --------
    >>> text_width("Haorui"), text_width("苏州昊锐")
    (6, 8)
    """
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def broken_lines(text: str, width: int) -> str:
    """Break a text into lines, but no number from its per cent sign or its unit.

    Parameters
    ----------
    text : str
        One sentence.
    width : int
        Columns of a line; a word that is longer gets a line of its own.

    Returns
    -------
    str
        Lines told apart by line feeds.

    Examples
    --------
    >>> print(broken_lines("The top 20 % bring 77.5 % of revenue", 24))
    The top 20 % bring 77.5 %
    of revenue
    >>> print(broken_lines("净收入为 EUR 1,542 万，比上年减少 0.1 %。", 24))
    净收入为 EUR 1,542 万，
    比上年减少 0.1 %。
    """
    if text_width(text) == len(text):
        return fill(text.replace(" %", f"{_NO_BREAK}%"), width).replace(_NO_BREAK, " ")
    lines = [""]
    for piece in _PIECE.findall(_BOUND.sub(_NO_BREAK, text)):
        if lines[-1] and text_width(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return "\n".join(line.rstrip() for line in lines).replace(_NO_BREAK, " ")

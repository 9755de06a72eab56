"""Lines on a page break between words, never between a number and its unit."""

import re

_NO_BREAK = "\N{NO-BREAK SPACE}"
_UNIT = re.compile(r"(?<=\d) (?=%|(?:k|M|bn|points?|days?)\b)")
_CURRENCY = re.compile(r"\b([A-Z]{3}) (?=\d)")


def bound(text: str) -> str:
    """Return a text whose numbers stay on one line with their unit and currency.

    It is done where a text meets the page, so that texts written by hand are bound as
    well as computed ones, and everything before the page compares with plain spaces.

    Parameters
    ----------
    text : str
        Words, not markup.

    Examples
    --------
    >>> bound("Marwitz brings 17.1 %, EUR 10.6 M.")
    'Marwitz brings 17.1\\xa0%, EUR\\xa010.6\\xa0M.'
    """
    return _CURRENCY.sub(rf"\1{_NO_BREAK}", _UNIT.sub(_NO_BREAK, text))

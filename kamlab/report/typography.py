"""Lines on a page break between words, never between a number and its unit."""

import re

_NO_BREAK = "\N{NO-BREAK SPACE}"
_UNIT = re.compile(r"(?<=\d) (?=%|[百千万亿天个家行笔项次]|(?:k|M|bn|points?|days?)\b)")
#: Characters of a name that a narrow column does not break: "A. Brandt".
_SHORT = 12
#: Chinese sentences follow each other without a space.
_AFTER_STOP = re.compile(r"(?<=[。；！？]) ")
_SIZE = re.compile(r"\bn = (?=\d)")
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
    >>> bound("Marwitz brings 17.1 %, EUR 10.6 M (n = 8).")
    'Marwitz brings 17.1\\xa0%, EUR\\xa010.6\\xa0M (n\\xa0=\\xa08).'
    """
    told = _SIZE.sub(f"n{_NO_BREAK}={_NO_BREAK}", _AFTER_STOP.sub("", text))
    return _CURRENCY.sub(rf"\1{_NO_BREAK}", _UNIT.sub(_NO_BREAK, told))


def short_kept_whole(text: str) -> str:
    """Return a text that a column does not break if it is as short as a name.

    Parameters
    ----------
    text : str
        What stands in a cell.

    Examples
    --------
    >>> short_kept_whole("A. Brandt"), short_kept_whole("price and volume")
    ('A.\xa0Brandt', 'price and volume')
    """
    return text.replace(" ", _NO_BREAK) if len(text) <= _SHORT else text

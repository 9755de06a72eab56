"""How days are written: formats people declare, and guesses at those they did not.

A format is only ever declared, never guessed at: 03/04/2021 is two different days.
What is guessed here is the advice in a finding.
"""

import re

from kamlab.errors import UsageError

#: What is read where nothing is declared: YYYY-MM-DD, with or without a time.
ISO = "YYYY-MM-DD"

#: Days as a spreadsheet counts them: 1 is 1 January 1900, 45688 is 31 January 2025.
EXCEL = "excel"

ISO_SHAPE = r"\d{4}-\d{1,2}-\d{1,2}([ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)?"

EXCEL_SHAPE = r"\d{1,7}([.,]\d+)?"

_TOKENS = {"YYYY": "%Y", "YY": "%y", "MM": "%m", "M": "%m", "DD": "%d", "D": "%d"}
_DIGITS = {
    "Y": r"\d{4}",
    "f": r"\d+",
    **dict.fromkeys("ymdHMSI", r"\d{1,2}"),
}


def strptime_pattern(declared: str) -> str:
    """Return the pattern that reads days written as `declared`.

    Parameters
    ----------
    declared : str
        In letters, such as "DD.MM.YYYY", or a strptime pattern such as
        "%d.%m.%Y %H:%M". One without a day, such as "YYYY-MM", stands for the last
        day of the month. "excel" stands for days as a spreadsheet counts them.

    Raises
    ------
    UsageError
        If it does not name a year and a month.

    Examples
    --------
    >>> strptime_pattern("DD.MM.YYYY")
    '%d.%m.%Y'
    >>> strptime_pattern("%Y-%m-%dT%H:%M:%SZ")
    '%Y-%m-%dT%H:%M:%SZ'
    """
    if declared == EXCEL:
        return EXCEL
    pattern = declared
    if "%" not in declared:
        pattern = re.sub(
            "YYYY|YY|MM|DD|M|D", lambda found: _TOKENS[found[0]], declared.upper()
        )
    codes = set(re.findall("%-?([A-Za-z])", pattern))
    letters = re.sub("%-?[A-Za-z]", "", pattern) if "%" not in declared else ""
    named = codes & set("Yy") and codes & set("mbB")
    if not named or re.search("[A-Za-z]", letters):
        raise UsageError(
            f"{declared!r} is not a way to write days; give letters such as "
            "DD.MM.YYYY, or a strptime pattern such as '%d.%m.%Y %H:%M'"
        )
    return pattern


def shape_of(pattern: str) -> str:
    """Return a regular expression for texts that look like the strptime pattern.

    Examples
    --------
    >>> shape_of("%d.%m.%Y")
    '\\\\d{1,2}\\\\.\\\\d{1,2}\\\\.\\\\d{4}'
    """
    if pattern == EXCEL:
        return EXCEL_SHAPE
    pieces = re.split("(%-?[A-Za-z])", pattern)
    return "".join(
        _DIGITS.get(piece[-1], ".+") if piece.startswith("%") else re.escape(piece)
        for piece in pieces
        if piece
    )


def clashing(formats: tuple[str, ...]) -> tuple[str, str] | None:
    """Return two of the formats that could read the same text as different days.

    Examples
    --------
    >>> clashing(("DD/MM/YYYY", "MM/DD/YYYY"))
    ('DD/MM/YYYY', 'MM/DD/YYYY')
    >>> clashing(("DD/MM/YYYY", "YYYY-MM-DD"))
    """
    seen: dict[str, str] = {}
    for declared in formats:
        shape = shape_of(strptime_pattern(declared))
        if shape in seen:
            return seen[shape], declared
        seen[shape] = declared
    return None


#: Ways to write days that advice may name, tried in this order.
KNOWN_FORMATS = (
    ISO,
    "DD/MM/YYYY",
    "MM/DD/YYYY",
    "DD.MM.YYYY",
    "MM.DD.YYYY",
    "DD-MM-YYYY",
    "MM-DD-YYYY",
    "YYYY/MM/DD",
    "YYYY.MM.DD",
    "YYYYMMDD",
    "YYYY年MM月DD日",
    "DD/MM/YY",
    "MM/DD/YY",
    "DD.MM.YY",
)

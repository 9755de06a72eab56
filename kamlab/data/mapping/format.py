"""How the text files of a table are written."""

from dataclasses import dataclass

from kamlab.data.mapping import values as check
from kamlab.data.mapping.values import Problems


@dataclass(frozen=True)
class Format:
    """How a table's text files are written.

    Parameters
    ----------
    encoding : str
        Such as "utf-8", "cp1252" or "gb18030".
    delimiter, quote : str
        One character each; an empty quote means that there is none.
    decimal, thousands : str
        The marks in numbers; an empty `thousands` means that there is none.
    dates : tuple of str
        How days are written, such as "DD.MM.YYYY" or "%d.%m.%Y %H:%M"; empty for
        YYYY-MM-DD with or without a time.
    blank : tuple of str
        Texts that stand for nothing, such as "NULL" or "00.00.0000".
    skip_lines : int
        Lines above the header, such as a title or ``sep=;``. In workbooks and pages 0
        means that the header is looked for: it is where the mapping's columns stand.
    header_lines : int
        Lines that the header of a workbook's sheet takes; 0 where that is looked for.
    symbols : tuple of str
        Signs at the front or the end of numbers that mean nothing, such as "¥".
    suffixes : tuple of (str, float)
        Units behind numbers and what one is worth, such as ("万", 10_000).
    footer : str
        How a line of the report's footer begins, such as "Copyright (c)"; the lines of
        one cell around it, below the table, are left out.
    detect : bool
        Whether what is not declared is detected, and shown.

    Examples
    --------
    >>> german = Format(delimiter=";", decimal=",", dates=("DD.MM.YYYY",))
    >>> german.quote
    '"'
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    decimal: str = "."
    thousands: str = ""
    dates: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    skip_lines: int = 0
    header_lines: int = 0
    symbols: tuple[str, ...] = ()
    suffixes: tuple[tuple[str, float], ...] = ()
    footer: str = ""
    detect: bool = False


def suffixes(
    node: object, path: str, problems: Problems
) -> tuple[tuple[str, float], ...]:
    """Read what the units behind numbers are worth.

    Parameters
    ----------
    node : object
        As YAML holds it.
    path : str
        Its place in the mapping.
    problems : list of str
        Receives what is wrong.

    Examples
    --------
    >>> from kamlab.data.mapping.text import Plain
    >>> suffixes({"万": Plain("10000")}, "", [])
    (('万', 10000.0),)
    >>> problems = []
    >>> suffixes({"0": Plain("10")}, "tables.orders.format.suffixes", problems)
    ()
    >>> print(problems[0])
    tables.orders.format.suffixes.0: a unit has no digits in it; write such as '万'
    """
    if not isinstance(node, dict) or not node:
        problems.append(f"{path} = {node!r}; pairs such as '万: 10000' belong there")
        return ()
    found = []
    for key, value in node.items():
        unit, before = str(key).strip(), len(problems)
        if not unit or any(each.isdigit() for each in unit):
            told = "a unit has no digits in it; write such as '万'"
            problems.append(f"{path}.{key}: {told}")
        worth = check.number(value, f"{path}.{key}", problems)
        if worth <= 0 and len(problems) == before:
            problems.append(f"{path}.{key} = {value!r}; a unit is worth more than 0")
        if len(problems) == before:
            found.append((unit, worth))
    return tuple(found)

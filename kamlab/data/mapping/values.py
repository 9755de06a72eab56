"""Checks of single values in a mapping: each returns the value as it will be used.

Every check takes the YAML node, its path and the list of problems, to which it adds
one line that shows the value and says what belongs there.
"""

import codecs
import math
import re
from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath

import duckdb

from kamlab.data.mapping.text import Plain
from kamlab.data.reading.dates import clashing, strptime_pattern
from kamlab.errors import UsageError

Problems = list[str]
Check = Callable[[object, str, Problems], object]

#: Numbers as one counts; 04 and 1e5 are codes.
_AS_COUNTED = re.compile(r"[+-]?(0|[1-9]\d*)(\.\d+)?")


def text(node: object, path: str, problems: Problems) -> str:
    """Return a name or other text, as it is written.

    Examples
    --------
    >>> text("Kunde", "tables.orders.columns.account_id", [])
    'Kunde'
    """
    if isinstance(node, str) and node:
        return str(node)
    problems.append(f"{path} = {node!r} is not a text; name one")
    return ""


def scalar(node: object, path: str, problems: Problems) -> str:
    """Return a value as the text an export would hold.

    Examples
    --------
    >>> scalar(Plain("NO"), "", []), scalar(Plain("04"), "", []), scalar("", "", [])
    ('NO', '04', '')
    """
    if not isinstance(node, str):
        problems.append(f"{path} = {node!r}; one text or number belongs there")
        return ""
    return str(node)


def scalar_or_number(node: object, path: str, problems: Problems) -> str | float:
    """Return a text, or a number that is to be compared as a number.

    Examples
    --------
    >>> scalar_or_number(Plain("0"), "", []), scalar_or_number("0", "", [])
    (0.0, '0')
    >>> scalar_or_number(Plain("04"), "", [])
    '04'
    """
    if isinstance(node, Plain) and _AS_COUNTED.fullmatch(node):
        return float(node)
    return scalar(node, path, problems)


def texts(node: object, path: str, problems: Problems) -> tuple[str, ...]:
    """Return a list of texts, or the one text that stands alone.

    Examples
    --------
    >>> texts(["NULL", "-"], "", []), texts("NULL", "", [])
    (('NULL', '-'), ('NULL',))
    """
    nodes = node if isinstance(node, list) else [node]
    if not nodes:
        problems.append(f"{path} is an empty list; name at least one text")
    return tuple(scalar(each, path, problems) for each in nodes)


def number(node: object, path: str, problems: Problems) -> float:
    """Return a finite number.

    Examples
    --------
    >>> number(Plain("3"), "", [])
    3.0
    """
    found = node.number if isinstance(node, Plain) else None
    if found is not None and math.isfinite(found):
        return float(found)
    problems.append(f"{path} = {node!r} is not a number; write it as 1234.5")
    return 0.0


def share(node: object, path: str, problems: Problems) -> float:
    """Return a share between 0 and 1.

    Examples
    --------
    >>> problems = []
    >>> _ = share(Plain("5"), "limits.default", problems)
    >>> problems
    ['limits.default = 5 is not a share; write 5 % as 0.05']
    """
    found = node.number if isinstance(node, Plain) else None
    if found is not None and 0 <= found <= 1:
        return float(found)
    problems.append(f"{path} = {node!r} is not a share; write 5 % as 0.05")
    return 0.0


def above_zero(node: object, path: str, problems: Problems) -> float:
    """Return a number above 0, such as what 万元 is worth in 元.

    Examples
    --------
    >>> above_zero(Plain("10000"), "tables.orders.columns.net_amount.unit", [])
    10000.0
    """
    found = number(node, path, before := [])
    if found <= 0 and not before:
        before.append(f"{path} = {node!r}; a number above 0 belongs there")
    problems += before
    return found


def flag(node: object, path: str, problems: Problems) -> bool:
    """Return true or false.

    Examples
    --------
    >>> flag(Plain("true"), "", [])
    True
    """
    found = node.truth if isinstance(node, Plain) else None
    if found is None:
        problems.append(f"{path} = {node!r}; write true or false")
    return found is True


def whole(lowest: int, highest: int) -> Check:
    """Return a check for whole numbers between two bounds.

    Examples
    --------
    >>> whole(1, 12)(Plain("10"), "portfolio.calendar.first_month", [])
    10
    """

    def _checked(node: object, path: str, problems: Problems) -> int:
        found = node.number if isinstance(node, Plain) else None
        is_whole = isinstance(found, int) and lowest <= found <= highest
        if is_whole and (found != 0 or lowest == 0):
            return found
        problems.append(
            f"{path} = {node!r}; give a whole number from {lowest} to {highest}"
            + (", but not 0" if lowest < 0 else "")
        )
        return 1

    return _checked


def one_of(*choices: str) -> Check:
    """Return a check that allows only these texts.

    Examples
    --------
    >>> one_of("start", "end")("end", "portfolio.calendar.named_by", [])
    'end'
    """

    def _checked(node: object, path: str, problems: Problems) -> str:
        if node not in choices:
            listed = ", ".join(repr(each) for each in choices)
            problems.append(f"{path} = {node!r}; choose one of: {listed}")
            return choices[0]
        return str(node)

    return _checked


def encoding(node: object, path: str, problems: Problems) -> str:
    """Return the name of a text encoding that Python knows.

    Examples
    --------
    >>> encoding("GB18030", "", [])
    'gb18030'
    """
    try:
        known = codecs.lookup(node)
        "".encode(known.name)  # refuses codecs that are not for text, such as zip
        return known.name
    except (TypeError, LookupError, ValueError):
        problems.append(
            f"{path} = {node!r} is not an encoding; try utf-8, cp1252 or gb18030"
        )
        return "utf-8"


def character(node: object, path: str, problems: Problems) -> str:
    """Return one character; "tab" stands for the tabulator.

    Examples
    --------
    >>> character(";", "", []), character("tab", "", [])
    (';', '\\t')
    """
    if node == "tab":
        return "\t"
    if isinstance(node, str) and len(node) == 1 and node not in "\r\n\0\"'":
        return str(node)
    problems.append(f"{path} = {node!r}; give one character, or 'tab'")
    return ","


def quote(node: object, path: str, problems: Problems) -> str:
    """Return the quote mark, or nothing where the export has none.

    Examples
    --------
    >>> quote("'", "", []), quote("", "", [])
    ("'", '')
    """
    if isinstance(node, str) and (node == "" or (len(node) == 1 and node.isascii())):
        return str(node)
    problems.append(f"{path} = {node!r}; give one character, or '' for none")
    return '"'


def date_formats(node: object, path: str, problems: Problems) -> tuple[str, ...]:
    """Return ways to write days, none of which clashes with another.

    Examples
    --------
    >>> problems = []
    >>> _ = date_formats(["DD/MM/YYYY", "MM/DD/YYYY"], "dates", problems)
    >>> problems[0][:52]
    "dates: 'DD/MM/YYYY' and 'MM/DD/YYYY' may read the sa"
    """
    formats = texts(node, path, problems)
    try:
        for declared in formats:
            strptime_pattern(declared)
    except UsageError as error:
        problems.append(f"{path}: {error}")
        return ()
    if pair := clashing(formats):
        problems.append(
            f"{path}: {pair[0]!r} and {pair[1]!r} may read the same text as two days; "
            "keep one"
        )
    return formats


def pattern(node: object, path: str, problems: Problems) -> str:
    """Return a regular expression that DuckDB can run in linear time (RE2).

    Examples
    --------
    >>> pattern("C[0-9]+", "", [])
    'C[0-9]+'
    """
    checked = text(node, path, problems)
    with duckdb.connect() as connection:
        try:
            connection.execute("SELECT regexp_full_match('', $1)", [checked])
        except duckdb.Error as error:
            told = str(error).splitlines()[0].partition("Error: ")[2]
            problems.append(f"{path} = {node!r} is not a regular expression: {told}")
    return checked


def past_day(node: object, path: str, problems: Problems) -> date | None:
    """Return a day that is not in the future.

    Examples
    --------
    >>> past_day("2025-12-31", "portfolio.data_through", [])
    datetime.date(2025, 12, 31)
    """
    try:
        day = date.fromisoformat(node)
    except (TypeError, ValueError):
        problems.append(f"{path} = {node!r} is not a day; write it as 2025-12-31")
        return None
    if day > (today := date.today()):
        problems.append(f"{path} = {node!r} is after today, {today}; name a past day")
    return day


def translations(node: object, path: str, problems: Problems) -> dict[str, str]:
    """Return texts of the export with what they mean.

    Examples
    --------
    >>> translations({"ZRE": "return", "01": "sale"}, "values", [])
    {'ZRE': 'return', '01': 'sale'}
    """
    if not isinstance(node, dict) or not node:
        problems.append(f"{path} = {node!r}; pairs such as 'ZRE: return' belong there")
        return {}
    return {
        scalar(key, path, problems): scalar(value, f"{path}.{key}", problems)
        for key, value in node.items()
    }


def rates(node: object, path: str, problems: Problems) -> dict[str, float]:
    """Return what one unit of each currency is worth in the reporting currency.

    Examples
    --------
    >>> rates({"USD": Plain("0.92")}, "rates", [])
    {'USD': 0.92}
    """
    if not isinstance(node, dict) or not node:
        problems.append(f"{path} = {node!r}; pairs such as 'USD: 0.92' belong there")
        return {}
    known = {}
    for key, value in node.items():
        before = len(problems)
        rate = number(value, f"{path}.{key}", problems)
        if rate <= 0 and len(problems) == before:
            problems.append(f"{path}.{key} = {value!r}; a rate is above 0")
        known[str(key)] = rate
    return known


def file_patterns(node: object, path: str, problems: Problems) -> tuple[str, ...]:
    """Return patterns of files inside the source, never outside it.

    Examples
    --------
    >>> problems = []
    >>> _ = file_patterns("../secret.csv", "tables.orders.files", problems)
    >>> problems
    ["tables.orders.files = '../secret.csv' leads out of the source; name files in it"]
    """
    patterns = texts(node, path, problems)
    for each in patterns:
        posix, windows = PurePosixPath(each), PureWindowsPath(each)
        if posix.is_absolute() or windows.drive or ".." in windows.parts or not each:
            problems.append(
                f"{path} = {each!r} leads out of the source; name files in it"
            )
    return patterns

"""Checks of single values in a mapping: each returns the value as it will be used.

Every check takes the YAML node, its path and the list of problems, to which it adds
one line that shows the value and says what belongs there.
"""

import codecs
import math
from collections.abc import Callable
from pathlib import PurePosixPath, PureWindowsPath

import duckdb
import yaml

from kamlab.data.dates import clashing, strptime_pattern
from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar

Problems = list[str]
Check = Callable[[object, str, Problems], object]


def text(node: object, path: str, problems: Problems) -> str:
    """Return a name or other text; a number is taken as it is written.

    Examples
    --------
    >>> text("Kunde", "tables.orders.columns.account_id", [])
    'Kunde'
    """
    if isinstance(node, str) and node:
        return node
    if isinstance(node, int | float) and not isinstance(node, bool):
        return str(node)
    problems.append(f"{path} = {node!r} is not a text; put it in quotes")
    return ""


def scalar(node: object, path: str, problems: Problems) -> str:
    """Return a value as the text an export would hold.

    Examples
    --------
    >>> scalar(True, "", []), scalar(12, "", []), scalar("", "", [])
    ('true', '12', '')
    """
    if isinstance(node, bool):
        return str(node).lower()
    if node is None or isinstance(node, dict | list):
        problems.append(f"{path} = {node!r}; one text or number belongs there")
        return ""
    return str(node)


def scalar_or_number(node: object, path: str, problems: Problems) -> str | float:
    """Return a text, or a number that is to be compared as a number.

    Examples
    --------
    >>> scalar_or_number(0, "", []), scalar_or_number("0", "", [])
    (0.0, '0')
    """
    if isinstance(node, int | float) and not isinstance(node, bool):
        return number(node, path, problems)
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
    >>> number(3, "", [])
    3.0
    """
    countable = isinstance(node, int | float) and not isinstance(node, bool)
    if countable and math.isfinite(node):
        return float(node)
    problems.append(f"{path} = {node!r} is not a number; write it as 1234.5")
    return 0.0


def share(node: object, path: str, problems: Problems) -> float:
    """Return a share between 0 and 1.

    Examples
    --------
    >>> problems = []
    >>> _ = share(5, "limits.default", problems)
    >>> problems
    ['limits.default = 5 is not a share; write 5 % as 0.05']
    """
    if isinstance(node, int | float) and not isinstance(node, bool) and 0 <= node <= 1:
        return float(node)
    problems.append(f"{path} = {node!r} is not a share; write 5 % as 0.05")
    return 0.0


def flag(node: object, path: str, problems: Problems) -> bool:
    """Return true or false.

    Examples
    --------
    >>> flag(True, "", [])
    True
    """
    if not isinstance(node, bool):
        problems.append(f"{path} = {node!r}; write true or false")
    return node is True


def whole(lowest: int, highest: int) -> Check:
    """Return a check for whole numbers between two bounds.

    Examples
    --------
    >>> whole(1, 12)(10, "portfolio.calendar.first_month", [])
    10
    """

    def _checked(node: object, path: str, problems: Problems) -> int:
        if type(node) is int and lowest <= node <= highest and node != 0:
            return node
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
        return node
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
        return node
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
            told = str(error).splitlines()[0]
            problems.append(f"{path} = {node!r} is not a regular expression: {told}")
    return checked


def period(node: object, path: str, problems: Problems) -> str:
    """Return the label of a fiscal year or quarter, or of a month.

    Examples
    --------
    >>> period(2024, "", []), period("2025Q4", "", []), period("2025-11", "", [])
    ('2024', '2025Q4', '2025-11')
    """
    label = text(node, path, problems)
    try:
        FiscalCalendar().period(label)
    except UsageError as error:
        problems.append(f"{path}: {error}")
    return label


def translations(node: object, path: str, problems: Problems) -> dict[str, str]:
    """Return texts of the export with what they mean.

    Examples
    --------
    >>> translations({"ZRE": "return", 1: "sale"}, "values", [])
    {'ZRE': 'return', '1': 'sale'}
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
    >>> rates({"USD": 0.92}, "rates", [])
    {'USD': 0.92}
    """
    if not isinstance(node, dict) or not node:
        problems.append(f"{path} = {node!r}; pairs such as 'USD: 0.92' belong there")
        return {}
    known = {}
    for key, value in node.items():
        rate = number(value, f"{path}.{key}", problems)
        if rate <= 0 and isinstance(value, int | float):
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


def repeated_keys(node: yaml.Node | None, path: str = "") -> list[str]:
    """Return the keys that stand twice in one section; YAML would keep the last.

    Examples
    --------
    >>> repeated_keys(yaml.compose("a: {b: 1, b: 2}", Loader=yaml.SafeLoader))
    ['a.b']
    """
    if isinstance(node, yaml.SequenceNode):
        return [each for child in node.value for each in repeated_keys(child, path)]
    if not isinstance(node, yaml.MappingNode):
        return []
    names = [str(key.value) for key, _ in node.value]
    repeated = sorted({f"{path}{name}" for name in names if names.count(name) > 1})
    for name, (_, child) in zip(names, node.value, strict=True):
        repeated += repeated_keys(child, f"{path}{name}.")
    return repeated

"""Find out how the columns of a text file write numbers and days."""

import re
from collections.abc import Iterable, Mapping, Sequence

import duckdb

from kamlab.data.cleaning.parsing import Values
from kamlab.data.reading.date_advice import working_format
from kamlab.data.reading.dates import ISO, KNOWN_FORMATS, strptime_pattern

_Told = tuple[str, ...]

_FEWEST = 0.9
_MOST_TEXTS = 500
_DATE_LIKE = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?([T ].*)?|(19|20)\d{6}")
_NUMBER_LIKE = re.compile(r"[-+(]?\d[\d.,' \u00a0’]*[-)]?")
_SPACES = str.maketrans("\u00a0\u202f’", "  '")


def date_formats_of(
    columns: Mapping[str, Sequence[str]],
) -> tuple[dict[str, tuple[str, ...]], _Told, _Told]:
    """Return the format of each column of days, why, and what has to be asked.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        Texts of each column that are not blank.

    Returns
    -------
    dict of str to tuple of str
        By column of days; empty where the usual YYYY-MM-DD is read, or where a
        question is open.
    tuple of str, tuple of str
        Reasons and questions.

    Examples
    --------
    >>> date_formats_of({"Day": ["31/01/2025", "01/02/2025"]})[0]
    {'Day': ('DD/MM/YYYY',)}
    >>> print(date_formats_of({"Day": ["03/04/2021"]})[2][0])
    how is 'Day' written? '03/04/2021' may be DD/MM/YYYY or MM/DD/YYYY; declare dates
    """
    found: dict[str, tuple[str, ...]] = {}
    reasons, questions = [], []
    with duckdb.connect() as connection:
        for name, texts in columns.items():
            like = [text for text in texts if _DATE_LIKE.fullmatch(text)]
            if not like or len(like) < _FEWEST * len(texts):
                continue
            fits = _fitting(connection, like)
            if len(fits) == 1:
                found[name] = () if fits[0] == ISO else (fits[0],)
                reasons.append(f"{name!r} as {fits[0]}: it reads {like[0]!r}")
            elif fits:
                ways = " or ".join(fits)
                found[name] = ()
                questions.append(
                    f"how is {name!r} written? {like[0]!r} may be {ways}; declare dates"
                )
    return found, tuple(reasons), tuple(questions)


def _fitting(connection: duckdb.DuckDBPyConnection, texts: Sequence[str]) -> list[str]:
    """Return the formats that read all of some texts."""
    few = [*texts[:_MOST_TEXTS], *texts[-_MOST_TEXTS:]]
    known = [each for each in KNOWN_FORMATS if _reads_day(connection, each, few[0])]
    formats = [working_format(connection, each, few) for each in known]
    return [each for each in formats if each]


def _reads_day(connection: duckdb.DuckDBPyConnection, declared: str, text: str) -> bool:
    """Whether a format may read a text, the time behind the day aside."""
    values = Values()
    day = values.add(re.split("[T ]", text)[0])
    pattern = values.add(strptime_pattern(declared))
    sql = f"SELECT try_strptime({day}, {pattern}) IS NOT NULL"
    return connection.execute(sql, values.used_in(sql)).fetchone()[0]


def number_marks_of(
    columns: Mapping[str, Sequence[str]], delimiter: str = ","
) -> tuple[dict[str, str], _Told, _Told]:
    """Return the marks in numbers, why, and what has to be asked.

    Parameters
    ----------
    columns : mapping of str to sequence of str
        Texts of each column that are not blank.
    delimiter : str
        Of the file.

    Returns
    -------
    dict of str to str
        `decimal` and `thousands`, where they are certain.
    tuple of str, tuple of str
        Reasons and questions.

    Examples
    --------
    >>> number_marks_of({"Net": ["1.234,50-", "9,99"]})[0]
    {'decimal': ',', 'thousands': '.'}
    >>> print(number_marks_of({"Net": ["1.234"]})[2][0])
    is '1.234' in 'Net' more than a thousand or less than two? declare decimal and
    thousands
    """
    decimals: dict[str, str] = {}
    thousands: dict[str, str] = {}
    open_texts: dict[str, str] = {}
    for name, texts in columns.items():
        like = [text for text in texts if _NUMBER_LIKE.fullmatch(text)]
        if len(like) < _FEWEST * len(texts):
            continue
        for text in like:
            _weigh(text.translate(_SPACES), name, decimals, thousands, open_texts)
    return _judged(decimals, thousands, open_texts)


def _weigh(
    text: str,
    column: str,
    decimals: dict[str, str],
    thousands: dict[str, str],
    open_texts: dict[str, str],
) -> None:
    """Note what one number tells of the marks: of each, the first text that tells."""
    marks = [each for each in text if each in ".,' "]
    place = f"{text!r} in {column!r}"
    kinds = list(dict.fromkeys(marks))
    if len(kinds) == 2:
        thousands.setdefault(kinds[0], place)
        if kinds[1] in ".,":
            decimals.setdefault(kinds[1], place)
    elif len(kinds) == 1 and (len(marks) > 1 or kinds[0] in "' "):
        thousands.setdefault(kinds[0], place)
    elif kinds:
        behind = re.sub(r"\D", "", text.partition(kinds[0])[2])
        before = re.sub(r"\D", "", text.partition(kinds[0])[0])
        is_open = len(behind) == 3 and 1 <= len(before) <= 3 and before != "0"
        (open_texts if is_open else decimals).setdefault(kinds[0], place)


def _judged(
    decimals: dict[str, str], thousands: dict[str, str], open_texts: dict[str, str]
) -> tuple[dict[str, str], _Told, _Told]:
    """Return the marks when all numbers agree on them, else the question."""
    clash = set(decimals) & set(thousands) or (decimals if len(decimals) > 1 else ())
    if clash:
        places = _places([*decimals.values(), *thousands.values()])
        told = f"numbers are written in several ways ({places}); declare decimal and "
        return {}, (), (f"{told}thousands for each column",)
    undecided = [mark for mark in open_texts if mark not in (*decimals, *thousands)]
    if undecided and not decimals:
        place = open_texts[undecided[0]]
        question = f"is {place} more than a thousand or less than two? "
        return {}, (), (f"{question}declare decimal and thousands",)
    for mark in undecided:  # it parts thousands, for the other parts decimals
        thousands[mark] = open_texts[mark]
    found = {}
    if decimals:
        found["decimal"] = next(iter(decimals))
    if thousands:
        found["thousands"] = next(iter(thousands))
    if "decimal" not in found and found.get("thousands") in (".", ","):
        found["decimal"] = {".": ",", ",": "."}[found["thousands"]]
    reasons = [
        f"{key} {mark!r}: {place}"
        for key, mark, place in _why(found, decimals, thousands)
    ]
    return found, tuple(reasons), ()


def _why(
    found: Mapping[str, str], decimals: Mapping[str, str], thousands: Mapping[str, str]
) -> Iterable[tuple[str, str, str]]:
    for key, told in (("decimal", decimals), ("thousands", thousands)):
        mark = found.get(key)
        if mark in told:
            yield key, mark, told[mark]


def _places(places: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(places))

"""What the cells of a column look like: days, numbers, words; filled, repeated."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from numbers import Real

import duckdb

from kamlab.data.checking.number_suffixes import number_and_unit
from kamlab.data.mapping.places import SUBTOTAL_WORDS
from kamlab.data.presets.excerpt import Excerpt
from kamlab.data.presets.months import month_formats
from kamlab.data.reading.cells import cell_text
from kamlab.data.reading.date_advice import working_format
from kamlab.data.reading.dates import EXCEL, ISO, ISO_SHAPE, KNOWN_FORMATS
from kamlab.data.reading.detected_values import date_formats_of

DATE, NUMBER, TEXT, EMPTY = "date", "number", "text", "empty"

#: Texts that systems write where there is nothing.
NOTHING = frozenset(
    ("NULL", "null", "(null)", "None", "NaN", "nan", "N/A", "n/a", "#N/A", "(blank)")
)
_NO_DAY = frozenset(("00.00.0000", "0000-00-00", "00000000", "00/00/0000", "-", "--"))

_ISO = re.compile(ISO_SHAPE)
_NUMBER = re.compile(r"[-+(]?\d[\d.,' \u00a0\u202f’]*[-)]?")
_SYMBOLS = re.compile(r"[¥￥€$£元]")
_SERIALS = (20_000, 60_000)
_FEWEST = 0.9
_MOST_TEXTS = 1_000
_SHOWN = 20
_DECIMAL_ZERO = re.compile(r"\d+\.0")
_SUM = re.compile(
    "|".join(
        re.escape(word.replace(" ", "")) if word.isascii() else f".*{re.escape(word)}"
        for word in SUBTOTAL_WORDS
    ),
    re.IGNORECASE,
)
_FLAGS = frozenset(["true", "t", "yes", "y", "1", "false", "f", "no", "n", "0"])


@dataclass(frozen=True)
class Profile:
    """What one column of an excerpt holds.

    Parameters
    ----------
    name : str
        In the header.
    kind : {"date", "number", "text", "empty"}
        What nearly all cells are.
    texts : tuple of str
        Cells that are not blank and do not stand for nothing, in their order.
    is_typed : bool
        Whether no cell is a text: numbers and days of a workbook or database.
    dates : tuple of str
        How days are written; empty for YYYY-MM-DD and for typed days. Several where
        some are written otherwise than the rest, YYYY-MM-DD first.
    ways : tuple of str
        What days may mean where that is open.
    nothing : tuple of str
        Texts that stand for nothing.
    symbols : tuple of str
        Signs of currencies beside numbers.
    suffixes : tuple of str
        Units behind numbers, such as % and 万.
    blanks : int
        Cells without anything.

    Examples
    --------
    >>> Profile("Nr", "text", ("1", "1", "2")).distinct
    2
    """

    name: str
    kind: str
    texts: tuple[str, ...]
    is_typed: bool = False
    dates: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    blanks: int = 0
    suffixes: tuple[str, ...] = ()

    @property
    def distinct(self) -> int:
        """How many different texts there are.

        Examples
        --------
        >>> Profile("Art", "text", ("F2", "F2")).distinct
        1
        """
        return len(set(self.texts))

    @property
    def is_unique(self) -> bool:
        """Whether no text repeats.

        Examples
        --------
        >>> Profile("Nr", "text", ("1", "2")).is_unique
        True
        """
        return self.distinct == len(self.texts)

    @property
    def has_decimal_zero(self) -> bool:
        """Whether ids were written as numbers, such as 17850.0.

        Examples
        --------
        >>> Profile("Customer", "number", ("17850.0",)).has_decimal_zero
        True
        """
        return bool(self.texts) and all(map(_DECIMAL_ZERO.fullmatch, self.texts))

    @property
    def is_flag(self) -> bool:
        """Whether all texts are yes or no, as the import reads them.

        Examples
        --------
        >>> Profile("Key", "text", ("Yes", "no")).is_flag
        True
        """
        return {text.lower() for text in self.texts} <= _FLAGS

    @property
    def shown(self) -> tuple[str, ...]:
        """The first three different texts, cut at 20 characters.

        Examples
        --------
        >>> Profile("Art", "text", ("F2", "F2", "S1")).shown
        ('F2', 'S1')
        """
        first = list(dict.fromkeys(self.texts))[:3]
        return tuple(f"{t[: _SHOWN - 1]}…" if len(t) > _SHOWN else t for t in first)


def profiles_of(excerpt: Excerpt) -> dict[str, Profile]:
    """Return what each named column of an excerpt holds.

    Parameters
    ----------
    excerpt : Excerpt
        A header and rows.

    Returns
    -------
    dict of str to Profile
        By name; of columns that have the same name, the first.

    Examples
    --------
    >>> rows = (("7", "31.01.2025", "1.234,50-"), ("8", "00.00.0000", "9,99"))
    >>> found = profiles_of(Excerpt(("a.csv",), "text", ("Nr", "Tag", "Netto"), rows))
    >>> [each.kind for each in found.values()], found["Tag"].dates
    (['number', 'date', 'number'], ('DD.MM.YYYY',))
    """
    found = {}
    for name in dict.fromkeys(filter(None, excerpt.header)):
        found[name] = _plain(name, excerpt.column(name))
    asked = {name: each.texts for name, each in found.items() if each.kind != EMPTY}
    # Days and numbers of a workbook in one column are no texts, but days in two ways.
    plain = {n for n, each in found.items() if not each.is_typed or each.kind == TEXT}
    asked = {name: texts for name, texts in asked.items() if name in plain}
    return found | _with_days(found, asked)


def _plain(name: str, cells: Sequence[object]) -> Profile:
    """Profile a column, days that are written as text aside."""
    kinds = [cell for cell in cells if cell is not None]
    is_typed = bool(kinds) and not any(isinstance(cell, str) for cell in kinds)
    texts = [(cell_text(cell) or "").strip() for cell in cells]
    texts = [text for text in texts if text]
    blanks = len(cells) - len(texts)
    nothing = tuple(dict.fromkeys(t for t in texts if t in NOTHING or t in _NO_DAY))
    kept = tuple(text for text in texts if text not in nothing or text == "-")
    nothing = tuple(each for each in nothing if each != "-")
    if not kept:
        return Profile(name, EMPTY, (), blanks=blanks, nothing=nothing)
    if is_typed and all(isinstance(cell, date) for cell in kinds):
        return Profile(name, DATE, kept, True, blanks=blanks)
    symbols = _symbols(kept)
    if (is_typed and all(_is_number(cell) for cell in kinds)) or _numeric(kept):
        kind = NUMBER
    else:
        kind = TEXT
    return Profile(
        name,
        kind,
        kept,
        is_typed,
        nothing=nothing,
        symbols=symbols if kind == NUMBER else (),
        blanks=blanks,
        suffixes=_suffixes(kept) if kind == NUMBER and not is_typed else (),
    )


def _is_number(cell: object) -> bool:
    return isinstance(cell, Real | Decimal) and not isinstance(cell, bool)


def _symbols(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys("".join(_SYMBOLS.findall("".join(texts)))))


def _numeric(texts: Sequence[str]) -> bool:
    """Whether nearly all texts are numbers, whatever their width, sign and unit."""
    return sum(map(_is_numeric, texts)) >= _FEWEST * len(texts)


def _is_numeric(text: str) -> bool:
    bare = _SYMBOLS.sub("", unicodedata.normalize("NFKC", text)).strip()
    return bool(_NUMBER.fullmatch(bare) or number_and_unit(bare)[1])


def _suffixes(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the units behind numbers, in the order in which they are met."""
    bare = (_SYMBOLS.sub("", _narrow(text)).strip() for text in texts)
    units = dict.fromkeys(number_and_unit(text)[1] for text in bare)
    return tuple(filter(None, units))


def _with_days(
    found: Mapping[str, Profile], asked: Mapping[str, Sequence[str]]
) -> dict[str, Profile]:
    """Return the columns that hold days or months in the form of texts."""
    days = {
        name: [_narrow(text) for text in _some(texts) if not names_a_sum(text)]
        for name, texts in asked.items()
    }
    formats = date_formats_of(days)[0]
    written = {}
    for name, texts in days.items():
        if name in formats:
            is_sure = formats[name] or all(map(_ISO.fullmatch, texts))
            ways = () if is_sure else ways_to_read(texts)
            written[name] = (formats[name], ways if len(ways) > 1 else ())
        elif months := month_formats(texts):
            written[name] = (months, ())
        elif mixed := _mixed(texts):
            written[name] = (mixed, ())
    return {
        name: Profile(
            name,
            DATE,
            found[name].texts,
            dates=dates,
            ways=ways,
            nothing=found[name].nothing,
            blanks=found[name].blanks,
        )
        for name, (dates, ways) in written.items()
    }


def _mixed(texts: Sequence[str]) -> tuple[str, ...]:
    """Return how days are written, where some are days of a workbook, some texts.

    Numbers among them are days that a spreadsheet counts and forgot to show as such.
    """
    days = [text for text in texts if _ISO.fullmatch(text)]
    counted = [text for text in texts if _is_counted(text)]
    others = [t for t in texts if not _ISO.fullmatch(t) and not _is_counted(t)]
    if len(texts) in (len(others), len(counted), len(days)):
        return ()
    written = date_formats_of({"": others})[0].get("", ()) if others else ()
    if others and not written:
        return ()
    return (*[ISO] * bool(days), *written, *[EXCEL] * bool(counted))


def _is_counted(text: str) -> bool:
    """Whether a number may be a day as a spreadsheet counts them."""
    low, high = _SERIALS
    whole = text.partition(".")[0]
    return whole.isdigit() and low <= int(whole) <= high


def _some(texts: Sequence[str]) -> Sequence[str]:
    """Return the first and the last texts: what is first of a month may be the last."""
    if len(texts) <= _MOST_TEXTS:
        return texts
    return [*texts[: _MOST_TEXTS // 2], *texts[-_MOST_TEXTS // 2 :]]


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def ways_to_read(texts: Sequence[str]) -> tuple[str, ...]:
    """Return every way in which all of some texts may be days.

    Examples
    --------
    >>> ways_to_read(["03/04/2021", "05/06/2021"])
    ('DD/MM/YYYY', 'MM/DD/YYYY')
    """
    few = list(texts)[:200]
    with duckdb.connect() as connection:
        tried = [working_format(connection, each, few) for each in KNOWN_FORMATS]
    return tuple(each for each in tried if each)


def is_serial(profile: Profile) -> bool:
    """Whether numbers may be days as a spreadsheet counts them.

    Examples
    --------
    >>> is_serial(Profile("Tag", "number", ("45688", "45716"))), is_serial(
    ...     Profile("Menge", "number", ("12", "45716"))
    ... )
    (True, False)
    """
    if profile.kind != NUMBER:
        return False
    return all(map(_is_counted, profile.texts))


@lru_cache(maxsize=100_000)
def names_a_sum(text: str) -> bool:
    """Whether a text names a row with a sum, as 小计 and Total do.

    Examples
    --------
    >>> names_a_sum("一月小计"), names_a_sum("TOTAL :"), names_a_sum("Totaltech AG")
    (True, True, False)
    """
    return _SUM.fullmatch(re.sub(r"[\s:：]", "", text)) is not None

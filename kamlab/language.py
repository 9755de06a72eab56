"""In which language sentences, heads and labels for readers are written.

English sentences are the keys; a catalogue (``kamlab/locale/zh/LC_MESSAGES``) holds the
other language. Whole sentences are translated, with named places for what is put in::

    from kamlab.language import _, plural

    _("{account} has been silent for {days}.").format(account=name, days=days)
"""

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path
from typing import TYPE_CHECKING

from kamlab.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Codes of the languages, as parameters of notebooks write them.
LANGUAGES = ("en", "zh")

#: What large amounts of money are counted in, as parameters of notebooks write it.
MONEY_UNITS = ("auto", "thousand", "million", "万元", "亿")

_LOCALE = Path(__file__).with_name("locale")
_current: ContextVar[str] = ContextVar("language", default="en")
_unit: ContextVar[str] = ContextVar("unit", default="auto")


def use_language(code: str, unit: str = "auto") -> None:
    """Write everything from here on in a language, as a notebook does at its top.

    Parameters
    ----------
    code : {"en", "zh"}
        English, or Chinese (中文).
    unit : {"auto", "thousand", "million", "万元", "亿"}
        What large amounts of money are counted in. "auto" follows the size: in English
        thousands, millions and billions, in Chinese 万 (ten thousand) and 亿 (a hundred
        million). The others count every large amount in that one unit.

    Raises
    ------
    UsageError
        If the language or the unit is unknown.

    Examples
    --------
    >>> use_language("de")
    Traceback (most recent call last):
    kamlab.errors.UsageError: language = 'de': known are: en, zh
    """
    known, counted = _checked(code), _checked_unit(unit)
    _current.set(known)
    _unit.set(counted)


@contextmanager
def in_language(code: str, unit: str = "auto") -> "Iterator[None]":
    """Write in a language for a while, and in the one before it afterwards.

    Parameters
    ----------
    code : {"en", "zh"}
        English, or Chinese (中文).
    unit : {"auto", "thousand", "million", "万元", "亿"}
        What large amounts of money are counted in, as in `use_language`.

    Raises
    ------
    UsageError
        If the language or the unit is unknown.

    Examples
    --------
    >>> with in_language("zh"):
    ...     current_language()
    'zh'
    >>> current_language()
    'en'
    """
    before = current_language(), money_unit()
    use_language(code, unit)
    try:
        yield
    finally:
        use_language(*before)


def current_language() -> str:
    """Return the code of the language that is written now.

    Examples
    --------
    >>> current_language()
    'en'
    """
    return _current.get()


def money_unit() -> str:
    """Return what large amounts of money are counted in now.

    Examples
    --------
    >>> money_unit()
    'auto'
    >>> with in_language("zh", "万元"):
    ...     money_unit()
    '万元'
    """
    return _unit.get()


def _(message: str) -> str:
    """Return a sentence in the current language.

    Parameters
    ----------
    message : str
        The English sentence; a sentence that no catalogue holds stays English.

    Examples
    --------
    >>> _("Net revenue")
    'Net revenue'
    """
    return _catalogue(_current.get()).gettext(message)


def translatable(message: str) -> str:
    """Return a text as it is, and mark it for the catalogues.

    Parameters
    ----------
    message : str
        English words that stand in a table of the program; `_` translates them where
        they are shown, once the language is known.

    Examples
    --------
    >>> WORDS = {"lost": translatable("Lost")}
    >>> with in_language("zh"):
    ...     _(WORDS["lost"])
    '流失'
    """
    return message


def plural(one: str, many: str, count: int) -> str:
    """Return the form of a sentence that fits a number, in the current language.

    Parameters
    ----------
    one, many : str
        The English sentence for one and for several, with a place ``{n}``.
    count : int
        The number; it is put into the place.

    Examples
    --------
    >>> plural("{n} account", "{n} accounts", 1), plural("{n} day", "{n} days", 1200)
    ('1 account', '1,200 days')
    """
    form = _catalogue(_current.get()).ngettext(one, many, count)
    return form.replace("{n}", f"{count:,}")


def _checked(code: str) -> str:
    if code not in LANGUAGES:
        raise UsageError(f"language = {code!r}: {did_you_mean(str(code), LANGUAGES)}")
    return code


def _checked_unit(unit: str) -> str:
    if unit not in MONEY_UNITS:
        hint = did_you_mean(str(unit), MONEY_UNITS)
        raise UsageError(f"money_unit = {unit!r}: {hint}")
    return unit


@cache
def _catalogue(code: str) -> NullTranslations:
    """Return the catalogue of a language; English needs none."""
    if code == "en":
        return NullTranslations()
    return translation("kamlab", _LOCALE, [code], fallback=True)

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

#: What large amounts of money are counted in, by language; the usual unit first.
MONEY_UNITS = {"en": ("M",), "zh": ("万", "M")}

_LOCALE = Path(__file__).with_name("locale")
_current: ContextVar[str] = ContextVar("language", default="en")
_unit: ContextVar[str] = ContextVar("unit", default="M")


def use_language(code: str, unit: str = "") -> None:
    """Write everything from here on in a language, as a notebook does at its top.

    Parameters
    ----------
    code : {"en", "zh"}
        English, or Chinese (中文).
    unit : {"", "M", "万"}
        What large amounts of money are counted in: thousands and millions, or, in
        Chinese only and usual there, 万 (ten thousand) and 亿 (a hundred million).

    Raises
    ------
    UsageError
        If the language is unknown, or it does not count money in the unit.

    Examples
    --------
    >>> use_language("de")
    Traceback (most recent call last):
    kamlab.errors.UsageError: language = 'de': known are: en, zh
    """
    known, counted = _checked(code), _checked_unit(code, unit)
    _current.set(known)
    _unit.set(counted)


@contextmanager
def in_language(code: str, unit: str = "") -> "Iterator[None]":
    """Write in a language for a while, and in the one before it afterwards.

    Parameters
    ----------
    code : {"en", "zh"}
        English, or Chinese (中文).
    unit : {"", "M", "万"}
        What large amounts of money are counted in, as in `use_language`.

    Raises
    ------
    UsageError
        If the language is unknown, or it does not count money in the unit.

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
    'M'
    >>> with in_language("zh"):
    ...     money_unit()
    '万'
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


def _checked_unit(code: str, unit: str) -> str:
    known = MONEY_UNITS.get(code, ())
    if unit and known and unit not in known:
        hint = did_you_mean(str(unit), known)
        raise UsageError(f"unit = {unit!r} of money in language {code!r}: {hint}")
    return unit or next(iter(known), "")


@cache
def _catalogue(code: str) -> NullTranslations:
    """Return the catalogue of a language; English needs none."""
    if code == "en":
        return NullTranslations()
    return translation("kamlab", _LOCALE, [code], fallback=True)

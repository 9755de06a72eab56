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

_LOCALE = Path(__file__).with_name("locale")
_current: ContextVar[str] = ContextVar("language", default="en")


def use_language(code: str) -> None:
    """Write everything from here on in a language, as a notebook does at its top.

    Parameters
    ----------
    code : {"en", "zh"}
        English, or Chinese (中文).

    Raises
    ------
    UsageError
        If the language is unknown.

    Examples
    --------
    >>> use_language("de")
    Traceback (most recent call last):
    kamlab.errors.UsageError: language = 'de': known are: en, zh
    """
    _current.set(_checked(code))


@contextmanager
def in_language(code: str) -> "Iterator[None]":
    """Write in a language for a while, and in the one before it afterwards.

    Parameters
    ----------
    code : {"en", "zh"}
        English, or Chinese (中文).

    Raises
    ------
    UsageError
        If the language is unknown.

    Examples
    --------
    >>> with in_language("zh"):
    ...     current_language()
    'zh'
    >>> current_language()
    'en'
    """
    token = _current.set(_checked(code))
    try:
        yield
    finally:
        _current.reset(token)


def current_language() -> str:
    """Return the code of the language that is written now.

    Examples
    --------
    >>> current_language()
    'en'
    """
    return _current.get()


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


@cache
def _catalogue(code: str) -> NullTranslations:
    """Return the catalogue of a language; English needs none."""
    if code == "en":
        return NullTranslations()
    return translation("kamlab", _LOCALE, [code], fallback=True)

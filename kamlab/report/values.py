"""Texts from a command line, turned into values of a declared type, or refused."""

import json
import math
import re
from typing import Any

from kamlab.errors import UsageError
from kamlab.fiscal import as_date
from kamlab.language import _, translatable

_SCALARS = ("str", "int", "float", "bool")
_LIST = re.compile(r"list\[(str|int|float|bool)\]")
_NONE = " | None"

_IN_WORDS = {
    "str": translatable("give a text"),
    "int": translatable("give a whole number"),
    "float": translatable("give a number"),
    "bool": translatable("give true or false"),
}


def type_known(type_: str) -> bool:
    """Say whether a parameter may be declared with this type.

    Examples
    --------
    >>> type_known("list[str]"), type_known("int | None"), type_known("dict")
    (True, True, False)
    """
    bare = type_.removesuffix(_NONE)
    return bare in _SCALARS or _LIST.fullmatch(bare) is not None


def convert(name: str, given: Any, type_: str) -> Any:
    """Return a value in its declared type, without guessing.

    Parameters
    ----------
    name : str
        The parameter; ``as_of`` must be a day besides.
    given : object
        A text, or a value. True is not a number, and 2.5 is not a whole one.
    type_ : str
        One that `type_known` accepts.

    Raises
    ------
    UsageError
        If the value does not fit; the message says what would.

    Examples
    --------
    >>> convert("top", "0.3", "float")
    0.3
    >>> convert("regions", '["DACH", "East China"]', "list[str]")
    ['DACH', 'East China']
    >>> convert("folds", True, "int")
    Traceback (most recent call last):
    kamlab.errors.UsageError: folds = True: give a whole number
    """
    if type_.endswith(_NONE):
        if given is None or (isinstance(given, str) and given.lower() == "none"):
            return None
        type_ = type_.removesuffix(_NONE)
    if found := _LIST.fullmatch(type_):
        return [_scalar(name, each, found[1]) for each in _items(name, given)]
    value = _scalar(name, given, type_)
    return as_date(value, name).isoformat() if name == "as_of" else value


def _items(name: str, given: Any) -> list[Any]:
    items = _read_list(given) if isinstance(given, str) else given
    if not isinstance(items, list | tuple):
        told = _("{name} = {value!r}: give a list as JSON, such as {example}")
        raise UsageError(told.format(name=name, value=given, example='["a", "b"]'))
    return list(items)


def _read_list(text: str) -> Any:
    """Read JSON; a bare word is a list of that one word."""
    if not text.lstrip().startswith("["):
        return [text]
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _scalar(name: str, given: Any, type_: str) -> Any:
    read = _read_text(given, type_) if isinstance(given, str) else given
    fits = {
        "str": isinstance(read, str),
        "bool": isinstance(read, bool),
        "int": isinstance(read, int) and not isinstance(read, bool),
        "float": isinstance(read, int | float) and not isinstance(read, bool),
    }
    if not fits[type_] or (type_ == "float" and not math.isfinite(read)):
        raise UsageError(f"{name} = {given!r}: {_(_IN_WORDS[type_])}")
    return float(read) if type_ == "float" else read


def _read_text(text: str, type_: str) -> Any:
    """Return what the text means in this type, or the text itself if nothing."""
    if type_ == "bool":
        return {"true": True, "false": False}.get(text.lower(), text)
    readers = {"str": str, "int": int, "float": float}
    try:
        return readers[type_](text)
    except ValueError:
        return text

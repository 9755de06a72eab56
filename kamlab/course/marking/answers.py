"""Answers as plain data: how they leave a submission, and how they arrive.

A kernel that ran foreign code is trusted with nothing but data: numbers, texts and
days, in lists, sets, dictionaries, Series and frames, up to a size. Anything else
arrives as the name of its type.
"""

import json
import math
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

from kamlab.course.marking import MIME_TYPE

if TYPE_CHECKING:
    import pandas as pd

#: Longest answer, in characters of JSON, and how deep lists may stand in lists.
MOST_CHARACTERS = 200_000
_DEEPEST = 6
_LONGEST = 20_000
_WIDEST_NUMBER = 1_000


@dataclass(frozen=True)
class Unreadable:
    """An answer that is no plain data: what it is instead.

    Examples
    --------
    >>> Unreadable("generator")
    <generator>
    """

    what: str

    def __repr__(self) -> str:
        return f"<{self.what}>"


def show_answers(values: Mapping[str, object], names: Iterable[str]) -> None:
    """Put answers into the output of the cell that runs; a marker reads them there.

    Parameters
    ----------
    values : mapping of str to object
        The notebook's variables.
    names : iterable of str
        Those that hold answers; one that is not there is left out.

    Examples
    --------
    >>> show_answers({"answer_11_1": 0.412}, ["answer_11_1", "answer_11_2"])
    """
    from IPython.core.interactiveshell import InteractiveShell

    if not InteractiveShell.initialized():
        return
    told = {name: encode(values[name]) for name in names if name in values}
    publisher = InteractiveShell.instance().display_pub
    publisher.publish({MIME_TYPE: json.dumps(told), "text/plain": "answers"})


def encode(answer: object) -> Any:
    """Return an answer as what JSON can hold, with its shape.

    Parameters
    ----------
    answer : object
        Anything.

    Returns
    -------
    object
        For `decode`.

    Examples
    --------
    >>> encode({"D", "B"})
    {'set': ['B', 'D']}
    """
    try:
        told = _encode(answer, _DEEPEST)
        size = len(json.dumps(told))
    except (RecursionError, ValueError, TypeError):
        return {"other": type(answer).__name__}
    return told if size <= MOST_CHARACTERS else {"other": f"{size:,} characters"}


def decode(told: Any) -> object:
    """Return the answer that `encode` told, rebuilt of plain data.

    Parameters
    ----------
    told : object
        What came out of JSON; it may be anything.

    Returns
    -------
    object
        `Unreadable` for what makes no sense.

    Examples
    --------
    >>> decode({"series": [["A", "B"], [0.5, 0.25]]}).to_dict()
    {'A': 0.5, 'B': 0.25}
    >>> decode({"bomb": 1})
    <dict of bomb>
    """
    if not isinstance(told, dict):
        return (
            told if told is None or isinstance(told, bool | Real | str) else _odd(told)
        )
    if len(told) != 1:
        return _odd(told)
    ((kind, content),) = told.items()
    if kind not in _DECODERS:
        return Unreadable(f"dict of {kind:.40}")
    try:
        return _DECODERS[kind](content)
    except (TypeError, ValueError, KeyError, RecursionError, OverflowError):
        return Unreadable(f"{kind} that cannot be read")


def _encode(value: object, depth: int) -> Any:
    value = _plain(value)
    if value is None or value is Ellipsis:
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Integral | Real):
        return _number(value)
    if isinstance(value, date):
        return {"day": str(value)}
    if depth == 0:
        return {"other": "deep " + type(value).__name__}
    return _container(value, depth - 1)


def _plain(value: Any) -> Any:
    """Return what a single value of numpy's holds, and anything else as it is."""
    np = sys.modules.get("numpy")  # where nobody loaded it, nothing is of its kind
    if np is None or not isinstance(value, np.generic | np.ndarray) or value.ndim:
        return value
    is_day = value.dtype.kind == "M"
    return value.astype("datetime64[s]").item() if is_day else value.item()


def _number(value: Any) -> Any:
    if isinstance(value, Integral):
        is_small = int(value).bit_length() <= _WIDEST_NUMBER
        return int(value) if is_small else {"other": "very large number"}
    number = float(value)
    return number if math.isfinite(number) else {"float": str(number)}


def _container(value: object, depth: int) -> Any:
    if isinstance(value, Mapping):
        return {"dict": [_list(pair, depth) for pair in _few(value.items())]}
    if isinstance(value, set | frozenset):
        return {"set": sorted(_list(value, depth), key=json.dumps)}
    if isinstance(value, list | tuple):
        return {"list": _list(value, depth)}
    return _array(value, depth) or {"other": type(value).__name__}


def _array(value: Any, depth: int) -> Any:
    """Tell what numpy and pandas hold many values in; None for anything else."""
    np, pd = sys.modules.get("numpy"), sys.modules.get("pandas")
    if pd is not None and isinstance(value, pd.DataFrame):
        parts = (value.index, value.columns, value.to_numpy().ravel())
        return {"frame": [_list(part, depth) for part in parts]}
    if pd is not None and isinstance(value, pd.Series):
        return {"series": [_list(value.index, depth), _list(value, depth)]}
    flat = (np and np.ndarray, pd and pd.Index, pd and pd.api.extensions.ExtensionArray)
    if isinstance(value, tuple(each for each in flat if each)):
        return {"list": _list(value, depth)}
    return None


def _list(values: Iterable[object], depth: int) -> list[Any]:
    return [_encode(each, depth) for each in _few(values)]


def _few(values: Any) -> Any:
    if len(values) > _LONGEST:
        raise ValueError(f"{len(values)} items")
    return values


def _odd(told: object) -> Unreadable:
    return Unreadable(type(told).__name__)


def _all(told: list[Any]) -> list[Any]:
    if not isinstance(told, list):
        raise TypeError(type(told).__name__)
    return [decode(each) for each in told]


def _hashable(told: list[Any]) -> list[Any]:
    return [tuple(each) if isinstance(each, list) else each for each in _all(told)]


def _series(told: list[Any]) -> "pd.Series":
    import pandas as pd

    index, values = told
    return pd.Series(_all(values), index=_hashable(index))


def _frame(told: list[Any]) -> "pd.DataFrame":
    import pandas as pd

    index, columns, values = (_hashable(part) for part in told)
    rows = [values[i : i + len(columns)] for i in range(0, len(values), len(columns))]
    return pd.DataFrame(rows, index=index, columns=columns)


def _day(told: str) -> "pd.Timestamp":
    import pandas as pd

    return pd.Timestamp(told)


_DECODERS = {
    "list": _all,
    "set": lambda told: set(_hashable(told)),
    "dict": lambda told: {_hashable([key])[0]: decode(value) for key, value in told},
    "series": _series,
    "frame": _frame,
    "float": float,
    "day": _day,
    "other": lambda told: Unreadable(str(told)[:60]),
}

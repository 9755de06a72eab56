"""The values behind a table on a page, kept in the notebook for workbook and files."""

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kamlab.style.pictures import FIGURES

#: Rows of which the values are kept; a longer table says how many there are.
MOST_ROWS = 5_000


@dataclass(frozen=True)
class Values:
    """What a table holds, column by column, as JSON knows it.

    `names` are those of the frame, `formats` how each column is written, `rows` how
    many there are in all.

    Examples
    --------
    >>> Values(("orders",), ("count",), ((412.0,),), rows=1).frame()
       orders
    0   412.0
    """

    names: tuple[str, ...]
    formats: tuple[str, ...]
    columns: tuple[tuple[Any, ...], ...]
    rows: int

    def frame(self) -> pd.DataFrame:
        """Return the values as a frame: numbers, days, yes and no, and texts.

        Examples
        --------
        >>> values = Values(("day",), ("date",), (("2025-12-31",),), rows=1)
        >>> str(values.frame()["day"].iloc[0])
        '2025-12-31 00:00:00'
        """
        typed = zip(_distinct(self.names), self.formats, self.columns, strict=True)
        return pd.DataFrame({name: _typed(*each) for name, *each in typed})

    def payload(self) -> dict[str, Any]:
        """Return what is stored in the notebook.

        Examples
        --------
        >>> Values(("orders",), ("count",), ((412.0,),), rows=1).payload()["rows"]
        1
        """
        return {
            "names": list(self.names),
            "formats": list(self.formats),
            "columns": [list(column) for column in self.columns],
            "rows": self.rows,
        }


def values_of(frame: pd.DataFrame, formats: Sequence[str]) -> Values:
    """Return the values of a frame that a table shows.

    Parameters
    ----------
    frame : DataFrame
        Its index is not kept.
    formats : sequence of str
        How each column is written, one of `kamlab.report.tables.FORMATS`.

    Examples
    --------
    >>> values_of(pd.DataFrame({"share": [0.5, None]}), ["share"]).columns
    ((0.5, None),)
    """
    kept = frame.head(MOST_ROWS)
    columns = tuple(
        tuple(_plain(value, format_) for value in kept.iloc[:, i])
        for i, format_ in enumerate(formats)
    )
    return Values(tuple(frame.columns), tuple(formats), columns, len(frame))


def read_values(payload: Mapping[str, Any]) -> Values:
    """Return the values that lie in the output of an executed notebook.

    Parameters
    ----------
    payload : mapping
        As `Values.payload` wrote it.

    Examples
    --------
    >>> values = Values(("orders",), ("count",), ((412.0,),), rows=1)
    >>> read_values(values.payload()) == values
    True
    """
    return Values(
        tuple(payload["names"]),
        tuple(payload["formats"]),
        tuple(map(tuple, payload["columns"])),
        payload["rows"],
    )


def are_kept() -> bool:
    """Say whether notebooks keep values; a stored lesson has to stay light.

    Examples
    --------
    >>> are_kept()
    True
    """
    return os.environ.get(FIGURES) != "small"


def _plain(value: object, format_: str) -> object:
    """Return a value as JSON knows it, or None where it is missing."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if format_ == "flag":
        return bool(value)
    if format_ in ("date", "month"):
        return pd.to_datetime(value).strftime("%Y-%m-%d")
    if format_ == "text":
        return str(value)
    number = float(value)
    return number if math.isfinite(number) else None


def _typed(format_: str, column: tuple[Any, ...]) -> pd.Series:
    if format_ in ("date", "month"):
        return pd.Series(pd.to_datetime(list(column), format="%Y-%m-%d"))
    dtype = {"flag": "boolean", "text": "str"}.get(format_, "float64")
    return pd.Series(list(column), dtype=dtype)


def _distinct(names: Sequence[str]) -> list[str]:
    """Number a name that comes a second time: files hold each but once."""
    made: list[str] = []
    for name in names:
        another, number = name, 2
        while another in made:
            another, number = f"{name}_{number}", number + 1
        made.append(another)
    return made

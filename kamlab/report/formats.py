"""Numbers in the cells of a table: every column with one number of decimals.

A tile or a sentence rounds (`kamlab.style.format_value`: "EUR 62.4 M"); a table is
added up and compared, so its cells keep the thousands and share their decimals.
"""

import math
from collections.abc import Iterable

import pandas as pd

from kamlab.language import _

#: What stands where a value is missing.
MISSING = "–"

#: Figures that are kept as 0–1 and written as a hundred times that.
_HUNDREDFOLD = ("share", "points")


def decimals_for(values: Iterable[float], unit: str) -> int:
    """Return how many decimals make a column of these values readable.

    Parameters
    ----------
    values : iterable of float
        The column; missing and infinite values do not count.
    unit : str
        One of `kamlab.style.UNITS`.

    Returns
    -------
    int
        1 for shares and points (of per cent), 0 for counts and days that are whole;
        for money and numbers fewer, the larger they are.

    Examples
    --------
    >>> decimals_for([1_250_000.0, 12.5], "money")
    0
    >>> decimals_for([12.5, 3.25], "money")
    2
    """
    if unit in _HUNDREDFOLD:
        return 1
    sizes = [abs(v) for v in values if math.isfinite(v)]
    if unit in ("count", "days"):
        return 0 if all(size == round(size) for size in sizes) else 1
    largest = max(sizes, default=0.0)
    if unit == "money":
        return 0 if largest >= 1000 else 2
    return 0 if largest >= 1000 else 1 if largest >= 100 else 2 if largest >= 1 else 3


def format_cell(value: float, unit: str, decimals: int | None = None) -> str:
    """Write the number of one cell, without its currency.

    Parameters
    ----------
    value : float
        The number; shares as 0–1, NaN where it is missing.
    unit : str
        One of `kamlab.style.UNITS`.
    decimals : int, optional
        Digits after the point; chosen from the size of the value if not given.

    Returns
    -------
    str
        Thousands separated by commas, a true minus sign, shares as per cent, changes
        of shares with their sign.

    Examples
    --------
    >>> format_cell(0.775, "share")
    '77.5 %'
    >>> format_cell(-1_234_567.8, "money")
    '−1,234,568'
    >>> format_cell(0.015, "points")
    '+1.5 points'
    >>> format_cell(float("nan"), "number")
    '–'
    """
    if pd.isna(value):
        return MISSING
    if decimals is None:
        decimals = decimals_for([float(value)], unit)
    scaled = float(value) * 100 if unit in _HUNDREDFOLD else float(value)
    text = f"{abs(scaled):,.{decimals}f}" if math.isfinite(scaled) else "∞"
    if text.strip("0.,"):
        text = ("−" if scaled < 0 else "+" if unit == "points" else "") + text
    if unit == "points":
        return _("{number} points").format(number=text)
    return f"{text} %" if unit == "share" else text

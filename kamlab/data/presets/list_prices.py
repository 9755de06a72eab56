"""Tell a price before discount from the price paid, by what the lines amount to.

Sage writes the price before discount and the amount after it: taken for the price paid,
every line with a discount would seem to be wrong.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from math import nan

from kamlab.data.presets.matching import Match
from kamlab.data.presets.recognition import ORDERS, Recognised
from kamlab.data.reading.detected_values import number_marks_of

_DISCOUNT = re.compile(r"rabatt|discount|nachlass|折扣|折率", re.IGNORECASE)

#: Share of the lines whose amount is below quantity times price, from which on the
#: price is one before discount; and what rounding may do to an amount.
_FEWEST = 0.05
_ROUNDING = 0.006


def with_list_prices(taken: Mapping[str, Recognised]) -> dict[str, Recognised]:
    """Return what was recognised, with prices before discount as list prices.

    Parameters
    ----------
    taken : mapping of str to Recognised
        By table of the contract.

    Returns
    -------
    dict of str to Recognised
        The same, unless there is a column of discounts, and no line amounts to more
        than quantity times price, and some to less.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("Kunde", "Datum", "Menge", "Einzelpreis", "Rabatt %", "Betrag")
    >>> rows = (("A", "2025-01-31", "2", "10.00", "10", "18.00"),)
    >>> lines = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> with_list_prices({"orders": lines})["orders"].header("unit_list_price")
    'Einzelpreis'
    """
    lines = taken.get(ORDERS)
    if lines is None or lines.header("unit_list_price") or not _is_before(lines):
        return dict(taken)
    matches = dict(lines.matches)
    price = matches.pop((ORDERS, "unit_net_price"))
    place = Match("unit_list_price", price.header, price.is_own)
    matches[ORDERS, "unit_list_price"] = place
    return {**taken, ORDERS: replace(lines, matches=matches)}


def _is_before(lines: Recognised) -> bool:
    """Whether amounts are below quantity times price in lines with a discount only."""
    headers = [lines.header(n) for n in ("quantity", "unit_net_price", "net_amount")]
    if not all(headers) or not any(map(_DISCOUNT.search, lines.profiles)):
        return False
    columns = [_numbers(lines, header) for header in headers]
    less = more = 0
    for quantity, price, amount in zip(*columns, strict=False):
        full = abs(quantity * price)
        less += abs(amount) < full - max(_ROUNDING, abs(quantity) * _ROUNDING)
        more += abs(amount) > full + max(_ROUNDING, abs(quantity) * _ROUNDING)
    return not more and less > _FEWEST * len(columns[0])


def _numbers(lines: Recognised, header: str) -> list[float]:
    """Return the numbers of a column, nan for what is none."""
    cells = lines.excerpt.column(header)
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    marks = number_marks_of({header: texts}, lines.excerpt.format.delimiter)[0]
    decimal, thousands = marks.get("decimal", "."), marks.get("thousands", "")
    return [_number(cell, decimal, thousands) for cell in cells]


def _number(cell: object, decimal: str, thousands: str) -> float:
    text = str(cell).strip().replace(thousands or " ", "").replace(decimal, ".")
    try:
        return float(f"-{text[:-1]}" if text.endswith("-") else text)
    except ValueError:
        return nan

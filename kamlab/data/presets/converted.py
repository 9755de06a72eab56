"""Take amounts as the system has converted them, where an export has them so.

Dynamics writes "Extended Amount (Base)" beside "Extended Amount", Salesforce "Amount
(converted)" beside "Amount", Kingdee 金额(本位币) beside 金额: each line at the rate of
its own day, as the books have it. No table of rates could tell it better.
"""

import re
import unicodedata

from kamlab.data.contract import TABLES
from kamlab.data.presets.currencies import currencies_in
from kamlab.data.presets.matching import meanings_of
from kamlab.data.presets.profile import NUMBER
from kamlab.data.presets.recognition import ORDERS, Recognised
from kamlab.data.presets.suggestion import Entry
from kamlab.data.presets.units import MONEY

_CONVERTED = re.compile(r" ?\((base|converted|本位币|本币)\)$", re.IGNORECASE)


def converted_column(lines: Recognised, header: str) -> str:
    """Return the column that holds an amount in the currency of the company, or "".

    Parameters
    ----------
    lines : Recognised
        Order lines in several currencies; for others it is not asked.
    header : str
        The amount in the currency of the document.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("Customer", "Date", "Amount", "Currency", "Amount (Base)")
    >>> cells = (("9", "EUR", "9"), ("9", "USD", "8"))
    >>> rows = tuple(("A", "2025-01-31", *each) for each in cells)
    >>> lines = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> converted_column(lines, "Amount"), converted_column(lines, "Customer")
    ('Amount (Base)', '')
    """
    if not header or len(currencies_in(lines)) < 2:
        return ""
    for name, profile in lines.profiles.items():
        plain = unicodedata.normalize("NFKC", name)
        bare = _CONVERTED.sub("", plain).lower()
        if profile.kind == NUMBER and bare != plain.lower() and bare == header.lower():
            return name
    return ""


def is_converted(lines: Recognised | None) -> bool:
    """Whether the system has converted the amounts of order lines.

    Examples
    --------
    >>> is_converted(None)
    False
    """
    return lines is not None and bool(
        converted_column(lines, lines.header("net_amount"))
    )


def is_in_other_currencies(lines: Recognised, table: str, column: str) -> bool:
    """Whether a column of money is left as the document has it, unlike the amounts.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> lines = recognise([Excerpt(("a.csv",), "text", ("KUNAG", "NETWR"), ())])[1][0]
    >>> is_in_other_currencies(lines, "orders", "cogs")
    False
    """
    if table != ORDERS or column not in TABLES[ORDERS].column_names:
        return False
    is_money = TABLES[ORDERS].column(column).unit == MONEY
    header = lines.header(column)
    return is_money and is_converted(lines) and not converted_column(lines, header)


def original_amount(lines: Recognised) -> Entry | None:
    """Return the amount as it was invoiced, where the converted one is the net amount.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> lines = recognise([Excerpt(("a.csv",), "text", ("KUNAG", "NETWR"), ())])[1][0]
    >>> original_amount(lines) is None
    True
    """
    if not is_converted(lines):
        return None
    header = lines.header("net_amount")
    return Entry("net_amount_original", header, "as it was invoiced")


def currency_of_books(lines: Recognised) -> Entry:
    """Return the currency into which the system has converted.

    Parameters
    ----------
    lines : Recognised
        Order lines with converted amounts.

    Returns
    -------
    Entry
        A column beside the amount names it; else it is the currency whose amounts are
        the same before and after. Open where neither tells.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("Customer", "Date", "Amount", "Currency", "Amount (Base)")
    >>> cells = (("9", "EUR", "9"), ("9", "USD", "8"))
    >>> rows = tuple(("A", "2025-01-31", *each) for each in cells)
    >>> lines = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> currency_of_books(lines).value
    'EUR'
    """
    before = lines.header("net_amount")
    after = converted_column(lines, before)
    beside = lines.profiles.get(f"{after} Currency")
    if beside is not None and beside.distinct == 1:
        return Entry("currency", beside.texts[0], f"{beside.name} says so")
    same = _unchanged(lines, before, after)
    if len(same) == 1:
        return Entry("currency", same[0], f"{after!r} is {before!r} in it")
    question = f"in which currency is {after!r}?"
    return Entry("currency", options=tuple(currencies_in(lines)), question=question)


def _unchanged(lines: Recognised, before: str, after: str) -> list[str]:
    """Return the currencies whose amounts the system left as they were."""
    meant = meanings_of("currency", lines.preset)
    columns = (lines.header("currency"), before, after)
    rows = [
        (meant.get(text := str(code).strip(), text), one != other)
        for code, one, other in zip(*map(lines.excerpt.column, columns), strict=False)
    ]
    changed = {code for code, is_other in rows if is_other}
    return [code for code in currencies_in(lines) if code not in changed]

"""Say what is known of the whole portfolio: its currency, and what its days are."""

import re

from kamlab.data.contract import TABLES
from kamlab.data.presets.currencies import currencies_in
from kamlab.data.presets.days import is_invoice_day
from kamlab.data.presets.matching import meanings_of
from kamlab.data.presets.preset import GROSS
from kamlab.data.presets.recognition import Recognised, date_header
from kamlab.data.presets.suggestion import Entry

_CODES = (
    (re.compile(r"\bt?k?eur\b|€", re.IGNORECASE), "EUR"),
    (re.compile(r"\bt?k?usd\b|\bdollars?\b|US\$", re.IGNORECASE), "USD"),
    (
        re.compile(r"\bcny\b|\brmb\b|万元|[（(]元[）)]|单位[:：]\s*元", re.IGNORECASE),
        "CNY",
    ),
    (re.compile(r"\bgbp\b|£", re.IGNORECASE), "GBP"),
    (re.compile(r"\bchf\b", re.IGNORECASE), "CHF"),
)
_SIGNS = {"€": "EUR", "£": "GBP"}
_CURRENCIES = ("EUR", "USD", "CNY")


def currency_of(lines: Recognised, reporting: str = "") -> Entry:
    """Return the reporting currency, and what it was told by.

    Parameters
    ----------
    lines : Recognised
        Order lines.
    reporting : str
        The reporting currency, where a table of rates tells it.

    Returns
    -------
    Entry
        Open where nothing in the export names a currency.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header, rows = ("客户", "日期", "金额（万元）"), (("A", "2025-01-31", "9.50"),)
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> currency_of(found).value
    'CNY'
    """
    if reporting:
        return Entry("currency", reporting, "the only one without a rate")
    codes = currencies_in(lines)
    if codes:
        most = max(codes, key=codes.get)
        many = "most rows are in it" if len(codes) > 1 else "all rows are in it"
        return Entry("currency", most, f"{lines.header('currency')}: {many}")
    for text in _spoken(lines):
        for pattern, code in _CODES:
            if pattern.search(text):
                return Entry("currency", code, f"told by {text!r}")
    for profile in lines.profiles.values():
        for sign in profile.symbols:
            if sign in _SIGNS:
                return Entry("currency", _SIGNS[sign], f"{sign} in {profile.name!r}")
    if lines.preset.currency:
        return Entry("currency", lines.preset.currency, f"usual in {lines.preset.name}")
    question = "in which currency are the amounts?"
    return Entry("currency", options=_CURRENCIES, question=question)


def _spoken(lines: Recognised) -> list[str]:
    """Return what may name a currency: headers of money, then titles."""
    money = [
        match.header
        for (table, column), match in lines.matches.items()
        if column == GROSS or (column[0] != "(" and _is_money(table, column))
    ]
    # An underscore would keep sale_dollars from being two words.
    return [each.replace("_", " ") for each in (*money, *lines.excerpt.titles)]


def _is_money(table: str, column: str) -> bool:
    return TABLES[table].column(column).unit == "reporting currency"


def conversion(lines: Recognised) -> list[Entry]:
    """Return the question for rates, where rows are in several currencies.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("KUNAG", "FKDAT", "NETWR", "WAERK")
    >>> rows = (("1", "20250131", "9.50", "EUR"), ("1", "20250131", "9.50", "USD"))
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> conversion(found)[0].options[0]
    {'column': 'WAERK', 'rates': {'USD': '…'}}
    """
    codes = currencies_in(lines)
    if len(codes) < 2:
        return []
    header = lines.header("currency")
    reporting = max(codes, key=codes.get)
    meant = meanings_of("currency", lines.preset)
    seen = dict.fromkeys(lines.profiles[header].texts)
    others = [text for text in seen if meant.get(text, text) != reporting]
    option = {"column": header, "rates": dict.fromkeys(others, "…")}
    question = f"what is one unit of {', '.join(others)} worth in {reporting}?"
    return [Entry("currency", options=(option,), question=question)]


def portfolio_keys(lines: Recognised | None, reporting: str = "") -> list[Entry]:
    """Return what the mapping says of the portfolio.

    Parameters
    ----------
    lines : Recognised or None
        Order lines, where there are any.
    reporting : str
        The reporting currency, where a table of rates tells it.

    Examples
    --------
    >>> [each.key for each in portfolio_keys(None)]
    ['currency']
    """
    if lines is None:
        return [Entry("currency", options=_CURRENCIES, question="in which currency?")]
    keys = [currency_of(lines, reporting)]
    day = date_header(lines)
    if is_invoice_day(day, lines.preset):
        keys.append(Entry("order_date_is", "invoice", f"{day} is the invoice's day"))
    else:
        keys.append(Entry("order_date_is", "order", f"or invoice, if {day} is its day"))
    return keys

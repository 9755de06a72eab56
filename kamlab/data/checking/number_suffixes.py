"""Recognise numbers with a unit behind them, and say how a mapping takes them."""

import re

#: What usual units are worth; a person confirms it, for M is a thousand to some.
_WORTH = {
    "%": "0.01",
    "‰": "0.001",
    "千": "1000",
    "万": "10000",
    "百万": "1000000",
    "千万": "10000000",
    "亿": "100000000",
    "k": "1000",
    "K": "1000",
    "Tsd": "1000",
    "Tsd.": "1000",
    "m": "1000000",
    "M": "1000000",
    "mn": "1000000",
    "Mio": "1000000",
    "Mio.": "1000000",
    "bn": "1000000000",
    "Mrd": "1000000000",
    "Mrd.": "1000000000",
}
_SIGN = "(?:CN¥|US[$]|R[$]|RMB|CHF|EUR|USD|CNY|GBP|[¥￥€$£元])"
_UNIT = "|".join(sorted(map(re.escape, _WORTH), key=len, reverse=True))

#: A number with a unit behind it, and perhaps the sign of a currency.
SUFFIXED = (
    f"{_SIGN}? ?[+-]?[0-9.,'’ \u00a0\u202f]*[0-9][0-9.,'’ \u00a0\u202f]*"
    f"(?:{_UNIT}) ?{_SIGN}?"
)


def suffix_advice(text: str) -> str:
    """Return what a mapping says under ``format`` so that a number is read.

    Parameters
    ----------
    text : str
        Such as "1.5万"; nothing is returned for a text without a unit.

    Examples
    --------
    >>> suffix_advice("1.5万"), suffix_advice("12 %")
    ('suffixes: {万: 10000}', 'suffixes: {"%": 0.01}')
    >>> suffix_advice("€1.2k")
    "suffixes: {k: 1000}, symbols: ['€']"
    """
    if not re.fullmatch(SUFFIXED, text):
        return ""
    signs = re.findall(_SIGN, text)
    (unit,) = re.findall(_UNIT, re.sub(_SIGN, "", text))[-1:]
    key = unit if unit.isalpha() else f'"{unit}"'
    told = f"suffixes: {{{key}: {_WORTH[unit]}}}"
    return f"{told}, symbols: {signs}" if signs else told

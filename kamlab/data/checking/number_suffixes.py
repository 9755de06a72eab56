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


#: Units that mean one thing to everybody.
_SURE = frozenset(_WORTH) - {"m", "M"}
_FRONT = f"{_SIGN}? ?[+-]?[0-9.,'’ \u00a0\u202f]*[0-9]"
_PARTS = re.compile(f"({_FRONT}) ?({_UNIT}) ?{_SIGN}?")


def number_and_unit(text: str) -> tuple[str, str]:
    """Return a number without the unit behind it, and the unit.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    tuple of str and str
        The text itself and nothing where no unit is behind a number, or one that means
        this to some and that to others.

    Examples
    --------
    >>> number_and_unit("1.5万"), number_and_unit("12 %"), number_and_unit("3 M")
    (('1.5', '万'), ('12', '%'), ('3 M', ''))
    """
    found = _PARTS.fullmatch(text)
    if found is None or found[2] not in _SURE:
        return text, ""
    return found[1], found[2]


def worth_of(unit: str) -> float:
    """Return what one of a unit is worth.

    Examples
    --------
    >>> worth_of("万"), worth_of("%")
    (10000.0, 0.01)
    """
    return float(_WORTH[unit])


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

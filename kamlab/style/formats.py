"""How kamlab writes numbers: shares as per cent, money rounded, a true minus sign."""

import math
from datetime import date

from kamlab.errors import UsageError, did_you_mean
from kamlab.language import _, current_language, money_unit

#: Where the unit follows the size: from this amount on, divide by that, and say so.
_MONEY_STEPS = {
    "en": ((1e9, 1e9, " bn"), (1e6, 1e6, " M"), (1e4, 1e3, " k")),
    "zh": ((1e8, 1e8, " 亿"), (1e4, 1e4, " 万")),
}
#: Units that somebody may choose for all amounts, and what stands behind them.
_MONEY_UNITS = {
    "thousand": (1e3, {"en": " k", "zh": " 千"}),
    "million": (1e6, {"en": " M", "zh": " 百万"}),
    "万元": (1e4, {"en": " 万", "zh": " 万"}),
    "亿": (1e8, {"en": " 亿", "zh": " 亿"}),
}
#: Less than this part of the unit is written out: EUR 50, not 0.00005 M.
_SMALLEST_PART = 1e-3


def format_share(share: float, digits: int = 1) -> str:
    """Write a share between 0 and 1 as per cent.

    Parameters
    ----------
    share : float
        A share; 1 is the whole. Below 0 and above 1 are printed as they are.
    digits : int
        Digits after the decimal point.

    Returns
    -------
    str

    Examples
    --------
    >>> format_share(0.775)
    '77.5 %'
    >>> format_share(-0.1, digits=0)
    '−10 %'
    """
    return _signed(f"{abs(share) * 100:,.{digits}f} %", share)


def format_points(change: float, digits: int = 1) -> str:
    """Write a change of a share in percentage points, with its sign.

    Parameters
    ----------
    change : float
        Difference of two shares, 0–1 each.
    digits : int
        Decimals.

    Returns
    -------
    str

    Examples
    --------
    >>> format_points(0.031), format_points(-0.004), format_points(0)
    ('+3.1 points', '−0.4 points', '0.0 points')
    """
    if math.isnan(change):
        return _("n/a")
    text = format_share(change, digits).removesuffix(" %")
    rounds_to_zero = not text.strip("0.−–")
    sign = "" if rounds_to_zero or change < 0 else "+"
    return _("{number} points").format(number=f"{sign}{text}")


def format_money(amount: float, currency: str = "", exact: bool = False) -> str:
    """Write an amount of money, rounded to three digits unless `exact`.

    Chinese counts in 万 and 亿, whole 万 at least, unless another unit is chosen
    (`kamlab.language.use_language`).

    Parameters
    ----------
    amount : float
        Money in one currency.
    currency : str
        Code of the currency, such as "EUR"; may be empty.
    exact : bool
        Print to the cent, as a figure that ties to the ledger must be.

    Returns
    -------
    str

    Examples
    --------
    >>> format_money(1234567, "EUR")
    'EUR 1.23 M'
    >>> format_money(1234567, "EUR", exact=True)
    'EUR 1,234,567.00'
    >>> format_money(-4338, "CNY")
    '−CNY 4,338'
    """
    text = _money_digits(abs(amount), exact)
    return _signed(f"{currency} {text}".strip(), amount)


def format_count(count: float) -> str:
    """Write a number of accounts, orders or the like with separators.

    Parameters
    ----------
    count : float
        A count; a share of an account is rounded away.

    Returns
    -------
    str

    Examples
    --------
    >>> format_count(23570)
    '23,570'
    """
    return _signed(f"{abs(count):,.0f}", count)


def format_days(days: float) -> str:
    """Write a duration in days.

    Parameters
    ----------
    days : float
        Number of days.

    Returns
    -------
    str

    Examples
    --------
    >>> format_days(1), format_days(41.5)
    ('1 day', '41.5 days')
    """
    text = f"{abs(days):,.1f}".removesuffix(".0")
    words = _("{number} day") if text == "1" else _("{number} days")
    return _signed(words.format(number=text), days)


def format_day(day: date) -> str:
    """Write a day as people read it, in the current language.

    Parameters
    ----------
    day : date or datetime
        The day.

    Returns
    -------
    str

    Examples
    --------
    >>> format_day(date(2026, 4, 30))
    '30 Apr 2026'
    """
    if current_language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%b %Y}"


def format_month(day: date) -> str:
    """Write the month of a day as people read it, in the current language.

    Parameters
    ----------
    day : date or datetime
        Any day of the month.

    Returns
    -------
    str

    Examples
    --------
    >>> format_month(date(2026, 4, 30))
    'Apr 2026'
    """
    if current_language() == "zh":
        return f"{day.year}年{day.month}月"
    return f"{day:%b %Y}"


def format_number(number: float) -> str:
    """Write a number without unit to three digits.

    Parameters
    ----------
    number : float
        Any number.

    Returns
    -------
    str

    Examples
    --------
    >>> format_number(0.4620911), format_number(41.26), format_number(2600)
    ('0.462', '41.3', '2,600')
    """
    if abs(number) >= 1000:
        return format_count(number)
    return _signed(f"{abs(number):#.3g}".removesuffix("."), number)


_FORMATS = {
    "share": format_share,
    "points": format_points,
    "count": format_count,
    "days": format_days,
    "number": format_number,
}
#: The units a figure may have.
UNITS = ("money", *_FORMATS)


def format_value(value: float, unit: str = "number", currency: str = "") -> str:
    """Write a figure in its unit.

    Parameters
    ----------
    value : float
        The figure; shares are 0–1, and points the difference of two shares.
    unit : {"share", "points", "money", "count", "days", "number"}
        What the figure is.
    currency : str
        Code of the currency, for money.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If the unit is unknown.

    Examples
    --------
    >>> format_value(0.775, "share"), format_value(12500, "money", "EUR")
    ('77.5 %', 'EUR 12.5 k')
    """
    if unit == "money":
        return format_money(value, currency)
    if unit not in _FORMATS:
        raise UsageError(f"unit is {unit!r}: {did_you_mean(unit, UNITS)}")
    return _FORMATS[unit](value)


def _money_digits(amount: float, exact: bool) -> str:
    if exact:
        return f"{amount:,.2f}"
    # Rounded before its step is chosen: 999,950 is 1.00 M, not 1000 k.
    rounded = float(f"{amount:.3g}")
    for start, step, suffix in _money_steps():
        if rounded >= start:
            return _three_digits(rounded / step, amount / step) + suffix
    return f"{amount:,.2f}".removesuffix(".00") if amount < 100 else f"{amount:,.0f}"


def _money_steps() -> tuple[tuple[float, float, str], ...]:
    language, unit = current_language(), money_unit()
    if unit not in _MONEY_UNITS:
        return _MONEY_STEPS[language]
    step, suffix = _MONEY_UNITS[unit]
    return ((step * _SMALLEST_PART, step, suffix[language]),)


def _three_digits(rounded: float, amount: float) -> str:
    if rounded < 1000:
        return f"{rounded:#.3g}".removesuffix(".")
    return f"{amount:,.0f}"


def _signed(text: str, value: float) -> str:
    """Put a true minus sign in front, which screen readers read aloud."""
    if math.isnan(value):
        return _("n/a")
    rounds_to_zero = not any(character in text for character in "123456789i")
    return text if value >= 0 or rounds_to_zero else "−" + text

"""What a step of price is worth with an account: the choice that a contract offers."""

import re

from kamlab.language import _
from kamlab.style.formats import format_money, format_share

#: A per cent of a price clause, and the words by which it says that prices fall.
_PER_CENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*[%％]")
_FALL = re.compile(
    r"\b(lower|less|reduc\w*|decreas\w*|down|cheaper|discount\w*)\b|降|下调|下浮|优惠",
    re.IGNORECASE,
)
#: Where a clause names no step, one per cent serves as a measure.
_ONE = 0.01
_MOST = 0.5
_TINY = 1e-9


def price_step(clause: object) -> float | None:
    """Return by which share a price clause lets prices fall, if it says so.

    Parameters
    ----------
    clause : str or missing
        As somebody typed it.

    Returns
    -------
    float or None
        A share, 0–0.5; None where the clause tells no fall, or more than one.

    Examples
    --------
    >>> price_step("3 % lower every year"), price_step("每年降价2.5%")
    (0.03, 0.025)
    >>> price_step("prices fixed for the term") is None
    True
    """
    text = str(clause)
    found = {float(each.replace(",", ".")) / 100 for each in _PER_CENT.findall(text)}
    if len(found) != 1 or not _FALL.search(text):
        return None
    [share] = found
    return share if 0 < share <= _MOST else None


def price_options(
    clause: object, revenue: float, earned: float, currency: str = ""
) -> str:
    """Say what a fall of the price costs, and half of it: what to choose from.

    Parameters
    ----------
    clause : str or missing
        The contract's price clause.
    revenue : float
        Net revenue of twelve months, reporting currency.
    earned : float
        What it left, in the same months.
    currency : str
        Its code.

    Returns
    -------
    str
        In the current language; empty without revenue. A step of price falls through
        to what is left, for costs stay: volumes are taken to stay as well.

    Examples
    --------
    >>> print(price_options("3 % lower every year", 10e6, 2e6, "EUR"))
    3 % lower again: EUR 300 k a year less (15 % of what it leaves); half: EUR 150 k.
    >>> print(price_options(None, 10e6, 2e6, "EUR"))
    Each 1 % of price is EUR 100 k a year (5 % of what it leaves).
    """
    if not revenue > 0:
        return ""
    step = price_step(clause)
    money = revenue * (_ONE if step is None else step)
    told = _by_step(step, earned > 0)
    return told.format(
        one=format_share(_ONE, digits=0),
        step=_step_words(step),
        money=format_money(money, currency),
        share=format_share(money / earned, digits=0) if earned > 0 else "",
        half=format_money(money / 2, currency),
    )


def _by_step(step: float | None, has_share: bool) -> str:
    """Return the sentence with places for its figures."""
    if step is None and has_share:
        return _("Each {one} of price is {money} a year ({share} of what it leaves).")
    if step is None:
        return _("Each {one} of price is {money} a year.")
    if has_share:
        return _(
            "{step} lower again: {money} a year less ({share} of what it leaves); "
            "half: {half}."
        )
    return _("{step} lower again: {money} a year less; half: {half}.")


def _step_words(step: float | None) -> str:
    if step is None:
        return ""
    is_whole = abs(step * 100 - round(step * 100)) < _TINY
    return format_share(step, digits=0 if is_whole else 1)

"""What a change would bring, in sentences from the numbers, and what they omit."""

from math import inf, isnan

from kamlab.style.formats import format_money, format_share
from kamlab.value.concentration_words import counted
from kamlab.value.what_if import WhatIf

_CENT = 0.01
_CHANGES = {
    "serve differently": "Served differently",
    "price differently": "Priced differently",
    "stop serving": "Without them",
}


def change_sentence(found: WhatIf, currency: str = "", who: str = "") -> str:
    """Say what the change brings for the accounts concerned and for all.

    Parameters
    ----------
    found : WhatIf
        From `kamlab.value.what_if`.
    currency : str
        Code of the currency.
    who : str
        Whom it concerns; otherwise their number.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> from kamlab.value.what_if import stop_serving
    >>> profit = pd.DataFrame(
    ...     {"revenue": [1000.0], "cost_of_goods": [-700.0], "direct_costs": [0.0],
    ...      "cost_to_serve": [-320.0], "contribution": [-20.0]}, index=["W"])
    >>> print(change_sentence(stop_serving(profit, "W", 0.5), "EUR", "Wetterau"))
    Without them (Wetterau) the contribution goes from −EUR 20 to −EUR 160: EUR 140
    less. EUR 160 of cost to serve goes on without work: unused capacity is saved only
    where it is cut or put to paid use.
    """
    who = who or counted(len(found.before), "accounts")
    before = format_money(float(found.before["contribution"].sum()), currency)
    after = format_money(float(found.after["contribution"].sum()), currency)
    amount = format_money(abs(found.change), currency)
    verdict = f"{amount} {'more' if found.change >= 0 else 'less'}"
    verdict = verdict if abs(found.change) >= _CENT else "no change"
    first = (
        f"{_CHANGES[found.question]} ({who}) the contribution goes from {before} to "
        f"{after}: {verdict}."
    )
    if found.unused < _CENT:
        return first
    return (
        f"{first} {format_money(found.unused, currency)} of cost to serve goes on "
        "without work: unused capacity is saved only where it is cut or put to paid "
        "use."
    )


def break_even_sentence(found: WhatIf, currency: str = "") -> str:
    """Say where the change neither wins nor loses.

    Parameters
    ----------
    found : WhatIf
        From `kamlab.value.what_if`.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> from kamlab.value.what_if import price_differently, stop_serving
    >>> profit = pd.DataFrame(
    ...     {"revenue": [1000.0], "cost_of_goods": [-700.0], "direct_costs": [0.0],
    ...      "cost_to_serve": [-320.0], "contribution": [-20.0]}, index=["W"])
    >>> break_even_sentence(stop_serving(profit, "W", 0.5))
    'Parting with them wins only if more than 93.8 % of their cost to serve really
    goes.'
    >>> break_even_sentence(price_differently(profit, "W", price=0.03))
    'It pays as long as less than 9.1 % of the volume is lost.'
    """
    return _BREAK_EVENS[found.break_even_of](found.break_even, currency)


def _volume(share: float, currency: str) -> str:
    if share == -inf:
        return "Every unit costs more than it brings: no volume makes up for it."
    if share < 0:
        return f"It pays only if the volume grows by more than {format_share(-share)}."
    if share >= 1:
        return "It pays whatever part of the volume is lost."
    return f"It pays as long as less than {format_share(share)} of the volume is lost."


def _avoidable(share: float, currency: str) -> str:
    if isnan(share):
        return "No work is booked on them, so parting with them saves none."
    if share > 1:
        return (
            "Parting with them loses money even if all of their cost to serve goes: "
            "their margin is larger."
        )
    if share == 0:
        return "They bring no margin: parting with them wins in any case."
    return (
        f"Parting with them wins only if more than {format_share(share)} of their cost "
        "to serve really goes."
    )


def _cost(money: float, currency: str) -> str:
    if money < _CENT:
        return "It saves nothing, so it may cost nothing."
    return (
        "It pays as long as bringing it about costs less than "
        f"{format_money(money, currency)}, provided that as much of the time saved "
        "is really cut."
    )


_BREAK_EVENS = {
    "volume lost": _volume,
    "avoidable cost to serve": _avoidable,
    "cost of the change": _cost,
}

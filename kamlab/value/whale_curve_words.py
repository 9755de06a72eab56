"""What a whale curve amounts to, in sentences written from the numbers."""

from collections.abc import Mapping

from kamlab.style.formats import (
    format_count,
    format_money,
    format_share,
    format_value,
)
from kamlab.style.names import display_name
from kamlab.value.concentration_words import counted, one_of
from kamlab.value.loss_persistence import LossPersistence
from kamlab.value.whale_curve import WhaleCurve

_Names = Mapping[object, str] | None


def whale_sentence(curve: WhaleCurve, currency: str = "", of: str = "accounts") -> str:
    """Say how many accounts make money, how many cost it, and what is left.

    Parameters
    ----------
    curve : WhaleCurve
        From `kamlab.value.whale_curve.whale_curve`.
    currency : str
        Code of the currency.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.whale_curve import whale_curve
    >>> whale_sentence(whale_curve({"A": 90, "B": 20, "C": -10}), "EUR")
    '2 of 3 accounts make money, EUR 110 together (110.0 % of the total). 1 costs money
    and takes EUR 10 of it back. EUR 100 is left.'
    >>> whale_sentence(whale_curve({"A": 10, "B": -30}), "EUR")
    '1 of 2 accounts makes money, EUR 10 together. 1 costs money and takes EUR 30 back,
    more than the others make. −EUR 20 is left; no share can be taken of a loss.'
    """
    return " ".join(
        [
            f"{_made(curve, currency, of)}.",
            f"{_lost(curve, currency)}.",
            f"{_left(curve, currency)}.",
            *_not_known(curve, of),
        ]
    )


def _made(curve: WhaleCurve, currency: str, of: str) -> str:
    make = "makes" if curve.earning == 1 else "make"
    counted = f"{format_count(curve.earning)} of {format_count(curve.accounts)} {of}"
    if not curve.earning:
        return f"None of {format_count(curve.accounts)} {of} makes money"
    peak = format_value(curve.peak, curve.unit, currency)
    if curve.unit == "share":
        return f"{counted} {make} money, together {peak} of the total"
    share = f" ({format_share(curve.peak_share)} of the total)"
    return f"{counted} {make} money, {peak} together{share if curve.has_shares else ''}"


def _lost(curve: WhaleCurve, currency: str) -> str:
    idle = f"; {format_count(curve.neither)} neither" if curve.neither else ""
    if not curve.losing:
        return f"None costs money{idle}"
    cost, take = ("costs", "takes") if curve.losing == 1 else ("cost", "take")
    losers = format_count(curve.losing)
    money = format_value(curve.lost, curve.unit, currency)
    if not curve.earning:
        return f"{losers} {cost} {money}{idle}"
    back = "of it back" if curve.total >= 0 else "back, more than the others make"
    return f"{losers} {cost} money and {take} {money} {back}{idle}"


def _left(curve: WhaleCurve, currency: str) -> str:
    left = f"{format_value(curve.total, curve.unit, currency)} is left"
    return left if curve.has_shares else f"{left}; no share can be taken of a loss"


def _not_known(curve: WhaleCurve, of: str) -> list[str]:
    if not curve.unknown:
        return []
    return [f"The profit of {counted(curve.unknown, of)} more is not known."]


def loss_makers_sentence(
    curve: WhaleCurve,
    names: _Names = None,
    currency: str = "",
    n: int = 3,
    of: str = "accounts",
) -> str:
    """Name the accounts that cost most, and say how far they explain all losses.

    Parameters
    ----------
    curve : WhaleCurve
        From `kamlab.value.whale_curve.whale_curve`.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.
    currency : str
        Code of the currency.
    n : int
        Number of accounts to name at most.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.whale_curve import whale_curve
    >>> curve = whale_curve({"A": 90, "B": -15, "C": -5})
    >>> loss_makers_sentence(curve, {"B": "Wetterau"}, "EUR", n=1)
    'Wetterau (−EUR 15) costs most: 75.0 % of what 2 loss makers lose together.'
    """
    if not curve.losing:
        return f"No {one_of(of)} costs money."
    losses = curve.loss_makers
    who = [
        f"{display_name(account, names)} ({format_value(loss, curve.unit, currency)})"
        for account, loss in losses.iloc[: max(n, 1)].items()
    ]
    if len(losses) == 1:
        return f"The only loss maker is {who[0]}."
    share = format_share(float(losses.iloc[: len(who)].sum() / losses.sum()))
    return (
        f"{_listed(who)} {'costs' if len(who) == 1 else 'cost'} most: {share} of what "
        f"{format_count(len(losses))} loss makers lose together."
    )


def _listed(parts: list[str]) -> str:
    return " and ".join([part for part in (", ".join(parts[:-1]), parts[-1]) if part])


def persistence_sentence(found: LossPersistence, currency: str = "") -> str:
    """Say whether loss makers stay loss makers, beside the accounts that become one.

    Parameters
    ----------
    found : LossPersistence
        From `kamlab.value.loss_persistence.loss_persistence`.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    Examples
    --------
    >>> import pandas as pd
    >>> from kamlab.value.loss_persistence import loss_persistence
    >>> before = pd.Series({i: -5.0 if i < 12 else 20.0 for i in range(40)})
    >>> after = pd.Series({i: -4.0 if i < 9 else 20.0 for i in range(40)})
    >>> print(persistence_sentence(loss_persistence(before, after), "EUR"))
    Of the loss makers of the year before, 75.0 % (95 % interval 46.8 % to 91.1 %,
    n = 12) lost money again; of the other accounts 0.0 % (95 % interval 0.0 % to
    12.1 %, n = 28) began to. The same loss makers went from −EUR 60 to EUR 24.
    """
    if found.again.cannot_tell:
        return f"Whether loss makers stay loss makers: {found.again}."
    left = (
        f" {format_count(len(found.left))} more have left." if len(found.left) else ""
    )
    others = (
        f"for the other accounts: {found.begin}"
        if found.begin.cannot_tell
        else f"of the other accounts {found.begin} began to"
    )
    then, now = (
        format_money(each, currency) for each in (found.loss_before, found.loss_after)
    )
    return (
        f"Of the loss makers of the year before, {found.again} lost money again; "
        f"{others}. The same loss makers went from {then} to {now}.{left}"
    )

"""What would raise the value of the customers, in sentences: levers, plans, places."""

from collections.abc import Mapping

import pandas as pd

from kamlab.style.formats import (
    format_count,
    format_money,
    format_points,
    format_share,
)
from kamlab.style.names import display_name
from kamlab.value.customer_equity.scorecard import COMPONENTS, Scorecard

#: Places apart from which on the weights decide, as a part of all accounts.
_BY_OPINION = 0.2


def levers_sentence(
    levers: pd.DataFrame, change: float = 0.01, currency: str = ""
) -> str:
    """Say which lever gives most for the same effort, and which least.

    Parameters
    ----------
    levers : DataFrame
        From `kamlab.value.customer_equity.value_levers`.
    change : float
        The improvement of each, as a share.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    Examples
    --------
    >>> columns = {"gain": [30.0, 9.0], "share": [0.03, 0.009]}
    >>> levers = pd.DataFrame(columns, index=["price", "volume"])
    >>> print(levers_sentence(levers, 0.01, "EUR"))
    One per cent of price is worth EUR 30 (3.0 % of customer equity), of volume EUR 9.
    """
    told = levers[levers["gain"] > 0]
    if told.empty:
        return "No lever raises the value."
    most = told.iloc[0]
    part = "One per cent" if change == 0.01 else format_share(change, 1)
    said = (
        f"{part} of {told.index[0]} is worth {format_money(most['gain'], currency)} "
        f"({format_share(most['share'])} of customer equity)"
    )
    others = [
        f"of {lever} {format_money(gain, currency)}"
        for lever, gain in told["gain"].iloc[1:].items()
    ]
    return ", ".join([said, *others]) + "."


def plans_sentence(plans: pd.DataFrame, currency: str = "") -> str:
    """Say which plan leaves most, and how much of its effect must come true.

    Parameters
    ----------
    plans : DataFrame
        From `kamlab.value.customer_equity.compared_plans`.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    Examples
    --------
    >>> columns = {"accounts": [3, 3], "gain": [90.0, 9.0], "cost": [40.0, 20.0]}
    >>> columns |= {"net": [50.0, -11.0], "break_even": [0.45, float("nan")]}
    >>> plans = pd.DataFrame(columns, index=["Stock on site", "Magazine"])
    >>> print(plans_sentence(plans, "EUR"))
    For 3 accounts “Stock on site” leaves most, EUR 50 after its cost of EUR 40, and
    pays if 45.0 % of its assumed effect come true. “Magazine” does not pay (−EUR 11).
    """
    best = plans.iloc[0]
    said = (
        f"For {format_count(best['accounts'])} accounts “{plans.index[0]}” leaves "
        f"most, {format_money(best['net'], currency)} after its cost of "
        f"{format_money(best['cost'], currency)}"
    )
    if best["break_even"] > 0:
        part = format_share(best["break_even"])
        said += f", and pays if {part} of its assumed effect come true"
    losing = plans[plans["net"] < 0]
    named = [
        f"“{plan}” does not pay ({format_money(net, currency)})."
        for plan, net in losing["net"].items()
    ]
    return " ".join([f"{said}.", *named])


def scorecard_sentence(
    card: Scorecard, names: Mapping[object, str] | None = None
) -> str:
    """Say who stands first, and for how many the weights decide the place.

    Parameters
    ----------
    card : Scorecard
        From `kamlab.value.customer_equity.value_scorecard`.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.customer_equity import value_scorecard
    >>> columns = {"spend_ability": [9, 5, 1], "loyalty": [2, 3, 1]}
    >>> measures = pd.DataFrame({**columns, "latent_profit": [7, 8, 3]}, list("ABC"))
    >>> print(scorecard_sentence(value_scorecard(measures), {"B": "Berg"}))
    Of 3 accounts Berg stands first. Of 2 the place moves by more than a fifth of all
    places if the weights move by 20 points: there opinion decides.
    """
    accounts = card.accounts
    moves = accounts["worst_place"] - accounts["best_place"]
    by_opinion = int((moves > _BY_OPINION * len(accounts)).sum())
    first = display_name(accounts.index[0], names)
    reach = format_points(0.2, 0).lstrip("+")
    return (
        f"Of {format_count(len(accounts))} accounts {first} stands first. Of "
        f"{format_count(by_opinion)} the place moves by more than a fifth of all "
        f"places if the weights move by {reach}: there opinion decides."
    )


def scorecard_table(
    card: Scorecard, n: int = 6, names: Mapping[object, str] | None = None
) -> pd.DataFrame:
    """List the first accounts with their three components, score and places.

    Parameters
    ----------
    card : Scorecard
        From `kamlab.value.customer_equity.value_scorecard`.
    n : int
        Accounts to show.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    DataFrame of shape (n, 6)
        The components and the score, 0–100, rounded, and the ``best_place`` and
        ``worst_place``.

    Examples
    --------
    >>> from kamlab.value.customer_equity import value_scorecard
    >>> columns = {"spend_ability": [9, 5, 1], "loyalty": [2, 3, 1]}
    >>> measures = pd.DataFrame({**columns, "latent_profit": [7, 8, 3]}, list("ABC"))
    >>> table = scorecard_table(value_scorecard(measures), 1, {"B": "Berg"})
    >>> table.loc["Berg"].tolist()
    [50, 100, 100, 83, 1, 2]
    """
    scores = card.accounts[[*COMPONENTS, "score"]].round().astype("int64")
    table = scores.join(card.accounts[["best_place", "worst_place"]]).head(n)
    labels = [display_name(account, names) for account in table.index]
    return table.set_axis(pd.Index(labels, name="account"))

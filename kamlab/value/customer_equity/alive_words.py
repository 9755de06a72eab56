"""Who is probably still a customer, and whom to ask before it is too late, in words."""

from collections.abc import Mapping

import pandas as pd

from kamlab.errors import UsageError
from kamlab.style.formats import format_count, format_share
from kamlab.style.names import display_name
from kamlab.value.concentration_words import counted
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.silence import doubtful_after
from kamlab.value.lifetime.units import DAYS_A_YEAR, days_to_units

#: Between these two probabilities nobody should speak of a customer, nor of a lost one.
DOUBT = (0.2, 0.8)

#: How the columns of `silence_table` are written: times with one decimal.
SILENCE_FORMATS = {
    "usual_gap": "count",
    "silent": "count",
    "doubt_after": "count",
    "alive": "share",
}

_UNITS = {"D": "days", "W": "weeks", "M": "months", "Q": "quarters"}


def alive_sentence(alive: pd.Series, of: str = "accounts") -> str:
    """Say how many of those who ever ordered are probably still customers.

    Parameters
    ----------
    alive : Series of shape (n_accounts,)
        Probability of each to be a customer today.
    of : {"accounts", "groups"}
        What was counted.

    Returns
    -------
    str

    Examples
    --------
    >>> print(alive_sentence(pd.Series([0.99, 0.97, 0.5, 0.1])))
    Of 4 accounts that ever ordered, 2 are probably still customers (a probability of
    80 % or more) and 1 probably is not (20 % or less); of 1 one cannot tell.
    """
    low, high = DOUBT
    there, gone = int((alive >= high).sum()), int((alive <= low).sum())
    unclear = len(alive) - there - gone
    are, is_not = ("is", "are")[there != 1], ("is", "are")[gone != 1]
    customers = "still a customer" if there == 1 else "still customers"
    return (
        f"Of {counted(len(alive), of)} that ever ordered, {format_count(there)} {are} "
        f"probably {customers} (a probability of {format_share(high, 0)} or more) and "
        f"{format_count(gone)} probably {is_not} not ({format_share(low, 0)} or less); "
        f"of {format_count(unclear)} one cannot tell."
    )


def silence_table(
    model: PurchaseModel,
    counts: pd.DataFrame,
    accounts: list[object] | pd.Index,
    names: Mapping[object, str] | None = None,
) -> pd.DataFrame:
    """Show how long accounts have been silent, beside how long they may be.

    Parameters
    ----------
    model : PurchaseModel
        Fitted.
    counts : DataFrame
        By account: ``frequency``, ``recency`` and ``T``.
    accounts : list or Index
        Whom to show.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    DataFrame of shape (n_accounts, 5)
        ``repeat_orders``, ``usual_gap`` (mean time between orders), ``silent`` (since
        the last order), ``doubt_after`` (silence from which on it is more likely gone
        than not), all in the model's unit, and ``alive``.

    Raises
    ------
    UsageError
        If an account is not in the counts.

    Examples
    --------
    >>> from kamlab.value.lifetime import ModifiedBetaGeoNBD
    >>> model = ModifiedBetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
    >>> columns = {"frequency": [50], "recency": [50.0], "T": [54.0]}
    >>> counts = pd.DataFrame(columns, index=["A1"])
    >>> table = silence_table(model, counts, ["A1"], {"A1": "Adler"})
    >>> table.round(1).loc["Adler"].to_dict()
    {'repeat_orders': 50.0, 'usual_gap': 1.0, 'silent': 4.0, 'doubt_after': 6.2, \
'alive': 0.9}
    """
    lacking = pd.Index(accounts).difference(counts.index)
    if len(lacking):
        raise UsageError(
            f"accounts has {lacking[0]!r}, who has never ordered: leave it out"
        )
    rows = counts.loc[list(accounts)]
    frequency, recency, time = (rows[name] for name in ("frequency", "recency", "T"))
    table = pd.DataFrame(
        {
            "repeat_orders": frequency,
            "usual_gap": (recency / frequency.where(frequency > 0)),
            "silent": time - recency,
            "doubt_after": doubtful_after(model, frequency, recency),
            "alive": model.probability_alive(frequency, recency, time),
        }
    )
    labels = [display_name(account, names) for account in rows.index]
    return table.set_axis(pd.Index(labels, name="account"))


def doubt_sentence(
    alive: pd.Series,
    worth: pd.Series,
    names: Mapping[object, str] | None = None,
    n: int = 3,
) -> str:
    """Name those in doubt who would be missed most.

    Parameters
    ----------
    alive : Series of shape (n_accounts,)
        Probability of each to be a customer today.
    worth : Series
        What each brought in a year while it bought, by account.
    names : mapping or Series, optional
        Name by account.
    n : int
        How many to name.

    Returns
    -------
    str
        Empty if nobody is in doubt.

    Examples
    --------
    >>> alive = pd.Series({"A": 0.6, "B": 0.99, "C": 0.3})
    >>> worth = pd.Series({"A": 5.0, "B": 9.0, "C": 7.0})
    >>> print(doubt_sentence(alive, worth, {"C": "Cole"}))
    In doubt, those who brought most first: Cole (30 %), A (60 %).
    """
    low, high = DOUBT
    doubted = alive[(alive > low) & (alive < high)].index
    if not len(doubted):
        return ""
    first = worth.reindex(doubted).sort_values(ascending=False, kind="stable")
    listed = [
        f"{display_name(account, names)} ({format_share(alive[account], 0)})"
        for account in first.index[:n]
    ]
    more = len(first) - len(listed)
    rest = f" and {format_count(more)} more" if more else ""
    return f"In doubt, those who brought most first: {', '.join(listed)}{rest}."


def model_sentence(model: PurchaseModel) -> str:
    """Say in words what a fitted purchase model has learnt of the book.

    Parameters
    ----------
    model : PurchaseModel
        Fitted, with parameters r, alpha, and a, b (leaving after an order) or s, beta
        (leaving at any time).

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.lifetime import ModifiedBetaGeoNBD
    >>> model = ModifiedBetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
    >>> print(model_sentence(model))
    A customer orders about every 4.0 weeks, and after an order 3.2 % end it there.
    """
    values = model.parameters_
    k = int(getattr(model, "k_", 1))
    gap = f"{k * values['alpha'] / values['r']:.1f}"
    steps = ""
    if k > 1:
        steps = (
            f" Its rhythm is steadier than chance (k = {k}): silence tells more than "
            "if orders came at random."
        )
    unit = _UNITS[model.unit]
    return f"A customer orders about every {gap} {unit}, and {_leaving(model)}.{steps}"


def _leaving(model: PurchaseModel) -> str:
    """Say how many leave: after an order, or in a year, as the model has it."""
    values = model.parameters_
    if "a" in values:
        ends = format_share(values["a"] / (values["a"] + values["b"]))
        return f"after an order {ends} end it there"
    year = days_to_units(DAYS_A_YEAR, model.unit)
    stay = (values["beta"] / (values["beta"] + year)) ** values["s"]
    return f"{format_share(1 - stay)} of new ones are gone within a year"


def ask_step(
    accounts: list[object] | pd.Index,
    names: Mapping[object, str] | None = None,
    n: int = 3,
) -> tuple[str, str]:
    """Say whom to ask whether they are still customers.

    Parameters
    ----------
    accounts : list or Index
        Whose silence tells, the most important first.
    names : mapping or Series, optional
        Name by account.
    n : int
        How many to name.

    Returns
    -------
    action, because : str
        For `kamlab.report.advise`.

    Examples
    --------
    >>> print(*ask_step(["A", "B"], {"A": "Adler"}))
    Ask before they are gone. Their silence is long for their own rhythm: Adler, B.
    """
    named = ", ".join(display_name(account, names) for account in list(accounts)[:n])
    because = f"Their silence is long for their own rhythm: {named.removesuffix('.')}."
    return "Ask before they are gone.", because

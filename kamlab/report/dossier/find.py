"""Find the account that a dossier is about, by its number or by its name."""

from difflib import get_close_matches

import pandas as pd

from kamlab.errors import UsageError
from kamlab.language import _
from kamlab.portfolio import Portfolio
from kamlab.report.memory.renumbering import current_numbers
from kamlab.value.trailing import account_names, months_covered, trailing_revenue

#: Accounts that a message names at most.
_MOST_NAMED = 3

#: Shorter words stand in too many names.
_SHORTEST_WORD = 4


def found_account(portfolio: Portfolio, account: str = "") -> str:
    """Return the number of the account that somebody asks for.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    account : str
        Its number, also one that was merged into another; its name, or a part of it
        that no other account has; empty for the one with most revenue of twelve months.

    Returns
    -------
    str
        The number under which it is known on the view's day.

    Raises
    ------
    UsageError
        If there is no such account, or several have the name; the nearest are named.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     found_account(portfolio, "kovostav"), found_account(portfolio, "A10731")
    ('A10284', 'A10778')
    """
    wanted = str(account).strip()
    if not wanted:
        return _largest(portfolio)
    today = str(current_numbers(portfolio, [wanted]).iloc[0])
    if today in portfolio.accounts.index:
        return today
    return _by_name(account_names(portfolio), wanted)


def _largest(portfolio: Portfolio) -> str:
    revenue = trailing_revenue(portfolio, months_covered(portfolio, 12))
    if revenue.empty:
        raise UsageError(
            f"account = '': the data have no account on {portfolio.as_of}; take a "
            "later as_of"
        )
    return str(revenue.idxmax())


def _by_name(names: pd.Series, wanted: str) -> str:
    """Return the only account with a name, or with a part of it."""
    folded = names.str.casefold()
    is_whole = folded == wanted.casefold()
    is_part = folded.str.contains(wanted.casefold(), regex=False)
    found = names[is_whole] if is_whole.any() else names[is_part]
    if len(found) == 1:
        return str(found.index[0])
    if len(found):
        more = " …" if len(found) > _MOST_NAMED else ""
        told = _("account = {wanted!r} is part of {n} names: {names}; give the number")
        listed = _listed(found) + more
        raise UsageError(told.format(wanted=wanted, n=len(found), names=listed))
    raise UsageError(f"account = {wanted!r}: {account_hint(names, wanted)}")


def account_hint(names: pd.Series, wanted: str) -> str:
    """Say which accounts somebody may have meant who gave a name that none has.

    Parameters
    ----------
    names : Series
        Names of the accounts, indexed by number.
    wanted : str
        What was given.

    Examples
    --------
    >>> account_hint(pd.Series({"A1": "Nordkai Offshore AS"}), "Nordkay")
    "did you mean 'Nordkai Offshore AS' (A1)?"
    """
    near = _nearest(names, wanted)
    if len(near):
        return _("did you mean {names}?").format(names=_listed(near))
    told = _("none of the {n} accounts is called so; give its number")
    return told.format(n=f"{len(names):,}")


def _nearest(names: pd.Series, wanted: str) -> pd.Series:
    """Return the accounts whose number, or a word of whose name, reads like this."""
    readings = [(str(number).casefold(), number) for number in names.index]
    for number, name in names.items():
        words = [name, *(w for w in name.split() if len(w) >= _SHORTEST_WORD)]
        readings += [(word.casefold(), number) for word in words]
    choices = dict.fromkeys(word for word, _number in readings)
    close = get_close_matches(wanted.casefold(), choices, n=_MOST_NAMED, cutoff=0.75)
    numbers = [number for word in close for read, number in readings if read == word]
    return names[list(dict.fromkeys(numbers))]


def _listed(names: pd.Series) -> str:
    shown = names.head(_MOST_NAMED).items()
    # Names out of a file may hold signs that a terminal obeys.
    return ", ".join(
        repr(name) if name == number else f"{name!r} ({number!s})"
        for number, name in shown
    )

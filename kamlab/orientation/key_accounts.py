"""Who counts as a key account, decided before the year that is looked at.

Glossary
--------
key account 大客户
    A customer whom the company has chosen to manage as one: the column
    ``accounts.key_account_flag``. Where the data name none, the largest stand in.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kamlab.errors import UsageError
from kamlab.portfolio import Portfolio
from kamlab.style.formats import format_count
from kamlab.value.trailing import (
    months_covered,
    named_periods,
    trailing_revenue,
    trailing_window,
)


@dataclass(frozen=True)
class KeyAccounts:
    """Which accounts are key accounts, since when that was known, and who says so.

    Parameters
    ----------
    is_key : pandas.Series of bool
        Indexed by account_id: every account known on the view's day.
    day : date
        Day on which they were key accounts.
    named : bool
        Whether the data name them; if not, the largest stand in.
    basis : str
        The same in a sentence for the reader.
    phrase : str
        Who they are in a few words, such as "key accounts of 31 Dec 2024" or "25
        largest of 2024".

    Examples
    --------
    >>> flags = pd.Series({"A": True, "B": False})
    >>> KeyAccounts(flags, date(2024, 12, 31), True, "Two accounts.").accounts
    ['A']
    """

    is_key: pd.Series
    day: date
    named: bool
    basis: str
    phrase: str = "key accounts"

    @property
    def accounts(self) -> list[str]:
        """Numbers of the key accounts.

        Examples
        --------
        >>> KeyAccounts(pd.Series({"A": False}), date(2024, 1, 1), True, "").accounts
        []
        """
        return self.is_key.index[self.is_key].tolist()

    @property
    def called(self) -> str:
        """What a table or a sentence calls them: nobody is made a key account here.

        Examples
        --------
        >>> KeyAccounts(pd.Series({"A": True}), date(2024, 1, 1), False, "").called
        'largest accounts'
        """
        return "key accounts" if self.named else "largest accounts"


def key_accounts(
    portfolio: Portfolio, months: int = 12, share: float = 0.1
) -> KeyAccounts:
    """Return who was a key account before the last months began.

    A company that compares today's key accounts over last year compares those who did
    well, for that is why they were chosen. So the choice is read off a day before.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    months : int
        Length of the window that is looked at; the choice is that of the day before.
    share : float
        Where the data name no key accounts: share of accounts with revenue, 0–1,
        whose largest stand in.

    Returns
    -------
    KeyAccounts

    Raises
    ------
    UsageError
        If `share` is no share.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     chosen = key_accounts(portfolio)
    >>> len(chosen.accounts), chosen.named, str(chosen.day)
    (28, True, '2024-12-31')
    """
    if not 0 < share < 1:
        raise UsageError(
            f"share = {share!r}: give a share between 0 and 1, such as 0.1"
        )
    earlier = months_covered(portfolio, 2 * months) >= 2 * months
    day = trailing_window(portfolio.as_of, months, 1)[1] if earlier else portfolio.as_of
    known = portfolio.accounts.index
    then = portfolio.at(day)
    if then.has("accounts.key_account_flag"):
        flags = then.accounts["key_account_flag"].astype("boolean").fillna(False)
        if flags.any():
            is_key = flags.reindex(known, fill_value=False).astype(bool)
            told = _named(portfolio, int(is_key.sum()), day)
            return KeyAccounts(is_key, day, True, told, f"key accounts of {_day(day)}")
    months_then = months_covered(then, months)
    is_key = _largest(trailing_revenue(then, months_then), share)
    is_key = is_key.reindex(known, fill_value=False)
    return _stand_ins(is_key, day, months_then, earlier)


def _named(portfolio: Portfolio, many: int, day: date) -> str:
    told = f"{many} accounts were managed as key accounts on {_day(day)}."
    if "key_account_flag" in portfolio.undated("accounts"):
        told += (
            " The data do not say since when: the list is that of the extract, so "
            "accounts may have been chosen for what they did in the year looked at."
        )
    return told


def _stand_ins(is_key: pd.Series, day: date, months: int, earlier: bool) -> KeyAccounts:
    """Let the largest of some months stand in for key accounts that nobody named."""
    period = next(iter(named_periods({day: is_key}, months)))
    phrase = f"{format_count(is_key.sum())} largest of {period}"
    told = (
        "No account is marked as a key account (column key_account_flag of table "
        f"accounts), so the {phrase} by revenue are looked at."
    )
    if not earlier:
        told += " They are chosen on the same months in which they are looked at."
    return KeyAccounts(is_key, day, False, told, phrase)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _largest(revenue: pd.Series, share: float) -> pd.Series:
    """Flag the largest accounts; at least one of those with revenue."""
    positive = revenue[revenue > 0].sort_values(ascending=False, kind="stable")
    many = max(round(share * len(positive)), 1)
    return pd.Series(revenue.index.isin(positive.index[:many]), revenue.index)

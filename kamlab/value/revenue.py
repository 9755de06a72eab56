"""Revenue by account, checked once: numbers only, every account once.

Concentration is measured over accounts with positive revenue. `split_by_sign` hands
over those, and the others, so that nobody forgets to say what was left out.
"""

from numbers import Number, Real

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import DataError, UsageError, did_you_mean


def checked_amounts(amounts: ArrayLike, name: str = "revenue") -> pd.Series:
    """Return one finite amount per account, or say which account's is wrong.

    Parameters
    ----------
    amounts : Series or array-like of shape (n_accounts,)
        Money in one currency, indexed by account; an array is numbered from 0.
    name : str
        How error messages call the amounts.

    Returns
    -------
    Series of float of shape (n_accounts,)

    Raises
    ------
    UsageError
        If the amounts are empty, not one-dimensional, not numbers, missing or
        infinite, or if an account stands twice.

    Examples
    --------
    >>> checked_amounts({"A": 10, "B": 20}).to_dict()
    {'A': 10.0, 'B': 20.0}
    """
    series = _as_series(amounts, name)
    if series.empty:
        raise UsageError(f"{name} has 0 accounts: give one amount per account")
    _refuse_repeated(series, name)
    _refuse_text(series, name)
    values = series.astype(object).where(series.notna(), np.nan).astype(float)
    _refuse_not_finite(values, name)
    return values.rename(name)


def positive_amounts(amounts: ArrayLike, name: str = "revenue") -> pd.Series:
    """Return the accounts with a positive amount, largest first.

    Parameters
    ----------
    amounts : Series or array-like of shape (n_accounts,)
        Money in one currency, indexed by account.
    name : str
        How error messages call the amounts.

    Returns
    -------
    Series of float
        Accounts with equal amounts keep the order in which they came.

    Raises
    ------
    UsageError
        If the amounts are not one finite number per account.
    DataError
        If no account has a positive amount.

    Examples
    --------
    >>> positive_amounts({"A": 10, "B": 20, "C": 0, "D": -5}).to_dict()
    {'B': 20.0, 'A': 10.0}
    """
    return split_by_sign(amounts, name)[0]


def split_by_sign(
    amounts: ArrayLike, name: str = "revenue"
) -> tuple[pd.Series, pd.Series]:
    """Split accounts into those with a positive amount and the others.

    Parameters
    ----------
    amounts : Series or array-like of shape (n_accounts,)
        Money in one currency, indexed by account.
    name : str
        How error messages call the amounts.

    Returns
    -------
    positive, others : Series of float
        The positive amounts, largest first, and those at or below zero.

    Raises
    ------
    UsageError
        If the amounts are not one finite number per account.
    DataError
        If no account has a positive amount.

    Examples
    --------
    >>> positive, others = split_by_sign({"A": 10, "B": 20, "C": 0, "D": -5})
    >>> len(positive), len(others), float(others.sum())
    (2, 2, -5.0)
    """
    series = checked_amounts(amounts, name)
    positive = series[series > 0].sort_values(ascending=False, kind="stable")
    if positive.empty:
        raise DataError(
            f"none of {len(series)} accounts has positive {name}; the largest is "
            f"{series.max():g} (account {series.idxmax()!r}): check the period and "
            "the sign of the amounts"
        )
    return positive, series[series <= 0]


def checked_share(share: float, name: str = "share", otherwise: str = "") -> float:
    """Return a share above 0 and at most 1, or say what was given instead.

    Parameters
    ----------
    share : float
        A part of a whole.
    name : str
        How the error message calls it.
    otherwise : str
        What the error message adds, such as the function for numbers of accounts.

    Returns
    -------
    float
        The share, as given.

    Raises
    ------
    UsageError
        If it is no such share; per cent are not.

    Examples
    --------
    >>> checked_share(0.2)
    0.2
    """
    if not isinstance(share, Real) or isinstance(share, bool) or not 0 < share <= 1:
        raise UsageError(
            f"{name} = {share!r}: give a share above 0 and at most 1, such as 0.2 for "
            f"20 %{otherwise}"
        )
    return share


def known_account(amounts: pd.Series, account: object, name: str = "revenue") -> object:
    """Return an account that is in the index, or suggest the one that was meant.

    Parameters
    ----------
    amounts : Series
        Amounts indexed by account.
    account : object
        The account asked for.
    name : str
        How the error message calls the amounts.

    Returns
    -------
    object
        The account, as given.

    Raises
    ------
    UsageError
        If the account is not in the index.

    Examples
    --------
    >>> known_account(pd.Series({"A01": 10.0}), "A01")
    'A01'
    """
    if account not in amounts.index:
        hint = did_you_mean(str(account), map(str, amounts.index[:5000]))
        hint = hint if len(hint) < 200 else f"{hint[:200]}…"
        raise UsageError(f"account {account!r} is not in {name}: {hint}")
    return account


def _as_series(amounts: ArrayLike, name: str) -> pd.Series:
    if isinstance(amounts, pd.Series):
        return amounts
    if isinstance(amounts, dict):
        return pd.Series(amounts)
    shape = np.shape(amounts)
    if len(shape) != 1:
        raise UsageError(
            f"{name} has shape {shape}: give one amount per account, such as "
            'frame.groupby("account_id")["net_amount"].sum()'
        )
    return pd.Series(amounts, dtype=None if shape[0] else float)


def _refuse_repeated(series: pd.Series, name: str) -> None:
    repeated = series.index[series.index.duplicated()]
    if len(repeated):
        amounts = ", ".join(str(amount) for amount in series.loc[[repeated[0]]][:3])
        raise UsageError(
            f"account {repeated[0]!r} stands more than once in {name} ({amounts}): "
            "sum by account first"
        )


def _refuse_text(series: pd.Series, name: str) -> None:
    if pd.api.types.is_numeric_dtype(series):
        return
    for account, amount in series.items():
        if not (isinstance(amount, Number) or pd.isna(amount)):
            raise UsageError(
                f"{name} of account {account!r} is {amount!r}, not a number: convert "
                "the column to numbers first"
            )


def _refuse_not_finite(values: pd.Series, name: str) -> None:
    wrong = values[~np.isfinite(values)]
    if len(wrong):
        raise UsageError(
            f"{name} of account {wrong.index[0]!r} is {wrong.iloc[0]} ({len(wrong)} "
            "such accounts): put 0 where an account bought nothing, or leave it out"
        )

"""Known traits of accounts as numbers, for models in which they matter.

Glossary
--------
trait (静态协变量, static covariate)
    Something about an account that was known from the start and does not change:
    industry, region, the channel it came by. Categories become columns of 0 and 1, one
    category less than there are.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.quadrature import Floats

#: Fewer accounts for each trait than this tell nothing about it.
FEWEST_ACCOUNTS_A_TRAIT = 10


class Traits(NamedTuple):
    """Traits of accounts, and which accounts share all of them.

    Parameters
    ----------
    names : list of str
        One for each trait.
    distinct : array of shape (n_kinds, n_traits)
        The combinations that occur.
    kind : array of int, shape (n_accounts,)
        Row of each account's combination.

    Examples
    --------
    >>> combined(pd.DataFrame({"online": [1.0, 0.0, 1.0]})).distinct.tolist()
    [[0.0], [1.0]]
    """

    names: list[str]
    distinct: Floats
    kind: np.ndarray


def checked_traits(
    traits: pd.DataFrame, index: pd.Index, argument: str = "traits"
) -> pd.DataFrame:
    """Return traits as numbers for accounts, or name what cannot be one.

    Parameters
    ----------
    traits : DataFrame of shape (n_accounts, n_traits)
        A row for each account, a column for each trait.
    index : Index of length n_accounts
        Names of the accounts, in the order of the result.
    argument : str
        What the caller calls the traits.

    Returns
    -------
    DataFrame of float

    Raises
    ------
    UsageError
        If it is no table, or a column is not numeric.
    DataError
        If an account has no row, or a trait of it is missing.

    Examples
    --------
    >>> traits = pd.DataFrame({"online": [1, 0]}, index=["Nordal", "Kovostav"])
    >>> checked_traits(traits, pd.Index(["Kovostav"]))["online"].tolist()
    [0.0]
    """
    if not isinstance(traits, pd.DataFrame) or traits.shape[1] == 0:
        raise UsageError(
            f"{argument} is {type(traits).__name__}: give a DataFrame, one row an "
            "account and one column a trait"
        )
    for name, column in traits.items():
        if not pd.api.types.is_numeric_dtype(column):
            raise UsageError(
                f"{argument}, column {name!r} holds {column.iloc[0]!r}: make columns "
                "of 0 and 1 of it with pandas.get_dummies(..., drop_first=True)"
            )
    _check_rows(traits, index, argument)
    return traits.loc[index].astype(float)


def check_informative(traits: pd.DataFrame) -> None:
    """Refuse traits whose effects cannot be told from each other.

    Parameters
    ----------
    traits : DataFrame of shape (n_accounts, n_traits)
        From `checked_traits`.

    Raises
    ------
    CannotTellError
        If a trait is the same for all accounts, traits tell the same, or there are too
        few accounts for so many.

    Examples
    --------
    >>> check_informative(pd.DataFrame({"online": [1.0] * 30}))
    Traceback (most recent call last):
    kamlab.value.lifetime.counts.CannotTellError: cannot tell from these data: trait
    'online' is 1 for all accounts; leave it out
    """
    for name, column in traits.items():
        if column.min() == column.max():
            raise CannotTellError(
                f"trait {name!r} is {column.iloc[0]:g} for all accounts; leave it out"
            )
    needed = FEWEST_ACCOUNTS_A_TRAIT * traits.shape[1]
    if len(traits) < needed:
        raise CannotTellError(
            f"{len(traits)} accounts for {traits.shape[1]} traits; {needed} are "
            "needed: leave traits out"
        )
    scaled = (traits - traits.mean()) / traits.std()
    if np.linalg.matrix_rank(scaled.to_numpy(), tol=1e-8) < traits.shape[1]:
        raise CannotTellError(
            f"the traits {', '.join(map(str, traits.columns))} tell the same twice; of "
            "the columns of one category leave one out"
        )


def combined(traits: pd.DataFrame) -> Traits:
    """Return each combination of traits once, and where every account belongs.

    Parameters
    ----------
    traits : DataFrame of shape (n_accounts, n_traits)
        From `checked_traits`.

    Returns
    -------
    Traits

    Examples
    --------
    >>> combined(pd.DataFrame({"online": [1.0, 0.0, 1.0]})).kind.tolist()
    [1, 0, 1]
    """
    distinct, kind = np.unique(traits.to_numpy(), axis=0, return_inverse=True)
    return Traits(list(traits.columns), distinct, kind.reshape(-1))


def _check_rows(traits: pd.DataFrame, index: pd.Index, argument: str) -> None:
    if not traits.index.is_unique:
        twice = traits.index[traits.index.duplicated()][0]
        raise DataError(f"{argument}: account {twice!r} has several rows; keep one")
    missing = index.difference(traits.index)
    if len(missing):
        raise DataError(
            f"{argument}: account {missing[0]!r} has no row ({len(missing)} of "
            f"{len(index)} accounts); add it, or leave the account out"
        )
    finite = np.isfinite(traits.loc[index].astype(float)).all(axis=1)
    if not finite.all():
        account = index[np.argmin(finite)]
        raise DataError(
            f"{argument}: account {account!r} lacks a value in "
            f"{traits.loc[account].to_dict()}; fill it, or leave the account out"
        )

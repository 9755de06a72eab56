"""The parts that add up to an account's contribution, checked once.

Revenue is positive and costs are negative, so that the parts add up from left to
right, as in a price waterfall.
"""

from collections.abc import Iterable
from numbers import Real

import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError, did_you_mean
from kamlab.value.revenue import checked_amounts, known_account

#: The columns that add up to an account's contribution; costs are negative.
PROFIT_PARTS = ("revenue", "cost_of_goods", "direct_costs", "cost_to_serve")
_CENT = 0.01


def known_amounts(amounts: ArrayLike, name: str) -> tuple[pd.Series, pd.Index]:
    """Return the accounts whose amount is known, and those where it is missing.

    Parameters
    ----------
    amounts : Series or array-like of shape (n_accounts,)
        Money by account; a missing one means "not known", which is not 0.
    name : str
        How error messages call the amounts.

    Returns
    -------
    known : Series of float
        One finite amount per account.
    unknown : Index
        The other accounts.

    Raises
    ------
    UsageError
        If no amount is known, or the known ones are not finite numbers.

    Examples
    --------
    >>> known, unknown = known_amounts({"A": 10.0, "B": None}, "contribution")
    >>> known.to_dict(), unknown.tolist()
    ({'A': 10.0}, ['B'])
    """
    series = amounts if isinstance(amounts, pd.Series) else pd.Series(amounts)
    unknown = series.index[series.isna()]
    if len(series) and len(unknown) == len(series):
        raise UsageError(
            f"{name} is missing for all {len(series)} accounts: check that costs of "
            "goods are known"
        )
    return checked_amounts(series[series.notna()], name), unknown


def checked_part(part: float, name: str) -> float:
    """Return a share from 0 to 1, or say what was given instead.

    Parameters
    ----------
    part : float
        A part of a whole.
    name : str
        How the error message calls it.

    Returns
    -------
    float

    Raises
    ------
    UsageError
        If it is none.

    Examples
    --------
    >>> checked_part(0.5, "avoidable")
    0.5
    """
    if not is_number(part) or not 0 <= part <= 1:
        raise UsageError(f"{name} = {part!r}: give a share from 0 to 1, such as 0.5")
    return part


def checked_factor(factor: float, name: str) -> float:
    """Return a factor of 0 or more, or say what was given instead.

    Parameters
    ----------
    factor : float
        What an amount is multiplied by.
    name : str
        How the error message calls it.

    Returns
    -------
    float

    Raises
    ------
    UsageError
        If it is negative or no number.

    Examples
    --------
    >>> checked_factor(0.5, "direct")
    0.5
    """
    if not is_number(factor) or factor < 0:
        raise UsageError(
            f"{name} = {factor!r}: give a factor of 0 or more, such as 0.5"
        )
    return factor


def is_number(value: object) -> bool:
    """Say whether a value is a number that can be calculated with.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_number(0.5), is_number("0.5"), is_number(float("nan"))
    (True, False, False)
    """
    return isinstance(value, Real) and not isinstance(value, bool) and value == value


def concerned(
    profit: pd.DataFrame, accounts: object | Iterable[object]
) -> tuple[pd.DataFrame, float]:
    """Take the accounts asked for, and the contribution of all others.

    Parameters
    ----------
    profit : DataFrame
        Money by account with the columns `PROFIT_PARTS` and `contribution`; direct
        costs and cost to serve count as 0 where the table has none.
    accounts : object or iterable
        One account, or several.

    Returns
    -------
    table : DataFrame
        The columns of the accounts asked for.
    others : float
        What all others contribute, as far as it is known.

    Raises
    ------
    UsageError
        If a column or account is unknown, or the columns do not add up.

    Examples
    --------
    >>> profit = pd.DataFrame(
    ...     {"revenue": [9.0, 5.0], "cost_of_goods": [-4.0, -2.0], "direct_costs": 0.0,
    ...      "cost_to_serve": -1.0, "contribution": [4.0, 2.0]}, index=["A", "B"])
    >>> concerned(profit, "A")[1]
    2.0
    """
    _refuse_missing(profit, ["revenue", "cost_of_goods", "contribution"])
    for account in (chosen := _listed(accounts)):
        known_account(profit["contribution"], account, "the profit table")
    rows = profit.loc[chosen].reindex(columns=[*PROFIT_PARTS, "contribution"])
    absent = [name for name in PROFIT_PARTS if name not in profit]
    table = rows.assign(**dict.fromkeys(absent, 0.0)).apply(
        lambda column: checked_amounts(column, column.name)
    )
    _refuse_other_sums(table)
    return table, float(profit["contribution"].drop(chosen).sum())


def _refuse_missing(profit: pd.DataFrame, columns: list[str]) -> None:
    for name in columns:
        if name not in profit:
            raise UsageError(
                f"the profit table has no column {name!r}: "
                f"{did_you_mean(name, map(str, profit))}"
            )


def _listed(accounts: object | Iterable[object]) -> list[object]:
    single = isinstance(accounts, str) or not isinstance(accounts, Iterable)
    chosen = [accounts] if single else list(dict.fromkeys(accounts))
    if not chosen:
        raise UsageError("accounts = []: name at least one account")
    return chosen


def _refuse_other_sums(table: pd.DataFrame) -> None:
    gaps = (table[list(PROFIT_PARTS)].sum(axis=1) - table["contribution"]).abs()
    # Sums of many cents carry rounding of their own, in proportion to their size.
    wrong = gaps > _CENT + 1e-9 * table["revenue"].abs()
    if wrong.any():
        account = wrong.idxmax()
        raise UsageError(
            f"account {account!r}: {' + '.join(PROFIT_PARTS)} is "
            f"{table.loc[account, list(PROFIT_PARTS)].sum():.2f}, but contribution is "
            f"{table.loc[account, 'contribution']:.2f}: give costs as negative amounts"
        )


def summed(table: pd.DataFrame) -> pd.DataFrame:
    """Add the parts up to the contribution.

    Parameters
    ----------
    table : DataFrame
        Money by account with the columns `PROFIT_PARTS`.

    Returns
    -------
    DataFrame
        With `contribution` set anew.

    Examples
    --------
    >>> parts = {"revenue": 9.0, "cost_of_goods": -4.0, "direct_costs": 0.0}
    >>> summed(pd.DataFrame(parts | {"cost_to_serve": -1.0}, ["A"]))["contribution"]
    A    4.0
    Name: contribution, dtype: float64
    """
    return table.assign(contribution=table[list(PROFIT_PARTS)].sum(axis=1))

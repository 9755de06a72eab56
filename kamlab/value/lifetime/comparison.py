"""Which way foretells best what each account orders: winners and losers by name.

A model that does not do better than last year's figures is not worth its explanation.

Glossary
--------
error of the sum
    All foretold orders ÷ all that came − 1.
mean absolute error (MAE, 平均绝对误差)
    Mean over the accounts of the distance between foretold and placed orders.
beaten
    Another way is closer to the accounts and not farther from their sum, by more than
    chance; see `beaten_by`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.estimates import checked_draws, checked_level
from kamlab.value.lifetime.forecasters import LAST_YEAR, METHODS

#: The column of what came.
ACTUAL = "actual"
#: Verdicts on a way beside the baseline.
BETTER, WORSE, NO_DIFFERENCE = "better", "worse", "no difference"
DRAWS = 2000


def compared_forecasts(
    accounts: pd.DataFrame,
    baseline: str = LAST_YEAR,
    level: float = 0.95,
    draws: int = DRAWS,
    random_state: int = 0,
) -> pd.DataFrame:
    """Compare what every way foretold with what came, and with the baseline.

    Parameters
    ----------
    accounts : DataFrame of shape (n_accounts, 1 + n_methods)
        From `HeldOut.accounts`; ways from elsewhere may be added as columns. An account
        with several rows, one for each period, counts once, with its mean misses.
    baseline : str
        The way that the others are compared with.
    level : float
        Level of the intervals, as a share.
    draws : int
        Books drawn for the intervals.
    random_state : int
        Seed.

    Returns
    -------
    DataFrame
        By ``method``: ``n`` accounts, ``actual`` and ``foretold`` orders of all,
        ``sum_error`` (a share), ``mae`` (orders an account), ``mae_difference`` to the
        baseline with ``low`` and ``high``, and ``verdict`` {"better", "worse", "no
        difference"}.

    Raises
    ------
    UsageError
        If a column is missing or holds something unknown, or an argument cannot be.

    Notes
    -----
    The bootstrap draws accounts with all that was foretold of them, so that an account
    that is hard for one way is hard for the baseline in the same book.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman &
    Hall, New York, chapter 8 (paired comparison).

    Examples
    --------
    >>> accounts = pd.DataFrame({"actual": [2, 0, 5, 1] * 25,
    ...     "same as last year": [4, 1, 8, 0] * 25, "BG/NBD": [2.5, 0.5, 5, 1] * 25})
    >>> table = compared_forecasts(accounts)
    >>> table[["sum_error", "mae", "mae_difference"]]
                       sum_error   mae  mae_difference
    method
    same as last year      0.625  1.75             0.0
    BG/NBD                 0.125  0.25            -1.5
    >>> table.loc["BG/NBD", "verdict"]
    'better'
    """
    checked_level(level)
    checked_draws(draws)
    methods = _checked_methods(accounts, baseline)
    came, foretold = accounts[ACTUAL], accounts[methods]
    misses = foretold.sub(came, axis=0).abs()
    if not misses.index.is_unique:
        # What one account does in two periods is no news of another.
        misses = misses.groupby(level=0).mean()
    apart = misses.sub(misses[baseline], axis=0)
    drawn = _drawn_means(apart.to_numpy(), draws, np.random.default_rng(random_state))
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0)
    sums, total = foretold.sum(), float(came.sum())
    return pd.DataFrame(
        {
            "n": len(misses),
            "actual": total,
            "foretold": sums,
            "sum_error": sums / total - 1 if total else np.nan,
            "mae": misses.mean(),
            "mae_difference": apart.mean(),
            "low": low,
            "high": high,
            "verdict": np.select([high < 0, low > 0], [BETTER, WORSE], NO_DIFFERENCE),
        },
        index=pd.Index(methods, name="method"),
    )


def beaten_by(
    books: Mapping[str, pd.DataFrame],
    methods: Sequence[str] = tuple(METHODS),
    level: float = 0.95,
    draws: int = DRAWS,
    random_state: int = 0,
) -> pd.Series:
    """Name for every way the less simple ways that beat it over several books.

    Parameters
    ----------
    books : mapping of str to DataFrame
        From `HeldOut.accounts`, by name of the book.
    methods : sequence of str
        The ways, the simplest first; one that a book lacks is left out.
    level : float
        Level of the intervals, as a share.
    draws : int
        Books drawn for the intervals.
    random_state : int
        Seed.

    Returns
    -------
    Series of tuple
        By ``method``, the simplest first.

    Raises
    ------
    UsageError
        If there is no book, or an argument cannot be.

    Notes
    -----
    A way b beats a if, over the mean of the books, its mean absolute error is smaller
    and the error of its sum is not larger, both by more than chance: the paired
    bootstrap interval of (MAE of b − MAE of a) ÷ MAE of a lies below 0, that of
    |error of b's sum| − |error of a's sum| does not lie above 0. The sum counts because
    the mean absolute error alone likes forecasts that are too low: where most accounts
    order nothing, 0 for everybody does well. Every book counts the same, whatever its
    size; accounts are drawn within books.

    Examples
    --------
    >>> accounts = pd.DataFrame({"actual": [2, 0, 5, 1] * 25,
    ...     "same as last year": [4, 1, 8, 0] * 25, "BG/NBD": [2.5, 0.5, 5, 1] * 25})
    >>> beaten_by({"one": accounts}).to_dict()
    {'same as last year': ('BG/NBD',), 'BG/NBD': ()}
    """
    checked_level(level)
    checked_draws(draws)
    if not books:
        raise UsageError(f"books = {dict(books)}: give one book or more")
    ways = [each for each in methods if all(each in book for book in books.values())]
    rng = np.random.default_rng(random_state)
    drawn = [_drawn_errors(book, ways, draws, rng) for book in books.values()]
    tails = (1 - level) / 2, (1 + level) / 2
    found = {}
    for row, simple in enumerate(ways):
        of_accounts = np.mean([mae / mae[:, [row]] - 1 for mae, _ in drawn], axis=0)
        of_sums = np.mean([error - error[:, [row]] for _, error in drawn], axis=0)
        closer = np.quantile(of_accounts, tails[1], axis=0) < 0
        closer &= np.quantile(of_sums, tails[0], axis=0) <= 0
        found[simple] = tuple(np.array(ways)[row + 1 :][closer[row + 1 :]].tolist())
    return pd.Series(found, dtype="object").rename_axis("method")


def simplest_not_beaten(
    books: Mapping[str, pd.DataFrame],
    methods: Sequence[str] = tuple(METHODS),
    level: float = 0.95,
    draws: int = DRAWS,
    random_state: int = 0,
) -> str:
    """Choose the simplest way that no less simple one beats: the default.

    Parameters
    ----------
    books : mapping of str to DataFrame
        From `HeldOut.accounts`, by name of the book.
    methods : sequence of str
        The ways, the simplest first.
    level : float
        Level of the intervals, as a share.
    draws : int
        Books drawn for the intervals.
    random_state : int
        Seed.

    Returns
    -------
    str
        The most elaborate way is beaten by none, so that there always is one.

    Raises
    ------
    UsageError
        If there is no book, no way that all books have, or an argument cannot be.

    Notes
    -----
    What beating means says `beaten_by`. A way that is better by chance only does not
    oust a simpler one.

    Examples
    --------
    >>> accounts = pd.DataFrame({"actual": [2, 0, 5, 1] * 25,
    ...     "same as last year": [4, 1, 8, 0] * 25, "BG/NBD": [2.5, 0.5, 5, 1] * 25})
    >>> simplest_not_beaten({"one": accounts})
    'BG/NBD'
    """
    beaten = beaten_by(books, methods, level, draws, random_state)
    if beaten.empty:
        raise UsageError(
            f"methods = {list(methods)}: no book has foretold by any that all have"
        )
    return str(beaten.index[[not each for each in beaten]][0])


def _checked_methods(accounts: pd.DataFrame, baseline: str) -> list[str]:
    """Return the ways of a table, with the baseline among them and nothing unknown."""
    methods = [each for each in accounts.columns if each != ACTUAL]
    if ACTUAL not in accounts or baseline not in methods or accounts.empty:
        raise UsageError(
            f"accounts has {len(accounts)} rows and columns {list(accounts.columns)}: "
            f"give {ACTUAL!r}, the baseline {baseline!r}, and other ways"
        )
    known = np.isfinite(accounts.to_numpy(dtype=float))
    if not known.all():
        row, column = np.argwhere(~known)[0]
        raise UsageError(
            f"account {accounts.index[row]!r}: {accounts.columns[column]} is "
            f"{accounts.iloc[row, column]}; give a number, or leave the way out"
        )
    return methods


def _drawn_means(
    values: np.ndarray, draws: int, rng: np.random.Generator
) -> np.ndarray:
    """Return the means of books whose accounts are drawn again, one row a book."""
    n = len(values)
    return rng.multinomial(n, np.full(n, 1 / n), size=draws) @ values / n


def _drawn_errors(
    book: pd.DataFrame, ways: Sequence[str], draws: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return mean absolute errors and errors of the sum of every way in drawn books."""
    came, foretold = book[[ACTUAL]].to_numpy(float), book[list(ways)].to_numpy(float)
    columns = np.hstack([np.abs(foretold - came), foretold, came])
    means = _drawn_means(columns, draws, rng)
    mae, sums, total = np.split(means, [len(ways), 2 * len(ways)], axis=1)
    tiny = np.finfo(float).tiny
    error = np.abs(sums - total) / np.where(total > 0, total, 1.0)
    return np.maximum(mae, tiny), error

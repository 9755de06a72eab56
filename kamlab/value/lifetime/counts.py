"""What a purchase model reads of each account: frequency, recency and T, checked once.

Glossary
--------
frequency (x)
    Orders after the first one; several on one day count once.
recency (t_x)
    Time from the first to the last order; 0 for who ordered once.
T
    Time from the first order to the end of the observation.
triple
    The three numbers of one account. Accounts with equal triples are worked out once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import DataError, UsageError

#: With fewer accounts no purchase model is fitted.
FEWEST_ACCOUNTS = 10

#: Accounts that must have come back at least once.
FEWEST_REPEATERS = 3

Floats = np.ndarray


class CannotTellError(DataError):
    """These data cannot answer the question; a report prints why and goes on.

    Examples
    --------
    >>> print(CannotTellError("7 accounts; 10 are needed"))
    cannot tell from these data: 7 accounts; 10 are needed
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"cannot tell from these data: {reason}")


@dataclass(frozen=True)
class Counts:
    """Frequency, recency and T of some accounts, found to be possible.

    Parameters
    ----------
    frequency, recency, T : arrays of float, shape (n_accounts,)
        The three numbers of each account.
    index : Index of length n_accounts
        Names of the accounts.
    is_scalar : bool
        Whether they were given as three plain numbers.

    Examples
    --------
    >>> len(checked_counts([2, 0], [30.4, 0], [38.9, 38.9]))
    2
    """

    frequency: Floats
    recency: Floats
    T: Floats
    index: pd.Index
    is_scalar: bool = False

    def __len__(self) -> int:
        return len(self.frequency)

    def labelled(self, values: Floats, name: str) -> pd.Series | float:
        """Return results under the accounts' names, or one number for one triple."""
        if self.is_scalar:
            return float(values[0])
        return pd.Series(values, index=self.index, name=name)


class Triples(NamedTuple):
    """Distinct triples, how many accounts each stands for, and where each account is.

    Parameters
    ----------
    x, tx, T : arrays of float, shape (n_triples,)
        Frequency, recency and T.
    weights : array of float, shape (n_triples,)
        Accounts (or their summed weights) with this triple.
    inverse : array of int, shape (n_accounts,)
        Row of each account's triple.

    Examples
    --------
    >>> compressed([1, 1, 0], [2, 2, 0], [9, 9, 9]).weights
    array([2., 1.])
    """

    x: Floats
    tx: Floats
    T: Floats
    weights: Floats
    inverse: np.ndarray


def checked_counts(frequency: ArrayLike, recency: ArrayLike, T: ArrayLike) -> Counts:
    """Return the three numbers of each account, or name the account that is impossible.

    Parameters
    ----------
    frequency : Series or array-like of shape (n_accounts,)
        Orders after the first.
    recency : Series or array-like of shape (n_accounts,)
        Time from the first to the last order, in the model's unit.
    T : Series or array-like of shape (n_accounts,)
        Time from the first order to the end of the observation, same unit.

    Returns
    -------
    Counts
        Arrays of float with the accounts' names.

    Raises
    ------
    UsageError
        If the three are not of one length, or their indices differ.
    DataError
        If a value is missing, negative or not finite, a frequency is not whole, a
        recency exceeds T, or frequency and recency contradict each other.

    Examples
    --------
    >>> checked_counts(pd.Series([2], ["Nordal"]), [40.0], [39.0])
    Traceback (most recent call last):
    kamlab.errors.DataError: account 'Nordal': recency = 40.0 is above T = 39.0; ...
    """
    given = {"frequency": frequency, "recency": recency, "T": T}
    index = _common_index(given)
    columns = {name: _numbers(name, values) for name, values in given.items()}
    _check_lengths(columns)
    is_scalar = all(np.ndim(values) == 0 for values in given.values())
    size = len(columns["frequency"])
    counts = Counts(
        *columns.values(),
        index=pd.RangeIndex(size) if index is None else index,
        is_scalar=is_scalar,
    )
    _check_possible(counts)
    return counts


def check_same_accounts(name: str, values: ArrayLike, counts: Counts) -> None:
    """Refuse a Series that names other accounts, or the same in another order.

    Parameters
    ----------
    name : str
        How the error message calls it.
    values : Series or array-like of shape (n_accounts,)
        What comes with the three numbers of each account.
    counts : Counts
        The accounts.

    Raises
    ------
    UsageError
        If it is a Series with another index.

    Examples
    --------
    >>> counts = checked_counts(pd.Series([2], ["Nordal"]), [4.0], [9.0])
    >>> check_same_accounts("weights", pd.Series([1], ["Brenta"]), counts)
    Traceback (most recent call last):
    kamlab.errors.UsageError: weights and frequency name different accounts: ...
    """
    if isinstance(values, pd.Series) and not values.index.equals(counts.index):
        raise UsageError(
            f"{name} and frequency name different accounts: give them one index in the "
            "same order, or arrays"
        )


def checked_for_fit(counts: Counts, weights: ArrayLike | None = None) -> Floats:
    """Return the accounts' weights if there is something to learn from them.

    Parameters
    ----------
    counts : Counts
        The accounts.
    weights : array-like of shape (n_accounts,), optional
        How many accounts each row stands for; by default one.

    Returns
    -------
    array of float, shape (n_accounts,)
        The weights.

    Raises
    ------
    UsageError
        If the weights are not one positive number for each account, or name others.
    CannotTellError
        If there are too few accounts, nobody or nearly nobody came back, or all
        accounts are alike.

    Examples
    --------
    >>> checked_for_fit(checked_counts([0] * 12, [0] * 12, [9] * 12))
    Traceback (most recent call last):
    kamlab.value.lifetime.counts.CannotTellError: cannot tell from these data: ...
    """
    weight = np.ones(len(counts)) if weights is None else _numbers("weights", weights)
    if len(weight) != len(counts) or not np.all(np.isfinite(weight) & (weight > 0)):
        raise UsageError(
            f"weights: {len(weight)} for {len(counts)} accounts, smallest "
            f"{weight.min(initial=np.inf)}: give each account a positive number"
        )
    check_same_accounts("weights", weights, counts)
    _check_enough(counts, weight)
    return weight


def compressed(
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    weights: ArrayLike | None = None,
) -> Triples:
    """Return each distinct triple once, with the number of accounts that have it.

    Parameters
    ----------
    frequency, recency, T : array-like of shape (n_accounts,)
        The three numbers of each account.
    weights : array-like of shape (n_accounts,), optional
        How many accounts each row stands for; by default one.

    Returns
    -------
    Triples
        In the order of first appearance.

    Examples
    --------
    >>> triples = compressed([1, 1, 0], [2, 2, 0], [9, 9, 9])
    >>> triples.x[triples.inverse]
    array([1., 1., 0.])
    """
    columns = [np.asarray(each, dtype=float) for each in (frequency, recency, T)]
    inverse, distinct = pd.factorize(columns[0])
    for column in columns[1:]:
        codes, values = pd.factorize(column)
        inverse, distinct = pd.factorize(inverse * len(values) + codes)
    # Written backwards, the first account of each triple stays.
    first = np.empty(len(distinct), dtype=np.int64)
    first[inverse[::-1]] = np.arange(len(inverse) - 1, -1, -1)
    weight = None if weights is None else np.asarray(weights, dtype=float)
    sums = np.bincount(inverse, weights=weight, minlength=len(distinct))
    return Triples(*(c[first] for c in columns), sums.astype(float), inverse)


def thinned(triples: Triples, size: int) -> Triples:
    """Return some of many triples, spread evenly over them.

    Parameters
    ----------
    triples : Triples
        Distinct triples.
    size : int
        About how many to keep.

    Returns
    -------
    Triples
        Without the places of the accounts.

    Examples
    --------
    >>> thinned(compressed([0, 1, 2, 3], [0, 2, 2, 2], [9] * 4), 2).x
    array([0., 2.])
    """
    step = max(1, len(triples.x) // size)
    kept = (column[::step] for column in triples[:4])
    return Triples(*kept, inverse=np.zeros(0, dtype=np.int64))


def _numbers(name: str, values: ArrayLike) -> Floats:
    try:
        array = np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name}: give numbers ({error})") from error
    if array.ndim > 1:
        raise UsageError(f"{name} has shape {array.shape}: give one number per account")
    return np.atleast_1d(array)


def _common_index(given: dict[str, ArrayLike]) -> pd.Index | None:
    """Return the accounts' names, which all three must share."""
    found = {n: v.index for n, v in given.items() if isinstance(v, pd.Series)}
    if not found:
        return None
    first, *others = found
    for other in others:
        if len(found[other]) == len(found[first]) and not found[other].equals(
            found[first]
        ):
            raise UsageError(
                f"{first} and {other} name different accounts: give them one index "
                "in the same order"
            )
    return found[first]


def _check_lengths(columns: dict[str, Floats]) -> None:
    sizes = {name: len(values) for name, values in columns.items()}
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{name} {size}" for name, size in sizes.items())
        raise UsageError(f"rows: {told}; give one value of each for every account")


class _Rule(NamedTuple):
    """What cannot be: the accounts that break it, and the sentence about one."""

    broken: Callable[[Counts], np.ndarray]
    sentence: str


_MISSING = "is missing or not finite; leave the account out or mend its dates"
_RULES = (
    _Rule(lambda c: ~np.isfinite(c.frequency), "frequency = {frequency} " + _MISSING),
    _Rule(lambda c: ~np.isfinite(c.recency), "recency = {recency} " + _MISSING),
    _Rule(lambda c: ~np.isfinite(c.T), "T = {T} " + _MISSING),
    _Rule(
        lambda c: (c.frequency < 0) | (c.recency < 0) | (c.T < 0),
        "frequency = {frequency}, recency = {recency}, T = {T}: none can be negative; "
        "look for orders after the end of the observation",
    ),
    _Rule(
        lambda c: c.frequency != np.floor(c.frequency),
        "frequency = {frequency} is not a whole number; count order days, not money "
        "or quantities",
    ),
    _Rule(
        lambda c: c.recency > c.T,
        "recency = {recency} is above T = {T}; the last order cannot lie after the "
        "end of the observation: use one unit and one end day for both",
    ),
    _Rule(
        lambda c: (c.frequency == 0) & (c.recency > 0),
        "frequency = 0 with recency = {recency}; who ordered once has recency 0: do "
        "not count recency from the end of the observation",
    ),
    _Rule(
        lambda c: (c.frequency > 0) & (c.recency == 0),
        "frequency = {frequency} with recency = 0; several orders on one day count "
        "once: merge them",
    ),
)


def _check_possible(counts: Counts) -> None:
    for rule in _RULES:
        broken = rule.broken(counts)
        if broken.any():
            row = int(np.argmax(broken))
            values = {n: getattr(counts, n)[row] for n in ("frequency", "recency", "T")}
            more = int(broken.sum()) - 1
            others = f" ({more} more accounts alike)" if more else ""
            told = rule.sentence.format(**values)
            raise DataError(f"account {counts.index[row]!r}: {told}{others}")


def _check_enough(counts: Counts, weight: Floats) -> None:
    accounts = weight.sum()
    if accounts < FEWEST_ACCOUNTS:
        raise CannotTellError(
            f"{accounts:g} {'account' if accounts == 1 else 'accounts'}; a purchase "
            f"model needs {FEWEST_ACCOUNTS}: take more accounts, or use last year's "
            "figures"
        )
    repeaters = weight[counts.frequency > 0].sum()
    if repeaters < FEWEST_REPEATERS:
        raise CannotTellError(
            f"{repeaters:g} of {accounts:g} accounts ordered a second time; "
            f"{FEWEST_REPEATERS} are needed: take a longer observation"
        )
    columns = (counts.frequency, counts.recency, counts.T)
    if all(column.min() == column.max() for column in columns):
        raise CannotTellError(
            f"all accounts are alike (frequency {columns[0][0]:g}, recency "
            f"{columns[1][0]:g}, T {columns[2][0]:g}); how they differ is what the "
            "model learns: check how the counts were made"
        )

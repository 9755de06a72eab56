"""How long an account may be silent before one has to doubt that it is a customer.

Silence says little of an account that orders twice a year, and much of one that orders
every week: the same six weeks are a pause there and a farewell here.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.value.lifetime.counts import checked_counts
from kamlab.value.lifetime.model import PurchaseModel

#: Halvings of the time in which the answer lies: exact to a millionth of it.
_HALVINGS = 24
#: Silences beyond so many times the longest history are told of nobody.
_FAR = 4.0


def alive_after_silence(
    model: PurchaseModel,
    frequency: ArrayLike,
    recency: ArrayLike,
    silences: ArrayLike,
) -> pd.DataFrame:
    """Show how the belief in each account falls the longer it says nothing.

    Parameters
    ----------
    model : PurchaseModel
        Fitted.
    frequency, recency : Series or array-like of shape (n_accounts,)
        Repeat orders, and time from first to last order in the model's unit.
    silences : float or array-like of shape (n_silences,)
        Time since the last order, in the model's unit, 0 or more.

    Returns
    -------
    DataFrame of shape (n_silences, n_accounts)
        Probability to be a customer still, by time of silence.

    Raises
    ------
    UsageError, DataError
        If a silence is negative, or an account's numbers cannot be.

    Examples
    --------
    >>> from kamlab.value.lifetime import ModifiedBetaGeoNBD
    >>> model = ModifiedBetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
    >>> weekly = pd.Series([50, 4], ["every week", "every quarter"])
    >>> recency = pd.Series([50.0, 52.0], weekly.index)
    >>> alive_after_silence(model, weekly, recency, [0, 8]).round(2).loc[8].tolist()
    [0.19, 0.95]
    """
    times = np.atleast_1d(np.asarray(silences, dtype=float))
    if not (times >= 0).all():
        raise UsageError(f"silences = {times.tolist()}: give times of 0 or more")
    counts = checked_counts(frequency, recency, recency)
    x, tx = counts.frequency, counts.recency
    rows = {float(time): model.probability_alive(x, tx, tx + time) for time in times}
    return pd.DataFrame(rows).T.set_axis(counts.index, axis=1).rename_axis("silence")


def doubtful_after(
    model: PurchaseModel,
    frequency: ArrayLike,
    recency: ArrayLike,
    alive: float = 0.5,
) -> pd.Series:
    """Say after how much silence an account is more likely gone than not.

    Parameters
    ----------
    model : PurchaseModel
        Fitted.
    frequency, recency : Series or array-like of shape (n_accounts,)
        As `alive_after_silence` takes them.
    alive : float
        Probability below which an account is in doubt, 0–1.

    Returns
    -------
    Series of shape (n_accounts,)
        Time since the last order, in the model's unit; missing where the model doubts
        the account from the first day or, as BG/NBD of one-time buyers, never.

    Raises
    ------
    UsageError
        If `alive` is not between 0 and 1.

    Notes
    -----
    The probability falls with silence, so that halving an interval finds the time.

    Examples
    --------
    >>> from kamlab.value.lifetime import ModifiedBetaGeoNBD
    >>> model = ModifiedBetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
    >>> weekly = pd.Series([50, 4], ["every week", "every quarter"])
    >>> recency = pd.Series([50.0, 52.0], weekly.index)
    >>> doubtful_after(model, weekly, recency).round(1).to_dict()
    {'every week': 6.2, 'every quarter': 52.4}
    """
    if not 0 < alive < 1:
        raise UsageError(f"alive = {alive!r}: give a probability, 0.5 for even odds")
    counts = checked_counts(frequency, recency, recency)
    x, tx = counts.frequency, counts.recency

    def believed(silence: np.ndarray) -> np.ndarray:
        return model.probability_alive(x, tx, tx + silence).to_numpy()

    low = np.zeros(len(counts))
    high = np.full(len(counts), _FAR * tx.max(initial=1.0))
    told = (believed(low) > alive) & (believed(high) <= alive)
    for _halving in range(_HALVINGS):
        middle = (low + high) / 2
        still = believed(middle) > alive
        low, high = np.where(still, middle, low), np.where(still, high, middle)
    return pd.Series(np.where(told, high, np.nan), counts.index, name="doubt_after")

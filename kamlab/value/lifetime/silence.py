"""How long an account may be silent before one has to doubt that it is a customer.

Silence says little of an account that orders twice a year, and much of one that orders
every week: the same six weeks are a pause there and a farewell here.
"""

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.lifetime.counts import checked_counts
from kamlab.value.lifetime.model import PurchaseModel

#: Halvings of the time in which the answer lies: exact to a millionth of it.
_HALVINGS = 24
#: Silences beyond so many times the longest history are told of nobody.
_FAR = 4.0


def alive_after_silence(
    model: PurchaseModel,
    frequency: pd.Series,
    recency: pd.Series,
    silences: np.ndarray | list[float],
) -> pd.DataFrame:
    """Show how the belief in each account falls the longer it says nothing.

    Parameters
    ----------
    model : PurchaseModel
        Fitted.
    frequency, recency : Series of shape (n_accounts,)
        Repeat orders, and time from first to last order in the model's unit.
    silences : array-like of shape (n_silences,)
        Time since the last order, in the model's unit, 0 or more.

    Returns
    -------
    DataFrame of shape (n_silences, n_accounts)
        Probability to be a customer still, by time of silence.

    Raises
    ------
    UsageError
        If a silence is negative.

    Examples
    --------
    >>> from kamlab.value.lifetime import ModifiedBetaGeoNBD
    >>> model = ModifiedBetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
    >>> weekly = pd.Series([50, 4], ["every week", "every quarter"])
    >>> recency = pd.Series([50.0, 52.0], weekly.index)
    >>> alive_after_silence(model, weekly, recency, [0, 8]).round(2).loc[8].tolist()
    [0.19, 0.95]
    """
    times = np.asarray(silences, dtype=float)
    if not (times >= 0).all():
        raise UsageError(f"silences = {times.tolist()}: give times of 0 or more")
    rows = {
        float(time): model.probability_alive(frequency, recency, recency + time)
        for time in times
    }
    return pd.DataFrame(rows).T.rename_axis("silence")


def doubtful_after(
    model: PurchaseModel,
    frequency: pd.Series,
    recency: pd.Series,
    alive: float = 0.5,
) -> pd.Series:
    """Say after how much silence an account is more likely gone than not.

    Parameters
    ----------
    model : PurchaseModel
        Fitted.
    frequency, recency : Series of shape (n_accounts,)
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
    checked_counts(frequency, recency, recency)

    def believed(silence: np.ndarray) -> np.ndarray:
        found = model.probability_alive(frequency, recency, recency + silence)
        return np.asarray(found, dtype=float)

    low = np.zeros(len(frequency))
    high = np.full(len(frequency), _FAR * max(float(recency.max()), 1.0))
    told = (believed(low) > alive) & (believed(high) <= alive)
    for _halving in range(_HALVINGS):
        middle = (low + high) / 2
        still = believed(middle) > alive
        low, high = np.where(still, middle, low), np.where(still, high, middle)
    return pd.Series(np.where(told, high, np.nan), frequency.index, name="doubt_after")

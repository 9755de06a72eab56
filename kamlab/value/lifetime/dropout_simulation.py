"""Made-up customers who order at their own rate and leave after an order.

Everything is drawn at once: the number of orders from the rate, the day of the last one
as an order statistic of uniform times, and the gaps in between as shares of it.
"""

import numpy as np

from kamlab.value.lifetime.counts import Counts, Floats
from kamlab.value.lifetime.dropout_forecasts import begun_shares
from kamlab.value.lifetime.dropout_likelihood import Process


def drawn_past(
    values: Floats, process: Process, T: Floats, generator: np.random.Generator
) -> dict[str, np.ndarray]:
    """Return drawn customers of a given time since their first order.

    Parameters
    ----------
    values : r, alpha, a, b
        The parameters.
    process : Process
        Which of the family.
    T : array of shape (n,)
        Time since each customer's first order.
    generator : Generator
        Source of randomness.

    Returns
    -------
    dict
        ``frequency``, ``recency``, ``alive``, ``log_gaps`` (sum of the logarithms of
        the gaps between orders), ``rate`` (orders a unit of time while alive) and
        ``leaving`` (probability to leave after an order).

    Examples
    --------
    >>> generator = np.random.default_rng(1)
    >>> past = drawn_past((1, 5, 1, 3), Process(1, 1), np.full(5, 50.0), generator)
    >>> bool((past["recency"] <= 50).all())
    True
    """
    r, alpha, a, b = values
    k, s = process
    size = len(T)
    rate = generator.gamma(r, 1 / alpha, size)
    leaving = np.clip(generator.beta(a, b, size), 1e-300, 1)
    events = generator.poisson(rate * T)
    most = _orders_until_leaving(leaving, generator) - s
    frequency = np.minimum(events // k, most)
    recency = _last_order(k * frequency, events, T, generator)
    return {
        "frequency": frequency,
        "recency": recency,
        "alive": events // k < most,
        "log_gaps": _log_gaps(frequency, recency, k, generator),
        "rate": rate / k,
        "leaving": leaving,
    }


def drawn_future(
    values: Floats,
    process: Process,
    horizon: float,
    counts: Counts,
    generator: np.random.Generator,
) -> np.ndarray:
    """Return a drawn number of orders of each account over a horizon.

    Parameters
    ----------
    values : r, alpha, a, b
        The parameters.
    process : Process
        Which of the family.
    horizon : float
        Time ahead.
    counts : Counts
        The accounts.
    generator : Generator
        Source of randomness.

    Returns
    -------
    array of int, shape (n_accounts,)
        Orders.

    Examples
    --------
    >>> from kamlab.value.lifetime.counts import checked_counts
    >>> counts = checked_counts([2], [30.43], [38.86])
    >>> values, generator = (0.243, 4.414, 0.793, 2.426), np.random.default_rng(1)
    >>> len(drawn_future(values, Process(1, 0), 39, counts, generator))
    1
    """
    r, alpha, a, b = values
    k, s = process
    x, T = counts.frequency, counts.T
    limits = np.cumsum(begun_shares(values, process, x, counts.recency, T), axis=0)
    luck = generator.random(len(x))
    begun = (luck >= limits).sum(axis=0)
    rate = generator.gamma(r + k * x + begun, 1 / (alpha + T))
    leaving = np.clip(generator.beta(a, b + x + s), 1e-300, 1)
    wanted = (generator.poisson(rate * horizon) + begun) // k
    placed = np.minimum(wanted, _orders_until_leaving(leaving, generator))
    return np.where(begun < k, placed, 0)


def _orders_until_leaving(
    leaving: Floats, generator: np.random.Generator
) -> np.ndarray:
    """Return after how many orders each customer leaves, by inversion.

    NumPy's own geometric numbers overflow where nobody ever leaves.
    """
    luck = np.log1p(-generator.random(len(leaving)))
    with np.errstate(divide="ignore"):
        tries = np.ceil(luck / np.log1p(-leaving))
    return np.clip(tries, 1, 2**53).astype(np.int64)


def _last_order(
    place: np.ndarray, events: np.ndarray, T: Floats, generator: np.random.Generator
) -> Floats:
    """Return when the event at a place happened, of events spread evenly over T."""
    if not (ordered := place > 0).any():
        return np.zeros(len(T))
    share = np.zeros(len(T))
    here, of = place[ordered], events[ordered]
    share[ordered] = generator.beta(here, of - here + 1)
    return share * T


def _log_gaps(
    frequency: np.ndarray, recency: Floats, k: int, generator: np.random.Generator
) -> Floats:
    """Return the sum of the logarithms of each customer's gaps."""
    sums = np.zeros(len(frequency))
    orders = frequency[frequency > 0]
    if not len(orders):
        return sums
    gaps = generator.gamma(k, 1.0, int(orders.sum()))
    first = np.concatenate([[0], np.cumsum(orders)[:-1]])
    logs, whole = np.add.reduceat(np.log(gaps), first), np.add.reduceat(gaps, first)
    last = recency[frequency > 0]
    sums[frequency > 0] = logs + orders * (np.log(last) - np.log(whole))
    return sums

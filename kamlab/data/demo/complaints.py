"""Complaints: customers call or write when a delivery comes too late."""

import numpy as np
import pandas as pd

from kamlab.data.contract import PURCHASES
from kamlab.data.demo.story import CRM_STARTS, N_DAYS, day_number, weekday_before
from kamlab.data.demo.streams import stream

#: Chance that a customer complains about a late order: at once, and for each day.
COMPLAINT_CHANCE, CHANCE_A_DAY, HIGHEST_CHANCE = 0.07, 0.016, 0.6


def draw_complaints(lines: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the complaints about late orders, a few days after they were due.

    What was late in the shortage of 2022 is still heard in the first weeks of the CRM;
    earlier complaints were not recorded.

    Parameters
    ----------
    lines : pandas.DataFrame
        All lines of the extract.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        ``account``, ``day``, ``type``, ``direction`` and ``topic``.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "order_id": ["1"], "account": 0, "line_type": "sale",
    ...     "promised_day": 700.0, "delivered_day": 699.0,
    ... })
    >>> len(draw_complaints(lines, seed=1))
    0
    """
    rng = stream(seed, "complaints")
    lines = lines.assign(delay=lines["delivered_day"] - lines["promised_day"])
    late = lines[(lines["delay"] > 0) & lines["line_type"].isin(PURCHASES)]
    orders = late.groupby("order_id", as_index=False).agg(
        account=("account", "first"),
        due=("promised_day", "max"),
        delay=("delay", "max"),
    )
    heard = rng.random(len(orders)) < complaint_chance(orders["delay"].to_numpy())
    day = orders["due"].to_numpy(dtype=np.int64) + rng.integers(1, 9, len(orders))
    day = weekday_before(day)
    heard &= (day >= day_number(CRM_STARTS)) & (day < N_DAYS)
    called = rng.random(len(orders)) < 0.55
    complaints = pd.DataFrame(
        {
            "account": orders["account"],
            "day": day,
            "type": np.where(called, "call", "email"),
            "direction": "in",
            "topic": "complaint",
        }
    )
    return complaints[heard].reset_index(drop=True)


def complaint_chance(delay: np.ndarray) -> np.ndarray:
    """Return the chance of a complaint about an order that came some days late.

    Examples
    --------
    >>> complaint_chance(np.array([5.0, 100.0]))
    array([0.15, 0.6 ])
    """
    return np.minimum(COMPLAINT_CHANCE + CHANCE_A_DAY * delay, HIGHEST_CHANCE)

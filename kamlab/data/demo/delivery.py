"""When goods were promised and came: usual punctuality, and the gearbox shortage."""

import numpy as np
import pandas as pd

from kamlab.data.demo.gearboxes import GEARBOXES
from kamlab.data.demo.kinds import CATEGORIES
from kamlab.data.demo.story import (
    N_DAYS,
    ON_TIME_SHORTAGE,
    ON_TIME_USUAL,
    SHORTAGE,
    day_number,
    weekday_after,
)
from kamlab.data.demo.streams import stream

#: Usual days from order to delivery.
LEAD_DAYS = {
    "linear guides": 18,
    "gearboxes": 35,
    "couplings": 9,
    "controllers": 28,
    "spare parts": 4,
    "service": 14,
}
#: What the shortage leaves of punctuality in the other categories.
_OTHERS_IN_SHORTAGE = 0.91
_LATE_DAYS, _LATE_DAYS_SHORTAGE = 5.0, 18.0


def deliver(lines: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Add the day promised and the day of delivery to every line.

    What was not delivered by the end of the data has no day of delivery.

    Parameters
    ----------
    lines : pandas.DataFrame
        ``day`` and ``category``.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        With ``promised_day`` and ``delivered_day`` (NaN while open).

    Examples
    --------
    >>> lines = pd.DataFrame({"category": [4], "day": [1459]})
    >>> int(deliver(lines, seed=1)["delivered_day"].isna().sum())
    1
    """
    rng = stream(seed, "delivery")
    category, day = lines["category"].to_numpy(), lines["day"].to_numpy()
    lead = np.array([LEAD_DAYS[name] for name in CATEGORIES])[category]
    lead = np.maximum(np.round(lead * rng.uniform(0.8, 1.3, len(lines))), 1)
    promised = weekday_after(day + lead)
    on_time = rng.random(len(lines)) < on_time_chance(category, day)
    early = np.floor(rng.random(len(lines)) * np.minimum(lead, 4))
    short = (category == GEARBOXES) & _in_shortage(day)
    usual_delay = np.where(short, _LATE_DAYS_SHORTAGE, _LATE_DAYS)
    late = 1 + np.floor(rng.exponential(usual_delay))
    came = np.where(on_time, promised - early, promised + late)
    came = np.maximum(came, day)
    came = np.where(came < N_DAYS, came, np.nan)
    return lines.assign(promised_day=promised, delivered_day=came)


def on_time_chance(category: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Return the chance that each line is delivered on time and in full.

    In the shortage the gearboxes carry the fall: their chance follows from the planted
    figure of all lines, from their share among them, and from the others' chance.

    Examples
    --------
    >>> on_time_chance(np.array([GEARBOXES]), np.array([1000]))
    array([0.93])
    """
    short = _in_shortage(day)
    gears = category == GEARBOXES
    share = gears[short].mean() if short.any() else 1.0
    left = (ON_TIME_SHORTAGE - (1 - share) * _OTHERS_IN_SHORTAGE) / max(share, 1e-9)
    in_shortage = np.where(gears, np.clip(left, 0.05, 1.0), _OTHERS_IN_SHORTAGE)
    return np.where(short, in_shortage, ON_TIME_USUAL)


def _in_shortage(day: np.ndarray) -> np.ndarray:
    first, last = (day_number(each) for each in SHORTAGE)
    return (day >= first) & (day <= last)

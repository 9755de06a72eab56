"""The key-account programme of July 2024: who is in it, and what it really does."""

import numpy as np
import pandas as pd

from kamlab.data.demo.story import PROGRAMME_EFFECT, PROGRAMME_FROM, day_number


def choose_members(roster: pd.DataFrame) -> pd.DataFrame:
    """Mark the larger half of the key accounts that are still there, by rank.

    Examples
    --------
    >>> roster = pd.DataFrame(
    ...     {"is_key": [True] * 4, "key_rank": [1, 2, 3, 4], "end_day": [1461] * 4}
    ... )
    >>> choose_members(roster)["in_programme"].tolist()
    [True, True, False, False]
    """
    starts = day_number(PROGRAMME_FROM)
    there = roster["is_key"] & (roster["end_day"] > starts)
    places = round(roster["is_key"].sum() / 2)
    rank = roster["key_rank"].where(there).rank(method="first")
    return roster.assign(in_programme=rank <= places)


def programme_factor(
    roster: pd.DataFrame, account: np.ndarray, day: np.ndarray
) -> np.ndarray:
    """Return what the programme makes of each line: members buy 8 % more (log).

    Examples
    --------
    >>> roster = pd.DataFrame({"in_programme": [True]})
    >>> programme_factor(roster, np.array([0, 0]), np.array([0, 1460])).round(3)
    array([1.   , 1.083])
    """
    member = roster["in_programme"].to_numpy()[account]
    return np.exp(PROGRAMME_EFFECT * (member & (day >= day_number(PROGRAMME_FROM))))

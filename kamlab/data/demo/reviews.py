"""Quarterly reviews with half of the key accounts, drawn by lot, since January 2025."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.story import LAST_DAY, REVIEWS_FROM, day_number, weekday_before
from kamlab.data.demo.streams import stream

#: Reviews are held in the first half of these months.
_MONTHS = (3, 6, 9, 12)


def draw_reviewed(
    roster: pd.DataFrame, history: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Mark the key accounts of January 2025, and the half of them that is reviewed.

    The lot is drawn among the members of the programme and among the others apart.
    Adds ``in_lottery`` and ``reviewed``.

    Parameters
    ----------
    roster : pandas.DataFrame
        The accounts.
    history : pandas.DataFrame
        The table account_history.
    seed : int
        The portfolio's seed.
    """
    flags = history[history["attribute"] == "key_account_flag"]
    day = pd.Timestamp(REVIEWS_FROM)
    holds = (flags["valid_from"] <= day) & ~(flags["valid_to"] < day)
    keys = flags.loc[holds & (flags["value"] == "true"), "account_id"]
    in_lottery = roster["account_id"].isin(keys)
    drawn = pd.Series(stream(seed, "reviews").random(len(roster)), index=roster.index)
    reviewed = pd.Series(False, index=roster.index)
    for member in (True, False):
        group = drawn[in_lottery & (roster["in_programme"] == member)]
        reviewed[group.index] = group.rank() <= round(len(group) / 2)
    return roster.assign(in_lottery=in_lottery, reviewed=reviewed)


def review_contacts(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the quarterly reviews that were due with the accounts drawn.

    Examples
    --------
    >>> roster = pd.DataFrame({"reviewed": [True, False]})
    >>> review_contacts(roster, seed=1)["type"].tolist()
    ['qbr', 'qbr', 'qbr', 'qbr']
    """
    rng = stream(seed, "days of reviews")
    rows = roster.index[roster["reviewed"]]
    firsts = [day_number(date(LAST_DAY.year, month, 3)) for month in _MONTHS]
    day = np.repeat(firsts, len(rows)) + rng.integers(0, 10, len(rows) * len(firsts))
    return pd.DataFrame(
        {
            "account": np.tile(rows, len(firsts)),
            "day": weekday_before(day),
            "type": "qbr",
            "direction": "out",
        }
    )

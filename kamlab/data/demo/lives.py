"""When accounts arrive and are lost, and who of them is a key account."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.kinds import KINDS
from kamlab.data.demo.story import (
    ARRIVALS_PER_ACCOUNT,
    KEY_ACCOUNTS_PER_ACCOUNT,
    KEY_LOSS_RATE,
    LOSS_RATE,
    YEARS,
    day_number,
)
from kamlab.data.demo.streams import stream

#: Share of the lost accounts that order less and less before they go.
FADING_SHARE = 0.6
#: Length of such a fade, in days: two quarters.
FADE_DAYS = 182


def choose_key_accounts(roster: pd.DataFrame) -> pd.DataFrame:
    """Mark the key accounts of January 2022: the largest that may be one.

    Adds ``key_rank``, 1 for the largest, and ``is_key``.

    Examples
    --------
    >>> from kamlab.data.demo.roster import build_roster
    >>> int(choose_key_accounts(build_roster(1, 300)[0])["is_key"].sum())
    28
    """
    eligible = roster["may_be_key"] & (roster["start_day"] < 0)
    rank = roster["size"].where(eligible).rank(ascending=False, method="first")
    is_key = rank <= round(KEY_ACCOUNTS_PER_ACCOUNT * len(roster))
    return roster.assign(key_rank=rank, is_key=is_key)


def live(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Give every account its first and last day of buying.

    Some ordinary accounts arrive within the four years; each year a share of those
    alive is lost, small ones and workshops sooner than others. Characters and large
    accounts are never lost.

    Parameters
    ----------
    roster : pandas.DataFrame
        With key accounts chosen.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        With ``start_day``, ``end_day``, ``lost`` and ``fades``.

    Examples
    --------
    >>> from kamlab.data.demo.roster import build_roster
    >>> roster = live(choose_key_accounts(build_roster(1, 300)[0]), 1)
    >>> bool(roster.loc[roster["character"] == "marwitz", "lost"].item())
    False
    """
    roster = _arrive(roster, stream(seed, "arrivals"))
    roster = _lose(roster, stream(seed, "losses"))
    fades = stream(seed, "fades").random(len(roster)) < FADING_SHARE
    return roster.assign(fades=roster["lost"] & fades)


def _arrive(roster: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Let some ordinary accounts that are no key accounts begin within the data."""
    ordinary = roster.index[(roster["character"] == "") & ~roster["is_key"]]
    wanted = min(round(ARRIVALS_PER_ACCOUNT * len(roster)), len(ordinary) // 3)
    newcomers = rng.choice(ordinary, wanted, replace=False)
    first, last = day_number(date(2022, 1, 20)), day_number(date(2025, 9, 30))
    roster = roster.copy()
    place = (np.arange(wanted) + rng.random(wanted)) / max(wanted, 1)
    days = first + np.floor(place * (last - first)).astype(np.int64)
    roster.loc[newcomers, "start_day"] = days
    return roster


def _lose(roster: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw each year's losses, key accounts and others apart."""
    roster = roster.assign(lost=False)
    due = 0.0
    for year in YEARS:
        opens = day_number(date(year, 1, 1))
        alive = (roster["start_day"] < opens) & (roster["end_day"] > opens)
        may_go = (
            alive & (roster["character"] == "") & (roster["start_day"] < opens - 180)
        )
        may_go |= alive & (roster["character"] == "") & (roster["start_day"] < 0)
        due += KEY_LOSS_RATE * (alive & roster["is_key"]).sum()
        keys = int(due)
        due -= keys
        others = round(LOSS_RATE * alive.sum()) - keys
        for group, count in ((roster["is_key"], keys), (~roster["is_key"], others)):
            gone = _pick(roster[may_go & group], count, rng)
            days = rng.integers(150 if year == YEARS[0] else 10, 360, len(gone))
            roster.loc[gone, "end_day"] = opens + days
            roster.loc[gone, "lost"] = True
    return roster


def _pick(candidates: pd.DataFrame, count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw who is lost; small accounts and workshops go sooner."""
    count = min(count, len(candidates))
    if count == 0:
        return np.array([], dtype=int)
    weight = candidates["kind"].map({name: k.loss_weight for name, k in KINDS.items()})
    weight = weight * candidates["size"] ** -0.3
    return rng.choice(
        candidates.index, count, replace=False, p=weight / weight.sum(), shuffle=False
    )


def alive_share(roster: pd.DataFrame, first: int, last: int) -> np.ndarray:
    """Return the share of the days `first` to `last` on which each account buys.

    Examples
    --------
    >>> roster = pd.DataFrame({"start_day": [-1, 50], "end_day": [999, 99]})
    >>> alive_share(roster, 0, 99)
    array([1. , 0.5])
    """
    begins = roster["start_day"].clip(lower=first).to_numpy()
    ends = roster["end_day"].clip(upper=last).to_numpy()
    return np.maximum(ends - begins + 1, 0) / (last - first + 1)

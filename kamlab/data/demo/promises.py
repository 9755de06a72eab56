"""What we promised in a contact, by when, and whether we kept it."""

import numpy as np
import pandas as pd

from kamlab.data.demo.story import N_DAYS, weekday_after, weekday_before
from kamlab.data.demo.streams import stream

#: Share of promises done by the day they were due; of the others some are never done.
KEPT_SHARE = 0.85
NEVER_SHARE = 0.4
#: Chance that something is promised, by type of contact and when it is a complaint.
PROMISE_CHANCE = {
    "visit": 0.35,
    "meeting": 0.5,
    "qbr": 1.0,
    "call": 0.2,
    "email": 0.12,
    "training": 0.1,
    "event": 0.05,
    "social": 0.02,
}
_CHANCE_AT_COMPLAINTS = 0.7
#: After these outcomes there is nothing to promise.
_NOTHING_TO_DO = ("nothing needed now", "no interest", "no agreement")
_ACTIONS = {
    "need": "send an offer",
    "service": "confirm the delivery day",
    "price": "check the price",
    "relation": "make an appointment",
    "innovation": "send a sample",
    "payment": "send a statement",
    "complaint": "replace or repair",
    "other": "send papers",
}


def add_promises(contacts: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Add what was promised, the day it was due and the day it was done.

    Parameters
    ----------
    contacts : pandas.DataFrame
        ``day``, ``type``, ``topic`` and ``outcome``; ``told`` where the story itself
        tells the promises.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        With ``promised_action``, ``due_day`` and ``done_day`` (NaN while open).

    Examples
    --------
    >>> contacts = pd.DataFrame({
    ...     "day": [400], "type": "qbr", "topic": "need", "outcome": "offer wanted",
    ...     "told": None, "promised_action": None,
    ...     "due_day": float("nan"), "done_day": float("nan"),
    ... })
    >>> add_promises(contacts, seed=1)["promised_action"].tolist()
    ['send an offer']
    """
    rng = stream(seed, "promises")
    n = len(contacts)
    chance = contacts["type"].map(PROMISE_CHANCE).to_numpy()
    chance = np.where(contacts["topic"] == "complaint", _CHANCE_AT_COMPLAINTS, chance)
    none = contacts["told"].notna() | contacts["outcome"].isin(_NOTHING_TO_DO)
    given = (rng.random(n) < chance) & ~none.to_numpy()
    due = weekday_after(contacts["day"].to_numpy() + rng.integers(3, 22, n))
    kept = rng.random(n) < KEPT_SHARE
    in_time = np.ceil(contacts["day"] + rng.random(n) * (due - contacts["day"]))
    late = weekday_after(due + rng.integers(1, 31, n))
    never = rng.random(n) < NEVER_SHARE
    done = np.where(kept, weekday_before(in_time.to_numpy(dtype=np.int64)), late)
    done = np.where((kept | ~never) & (done < N_DAYS), done, np.nan)
    action = contacts["topic"].map(_ACTIONS)
    return contacts.assign(
        promised_action=contacts["promised_action"].mask(given, action),
        due_day=contacts["due_day"].mask(given, due),
        done_day=contacts["done_day"].mask(given, done),
    )

"""Contacts that tell a character's story: Wetterau asks, Lianhan pays late."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.story import (
    CRM_STARTS,
    FULL_SIZE,
    LAST_DAY,
    day_number,
    weekday_before,
)
from kamlab.data.demo.streams import stream

#: How often Wetterau asks a year where its parcels are, at 300 accounts.
WETTERAU_QUESTIONS = 340
#: How often a year somebody asks Lianhan for its payment.
LIANHAN_REMINDERS = {2023: 16, 2024: 24, 2025: 34}
#: Nordkai's destocking in its own words: day, type, who began, outcome.
_NORDKAI = (
    (date(2025, 2, 25), "visit", "out", "runs down stock, orders again in autumn"),
    (date(2025, 6, 17), "call", "out", "stock still high, plan as told"),
    (date(2025, 8, 27), "call", "in", "order announced"),
)


def wetterau_questions(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the calls and e-mails in which Wetterau asks about its rush orders.

    Examples
    --------
    >>> roster = pd.DataFrame({"character": ["wetterau"] * 300})
    >>> len(wetterau_questions(roster, seed=1)) > 800
    True
    """
    rng = stream(seed, "wetterau asks")
    first, last = day_number(CRM_STARTS), day_number(LAST_DAY)
    years = (last - first) / 365.25
    count = rng.poisson(WETTERAU_QUESTIONS * years * len(roster) / FULL_SIZE)
    called = rng.random(count) < 0.6
    return pd.DataFrame(
        {
            "account": roster.index[roster["character"] == "wetterau"][0],
            "day": weekday_before(rng.integers(first + 4, last + 1, count)),
            "type": np.where(called, "call", "email"),
            "direction": "in",
            "topic": "service",
        }
    )


def lianhan_reminders(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the calls and e-mails that ask Lianhan to pay, more of them every year.

    Examples
    --------
    >>> roster = pd.DataFrame({"character": ["lianhan"]})
    >>> lianhan_reminders(roster, seed=1)["topic"].unique().tolist()
    ['payment']
    """
    rng = stream(seed, "lianhan is asked")
    days = [
        day_number(date(year, 1, 16)) + rng.integers(0, 345, count)
        for year, count in LIANHAN_REMINDERS.items()
    ]
    day = np.concatenate(days)
    called = rng.random(len(day)) < 0.7
    return pd.DataFrame(
        {
            "account": roster.index[roster["character"] == "lianhan"][0],
            "day": weekday_before(day),
            "type": np.where(called, "call", "email"),
            "direction": "out",
            "topic": "payment",
        }
    )


def nordkai_notes(roster: pd.DataFrame) -> pd.DataFrame:
    """Return the contacts in which Nordkai tells why it orders less.

    Examples
    --------
    >>> roster = pd.DataFrame({"character": ["nordkai"]})
    >>> nordkai_notes(roster)["outcome"].iloc[-1]
    'order announced'
    """
    notes = pd.DataFrame(_NORDKAI, columns=["day", "type", "direction", "outcome"])
    row = roster.index[roster["character"] == "nordkai"][0]
    days = [day_number(day) for day in notes["day"]]
    return notes.assign(account=row, day=days, topic="need", told=True)

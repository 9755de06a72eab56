"""The table of contacts: ordinary ones, stories, complaints and reviews together."""

import numpy as np
import pandas as pd

from kamlab.data.demo.complaints import draw_complaints
from kamlab.data.demo.contact_details import add_details
from kamlab.data.demo.contact_stories import (
    lianhan_reminders,
    nordkai_notes,
    wetterau_questions,
)
from kamlab.data.demo.contacts import draw_contacts, meet, repeat
from kamlab.data.demo.promises import add_promises
from kamlab.data.demo.recovery import hallenbeck_contacts
from kamlab.data.demo.reviews import review_contacts
from kamlab.data.demo.story import N_DAYS, dates_of
from kamlab.data.demo.streams import stream

#: Share of contacts entered into the CRM later than on their day.
ENTERED_LATE = 0.12
_COLUMNS = [
    "interaction_id",
    "account_id",
    "date",
    "posted_on",
    "type",
    "kam_id",
    "contact_id",
    "direction",
    "duration_minutes",
    "topic",
    "outcome",
    "promised_action",
    "promised_due",
    "promised_done",
]


def build_interactions(
    lines: pd.DataFrame, roster: pd.DataFrame, history: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return every contact since the CRM began, in order of its day.

    Parameters
    ----------
    lines : pandas.DataFrame
        All lines of the extract.
    roster : pandas.DataFrame
        The accounts, those with quarterly reviews marked.
    history : pandas.DataFrame
        The table account_history.
    seed : int
        The portfolio's seed.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> contacts = generate(seed=1, accounts=30).tables["interactions"]
    >>> contacts["date"].min() >= pd.Timestamp("2023-01-09")
    True
    """
    contacts = [
        draw_contacts(roster, history, seed),
        draw_complaints(lines, seed),
        wetterau_questions(roster, seed),
        lianhan_reminders(roster, seed),
        nordkai_notes(roster),
        hallenbeck_contacts(roster),
        review_contacts(roster, seed),
    ]
    contacts = pd.concat(contacts, ignore_index=True)
    contacts = repeat(meet(contacts, roster, history, seed), roster, seed)
    contacts = add_promises(add_details(contacts, roster, seed), seed)
    return _table(contacts, roster, stream(seed, "entered late"))


def _table(
    contacts: pd.DataFrame, roster: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the contract's columns; what was not entered by the extract is missing."""
    late = rng.random(len(contacts)) < ENTERED_LATE
    entered = contacts["day"] + rng.integers(1, 10, len(contacts))
    contacts = contacts.assign(posted_day=entered.where(late))
    contacts = contacts[~(contacts["posted_day"] >= N_DAYS)]
    contacts["account_id"] = roster["account_id"].to_numpy()[contacts["account"]]
    days = {"date": "day", "posted_on": "posted_day"}
    days |= {"promised_due": "due_day", "promised_done": "done_day"}
    for name, source in days.items():
        contacts[name] = dates_of(contacts[source].to_numpy(dtype=float))
    keys = ["date", "account_id", "type", "kam_id", "contact_id"]
    contacts = contacts.sort_values(keys, ignore_index=True, kind="stable")
    contacts["interaction_id"] = [f"C{number:06d}" for number in contacts.index + 1]
    return contacts[_COLUMNS]

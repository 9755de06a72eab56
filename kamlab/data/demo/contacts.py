"""Ordinary contacts: on which days, of which type, who began, who of us was there."""

import numpy as np
import pandas as pd

from kamlab.data.demo.contact_rates import presence, weekly_contacts
from kamlab.data.demo.owners import (
    engineers_on,
    inside_sales_of,
    managers_on,
    owner_on,
)
from kamlab.data.demo.seasons import WEEK_EDGES
from kamlab.data.demo.story import dates_of
from kamlab.data.demo.streams import stream

#: How often the account begins a contact of each type; visits are always ours.
BEGUN_BY_THEM = {"call": 0.5, "email": 0.55, "meeting": 0.15, "social": 0.5}
#: Meetings in person, which inside sales leave to the account managers of the area.
IN_PERSON = ("visit", "meeting", "event", "qbr")
#: Share of calls and e-mails that a colleague repeats within a week, unawares.
REPEATED_SHARE = 0.05


def draw_contacts(
    roster: pd.DataFrame, history: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return the ordinary contacts since the CRM began.

    Parameters
    ----------
    roster : pandas.DataFrame
        The accounts.
    history : pandas.DataFrame
        The table account_history.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        ``account`` (row of the roster), ``day``, ``type`` and ``direction``.
    """
    rng = stream(seed, "contacts")
    begins, ends = presence(roster)
    parts = []
    for name, expected in weekly_contacts(roster, history, seed).items():
        count = rng.poisson(expected)
        account, week = np.nonzero(count)
        account = np.repeat(account, count[account, week])
        week = np.repeat(week, count[count > 0])
        # Weeks begin on a Saturday, as the data do.
        day = WEEK_EDGES[week] + 2 + rng.integers(0, 5, len(week))
        theirs = rng.random(len(week)) < BEGUN_BY_THEM.get(name, 0.0)
        found = {"account": account, "day": day, "type": name}
        parts.append(pd.DataFrame(found | {"direction": np.where(theirs, "in", "out")}))
    contacts = pd.concat(parts, ignore_index=True)
    day, account = contacts["day"], contacts["account"]
    there = (day >= begins[account]) & (day <= ends[account])
    return contacts[there].reset_index(drop=True)


def meet(
    contacts: pd.DataFrame, roster: pd.DataFrame, history: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Add ``kam_id``: who of us was there; drop what nobody could have begun.

    The owner of the day meets the account. Account managers visit for inside sales,
    engineers train. While nobody owns an account, inside sales answer its calls and
    e-mails, and nobody goes out to it.
    """
    rng = stream(seed, "who meets")
    ids = roster["account_id"].to_numpy()[contacts["account"]]
    day = contacts["day"].to_numpy()
    currency = roster["currency"].to_numpy()[contacts["account"]]
    owner = owner_on(history, ids, dates_of(day))
    orphaned = owner == ""
    kind = contacts["type"]
    visits = kind.isin(IN_PERSON).to_numpy() & pd.Series(owner).str.startswith("I")
    who = np.where(visits, managers_on(currency, day, rng), owner)
    who = np.where(kind == "training", engineers_on(currency, day, rng), who)
    who = np.where(orphaned, inside_sales_of(currency, rng), who)
    answered = (contacts["direction"] == "in") & kind.isin(["call", "email"])
    met = contacts.assign(kam_id=who)
    return met[~orphaned | answered.to_numpy()].reset_index(drop=True)


def repeat(contacts: pd.DataFrame, roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Let a colleague of inside sales ask again within a week, not knowing of it."""
    rng = stream(seed, "repeated contacts")
    again = contacts["type"].isin(["call", "email"]) & (contacts["direction"] == "out")
    again &= rng.random(len(contacts)) < REPEATED_SHARE
    day = contacts["day"] + rng.integers(1, 7, len(contacts))
    last = presence(roster)[1][contacts["account"]]
    again &= ((day + 5) % 7 < 5) & (day <= last)
    second = contacts[again].assign(day=day[again])
    currency = roster["currency"].to_numpy()[second["account"]]
    second["kam_id"] = inside_sales_of(currency, rng)
    other = second["kam_id"] != contacts.loc[again, "kam_id"]
    return pd.concat([contacts, second[other]], ignore_index=True)

"""How often accounts are met: by standing, season, year and programme.

Managers give their time almost equally per head: key accounts see them more often, but
far less than their revenue would say.
"""

import numpy as np
import pandas as pd

from kamlab.data.demo.kinds import DISTRIBUTOR, PROJECT
from kamlab.data.demo.seasons import WEEK_EDGES, seasons
from kamlab.data.demo.story import (
    CRM_STARTS,
    FIRST_DAY,
    N_DAYS,
    PROGRAMME_FROM,
    day_number,
)
from kamlab.data.demo.streams import stream

#: Contacts a year with an account of each standing: key account, other account of an
#: account manager, account of inside sales.
RATES = {
    "visit": (8.4, 6.2, 3.3),
    "meeting": (3.2, 1.5, 0.3),
    "call": (9.0, 5.5, 3.3),
    "email": (7.0, 4.5, 3.3),
    "social": (1.0, 0.4, 0.1),
    "event": (0.8, 0.4, 0.15),
    "training": (0.75, 0.4, 0.12),
}
KEY, MANAGED, SMALL = 0, 1, 2
#: Fewer accounts share the managers every year, so that each is met more often.
EFFORT_INDEX = {2023: 1.05, 2024: 1.05, 2025: 1.10}
#: Members of the key-account programme are met more often since it began.
PROGRAMME_CONTACT = 1.25
#: Contacts go on for a while after an account's last day of buying.
_DAYS_AFTER = 75
_TRAINING_FOR_DISTRIBUTORS, _MEETINGS_FOR_PROJECTS = 2.5, 1.5
#: Characters that are met more or less often than their standing says.
_OWN_LEVEL = {"marwitz": 1.4, "haorui": 0.3}
#: Standard deviation of the log attention among the others: habit, and who lives near.
_ATTENTION_SPREAD = 0.6


def standing(roster: pd.DataFrame, history: pd.DataFrame) -> dict[int, np.ndarray]:
    """Return, for each year with a CRM, every account's standing: a place in `RATES`.

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_roster
    >>> from kamlab.data.demo.ownership import build_history
    >>> roster, _ = assemble_roster(1, 30)
    >>> revenue = pd.DataFrame(0.0, index=roster.index, columns=range(2022, 2026))
    >>> sorted(standing(roster, build_history(roster, revenue)))
    [2023, 2024, 2025]
    """
    flags = history[history["attribute"] == "key_account_flag"]
    managed = roster["kam_id"].str.startswith("K").to_numpy()
    usual = np.where(managed, MANAGED, SMALL)
    found = {}
    for year in EFFORT_INDEX:
        day = pd.Timestamp(year, 2, 1)
        holds = (flags["valid_from"] <= day) & ~(flags["valid_to"] < day)
        keys = flags.loc[holds & (flags["value"] == "true"), "account_id"]
        found[year] = np.where(roster["account_id"].isin(keys), KEY, usual)
    return found


def weekly_contacts(
    roster: pd.DataFrame, history: pd.DataFrame, seed: int
) -> dict[str, np.ndarray]:
    """Return how many contacts of each type every account may expect in every week.

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
    dict of str to numpy.ndarray
        By type: one row for each account, one column for each week of the data.
    """
    level = _level(roster) * _attention(roster, seed)[:, None]
    standings = standing(roster, history)
    years = _years_of_weeks()
    place = np.full(level.shape, SMALL)
    for year, found in standings.items():
        place[:, years == year] = found[:, None]
    expected = {}
    for name, rates in RATES.items():
        own = _own_factor(roster, name)[:, None]
        weeks = np.diff(WEEK_EDGES) / 365.25
        expected[name] = np.array(rates)[place] * level * own * weeks
    return expected


def _years_of_weeks() -> np.ndarray:
    middles = np.datetime64(FIRST_DAY) + (WEEK_EDGES[:-1] + 3).astype("timedelta64[D]")
    return middles.astype("datetime64[Y]").astype(np.int64) + 1970


def _level(roster: pd.DataFrame) -> np.ndarray:
    """Return the level of contacts by week: season, presence, year, programme."""
    by_area = seasons()
    season = np.array([by_area[area] for area in roster["currency"]])
    begins, ends = presence(roster)
    starts = WEEK_EDGES[:-1]
    there = (starts >= begins[:, None] - 6) & (starts <= ends[:, None])
    effort = pd.Series(_years_of_weeks()).map(EFFORT_INDEX).fillna(0.0).to_numpy()
    member = roster["in_programme"].to_numpy()[:, None]
    extra = np.where(
        member & (starts >= day_number(PROGRAMME_FROM)), PROGRAMME_CONTACT, 1.0
    )
    return season * there * effort * extra


def presence(roster: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and last day on which each account is met.

    Contacts begin with the CRM or when the account is set up; they end some weeks after
    the account's last day of buying, at once where its number was replaced.

    Examples
    --------
    >>> roster = pd.DataFrame({
    ...     "created_on": [pd.Timestamp(2010, 1, 1)], "end_day": [9999],
    ...     "merged_into": [None],
    ... })
    >>> [int(day[0]) for day in presence(roster)]
    [373, 1460]
    """
    created = (roster["created_on"] - pd.Timestamp(FIRST_DAY)).dt.days.to_numpy()
    begins = np.maximum(created, day_number(CRM_STARTS))
    after = np.where(roster["merged_into"].isna(), _DAYS_AFTER, 0)
    return begins, np.minimum(roster["end_day"].to_numpy() + after, N_DAYS - 1)


def _attention(roster: pd.DataFrame, seed: int) -> np.ndarray:
    """Return how much of the usual attention each account gets, 1 on average."""
    spread = _ATTENTION_SPREAD
    noise = stream(seed, "attention").normal(-(spread**2) / 2, spread, len(roster))
    ordinary = (roster["character"] == "").to_numpy()
    told = roster["character"].map(_OWN_LEVEL).fillna(1.0).to_numpy()
    drawn = np.exp(noise)
    return np.where(ordinary, drawn / drawn[ordinary].mean(), told)


def _own_factor(roster: pd.DataFrame, name: str) -> np.ndarray:
    factor = np.ones(len(roster))
    kind = roster["kind"].to_numpy()
    if name == "training":
        factor[kind == DISTRIBUTOR] *= _TRAINING_FOR_DISTRIBUTORS
    if name == "meeting":
        factor[kind == PROJECT] *= _MEETINGS_FOR_PROJECTS
    return factor

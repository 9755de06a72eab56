"""Opportunities: what was quoted since the CRM began, and whether it was won.

The more rivals quote, the seldomer we win. The competitor that came to East China in
2024 is one rival more there.
"""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.kinds import CATEGORIES, KINDS, MACHINE_BUILDER, PROJECT
from kamlab.data.demo.places import EAST_CHINA
from kamlab.data.demo.story import (
    COMPETITOR_FROM,
    CRM_STARTS,
    FULL_SIZE,
    N_DAYS,
    day_number,
    weekday_before,
)
from kamlab.data.demo.streams import stream

#: Chance that a quotation is won, by the number of rivals that quote.
WIN_RATES = {0: 0.65, 1: 0.46, 2: 0.33, 3: 0.22, 4: 0.14}
_RIVAL_SHARES = (0.22, 0.30, 0.27, 0.15, 0.06)
#: Opportunities a year at 300 accounts.
A_YEAR = 260
#: How much oftener accounts of a kind ask for offers, against a plant operator.
_WEIGHTS = {PROJECT: 3.0, MACHINE_BUILDER: 2.0}
_USUAL_AMOUNT, _AMOUNT_SPREAD = 34_000.0, 0.9
_LARGEST_AMOUNT = 900_000.0
_TENDER_SHARE = 0.12
RIVALS = ("Hartwig Antriebe", "Lindqvist Drives", "Moretti Riduttori", "Kaicheng 凯澄")
#: The project at Lienz: asked for, offered, won, ordered and accepted; its amount.
LIENZ = (
    date(2023, 9, 18),
    date(2023, 11, 20),
    date(2024, 1, 19),
    date(2024, 2, 5),
    date(2024, 11, 29),
)
LIENZ_AMOUNT = 1_900_000.0


def draw_opportunities(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return every opportunity with the days of its stages and its end.

    Parameters
    ----------
    roster : pandas.DataFrame
        The registered accounts; only those that buy are asked for offers.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        ``account`` (row of `roster`), ``category``, ``amount`` (EUR), ``rivals``,
        ``tender``, ``won`` and the days ``created_day``, ``quoted_day``,
        ``closed_day``, ``ordered_day`` and ``accepted_day``, as the future has them.

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_roster
    >>> found = draw_opportunities(assemble_roster(1, 30)[0], seed=1)
    >>> bool((found["quoted_day"] >= found["created_day"]).all())
    True
    """
    rng = stream(seed, "opportunities")
    found = _asked(roster, rng)
    n, account = len(found), found["account"].to_numpy()
    found = found.assign(
        category=_categories(roster["kind"].to_numpy()[account], rng),
        amount=_amounts(roster["size"].to_numpy()[account], rng),
        tender=rng.random(n) < _TENDER_SHARE,
        rivals=_rivals(roster, found, rng),
    )
    chance = found["rivals"].map(WIN_RATES).to_numpy()
    return _with_days(found.assign(won=rng.random(n) < chance), rng)


def _asked(roster: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw who asks and when; larger accounts more often, and only while they buy."""
    first = day_number(CRM_STARTS)
    years = (N_DAYS - first) / 365.25
    count = round(A_YEAR * years * len(roster) / FULL_SIZE)
    weight = roster["kind"].map(_WEIGHTS).fillna(1.0) * roster["size"] ** 0.4
    account = rng.choice(len(roster), 2 * count, p=weight / weight.sum())
    day = weekday_before(rng.integers(first + 4, N_DAYS, 2 * count))
    begins = roster["start_day"].to_numpy()[account]
    ends = roster["end_day"].to_numpy()[account]
    found = pd.DataFrame({"account": account, "created_day": day})
    buys = (day > begins) & ((ends >= N_DAYS) | (day < ends - 60))
    # Lienz has one project, which `lienz_project` tells.
    buys &= roster["character"].to_numpy()[account] != "seilwerk"
    return found[buys].head(count).reset_index(drop=True)


def _categories(kind: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw what is asked for by the mix of each kind; nobody asks for spare parts."""
    drawn = rng.random(len(kind))
    category = np.empty(len(kind), dtype=object)
    names = [name for name in CATEGORIES if name != "spare parts"]
    for each, told in KINDS.items():
        mix = np.array([told.mix[CATEGORIES.index(name)] for name in names])
        place = np.searchsorted(np.cumsum(mix / mix.sum())[:-1], drawn, side="right")
        here = kind == each
        category[here] = np.array(names, dtype=object)[place[here]]
    return category


def _amounts(size: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw amounts that grow with the account, in round hundreds."""
    usual = _USUAL_AMOUNT * (size / 2e5) ** 0.4
    drawn = usual * np.exp(rng.normal(0, _AMOUNT_SPREAD, len(size)))
    most = np.minimum(0.8 * size, _LARGEST_AMOUNT)
    return np.maximum(np.minimum(drawn, most).round(-2), 500.0)


def _rivals(
    roster: pd.DataFrame, found: pd.DataFrame, rng: np.random.Generator
) -> np.ndarray:
    """Draw how many others quote; one more in East China since the competitor came."""
    rivals = rng.choice(len(_RIVAL_SHARES), len(found), p=_RIVAL_SHARES)
    region = roster["region"].to_numpy()[found["account"]]
    late = found["created_day"].to_numpy() >= day_number(COMPETITOR_FROM)
    return np.minimum(rivals + ((region == EAST_CHINA) & late), max(WIN_RATES))


def _with_days(found: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add the days of offer, end, order and acceptance; larger ones take longer."""
    n = len(found)
    slow = np.clip((found["amount"] / _USUAL_AMOUNT) ** 0.25, 0.6, 2.5).to_numpy()
    quoted = found["created_day"] + 2 + np.floor(rng.gamma(2.0, 6.0, n) * slow)
    closed = quoted + 7 + np.floor(rng.gamma(2.0, 22.0, n) * slow)
    ordered = closed + np.floor(rng.exponential(6.0, n))
    accepted = ordered + 14 + np.floor(rng.gamma(2.0, 25.0, n) * slow)
    days = {"quoted_day": quoted, "closed_day": closed}
    days |= {"ordered_day": ordered, "accepted_day": accepted}
    whole = {name: day.astype("int64").to_numpy() for name, day in days.items()}
    return found.assign(**{n: weekday_before(day) for n, day in whole.items()})


def lienz_project(roster: pd.DataFrame) -> pd.DataFrame:
    """Return the opportunity that became Lienz's project, in the same columns.

    Examples
    --------
    >>> lienz_project(pd.DataFrame({"character": ["seilwerk"]}))["won"].tolist()
    [True]
    """
    names = ["created_day", "quoted_day", "closed_day", "ordered_day", "accepted_day"]
    days = {n: [day_number(day)] for n, day in zip(names, LIENZ, strict=True)}
    told = {
        "account": roster.index[roster["character"] == "seilwerk"],
        "category": "linear guides",
        "amount": LIENZ_AMOUNT * len(roster) / FULL_SIZE,
        "tender": True,
        "rivals": 2,
        "won": True,
    }
    return pd.DataFrame(told | days)

"""Gearboxes that go elsewhere: after the shortage, and at Kovostav in silence.

Two quarters after the shortage of 2022 some accounts buy most of their gearboxes from
others, and their total falls. Kovostav's gearboxes fade from 2025 on while it buys more
of everything else, so that its total tells nothing.
"""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.kinds import CATEGORIES
from kamlab.data.demo.story import GEARBOX_LOSSES_FROM, LAST_DAY, day_number
from kamlab.data.demo.streams import stream

GEARBOXES = CATEGORIES.index("gearboxes")
#: Share of the accounts with many gearboxes that turn to others after the shortage.
TURNED_SHARE = 0.16
#: Share of their gearbox lines that is gone.
TURNED_LINES = 0.65
KOVOSTAV_FADES_FROM = date(2025, 1, 1)
#: Share of Kovostav's gearbox lines that is gone by the end of the data.
KOVOSTAV_GONE = 0.95


def draw_turned(roster: pd.DataFrame, mix: np.ndarray, seed: int) -> pd.DataFrame:
    """Mark the ordinary accounts that turn to others for gearboxes in spring 2023."""
    rng = stream(seed, "gearbox losses")
    starts = day_number(GEARBOX_LOSSES_FROM)
    there = (roster["start_day"] < 0) & (roster["end_day"] > starts + 270)
    ordinary = there & (roster["character"] == "") & ~roster["is_key"]
    many = ordinary & (mix[:, GEARBOXES] > 0.15)
    turned = many & (rng.random(len(roster)) < TURNED_SHARE)
    return roster.assign(turned=turned)


def lose_gearboxes(
    lines: pd.DataFrame, roster: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return the lines without the gearboxes that the turned accounts buy elsewhere.

    Examples
    --------
    >>> roster = pd.DataFrame({"turned": [False]})
    >>> lines = pd.DataFrame({"account": [0], "day": [900], "category": [GEARBOXES]})
    >>> len(lose_gearboxes(lines, roster, seed=1))
    1
    """
    rng = stream(seed, "gearbox lines")
    turned = roster["turned"].to_numpy()[lines["account"]]
    late = lines["day"] >= day_number(GEARBOX_LOSSES_FROM)
    gone = turned & late & (lines["category"] == GEARBOXES)
    gone &= rng.random(len(lines)) < TURNED_LINES
    return lines[~gone].reset_index(drop=True)


def fade_kovostav(
    lines: pd.DataFrame, roster: pd.DataFrame, mix: np.ndarray, seed: int
) -> pd.DataFrame:
    """Turn more and more of Kovostav's gearbox lines into lines of other categories."""
    rng = stream(seed, "kovostav")
    row = roster.index[roster["character"] == "kovostav"][0]
    starts, ends = day_number(KOVOSTAV_FADES_FROM), day_number(LAST_DAY)
    done = np.clip((lines["day"] - starts + 45) / (ends - starts) * 1.2, 0, 1)
    fading = (lines["day"] >= starts) & (rng.random(len(lines)) < KOVOSTAV_GONE * done)
    fading &= (lines["account"] == row) & (lines["category"] == GEARBOXES)
    others = np.where(np.arange(len(CATEGORIES)) == GEARBOXES, 0.0, mix[row])
    instead = rng.choice(len(CATEGORIES), int(fading.sum()), p=others / others.sum())
    category = lines["category"].to_numpy(copy=True)
    category[fading.to_numpy()] = instead
    return lines.assign(category=category)

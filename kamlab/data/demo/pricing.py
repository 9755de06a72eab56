"""What accounts pay: list prices, discounts, and how much of a price rise stuck."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.story import (
    PRICE_LIST_2025,
    PRICE_RISES,
    PRICE_STUCK,
    YEARS,
    day_number,
)
from kamlab.data.demo.streams import stream

#: Marwitz's net prices change by this much each January.
MARWITZ_PRICE_CHANGE = -0.03
#: What the decoy account that got a price cut pays less from January 2025.
PRICE_CUT = -0.06
#: How far accounts lie apart in what stuck, at most, around the average.
_STUCK_SPREAD = 0.015
#: Unit costs of each year against those of 2025.
COST_INDEX = {2022: 0.94, 2023: 0.965, 2024: 0.985, 2025: 1.0}


def list_factor(day: np.ndarray) -> np.ndarray:
    """Return the price list's level on each day, 1 at the start of 2022.

    Examples
    --------
    >>> list_factor(np.array([0, day_number(date(2023, 4, 1))]))
    array([1.  , 1.04])
    """
    factor = np.ones(len(day))
    for since, rise in PRICE_RISES.items():
        factor *= np.where(day >= day_number(since), 1 + rise, 1.0)
    return factor


def cost_factor(day: np.ndarray) -> np.ndarray:
    """Return the level of unit costs on each day, 1 in 2025.

    Examples
    --------
    >>> cost_factor(np.array([0, 1460]))
    array([0.94, 1.  ])
    """
    starts = [day_number(date(year, 1, 1)) for year in YEARS]
    levels = np.array([COST_INDEX[year] for year in YEARS])
    return levels[np.searchsorted(starts, day, side="right") - 1]


def draw_stuck(roster: pd.DataFrame, seed: int) -> dict[date, np.ndarray]:
    """Return, for each price rise, how much of it each account accepted.

    The average, weighted by the accounts' size, is the planted figure; Marwitz and
    the account with the price cut have arrangements of their own and stand apart.

    Examples
    --------
    >>> roster = pd.DataFrame({"character": ["", ""], "size": [1.0, 1.0]})
    >>> round(float(draw_stuck(roster, seed=1)[date(2023, 4, 1)].mean()), 3)
    0.021
    """
    rng = stream(seed, "price rises")
    own = roster["character"].isin(["marwitz", "price_cut"]).to_numpy()
    weight = np.where(own, 0.0, roster["size"])
    stuck = {}
    for since, average in PRICE_STUCK.items():
        around = rng.uniform(-1, 1, len(roster)) * _STUCK_SPREAD
        around -= (around * weight).sum() / weight.sum()
        stuck[since] = np.where(own, 0.0, average + around)
    return stuck


def net_factor(
    roster: pd.DataFrame,
    stuck: dict[date, np.ndarray],
    account: np.ndarray,
    day: np.ndarray,
) -> np.ndarray:
    """Return the level of each line's net prices, 1 at the start of 2022.

    Parameters
    ----------
    roster : pandas.DataFrame
        Tells which account is which character.
    stuck : dict of date to numpy.ndarray
        What each account accepted of each rise.
    account, day : numpy.ndarray
        The lines' accounts (rows of the roster) and day numbers.

    Examples
    --------
    >>> roster = pd.DataFrame({"character": ["marwitz"]})
    >>> net_factor(roster, {}, np.array([0]), np.array([1460])).round(3)
    array([0.913])
    """
    factor = np.ones(len(day))
    for since, accepted in stuck.items():
        factor *= np.where(day >= day_number(since), 1 + accepted[account], 1.0)
    character = roster["character"].to_numpy()[account]
    januaries = [day_number(date(year, 1, 1)) for year in YEARS[1:]]
    years = np.searchsorted(januaries, day, side="right")
    yearly = (1 + MARWITZ_PRICE_CHANGE) ** years
    factor = np.where(character == "marwitz", yearly, factor)
    cut = (character == "price_cut") & (day >= day_number(PRICE_LIST_2025))
    return np.where(cut, factor * (1 + PRICE_CUT), factor)


def price_lines(
    lines: pd.DataFrame, roster: pd.DataFrame, products: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Add list price, net price and discount of a unit to every line.

    Prices are whole cents. ``discount_pct`` is the share off the list price of the
    day, so that it grows when a rise of the list did not stick.
    """
    account, day = lines["account"].to_numpy(), lines["day"].to_numpy()
    base = products["list_2022"].to_numpy()[lines["product"]]
    list_cents = np.round(100 * base * list_factor(day)).astype(np.int64)
    kept = 1 - roster["discount"].to_numpy()[account]
    level = net_factor(roster, draw_stuck(roster, seed), account, day)
    net_cents = np.maximum(np.round(100 * base * kept * level), 1).astype(np.int64)
    return lines.assign(
        list_cents=list_cents,
        unit_cents=net_cents,
        discount_pct=np.round(np.maximum(1 - net_cents / list_cents, 0), 4),
    )

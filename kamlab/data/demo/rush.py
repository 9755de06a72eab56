"""Which orders are to leave at once: breakdown spares, and nearly all of Wetterau."""

import numpy as np
import pandas as pd

from kamlab.data.contract import PURCHASES
from kamlab.data.demo.kinds import (
    DISTRIBUTOR,
    MACHINE_BUILDER,
    PLANT_OPERATOR,
    PROJECT,
    WORKSHOP,
)
from kamlab.data.demo.story import year_of
from kamlab.data.demo.streams import stream

#: Share of the orders of each kind that were rush orders in 2024.
RUSH_SHARES = {
    MACHINE_BUILDER: 0.015,
    PLANT_OPERATOR: 0.055,
    DISTRIBUTOR: 0.02,
    PROJECT: 0.01,
    WORKSHOP: 0.03,
}
#: Rush orders grow more common: each year against 2024.
RUSH_INDEX = {2022: 0.7, 2023: 0.85, 2024: 1.0, 2025: 1.15}
WETTERAU_RUSH_SHARE = 0.92


def mark_rush(lines: pd.DataFrame, roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Add ``rush``: whether a line's order was to leave on the same or the next day.

    An order is in a rush as a whole; returns, credits and rebates are neither.

    Parameters
    ----------
    lines : pandas.DataFrame
        All lines of the extract.
    roster : pandas.DataFrame
        The accounts.
    seed : int
        The portfolio's seed.

    Examples
    --------
    >>> roster = pd.DataFrame({"kind": ["workshop"], "character": ["wetterau"]})
    >>> lines = pd.DataFrame({
    ...     "order_id": ["1", "1", "R1"], "account": 0, "day": 5,
    ...     "line_type": ["sale", "sale", "return"],
    ... })
    >>> mark_rush(lines, roster, seed=1)["rush"].tolist()
    [True, True, <NA>]
    """
    orders, which = np.unique(lines["order_id"], return_inverse=True)
    drawn = stream(seed, "rush orders").random(len(orders))[which]
    account = lines["account"].to_numpy()
    year = pd.Series(year_of(lines["day"].to_numpy())).map(RUSH_INDEX).to_numpy()
    chance = roster["kind"].map(RUSH_SHARES).to_numpy()[account] * year
    wetterau = (roster["character"] == "wetterau").to_numpy()[account]
    rush = drawn < np.where(wetterau, WETTERAU_RUSH_SHARE, chance)
    bought = lines["line_type"].isin(PURCHASES).to_numpy()
    marked = pd.Series(rush, index=lines.index, dtype="boolean").where(bought)
    return lines.assign(rush=marked)

"""What it costs to bring goods to an account: carriers, express parcels, customs."""

import numpy as np
import pandas as pd

from kamlab.data.contract import PURCHASES
from kamlab.data.demo.kinds import CATEGORIES
from kamlab.data.demo.story import year_of
from kamlab.data.demo.streams import stream

#: Carriers' charge in 2025, by region: EUR an order, and share of its value.
FREIGHT = {
    "DACH": (36.0, 0.023),
    "Rest of Europe": (55.0, 0.030),
    "East China": (40.0, 0.027),
    "South China": (46.0, 0.029),
    "North America": (50.0, 0.029),
}
#: The express parcel of a rush order instead: EUR an order, and share of its value.
RUSH_FREIGHT = (29.0, 0.022)
#: Carriers' charges of each year against 2025.
FREIGHT_INDEX = {2022: 0.85, 2023: 0.91, 2024: 0.95, 2025: 1.0}
#: Customs and papers, as a share of the value, where goods cross a border for it.
CUSTOMS = {"East China": 0.008, "South China": 0.008, "North America": 0.009}
_SERVICE = CATEGORIES.index("service")


def freight_costs(lines: pd.DataFrame, roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return each account's bills: freight by the month, customs by the quarter.

    Parameters
    ----------
    lines : pandas.DataFrame
        All lines of the extract, with ``rush``.
    roster : pandas.DataFrame
        The accounts.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        ``account`` (row of the roster), ``date``, ``kind`` and ``amount`` in EUR.

    Examples
    --------
    >>> roster = pd.DataFrame({"region": ["DACH"]})
    >>> lines = pd.DataFrame({
    ...     "order_id": ["1"], "account": 0, "day": 3, "category": 0, "rush": False,
    ...     "line_type": "sale", "net_cents": 100_000,
    ... })
    >>> freight_costs(lines, roster, seed=1)["kind"].tolist()
    ['freight']
    """
    orders = _shipments(lines, roster)
    rush = orders["rush"].to_numpy(dtype=bool)
    usual = orders["region"].map(FREIGHT)
    each, share = (np.array([pair[i] for pair in usual]) for i in (0, 1))
    each = np.where(rush, RUSH_FREIGHT[0], each)
    share = np.where(rush, RUSH_FREIGHT[1], share)
    index = orders["year"].map(FREIGHT_INDEX)
    noise = np.exp(stream(seed, "freight").normal(-0.02, 0.2, len(orders)))
    bills = orders.assign(
        kind=np.where(rush, "rush_freight", "freight"),
        amount=(each + share * orders["value"]) * index * noise,
    )
    customs = orders.assign(
        kind="customs", amount=orders["value"] * orders["region"].map(CUSTOMS)
    )
    customs = customs[customs["region"].isin(CUSTOMS)]
    return pd.concat([_billed(bills, "M"), _billed(customs, "Q")], ignore_index=True)


def _shipments(lines: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each order with goods: account, day, value in EUR, rush."""
    goods = lines[lines["line_type"].isin(PURCHASES) & (lines["category"] != _SERVICE)]
    orders = goods.groupby("order_id", as_index=False).agg(
        account=("account", "first"),
        day=("day", "first"),
        rush=("rush", "first"),
        cents=("net_cents", "sum"),
    )
    return orders.assign(
        value=orders["cents"] / 100,
        year=year_of(orders["day"].to_numpy()),
        region=roster["region"].to_numpy()[orders["account"]],
    )


def _billed(costs: pd.DataFrame, period: str) -> pd.DataFrame:
    """Sum costs into one bill for each account, kind and month or quarter."""
    date = pd.to_datetime("2022-01-01") + pd.to_timedelta(costs["day"], unit="D")
    ends = date.dt.to_period(period).dt.end_time.dt.normalize()
    keys = ["date", "account", "kind"]
    return costs.assign(date=ends).groupby(keys, as_index=False)["amount"].sum()

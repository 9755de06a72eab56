"""The table of costs booked on accounts, some of them weeks late."""

import numpy as np
import pandas as pd

from kamlab.data.demo.engineering import engineering_costs, warranty_costs
from kamlab.data.demo.freight import freight_costs
from kamlab.data.demo.recovery import COMPLAINT_ON
from kamlab.data.demo.story import FULL_SIZE, LAST_DAY
from kamlab.data.demo.streams import stream

#: Share of the bills that are booked late, and the longest delay in days.
LATE_SHARE, LONGEST_DELAY = 0.2, 25
#: What Hallenbeck's complaint cost: the batch was replaced at once, EUR.
HALLENBECK_CLAIM = 14_800.0


def build_account_costs(
    lines: pd.DataFrame, roster: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return every cost booked on one account, in order of its day.

    Bills that came after the end of the data are not in the extract.

    Parameters
    ----------
    lines : pandas.DataFrame
        All lines of the extract, with ``rush``.
    roster : pandas.DataFrame
        The accounts.
    seed : int
        The portfolio's seed.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> costs = generate(seed=1, accounts=30).tables["account_costs"]
    >>> sorted(costs["kind"].unique())
    ['customs', 'engineering', 'freight', 'rush_freight', 'warranty']
    """
    parts = [
        freight_costs(lines, roster, seed),
        engineering_costs(lines, roster, seed),
        warranty_costs(lines, seed),
        _hallenbeck(roster),
    ]
    costs = pd.concat(parts, ignore_index=True)
    costs["date"] = pd.to_datetime(costs["date"]).astype("datetime64[us]")
    costs["amount"] = costs["amount"].round(2)
    costs = costs[costs["amount"] > 0]
    costs = _post(costs, stream(seed, "late bills"))
    costs["account_id"] = roster["account_id"].to_numpy()[costs["account"]]
    keys = ["date", "account_id", "kind", "order_id"]
    costs = costs.sort_values(keys, ignore_index=True, na_position="first")
    costs["cost_id"] = [f"X{number:06d}" for number in costs.index + 1]
    return costs[
        ["cost_id", "account_id", "date", "posted_on", "kind", "amount", "order_id"]
    ]


def _hallenbeck(roster: pd.DataFrame) -> pd.DataFrame:
    """Return what the replacement of Hallenbeck's faulty batch cost."""
    row = roster.index[roster["character"] == "hallenbeck"]
    amount = HALLENBECK_CLAIM * len(roster) / FULL_SIZE
    claim = {"account": row, "date": pd.Timestamp(COMPLAINT_ON)}
    return pd.DataFrame(claim | {"kind": "warranty", "amount": amount})


def _post(costs: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add the day of booking to late bills, and drop what came after the extract."""
    late = rng.random(len(costs)) < LATE_SHARE
    delay = pd.to_timedelta(rng.integers(3, LONGEST_DELAY + 1, len(costs)), unit="D")
    posted = (costs["date"] + delay).where(late)
    return costs.assign(posted_on=posted)[~(posted > pd.Timestamp(LAST_DAY))]

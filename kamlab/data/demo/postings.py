"""Late postings: lines booked days or weeks after they were ordered."""

import numpy as np
import pandas as pd

from kamlab.data.demo.story import FIRST_DAY, N_DAYS, as_days
from kamlab.data.demo.streams import stream

#: Share of orders booked late, usually and in the last days of a quarter.
LATE_SHARE, LATE_SHARE_AT_QUARTER_END = 0.03, 0.22
_QUARTER_END_DAYS = 8
LONGEST_DELAY = 21


def post(lines: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Add the day on which each line was booked, where that is later than its order.

    Orders are booked as a whole. Lines that were not booked by the end of the data are
    not in the extract and are dropped, together with what refers to them.

    Examples
    --------
    >>> lines = pd.DataFrame({
    ...     "order_id": ["1"], "ref_order_id": [None], "day": [9],
    ...     "line_type": ["rebate"], "posted_day": [2000.0],
    ... })
    >>> len(post(lines, seed=1))
    0
    """
    rng = stream(seed, "postings")
    orders, which = np.unique(lines["order_id"], return_inverse=True)
    drawn = rng.random(len(orders))[which]
    delay = np.minimum(1 + rng.exponential(6, len(orders)), LONGEST_DELAY)[which]
    day = lines["day"].to_numpy()
    chance = np.where(_at_quarter_end(day), LATE_SHARE_AT_QUARTER_END, LATE_SHARE)
    is_order = lines["line_type"].isin(["sale", "service"]).to_numpy()
    late = is_order & (drawn < chance)
    posted = lines["posted_day"].where(~late, day + np.floor(delay))
    lines = lines.assign(posted_day=posted)
    missing = lines.loc[posted >= N_DAYS, "order_id"]
    booked = ~lines["order_id"].isin(missing) & ~lines["ref_order_id"].isin(missing)
    return lines[booked].reset_index(drop=True)


def _at_quarter_end(day: np.ndarray) -> np.ndarray:
    """Tell which days are among the last of their quarter."""
    today = np.datetime64(FIRST_DAY) + as_days(day)
    month = today.astype("datetime64[M]").astype(np.int64)
    next_quarter = (
        ((month // 3 + 1) * 3).astype("datetime64[M]").astype("datetime64[D]")
    )
    return (next_quarter - today).astype(np.int64) <= _QUARTER_END_DAYS

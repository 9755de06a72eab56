"""On which days accounts order: regular re-ordering with Erlang gaps."""

import numpy as np
import pandas as pd

from kamlab.data.demo.seasons import WEEK_EDGES
from kamlab.data.demo.story import weekday_before
from kamlab.data.demo.streams import stream

DAYS_A_YEAR = 365.25


def draw_orders(roster: pd.DataFrame, levels: np.ndarray, seed: int) -> pd.DataFrame:
    """Return every order's account and day.

    The gap between two orders of an account is Erlang distributed with the account's
    own shape and mean, in a time that runs faster when its level of ordering is high
    and stands still while it does not buy.

    Parameters
    ----------
    roster : pandas.DataFrame
        With ``orders_per_year``, ``erlang_k``, ``start_day`` and ``end_day``.
    levels : numpy.ndarray
        Level of ordering, one row for each account, one column for each week.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        ``account`` (row of the roster) and ``day``, sorted by day and account.

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_roster
    >>> roster, mix = assemble_roster(1, 30)
    >>> from kamlab.data.demo.seasons import weekly_levels
    >>> orders = draw_orders(roster, weekly_levels(roster), seed=1)
    >>> list(orders), orders["day"].is_monotonic_increasing
    (['account', 'day'], True)
    """
    rng = stream(seed, "order gaps")
    clock = np.zeros((len(roster), len(WEEK_EDGES)))
    clock[:, 1:] = np.cumsum(levels * np.diff(WEEK_EDGES), axis=1)
    account, moment = _renewals(roster, clock[:, -1], rng)
    day = _calendar_time(account, moment, clock)
    first = np.maximum(roster["start_day"].to_numpy(), 0)[account]
    last = np.minimum(roster["end_day"].to_numpy(), WEEK_EDGES[-1] - 1)[account]
    day = weekday_before(np.clip(day.astype(np.int64), first, last))
    orders = pd.DataFrame({"account": account, "day": day})
    return orders.sort_values(["day", "account"], ignore_index=True, kind="stable")


def _renewals(
    roster: pd.DataFrame, length: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return the account and the moment, on the account's own clock, of each order."""
    gap = (DAYS_A_YEAR / roster["orders_per_year"]).to_numpy()
    expected = length / gap
    counts = np.ceil(expected + 6 * np.sqrt(expected) + 12).astype(np.int64)
    account = np.repeat(np.arange(len(roster)), counts)
    shape = roster["erlang_k"].to_numpy()[account]
    gaps = rng.standard_gamma(shape) / shape * gap[account]
    starts = np.cumsum(counts) - counts
    # Old accounts are met in the middle of a gap, new ones with their first order.
    new = roster["start_day"].to_numpy() >= 0
    first = gaps[starts] * np.where(new, 0.0, rng.random(len(roster)))
    gaps[starts] = np.minimum(first, length / 2)  # nobody is lost without an order
    total = np.cumsum(gaps)
    moment = total - np.repeat(total[starts] - gaps[starts], counts)
    inside = moment < length[account]
    return account[inside], moment[inside]


def _calendar_time(
    account: np.ndarray, moment: np.ndarray, clock: np.ndarray
) -> np.ndarray:
    """Turn moments of the accounts' own clocks into days, all accounts at once."""
    apart = clock[:, -1].max() + 1.0
    offset = np.arange(len(clock)) * apart
    known = (clock + offset[:, None]).ravel()
    span = WEEK_EDGES[-1]
    days = (WEEK_EDGES + np.arange(len(clock))[:, None] * span).ravel()
    return np.interp(moment + offset[account], known, days) - account * span

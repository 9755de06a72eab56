"""How accounts pay: terms by region, days late by habit, and what is in dispute."""

import numpy as np
import pandas as pd

from kamlab.data.demo.story import FULL_SIZE
from kamlab.data.demo.streams import stream

#: Days until an invoice is due, by region; key accounts have more.
TERMS = {
    "DACH": 30,
    "Rest of Europe": 45,
    "East China": 60,
    "South China": 60,
    "North America": 30,
}
KEY_ACCOUNT_TERMS = 45
#: How many days after the due day Lianhan pays, on average.
LIANHAN_DAYS_LATE = 140
_LIANHAN_SPREAD = 7.0
#: All others pay within this many days, unless they dispute the invoice.
LONGEST_USUAL_DELAY = 30
#: Chance that an invoice is disputed; large ones are cleared sooner.
DISPUTE_CHANCE = 0.11
_LARGE_INVOICE = 40_000_00
_DISPUTE_DAYS = (35.0, 35.0)


def payment_terms(roster: pd.DataFrame) -> np.ndarray:
    """Return the days until an invoice of each account is due.

    Examples
    --------
    >>> roster = pd.DataFrame({"region": ["DACH", "DACH"], "is_key": [False, True]})
    >>> payment_terms(roster)
    array([30, 45])
    """
    usual = roster["region"].map(TERMS).to_numpy()
    return np.where(roster["is_key"], np.maximum(usual, KEY_ACCOUNT_TERMS), usual)


def draw_days_late(
    invoices: pd.DataFrame, roster: pd.DataFrame, seed: int
) -> np.ndarray:
    """Return how many days after the due day each invoice is paid.

    Parameters
    ----------
    invoices : pandas.DataFrame
        ``account`` (row of `roster`) and ``cents``.
    roster : pandas.DataFrame
        The registered accounts.
    seed : int
        The portfolio's seed.

    Examples
    --------
    >>> roster = pd.DataFrame({"character": ["lianhan", ""]})
    >>> invoices = pd.DataFrame({"account": [0] * 400, "cents": 100})
    >>> bool(abs(draw_days_late(invoices, roster, seed=1).mean() - 140) < 2)
    True
    """
    rng = stream(seed, "payments")
    account, n = invoices["account"].to_numpy(), len(invoices)
    habit = rng.gamma(1.2, 6.0, len(roster))
    late = np.clip(rng.normal(habit[account], 4.0), 0, LONGEST_USUAL_DELAY)
    size = invoices["cents"].to_numpy() * FULL_SIZE / len(roster)
    chance = DISPUTE_CHANCE * np.minimum(_LARGE_INVOICE / np.maximum(size, 1), 1)
    disputed = rng.random(n) < chance
    shortest, usual = _DISPUTE_DAYS
    late = np.where(disputed, shortest + rng.exponential(usual, n), late)
    told = (roster["character"] == "lianhan").to_numpy()[account]
    lianhan = rng.normal(LIANHAN_DAYS_LATE, _LIANHAN_SPREAD, n)
    return np.round(np.where(told, lianhan, late)).astype(np.int64)

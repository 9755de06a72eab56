"""Do intervals cover as often as they say, for books of 100 to 1,000 accounts?"""

from functools import cache

import numpy as np
import pandas as pd
import pytest

from kamlab.value.lifetime.beta_geometric import BetaGeoNBD
from kamlab.value.lifetime.intervals import bootstrap

TRUTH = BetaGeoNBD().with_parameters(r=0.8, alpha=6, a=0.9, b=3)
JUDGED = pd.Series({"r": 0.8, "alpha": 6.0, "a/(a+b)": 0.9 / 3.9})


def covered(n: int, seed: int, repetitions: int, horizon: str = "52W") -> dict:
    """Make up a book and its next year, and say which intervals held the truth."""
    rng = np.random.default_rng(seed)
    book = TRUTH.simulate(rng.uniform(30, 80, n), rng)
    counts = book["frequency"], book["recency"], book["T"]
    came = TRUTH.simulate_future("52W", *counts, random_state=rng)
    model = BetaGeoNBD().fit(*counts)
    found = bootstrap(model, *counts, horizon, repetitions, random_state=rng)
    limits = found.parameter_intervals().loc[JUDGED.index]
    inside = limits["low"].le(JUDGED) & limits["high"].ge(JUDGED)
    # Where one cannot tell there is no interval to judge.
    hits = inside.astype(float).where(limits["low"].notna()).to_dict()
    total, accounts = found.total(), found.accounts
    hits["orders"] = float(total.low <= came.sum() <= total.high)
    hits["accounts"] = came.between(accounts["low"], accounts["high"]).mean()
    return hits


@cache
def block(n: int, first: int) -> pd.DataFrame:
    """Return the hits of 100 books."""
    return pd.DataFrame([covered(n, seed, 60) for seed in range(first, first + 100)])


def test_intervals_of_fifty_books_cover_about_as_often_as_they_say():
    hits = pd.DataFrame([covered(60, seed, 20) for seed in range(50)]).mean()
    # Of 50 intervals that cover with 95 %, 42 or fewer do in 3 cases of 100.
    assert (hits > 0.84).all()
    assert hits["accounts"] > 0.93


def test_intervals_for_half_a_year_do_not_cover_a_whole_one():
    hits = [covered(100, seed, 20, horizon="20W")["orders"] for seed in range(6)]
    assert np.mean(hits) < 0.5


@pytest.mark.slow
@pytest.mark.parametrize("first", range(1000, 1500, 100))
@pytest.mark.parametrize("n", [100, 300, 1000])
def test_intervals_of_a_hundred_books_cover(n, first):
    hits = block(n, first).mean()
    assert (hits > 0.88).all()


@pytest.mark.slow
@pytest.mark.parametrize("n", [100, 300, 1000])
def test_intervals_of_five_hundred_books_cover_93_to_97_percent(n):
    blocks = [block(n, first) for first in range(1000, 1500, 100)]
    hits = pd.concat(blocks).mean()
    # Chance alone moves a share of 500 by one point: it may lie that far outside.
    assert hits.drop("accounts").between(0.92, 0.98).all(), hits.round(3).to_dict()
    # Orders are whole numbers: an account's interval covers a little more often.
    assert 0.95 <= hits["accounts"] <= 0.99

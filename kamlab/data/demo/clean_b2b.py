"""A small plain portfolio for tests of estimators: regular re-ordering, no story.

Every account orders one line at a time with Erlang gaps of one common shape; its mean
gap is log-normal, its line values are gamma, and it is lost at one constant rate. No
season, no growth, no prices.
"""

import numpy as np
import pandas as pd

from kamlab.data.demo.company import DemoCompany
from kamlab.data.demo.story import LAST_DAY, N_DAYS, dates_of, day_of
from kamlab.data.demo.streams import stream
from kamlab.data.demo.truth import plain
from kamlab.data.folder import Description

ERLANG_K = 3
MEAN_GAP, GAP_SPREAD = 40.0, 0.5
LOSS_RATE = 0.10
VALUE_SHAPE, MEAN_VALUE, VALUE_SPREAD = 4.0, 5_000.0, 0.8


def generate_clean_b2b(seed: int, accounts: int) -> DemoCompany:
    """Return the plain portfolio with its accounts, orders and truth.

    Parameters
    ----------
    seed : int
        Everything follows from it.
    accounts : int
        Number of accounts.

    Examples
    --------
    >>> company = generate_clean_b2b(1, 30)
    >>> company.truth["erlang_k"], len(company.tables["accounts"])
    (3, 30)
    """
    traits = _traits(stream(seed, "clean accounts"), accounts)
    orders = _orders(traits, stream(seed, "clean orders"))
    master = pd.DataFrame(
        {
            "account_id": traits["account_id"],
            "account_name": [f"Customer {n + 1}" for n in range(accounts)],
            "account_type": "organisation",
            "created_on": dates_of(traits["first_day"].to_numpy()),
        }
    )
    description = Description("Clean B2B", "EUR", LAST_DAY)
    tables = {"orders": orders, "accounts": master}
    return DemoCompany(tables, description, _truth(traits, seed))


def _traits(rng: np.random.Generator, accounts: int) -> pd.DataFrame:
    """Draw first and last day, mean gap and mean value of every account."""
    first = rng.integers(0, N_DAYS // 2, accounts)
    life = rng.exponential(365.25 / LOSS_RATE, accounts)
    spread = rng.normal(-(GAP_SPREAD**2) / 2, GAP_SPREAD, accounts)
    value = rng.normal(-(VALUE_SPREAD**2) / 2, VALUE_SPREAD, accounts)
    return pd.DataFrame(
        {
            "account_id": [f"B{n + 1:05d}" for n in range(accounts)],
            "first_day": first,
            "last_day": np.floor(first + life).astype(np.int64),
            "mean_gap": MEAN_GAP * np.exp(spread),
            "mean_value": MEAN_VALUE * np.exp(value),
        }
    )


def _orders(traits: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw orders from each account's first day to its last."""
    span = np.minimum(traits["last_day"], N_DAYS - 1) - traits["first_day"]
    expected = (span / traits["mean_gap"]).to_numpy()
    count = np.ceil(expected + 6 * np.sqrt(expected) + 12).astype(np.int64)
    account = np.repeat(np.arange(len(traits)), count)
    gap = rng.standard_gamma(ERLANG_K, len(account)) / ERLANG_K
    gap *= traits["mean_gap"].to_numpy()[account]
    starts = np.cumsum(count) - count
    gap[starts] = 0.0
    total = np.cumsum(gap)
    since_first = total - total[starts][account]
    inside = since_first <= span.to_numpy()[account]
    account, since_first = account[inside], since_first[inside]
    day = traits["first_day"].to_numpy()[account] + np.floor(since_first)
    value = rng.standard_gamma(VALUE_SHAPE, len(account)) / VALUE_SHAPE
    cents = np.round(100 * value * traits["mean_value"].to_numpy()[account])
    lines = pd.DataFrame(
        {
            "account_id": traits["account_id"].to_numpy()[account],
            "order_date": dates_of(day),
            "net_amount": np.maximum(cents, 1) / 100,
        }
    ).sort_values(["order_date", "account_id"], ignore_index=True, kind="stable")
    lines.insert(0, "order_id", [f"{n + 1:07d}" for n in lines.index])
    return lines.assign(line_type="sale", line_id="1")


def _truth(traits: pd.DataFrame, seed: int) -> dict[str, object]:
    lost = traits[traits["last_day"] < N_DAYS]
    gaps = dict(zip(traits["account_id"], traits["mean_gap"], strict=True))
    left = {row.account_id: day_of(row.last_day) for row in lost.itertuples()}
    return plain(
        {
            "preset": "clean_b2b",
            "seed": seed,
            "accounts": len(traits),
            "erlang_k": ERLANG_K,
            "mean_gap": gaps,
            "loss_rate_a_year": LOSS_RATE,
            "value_shape": VALUE_SHAPE,
            "losses": left,
        }
    )

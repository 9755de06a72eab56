"""The account master, as of the extract."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.characters import MERGED
from kamlab.data.demo.kinds import (
    DISTRIBUTOR,
    MACHINE_BUILDER,
    PLANT_OPERATOR,
    PROJECT,
    WORKSHOP,
)
from kamlab.data.demo.story import dates_of, day_number
from kamlab.data.demo.streams import stream

#: Employees of the usual account of each kind.
_EMPLOYEES = {
    MACHINE_BUILDER: 320,
    PLANT_OPERATOR: 480,
    DISTRIBUTOR: 90,
    PROJECT: 260,
    WORKSHOP: 18,
}
_CHANNELS = ("offline", "referral", "tender", "online", "agent")
_CHANNEL_SHARES = (0.40, 0.22, 0.16, 0.12, 0.10)
_POSITIONS = ("leader", "challenger", "follower", "niche")
_POSITION_SHARES = (0.12, 0.26, 0.40, 0.22)
RUBRICS = (
    "strategic_fit",
    "innovation_score",
    "brand_influence",
    "cooperation_intent",
)


def register(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Give every account the day it was set up and a number, older ones lower numbers.

    Adds ``created_on``, ``account_id``, ``parent_id``, ``merged_into`` and
    ``merged_on``.

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_roster
    >>> roster, mix = assemble_roster(1, 30)
    >>> roster.sort_values("created_on")["account_id"].is_monotonic_increasing
    True
    """
    rng = stream(seed, "register")
    oldest, newest = day_number(date(2004, 3, 1)), day_number(date(2021, 10, 31))
    long_ago = rng.integers(oldest, newest, len(roster))
    before = roster["start_day"].to_numpy() - rng.integers(5, 40, len(roster))
    created = np.where(roster["start_day"] >= 0, np.maximum(before, newest), long_ago)
    numbers = 10_000 + np.cumsum(rng.integers(1, 7, len(roster)))
    place = np.argsort(np.argsort(created, kind="stable"), kind="stable")
    ids = pd.Series([f"A{number}" for number in numbers[place]], dtype="str")
    head = roster["head"].to_numpy()
    roster = roster.assign(
        created_on=pd.to_datetime(dates_of(created)),
        account_id=ids,
        parent_id=ids.reindex(np.where(head >= 0, head, -1)).to_numpy(),
    )
    return _merge_numbers(roster)


def _merge_numbers(roster: pd.DataFrame) -> pd.DataFrame:
    """Point replaced customer numbers to the one that replaced them."""
    roster = roster.assign(merged_into=None, merged_on=pd.NaT)
    row_of = {key: row for row, key in roster["character"].items() if key}
    for old, (new, since) in MERGED.items():
        roster.loc[row_of[old], "merged_into"] = roster["account_id"][row_of[new]]
        roster.loc[row_of[old], "merged_on"] = pd.Timestamp(since)
    return roster


def build_accounts(
    roster: pd.DataFrame, history: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return the table of accounts with the values of the extract.

    Parameters
    ----------
    roster : pandas.DataFrame
        The registered accounts.
    history : pandas.DataFrame
        The table account_history, from which the current values come.
    seed : int
        The portfolio's seed.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> accounts = generate(seed=1, accounts=30).tables["accounts"]
    >>> sorted(accounts["currency"].unique())
    ['CNY', 'EUR', 'USD']
    """
    current = history[history["valid_to"].isna()]
    current = current.pivot_table(
        index="account_id", columns="attribute", values="value", aggfunc="last"
    )
    described = _described(roster, stream(seed, "firmographics"))
    accounts = described.merge(
        current[["tier", "service_level", "kam_id", "key_account_flag"]],
        left_on="account_id",
        right_index=True,
        how="left",
    )
    flag = accounts["key_account_flag"].map({"true": True, "false": False})
    accounts = accounts.assign(key_account_flag=flag.astype(bool))
    return accounts.sort_values("account_id", ignore_index=True)


def _described(roster: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Return the facts about each account as a company."""
    n = len(roster)
    kept = ["account_id", "account_name", "created_on", "parent_id", "merged_into"]
    kept += ["kind", "industry", "region", "country", "currency"]
    usual = roster["kind"].map(_EMPLOYEES) * (roster["size"] / 2e5) ** 0.35
    employees = np.maximum(np.round(usual * np.exp(rng.normal(0, 0.6, n))), 2)
    per_head = 185_000 * np.exp(rng.normal(0, 0.3, n))
    drawn = {
        "size_employees": employees.astype(np.int64),
        "annual_revenue": np.round(employees * per_head, -4),
        "industry_position": rng.choice(_POSITIONS, n, p=_POSITION_SHARES),
        "acquisition_channel": rng.choice(_CHANNELS, n, p=_CHANNEL_SHARES),
        "consent_flag": rng.random(n) < 0.72,
    }
    size_score = np.log10(roster["size"].clip(lower=1e4)) - 4
    for rubric in RUBRICS:
        score = np.round(1.6 + 1.0 * size_score + rng.normal(0, 0.9, n))
        drawn[rubric] = score.clip(1, 5).astype(np.int64)
    return roster[kept].assign(account_type="organisation", **drawn)

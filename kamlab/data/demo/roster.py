"""Who the accounts are: how many of each kind, how large, how often they order."""

import numpy as np
import pandas as pd
from scipy.special import ndtri

from kamlab.data.demo.characters import Character, cast
from kamlab.data.demo.kinds import DISTRIBUTOR, KINDS, MACHINE_BUILDER, PROJECT
from kamlab.data.demo.story import (
    FULL_SIZE,
    N_DAYS,
    REVENUE_2025,
    YEARS,
    day_number,
)
from kamlab.data.demo.streams import stream

#: The large accounts besides Marwitz: net revenue of 2025 at 300 accounts, EUR.
ANCHORS = {
    MACHINE_BUILDER: (3.4e6, 3.0e6, 1.6e6, 1.35e6, 1.15e6),
    DISTRIBUTOR: (1.9e6, 1.45e6),
}
#: No ordinary account is planned larger, so that Wetterau stays among the top 15.
LARGEST_ORDINARY = 700_000.0
#: Share of the ordinary accounts' full size that is left after losses and arrivals.
_ALIVE_IN_2025 = 0.78


def counts_of_kinds(accounts: int) -> dict[str, int]:
    """Return how many accounts of each kind a portfolio of this size has.

    Examples
    --------
    >>> counts_of_kinds(300)["machine builder"], sum(counts_of_kinds(30).values())
    (36, 30)
    """
    cast_by_kind = pd.Series([each.kind for each in cast()]).value_counts()
    needed = {kind: int(cast_by_kind.get(kind, 0)) for kind in KINDS}
    counts = {
        name: max(round(kind.account_share * accounts), needed[name])
        for name, kind in KINDS.items()
    }
    for _ in range(abs(sum(counts.values()) - accounts)):
        slack = {name: counts[name] - needed[name] for name in counts}
        loosest = max(slack, key=lambda name: slack[name])
        counts[loosest] -= 1 if sum(counts.values()) > accounts else -1
    return counts


def build_roster(seed: int, accounts: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Return one row for each account, and each account's mix of categories.

    Parameters
    ----------
    seed : int
        The portfolio's seed.
    accounts : int
        Accounts in the master.

    Returns
    -------
    roster : pandas.DataFrame
        Rows in story order: characters, large accounts, ordinary accounts. Money is
        EUR a year; ``plan_2022`` to ``plan_2025`` hold planned revenue, or NaN.
    mix : numpy.ndarray
        One row for each account, one column for each category, rows sum to 1.

    Examples
    --------
    >>> roster, mix = build_roster(1, 300)
    >>> len(roster), mix.shape
    (300, (300, 6))
    """
    scale = accounts / FULL_SIZE
    counts = counts_of_kinds(accounts)
    planned = [_character_row(each, scale) for each in cast()]
    rows = pd.DataFrame(planned)
    for kind, count in counts.items():
        rest = count - int((rows["kind"] == kind).sum())
        rows = pd.concat([rows, _rest_of_kind(kind, rest, scale, rows, seed)])
    roster = rows.reset_index(drop=True)
    return roster, _mixes(roster, stream(seed, "category mix"))


def _character_row(each: Character, scale: float) -> dict[str, object]:
    """Return the roster's row of one account of the story."""
    row = {
        "character": each.key,
        "account_name": each.name,
        "kind": each.kind,
        "country": each.country,
        "region": each.region,
        "industry": each.industry,
        "size": max(each.revenue) * scale,
        "orders_per_year": each.orders * (scale if each.orders > 100 else 1),
        "lines_per_order": each.lines,
        "erlang_k": each.erlang_k,
        "discount": each.discount,
        "growth": 0.0,
        "start_day": day_number(each.start) if each.start else -1,
        "end_day": day_number(each.end) if each.end else N_DAYS,
        "may_be_key": each.key_account,
        "steady": each.steady,
    }
    plan = {f"plan_{year}": each.revenue[i] * scale for i, year in enumerate(YEARS)}
    return row | plan


def _rest_of_kind(
    kind: str, count: int, scale: float, planned: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return the accounts of a kind that are no characters: anchors, then ordinary."""
    anchors = ANCHORS.get(kind, ())[: count // 4]
    full = KINDS[kind].revenue_share * REVENUE_2025 * scale
    told = planned.loc[planned["kind"] == kind, "plan_2025"].sum()
    target = max(full - told - sum(anchors) * scale, 0.05 * full)
    rng = stream(seed, f"roster {kind}")
    sizes = _ordinary_sizes(KINDS[kind].spread, count - len(anchors), target, rng)
    sizes = np.concatenate([np.array(anchors) * scale, sizes])
    rows = _behaviour(kind, sizes, rng)
    rows["character"] = [f"anchor {kind}"] * len(anchors) + [""] * (
        count - len(anchors)
    )
    return rows


def _ordinary_sizes(
    spread: float, count: int, target: float, rng: np.random.Generator
) -> np.ndarray:
    """Return log-normal sizes that sum to the target once losses have taken theirs."""
    if count == 0:
        return np.array([])
    quantiles = (np.arange(count) + rng.uniform(0.25, 0.75, count)) / count
    sizes = np.exp(spread * ndtri(quantiles))
    for _ in range(3):
        sizes *= target / _ALIVE_IN_2025 / sizes.sum()
        sizes = np.minimum(sizes, LARGEST_ORDINARY)
    return rng.permutation(sizes)


def _behaviour(kind: str, sizes: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Return how accounts of a kind buy; larger ones order more often."""
    told, n = KINDS[kind], len(sizes)
    rank = sizes.argsort().argsort() / max(n - 1, 1)
    place = 0.6 * rank + 0.4 * rng.random(n)
    lowest, highest = told.orders
    low_discount, high_discount = told.discount
    return pd.DataFrame(
        {
            "kind": kind,
            "size": sizes,
            "orders_per_year": lowest * (highest / lowest) ** place,
            "lines_per_order": rng.uniform(*told.lines, n),
            "erlang_k": rng.integers(2, 5, n),
            "discount": low_discount + (high_discount - low_discount) * place,
            "growth": rng.normal(0.0, 0.05, n),
            "steady": 0.0,
            "start_day": -1,
            "end_day": N_DAYS,
            "may_be_key": kind != PROJECT,
        }
    )


def _mixes(roster: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Return every account's share of each category, around what its kind buys."""
    usual = np.array([KINDS[kind].mix for kind in roster["kind"]])
    drawn = rng.standard_gamma(np.maximum(usual, 1e-3) * 12)
    drawn = np.where(usual > 0, drawn, 0.0)
    own = {each.key: each.mix for each in cast() if each.mix}
    for key, mix in own.items():
        drawn[roster.index[roster["character"] == key]] = mix
    return drawn / drawn.sum(axis=1, keepdims=True)

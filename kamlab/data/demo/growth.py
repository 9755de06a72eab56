"""How revenue grows: plans of the large accounts, trends of the others, and totals."""

import numpy as np
import pandas as pd

from kamlab.data.demo.kinds import DISTRIBUTOR, KINDS
from kamlab.data.demo.story import (
    FULL_SIZE,
    KEY_GROWTH,
    KEY_GROWTH_FROM,
    REVENUE_2025,
    YEAR_INDEX,
    YEARS,
    day_number,
    quarter_of,
    year_of,
)
from kamlab.data.demo.streams import stream

#: Year-end rebate of the average distributor, share of the year's net sales.
REBATE = 0.027
_MIDDLE_OF_2025 = 3.5 * 365.25
#: How near the quarters of large accounts come to a quarter of the year, 0 to 1.
_LARGE_STEADY = 0.6
#: In smaller portfolios the characters leave no room for the story's shares.
_FEWEST_TO_SCALE = 100


def plan_large(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Plan the revenue of each large account for each year, along its trend.

    Large are the anchors and the key accounts that stay. They buy on frame contracts,
    so their years and quarters swing less than a few orders would make them.

    Parameters
    ----------
    roster : pandas.DataFrame
        With key accounts and lives.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        With ``large``, and with ``plan_2022`` to ``plan_2025`` and ``steady`` for
        those accounts.

    Examples
    --------
    >>> from kamlab.data.demo.lives import choose_key_accounts, live
    >>> from kamlab.data.demo.roster import build_roster
    >>> roster = live(choose_key_accounts(build_roster(1, 300)[0]), 1)
    >>> bool(plan_large(roster, 1)["large"].sum() > 20)
    True
    """
    rng = stream(seed, "large accounts")
    large = (roster["is_key"] & (roster["character"] == "")) & ~roster["lost"]
    large |= roster["character"].str.startswith("anchor")
    own = roster["growth"].where(~large, roster["growth"] / 2)
    steady = roster["steady"].where(~large, _LARGE_STEADY)
    roster = roster.assign(large=large, growth=own, steady=steady)
    for year in YEARS:
        noise = rng.normal(1.0, 0.03, len(roster))
        middle = np.full(len(roster), _MIDDLE_OF_2025 + 365.25 * (year - 2025))
        path = roster["size"] * trend(roster, roster.index.to_numpy(), middle) * noise
        roster[f"plan_{year}"] = roster[f"plan_{year}"].where(~large, path)
    return roster


def trend(roster: pd.DataFrame, account: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Return the level of each line by its account's growth, 1 in mid-2025.

    Every account has a trend of its own; key accounts share a faster one that sets in
    later.

    Examples
    --------
    >>> roster = pd.DataFrame({"growth": [0.0], "is_key": [False]})
    >>> trend(roster, np.array([0]), np.array([100]))
    array([1.])
    """
    years = (day - _MIDDLE_OF_2025) / 365.25
    since = (day_number(KEY_GROWTH_FROM) - _MIDDLE_OF_2025) / 365.25
    key_years = np.maximum(years, since) * roster["is_key"].to_numpy()[account]
    own = roster["growth"].to_numpy()[account]
    return np.exp(own * years + KEY_GROWTH * key_years)


def kept_share(kind: np.ndarray, year: np.ndarray) -> np.ndarray:
    """Return the share of gross revenue left after returns, credits and rebates.

    The rebates of 2025 are booked in January 2026, after the extract.

    Examples
    --------
    >>> kept = kept_share(np.array(["distributor"] * 2), np.array([2024, 2025]))
    >>> [round(float(share), 3) for share in kept]
    [0.96, 0.987]
    """
    shares = {name: each.deductions for name, each in KINDS.items()}
    taken = pd.Series(kind).map(shares).to_numpy(dtype=float)
    not_yet = (np.asarray(kind) == DISTRIBUTOR) & (year == YEARS[-1])
    return 1 - taken + np.where(not_yet, REBATE, 0.0)


def meet_plans(
    lines: pd.DataFrame, roster: pd.DataFrame, planned: pd.Series
) -> pd.DataFrame:
    """Scale the lines of planned accounts so that each year meets its plan.

    Steady accounts are drawn towards a quarter of the plan in each quarter first, so
    that large ones do not swing as a few orders would make them.

    Parameters
    ----------
    lines : pandas.DataFrame
        ``account``, ``day`` and ``value`` (EUR, gross).
    roster : pandas.DataFrame
        With ``plan_2022`` to ``plan_2025``, net revenue, and ``steady``: 0 leaves the
        quarters alone, 1 makes them meet the plan.
    planned : pandas.Series of bool
        Which rows of the roster are to meet their plans.

    Examples
    --------
    >>> plans = {f"plan_{year}": [40.0] for year in YEARS}
    >>> roster = pd.DataFrame(plans | {"kind": ["workshop"], "steady": [0.0]})
    >>> lines = pd.DataFrame({"account": [0, 0], "day": [10, 20], "value": [1.0, 3.0]})
    >>> met = meet_plans(lines, roster, pd.Series([True]))
    >>> round(float(met["value"].sum()), 2)  # gross of returns and credits
    40.53
    """
    account = lines["account"].to_numpy()
    year = year_of(lines["day"].to_numpy())
    kept = kept_share(roster["kind"].to_numpy()[account], year)
    plans = roster[[f"plan_{each}" for each in YEARS]].to_numpy()
    wanted = plans[account, year - YEARS[0]]
    quarter = quarter_of(lines["day"].to_numpy())
    reached = (lines["value"] * kept).groupby([account, year, quarter]).transform("sum")
    steady = roster["steady"].to_numpy()[account]
    value = lines["value"] * (wanted / 4 / reached) ** steady
    value *= wanted / (value * kept).groupby([account, year]).transform("sum")
    return lines.assign(value=value.where(planned.to_numpy()[account], lines["value"]))


def meet_totals(lines: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """Scale the ordinary accounts so that kinds and years come out as the story says.

    For each kind one factor brings its share of the last year; then one trend for each
    kind brings its share of the first year, and a factor for each year the growth of
    the whole. Planned accounts stay as they are, so that key accounts remain comparable
    among each other. With fewer than 100 accounts nothing is scaled.
    """
    if len(roster) < _FEWEST_TO_SCALE:
        return lines
    account, day = lines["account"].to_numpy(), lines["day"].to_numpy()
    kind = roster["kind"].to_numpy()[account]
    year = year_of(day)
    free = roster["plan_2025"].isna().to_numpy()[account]
    kept = kept_share(kind, year)
    total = REVENUE_2025 * len(roster) / FULL_SIZE
    years = {each: index * total for each, index in YEAR_INDEX.items()}
    value = lines["value"].to_numpy(copy=True)
    last = year == YEARS[-1]
    for name, told in KINDS.items():
        here = kind == name
        target = told.revenue_share * total
        value[here & free] *= _factor(value * kept, here & last, free, target)
        first = here & (year == YEARS[0])
        target = told.first_share * years[YEARS[0]]
        tilt = _factor(value * kept, first, free, target)
        time = (day[here & free] - _MIDDLE_OF_2025) / 365.25
        value[here & free] *= tilt ** (-time / (YEARS[-1] - YEARS[0]))
    for each, target in years.items():
        here = year == each
        value[here & free] *= _factor(value * kept, here, free, target)
    return lines.assign(value=value)


def _factor(
    net: np.ndarray, here: np.ndarray, free: np.ndarray, target: float
) -> float:
    """Return what the free lines must be multiplied by to reach the target."""
    open_net = net[here & free].sum()
    wanted = target - net[here & ~free].sum()
    return float(wanted / open_net) if open_net > 0 else 1.0

"""Where accounts sit: region, country and the currency of their invoices."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.lives import alive_share
from kamlab.data.demo.story import (
    COMPETITOR_FROM,
    CURRENCY_SHARES,
    LAST_DAY,
    day_number,
)
from kamlab.data.demo.streams import stream

EAST_CHINA = "East China"
REGIONS_OF_CURRENCY = {
    "EUR": {"DACH": 0.68, "Rest of Europe": 0.32},
    "CNY": {EAST_CHINA: 0.6, "South China": 0.4},
    "USD": {"North America": 1.0},
}
CURRENCY_OF_REGION = {
    region: currency
    for currency, regions in REGIONS_OF_CURRENCY.items()
    for region in regions
}
COUNTRIES_OF_REGION = {
    "DACH": {"DE": 0.72, "AT": 0.16, "CH": 0.12},
    "Rest of Europe": {
        "CZ": 0.18,
        "IT": 0.26,
        "PL": 0.14,
        "FR": 0.18,
        "NL": 0.12,
        "SE": 0.12,
    },
    EAST_CHINA: {"CN": 1.0},
    "South China": {"CN": 1.0},
    "North America": {"US": 0.88, "CA": 0.12},
}
SALES_ORG_OF_CURRENCY = {"EUR": "DE01", "CNY": "CN01", "USD": "US01"}
#: Share of accounts lost after the competitor came that sat in its region.
_LOST_IN_EAST_CHINA = 0.3
#: What the competitor leaves of the revenue in China, East and South together.
_KEPT_IN_CHINA = 0.93


def place(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Give every account a currency, a region and a country.

    The largest are placed first, each with chances that follow what its currency
    still lacks, so that the shares of the story come out. Of the accounts
    lost after the competitor came to East China, many sat there.

    Parameters
    ----------
    roster : pandas.DataFrame
        With lives; ``region`` and ``country`` are kept where they are given.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        With ``region``, ``country`` and ``currency`` for every account.

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_roster
    >>> roster, mix = assemble_roster(1, 30)
    >>> sorted(roster["currency"].unique())
    ['CNY', 'EUR', 'USD']
    """
    rng = stream(seed, "places")
    currency = _currencies(roster, rng)
    region = _drawn(currency, REGIONS_OF_CURRENCY, rng)
    late = roster["lost"] & (roster["end_day"] >= day_number(COMPETITOR_FROM))
    taken = late & (rng.random(len(roster)) < _LOST_IN_EAST_CHINA)
    region = roster["region"].fillna(region.mask(taken, EAST_CHINA))
    country = roster["country"].fillna(_drawn(region, COUNTRIES_OF_REGION, rng))
    currency = region.map(CURRENCY_OF_REGION)
    return roster.assign(region=region, country=country, currency=currency)


def _currencies(roster: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Share out the currencies by the revenue that each still lacks."""
    revenue = _revenue_2025(roster)
    given = roster["region"].map(CURRENCY_OF_REGION)
    lacking = pd.Series(CURRENCY_SHARES) * revenue.sum()
    lacking = lacking - revenue.groupby(given).sum().reindex(
        lacking.index, fill_value=0
    )
    lacking = lacking.to_numpy(copy=True)
    gone = given.isna() & (revenue == 0)
    given = given.mask(gone, _by_share(gone, rng))
    open_places = revenue[given.isna()].sort_values(ascending=False, kind="stable")
    chosen = np.zeros(len(open_places), dtype=int)
    draws = rng.random(len(open_places))
    kept = [_KEPT_IN_CHINA if name == "CNY" else 1.0 for name in CURRENCY_SHARES]
    for i, amount in enumerate(open_places.to_numpy()):
        chance = (np.maximum(lacking, 1e-6) ** 2).cumsum()
        chosen[i] = np.searchsorted(chance, draws[i] * chance[-1])
        lacking[chosen[i]] -= amount * kept[chosen[i]]
    names = np.array(list(CURRENCY_SHARES))
    placed = pd.Series(names[chosen], index=open_places.index)
    return given.fillna(placed)


def _by_share(accounts: pd.Series, rng: np.random.Generator) -> np.ndarray:
    """Draw a currency by the story's shares alone, for accounts lost before 2025."""
    return rng.choice(
        list(CURRENCY_SHARES), len(accounts), p=list(CURRENCY_SHARES.values())
    )


def _revenue_2025(roster: pd.DataFrame) -> pd.Series:
    """Return what each account is expected to bring in 2025."""
    first, last = day_number(date(2025, 1, 1)), day_number(LAST_DAY)
    expected = roster["size"] * alive_share(roster, first, last)
    return roster["plan_2025"].fillna(expected)


def _drawn(
    given: pd.Series, shares: dict[str, dict[str, float]], rng: np.random.Generator
) -> pd.Series:
    """Draw a value for each account by the shares that hold for what it has."""
    draws = rng.random(len(given))
    result = pd.Series(index=given.index, dtype="str")
    for value, choices in shares.items():
        here = (given == value).to_numpy()
        bounds = np.cumsum(list(choices.values()))
        names = np.array(list(choices), dtype=object)
        result[here] = names[np.searchsorted(bounds[:-1], draws[here])]
    return result

"""The table of contracts: frame contracts of the machine builders, term by term."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.renewals import draw_terms
from kamlab.data.demo.story import (
    PRICE_LIST_2025,
    YEARS,
    dates_of,
    day_number,
    year_of,
)
from kamlab.data.demo.streams import stream

_CLAUSES = (
    "prices fixed for the term",
    "list price less an agreed discount",
    "steel index, adjusted every half year",
)
#: What the story tells of prices, and since when.
_TOLD_CLAUSES = {
    "marwitz": (date(2020, 1, 1), "3 % lower every year"),
    "price_cut": (PRICE_LIST_2025, "fixed, 6 % below the contract before"),
}
_EXCLUSIVE_SHARE = 0.1


def build_contracts(
    roster: pd.DataFrame, history: pd.DataFrame, revenue: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return every frame contract signed by the end of the data.

    Parameters
    ----------
    roster : pandas.DataFrame
        The registered accounts.
    history : pandas.DataFrame
        The table account_history, which tells tiers.
    revenue : pandas.DataFrame
        Net revenue, one row for each account, one column for each year.
    seed : int
        The portfolio's seed.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> contracts = generate(seed=1, accounts=30).tables["contracts"]
    >>> bool((contracts["signed_on"] <= contracts["start"]).all())
    True
    """
    terms = draw_terms(roster, history, seed)
    order = ["signed_day", "start_day", "account"]
    terms = terms.sort_values(order, ignore_index=True)
    rng = stream(seed, "contract clauses")
    account = terms["account"].to_numpy()
    key = roster["is_key"].to_numpy()[account]
    days = {"signed_on": "signed_day", "start": "start_day", "end": "end_day"}
    return pd.DataFrame(
        {
            "contract_id": [f"V{number:05d}" for number in terms.index + 1],
            "account_id": roster["account_id"].to_numpy()[account],
            **{name: dates_of(terms[day].to_numpy()) for name, day in days.items()},
            "term_months": terms["months"],
            "value": _values(terms, revenue, rng),
            "auto_renew": terms["auto_renew"],
            "notice_days": terms["notice_days"],
            "renewal_date": dates_of(terms["decided_day"].to_numpy()),
            "renewed": terms["renewed"],
            "price_clause": _clauses(terms, roster, rng),
            "exclusivity": (rng.random(len(roster)) < _EXCLUSIVE_SHARE)[account],
            "sla_tier": np.where(key, "premium", "standard"),
        }
    )


def _clauses(
    terms: pd.DataFrame, roster: pd.DataFrame, rng: np.random.Generator
) -> pd.Series:
    """Return what each contract says of prices: an account's clause stays."""
    clause = pd.Series(rng.choice(_CLAUSES, len(roster))[terms["account"]])
    character = roster["character"].to_numpy()[terms["account"]]
    for who, (since, told) in _TOLD_CLAUSES.items():
        here = (character == who) & (terms["start_day"] >= day_number(since))
        clause = clause.mask(here, told)
    return clause


def _values(
    terms: pd.DataFrame, revenue: pd.DataFrame, rng: np.random.Generator
) -> np.ndarray:
    """Return what is agreed for the whole term: near what the first year brings."""
    start = np.clip(terms["start_day"].to_numpy(), 0, None)
    column = np.minimum(year_of(start), YEARS[-1]) - YEARS[0]
    bought = revenue.to_numpy()[terms["account"]]
    best = bought.max(axis=1)
    a_year = np.maximum(bought[np.arange(len(terms)), column], best / 2)
    agreed = a_year * terms["months"] / 12 * rng.uniform(0.85, 1.1, len(terms))
    return np.maximum(agreed.round(-3).to_numpy(), 1000.0)

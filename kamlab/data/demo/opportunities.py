"""The table of opportunities, as the CRM has it at the end of the data."""

import numpy as np
import pandas as pd

from kamlab.data.demo.quotations import RIVALS, draw_opportunities, lienz_project
from kamlab.data.demo.story import N_DAYS, dates_of, year_of
from kamlab.data.demo.streams import stream

#: Our cost as a share of the price that we offer: mean and spread.
_COST_SHARE = (0.66, 0.05)
#: No account has more roles with a say.
MOST_ROLES = 6
#: How far the winner's price lay below ours where we lost, and above where we won.
_BELOW, _ABOVE = (0.02, 0.14), (0.00, 0.08)
#: Share of the closed ones whose best rival price became known, lost and won.
_PRICE_KNOWN = (0.6, 0.25)


def build_opportunities(roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return every opportunity with what is known of it when the extract is made.

    Parameters
    ----------
    roster : pandas.DataFrame
        The registered accounts.
    seed : int
        The portfolio's seed.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> opportunities = generate(seed=1, accounts=30).tables["opportunities"]
    >>> bool((opportunities["won"].isna() == opportunities["closed_on"].isna()).all())
    True
    """
    drawn = [draw_opportunities(roster, seed), lienz_project(roster)]
    found = pd.concat(drawn, ignore_index=True)
    found = found.sort_values(["created_day", "account"], ignore_index=True)
    rng = stream(seed, "quoted prices")
    account = found["account"].to_numpy()
    quoted, closed = (_reached(found, day) for day in ("quoted_day", "closed_day"))
    roles = 1 + rng.poisson(np.log10(found["amount"]).clip(3, 6) - 2.2)
    cost = found["amount"] * rng.normal(*_COST_SHARE, len(found))
    return pd.DataFrame(
        {
            "opp_id": _numbers(found["created_day"].to_numpy()),
            "account_id": roster["account_id"].to_numpy()[account],
            "created": dates_of(found["created_day"].to_numpy()),
            "category": found["category"],
            "amount": found["amount"].round(2),
            "tender": found["tender"].astype(bool),
            "dmu_roles": np.minimum(roles, MOST_ROLES),
            **_stages(found),
            "competitors": found["rivals"].astype("Int64").where(quoted),
            "bid_price": found["amount"].round(2).where(quoted),
            "cost_est": cost.round(2).where(quoted),
            "closed_on": _dates(found, "closed_day"),
            "won": found["won"].astype("boolean").where(closed),
            **_learnt(found, closed, roster["currency"].to_numpy()[account], rng),
        }
    )


def _reached(found: pd.DataFrame, day: str) -> pd.Series:
    return found[day] < N_DAYS


def _stages(found: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the day of every stage; only what was won comes to the last ones."""
    won = found["won"].astype(bool)
    return {
        "inquiry_on": _dates(found, "created_day"),
        "quotation_on": _dates(found, "quoted_day"),
        "contract_on": _dates(found[won], "closed_day").reindex(found.index),
        "order_on": _dates(found[won], "ordered_day").reindex(found.index),
        "acceptance_on": _dates(found[won], "accepted_day").reindex(found.index),
    }


def _dates(found: pd.DataFrame, day: str) -> pd.Series:
    """Return the days of a stage, none where it was not reached."""
    reached = found[day].where(_reached(found, day))
    return pd.Series(dates_of(reached.to_numpy(dtype=float)), index=found.index)


def _numbers(day: np.ndarray) -> list[str]:
    """Number opportunities within each year."""
    year = pd.Series(year_of(day))
    number = year.groupby(year).cumcount() + 1
    return [f"Q{y % 100}{n:05d}" for y, n in zip(year, number, strict=True)]


def _learnt(
    found: pd.DataFrame,
    closed: pd.Series,
    currency: np.ndarray,
    rng: np.random.Generator,
) -> dict[str, pd.Series]:
    """Return what was heard afterwards: the best price of the others, who won."""
    n, won = len(found), found["won"].astype(bool).to_numpy()
    against = closed.to_numpy() & (found["rivals"] > 0).to_numpy()
    gap = np.where(won, 1 + rng.uniform(*_ABOVE, n), 1 - rng.uniform(*_BELOW, n))
    known = against & (rng.random(n) < np.where(won, *_PRICE_KNOWN[::-1]))
    # The last of the rivals sells in China only.
    choice = np.where(currency == "CNY", len(RIVALS), len(RIVALS) - 1)
    drawn = np.floor(rng.random(n) * choice).astype(int)
    rival = pd.Series(np.array(RIVALS)[drawn], dtype="str")
    return {
        "best_rival_price": (found["amount"] * gap).round(2).where(known),
        "lost_to": rival.where(against & ~won),
    }

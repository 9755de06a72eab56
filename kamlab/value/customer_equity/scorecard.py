"""Three places of every account among all: spend ability, loyalty, latent profit.

Glossary
--------
spend ability (消费能力)
    What an account buys now.
loyalty (忠诚度)
    How surely it goes on buying.
latent profit (潜在利润)
    What it is worth from here on.
component
    Place among all accounts, 0 (the last) to 100 (the first).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.customer_equity.lifetime_values import LifetimeValues
from kamlab.value.customer_equity.purchases import PurchaseHistory
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.units import DAYS_A_YEAR, days_to_units

COMPONENTS = ("spend_ability", "loyalty", "latent_profit")
#: Everybody weighs these otherwise; equal weights hide that least.
WEIGHTS: Mapping[str, float] = MappingProxyType(dict.fromkeys(COMPONENTS, 1 / 3))


@dataclass(frozen=True, eq=False)
class Scorecard:
    """Components and score of every account, and how far the weights decide its place.

    Parameters
    ----------
    accounts : DataFrame
        By account: the components (0–100), ``score`` (0–100), ``place`` (1 is the
        best), ``best_place`` and ``worst_place`` (over all weights nearby). Best first.
    weights : dict of str to float
        Of the components; they sum to 1.
    left_out : tuple
        Accounts of which a component is not known.

    Examples
    --------
    >>> measures = pd.DataFrame(dict.fromkeys(COMPONENTS, [3, 1]), ["Adler", "Berg"])
    >>> value_scorecard(measures).accounts["place"].to_dict()
    {'Adler': 1, 'Berg': 2}
    """

    accounts: pd.DataFrame
    weights: dict[str, float]
    left_out: tuple[object, ...]


def scorecard_measures(
    values: LifetimeValues, history: PurchaseHistory
) -> pd.DataFrame:
    """Return what the three components of an account are measured by.

    Parameters
    ----------
    values : LifetimeValues
        From `lifetime_value`.
    history : PurchaseHistory
        Of the same accounts.

    Returns
    -------
    DataFrame
        By account: ``spend_ability`` (net revenue of its own year, money),
        ``loyalty`` (years it has kept ordering × probability to be a customer) and
        ``latent_profit`` (lifetime value, money).

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.customer_equity import lifetime_value, purchase_history
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     history = purchase_history(portfolio)
    >>> ahead = quarters_ahead(history.as_of, 0.1)
    >>> values = lifetime_value(history, ahead, model="BG/NBD", repetitions=20)
    >>> scorecard_measures(values, history).columns.tolist()
    ['spend_ability', 'loyalty', 'latent_profit']
    """
    accounts = history.accounts
    told = values.accounts.reindex(accounts.index)
    years = accounts["recency"] / days_to_units(DAYS_A_YEAR, history.unit)
    return pd.DataFrame(
        {
            "spend_ability": accounts["order_value"] * accounts["own_orders"],
            "loyalty": years * told["alive"],
            "latent_profit": told["value"],
        }
    )


def value_scorecard(
    measures: pd.DataFrame,
    weights: Mapping[str, float] = WEIGHTS,
    reach: float = 0.2,
) -> Scorecard:
    """Give every account three places among all, a score, and how sure its place is.

    Parameters
    ----------
    measures : DataFrame
        By account: ``spend_ability``, ``loyalty`` and ``latent_profit``, in any unit,
        more being better; from `scorecard_measures` or a company's own.
    weights : mapping of str to float
        Weight of each component; they are scaled to sum to 1.
    reach : float
        How far each weight may be from what is said, for the best and the worst place.

    Returns
    -------
    Scorecard

    Raises
    ------
    UsageError
        If a component or its weight is missing, or weights or reach cannot be.
    CannotTellError
        If fewer than two accounts have all components: values by the sheet of scenarios
        know nobody's probability to be a customer.

    Notes
    -----
    A component is (rank − 1) / (n − 1) × 100, ties sharing their mean rank. Best and
    worst place are those under any weights on a grid of steps of a tenth within
    `reach`: an account whose places lie far apart is placed by opinion.

    Examples
    --------
    >>> columns = {"spend_ability": [9, 5, 1], "loyalty": [2, 3, 1]}
    >>> columns["latent_profit"] = [7, 8, 3]
    >>> measures = pd.DataFrame(columns, index=["Adler", "Berg", "Cole"])
    >>> card = value_scorecard(measures)
    >>> card.accounts[["score", "place", "best_place", "worst_place"]].round(0)
           score  place  best_place  worst_place
    Berg    83.0      1           1            2
    Adler   67.0      2           1            2
    Cole     0.0      3           3            3
    """
    weight = _checked_weights(weights)
    missing = [name for name in COMPONENTS if name not in measures]
    if missing:
        raise UsageError(
            f"measures has no {missing[0]!r} (columns {list(measures.columns)}): give "
            f"{', '.join(COMPONENTS)}"
        )
    known = measures[list(COMPONENTS)].dropna()
    if len(known) < 2:
        counts = measures[list(COMPONENTS)].count()
        told = ", ".join(f"{name} of {counts[name]}" for name in COMPONENTS)
        raise CannotTellError(
            f"a place among others takes two accounts of which all is known; of "
            f"{len(measures)} the measures know {told}"
        )
    parts = (known.rank() - 1) / (len(known) - 1) * 100
    scores = parts.to_numpy() @ _nearby(weight, reach).T
    # Accounts that tie on paper have to tie in floating point.
    even = pd.DataFrame(scores.round(9), known.index)
    places = even.rank(ascending=False, method="min")
    score = parts @ weight
    accounts = parts.assign(
        score=score,
        place=places[0].astype(int),
        best_place=places.min(axis=1).astype(int),
        worst_place=places.max(axis=1).astype(int),
    )
    return Scorecard(
        accounts.sort_values("score", ascending=False, kind="stable"),
        dict(zip(COMPONENTS, weight.tolist(), strict=True)),
        tuple(measures.index.difference(known.index, sort=False)),
    )


def _checked_weights(weights: Mapping[str, float]) -> np.ndarray:
    given = np.array([weights.get(name, np.nan) for name in COMPONENTS], dtype=float)
    wrong = not np.isfinite(given).all() or (given < 0).any() or given.sum() == 0
    if wrong or len(weights) != len(COMPONENTS):
        raise UsageError(
            f"weights = {dict(weights)}: give {', '.join(COMPONENTS)} a weight of 0 or "
            "more each, not all 0"
        )
    return given / given.sum()


def _nearby(weight: np.ndarray, reach: float) -> np.ndarray:
    """Return the weights themselves, and all on a grid around them."""
    if not 0 <= reach <= 1:
        raise UsageError(f"reach = {reach!r}: give a share of weight, such as 0.2")
    steps = np.append(np.arange(0, reach, 0.1), reach)
    steps = np.unique(np.concatenate([-steps, steps]))
    moves = np.array([(x, y, -x - y) for x, y in product(steps, steps)])
    near = moves[np.abs(moves).max(axis=1) <= reach + 1e-9] + weight
    return np.vstack([weight, near[(near >= 0).all(axis=1)]])

"""Orders to come where kinds of accounts order differently, small kinds leaning on all.

Glossary
--------
group
    Industry, tier, or whatever splits a book into accounts that order alike.
"""

from copy import copy
from dataclasses import replace

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.customer_equity.fit_notes import ordering_notes
from kamlab.value.customer_equity.quarters import AheadQuarters
from kamlab.value.customer_equity.repeat_orders import (
    RepeatOrders,
    expected_by_quarter,
    repeat_orders,
)
from kamlab.value.lifetime.futures import FUTURES_EACH, tails
from kamlab.value.lifetime.groups import GroupedModel
from kamlab.value.lifetime.learning import RandomState, checked_seed
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.named_models import PURCHASE_MODELS, fitted_model
from kamlab.value.lifetime.uncertainty import drawn_factors
from kamlab.value.lifetime.units import DAYS_A_YEAR, days_to_units

#: Group of accounts that have none.
OTHERS = "others"
_ALIKE = "The groups order alike; one model serves all of them."


def grouped_orders(
    counts: pd.DataFrame,
    groups: pd.Series,
    quarters: AheadQuarters,
    unit: str = "W",
    model: str = "MBG/CNBD-k",
    repetitions: int = 100,
    level: float = 0.95,
    random_state: RandomState = 0,
) -> RepeatOrders:
    """Look ahead with a purchase model for each group, drawn to that of all accounts.

    Parameters
    ----------
    counts : DataFrame of shape (n_accounts, ≥ 3)
        Columns ``frequency``, ``recency``, ``T``; for MBG/CNBD-k ``log_gaps`` as well.
    groups : Series of str
        Group by account; who is not in it belongs to "others".
    quarters : AheadQuarters
        How far to look.
    unit : {"D", "W", "M", "Q"}
        Unit of recency and T.
    model : {"MBG/CNBD-k", "BG/NBD", "MBG/NBD", "Pareto/NBD"}
        The purchase model.
    repetitions : int
        Parameters drawn for the intervals, 20 or more.
    level : float
        Level of the intervals, as a share.
    random_state : int, Generator or None
        Seed.

    Returns
    -------
    RepeatOrders
        Its model is that of all accounts. Where the groups do not differ, the same as
        `repeat_orders`.

    Raises
    ------
    UsageError
        If an argument cannot be.
    CannotTellError
        If there is too little to learn from.

    Notes
    -----
    As `kamlab.value.lifetime.GroupedModel`. In each future the parameters of a group
    are drawn from their normal approximation around what was learnt, in the logarithms;
    how far groups lie apart is taken as known.

    References
    ----------
    Efron, B. and Morris, C. (1975). Data analysis using Stein's estimator and its
    generalizations. Journal of the American Statistical Association 70, 311–319.

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> from kamlab.value.lifetime import BetaGeoNBD
    >>> made = BetaGeoNBD().with_parameters(r=2, alpha=9, a=0.2, b=8)
    >>> counts = made.simulate(pd.Series(150.0, index=range(80)), random_state=1)
    >>> counts["groups"] = ["plant", "dealer"] * 40
    >>> ahead = quarters_ahead(date(2025, 12, 31), 0.1, 4)
    >>> book = counts, counts["groups"], ahead, "W", "BG/NBD", 20
    >>> grouped_orders(*book).by_quarter.shape
    (80, 4)
    """
    random_state = checked_seed(random_state)
    pooled = fitted_model(counts, unit, model)
    labels = _labels(groups, counts.index)
    triple = [counts[name] for name in ("frequency", "recency", "T")]
    given = {"log_gaps": counts["log_gaps"]} if hasattr(pooled, "k_") else {}
    grouped = GroupedModel(PURCHASE_MODELS[model](unit=unit))
    found = grouped.fit(*triple, groups=labels, **given)
    if found.spread_ == 0:
        told = (unit, model, repetitions, level, random_state)
        orders = repeat_orders(counts, quarters, *told)
        notes = (*orders.notes, *_others_note(labels), _ALIKE)
        return replace(orders, notes=notes)
    year = days_to_units(DAYS_A_YEAR, unit)
    horizon = float(days_to_units(float(quarters.days[-1]), unit))
    rng = np.random.default_rng((random_state, 3))
    in_year, in_all = (
        _futures(found, counts, labels, length, repetitions, rng)
        for length in (year, horizon)
    )
    expected = found.expected_orders(year, *triple, labels)
    low, high = np.quantile(in_year, tails(level), axis=0)
    return RepeatOrders(
        model=found.pooled_,
        alive=found.probability_alive(*triple, labels),
        year=pd.DataFrame({"expected": expected, "low": low, "high": high}),
        by_quarter=expected_by_quarter(
            lambda end: found.expected_orders(end, *triple, labels), quarters, unit
        ),
        futures=in_all,
        notes=(*ordering_notes(found.pooled_), *found.notes, *_others_note(labels)),
    )


def _labels(groups: pd.Series, accounts: pd.Index) -> pd.Series:
    """Return the group of every account."""
    if not isinstance(groups, pd.Series) or groups.index.has_duplicates:
        raise UsageError(
            f"groups = {type(groups).__name__}: give a Series, one group for each "
            "account, with the accounts as its index"
        )
    known = groups.reindex(accounts)
    if known.isna().all():
        raise UsageError(
            f"groups names {list(groups.index[:2])}, and none of the {len(accounts)} "
            f"accounts ({list(accounts[:2])}, …): give the accounts, or parents, that "
            "are valued as its index"
        )
    return known.astype(object).fillna(OTHERS).astype(str)


def _others_note(labels: pd.Series) -> tuple[str, ...]:
    """Say how many accounts have no group of their own."""
    without = int((labels == OTHERS).sum())
    if not without:
        return ()
    return (f"{without} of {len(labels)} accounts are in no group: {OTHERS}.",)


def _futures(
    found: GroupedModel,
    counts: pd.DataFrame,
    labels: pd.Series,
    horizon: float,
    repetitions: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """Draw futures of all accounts, group by group."""
    futures = np.empty((repetitions * FUTURES_EACH, len(counts)), dtype=np.int64)
    for group, rows in labels.groupby(labels).indices.items():
        model = found.models_[group]
        # Several futures of each set of parameters are drawn in one go.
        mine = np.tile(rows, FUTURES_EACH)
        triple = [counts[n].to_numpy()[mine] for n in ("frequency", "recency", "T")]
        drawn = [
            np.asarray(one.simulate_future(horizon, *triple, random_state=rng))
            for one in _drawn_models(model, repetitions, rng)
        ]
        shape = (repetitions * FUTURES_EACH, len(rows))
        futures[:, rows] = np.array(drawn).reshape(shape)
    return futures


def _drawn_models(
    model: PurchaseModel, repetitions: int, rng: np.random.Generator
) -> list[PurchaseModel]:
    """Return models with parameters that the group's accounts could have as well."""
    values = model.parameters_.to_numpy()
    logs = np.nan_to_num(model.covariance_.to_numpy() / np.outer(values, values))
    models = []
    for factor in drawn_factors(logs, repetitions, rng):
        other = copy(model)
        other.parameters_ = model.parameters_ * factor
        models.append(other)
    return models

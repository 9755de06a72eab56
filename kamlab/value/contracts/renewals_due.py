"""Contracts that come up for renewal: how many will renew, and what they bring.

Glossary
--------
due (到期)
    Comes to a renewal decision in the time looked at.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.estimates import Estimate, checked_draws, checked_level
from kamlab.value.contracts.renewal_model import RenewalModel
from kamlab.value.contracts.residual_lifetime import checked_periods


@dataclass(frozen=True, eq=False)
class DueRenewals:
    """Which contracts will probably renew, and how much that is together.

    Parameters
    ----------
    probability : Series of shape (n_contracts,)
        Chance of each to renew.
    total : Estimate
        Number of contracts, or amount of money, that renews; with an interval.

    Examples
    --------
    >>> DueRenewals(pd.Series({"V1": 0.9}), Estimate(0.9, 0, 1, 1)).total.value
    0.9
    """

    probability: pd.Series
    total: Estimate


def due_renewals(
    model: RenewalModel,
    period: pd.Series,
    amounts: pd.Series | None = None,
    *,
    level: float = 0.95,
    draws: int = 2000,
    random_state: int | np.random.Generator | None = None,
) -> DueRenewals:
    """Say how many of the contracts that are due will renew, with an interval.

    Parameters
    ----------
    model : RenewalModel
        Fitted, such as `ShiftedBetaGeometric`.
    period : Series of int, shape (n_contracts,)
        The period each is in, from 1 on, by contract or account: it has renewed
        ``period − 1`` times and decides next.
    amounts : Series of shape (n_contracts,), optional
        Money that each brings if it renews; by default contracts are counted.
    level : float
        Level of the interval, as a share.
    draws : int
        Futures that are drawn.
    random_state : int, Generator or None
        Seed.

    Returns
    -------
    DueRenewals
        The interval holds what is known badly (the parameters) and what is left to
        chance (who renews). Where the parameters were given, only the latter.

    Raises
    ------
    UsageError
        If the arguments name different contracts, or a value cannot be.

    Examples
    --------
    >>> from kamlab.value.contracts import ShiftedBetaGeometric
    >>> survivors = pd.Series([1000, 869, 743, 653, 593, 551, 517, 491])
    >>> model = ShiftedBetaGeometric().fit_cohorts(survivors)
    >>> due = due_renewals(model, pd.Series([1, 3] * 50), random_state=1)
    >>> print(due.total)
    87 (95 % interval 80 to 94, n = 100)
    """
    checked_level(level)
    checked_draws(draws)
    money = _checked_amounts(period, amounts)
    distinct, back = np.unique(checked_periods(period), return_inverse=True)
    renews = model.retention(distinct)[back]
    rng = np.random.default_rng(random_state)
    possible = model.drawn_retention(distinct, draws, rng)
    futures = (rng.random(len(money)) < chances[back] for chances in possible)
    sums = [money[renewed].sum() for renewed in futures]
    low, high = np.quantile(sums, [(1 - level) / 2, (1 + level) / 2])
    value, unit = float(renews @ money), "count" if amounts is None else "money"
    total = Estimate(
        value,
        min(float(low), value),
        max(float(high), value),
        len(money),
        level=level,
        unit=unit,
        method="drawn parameters and renewals",
    )
    probability = pd.Series(renews, period.index, name="probability")
    return DueRenewals(probability, total)


def _checked_amounts(period: ArrayLike, amounts: ArrayLike | None) -> np.ndarray:
    """Return what each contract brings: money, or one contract."""
    if not isinstance(period, pd.Series) or period.empty:
        raise UsageError(
            f"period = {period!r}: give a Series, one number for each contract"
        )
    if amounts is None:
        return np.ones(len(period))
    if not isinstance(amounts, pd.Series) or not amounts.index.equals(period.index):
        raise UsageError(
            "period and amounts name different contracts: give both as Series with "
            "one index in the same order"
        )
    money = pd.to_numeric(amounts, errors="coerce").to_numpy(dtype=float)
    if not np.isfinite(money).all():
        place = int(np.argmin(np.isfinite(money)))
        raise UsageError(
            f"amounts of {amounts.index[place]!r} = {money[place]}: give money"
        )
    return money

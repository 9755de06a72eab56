"""What a valuation tells: accounts with values, their sum, and what they rest on."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kamlab.estimates import Estimate
from kamlab.value.customer_equity.bound_accounts import RunningContracts
from kamlab.value.customer_equity.purchases import PurchaseHistory
from kamlab.value.customer_equity.quarters import AheadQuarters
from kamlab.value.customer_equity.repeat_orders import RepeatOrders
from kamlab.value.customer_equity.streams import ValueStreams
from kamlab.value.customer_equity.valued import COLUMNS, Valued, together
from kamlab.value.retention_scenarios import SCENARIOS

#: What a value rests on where no model could be fitted, or nothing is known.
SHEET, CANNOT_TELL = "sheet", "cannot tell"


@dataclass(frozen=True, eq=False)
class LifetimeValues:
    """Value of every account over the quarters ahead, and of all of them.

    Parameters
    ----------
    accounts : DataFrame
        By account: ``value``, ``low``, ``high`` (money of today), ``basis``
        {"contract", "repeat orders", "sheet", "cannot tell"}, ``alive`` (probability to
        be a customer today; 1 under contract to the last day of the term, also where
        it is settled that nothing follows), ``orders_year``, ``orders_low``,
        ``orders_high`` (orders of the twelve months ahead, from futures of their own),
        ``order_worth``
        (contribution of an order), ``contribution`` (last twelve months). The value of
        most first.
    equity : Estimate
        Sum over all accounts with a value; n counts them. Without an interval where the
        values rest on the sheet, whose limits are guesses.
    by_basis : DataFrame
        By basis: ``accounts``, ``value``, ``low``, ``high``.
    quarters : AheadQuarters
        How far was looked, at which discount.
    contribution : str
        What is left of an order: "contribution", "margin after direct costs",
        "gross margin" or "revenue".
    level : float
        Level of the intervals, as a share.
    orders : RepeatOrders or None
        Purchase model and its futures.
    contracts : RunningContracts or None
        Contracts and their renewal model.
    notes : tuple of str
        What could not be told, and what a reader should know of the fits.
    streams : ValueStreams or None
        Expected orders by quarter, their revenue and margin: what the values are made
        of, for "what if"; None if they rest on the sheet.

    Examples
    --------
    See `portfolio_lifetime_value`.
    """

    accounts: pd.DataFrame
    equity: Estimate
    by_basis: pd.DataFrame
    quarters: AheadQuarters
    contribution: str
    level: float
    orders: RepeatOrders | None = None
    contracts: RunningContracts | None = None
    notes: tuple[str, ...] = ()
    streams: ValueStreams | None = None


def told_together(
    parts: list[Valued],
    history: PurchaseHistory,
    quarters: AheadQuarters,
    level: float,
) -> LifetimeValues:
    """Put the accounts of all bases together; who has no value says so.

    Parameters
    ----------
    parts : list of Valued
        Of each basis, no account twice.
    history : PurchaseHistory
        All accounts, and what they contribute.
    quarters : AheadQuarters
        How far was looked, at which discount.
    level : float
        Level of the intervals, as a share.

    Returns
    -------
    LifetimeValues

    Examples
    --------
    See `kamlab.value.customer_equity.lifetime_value`.
    """
    parts = [part for part in parts if len(part.accounts)] or parts[:1]
    valued = pd.concat([part.with_intervals(level) for part in parts])
    frame = valued.reindex(history.accounts.index)
    frame["basis"] = frame["basis"].fillna(CANNOT_TELL)
    frame = frame.join(history.accounts["contribution"])
    totals = {part.basis: part.total(level) for part in parts}
    unknown = int(frame["value"].isna().sum())
    have = "account has" if unknown == 1 else "accounts have"
    note = f"{unknown} {have} no value: a cost of goods is not known."
    notes = note if unknown else "", quarters.note
    return LifetimeValues(
        accounts=frame.sort_values("value", ascending=False, kind="stable"),
        equity=together(parts).total(level),
        by_basis=pd.DataFrame(
            {name: {"accounts": each.n, **_ends(each)} for name, each in totals.items()}
        ).T.astype({"accounts": "int64"}),
        quarters=quarters,
        contribution=history.basis,
        level=level,
        notes=tuple(filter(None, notes)),
    )


def _ends(estimate: Estimate) -> dict[str, float]:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high}


def values_by_sheet(
    history: PurchaseHistory, quarters: AheadQuarters, level: float, reason: str
) -> LifetimeValues:
    """Value all accounts by last year's contribution, between two scenarios.

    Parameters
    ----------
    history : PurchaseHistory
        All accounts, and what they contribute.
    quarters : AheadQuarters
        How far to look, at which discount and growth.
    level : float
        Level of the intervals, as a share.
    reason : str
        Why no model can value them.

    Returns
    -------
    LifetimeValues
        The value is that of the scenario "expected"; the others are the limits.

    Examples
    --------
    See `kamlab.value.customer_equity.lifetime_value`.
    """
    guesses = _guesses(history.accounts["contribution"].dropna(), quarters)
    known = {"value": guesses["expected"], **dict.fromkeys(COLUMNS[1:], np.nan)}
    frame = pd.DataFrame(known, index=guesses.index)
    ends = np.array([guesses.min(axis=1), guesses.max(axis=1)])
    told = told_together([Valued(frame, ends, SHEET)], history, quarters, level)
    return _between_guesses(told, guesses, reason)


def _between_guesses(
    told: LifetimeValues, guesses: pd.DataFrame, reason: str
) -> LifetimeValues:
    """Make the scenarios themselves the limits, and say that they are guesses."""
    rates = sorted(SCENARIOS.values())
    between = f"{rates[0]:.0%} to {rates[-1]:.0%}".replace("%", " %")
    note = (
        f"{reason}. Values are last year's contribution if 80 % of it stay from year "
        f"to year; their limits, if {between} do, are guesses and no interval."
    )
    limits = {"low": guesses.min(axis=1), "high": guesses.max(axis=1)}
    sums = guesses.sum()
    between_sums = {"low": sums.min(), "high": sums.max()}
    method = f"retention {between}, guessed"
    return replace(
        told,
        accounts=told.accounts.assign(**limits),
        # Guesses are limits, and no interval of any level.
        equity=replace(told.equity, low=np.nan, high=np.nan, method=method),
        by_basis=told.by_basis.assign(**(between_sums if len(guesses) else {})),
        notes=(*told.notes, note),
    )


def _guesses(contribution: pd.Series, quarters: AheadQuarters) -> pd.DataFrame:
    """Return the value of each account under each scenario; there may be none."""
    rates = pd.Series(SCENARIOS)
    return pd.DataFrame(
        np.outer(contribution, _multiples(rates.to_numpy(), quarters)),
        contribution.index,
        rates.index,
    )


def _multiples(retention: np.ndarray, quarters: AheadQuarters) -> np.ndarray:
    """Return how many yearly contributions come over the quarters, as the sheet counts.

    Σ r^t (1 + g)^(t−1) (1 + i)^−t over years t, of the last one the part that is asked.
    """
    years = float(quarters.lengths.sum())
    t = np.arange(1, int(np.ceil(years)) + 1)
    part = np.minimum(1.0, years - (t - 1))
    growth, discount = 1 + quarters.growth, 1 + quarters.discount_rate
    return (retention[:, None] ** t * growth ** (t - 1.0) / discount**t) @ part

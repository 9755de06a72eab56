"""What a point of retention, margin or discount is worth, over the whole book.

Glossary
--------
point (百分点)
    One per cent of the accounts, of revenue, or of money a year: 80 to 81 per cent.
elasticity (弹性)
    Change of customer equity in per cent when one thing changes by one per cent.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.contracts.rates import checked_number
from kamlab.value.customer_equity.lifetime_values import LifetimeValues
from kamlab.value.customer_equity.streams import ValueStreams
from kamlab.value.lifetime.counts import CannotTellError


def streams_of(
    values: LifetimeValues, accounts: pd.Index | Sequence[object] | None = None
) -> ValueStreams:
    """Return what the values are made of, or say why there is nothing to change.

    Parameters
    ----------
    values : LifetimeValues
        From `lifetime_value` or `portfolio_lifetime_value`.
    accounts : Index or sequence, optional
        Whose; by default all with a value.

    Returns
    -------
    ValueStreams

    Raises
    ------
    UsageError
        If one of the accounts has no value, is named twice, or they are no list.
    CannotTellError
        If the values rest on the sheet of scenarios, no account has one, or the orders
        of none are worth anything.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.customer_equity import portfolio_lifetime_value
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     values = portfolio_lifetime_value(portfolio, repetitions=20)
    >>> bool(np.isclose(streams_of(values).equity, values.equity.value))
    True
    """
    told = values.streams is not None and not values.equity.cannot_tell
    streams, whose = values.streams, "no account"
    if told and accounts is not None:
        streams, whose = streams.of(accounts), f"none of {len(accounts)} accounts"
    if not told or not streams.discounted_revenue.sum():
        raise CannotTellError(
            f"{whose} has orders of any value ahead by a model, so nothing can move "
            "it; name other accounts, or change the retention of the scenarios instead"
        )
    return streams


def equity_sensitivity(
    values: LifetimeValues,
    point: float = 0.01,
    acquisition_cost: float | None = None,
    new_accounts: float | None = None,
) -> pd.DataFrame:
    """Say by how much customer equity moves with a point of each thing it rests on.

    Parameters
    ----------
    values : LifetimeValues
        From `lifetime_value` or `portfolio_lifetime_value`.
    point : float
        Size of the step, as a share.
    acquisition_cost : float, optional
        Money that winning an account costs; a fourth row shows what it matters.
    new_accounts : float, optional
        Accounts won over the quarters; needed with `acquisition_cost`.

    Returns
    -------
    DataFrame
        By lever ("Retention, 1 point"): ``down`` and ``up`` (change of customer equity
        when it goes one step down or up, money), ``slope`` (money a step, by central
        difference), ``share`` (slope as a share of customer equity) and ``elasticity``
        (per cent of customer equity for one per cent of the lever; missing for one
        that is 0). The strongest first.

    Raises
    ------
    UsageError
        If an argument cannot be, or only one of the last two is given.
    CannotTellError
        If the values rest on the sheet of scenarios.

    Notes
    -----
    Everything else stays as it is. Retention: share of yearly order value that stays.
    Margin: share of revenue that is left. Growth: of the value of an order, a year.
    Where discount would fall below 0, or retention rise above 1, it stays there, and
    the slope is that of the part of the step that is left. Gupta, Lehmann and Stuart
    found elasticities of about 5 for retention, 1 for margin, 0.9 for discount and 0.1
    for acquisition cost, over lifetimes without end; over a few quarters retention
    matters less.

    References
    ----------
    Gupta, S., Lehmann, D. R. and Stuart, J. A. (2004). Valuing customers. Journal of
    Marketing Research 41(1), 7–18.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.customer_equity import portfolio_lifetime_value
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     values = portfolio_lifetime_value(portfolio, repetitions=20)
    >>> table = equity_sensitivity(values)
    >>> table.index[0], bool(table.loc["Discount rate, 1 point", "up"] < 0)
    ('Contribution margin, 1 point', True)
    """
    checked_number(point, "point", above=0.0)
    streams = streams_of(values)
    revenue = float(streams.discounted_revenue.sum())
    levers = {
        "Retention": ("retention", streams.retention),
        "Contribution margin": ("margin", streams.equity / revenue),
        "Discount rate": ("discount_rate", streams.quarters.discount_rate),
        "Growth of order value": ("growth", streams.quarters.growth),
    }
    rows = {
        f"{name}, {_points(point)}": [
            *(streams.changed(**{field: s * point}).equity for s in (-1, 1)),
            # Of what is 0 one per cent is nothing.
            present / point if present else np.nan,
        ]
        for name, (field, present) in levers.items()
    }
    table = pd.DataFrame.from_dict(rows, "index", columns=["down", "up", "steps"])
    table[["down", "up"]] -= streams.equity
    if acquisition_cost is not None or new_accounts is not None:
        cost = _acquisition(acquisition_cost, new_accounts) * point
        table.loc[f"Acquisition cost, {100 * point:g} %"] = [cost, -cost, 1 / point]
    steps = pd.Series(2.0, table.index)
    # No rate is below 0, and no more than all can stay: the step ends there.
    lowest = min(streams.quarters.discount_rate / point, 1.0)
    steps[f"Discount rate, {_points(point)}"] = 1 + lowest
    highest = min(max(1 - streams.retention, 0.0) / point, 1.0)
    steps[f"Retention, {_points(point)}"] = 1 + highest
    return _completed(table, steps, streams.equity).rename_axis("lever")


def checked_cost(cost: float, name: str) -> float:
    """Return a finite number from 0 on, or say what was given instead.

    Parameters
    ----------
    cost : float
        Money, or a number of accounts.
    name : str
        How the error message calls it.

    Returns
    -------
    float

    Raises
    ------
    UsageError
        If it is below 0 or no number.

    Examples
    --------
    >>> checked_cost(90_000, "cost_once")
    90000.0
    """
    if checked_number(cost, name) < 0:
        raise UsageError(f"{name} = {cost!r}: give 0 or more")
    return float(cost)


def _completed(table: pd.DataFrame, apart: pd.Series, equity: float) -> pd.DataFrame:
    """Add slopes and elasticities, the strongest lever first."""
    table["slope"] = (table["up"] - table["down"]) / apart
    table["share"] = table["slope"] / equity if equity else np.nan
    table["elasticity"] = table["share"] * table.pop("steps")
    order = table["slope"].abs().sort_values(ascending=False, kind="stable")
    return table.loc[order.index]


def _points(point: float) -> str:
    return f"{100 * point:g} point{'' if np.isclose(point, 0.01) else 's'}"


def _acquisition(cost: float | None, accounts: float | None) -> float:
    """Return what winning accounts costs over the quarters."""
    if cost is None or accounts is None:
        raise UsageError(
            f"acquisition_cost = {cost!r}, new_accounts = {accounts!r}: give both, or "
            "neither"
        )
    return checked_cost(cost, "acquisition_cost") * checked_cost(
        accounts, "new_accounts"
    )

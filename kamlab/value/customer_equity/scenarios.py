"""What a plan for some accounts would bring: its effect, its cost, and its break-even.

Glossary
--------
value plan (价值提升方案)
    Something done for accounts that changes how often they order, at what price, how
    long they stay or what serving them costs, and that costs money itself.
break-even (盈亏平衡点)
    Part of the assumed effect at which a plan pays for itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from kamlab.errors import UsageError
from kamlab.value.customer_equity.lifetime_values import LifetimeValues
from kamlab.value.customer_equity.sensitivity import checked_cost, streams_of
from kamlab.value.customer_equity.streams import ValueStreams

#: A break-even is looked for up to so many times the assumed effect.
_MOST = 5.0


@dataclass(frozen=True)
class ValuePlan:
    """Something done for accounts: assumed effects, and its cost.

    Parameters
    ----------
    name : str
        What the plan is called.
    volume, price, retention, service : float
        Assumed changes, as `ValueStreams.changed` takes them; 0 leaves a thing as it
        is. Retention rises to 1 at most, however much is assumed.
    margin : float
        Assumed change of the share of revenue that is left.
    cost_once : float
        Money spent today, for all accounts of the plan.
    cost_a_year : float
        Money spent evenly over each year, for all accounts of the plan.

    Examples
    --------
    >>> ValuePlan("Stock on site", volume=0.05, cost_a_year=20_000).retention
    0.0
    """

    name: str
    volume: float = 0.0
    price: float = 0.0
    margin: float = 0.0
    retention: float = 0.0
    service: float = 0.0
    cost_once: float = 0.0
    cost_a_year: float = 0.0


#: Three ways to raise value, with effects to start a discussion from, not to believe.
PLANS = (
    ValuePlan("Customised product", price=0.03, retention=0.01, cost_once=150_000.0),
    ValuePlan(
        "Value-added service", retention=0.02, service=0.05, cost_a_year=40_000.0
    ),
    ValuePlan(
        "Long-term partnership",
        volume=0.05,
        price=-0.01,
        retention=0.03,
        cost_a_year=60_000.0,
    ),
)


@dataclass(frozen=True)
class PlanValue:
    """What a plan brings against going on as before.

    Parameters
    ----------
    plan : str
        Its name.
    accounts : int
        How many it is for.
    before, gain, cost, net : float
        Value of the accounts without the plan, what its effects add, what it costs,
        and what is left; money of today.
    break_even : float
        Part of the assumed effects at which it pays: 0.5 if half of them do, above 1
        if it takes more than is assumed; NaN if five times as much is not enough.

    Examples
    --------
    >>> PlanValue("Stock on site", 3, 900.0, 90.0, 45.0, 45.0, 0.5).net
    45.0
    """

    plan: str
    accounts: int
    before: float
    gain: float
    cost: float
    net: float
    break_even: float


def plan_value(
    values: LifetimeValues,
    plan: ValuePlan,
    accounts: pd.Index | Sequence[object] | None = None,
) -> PlanValue:
    """Work out what a plan for some accounts brings, and when it pays.

    Parameters
    ----------
    values : LifetimeValues
        From `lifetime_value` or `portfolio_lifetime_value`.
    plan : ValuePlan
        Its effects are assumptions.
    accounts : Index or sequence, optional
        For whom; by default for all with a value.

    Returns
    -------
    PlanValue

    Raises
    ------
    UsageError
        If an account has no value, or an effect or a cost cannot be.
    CannotTellError
        If the values rest on the sheet of scenarios, or the orders of these accounts
        are worth nothing.

    Notes
    -----
    gain(s) is the value with s times the effects less the value without; net is
    gain(1) less cost once and the discounted yearly cost; at the break-even s,
    gain(s) = cost.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.customer_equity import portfolio_lifetime_value
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     values = portfolio_lifetime_value(portfolio, repetitions=20)
    >>> found = plan_value(values, ValuePlan("Visits", retention=0.02, cost_once=9e4))
    >>> found.net > 0, 0 < found.break_even < 1
    (True, True)
    """
    streams = streams_of(values, accounts)
    cost = _cost(streams, plan)
    gain = _gain(streams, plan, 1.0)
    return PlanValue(
        plan=plan.name,
        accounts=len(streams.orders),
        before=streams.equity,
        gain=gain,
        cost=cost,
        net=gain - cost,
        break_even=_break_even(streams, plan, cost),
    )


def compared_plans(
    values: LifetimeValues,
    plans: Sequence[ValuePlan] = PLANS,
    accounts: pd.Index | Sequence[object] | None = None,
) -> pd.DataFrame:
    """Put plans for the same accounts side by side, the one that leaves most first.

    Parameters
    ----------
    values : LifetimeValues
        From `lifetime_value` or `portfolio_lifetime_value`.
    plans : sequence of ValuePlan
        By default three kinds of plan, with effects to be replaced by one's own.
    accounts : Index or sequence, optional
        For whom; by default for all with a value.

    Returns
    -------
    DataFrame
        By plan: ``accounts``, ``before``, ``gain``, ``cost``, ``net`` and
        ``break_even``, as `PlanValue`.

    Raises
    ------
    UsageError
        If there is no plan, two have one name, or an argument cannot be.
    CannotTellError
        If the values rest on the sheet of scenarios, or the orders of these accounts
        are worth nothing.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.customer_equity import portfolio_lifetime_value
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     values = portfolio_lifetime_value(portfolio, repetitions=20)
    >>> compared_plans(values)["net"].is_monotonic_decreasing
    True
    """
    names = [plan.name for plan in plans]
    if not names or len(set(names)) < len(names):
        raise UsageError(f"plans = {names}: give at least one, each with its own name")
    rows = [vars(plan_value(values, plan, accounts)) for plan in plans]
    table = pd.DataFrame(rows).set_index("plan")
    return table.sort_values("net", ascending=False, kind="stable")


def _gain(streams: ValueStreams, plan: ValuePlan, part: float) -> float:
    """Return what a part of the effects adds to the value."""
    names = ("volume", "price", "margin", "retention", "service")
    effects = {name: part * getattr(plan, name) for name in names}
    return streams.changed(**effects).equity - streams.equity


def _cost(streams: ValueStreams, plan: ValuePlan) -> float:
    """Return what the plan costs over the quarters, money of today."""
    once = checked_cost(plan.cost_once, "cost_once")
    yearly = checked_cost(plan.cost_a_year, "cost_a_year")
    quarters = streams.quarters
    return float(once + yearly * (quarters.lengths @ quarters.discount))


def _break_even(streams: ValueStreams, plan: ValuePlan, cost: float) -> float:
    """Return the smallest part of the effects that pays for the plan."""
    if cost == 0 and _gain(streams, plan, 1.0) >= 0:
        return 0.0
    parts = np.linspace(0, _MOST, 51)
    for low, high in pairwise(parts):
        try:
            if _gain(streams, plan, high) >= cost:
                return float(
                    brentq(lambda s: _gain(streams, plan, s) - cost, low, high)
                )
        except UsageError:  # so many times the effect is more than can be
            break
    return float("nan")

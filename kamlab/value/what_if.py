"""What if: serve accounts differently, price them differently, or stop serving them.

Arithmetic on the figures as booked, everything else unchanged; no forecast. Money that
a saved hour of work costs goes on being paid until capacity is really cut or used for
something better. So every answer takes `avoidable`, the part of a saved cost to serve
that is really saved, and shows the rest as unused capacity.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf, nan

import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError, did_you_mean
from kamlab.value.profit_parts import (
    PROFIT_PARTS,
    checked_factor,
    checked_part,
    concerned,
    is_number,
    summed,
)
from kamlab.value.revenue import checked_amounts


@dataclass(frozen=True, eq=False)
class WhatIf:
    """The same accounts before and after a change, and where it breaks even.

    Parameters
    ----------
    question : str
        What was asked.
    before, after : DataFrame
        By account concerned: `revenue`, `cost_of_goods`, `direct_costs`,
        `cost_to_serve`, `contribution`. What is not really saved is still in `after`.
    unused : float
        Cost to serve that is no longer worked for but still paid, positive.
    others : float
        Contribution of all other accounts, which does not change.
    break_even : float
        Where the change neither wins nor loses; NaN if there is no such place.
    break_even_of : {"volume lost", "avoidable cost to serve", "cost of the change"}
        What `break_even` is of: a share (of volume, of cost to serve) or money a year.
    """

    question: str
    before: pd.DataFrame
    after: pd.DataFrame
    unused: float
    others: float
    break_even: float
    break_even_of: str

    @property
    def change(self) -> float:
        """What the change brings, or costs, in money of the same period.

        Examples
        --------
        >>> frame = pd.DataFrame({"contribution": [-20.0]}, index=["W"])
        >>> after = pd.DataFrame({"contribution": [30.0]}, index=["W"])
        >>> found = WhatIf("serve differently", frame, after, 0.0, 100.0, 50.0, "")
        >>> found.change
        50.0
        """
        return float(self.by_account.sum())

    @property
    def by_account(self) -> pd.Series:
        """What the change brings by account.

        Examples
        --------
        >>> frame = pd.DataFrame({"contribution": [-20.0]}, index=["W"])
        >>> after = pd.DataFrame({"contribution": [30.0]}, index=["W"])
        >>> found = WhatIf("serve differently", frame, after, 0.0, 100.0, 50.0, "")
        >>> found.by_account.to_dict()
        {'W': 50.0}
        """
        change = self.after["contribution"] - self.before["contribution"]
        return change.rename("change")

    @property
    def total_before(self) -> float:
        """Contribution of all accounts before.

        Examples
        --------
        >>> frame = pd.DataFrame({"contribution": [-20.0]}, index=["W"])
        >>> after = pd.DataFrame({"contribution": [30.0]}, index=["W"])
        >>> found = WhatIf("serve differently", frame, after, 0.0, 100.0, 50.0, "")
        >>> found.total_before
        80.0
        """
        return self.others + float(self.before["contribution"].sum())

    @property
    def total_after(self) -> float:
        """Contribution of all accounts after.

        Examples
        --------
        >>> frame = pd.DataFrame({"contribution": [-20.0]}, index=["W"])
        >>> after = pd.DataFrame({"contribution": [30.0]}, index=["W"])
        >>> found = WhatIf("serve differently", frame, after, 0.0, 100.0, 50.0, "")
        >>> found.total_after
        130.0
        """
        return self.others + float(self.after["contribution"].sum())


def serve_differently(
    profit: pd.DataFrame,
    accounts: object | Iterable[object],
    activities: float | Mapping[str, float],
    by_activity: pd.DataFrame | None = None,
    direct: float = 1.0,
    avoidable: float = 1.0,
) -> WhatIf:
    """Say what it brings to serve accounts with less work: rush orders bundled.

    Parameters
    ----------
    profit : DataFrame
        Money by account: `revenue`, `cost_of_goods`, `direct_costs`, `cost_to_serve`
        and their sum `contribution`; costs are negative.
    accounts : object or iterable
        Whom it concerns.
    activities : float or mapping
        Factor on the cost to serve: 0.5 for all activities, or {"rush_order": 0.2}.
    by_activity : DataFrame, optional
        Cost to serve by account and activity (positive), needed for a mapping; the
        table `by_activity` of a `CostToServe`.
    direct : float
        Factor on the direct costs, such as rush freight.
    avoidable : float
        Part of the saved cost to serve that is really saved, 0–1.

    Returns
    -------
    WhatIf
        `break_even` is the money that the change itself may cost in the period.

    Raises
    ------
    UsageError
        If an account or activity is unknown, a factor is negative, or the columns do
        not add up to the contribution.

    Examples
    --------
    >>> profit = pd.DataFrame(
    ...     {"revenue": [1000.0], "cost_of_goods": [-700.0], "direct_costs": [-50.0],
    ...      "cost_to_serve": [-320.0], "contribution": [-70.0]}, index=["Wetterau"])
    >>> work = pd.DataFrame({"rush_order": [200.0], "visit": [120.0]}, ["Wetterau"])
    >>> bundled = serve_differently(profit, "Wetterau", {"rush_order": 0.5}, work)
    >>> bundled.change, float(bundled.after["contribution"].iloc[0])
    (100.0, 30.0)
    >>> idle = serve_differently(
    ...     profit, "Wetterau", {"rush_order": 0.5}, work, avoidable=0.0
    ... )
    >>> idle.change, idle.unused
    (0.0, 100.0)
    """
    before, others = concerned(profit, accounts)
    checked_part(avoidable, "avoidable")
    checked_factor(direct, "direct")
    saved = _saved_work(before, activities, by_activity)
    # Only a saving may be partly idle: work that comes on top is paid in full.
    unused = saved.clip(lower=0) * (1 - avoidable)
    after = before.assign(
        direct_costs=before["direct_costs"] * direct,
        cost_to_serve=before["cost_to_serve"] + saved - unused,
    )
    after = summed(after)
    gain = float(after["contribution"].sum() - before["contribution"].sum())
    return WhatIf(
        question="serve differently",
        before=before,
        after=after,
        unused=float(unused.sum()),
        others=others,
        break_even=max(gain, 0.0),
        break_even_of="cost of the change",
    )


def price_differently(
    profit: pd.DataFrame,
    accounts: object | Iterable[object],
    price: float = 0.0,
    surcharge: float | ArrayLike = 0.0,
    volume_lost: float = 0.0,
    avoidable: float = 0.0,
) -> WhatIf:
    """Say what a higher price or a surcharge brings if part of the volume goes.

    Parameters
    ----------
    profit : DataFrame
        Money by account: `revenue`, `cost_of_goods`, `direct_costs`, `cost_to_serve`
        and their sum `contribution`; costs are negative.
    accounts : object or iterable
        Whom it concerns.
    price : float
        Change of price as a share: 0.03 is 3 % more, −0.2 a discount of 20 %.
    surcharge : float or Series
        Money that each account pays on top at today's volume, such as 25 for each of
        its rush orders; falls with the volume.
    volume_lost : float
        Share of the volume that goes elsewhere; negative where it grows.
    avoidable : float
        Part of the cost to serve of the lost volume that is really saved, 0–1.

    Returns
    -------
    WhatIf
        `break_even` is the share of volume one can lose before the change costs money
        (negative: the share one must win, as for a discount). Where every unit costs
        more than it brings, it is infinite: a rise pays whatever goes, a discount
        never.

    Raises
    ------
    UsageError
        If an account is unknown, an argument is out of its range, or the columns do
        not add up to the contribution.

    Notes
    -----
    With revenue R, costs C of goods and direct costs, and cost to serve S (both
    positive), price change p, surcharge f and share lost v: after = (1 − v)(R(1 + p)
    + f − C) − (1 − a·v)S. It equals the contribution before at
    v = (pR + f) ÷ (R(1 + p) + f − C − a·S). Without cost to serve and surcharge this
    is the textbook p ÷ (margin + p). The loss v itself is an assumption: this says
    what it may be, not what it will be.

    References
    ----------
    Nagle, T. T. and Müller, G. (2018). The Strategy and Tactics of Pricing, 6th ed.,
    ch. 9. Routledge, New York.

    Examples
    --------
    >>> profit = pd.DataFrame(
    ...     {"revenue": [100.0], "cost_of_goods": [-60.0], "direct_costs": [0.0],
    ...      "cost_to_serve": [0.0], "contribution": [40.0]}, index=["A"])
    >>> round(price_differently(profit, "A", price=0.10).break_even, 3)
    0.2
    >>> price_differently(profit, "A", price=-0.20).break_even  # 40 % margin
    -1.0
    """
    before, others = concerned(profit, accounts)
    checked_part(avoidable, "avoidable")
    if not is_number(price) or price <= -1:
        raise UsageError(f"price = {price!r}: give its change as a share above −1")
    if not is_number(volume_lost) or volume_lost > 1:
        raise UsageError(f"volume_lost = {volume_lost!r}: give a share of at most 1")
    fees = _fees(before, surcharge)
    kept = 1 - volume_lost
    # Work for more volume is paid in full; only a saving may be partly idle.
    part = avoidable if volume_lost > 0 else 1.0
    priced = before["revenue"] * (1 + price) + fees
    after = summed(
        before.assign(
            revenue=priced * kept,
            cost_of_goods=before["cost_of_goods"] * kept,
            direct_costs=before["direct_costs"] * kept,
            cost_to_serve=before["cost_to_serve"] * (1 - part * volume_lost),
        )
    )
    idle = -before["cost_to_serve"].sum() * volume_lost * (1 - part)
    return WhatIf(
        question="price differently",
        before=before,
        after=after,
        unused=max(float(idle), 0.0),
        others=others,
        break_even=_break_even_volume(before, priced, avoidable),
        break_even_of="volume lost",
    )


def stop_serving(
    profit: pd.DataFrame, accounts: object | Iterable[object], avoidable: float
) -> WhatIf:
    """Say what it brings to part with accounts, if only part of their cost goes.

    Parameters
    ----------
    profit : DataFrame
        Money by account: `revenue`, `cost_of_goods`, `direct_costs`, `cost_to_serve`
        and their sum `contribution`; costs are negative.
    accounts : object or iterable
        Whom it concerns.
    avoidable : float
        Part of their cost to serve that is really saved, 0–1: people who do other
        paid work, or are no longer paid. On the day after it is 0.

    Returns
    -------
    WhatIf
        `break_even` is the part of the cost to serve that must really go before
        parting with them wins anything: above 1, it never does; 0, it always does.

    Raises
    ------
    UsageError
        If an account is unknown, `avoidable` is no share, or the columns do not add up
        to the contribution.

    Notes
    -----
    The margin (revenue, cost of goods, direct costs) goes at once; of the cost to
    serve S the part (1 − a)·S stays. Break-even: a = margin ÷ S. What customers bring
    besides, such as references or later growth, is not in it.

    Examples
    --------
    >>> profit = pd.DataFrame(
    ...     {"revenue": [1000.0], "cost_of_goods": [-700.0], "direct_costs": [0.0],
    ...      "cost_to_serve": [-320.0], "contribution": [-20.0]}, index=["Wetterau"])
    >>> [stop_serving(profit, "Wetterau", a).change for a in (0.0, 0.5, 1.0)]
    [-300.0, -140.0, 20.0]
    >>> stop_serving(profit, "Wetterau", 0.0).break_even
    0.9375
    """
    before, others = concerned(profit, accounts)
    checked_part(avoidable, "avoidable")
    unused = before["cost_to_serve"] * (1 - avoidable)
    gone = dict.fromkeys(PROFIT_PARTS, 0.0) | {"cost_to_serve": unused}
    after = summed(before.assign(**gone))
    margin = float(before[list(PROFIT_PARTS[:3])].to_numpy().sum())
    cost = -float(before["cost_to_serve"].sum())
    return WhatIf(
        question="stop serving",
        before=before,
        after=after,
        unused=-float(unused.sum()),
        others=others,
        break_even=max(margin / cost, 0.0) if cost > 0 else nan,
        break_even_of="avoidable cost to serve",
    )


def _saved_work(
    before: pd.DataFrame,
    activities: float | Mapping[str, float],
    by_activity: pd.DataFrame | None,
) -> pd.Series:
    """Cost to serve that is no longer worked for, by account."""
    if not isinstance(activities, Mapping):
        return -before["cost_to_serve"] * (1 - checked_factor(activities, "activities"))
    if by_activity is None:
        raise UsageError(
            f"activities = {dict(activities)!r} names single activities: give "
            "by_activity, their cost by account, such as cost.by_activity"
        )
    saved = pd.Series(0.0, before.index)
    for activity, factor in activities.items():
        if activity not in by_activity:
            hint = did_you_mean(str(activity), map(str, by_activity))
            raise UsageError(f"activity {activity!r} is not in by_activity: {hint}")
        costs = by_activity[activity].reindex(before.index).fillna(0.0)
        saved += costs * (1 - checked_factor(factor, f"activities[{activity!r}]"))
    return saved


def _fees(before: pd.DataFrame, surcharge: float | ArrayLike) -> pd.Series:
    if is_number(surcharge):
        return pd.Series(float(surcharge), before.index)
    fees = checked_amounts(surcharge, "surcharge")
    lacking = before.index.difference(fees.index, sort=False)
    if len(lacking):
        raise UsageError(
            f"account {lacking[0]!r} has no surcharge ({len(lacking)} such accounts): "
            "give 0 where none is to be paid"
        )
    return fees.reindex(before.index)


def _break_even_volume(
    before: pd.DataFrame, priced: pd.Series, avoidable: float
) -> float:
    """Share of volume whose loss eats up what the price brings."""
    gain = float((priced - before["revenue"]).sum())
    # A price that lowers revenue needs more volume, and all work for it is paid.
    part = avoidable if gain >= 0 else 1.0
    goods = before["cost_of_goods"] + before["direct_costs"]
    unit = float((priced + goods + part * before["cost_to_serve"]).sum())
    if unit > 0:
        return gain / unit
    return inf if gain >= 0 else -inf

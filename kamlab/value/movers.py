"""Movers: the accounts that changed the result most, up and down, and through what.

Glossary
--------
mover
    An account whose contribution (else margin, else revenue) changed most.
cause
    The part of the change that is largest in its direction, and what it was exactly:
    which category, which activity, by how much.
"""

import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.movers_periods import MoverPeriod
from kamlab.value.profit_bridge import profit_bridge
from kamlab.value.profit_steps import served_by_group
from kamlab.value.revenue_bridge import RevenueBridge

#: Steps of the profit bridge that stand for one cause each.
_CAUSE_OF_STEP = {
    "volume": "volume",
    "mix": "volume",
    "prices": "price",
    "list_prices": "price",
    "discounts": "price",
    "cost_of_goods": "cost_of_goods",
    "charges": "charges",
    "returns": "returns",
    "credits_and_rebates": "credits",
    "transport": "transport",
    "other_direct_costs": "other_costs",
    "time_to_serve": "service",
    "cost_of_time": "service",
}
#: The same for steps of the revenue bridge.
_CAUSE_OF_REVENUE_STEP = {
    "shrunk": "volume",
    "grown": "volume",
    "volume_and_mix": "volume",
    "price": "price",
    "currency": "currency",
}
#: Accounts that came or went: their whole change has that cause.
_WHOLE = ("lost", "new", "paused", "returned")


def movers(
    before: MoverPeriod,
    after: MoverPeriod,
    bridge: RevenueBridge,
    owners: pd.Series | None = None,
    n: int = 5,
    ended: pd.Series | None = None,
) -> pd.DataFrame:
    """List the accounts that rose and fell most, each with the main cause.

    Parameters
    ----------
    before, after : MoverPeriod
        From `kamlab.value.movers_periods.mover_periods`.
    bridge : RevenueBridge
        Of the same two periods; it knows who came and who went.
    owners : Series of str, optional
        Who answers for each account.
    n : int
        How many of each direction at most.
    ended : Series of datetime, optional
        Whose project has ended, from `kamlab.value.finished_projects`: such an account
        is not called lost.

    Returns
    -------
    DataFrame
        By account, those that rose most first, then those that fell most:
        ``direction`` ("up" or "down"), ``before``, ``after``, ``change`` (money),
        ``basis`` (what that money is), ``cause`` ("lost", "project", "new",
        "paused", "returned", "volume", "price", "cost_of_goods", "charges", "returns",
        "credits", "transport", "other_costs", "service", "currency" or "other"),
        ``part`` (money of the change that stands for it), ``what`` (the category or
        group of activities; empty without one), ``figure`` (share by which prices
        changed, number of activities more, or goods of the category more; missing
        without one) and ``owner``.

    Raises
    ------
    UsageError
        If the periods are not equally deep, or `n` is below 1.

    Examples
    --------
    >>> from kamlab.fiscal import FiscalCalendar
    >>> years = [FiscalCalendar().period(label) for label in ("2025", "2024")]
    >>> table = pd.DataFrame({"then": [90.0, 0], "price": [-6.0, 0], "new": [0.0, 5],
    ...     "now": [84.0, 5]}, index=["A", "B"])
    >>> status = pd.Series({"A": "continuing", "B": "new"})
    >>> bridge = RevenueBridge(*years, table, status)
    >>> nothing = pd.DataFrame(columns=["goods", "quantity", "category"])
    >>> before, after = (MoverPeriod(table[side], "revenue", nothing)
    ...     for side in ("then", "now"))
    >>> movers(before, after, bridge)[["change", "cause", "part"]].values.tolist()
    [[5.0, 'new', 5.0], [-6.0, 'price', -6.0]]
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise UsageError(f"n = {n!r}: give a number of accounts such as 5")
    if before.basis != after.basis:
        raise UsageError(
            f"before ends at the {before.basis}, after at the {after.basis}: take both "
            "from mover_periods"
        )
    table = _changes(before, after)
    ranked = table.sort_values("change", ascending=False, kind="stable")
    up = ranked[ranked["change"] > 0].head(n)
    down = ranked[ranked["change"] < 0].iloc[::-1].head(n)
    table = pd.concat([up, down])
    causes = _causes(before, after, bridge, table.index)
    told = [
        _cause(before, after, bridge, causes.loc[key], key, change)
        for key, change in table["change"].items()
    ]
    columns = ["cause", "part", "what", "figure"]
    table = table.join(pd.DataFrame(told, index=table.index, columns=columns))
    if ended is not None:
        over = (table["cause"] == "lost") & table.index.isin(ended.index)
        table["cause"] = table["cause"].mask(over, "project")
    names = pd.Series(dtype="str") if owners is None else owners
    return table.assign(owner=names.reindex(table.index).astype("str").fillna(""))


def _changes(before: MoverPeriod, after: MoverPeriod) -> pd.DataFrame:
    """Return what every account left in both periods; who is not known is left out."""
    accounts = before.earned.index.union(after.earned.index)
    table = pd.DataFrame(
        {
            "before": before.earned.reindex(accounts, fill_value=0.0),
            "after": after.earned.reindex(accounts, fill_value=0.0),
        }
    ).dropna()
    change = (table["after"] - table["before"]).round(2)
    direction = pd.Series("up", table.index).where(change > 0, "down")
    table.insert(0, "direction", direction)
    return table.assign(change=change, basis=after.basis)


def _causes(
    before: MoverPeriod, after: MoverPeriod, bridge: RevenueBridge, keys: pd.Index
) -> pd.DataFrame:
    """Return the change of every mover by cause, money."""
    if before.profit is not None and after.profit is not None:
        steps = profit_bridge(before.profit, after.profit).by_account
        names = _CAUSE_OF_STEP
    else:
        steps, names = bridge.by_account, _CAUSE_OF_REVENUE_STEP
    known = steps[[step for step in steps if step in names]]
    by_cause = known.rename(columns=names).T.groupby(level=0).sum().T
    return by_cause.reindex(keys, fill_value=0.0)


def _cause(
    before: MoverPeriod,
    after: MoverPeriod,
    bridge: RevenueBridge,
    parts: pd.Series,
    key: object,
    change: float,
) -> tuple[str, float, str, float]:
    """Return the main cause of one account's change, its part, and what it was."""
    status = bridge.status.get(key, "")
    if status in _WHOLE:
        return str(status), change, "", float("nan")
    sign = 1.0 if change > 0 else -1.0
    if parts.empty or not (parts * sign).max() > 0:
        return "other", change, "", float("nan")
    cause = str((parts * sign).idxmax())
    what, figure = "", float("nan")
    if cause == "volume":
        what, figure = _category(before, after, key, sign)
    elif cause == "price":
        figure = _price_change(before, after, key)
    elif cause == "service":
        what, figure = _activity(before, after, key, sign)
    return cause, round(float(parts[cause]), 2), what, figure


def _of(frame: pd.DataFrame, key: object) -> pd.DataFrame:
    """Return the rows of one account, by product."""
    if frame.empty or key not in frame.index.get_level_values(0):
        return frame.iloc[:0].set_axis(pd.Index([], name="product_id"))
    return frame.loc[key]


def _category(
    before: MoverPeriod, after: MoverPeriod, key: object, sign: float
) -> tuple[str, float]:
    """Return the category whose purchases moved most one way, and by how much."""
    one, two = (
        _of(side.goods, key).groupby("category")["goods"].sum()
        for side in (before, after)
    )
    moved = two.sub(one, fill_value=0.0).drop("", errors="ignore") * sign
    if moved.empty or not moved.max() > 0:
        return "", float("nan")
    return str(moved.idxmax()), round(sign * float(moved.max()), 2)


def _price_change(before: MoverPeriod, after: MoverPeriod, key: object) -> float:
    """Return by which share prices of goods bought in both periods changed."""
    one, two = (_of(side.goods, key) for side in (before, after))
    both = two.join(one.add_suffix("_then"), how="inner")
    both = both[(both["quantity"] > 0) & (both["quantity_then"] > 0)]
    at_old = both["goods_then"] / both["quantity_then"] * both["quantity"]
    total = float(at_old.sum())
    return float(both["goods"].sum()) / total - 1 if total > 0 else float("nan")


def _activity(
    before: MoverPeriod, after: MoverPeriod, key: object, sign: float
) -> tuple[str, float]:
    """Return the activities whose cost moved most, and how many more there were."""
    if before.profit is None or after.profit is None:
        return "", float("nan")
    served = [side.profit.profit.served for side in (before, after)]
    if None in served:
        return "", float("nan")
    one, two = (served_by_group(each.by_activity) for each in served)
    cost = (
        two.reindex([key])
        .fillna(0.0)
        .sub(one.reindex([key]).fillna(0.0), fill_value=0.0)
    )
    # Less cost raises what is earned.
    what = str((-sign * cost.iloc[0]).idxmax())
    return what, _count(after, key, what) - _count(before, key, what)


def _count(side: MoverPeriod, key: object, what: str) -> float:
    """Return how often a group of activities was done for an account."""
    if side.counts.empty:
        return float("nan")
    known = what in side.counts.columns and key in side.counts.index
    return float(side.counts.loc[key, what]) if known else 0.0

"""What it costs that a group is served branch by branch instead of once."""

from collections.abc import Mapping

import pandas as pd

from kamlab.style.formats import format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.concentration_words import counted

_MINUTES = 60.0
_NEIGHBOURS = 2


def served_apart(
    by_parent: pd.DataFrame, parent_of: pd.Series, parent: object
) -> pd.DataFrame:
    """Set a group beside single accounts of its size: what does serving each take?

    Parameters
    ----------
    by_parent : DataFrame
        Money by parent, with ``revenue``, ``cost_to_serve`` (negative) and ``minutes``.
    parent_of : Series
        Parent by account; accounts without one may be left out.
    parent : object
        The group.

    Returns
    -------
    DataFrame
        The group first, then up to two customers of one account on either side of it by
        revenue: ``accounts``, ``revenue``, ``hours``, ``cost_to_serve`` (positive) and
        ``service_rate`` (share of revenue). Empty if the group has no revenue.

    Examples
    --------
    >>> columns = {"revenue": [90.0, 80.0, 70.0], "cost_to_serve": [-2.0, -8.0, -2.0]}
    >>> money = pd.DataFrame(columns | {"minutes": [60.0, 240.0, 60.0]}, list("AGB"))
    >>> parents = pd.Series({"G1": "G", "G2": "G", "A": "A", "B": "B"})
    >>> served_apart(money, parents, "G")["hours"].to_dict()
    {'G': 4.0, 'A': 1.0, 'B': 1.0}
    """
    many = parent_of.value_counts().reindex(by_parent.index).fillna(1).astype(int)
    ranked = by_parent[by_parent["revenue"] > 0].sort_values("revenue", ascending=False)
    if parent not in ranked.index:
        return pd.DataFrame()
    single = ranked[(many[ranked.index] == 1) | (ranked.index == parent)]
    place = single.index.get_loc(parent)
    near = single.iloc[max(place - _NEIGHBOURS, 0) : place + _NEIGHBOURS + 1]
    order = [parent, *near.index.drop(parent)]
    near = near.loc[order]
    return pd.DataFrame(
        {
            "accounts": many[order],
            "revenue": near["revenue"],
            "hours": near["minutes"] / _MINUTES,
            "cost_to_serve": -near["cost_to_serve"],
            "service_rate": -near["cost_to_serve"] / near["revenue"],
        }
    )


def served_apart_sentence(
    table: pd.DataFrame, names: Mapping[object, str] | None = None, currency: str = ""
) -> str:
    """Say how much more it takes to serve a group in parts.

    Parameters
    ----------
    table : DataFrame
        From `served_apart`.
    names : mapping or Series, optional
        Name by account or parent.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty if there is nobody to compare with.

    Examples
    --------
    >>> columns = {"accounts": [2, 1], "hours": [4.0, 1.0], "cost_to_serve": [8.0, 2.0]}
    >>> rates = {"revenue": [80.0, 90.0], "service_rate": [0.1, 0.022]}
    >>> table = pd.DataFrame(columns | rates, index=["G", "A"])
    >>> print(served_apart_sentence(table, {"G": "Brackwell"}, "EUR"))
    The group of Brackwell takes 4 hours over its 2 accounts and costs EUR 8 to serve,
    10.0 % of its revenue. Customers of its size that are one account take 1 hour on
    average, 2.2 %. Part of the difference is more orders and more places to visit, part
    is the same work done several times: only a look at the visits can tell them apart.
    """
    if len(table) < 2:
        return ""
    group, others = table.iloc[0], table.iloc[1:]
    rate = others["cost_to_serve"].sum() / others["revenue"].sum()
    less = group["cost_to_serve"] / group["revenue"] <= rate
    told = (
        f"The group of {display_name(group.name, names)} takes "
        f"{counted(group['hours'], 'hours')} over its "
        f"{counted(group['accounts'], 'accounts')} and costs "
        f"{format_money(group['cost_to_serve'], currency)} to serve, "
        f"{format_share(group['service_rate'])} of its revenue. Customers of its size "
        f"that are one account take {counted(others['hours'].mean(), 'hours')} on "
        f"average, {format_share(rate)}."
    )
    if less:
        return f"{told} So being in parts costs nothing that shows here."
    return (
        f"{told} Part of the difference is more orders and more places to visit, part "
        "is the same work done several times: only a look at the visits can tell them "
        "apart."
    )

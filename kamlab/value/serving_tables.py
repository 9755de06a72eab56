"""What was done for accounts, as people read it: orders, rush orders, visits, hours."""

from collections.abc import Iterable, Mapping

import pandas as pd

from kamlab.data.vocabulary import INTERACTION_TYPES
from kamlab.style.formats import format_count, format_money, format_share
from kamlab.style.names import display_name

_MINUTES = 60.0
_FORMATS = {
    **dict.fromkeys(("orders", "rush_orders", "returns", "contacts", "hours"), "count"),
    **dict.fromkeys(("revenue_per_order", "cost_per_order"), "money"),
}
_HEADS = {
    "revenue_per_order": "Revenue an order",
    "cost_per_order": "Cost to serve an order",
}


def work_table(
    workload: pd.DataFrame,
    profit: pd.DataFrame,
    accounts: Iterable[object],
    names: Mapping[object, str] | None = None,
) -> pd.DataFrame:
    """Show what accounts had done for them, and what an order of theirs brings.

    Parameters
    ----------
    workload : DataFrame
        From `kamlab.value.serving.account_workload`.
    profit : DataFrame
        Money by account, with ``revenue`` and ``cost_to_serve`` (negative), for the
        same days.
    accounts : iterable
        Accounts to show, in this order.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    DataFrame of shape (n_accounts, 7)
        By account's name: ``orders``, ``rush_orders``, ``returns``, ``contacts``,
        ``hours``, ``revenue_per_order`` and ``cost_per_order`` (missing without
        orders).

    Examples
    --------
    >>> workload = pd.DataFrame({"account_id": ["A", "A"], "pool": ["desk", "desk"],
    ...     "activity": ["order", "call"], "count": [4, 1], "minutes": [100.0, 20.0]})
    >>> profit = pd.DataFrame({"revenue": [400.0], "cost_to_serve": [-60.0]}, ["A"])
    >>> row = work_table(workload, profit, ["A"]).loc["A"]
    >>> row[["orders", "contacts", "hours", "revenue_per_order"]].tolist()
    [4.0, 1.0, 2.0, 100.0]
    """
    chosen = list(accounts)
    key = workload.columns[0]
    # An activity that takes time in several pools stands in several rows.
    counts = workload.drop_duplicates([key, "activity"]).pivot_table(
        "count", key, "activity", aggfunc="sum", fill_value=0
    )
    counts = counts.reindex(chosen, fill_value=0)
    orders, money = _of(counts, ["order"]), profit.reindex(chosen)
    table = pd.DataFrame(
        {
            "orders": orders,
            "rush_orders": _of(counts, ["rush_order"]),
            "returns": _of(counts, ["return"]),
            "contacts": _of(counts, INTERACTION_TYPES),
            "hours": workload.groupby(key)["minutes"].sum().reindex(chosen) / _MINUTES,
            "revenue_per_order": money["revenue"] / orders.where(orders > 0),
            "cost_per_order": -money["cost_to_serve"] / orders.where(orders > 0),
        }
    )
    labels = [display_name(account, names) for account in chosen]
    return table.set_axis(pd.Index(labels, name="account"))


def how_to_print(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return formats and heads for the columns of `work_table`.

    Parameters
    ----------
    table : DataFrame
        As `work_table` gives it.

    Returns
    -------
    dict
        ``formats`` and ``labels``, to be passed on to `kamlab.report.present`.

    Examples
    --------
    >>> how_to_print(pd.DataFrame(columns=["orders", "revenue_per_order"]))
    {'formats': {'orders': 'count', 'revenue_per_order': 'money'}, 'labels':
    {'revenue_per_order': 'Revenue an order'}}
    """
    formats = {name: _FORMATS[name] for name in table.columns}
    labels = {name: _HEADS[name] for name in table.columns if name in _HEADS}
    return {"formats": formats, "labels": labels}


def rush_sentence(table: pd.DataFrame, currency: str = "") -> str:
    """Say who orders in the greatest hurry, and what such an order brings and costs.

    Parameters
    ----------
    table : DataFrame
        From `work_table`.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty if there were no rush orders.

    Examples
    --------
    >>> table = pd.DataFrame({"orders": [1500.0, 10.0], "rush_orders": [1400.0, 1.0],
    ...     "revenue_per_order": [700.0, 900.0], "cost_per_order": [180.0, 50.0]},
    ...     index=["Wetterau", "B"])
    >>> print(rush_sentence(table, "EUR"))
    Wetterau sends 1,500 orders, 1,400 of them in a rush (93.3 %). An order of it brings
    EUR 700 revenue on average and costs EUR 180 to serve.
    """
    if not len(table) or not table["rush_orders"].max() > 0:
        return ""
    row = table.loc[table["rush_orders"].idxmax()]
    return (
        f"{row.name} sends {format_count(row['orders'])} orders, "
        f"{format_count(row['rush_orders'])} of them in a rush "
        f"({format_share(row['rush_orders'] / row['orders'])}). An order of it brings "
        f"{format_money(row['revenue_per_order'], currency)} revenue on average and "
        f"costs {format_money(row['cost_per_order'], currency)} to serve."
    )


def _of(counts: pd.DataFrame, activities: Iterable[str]) -> pd.Series:
    return counts.reindex(columns=list(activities), fill_value=0).sum(axis=1)

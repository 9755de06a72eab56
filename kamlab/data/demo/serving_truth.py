"""What serving customers costs in truth: computed year by year from the tables."""

import pandas as pd

from kamlab.data.contract import ORDER_ACTIVITIES, PURCHASES
from kamlab.data.demo.contact_details import RECORDED_SHARES
from kamlab.data.demo.pools import STANDARD_MINUTES, WAGE_GROWTH
from kamlab.data.demo.promises import KEPT_SHARE
from kamlab.data.demo.rush import RUSH_SHARES, WETTERAU_RUSH_SHARE
from kamlab.data.demo.story import CRM_STARTS, REVIEWS_FROM, YEARS
from kamlab.data.demo.truth import plain


def build_serving_truth(
    tables: dict[str, pd.DataFrame], roster: pd.DataFrame
) -> dict[str, object]:
    """Return what was planted about serving, and what it costs, ready for truth.json.

    Before the CRM began no contact was recorded: the costs of that year leave the
    contacts out.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Tables of the data contract.
    roster : pandas.DataFrame
        The accounts, those with quarterly reviews marked.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> serving = generate(seed=1, accounts=30).truth["serving"]
    >>> serving["promises_kept"], serving["contacts_since"]
    (0.85, '2023-01-09')
    """
    years = {year: _year(tables, year) for year in YEARS}
    kind = tables["accounts"].set_index("account_id")["kind"]
    wetterau = roster.loc[roster["character"] == "wetterau", "account_id"].item()
    served = {year: _whole(found) for year, (found, _) in years.items()}
    return plain(
        {
            "contacts_since": CRM_STARTS,
            "standard_minutes": STANDARD_MINUTES,
            "wage_growth_a_year": WAGE_GROWTH,
            "rush_share_of_orders": {**RUSH_SHARES, "wetterau": WETTERAU_RUSH_SHARE},
            "durations_recorded": RECORDED_SHARES,
            "promises_kept": KEPT_SHARE,
            "utilisation": {year: used.to_dict() for year, (_, used) in years.items()},
            "years": {year: found.sum().to_dict() for year, found in served.items()},
            "cost_to_serve_by_kind": {
                year: _by_kind(found, kind) for year, found in served.items()
            },
            "wetterau": {
                year: found.loc[wetterau].to_dict() for year, found in served.items()
            },
            "made_to_measure": sorted(
                roster.loc[roster["made_to_measure"], "account_id"]
            ),
            "reviews": {
                "since": REVIEWS_FROM,
                "chosen_by": "lot",
                "key_accounts": sorted(roster.loc[roster["in_lottery"], "account_id"]),
                "reviewed": sorted(roster.loc[roster["reviewed"], "account_id"]),
            },
        }
    )


def _year(tables: dict[str, pd.DataFrame], year: int) -> tuple[pd.DataFrame, pd.Series]:
    """Return each account's money of a year, and the utilisation of each pool."""
    orders = _of_year(tables["orders"], "order_date", year)
    standard = _standard(tables["activity_minutes"], year)
    minutes = order_minutes(orders, standard).add(
        contact_minutes(_of_year(tables["interactions"], "date", year), standard),
        fill_value=0.0,
    )
    pools = _of_year(tables["costs"], "period_start", year).groupby("pool")
    pools = pools[["cost", "capacity_minutes"]].sum()
    rate = pools["cost"] / pools["capacity_minutes"]
    booked = _of_year(tables["account_costs"], "date", year)
    money = orders.groupby("account_id")[["net_amount", "cogs"]].sum()
    found = pd.DataFrame(
        {
            "revenue": money["net_amount"],
            "gross_margin": money["net_amount"] - money["cogs"],
            "direct_costs": booked.groupby("account_id")["amount"].sum(),
            "pool_costs": (minutes * rate).sum(axis=1),
        }
    )
    return found.fillna(0.0), minutes.sum() / pools["capacity_minutes"]


def _of_year(table: pd.DataFrame, date: str, year: int) -> pd.DataFrame:
    return table[table[date].dt.year == year]


def _standard(minutes: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return standard minutes by activity and pool as they hold from a year's start."""
    held = minutes[minutes["valid_from"] <= pd.Timestamp(year, 1, 1)]
    held = held.sort_values("valid_from").pivot_table(
        index="activity", columns="pool", values="minutes", aggfunc="last"
    )
    return held.fillna(0.0)


def order_minutes(orders: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Return the minutes that orders take, account by pool.

    Examples
    --------
    >>> orders = pd.DataFrame({
    ...     "account_id": ["A1", "A1"], "order_id": "1", "line_type": "sale",
    ...     "rush_flag": pd.array([False, False], dtype="boolean"),
    ... })
    >>> standard = pd.DataFrame({"desk": {"order": 10.0, "order_line": 3.0}})
    >>> order_minutes(orders, standard).loc["A1", "desk"].item()
    16.0
    """
    bought = orders[orders["line_type"].isin(PURCHASES)]
    rush = bought[bought["rush_flag"].fillna(False)]
    counts = {
        "order": bought.groupby("account_id")["order_id"].nunique(),
        "order_line": bought.groupby("account_id").size(),
        "rush_order": rush.groupby("account_id")["order_id"].nunique(),
        "return": _documents(orders, "return", "cancellation"),
        "credit_note": _documents(orders, "price_credit", "rebate"),
    }
    counts = pd.DataFrame(counts).fillna(0.0)
    held = standard.reindex(list(ORDER_ACTIVITIES)).fillna(0.0)
    return counts[held.index] @ held


def _documents(orders: pd.DataFrame, *line_types: str) -> pd.Series:
    found = orders[orders["line_type"].isin(line_types)]
    return found.groupby("account_id")["order_id"].nunique()


def contact_minutes(contacts: pd.DataFrame, standard: pd.DataFrame) -> pd.DataFrame:
    """Return the minutes that contacts take, account by pool.

    A duration that was entered stands for the pool with the longest standard.

    Examples
    --------
    >>> contacts = pd.DataFrame({
    ...     "account_id": "A1", "type": "call", "duration_minutes": [50.0, None],
    ... })
    >>> standard = pd.DataFrame({"field": {"call": 20.0}, "desk": {"call": 5.0}})
    >>> contact_minutes(contacts, standard).loc["A1"].to_dict()
    {'field': 70.0, 'desk': 10.0}
    """
    minutes = standard.reindex(contacts["type"]).set_index(contacts.index)
    own = standard.idxmax(axis=1).reindex(contacts["type"]).to_numpy()
    entered = contacts["duration_minutes"]
    for pool in minutes.columns:
        here = entered.notna() & (own == pool)
        minutes[pool] = minutes[pool].mask(here, entered)
    return minutes.groupby(contacts["account_id"]).sum()


def _whole(found: pd.DataFrame) -> pd.DataFrame:
    """Add what serving costs in all, and what is left of the margin."""
    whole = found["direct_costs"] + found["pool_costs"]
    left = found["gross_margin"] - whole
    return found.assign(cost_to_serve=whole, contribution=left)


def _by_kind(found: pd.DataFrame, kind: pd.Series) -> dict[str, float]:
    """Return cost to serve as a share of the revenue of each kind of account."""
    sums = found.groupby(kind.reindex(found.index))[["cost_to_serve", "revenue"]].sum()
    return (sums["cost_to_serve"] / sums["revenue"]).to_dict()

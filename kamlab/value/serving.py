"""What serving each account took: work by pool of people, and costs booked on it.

Order lines and contacts are reduced here, lazily, to one row per account, activity and
pool; what the minutes cost is the business of `kamlab.value.cost_to_serve`.
"""

from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.data.vocabulary import INTERACTION_TYPES
from kamlab.portfolio import Portfolio
from kamlab.value.line_amounts import line_amounts
from kamlab.value.standard_minutes import minutes_spent, revisions, spell_of
from kamlab.value.windows import key_name, owners, rows_between

_DECIMALS = 4


def account_workload(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str = "account",
    booked_by: str | date | None = None,
) -> pd.DataFrame:
    """Return how much of whose time every account took, activity by activity.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with `activity_minutes`; contacts count where there are
        `interactions`, rush orders where there is `orders.rush_flag`.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    booked_by : str or date, optional
        Leave out what was booked after this day, so that years compare.

    Returns
    -------
    pandas.DataFrame
        One row for each account, activity and pool that it takes time in, sorted;
        columns account_id (or parent_id), ``activity``, ``pool``, ``count``,
        ``minutes``, and ``recorded``: the share of the contacts whose duration
        somebody entered, missing for activities counted from orders. An activity
        without standard minutes in any pool has neither pool nor minutes.

    Raises
    ------
    MissingDataError
        If the portfolio has no standard minutes.
    UsageError
        If the days are not in order, or `by` is something else.

    Notes
    -----
    An *order* is an order number with goods on it (sales, services, samples) and an
    *order line* a line of goods; a *rush order* is an order of which a line left in a
    rush, and its minutes come on top of the order's. *Returns* and *credit notes* are
    documents: returns with cancellations, price credits with rebates. Standard minutes
    are those that held on the day; see `kamlab.value.standard_minutes`.

    Examples
    --------
    >>> day = pd.to_datetime(["2025-12-31"])
    >>> orders = pd.DataFrame({"order_id": ["1"], "account_id": ["A"],
    ...     "order_date": day, "net_amount": [90.0]})
    >>> standards = pd.DataFrame({"activity": ["order"], "pool": ["desk"],
    ...     "minutes": [8.0], "valid_from": day})
    >>> import kamlab
    >>> tables = {"orders": orders, "activity_minutes": standards}
    >>> book = kamlab.portfolio_from_tables(tables, "EUR")
    >>> account_workload(book)[["account_id", "activity", "pool", "minutes"]]
      account_id    activity  pool  minutes
    0          A       order  desk      8.0
    1          A  order_line   NaN      NaN
    """
    name = key_name(by)
    portfolio.require("activity_minutes", purpose="Work by account")
    standards = portfolio.table("activity_minutes")
    changes = revisions(standards)
    lines = line_amounts(portfolio, start, end, booked_by)
    counts = [_documents(lines, changes), _order_lines(lines, changes)]
    if portfolio.has("interactions"):
        contacts = rows_between(portfolio, "interactions", start, end, booked_by)
        counts.append(_contacts(contacts, changes))
    spent = minutes_spent(pd.concat(counts, ignore_index=True), standards)
    return _by_owner(portfolio, spent, by, name)


def direct_costs(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
    by: str = "account",
    booked_by: str | date | None = None,
) -> pd.DataFrame:
    """Return the costs booked on every account directly, such as freight.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with `account_costs`.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    booked_by : str or date, optional
        Leave out what was booked after this day, so that years compare.

    Returns
    -------
    pandas.DataFrame
        Indexed by account_id (or parent_id), sorted; one column for each kind of cost
        that occurs. Reporting currency; costs are positive, refunds negative.

    Raises
    ------
    MissingDataError
        If the portfolio has no such costs.
    UsageError
        If the days are not in order, or `by` is something else.

    Examples
    --------
    >>> day = pd.to_datetime(["2025-12-30", "2025-12-31"])
    >>> orders = pd.DataFrame({"order_id": ["1", "2"], "account_id": ["A", "A"],
    ...     "order_date": day, "net_amount": [90.0, 60.0]})
    >>> costs = pd.DataFrame({"cost_id": ["1", "2"], "account_id": ["A", "A"],
    ...     "date": day, "kind": "freight", "amount": [7.5, 5.0]})
    >>> import kamlab
    >>> tables = {"orders": orders, "account_costs": costs}
    >>> book = kamlab.portfolio_from_tables(tables, "EUR")
    >>> direct_costs(book).loc["A"].to_dict()
    {'freight': 12.5}
    """
    name = key_name(by)
    portfolio.require("account_costs", purpose="Direct costs by account")
    rows = rows_between(portfolio, "account_costs", start, end, booked_by)
    sums = rows.group_by("account_id", "kind").agg(nw.col("amount").sum())
    frame = sums.collect("pandas").to_native()
    frame[name] = owners(portfolio, frame["account_id"], by)
    table = frame.pivot_table("amount", name, "kind", aggfunc="sum", fill_value=0.0)
    return table.astype("float64").round(_DECIMALS).rename_axis(columns=None)


def _documents(lines: nw.LazyFrame, changes: list[date]) -> pd.DataFrame:
    """Count documents by account and by the spell in which each of them began.

    A document is counted once, so lines are reduced to documents before to accounts.
    """
    goods = nw.col("is_goods")
    marks = {
        "order": goods,
        "return": nw.col("is_return"),
        "credit_note": nw.col("is_credit"),
    }
    if "rush_flag" in lines.collect_schema().names():
        marks["rush_order"] = goods & nw.col("rush_flag")
    spell, never = spell_of("order_date", changes), len(changes) + 1
    # A credit under its order's number came later, so each mark has a spell of its own.
    marked = lines.select(
        nw.col("account_id", "order_id"),
        *[nw.when(m).then(spell).otherwise(never).alias(n) for n, m in marks.items()],
    )
    documents = marked.group_by("account_id", "order_id").agg(
        *[nw.col(name).min() for name in marks]
    )
    counts = documents.group_by("account_id", *marks).agg(nw.len().alias("count"))
    frame = counts.collect("pandas").to_native()
    long = frame.melt(["account_id", "count"], var_name="activity", value_name="spell")
    return _untimed(long[long["spell"] < never])


def _order_lines(lines: nw.LazyFrame, changes: list[date]) -> pd.DataFrame:
    """Count lines of goods, by account and spell."""
    goods = lines.filter(nw.col("is_goods")).select(
        nw.col("account_id"), spell_of("order_date", changes)
    )
    counts = goods.group_by("account_id", "spell").agg(nw.len().alias("count"))
    frame = counts.collect("pandas").to_native()
    return _untimed(frame.assign(activity="order_line"))


def _untimed(counts: pd.DataFrame) -> pd.DataFrame:
    """Mark work that nobody enters a duration for."""
    whole = counts.astype({"count": "int64", "spell": "int64"})
    return whole.assign(timed=0, duration=0.0)


def _contacts(rows: nw.LazyFrame, changes: list[date]) -> pd.DataFrame:
    """Count contacts and add up their durations, by account, type and spell."""
    if "duration_minutes" in rows.collect_schema().names():
        minutes = nw.col("duration_minutes")
        timed = nw.when(minutes.is_null()).then(0).otherwise(1)
        duration = nw.when(minutes.is_null()).then(0.0).otherwise(minutes)
    else:
        timed, duration = nw.lit(0), nw.lit(0.0)
    contacts = rows.select(
        nw.col("account_id"),
        nw.col("type").alias("activity"),
        spell_of("date", changes),
        timed.alias("timed"),
        duration.alias("duration"),
    )
    sums = contacts.group_by("account_id", "activity", "spell").agg(
        nw.len().alias("count"), nw.col("timed").sum(), nw.col("duration").sum()
    )
    frame = sums.collect("pandas").to_native()
    whole = dict.fromkeys(("count", "timed", "spell"), "int64")
    return frame.astype({**whole, "duration": "float64"})


def _by_owner(
    portfolio: Portfolio, spent: pd.DataFrame, by: str, name: str
) -> pd.DataFrame:
    """Add the minutes of branches up, and say how many durations were entered."""
    spent[name] = owners(portfolio, spent["account_id"], by)
    keys = [name, "activity", "pool"]
    sums = spent.groupby(keys, dropna=False)[["count", "timed", "minutes"]]
    table = sums.sum(min_count=1).reset_index().sort_values(keys, ignore_index=True)
    is_contact = table["activity"].isin(INTERACTION_TYPES)
    recorded = (table["timed"] / table["count"]).where(is_contact)
    table["minutes"] = table["minutes"].round(_DECIMALS)
    table = table.astype({"count": "int64"})
    return table.drop(columns="timed").assign(recorded=recorded)

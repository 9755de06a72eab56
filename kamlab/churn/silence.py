"""Which customers are silent for longer than is usual for them, on their own rhythm.

The rule is one that anybody understands: an account is silent if it has not ordered
for longer than nine in ten of its own gaps between orders lasted. Days of known
shutdowns do not count, and projects that are over are no losses.

Glossary
--------
gap
    Counted days from one order day of an account to its next.
limit
    The gap that nine in ten of the account's own do not exceed.
silent 沉默
    No order for longer than the limit, and no event that explains it.
excused
    No order for longer than the limit, but an event explains it.
"""

import numpy as np
import pandas as pd

from kamlab.churn.counted_days import (
    OF_ACCOUNTS,
    CountedDays,
    counted_days,
    explaining_events,
)
from kamlab.churn.gap_limits import gap_limits
from kamlab.churn.purchase_days import purchase_days
from kamlab.portfolio import Portfolio
from kamlab.value.windows import key_name

#: With fewer order days an account has no rhythm of its own yet.
FEWEST_ORDER_DAYS = 6

#: What the rule says of an account.
VERDICTS = ("silent", "usual", "excused", "too little to judge")

#: Share of an account's order days that lie within a project for it to live by that.
_LIVES_BY_PROJECT = 0.5

_COLUMNS = [
    "last_order",
    "days_silent",
    "usual_gap",
    "limit",
    "n_gaps",
    "silent",
    "verdict",
    "since",
    "reason",
    "event",
]


def silence(
    portfolio: Portfolio, quantile: float = 0.9, by: str = "account"
) -> pd.DataFrame:
    """Say of every account whether it has been silent for longer than is its habit.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    quantile : float
        Share of its own gaps beyond which an account counts as silent, 0–1.
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    DataFrame
        Indexed by account_id (or parent_id): ``last_order`` (day), ``days_silent``,
        ``usual_gap`` (median), ``limit`` (days that count, see
        `kamlab.churn.counted_days`), ``n_gaps``, ``silent`` (bool), ``verdict`` (one of
        `VERDICTS`), ``since`` (day on which the limit was passed), ``reason`` (why it
        is excused: "shutdown", "destocking", "finished_project", "merged", "event";
        else empty) and ``event`` (its number in the table of events). Accounts that
        never bought are absent.

    Raises
    ------
    MissingDataError
        If the order lines are sums of months.
    UsageError
        If `quantile` is no share, or `by` is something else.

    Notes
    -----
    An account with fewer than six order days is not judged. Of the accounts that go on
    as ever, some pass their limit on any given day: with gaps of an Erlang distribution
    of shape 3, about 3.5 in 100 (the mean excess over the limit divided by the mean
    gap). A list of all 300 accounts therefore holds about ten that mean nothing; that
    is why it is ordered by what is at stake, and why a run-down of stock that nobody
    entered as an event cannot be told from a loss: order lines show no stocks.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo", as_of="2025-06-30") as portfolio:
    ...     table = silence(portfolio)
    >>> table.loc["A10970", ["verdict", "reason"]].tolist()
    ['excused', 'finished_project']
    """
    days = purchase_days(portfolio, by)
    counted = counted_days(portfolio, days)
    table = _rhythm(days, counted, quantile, key_name(by))
    today = pd.Timestamp(portfolio.as_of)
    table["days_silent"] = _until_today(table, counted, today)
    over = (table["days_silent"] > table["limit"]).to_numpy()
    enough = (table["n_gaps"] >= FEWEST_ORDER_DAYS - 1).to_numpy()
    table["since"] = _passed(table, counted, over & enough)
    raw = (today - table["last_order"]).dt.days.to_numpy() > table["limit"].to_numpy()
    excuses = _excuses(portfolio, table, days)
    table["reason"] = excuses["reason"].where(raw, "")
    table["event"] = excuses["event"].where(raw, "")
    table["verdict"] = _verdicts(over, enough, table["reason"], excuses["for_good"])
    table["silent"] = table["verdict"] == "silent"
    explained = table["verdict"].isin(["usual", "silent", "too little to judge"])
    table.loc[explained, ["reason", "event"]] = ""
    table.loc[~table["silent"], "since"] = pd.NaT
    return table[_COLUMNS]


def _rhythm(
    days: pd.DataFrame, counted: CountedDays, quantile: float, key: str
) -> pd.DataFrame:
    """Return last order, number of gaps, usual gap and limit of every account."""
    clock = counted.until(days[key], days["order_date"])
    is_same = (days[key] == days[key].shift()).to_numpy()
    gaps = np.diff(clock, prepend=0)[is_same]
    limits = gap_limits(pd.Series(gaps, index=days.loc[is_same, key]), quantile)
    table = days.groupby(key)["order_date"].max().rename("last_order").to_frame()
    table = table.join(limits).rename_axis(key)
    table["n_gaps"] = table["n_gaps"].fillna(0).astype("int64")
    return table


def _until_today(
    table: pd.DataFrame, counted: CountedDays, today: pd.Timestamp
) -> np.ndarray:
    accounts = table.index.to_series()
    now = pd.Series(today, index=table.index)
    return counted.until(accounts, now) - counted.until(accounts, table["last_order"])


def _passed(table: pd.DataFrame, counted: CountedDays, over: np.ndarray) -> pd.Series:
    """Return the day on which each silent account went beyond its limit."""
    since = pd.Series(pd.NaT, index=table.index, dtype="datetime64[us]")
    late = table[over]
    at_last = counted.until(late.index.to_series(), late["last_order"])
    for account, counted_by_then in zip(
        late.index, at_last + late["limit"], strict=True
    ):
        since[account] = counted.day_after(account, counted_by_then)
    return since


def _verdicts(
    over: np.ndarray, enough: np.ndarray, reason: pd.Series, for_good: pd.Series
) -> np.ndarray:
    """Return what the rule says of each account; an event comes before the count."""
    is_excused = reason.ne("") & (for_good | (~over & enough))
    return np.select(
        [is_excused, ~enough, over],
        ["excused", "too little to judge", "silent"],
        "usual",
    )


def _excuses(
    portfolio: Portfolio, table: pd.DataFrame, days: pd.DataFrame
) -> pd.DataFrame:
    """Return the event that may explain each account's silence, the strongest last.

    A project that is over and a merger explain it for good; other events only for as
    long as they last, which the counted days know.
    """
    excuses = pd.DataFrame({"reason": "", "event": "", "for_good": False}, table.index)
    events = explaining_events(portfolio)
    closures = events[events["kind"] == "shutdown"]
    regions = portfolio.accounts.get("region", pd.Series(dtype="str"))
    regions = regions.reindex(table.index)
    for event in closures[closures["scope"] != "account"].itertuples():
        everywhere = event.scope == "portfolio"
        there = everywhere | (regions == event.scope_value).to_numpy()
        lasts = there & _overlaps(table["last_order"], event)
        excuses.loc[lasts] = ["shutdown", event.event_id, False]
    own = events[(events["scope"] == "account")]
    for event in own[own["scope_value"].isin(table.index)].itertuples():
        told = _own_excuse(event, table, days)
        if told is not None:
            excuses.loc[event.scope_value] = [told[0], event.event_id, told[1]]
    return excuses


def _overlaps(last_order: pd.Series, event: object) -> np.ndarray:
    """Say for which accounts an event lasted after their last order."""
    ends = pd.Timestamp.max if pd.isna(event.end_date) else event.end_date
    return (last_order <= ends).to_numpy()


def _own_excuse(
    event: object, table: pd.DataFrame, days: pd.DataFrame
) -> tuple[str, bool] | None:
    """Return why an event of one account explains its silence, and whether for good."""
    last = table.loc[event.scope_value, "last_order"]
    if event.kind == "merger":
        return ("merged", True) if last <= event.date else None
    if event.kind == "project":
        own = days.loc[days.iloc[:, 0] == event.scope_value, "order_date"]
        ends = pd.Timestamp.max if pd.isna(event.end_date) else event.end_date
        within = own.between(event.date, ends).mean()
        return ("finished_project", True) if within >= _LIVES_BY_PROJECT else None
    if event.kind not in OF_ACCOUNTS:
        return None
    lasts = pd.isna(event.end_date) or last <= event.end_date
    reason = "event" if event.kind == "other" else event.kind
    return (reason, False) if lasts else None

"""What is at stake with an alert: the money of twelve months before it began.

A silent account brings nothing, so its last twelve months empty the longer it is
silent. Counted is therefore the year before the matter began, which does not shrink:
up to the month of the last order, or up to the month in which a category began to fade.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd
from pandas.api.typing import SeriesGroupBy

from kamlab.churn.at_stake import MONTHS
from kamlab.churn.category_parts import category_parts
from kamlab.fiscal import add_months
from kamlab.portfolio import Portfolio
from kamlab.value.activity import account_revenue
from kamlab.value.profit_windows import ProfitWindow, profits_in
from kamlab.value.windows import key_name

#: First and last day.
Window = tuple[date, date]

#: Costs of the pools that begin some idle days later cover a window all the same.
_GRACE = timedelta(days=10)


def money_before(
    portfolio: Portfolio, alerts: pd.DataFrame, by: str = "account"
) -> pd.DataFrame:
    """Return what each alert puts at stake: a year's money of the account or category.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    alerts : DataFrame
        Rows of a watch list: ``account_id`` (or ``parent_id``), ``category`` (empty
        for the whole account), and the days ``last_order`` (of a silence) or ``since``
        (of a fade).
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    DataFrame
        With the index of `alerts`: ``account_stake`` (what the whole account left in
        the twelve months, reporting currency), ``at_stake`` (the same, or the
        category's part of it) and ``basis`` ("contribution", "margin after direct
        costs", "gross margin" or "revenue": as deep as the data reach in all of these
        months). An account of which a cost is missing has no amount.

    Raises
    ------
    UsageError
        If `by` is something else.

    Notes
    -----
    Whole months are taken. A category's part is its share of the margin on goods (of
    goods alone without their costs) in the same months, so that freight, returns and
    time to serve are borne by the categories in proportion to what they bring.

    Examples
    --------
    >>> import kamlab
    >>> silent = pd.DataFrame({
    ...     "account_id": ["A10406"], "category": [""],
    ...     "last_order": pd.to_datetime(["2025-09-16"]), "since": [pd.NaT]})
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     later = money_before(portfolio, silent)
    ...     sooner = money_before(portfolio.at("2025-10-31"), silent)
    >>> bool(abs(later["at_stake"] / sooner["at_stake"] - 1).max() < 0.02)
    True
    """
    key = key_name(by)
    windows = pd.Series(
        [_year_before(alert, portfolio) for alert in alerts.to_dict("records")],
        index=alerts.index,
        dtype=object,
    )
    found, basis = _amounts(portfolio, alerts[key].groupby(windows), by)
    whole = _looked_up(windows, alerts[key], found)
    fades = alerts["category"] != ""
    parts = {w: category_parts(portfolio, *w, by) for w in set(windows[fades])}
    pairs = pd.Series(
        list(zip(alerts[key], alerts["category"], strict=True)), alerts.index
    )
    part = _looked_up(windows[fades], pairs[fades], parts)
    stake = (whole * part.reindex(alerts.index)).where(fades, whole)
    return pd.DataFrame({"account_stake": whole, "at_stake": stake, "basis": basis})


def _year_before(alert: Mapping[str, object], portfolio: Portfolio) -> Window:
    """Return the twelve months up to the last order, or up to the fade."""
    if alert["category"]:
        after = pd.Timestamp(alert["since"]).date().replace(day=1)
    else:
        last_order = pd.Timestamp(alert["last_order"]).date()
        after = add_months(last_order.replace(day=1), 1)
    first = max(add_months(after, -MONTHS), portfolio.first_day)
    last = min(after - timedelta(days=1), portfolio.as_of)
    # Where the book itself begins later than that, its first day has to do.
    return min(first, last), last


def _amounts(
    portfolio: Portfolio, asked: SeriesGroupBy, by: str
) -> tuple[dict[Window, pd.Series], str]:
    """Return the money of the accounts of each window, equally deep in all."""
    keys = {window: frozenset(accounts) for window, accounts in asked}
    if not portfolio.has("orders.cogs"):
        sums = {w: account_revenue(portfolio, *w, by=by) for w in keys}
        return sums, "revenue"
    with_time = bool(keys) and _time_known(portfolio, min(keys)[0])
    windows = [ProfitWindow(*w, None, keys[w], with_time) for w in keys]
    profits = profits_in(portfolio, windows, by)
    basis = profits[0].basis if profits else "revenue"
    amounts = (each.contribution for each in profits)
    return dict(zip(keys, amounts, strict=True)), basis


def _time_known(portfolio: Portfolio, first: date) -> bool:
    if not (portfolio.has("costs") and portfolio.has("activity_minutes")):
        return False
    costs = portfolio.table("costs")
    return bool(len(costs)) and costs["period_start"].min().date() <= first + _GRACE


def _looked_up(
    windows: pd.Series, keys: pd.Series, amounts: Mapping[Window, pd.Series]
) -> pd.Series:
    """Return the amount of each row's key in each row's window; 0 where it has none."""
    found = [
        amounts[window].get(key, 0.0) for window, key in zip(windows, keys, strict=True)
    ]
    return pd.Series(found, index=windows.index, dtype="float64")

"""The days that count for a customer: those on which it could have ordered.

A customer whose plant stands still is not silent. Days of a known shutdown count
neither in the gaps between its orders nor in the silence since the last one; the table
of events knows them.

Glossary
--------
shutdown 停产
    Days on which a region or an account is known to be closed.
counted day
    A day on which no known event keeps the account from ordering.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamlab.portfolio import Portfolio

#: An event without an end keeps an account from ordering for half a year at most:
#: somebody may have forgotten to write down that it is over.
LONGEST_OPEN_EVENT = 182

#: Kinds of event about one account that explain why it does not order for a while.
#: A price list, a competitor or a programme explains no silence.
OF_ACCOUNTS = ("shutdown", "destocking", "other")


@dataclass(frozen=True, eq=False)
class CountedDays:
    """A calendar for each account, on which the days of known events do not pass.

    Parameters
    ----------
    clock : DataFrame of int, shape (n_calendars, n_days)
        Counted days from `origin` to the end of each day.
    origin : Timestamp
        The first day.
    row_of : Series of int
        Which calendar is an account's; those that are not named have the first one.

    Examples
    --------
    >>> clock = pd.DataFrame([[1, 2, 3], [1, 1, 2]])  # the second was shut on day two
    >>> shut = pd.Series({"B": 1})
    >>> days = CountedDays(clock, pd.Timestamp("2025-03-01"), shut)
    >>> third = pd.Series(pd.to_datetime(["2025-03-03", "2025-03-03"]))
    >>> days.until(pd.Series(["A", "B"]), third).tolist()
    [3, 2]
    """

    clock: pd.DataFrame
    origin: pd.Timestamp
    row_of: pd.Series

    def until(self, accounts: pd.Series, days: pd.Series) -> np.ndarray:
        """Return how many days count for each account from `origin` to each day.

        Parameters
        ----------
        accounts : Series of str, shape (n,)
            Whose day it is.
        days : Series of datetime, shape (n,)
            Within the days of the clock.

        Returns
        -------
        array of int, shape (n,)

        Examples
        --------
        >>> days = CountedDays(
        ...     pd.DataFrame([[1, 2]]), pd.Timestamp("2025-03-01"),
        ...     pd.Series(dtype=int))
        >>> one = pd.Series(pd.to_datetime(["2025-03-02"]))
        >>> days.until(pd.Series(["A"]), one).tolist()
        [2]
        """
        row = accounts.map(self.row_of).fillna(0).astype(int).to_numpy()
        column = (days - self.origin).dt.days.to_numpy()
        return self.clock.to_numpy()[row, column]

    def day_after(self, account: object, counted: float) -> pd.Timestamp:
        """Return the first day on which more than so many days counted for an account.

        Parameters
        ----------
        account : object
            Whose clock it is.
        counted : float
            Counted days since `origin`.

        Returns
        -------
        Timestamp
            NaT if that day has not come.

        Examples
        --------
        >>> days = CountedDays(
        ...     pd.DataFrame([[1, 2, 2, 3]]), pd.Timestamp("2025-03-01"),
        ...     pd.Series(dtype=int))
        >>> days.day_after("A", 2.0).date()
        datetime.date(2025, 3, 4)
        """
        row = self.clock.iloc[int(self.row_of.get(account, 0))].to_numpy()
        place = int(np.searchsorted(row, counted, side="right"))
        if place >= len(row):
            return pd.NaT
        return self.origin + pd.Timedelta(days=place)


def counted_days(portfolio: Portfolio, days: pd.DataFrame) -> CountedDays:
    """Return on which days each account could have ordered, as events tell.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date; without a table of events every day counts.
    days : DataFrame
        From `kamlab.churn.purchase_days.purchase_days`: an account's shutdown
        without an end is over as soon as the account orders again.

    Returns
    -------
    CountedDays
        Days of shutdowns of the account's region or of everybody do not count, nor do
        those of a shutdown or another event that is about the account itself. A group
        has the region, and the events, of the account at its top.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.churn.purchase_days import purchase_days
    >>> with kamlab.open_portfolio("data/demo", as_of="2024-05-31") as portfolio:
    ...     counted = counted_days(portfolio, purchase_days(portfolio))
    >>> account = pd.Series(["A10614", "A10614"])  # shut from January to March 2024
    >>> new_year = pd.Series(pd.to_datetime(["2024-01-08", "2024-03-31"]))
    >>> counted.until(account, new_year).tolist()
    [640, 640]
    """
    origin, last = _span(portfolio, days)
    length = (last - origin).days + 1
    events = explaining_events(portfolio)
    regions = portfolio.accounts.get("region", pd.Series(dtype="str"))
    rows, row_of = [np.ones(length, dtype=bool)], {}
    shut = events[events["kind"] == "shutdown"]
    everywhere = _closed(shut[shut["scope"] == "portfolio"], origin, length)
    rows[0] &= ~everywhere
    for region, closures in shut[shut["scope"] == "region"].groupby("scope_value"):
        rows.append(rows[0] & ~_closed(closures, origin, length))
        inhabitants = regions.index[regions == region]
        row_of.update(dict.fromkeys(inhabitants, len(rows) - 1))
    for account, own in _own_events(events, days).groupby("scope_value"):
        rows.append(rows[row_of.get(account, 0)] & ~_closed(own, origin, length))
        row_of[account] = len(rows) - 1
    clock = pd.DataFrame(np.cumsum(rows, axis=1))
    return CountedDays(clock, origin, pd.Series(row_of, dtype=int))


def explaining_events(portfolio: Portfolio) -> pd.DataFrame:
    """Return the events that may explain why customers do not order.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    DataFrame
        The table of events as known on the day, with all its columns; ``end_date`` is
        missing where the end is not known yet. Without rows where there is no table.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     "shutdown" in set(explaining_events(portfolio)["kind"])
    True
    """
    names = ["event_id", "date", "end_date", "scope", "scope_value", "kind", "text"]
    table = pd.DataFrame(columns=names)
    if portfolio.has("events"):
        table = portfolio.table("events").reindex(columns=names)
        table["scope"] = table["scope"].fillna("portfolio")
    for name in ("date", "end_date"):
        table[name] = pd.to_datetime(table[name])
    return table.reset_index(drop=True)


def _span(
    portfolio: Portfolio, days: pd.DataFrame
) -> tuple[pd.Timestamp, pd.Timestamp]:
    last = pd.Timestamp(portfolio.as_of)
    return (days["order_date"].min() if len(days) else last), last


def _own_events(events: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Return events about single accounts, open shutdowns ended by the next order."""
    about = events["scope"].eq("account") & events["kind"].isin(OF_ACCOUNTS)
    own = events[about & events["scope_value"].notna()].copy()
    bought = days.groupby(days.columns[0])["order_date"]
    # Whoever runs down its stock still orders a little; a closed plant does not.
    for place in own.index[own["end_date"].isna() & own["kind"].eq("shutdown")]:
        account = own.loc[place, "scope_value"]
        if account not in bought.groups:
            continue
        later = bought.get_group(account)
        later = later[later > own.loc[place, "date"]]
        if len(later):
            own.loc[place, "end_date"] = later.min() - pd.Timedelta(days=1)
    return own


def _closed(events: pd.DataFrame, origin: pd.Timestamp, length: int) -> np.ndarray:
    """Return a mark for each day of the clock that lies within one of the events."""
    closed = np.zeros(length, dtype=bool)
    longest = pd.Timedelta(days=LONGEST_OPEN_EVENT - 1)
    ends = events["end_date"].fillna(events["date"] + longest)
    for first, last in zip(events["date"], ends, strict=True):
        begin = max((first - origin).days, 0)
        closed[begin : max((last - origin).days + 1, 0)] = True
    return closed
